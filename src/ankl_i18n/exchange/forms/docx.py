"""A form as a document (ISO/IEC 29500): a table, each line's id hidden in its first cell.

Changes that were tracked count as accepted.
"""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.exchange.archive import opened, refuse
from ankl_i18n.exchange.docx_file import CREATED, MARK, SEPARATOR, W, cells_of, undated
from ankl_i18n.exchange.forms.records import ABOUT, Filled, filled
from ankl_i18n.exchange.table import writable, written

if TYPE_CHECKING:
    from ankl_i18n.exchange.forms.records import Column, Form

# What a page in landscape has room for, in centimetres and in characters of `Column.width`.
ROOM: Final = 26.0
# What stands before a hidden id, so that nobody's typing is taken for one.
BEFORE: Final = "‹"


def write(form: Form) -> bytes:
    """Return a form as a document; the same form gives the same bytes."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    document = docx.Document()
    made = datetime.datetime(*CREATED)
    properties = document.core_properties
    properties.title, properties.created, properties.modified = form.title, made, made
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(1.5)
    document.add_heading(form.title, 1)
    for text in form.intro:
        document.add_paragraph(text)
    _fill(document, form)
    stream = io.BytesIO()
    document.save(stream)
    return undated(stream.getvalue())


def _fill(document: Any, form: Form) -> None:
    from docx.shared import Cm

    table = document.add_table(rows=len(form.lines) + 1, cols=len(form.columns))
    table.style, table.autofit = "Table Grid", False
    whole = sum(column.width for column in form.columns)
    for row, line in zip(table.rows, [None, *form.lines], strict=True):
        cells = row.cells
        for place, (cell, column) in enumerate(zip(cells, form.columns, strict=True)):
            cell.width = Cm(ROOM * column.width / whole)
            if line is None:
                cell.paragraphs[0].add_run(_heading(column)).bold = True
            else:
                _put(cell, writable(line.cells[place]), rtl=column.rtl)
        _hide(cells[0], line.id if line else SEPARATOR.join([MARK, *form.about.values()]))


def _heading(column: Column) -> str:
    return f"{column.heading} ({' / '.join(filter(None, column.choices))})" if column.choices \
        else column.heading  # fmt: skip


def _put(cell: Any, text: str, *, rtl: bool) -> None:
    from docx.oxml import OxmlElement

    paragraph = cell.paragraphs[0]
    if rtl:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    run = paragraph.add_run(text)
    run.font.rtl = True if rtl else None


def _hide(cell: Any, text: str) -> None:
    run = cell.paragraphs[0].add_run(f" {BEFORE}{text}")
    run.font.hidden = True


def parse(data: bytes, path: str) -> Filled:
    """Return what came back. Raises `CatalogError` for what is no such document."""
    import docx

    document: Any = opened(data, path, docx.Document)
    for table in document.element.body.iter(f"{W}tbl"):
        rows = [cells_of(row) for row in table.iter(f"{W}tr")]
        first = rows[0][0] if rows and rows[0] else ""
        _, found, said = first.partition(f"{BEFORE}{MARK}{SEPARATOR}")
        if found:
            about = dict(zip(ABOUT, said.strip().split(SEPARATOR), strict=False))
            lines = dict(_line(cells) for cells in rows[1:] if BEFORE in cells[0])
            return filled(about, lines)
    raise refuse(path, "the table that was sent out is not in this document")


def _line(cells: list[str]) -> tuple[str, tuple[str, ...]]:
    text, _, name = cells[0].rpartition(BEFORE)
    return name.strip(), tuple(written(one.strip()) for one in (text, *cells[1:]))
