"""Documents and spreadsheets (ISO/IEC 29500): what all that go out and come back have in common.

XlsxWriter writes spreadsheets, since it makes no formula of a text that begins with `=`; openpyxl
reads them. Each library is loaded when a file of its own is made or read.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ankl_i18n.exchange.archive import opened, refuse
from ankl_i18n.exchange.codes import split

# When a file says it was made: so that the same content gives the same bytes.
CREATED: Final = (1980, 1, 1)
# What a document says of itself begins so, and the sheet that says it has this name.
MARK: Final = "ankl-i18n"
SEPARATOR: Final = "|"
CODE_COLOUR: Final = (0x9C, 0x00, 0x06)
MARGIN: Final = 1.5  # cm

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Elements of a paragraph that are text themselves.
_SIGNS: Final = {
    f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011", f"{_W}softHyphen": "\u00ad",
}  # fmt: skip
# What tracked changes have taken away, and what is not text of a paragraph.
_GONE: Final = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr"})


# --- documents ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a document's table; markup in it is coloured if it is `marked`."""

    text: str
    bold: bool = False
    rtl: bool = False
    marked: bool = False


def document(
    title: str, intro: Iterable[str], widths: Sequence[float],
    rows: Iterable[tuple[str, Sequence[Cell]]],
) -> bytes:  # fmt: skip
    """Return a document in landscape with one table.

    `widths` are those of its columns in cm; each row is a text that stands hidden in its first
    cell, and its cells.
    """
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    made = docx.Document()
    about, created = made.core_properties, datetime.datetime(*CREATED)
    about.title, about.created, about.modified = title, created, created
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(MARGIN)
    made.add_heading(title, 1)
    for text in intro:
        made.add_paragraph(text)
    content = list(rows)
    table = made.add_table(rows=len(content), cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    # python-docx looks for a cell through the whole table: rows are taken once.
    for row, (hidden, cells) in zip(table.rows, content, strict=True):
        places = row.cells
        for place, cell, width in zip(places, cells, widths, strict=True):
            place.width = Cm(width)
            _put(place.paragraphs[0], cell)
        places[0].paragraphs[0].add_run(f" {hidden}").font.hidden = True
    stream = io.BytesIO()
    made.save(stream)
    return _undated(stream.getvalue())


def _put(paragraph: Any, cell: Cell) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import RGBColor

    if cell.rtl:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    pieces = split(cell.text) if cell.marked else ()
    for text, is_code in [(piece.text, piece.is_code) for piece in pieces] or [(cell.text, False)]:
        run = paragraph.add_run(text)
        run.bold = cell.bold or None
        run.font.rtl = True if cell.rtl and not is_code else None
        if is_code:
            run.font.color.rgb = RGBColor(*CODE_COLOUR)


def _undated(data: bytes) -> bytes:
    """Return an archive whose parts all have the same date."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            same = zipfile.ZipInfo(part.filename, (*CREATED, 0, 0, 0))
            same.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(same, old.read(part))
    return stream.getvalue()


def hidden_about(about: Mapping[str, str]) -> str:
    """Return what a document says of itself as the hidden text of its first cell."""
    return SEPARATOR.join([MARK, *about.values()])


def table(
    data: bytes, path: str, names: Iterable[str]
) -> tuple[dict[str, str], Iterator[list[str]]]:
    """Return what a document says of itself, and the rows of its table below the first.

    Changes that were tracked count as accepted. Raises `CatalogError` if there is no such table.
    """
    import docx

    read: Any = opened(data, path, docx.Document)
    for element in read.element.body.iter(f"{_W}tbl"):
        rows = (_cells(row) for row in element.iter(f"{_W}tr"))
        first = next(rows, None) or [""]
        _, mark, values = first[0].partition(MARK + SEPARATOR)
        if mark:
            return dict(zip(names, values.strip().split(SEPARATOR), strict=False)), rows
    raise refuse(path, "the table that was sent out is not in this document")


def _cells(row: Any) -> list[str]:
    return ["\n".join(map(_text, cell.iter(f"{_W}p"))) for cell in row.iter(f"{_W}tc")]


def _text(element: Any) -> str:
    """Return the text of a paragraph as it is when all tracked changes are accepted."""
    made = []
    for child in element:
        if child.tag in _GONE:
            continue
        if child.tag == f"{_W}t":
            made.append(child.text or "")
        else:
            made.append(_SIGNS.get(child.tag) or _text(child))
    return "".join(made)


# --- spreadsheets -------------------------------------------------------------------------------


def new_book(stream: io.BytesIO, title: str) -> Any:
    """Return a workbook of XlsxWriter, in which every text is a text."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": title, "created": datetime.datetime(*CREATED)})
    return book


def add_about(book: Any, about: Mapping[str, str]) -> Any:
    """Add and return the hidden sheet in which a spreadsheet says what it is."""
    hidden = book.add_worksheet(MARK)
    for row, pair in enumerate(about.items()):
        hidden.write_row(row, 0, pair)
    hidden.hide()
    return hidden


def sheet(data: bytes, path: str, name: str, names: Sequence[str]) -> tuple[dict[str, str], Any]:
    """Return what a spreadsheet says of itself, and its sheet of a name, as openpyxl has it.

    Raises `CatalogError` if either is missing.
    """
    import openpyxl

    book: Any = opened(data, path, openpyxl.load_workbook)
    if name not in book.sheetnames or MARK not in book.sheetnames:
        raise refuse(path, f"the sheets “{name}” and “{MARK}” (hidden) are not there")
    rows = book[MARK].iter_rows(max_col=2, max_row=len(names), values_only=True)
    return {str(key): str(value or "") for key, value in rows}, book[name]
