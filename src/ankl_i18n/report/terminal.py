"""Coverage, problems and builds on a terminal, or as plain lines anywhere else.

Colour only repeats what the words say. Rich leaves colour out when NO_COLOR is set, and all
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
from ankl_i18n.report.problems import RANKS, in_order, tally
from ankl_i18n.report.text import counted, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from ankl_i18n.errors import Problem
    from ankl_i18n.report.rows import Row

COLUMNS: Final = (
    "Language",
    "Leaflet",
    "Words",
    "Translated",
    "Fuzzy",
    "Untranslated",
    "Required section",
    "Published",
)
NUMBERS: Final = range(2, 6)
"""The columns that are set to the right."""
NARROW: Final = {"Translated": "Trans-\nlated", "Untranslated": "Untrans-\nlated"}
"""Headings that let the table fit a terminal of 80 columns."""
COLOURS: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}


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
    """Print one line for each language and leaflet, in the order given.

    A terminal shows why leaflets are not published below the table; elsewhere every line
    says it all, so that it can be searched.
    """
    cells = [[visible(text) for text in _cells(row)] for row in rows]
    if console.is_terminal:
        _terminal_table(rows, cells, console)
    else:
        for line in _aligned([COLUMNS, *cells]):
            _plain(console, line)


def problem_list(
    problems: Iterable[Problem], console: Console, sources: Mapping[str, str] | None = None
) -> None:
    """Print problems by file, with the line they are on, what to do next, and their number.

    `sources` holds the text of files by path, for problems that do not carry their own line.
    """
    found = in_order(problems)
    for path, group in groupby(found, key=lambda problem: problem.location.path):
        if console.is_terminal:
            _plain(console, visible(path), "bold")
        for problem in group:
            _plain(console, _headline(problem, full=not console.is_terminal))
            source = problem.context or _source_line(problem, sources or {})
            if source.strip():
                _plain(console, f"    | {visible(source.strip())}")
            if problem.hint:
                _plain(console, f"    hint: {visible(problem.hint)}")
        if console.is_terminal:
            _plain(console, "")
    if found:
        worst = min((problem.severity for problem in found), key=RANKS.__getitem__)
        _plain(console, tally(found), COLOURS[worst])


def build_summary(summary: BuildSummary, console: Console) -> None:
    """Print what a build wrote, which languages readers get, and why not the others."""
    written = f"{counted(summary.pages, 'page')} and {counted(summary.pdfs, 'PDF')}"
    same = f"; {summary.unchanged} up to date" if summary.unchanged else ""
    _plain(console, f"{written} written to {summary.folder} in {summary.seconds:.1f} s{same}")
    _plain(console, f"Published: {', '.join(summary.languages) or 'none'}")
    for name, reasons in summary.held_back.items():
        _plain(console, f"Not published: {visible(name)}: {visible('; '.join(reasons))}")
    if summary.problems:
        _plain(console, f"Problems: {tally(summary.problems)}")


def _cells(row: Row) -> tuple[str, ...]:
    """Return the texts of a row, in the order of `COLUMNS`."""
    messages = row.coverage.counts.messages
    return (
        row.name,
        row.coverage.domain,
        f"{row.coverage.counts.words.percent}%",
        str(messages.translated),
        str(messages.fuzzy),
        str(messages.untranslated),
        row.required,
        row.publication,
    )


def _terminal_table(rows: Sequence[Row], cells: Sequence[Sequence[str]], console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for number, name in enumerate(COLUMNS):
        if number in NUMBERS:
            table.add_column(NARROW.get(name, name), justify="right", no_wrap=True)
        else:
            table.add_column(name)
    for row, texts in zip(rows, cells, strict=True):
        short = [text.partition(":")[0] for text in texts[-2:]]
        style = {True: "green", False: "yellow", None: ""}[row.published]
        table.add_row(*map(Text, [*texts[:-2], short[0]]), Text(short[1], style))
    console.print(table)
    for row in rows:
        if row.reasons:
            why = f"{row.name}, {row.coverage.domain}: {'; '.join(row.reasons)}"
            _plain(console, f"Not published: {visible(why)}")


def _aligned(lines: Sequence[Sequence[str]]) -> list[str]:
    """Return lines of cells as text in columns; wide characters count twice."""
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(_padded(line, widths)).rstrip() for line in lines]


def _padded(line: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
    for number, (text, width) in enumerate(zip(line, widths, strict=True)):
        space = " " * (width - cell_len(text))
        yield space + text if number in NUMBERS else text + space


def _headline(problem: Problem, *, full: bool) -> Text:
    """Return a problem in one line: with its path (`full`), or below a heading that is it."""
    place = problem.location
    numbers = ":".join(str(number) for number in (place.line, place.column) if number)
    return Text.assemble(
        f"{visible(str(place))}: " if full else f"  {numbers:<8}",
        (str(problem.severity), COLOURS[problem.severity]),
        f": {visible(problem.message)} ",
        (f"[{problem.kind}]", "dim"),
    )


def _source_line(problem: Problem, sources: Mapping[str, str]) -> str:
    lines = sources.get(problem.location.path, "").split("\n")
    number = problem.location.line
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _plain(console: Console, line: str | Text, style: str = "") -> None:
    """Print one line as it is: no markup, no wrapping, no colouring of numbers."""
    console.print(Text(line, style) if isinstance(line, str) else line, soft_wrap=True)
