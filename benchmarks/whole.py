"""All tasks in one run, and the part of docs/performance.md that holds what came out."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import click

from benchmarks import report
from benchmarks.measure import Sample
from benchmarks.plot import plot
from benchmarks.tasks import TASKS, Case, Figures, Row, measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BEGIN: Final = "<!-- bench: begin -->"
END: Final = "<!-- bench: end -->"
TITLE: Final = "Processor time, in times of that of ankl-i18n"


def run(cases: Iterable[Case], rounds: int, limit: float | None) -> list[Figures]:
    """Measure cases one after the other, each in a folder of its own; tell what is going on."""
    figures = []
    for case in cases:
        click.echo(f"{case.task}, {case.size} ...", err=True)
        with TemporaryDirectory(prefix="ankl-benchmark-") as made:
            figures.append(measured(case, Path(made), rounds, limit))
        click.echo("\n".join([figures[-1].inputs, "", *report.table(figures[-1]), ""]))
    return figures


def section(figures: Sequence[Figures], machine: Sequence[str], picture: str) -> Iterator[str]:
    """Yield the lines between the marks: the machine, the picture, a table for each case."""
    yield from (f"- {line}" for line in machine)
    yield from ("", f"![{TITLE}; the tables say the same]({picture})")
    for one in figures:
        title = TASKS[one.task].title
        yield from ("", f"### {title}: {one.inputs}", "", *report.table(one), "")
        yield " ".join(report.verdicts(one))


def write(docs: Path, figures: Sequence[Figures], machine: Sequence[str]) -> None:
    """Put the figures between the marks of a Markdown file, and the picture beside it.

    Raises `ValueError` if the file has no marks.
    """
    picture = docs.with_suffix(".svg")
    text = docs.read_text(encoding="utf-8")
    lines = "\n".join(section(figures, machine, picture.name))
    pattern = f"(?s)(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})"
    written, count = re.subn(pattern, lambda _: f"\n{lines}\n\n", text)
    if count != 1:
        raise ValueError(f"{docs} has not one pair of the marks {BEGIN} and {END}")
    docs.write_text(written, encoding="utf-8")
    large = [one for one in figures if one.size == "large"]
    picture.write_text(plot(large or figures, TITLE), encoding="utf-8")


def store(path: Path, figures: Sequence[Figures], machine: Sequence[str]) -> None:
    """Keep all samples in a JSON file."""
    kept = {"machine": list(machine), "figures": [asdict(one) for one in figures]}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def stored(path: Path) -> tuple[list[Figures], list[str]]:
    """Return what `store` kept: the figures and the machine."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return [_figures(one) for one in kept["figures"]], kept["machine"]


def _figures(one: dict[str, Any]) -> Figures:
    rows = [
        Row(**{**row, "samples": [Sample(**sample) for sample in row["samples"]]})
        for row in one.pop("rows")
    ]
    return Figures(**one, rows=rows)
