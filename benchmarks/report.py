"""What a measurement prints: the machine, the versions, a table of medians and ratios."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from benchmarks.measure import Sample, ratio, typical

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.measure import Contender

COSTS: Final[tuple[tuple[str, str, Callable[[Sample], float]], ...]] = (
    ("clock", "s", lambda sample: sample.wall),
    ("processor", "s", lambda sample: sample.cpu),
    ("memory", "MiB", lambda sample: sample.memory),
)


def version(command: Sequence[str]) -> str:
    """Return the version that a tool states. Raises `SystemExit` if the tool is missing."""
    try:
        found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    except FileNotFoundError:
        sys.exit(f"{command[0]} is missing: run scripts/system-packages bench, or use --alone")
    match = re.search(r"\d+(?:\.\d+)+", found)
    return match[0] if match else "?"


def machine(rounds: int) -> list[str]:
    """Return what the figures depend on besides the tools."""
    cores = len(os.sched_getaffinity(0))
    return [
        f"{cores} cores, load {os.getloadavg()[0]:.1f}; {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}",
        f"{rounds} rounds after a warm-up, median of each",
    ]


def table(
    title: str,
    contenders: Sequence[Contender],
    results: Sequence[str],
    samples: Sequence[Sequence[Sample]],
) -> list[str]:
    """Return a Markdown table; in brackets: how many times as much as the first tool's.

    `results` say what each tool made, in a column of that title.
    """
    rows = [["tool", title, *(name for name, _, _ in COSTS)]]
    rows.append(["---", *["---:"] * (len(COSTS) + 1)])
    for contender, result, taken in zip(contenders, results, samples, strict=True):
        costs = [_cost(taken, samples[0], unit, cost) for _, unit, cost in COSTS]
        rows.append([f"{contender.name} {contender.version}", result, *costs])
    return [f"| {' | '.join(row)} |" for row in rows]


def _cost(
    taken: Sequence[Sample], ours: Sequence[Sample], unit: str, cost: Callable[[Sample], float]
) -> str:
    digits = 2 if unit == "s" else 0
    times = "" if taken is ours else f" ({ratio(ours, taken, cost):.2f} times)"
    return f"{typical(taken, cost):.{digits}f} {unit}{times}"
