"""CSV (RFC 4180) in UTF-8, which every spreadsheet opens.

A text that a spreadsheet would take for a formula has an apostrophe before it, which `import` takes
away (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
from typing import Final

from ankl_i18n.catalogs.cells import harmless, original
from ankl_i18n.exchange.archive import refuse, text_of
from ankl_i18n.exchange.table import ABOUT, COLUMNS, Line, about, lines, returned
from ankl_i18n.exchange.units import Package, Returned

BOM: Final = "\ufeff"
MARK: Final = "ankl-i18n"
HEAD: Final = ("id", *COLUMNS[1:])
LONGEST: Final = 1 << 20


def write(package: Package) -> bytes:
    """Return one catalog; its first line says which it is."""
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\r\n")
    table.writerow((MARK, *about(package).values()))
    table.writerow(HEAD)
    for line in lines(package):
        texts = (line.id, line.source, line.target, line.state, line.notes)
        table.writerow(map(harmless, texts))
    return (BOM + stream.getvalue()).encode()


def parse(data: bytes, path: str) -> list[Returned]:
    """Return what came back, with a comma, semicolon or tab between columns.

    Raises `CatalogError` for what is no such file.
    """
    text = text_of(data, path, "save it as CSV UTF-8; other encodings have lost letters already")
    first = text.partition("\n")[0]
    comma = next(
        (sign for sign in ",;\t" if first.startswith((f"{MARK}{sign}", f'"{MARK}"{sign}'))), ""
    )
    if not comma:
        raise refuse(path, f"the first line does not begin with {MARK}", line=1)
    csv.field_size_limit(LONGEST)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True)
    try:
        about = dict(zip(ABOUT, next(rows)[1:], strict=False))
        next(rows, None)
        return [returned(about, [_line(row, rows.line_num) for row in rows if any(row)])]
    except csv.Error as wrong:
        raise refuse(path, f"this is not valid CSV: {wrong}", line=rows.line_num) from None


def _line(row: list[str], number: int) -> Line:
    texts = map(original, row)
    name, source, target, state, *_ = [*texts, "", "", "", ""]
    return Line(
        name, source.replace("\r\n", "\n"), target.replace("\r\n", "\n"), state, place=number
    )
