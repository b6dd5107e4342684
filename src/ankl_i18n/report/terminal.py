"""Coverage and builds on a terminal, or as plain lines anywhere else.

Colour only repeats what the words say. Rich leaves colour out when NO_COLOR is set, and all
control codes when the output is not a terminal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rich import box
from rich.table import Table
from rich.text import Text

from ankl_i18n.errors import Problem
from ankl_i18n.report.columns import aligned, plain
from ankl_i18n.report.problems import tally
from ankl_i18n.report.text import counted, visible

if TYPE_CHECKING:
    from rich.console import Console

    from ankl_i18n.coverage.figures import Counts, SectionCoverage
    from ankl_i18n.coverage.rows import Row

LEAFLET: Final = "Leaflet"
COLUMNS: Final = (
    "Language",
    LEAFLET,
    "Words",
    "Translated",
    "Fuzzy",
    "Untranslated",
    "Required section",
    "Published",
)
NUMBERS: Final = range(2, 6)
"""The columns that are set to the right."""
REVIEWED: Final = "Words reviewed"
"""What is in the last column where there is a policy of review."""
NARROW: Final = {"Translated": "Trans-\nlated", "Untranslated": "Untrans-\nlated"}
"""Headings that let the table fit a terminal of 80 columns."""
NONE: Final = "–"
OUTSIDE: Final = "(outside sections)"
"""The text above the first heading, and that of the front matter."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did.

    `folder` is where its pages are; `written` counts the files made of each kind ("page"),
    `unchanged` those that were up to date; `languages` are the names of published languages,
    `held_back` maps the others to the reasons; `seconds` is the time it took. `last_good` maps
    files that could not be made again to the day of their making, `replaced` those that a notice
    replaces. `withdrawn` maps leaflets that their publisher has withdrawn to the day.
    """

    folder: str
    written: Mapping[str, int]
    unchanged: int
    languages: tuple[str, ...]
    seconds: float
    held_back: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    last_good: Mapping[str, str] = field(default_factory=dict)
    replaced: Sequence[str] = ()
    withdrawn: Mapping[str, str] = field(default_factory=dict)


def coverage_table(rows: Sequence[Row], console: Console, *, sections: bool = False) -> None:
    """Print one line for each language and leaflet, in the order given.

    With `sections` those of each leaflet follow it. A terminal shows why leaflets are not
    published below the table; elsewhere every line says it all, so that it can be searched.
    """
    if console.is_terminal:
        _terminal_table(rows, console, sections=sections)
        return
    reviewed = any(row.reviewed for row in rows)
    cells: list[tuple[str, ...]] = [(*COLUMNS, *([REVIEWED] if reviewed else []))]
    for row in rows:
        cells.append((*_cells(row), *([row.review] if reviewed else [])))
        if sections:
            name = row.coverage.domain
            cells += (
                (
                    row.name,
                    f"{name}: {_title(section)}",
                    *_section_cells(section),
                    *([NONE] if reviewed else []),
                )
                for section in row.coverage.sections
            )
    for line in aligned([[visible(text) for text in line] for line in cells], NUMBERS):
        plain(console, line)


def build_summary(summary: BuildSummary, console: Console) -> None:
    """Print what a build wrote, which languages readers get, and why not the others."""
    *most, last = (counted(number, noun) for noun, number in summary.written.items())
    written = f"{', '.join(most)} and {last}"
    same = f"; {summary.unchanged} up to date" if summary.unchanged else ""
    plain(console, f"{written} written to {summary.folder} in {summary.seconds:.1f} s{same}")
    plain(console, f"Published: {', '.join(summary.languages) or 'none'}")
    for name, reasons in summary.held_back.items():
        plain(console, f"Not published: {visible(name)}: {visible('; '.join(reasons))}")
    for day in sorted(set(summary.last_good.values())):
        paths = ", ".join(path for path, made in summary.last_good.items() if made == day)
        plain(console, f"Could not be rebuilt, kept from {day}: {visible(paths)}")
    if summary.replaced:
        plain(console, f"Withdrawn, no longer shown: {visible(', '.join(summary.replaced))}")
    for name, day in summary.withdrawn.items():
        plain(console, f"Withdrawn by its publisher: {visible(name)}, {day}")
    if summary.problems:
        plain(console, f"Problems: {tally(summary.problems)}")


def _cells(row: Row) -> tuple[str, ...]:
    """Return the texts of a row, in the order of `COLUMNS`."""
    figures = _figures(row.coverage.counts)
    return row.name, row.coverage.domain, *figures, row.required, row.publication


def _section_cells(section: SectionCoverage) -> tuple[str, ...]:
    """Return what is said of a section in the columns after its name."""
    required = ("ready" if section.counts.complete else "not ready") if section.required else NONE
    return *_figures(section.counts), required, NONE


def _figures(counts: Counts) -> tuple[str, ...]:
    messages = counts.messages
    states = (messages.translated, messages.fuzzy, messages.untranslated)
    return f"{counts.words.percent}%", *map(str, states)


def _title(section: SectionCoverage) -> str:
    return section.title or OUTSIDE


def _terminal_table(rows: Sequence[Row], console: Console, *, sections: bool) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for number, name in enumerate(COLUMNS):
        if number in NUMBERS:
            table.add_column(NARROW.get(name, name), justify="right", no_wrap=True)
        elif not (sections and name == LEAFLET):  # sections need its room
            table.add_column(name)
    for row in rows:
        name, domain, *figures, required, published = map(visible, _cells(row))
        names = [f"{name}: {domain}"] if sections else [name, domain]
        style = {True: "green", False: "yellow", None: ""}[row.published]
        texts = map(Text, [*names, *figures, _short(required)])
        table.add_row(*texts, Text(_short(published), style))
        for section in row.coverage.sections if sections else ():
            name = f"– {visible(_title(section))}"
            table.add_row(*map(Text, [name, *_section_cells(section)[:-1], ""]))
    console.print(table)
    for row in rows:
        if row.reviewed:
            plain(console, f"{REVIEWED}: {visible(row.name)}, {row.coverage.domain}: {row.review}")
        if row.reasons:
            why = f"{row.name}, {row.coverage.domain}: {'; '.join(row.reasons)}"
            plain(console, f"Not published: {visible(why)}")


def _short(text: str) -> str:
    """Return "no" for "no: reasons"."""
    return text.partition(":")[0]
