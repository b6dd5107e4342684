"""Extraction side by side with po4a: the same Markdown files, one template each."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from benchmarks.measure import Contender, Sample, alternate, ratio, typical

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

SOURCE: Final = "source"
SETTINGS: Final = """\
[tool.ankl_i18n]
name = "Benchmark"
source-dir = "source"
template-path = "ours.pot"
domain = "messages"
front-matter = "free"
context = "never"
"""
COSTS: Final[tuple[tuple[str, str, Callable[[Sample], float]], ...]] = (
    ("clock", "s", lambda sample: sample.wall),
    ("processor", "s", lambda sample: sample.cpu),
    ("memory", "MiB", lambda sample: sample.memory),
)


def copy_markdown(origin: Path, target: Path) -> None:
    """Copy the Markdown files of a folder, so that all tools name them alike."""
    for path in sorted(origin.rglob("*.md")):
        copy = target / path.relative_to(origin)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def compare(root: Path, rounds: int, *, alone: bool) -> str:
    """Measure all tools on the Markdown files in `root`/source; return the report."""
    files = sorted(path.relative_to(root).as_posix() for path in (root / SOURCE).rglob("*.md"))
    contenders = [_ours(root), *([] if alone else (_updatepo(root, files), _po4a(root, files)))]
    samples = alternate(contenders, rounds)
    return "\n".join([*_machine(root, files, rounds), "", *_table(contenders, samples)])


def _ours(root: Path) -> Contender:
    (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    command = [sys.executable, "-m", "ankl_i18n"]
    return Contender(
        "ankl-i18n extract",
        _version([*command, "--version"]),
        [*command, "extract", "--quiet"],
        root,
        root / "ours.pot",
    )


def _updatepo(root: Path, files: Sequence[str]) -> Contender:
    """Extraction alone; with no file to update it neither merges nor translates."""
    masters = [part for name in files for part in ("-m", name)]
    return Contender(
        "po4a-updatepo",
        _version(["po4a-updatepo", "--version"]),
        ["po4a-updatepo", "-f", "text", "-o", "markdown", *masters, "-p", "updatepo.po"],
        root,
        root / "updatepo.po",
    )


def _po4a(root: Path, files: Sequence[str]) -> Contender:
    """The one program that po4a recommends in place of po4a-updatepo, without languages."""
    head = ["[po4a_langs]", "[po4a_paths] po4a.pot", '[po4a_alias:md] text opt:"-o markdown"']
    lines = [*head, *(f"[type: md] {name}" for name in files)]
    (root / "po4a.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Contender(
        "po4a",
        _version(["po4a", "--version"]),
        ["po4a", "--quiet", "--no-translations", "po4a.cfg"],
        root,
        root / "po4a.pot",
    )


def _version(command: Sequence[str]) -> str:
    """Return the version that a tool states. Raises `SystemExit` if the tool is missing."""
    try:
        found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    except FileNotFoundError:
        sys.exit(f"{command[0]} is missing: run scripts/system-packages bench, or use --alone")
    match = re.search(r"\d+(?:\.\d+)+", found)
    return match[0] if match else "?"


def _machine(root: Path, files: Sequence[str], rounds: int) -> list[str]:
    size = sum((root / name).stat().st_size for name in files)
    cores = len(os.sched_getaffinity(0))
    return [
        f"{len(files)} Markdown files, {size / 2**20:.2f} MiB; {rounds} rounds after a warm-up",
        f"{cores} cores, load {os.getloadavg()[0]:.1f}; {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}",
    ]


def _table(contenders: Sequence[Contender], samples: Sequence[Sequence[Sample]]) -> list[str]:
    """Return a Markdown table: medians, and in brackets how many times ours the peer needs."""
    rows = [["tool", "messages", *(name for name, _, _ in COSTS)]]
    for contender, taken in zip(contenders, samples, strict=True):
        costs = [_cost(taken, samples[0], unit, cost) for _, unit, cost in COSTS]
        rows.append(
            [f"{contender.name} {contender.version}", str(_messages(contender.output)), *costs]
        )
    rows.insert(1, ["---", *["---:"] * (len(rows[0]) - 1)])
    return [f"| {' | '.join(row)} |" for row in rows]


def _cost(
    taken: Sequence[Sample], ours: Sequence[Sample], unit: str, cost: Callable[[Sample], float]
) -> str:
    digits = 2 if unit == "s" else 0
    times = "" if taken is ours else f" ({ratio(ours, taken, cost):.2f} times)"
    return f"{typical(taken, cost):.{digits}f} {unit}{times}"


def _messages(path: Path) -> int:
    """Return the number of messages in a template; its first msgid is the header's."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return sum(line.startswith("msgid ") for line in lines) - 1
