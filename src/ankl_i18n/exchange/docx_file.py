"""DOCX: a document with one table, one line a message.

Each line's id stands hidden behind its number, and what the file says of itself behind the first
column's heading. Markup is coloured.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ankl_i18n.exchange.office import Cell, document, hidden_about, table
from ankl_i18n.exchange.table import ABOUT, COLUMNS, Line, about, lines, returned
from ankl_i18n.exchange.units import Package, Returned

WIDTHS: Final = (1.2, 6.5, 6.5, 2.5, 6.0)  # cm


def write(package: Package) -> bytes:
    """Return a document of one catalog; the same catalog gives the same bytes."""
    return document(package.title, (), WIDTHS, _rows(package))


def _rows(package: Package) -> Iterator[tuple[str, list[Cell]]]:
    yield hidden_about(about(package)), [Cell(text, bold=True) for text in COLUMNS]
    for number, line in enumerate(lines(package), 1):
        target = Cell(line.target, rtl=package.rtl, marked=True)
        source, notes = Cell(line.source, marked=True), Cell(line.notes, marked=True)
        yield line.id, [Cell(str(number)), source, target, Cell(line.state), notes]


def parse(data: bytes, path: str) -> list[Returned]:
    """Return what came back. Raises `CatalogError` for what is no such document."""
    about, rows = table(data, path, ABOUT)
    return [returned(about, _lines(rows))]


def _lines(rows: Iterable[list[str]]) -> Iterator[Line]:
    for number, row in enumerate(rows, 1):
        cells = [*row, *[""] * len(COLUMNS)]
        name = cells[0].split()[-1] if cells[0].split() else ""
        yield Line(name if "-" in name else "", cells[1], cells[2], cells[3], place=number)
