"""DOCX (ISO/IEC 29500): a document with one table, one line a message.

Each line's id stands hidden behind its number, and what the file says of itself behind the first
column's heading. Markup is coloured. Changes that were tracked count as accepted.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.exchange.archive import opened, refuse
from ankl_i18n.exchange.codes import split
from ankl_i18n.exchange.table import ABOUT, COLUMNS, Line, about, lines, returned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ankl_i18n.exchange.units import Package, Returned

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Elements of a paragraph that are text themselves.
SIGNS: Final = {
    f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad",
}  # fmt: skip
# What tracked changes have taken away, and what is no text of a paragraph.
GONE: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr"})
CODE_COLOUR: Final = (0x9C, 0x00, 0x06)
WIDTHS: Final = (1.2, 6.5, 6.5, 2.5, 6.0)  # cm
CREATED: Final = (1980, 1, 1)
MARK: Final = "ankl-i18n"
SEPARATOR: Final = "|"


def write(package: Package) -> bytes:
    """Return a document of one catalog; the same catalog gives the same bytes."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    document = docx.Document()
    made = datetime.datetime(*CREATED)
    properties = document.core_properties
    properties.title, properties.created, properties.modified = package.title, made, made
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(1.5)
    document.add_heading(package.title, 1)
    _fill(document, package)
    stream = io.BytesIO()
    document.save(stream)
    return undated(stream.getvalue())


def _fill(document: Any, package: Package) -> None:
    from docx.shared import Cm

    rows = list(lines(package))
    table = document.add_table(rows=len(rows) + 1, cols=len(COLUMNS))
    table.style, table.autofit = "Table Grid", False
    # python-docx looks for a cell through the whole table: rows are taken once.
    for number, (row, line) in enumerate(zip(table.rows, [None, *rows], strict=True)):
        cells = row.cells
        for cell, width in zip(cells, WIDTHS, strict=True):
            cell.width = Cm(width)
        if line is None:
            for cell, heading in zip(cells, COLUMNS, strict=True):
                cell.paragraphs[0].add_run(heading).bold = True
            _hide(cells[0], SEPARATOR.join([MARK, *about(package).values()]))
            continue
        cells[0].paragraphs[0].add_run(str(number))
        _hide(cells[0], line.id)
        _put(cells[1], line.source, rtl=False)
        _put(cells[2], line.target, rtl=package.rtl)
        cells[3].paragraphs[0].add_run(line.state)
        _put(cells[4], line.notes, rtl=False)


def _hide(cell: Any, text: str) -> None:
    run = cell.paragraphs[0].add_run(f" {text}")
    run.font.hidden = True


def _put(cell: Any, text: str, *, rtl: bool) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import RGBColor

    paragraph = cell.paragraphs[0]
    if rtl:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for piece in split(text):
        run = paragraph.add_run(piece.text)
        run.font.rtl = True if rtl and not piece.is_code else None
        if piece.is_code:
            run.font.color.rgb = RGBColor(*CODE_COLOUR)


def undated(data: bytes) -> bytes:
    """Return an archive whose parts all have the same date."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            same = zipfile.ZipInfo(part.filename, (*CREATED, 0, 0, 0))
            same.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(same, old.read(part))
    return stream.getvalue()


# --- what comes back ----------------------------------------------------------------------------


def parse(data: bytes, path: str) -> list[Returned]:
    """Return what came back. Raises `CatalogError` for what is no such document."""
    import docx

    document: Any = opened(data, path, docx.Document)
    for table in document.element.body.iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))
        said = _about(rows[0]) if rows else {}
        if said:
            return [returned(said, _lines(rows[1:]))]
    raise refuse(path, "the table that was exported is not in this document")


def _about(row: Any) -> dict[str, str]:
    cells = cells_of(row)
    _, found, rest = (cells[0] if cells else "").partition(MARK + SEPARATOR)
    return dict(zip(ABOUT, rest.strip().split(SEPARATOR), strict=False)) if found else {}


def _lines(rows: Iterable[Any]) -> Iterator[Line]:
    for number, row in enumerate(rows, 1):
        cells = [*cells_of(row), *[""] * len(COLUMNS)]
        name = cells[0].split()[-1] if cells[0].split() else ""
        yield Line(name if "-" in name else "", cells[1], cells[2], cells[3], place=number)


def cells_of(row: Any) -> list[str]:
    """Return the texts of the cells of a table's row, tracked changes accepted."""
    cells = (cell for cell in row.iter(f"{W}tc"))
    return ["\n".join(map(_text, cell.iter(f"{W}p"))) for cell in cells]


def _text(element: Any) -> str:
    """Return the text of a paragraph as it is when all tracked changes are accepted."""
    made = []
    for child in element:
        if child.tag in GONE:
            continue
        if child.tag == f"{W}t":
            made.append(child.text or "")
        else:
            made.append(SIGNS.get(child.tag) or _text(child))
    return "".join(made)
