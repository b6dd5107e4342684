"""XLSX: a spreadsheet with one line a message.

Column A, which is hidden, has each line's id; the hidden sheet `ankl-i18n` says which
catalog it is. Everything but translations and states is protected. Markup is coloured.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final

from ankl_i18n.exchange.codes import split
from ankl_i18n.exchange.office import add_about, new_book, sheet
from ankl_i18n.exchange.table import ABOUT, COLUMNS, STATES, Line, about, lines, returned
from ankl_i18n.exchange.units import Package, Returned

SHEET: Final = "Translation"
# The most characters of a cell (ECMA-376, part 1, 18.3.1.4; Excel's limits).
LONGEST: Final = 32_767
WIDTHS: Final = (0, 6, 60, 60, 14, 50)
CODE_COLOUR: Final = "#9C0006"
TOO_LONG: Final = "This text is too long for a spreadsheet. Translate it in another format."

# What programs take for a character by its number (ISO/IEC 29500, 22.9.2.19), `_x0007_`, and what
# stands for its beginning.
_ESCAPE: Final = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
_NO_ESCAPE: Final = "_⟦x⟧"


def write(package: Package) -> bytes:
    """Return a spreadsheet of one catalog."""
    stream = io.BytesIO()
    book = new_book(stream, package.title)
    _Writer(book, package).write()
    book.close()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Any, package: Package) -> None:
        self.book, self.package = book, package
        self.sheet = book.add_worksheet(SHEET)
        plain = {"text_wrap": True, "valign": "top", "num_format": "@"}
        read_only = {**plain, "bg_color": "#F2F2F2"}
        order = {"reading_order": 2 if package.rtl else 1, "locked": False}
        self.formats = {
            "head": book.add_format({**read_only, "bold": True}),
            "read": book.add_format(read_only),
            "open": book.add_format({**plain, **order}),
            "closed": book.add_format({**read_only, **order, "locked": True}),
            "state": book.add_format({**plain, "locked": False}),
            "code": book.add_format({"font_color": CODE_COLOUR}),
            "text": book.add_format({}),
        }

    def write(self) -> None:
        sheet, formats = self.sheet, self.formats
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width, None, {"hidden": not width})
        sheet.write_row(0, 0, ("id", *COLUMNS), formats["head"])
        sheet.freeze_panes(1, 0)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        count = 0
        for count, line in enumerate(lines(self.package), 1):
            self._line(count, line)
        sheet.data_validation(1, 4, max(count, 1), 4, {"validate": "list", "source": list(STATES)})
        add_about(self.book, about(self.package))

    def _line(self, row: int, line: Line) -> None:
        is_long = max(map(len, (line.source, line.target))) > LONGEST
        if is_long:
            line = Line("", line.source[:1000], "", "", TOO_LONG, locked=True)
        self.sheet.write_string(row, 0, line.id)
        self.sheet.write_number(row, 1, row, self.formats["read"])
        self._text(row, 2, line.source, "read")
        self._text(row, 3, line.target, "closed" if line.locked else "open")
        state = "closed" if line.locked else "state"
        self.sheet.write_string(row, 4, line.state, self.formats[state])
        self.sheet.write_string(row, 5, line.notes[:LONGEST], self.formats["read"])

    def _text(self, row: int, column: int, text: str, form: str) -> None:
        text = _ESCAPE.sub(_NO_ESCAPE, text)
        pieces = split(text)
        if len(pieces) < 2:  # noqa: PLR2004 - what has no markup, or is nothing else
            self.sheet.write_string(row, column, text, self.formats[form])
            return
        runs: list[Any] = []
        for piece in pieces:
            runs += [self.formats["code" if piece.is_code else "text"], piece.text]
        if self.sheet.write_rich_string(row, column, *runs, self.formats[form]):
            self.sheet.write_string(row, column, text, self.formats[form])


# --- what comes back ----------------------------------------------------------------------------


def parse(data: bytes, path: str) -> list[Returned]:
    """Return what came back. Raises `CatalogError` for what is no such spreadsheet."""
    about, rows = sheet(data, path, SHEET, ABOUT)
    return [returned(about, _lines(rows))]


def _lines(sheet: Any) -> Iterator[Line]:
    for number, cells in enumerate(sheet.iter_rows(min_row=2, max_col=6), 2):
        cells = [*cells, *[None] * (6 - len(cells))]  # noqa: PLW2901
        wrong: list[str] = []
        name, source, target, state = (_text(cells[i], wrong) for i in (0, 2, 3, 4))
        yield Line(name, source, target, state, place=number, wrong=tuple(wrong))


def _text(cell: Any, wrong: list[str]) -> str:
    """Return what a cell says; a formula or a date is none of a translator's."""
    if cell is None or cell.value is None:
        return ""
    if cell.data_type == "f":
        wrong.append(f"cell {cell.coordinate} is a formula, not text")
        return ""
    if cell.data_type in {"s", "inlineStr", "str"}:
        return str(cell.value).replace(_NO_ESCAPE, "_x")
    if cell.data_type == "n" and isinstance(cell.value, int | float):
        return f"{cell.value:g}" if cell.value == int(cell.value) else repr(cell.value)
    wrong.append(f"cell {cell.coordinate} is a date or an error, not text")
    return ""
