"""How long a build takes to find out that there is nothing, or little, to do."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.corpus import LANGUAGES, Corpus, write
from benchmarks.measure import Sample, run, typical
from benchmarks.report import machine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMMAND: Final = (sys.executable, "-m", "ankl_i18n")
BUILD: Final = (*COMMAND, "build", "--only", "html")


@dataclass(frozen=True, slots=True)
class Step:
    """A command that is measured, and what is done to the project before each run."""

    name: str
    command: tuple[str, ...]
    before: Callable[[Path, int], None] = lambda _root, _turn: None


def _forget(root: Path, _turn: int) -> None:
    shutil.rmtree(root / ".cache", ignore_errors=True)


def _touch(root: Path, _turn: int) -> None:
    for pattern in ("source/**/*.md", "locale/**/*.po"):
        for path in root.glob(pattern):
            path.touch()


def _translate(root: Path, turn: int) -> None:
    """Change one msgstr, as a translator who saves a catalog does."""
    path = sorted(root.glob("locale/*/LC_MESSAGES/*.po"))[0]
    text = path.read_text(encoding="utf-8")
    head, _, last = text.rpartition('msgstr "')
    path.write_text(f'{head}msgstr "{turn} {last}', encoding="utf-8")


STEPS: Final = (
    Step("--help", (*COMMAND, "--help")),
    Step("coverage, for the first time", (*COMMAND, "coverage"), _forget),
    Step("coverage", (*COMMAND, "coverage")),
    Step("build, nothing to do", BUILD),
    Step("build, all files touched", BUILD, _touch),
    Step("build, one msgstr changed", BUILD, _translate),
)
HEAD: Final = ("| command | clock | processor |", "| --- | ---: | ---: |")


def measure(root: Path, leaflets: int, languages: int, rounds: int) -> str:
    """Return the report on a generated project: every step, and a build from nothing once."""
    write(root, Corpus(leaflets, LANGUAGES[:languages]))
    lines = [f"{leaflets} leaflets, {languages} languages", *machine(rounds), "", *HEAD]
    lines.append(_row("build from nothing, pages only", [run(BUILD, root)]))
    for step in STEPS:
        samples = []
        for turn in range(rounds + 1):
            step.before(root, turn)
            samples.append(run(step.command, root))
        if step.before is _forget:
            run(BUILD, root)
        lines.append(_row(step.name, samples[1:]))
    return "\n".join(lines)


def _row(name: str, samples: list[Sample]) -> str:
    wall, cpu = typical(samples, lambda s: s.wall), typical(samples, lambda s: s.cpu)
    return f"| {name} | {wall:.2f} s | {cpu:.2f} s |"
