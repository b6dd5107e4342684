"""PDFs from pages: PDF/UA-1, read back as what they say."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Final

import segno
import weasyprint
from weasyprint.text.fonts import FontConfiguration

if TYPE_CHECKING:
    from ankl_i18n.languages import Language

PAPERS: Final = {"a4": "A4", "letter": "letter"}


def pdf(html: str, language: Language, *, paper: str, source: str) -> bytes:
    """Return the PDF of a complete, self-contained page on paper "a4" or "letter"."""
    document = weasyprint.HTML(string=html)
    result = document.write_pdf(
        stylesheets=[_page_size(paper)], font_config=_fonts(), pdf_variant="pdf/ua-1"
    )
    return bytes(result)


def qr_svg(address: str) -> str:
    """Return the QR code of an address as SVG, drawn as runs of horizontal strokes."""
    out = io.BytesIO()
    segno.make(address, micro=False).save(
        out, kind="svg", xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return out.getvalue().decode().strip()


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _page_size(paper: str) -> weasyprint.CSS:
    return weasyprint.CSS(string=f"@page {{ size: {PAPERS[paper]} }}", font_config=_fonts())
