"""Booklets: pages of half a sheet put in the order in which a folded, stapled stack is read.

The sheets are printed on both sides, turned over the short edge, stacked, folded in the middle
and stapled in the fold (saddle stitch). The PDF tells printers so by itself (ISO 32000-1,
table 150). It is meant for the printer only: it has no tags.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pikepdf

if TYPE_CHECKING:
    from ankl_i18n.languages import Direction

# Width and height of a sheet in points, lying on its side: A4 (ISO 216) and US Letter.
SHEETS: Final = {"a4": (841.89, 595.276), "letter": (792.0, 612.0)}
# Where to fold: a mark of this length, in points, at both ends of the fold.
FOLD_MARK: Final = 17.0
# Ruled lines for notes on pages that are left over: their distance and the margin, in points.
RULING: Final = 28.0
MARGIN: Final = 48.0


def order(count: int, direction: Direction) -> list[tuple[int | None, int | None]]:
    """Return which pages stand side by side, left and right, on each side of each sheet.

    Pages count from 1; None is an empty page. Languages that run right to left are bound on
    the right, so that the first page is on the left.

    >>> order(6, "ltr")
    [(None, 1), (2, None), (6, 3), (4, 5)]
    """
    total = -(-count // 4) * 4
    sides: list[tuple[int | None, int | None]] = []
    for outer in range(1, total // 2 + 1):
        inner = total + 1 - outer
        # Fronts have the earlier page on the right, backs on the left.
        pair = (inner, outer) if outer % 2 else (outer, inner)
        left, right = (number if number <= count else None for number in pair)
        sides.append((left, right) if direction == "ltr" else (right, left))
    return sides


def booklet(data: bytes, paper: str, direction: Direction) -> bytes:
    """Return a PDF of sheets to fold from a PDF whose pages are half a sheet each.

    `paper` is "a4" or "letter". The same PDF gives the same bytes.
    """
    width, height = SHEETS[paper]
    with pikepdf.open(io.BytesIO(data)) as pages, pikepdf.new() as sheets:
        forms = [_form(sheets, page) for page in pages.pages]
        for pair in order(len(forms), direction):
            sheets.add_blank_page(page_size=(width, height))
            _fill(sheets, sheets.pages[-1], pair, forms)
        _describe(sheets, pages, direction)
        out = io.BytesIO()
        sheets.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=False,
        )
    return out.getvalue()


def _form(sheets: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """Return a page as a form that sheets can show, without its place in the old structure."""
    form = sheets.copy_foreign(page.as_form_xobject())
    for key in ("/StructParents", "/StructParent"):
        if key in form:
            del form[key]
    return form


def _fill(
    sheets: pikepdf.Pdf,
    sheet: pikepdf.Page,
    pair: tuple[int | None, int | None],
    forms: Sequence[pikepdf.Object],
) -> None:
    """Put two pages on one side of a sheet."""
    width, height = (float(side) for side in sheet.mediabox[2:])
    drawing = [_fold_marks(width / 2, height)]
    shown = pikepdf.Dictionary()
    for left, number in zip((0.0, width / 2), pair, strict=True):
        if number is None:
            drawing.append(_ruling(left, width / 2, height))
        else:
            shown[f"/P{number}"] = forms[number - 1]
            drawing.append(f"q 1 0 0 1 {left:.3f} 0 cm /P{number} Do Q")
    sheet.obj.Resources = pikepdf.Dictionary(XObject=shown)
    sheet.obj.Contents = sheets.make_stream("\n".join(drawing).encode())


def _fold_marks(middle: float, height: float) -> str:
    """Return strokes at the top and the foot of the fold."""
    ends = ((0.0, FOLD_MARK), (height - FOLD_MARK, height))
    strokes = " ".join(f"{middle:.3f} {a:.3f} m {middle:.3f} {b:.3f} l S" for a, b in ends)
    return f"q 0.5 G 0.25 w [2 2] 0 d {strokes} Q"


def _ruling(left: float, width: float, height: float) -> str:
    """Return the lines of a page for the reader's own notes."""
    a, b = left + MARGIN, left + width - MARGIN
    count = int((height - 2 * MARGIN) / RULING)
    heights = (MARGIN + RULING * i for i in range(count + 1))
    strokes = " ".join(f"{a:.3f} {y:.3f} m {b:.3f} {y:.3f} l S" for y in heights)
    return f"q 0.6 G 0.5 w {strokes} Q"


def _describe(sheets: pikepdf.Pdf, pages: pikepdf.Pdf, direction: Direction) -> None:
    """Give the sheets title and language, and tell printers how to print them."""
    sheets.Root.Lang = str(pages.Root.get("/Lang", ""))
    sheets.docinfo["/Title"] = str(pages.docinfo.get("/Title", ""))
    sheets.Root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True,
        Duplex=pikepdf.Name.DuplexFlipShortEdge,
        PrintScaling=pikepdf.Name("/None"),
        PickTrayByPDFSize=True,
        Direction=pikepdf.Name.R2L if direction == "rtl" else pikepdf.Name.L2R,
    )
