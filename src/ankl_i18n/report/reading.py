"""How easy leaflets are to read, as a table: on a terminal, in Markdown, for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from ankl_i18n.report.columns import aligned, plain
from ankl_i18n.report.text import visible

if TYPE_CHECKING:
    from rich.console import Console

    from ankl_i18n.source.reading import Reading

NAMES: Final = ("Leaflet", "Section", "Line", "Sentences", "Words", "Longest", "Grade")
LINE: Final = NAMES.index("Line")
NUMBERS: Final = range(LINE, len(NAMES))
BEGINNING: Final = "(beginning)"
ALL: Final = "all"


def reading_table(readings: Mapping[str, Sequence[Reading]], console: Console) -> None:
    """Print how easy each section is to read; the last of a leaflet's is the whole leaflet."""
    lines = [list(map(visible, line)) for line in _lines(readings)]
    for line in aligned([list(NAMES), *lines], NUMBERS):
        plain(console, line)


def reading_markdown(readings: Mapping[str, Sequence[Reading]]) -> str:
    """Return the same as a table in Markdown, to be published: without lines."""
    rule = ["---:" if i in NUMBERS else "---" for i in range(len(NAMES))]
    cells = [[cell.replace("|", "\\|") for cell in line] for line in _lines(readings)]
    rows = ([c for i, c in enumerate(row) if i != LINE] for row in ([*NAMES], rule, *cells))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _lines(readings: Mapping[str, Sequence[Reading]]) -> Iterator[list[str]]:
    for name, sections in readings.items():
        for section in sections:
            title = ALL if section is sections[-1] else section.title or BEGINNING
            figures = (section.line, section.sentences, section.words, section.longest)
            yield [name, title, *map(str, figures), f"{section.grade:.1f}"]
