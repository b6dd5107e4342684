"""What a measurement prints: the machine, the versions, a table of medians and ratios."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.measure import Sample, ratio, typical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.tasks import Figures, Row

Cost = Callable[[Sample], float]
COSTS: Final[tuple[tuple[str, str, Cost], ...]] = (
    ("clock", "s", lambda sample: sample.wall),
    ("processor", "s", lambda sample: sample.cpu),
    ("memory", "MiB", lambda sample: sample.memory),
)


# Less memory than this cannot be told: `launch`.
LEAST: Final = 10


def version(command: Sequence[str]) -> str:
    """Return the version that a tool states. Raises `SystemExit` if the tool is missing."""
    try:
        found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    except FileNotFoundError:
        sys.exit(f"{command[0]} is missing: run scripts/system-packages bench")
    match = re.search(r"\d+(?:\.\d+)+", found)
    return match[0] if match else "?"


def machine(rounds: int, before: float | None = None) -> list[str]:
    """Return what the figures depend on besides the tools; `before` is the load at the start."""
    cores = len(os.sched_getaffinity(0))
    load = f"load {os.getloadavg()[0]:.1f}"
    if before is not None:
        load = f"load {before:.1f} at the start, {os.getloadavg()[0]:.1f} at the end"
    return [
        f"{cores} cores{_processor()}, {load}; {_system()} "
        f"{platform.machine()}, Python {platform.python_version()}",
        f"{rounds} rounds after a warm-up, median of each",
    ]


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return ""
    found = re.search(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
    return f" ({found[1].strip()})" if found else ""


def _system() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    except OSError:
        return platform.system()


def table(figures: Figures) -> list[str]:
    """Return a Markdown table; in brackets: how many times as much as the first tool's."""
    heads = ["tool", figures.counted, *(name for name, _, _ in COSTS), "besides"]
    rows = [heads, ["---", *["---:"] * (len(COSTS) + 1), "---"]]
    ours = figures.rows[0].samples
    for row in figures.rows:
        name = f"{row.name} {row.version}".strip()
        rows.append([name, row.result or "–", *_costs(row, ours), row.note])
    return [f"| {' | '.join(row)} |" for row in rows]


def _costs(row: Row, ours: Sequence[Sample]) -> list[str]:
    if row.samples:
        return [_cost(row.samples, ours, unit, cost) for _, unit, cost in COSTS]
    if row.stopped:
        times = row.stopped / typical(ours, COSTS[0][2])
        return [f"over {row.stopped:.0f} s (over {times:.0f} times): stopped", "–", "–"]
    lines = [line for line in row.failure.replace("|", "/").splitlines() if line.strip()]
    return [f"failed: {lines[-1]}" if len(lines) > 1 else row.failure, "–", "–"]


def _cost(taken: Sequence[Sample], ours: Sequence[Sample], unit: str, cost: Cost) -> str:
    if unit == "MiB" and typical(taken, cost) < LEAST:
        return f"under {LEAST} MiB"
    digits = 2 if unit == "s" else 0
    times = "" if taken is ours else f" ({ratio(ours, taken, cost):.2f} times)"
    return f"{typical(taken, cost):.{digits}f} {unit}{times}"


def verdicts(figures: Figures) -> Iterator[str]:
    """Say for each cost who needs less than the first tool, the least one first."""
    ours, *others = (row for row in figures.rows if row.samples)
    for name, unit, cost in COSTS if others else ():
        thing = "memory" if unit == "MiB" else f"{name} time"
        less = sorted((ratio(ours.samples, row.samples, cost), row.name) for row in others)
        told = [f"{other} ({times:.2f} times)" for times, other in less if times < 1]
        if not told:
            yield f"Nobody needs less {thing} than we do."
        elif unit == "MiB":
            yield f"Least {thing}: {less[0][1]}; {len(told)} of {len(others)} need less than we."
        else:
            yield f"Less {thing} than we need: {', '.join(told)}."
