"""Coverage, problems and builds on a terminal, or as plain aligned lines anywhere else.

Colour repeats what the words say. Rich leaves colour out when NO_COLOR is set, and all
control codes when the output is not a terminal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from ankl_i18n.errors import Severity
from ankl_i18n.report.problems import in_order, tally
from ankl_i18n.report.text import counted, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from ankl_i18n.errors import Problem
    from ankl_i18n.report.rows import Row

# Heading of each column, whether it holds numbers, and the text of a row in it.
COLUMNS: Final = (
    ("Language", False, lambda row: _name(row)),
    ("Leaflet", False, lambda row: row.coverage.domain),
    ("Words", True, lambda row: f"{row.coverage.counts.words.percent}%"),
    ("Translated", True, lambda row: str(row.coverage.counts.messages.translated)),
    ("Fuzzy", True, lambda row: str(row.coverage.counts.messages.fuzzy)),
    ("Untranslated", True, lambda row: str(row.coverage.counts.messages.untranslated)),
    ("Required section", False, lambda row: row.required),
    ("Published", False, lambda row: row.publication),
)
COLOURS: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
GAP: Final = "  "


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did.

    `folder` is where its pages are; `pages` and `pdfs` count the files written, `unchanged`
    those that were up to date; `languages` are the names of published languages, `held_back`
    maps the others to the reasons; `seconds` is the time it took.
    """

    folder: str
    pages: int
    pdfs: int
    unchanged: int
    languages: tuple[str, ...]
    seconds: float
    held_back: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def coverage_table(rows: Sequence[Row], console: Console) -> None:
    """Print one line for each language and leaflet, in the order given."""
    cells = [[visible(cell(row)) for _, _, cell in COLUMNS] for row in rows]
    if not console.is_terminal:
        for line in _aligned([[name for name, _, _ in COLUMNS], *cells]):
            _plain(console, line)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, is_number, _ in COLUMNS:
        table.add_column(name, justify="right" if is_number else "left", no_wrap=is_number)
    for row, texts in zip(rows, cells, strict=True):
        styles = {"Published": _style(row.published), "Words": _style(row.published)}
        table.add_row(
            *(Text(t, styles.get(name, "")) for t, (name, _, _) in zip(texts, COLUMNS, strict=True))
        )
    console.print(table)


def problem_list(
    problems: Iterable[Problem], console: Console, sources: Mapping[str, str] | None = None
) -> None:
    """Print problems by file, with the line they are on, what to do next, and their number.

    `sources` holds the text of files by path, for the problems that do not show their own.
    """
    found = in_order(problems)
    for path, group in groupby(found, key=lambda problem: problem.location.path):
        if console.is_terminal:
            console.print(Text(visible(path), "bold"), soft_wrap=True)
        for problem in group:
            _one_problem(problem, console, sources or {})
        if console.is_terminal:
            console.print()
    if found:
        console.print(Text(tally(found), COLOURS[min(p.severity for p in found)]), soft_wrap=True)


def build_summary(summary: BuildSummary, console: Console) -> None:
    """Print what a build wrote, which languages readers get, and why not the others."""
    written = f"{counted(summary.pages, 'page')} and {counted(summary.pdfs, 'PDF')}"
    same = f"; {summary.unchanged} up to date" if summary.unchanged else ""
    _plain(console, f"{written} written to {summary.folder} in {summary.seconds:.1f} s{same}")
    names = ", ".join(summary.languages) or "none"
    _plain(console, f"Published: {names}")
    for name, reasons in summary.held_back.items():
        _plain(console, f"Not published: {name}: {'; '.join(reasons)}")
    if summary.problems:
        _plain(console, f"Problems: {tally(summary.problems)}")


def _name(row: Row) -> str:
    # The English name comes first, so that the line runs from left to right in any viewer.
    same = row.language.endonym == row.language.english
    return row.language.english + ("" if same else f" ({row.language.endonym})")


def _aligned(lines: Sequence[Sequence[str]]) -> list[str]:
    """Return lines of cells as text in columns; wide characters count twice."""
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    return [GAP.join(_padded(line, widths)).rstrip() for line in lines]


def _padded(line: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
    for text, width, (_, is_number, _) in zip(line, widths, COLUMNS, strict=True):
        space = " " * (width - cell_len(text))
        yield space + text if is_number else text + space


def _one_problem(problem: Problem, console: Console, sources: Mapping[str, str]) -> None:
    if console.is_terminal:
        place = ":".join(str(n) for n in (problem.location.line, problem.location.column) if n)
        line = Text.assemble(
            f"  {place:<8}",
            (str(problem.severity), COLOURS[problem.severity]),
            f": {visible(problem.message)} ",
            (f"[{problem.kind}]", "dim"),
        )
        console.print(line, soft_wrap=True)
    else:
        _plain(console, visible(str(problem)))
    source = problem.context or _source_line(problem, sources)
    if source.strip():
        _plain(console, f"    | {visible(source.strip())}")
    if problem.hint:
        _plain(console, f"    → {visible(problem.hint)}")


def _source_line(problem: Problem, sources: Mapping[str, str]) -> str:
    lines = sources.get(problem.location.path, "").splitlines()
    number = problem.location.line
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _style(published: bool | None) -> str:  # noqa: FBT001
    return {True: "green", False: "yellow", None: ""}[published]


def _plain(console: Console, line: str) -> None:
    """Print one line as it is: no markup, no wrapping, no colour of numbers."""
    console.print(Text(line), soft_wrap=True)
