"""Figures about catalogs as tables: two on a terminal, elsewhere one line for each catalog."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich import box
from rich.table import Table
from rich.text import Text

from ankl_i18n.coverage.stats import Figures, Stats
from ankl_i18n.report.columns import aligned, plain
from ankl_i18n.report.text import visible

if TYPE_CHECKING:
    from rich.console import Console


NAMES: Final = ("Language", "Catalog")
FIGURES: Final = (
    "Messages",
    "Translated",
    "Fuzzy",
    "Untranslated",
    "Obsolete",
    "Words",
    "Characters",
    "Words in msgstr",
    "Characters in msgstr",
)
PEOPLE: Final = ("Review", "Revised", "Last translator", "Oldest fuzzy")
NUMBERS: Final = range(len(NAMES), len(NAMES) + len(FIGURES))
NARROW: Final = (
    "Mes-\nsages", "Trans-\nlated", "Fuzzy", "Un-\ntrans-\nlated", "Obso-\nlete",
    "Words", "Char-\nacters", "Words\nin\nmsgstr", "Char-\nacters\nin\nmsgstr",
)  # fmt: skip
NONE: Final = "–"
ALL: Final = "all"


def stats_tables(stats: Sequence[Stats], console: Console) -> None:
    """Print the figures of each catalog, and of each language that has several.

    A terminal shows the texts in one table and the people in another; elsewhere every line
    says it all, so that it can be searched.
    """
    lines = [[visible(cell) for cell in line] for line in _lines(stats)]
    if not console.is_terminal:
        for line in aligned([[*NAMES, *FIGURES, *PEOPLE], *lines], NUMBERS):
            plain(console, line)
        return
    end = NUMBERS.stop
    _table(console, (*NAMES, *NARROW), [line[:end] for line in lines], NUMBERS)
    people = [[*line[: len(NAMES)], *line[end:]] for line in lines if line[1] != ALL]
    _table(console, (*NAMES, *PEOPLE), people, range(0))


def by_language(stats: Sequence[Stats]) -> list[list[Stats]]:
    """Return the catalogs of each language together, in the order given."""
    return [list(group) for _, group in groupby(stats, key=lambda one: one.language.tag)]


def total(stats: Sequence[Stats]) -> Figures:
    """Return the figures of several catalogs together."""
    return sum((one.figures for one in stats), Figures())


def _lines(stats: Sequence[Stats]) -> Iterator[list[str]]:
    for group in by_language(stats):
        tag = group[0].language.tag
        for one in group:
            oldest = one.oldest_fuzzy.isoformat() if one.oldest_fuzzy else NONE
            people = (one.review or NONE, one.revised or NONE, one.last_translator or NONE, oldest)
            yield [tag, one.domain, *_cells(one.figures), *people]
        if len(group) > 1:
            yield [tag, ALL, *_cells(total(group)), *[NONE] * len(PEOPLE)]


def _cells(figures: Figures) -> list[str]:
    """Return the texts below `FIGURES`."""
    messages = figures.messages
    states = (messages.total, messages.translated, messages.fuzzy, messages.untranslated)
    words = [figures.msgid.words, figures.msgid.characters]
    words += [figures.msgstr.words, figures.msgstr.characters]
    return [NONE if n is None else str(n) for n in (*states, figures.obsolete, *words)]


def _table(
    console: Console, columns: Sequence[str], lines: Sequence[Sequence[str]], numbers: range
) -> None:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 0))
    for place, name in enumerate(columns):
        figure = place in numbers
        table.add_column(
            name, justify="right" if figure else "left", no_wrap=figure, overflow="fold"
        )
    for line in lines:
        table.add_row(*map(Text, line))
    console.print(table)
    plain(console, "")
