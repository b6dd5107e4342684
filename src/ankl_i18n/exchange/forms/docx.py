"""A form as a document: a table, each line's id hidden in its first cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankl_i18n.exchange.forms.records import ABOUT, Column, Filled, Form, filled
from ankl_i18n.exchange.office import Cell, document, hidden_about, table
from ankl_i18n.exchange.table import writable, written

# What a page in landscape has room for, in centimetres and in characters of `Column.width`.
ROOM: Final = 26.0
# What is before a hidden id, so that nobody's typing is taken for one.
BEFORE: Final = "‹"


def write(form: Form) -> bytes:
    """Return a form as a document; the same form gives the same bytes."""
    whole = sum(column.width for column in form.columns)
    widths = [ROOM * column.width / whole for column in form.columns]
    return document(form.title, form.intro, widths, _rows(form))


def _rows(form: Form) -> Iterator[tuple[str, list[Cell]]]:
    headings = [Cell(_heading(column), bold=True) for column in form.columns]
    yield BEFORE + hidden_about(form.about), headings
    for line in form.lines:
        cells = zip(line.cells, form.columns, strict=True)
        yield BEFORE + line.id, [Cell(writable(text), rtl=one.rtl) for text, one in cells]


def _heading(column: Column) -> str:
    return f"{column.heading} ({' / '.join(filter(None, column.choices))})" if column.choices \
        else column.heading  # fmt: skip


def parse(data: bytes, path: str) -> Filled:
    """Return what came back. Raises `CatalogError` for what is no such document."""
    about, rows = table(data, path, ABOUT)
    return filled(about, dict(_line(cells) for cells in rows if BEFORE in cells[0]))


def _line(cells: list[str]) -> tuple[str, tuple[str, ...]]:
    text, _, name = cells[0].rpartition(BEFORE)
    return name.strip(), tuple(written(one.strip()) for one in (text, *cells[1:]))
