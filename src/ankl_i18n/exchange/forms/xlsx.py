"""A form as a spreadsheet: one line each, what is not to be filled in protected.

Column A, which is hidden, has the ids; the hidden sheet `ankl-i18n` says what the file is.
"""

from __future__ import annotations

import io
from typing import Any, Final

from ankl_i18n.exchange.forms.records import ABOUT, Filled, Form, filled
from ankl_i18n.exchange.office import MARK, add_about, new_book
from ankl_i18n.exchange.office import sheet as read_sheet
from ankl_i18n.exchange.table import writable, written
from ankl_i18n.exchange.xlsx import LONGEST

SHEET: Final = "Form"
GREY: Final = "#F2F2F2"


def write(form: Form) -> bytes:
    """Return a form as a spreadsheet; the same form gives the same bytes."""
    stream = io.BytesIO()
    book = new_book(stream, form.title)
    plain = {"text_wrap": True, "valign": "top", "num_format": "@"}
    head = book.add_format({**plain, "bold": True, "bg_color": GREY})
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, 0, None, {"hidden": True})
    sheet.protect("", {"format_columns": True, "format_rows": True})
    below = len(form.intro) + 1
    for row, text in enumerate(form.intro):
        sheet.merge_range(row, 1, row, len(form.columns), text, book.add_format(plain))
        sheet.set_row(row, 15 * (1 + len(text) // 90))
    for place, column in enumerate(form.columns, 1):
        order = {"reading_order": 2 if column.rtl else 1, "locked": not column.open}
        shade = {} if column.open else {"bg_color": GREY}
        cell = book.add_format({**plain, **order, **shade})
        sheet.set_column(place, place, column.width)
        sheet.write_string(below, place, column.heading, head)
        for row, line in enumerate(form.lines, below + 1):
            sheet.write_string(row, place, writable(line.cells[place - 1])[:LONGEST], cell)
        if column.choices and form.lines:
            last = below + len(form.lines)
            # Choices are cells of the hidden sheet: a list in place may have 255 letters.
            letter, end = chr(ord("C") + place), len(column.choices)
            cells = f"='{MARK}'!${letter}$1:${letter}${end}"
            choice = {"validate": "list", "source": cells}
            sheet.data_validation(below + 1, place, last, place, choice)
    for row, line in enumerate(form.lines, below + 1):
        sheet.write_string(row, 0, line.id)
    sheet.freeze_panes(below + 1, 0)
    hidden = add_about(book, form.about)
    for place, column in enumerate(form.columns, 1):
        hidden.write_column(0, 2 + place, column.choices)
    book.close()
    return stream.getvalue()


def parse(data: bytes, path: str) -> Filled:
    """Return what came back. Raises `CatalogError` for what is no such spreadsheet."""
    about, sheet = read_sheet(data, path, SHEET, ABOUT)
    lines = {
        str(cells[0]).strip(): tuple(written(_text(cell)) for cell in cells[1:])
        for cells in sheet.iter_rows(values_only=True)
        if cells and cells[0]
    }
    return filled(about, lines)


def _text(value: Any) -> str:
    """Return what a cell holds as text: programs make numbers of digits."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
