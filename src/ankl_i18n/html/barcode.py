"""Barcodes of order numbers, as SVG."""

from __future__ import annotations

import re
from typing import Final

import zxingcpp
from markupsafe import Markup

from ankl_i18n.html.qr import qr_svg

# What the library draws around the bars, and the bars.
DRAWN: Final = re.compile(r'<svg width="(\d+)" height="(\d+)".*<path d="([^"]+)"', re.DOTALL)


def barcode_svg(text: str, kind: str) -> Markup:
    """Return the code of a text as SVG: Code 128 (ISO/IEC 15417), or a QR code.

    It is decoration to assistive technology: print the text beside it. Raises `ValueError` for a
    text that Code 128 does not have the letters of.
    """
    if kind == "qr":
        return qr_svg(text)
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    match = DRAWN.search(zxingcpp.write_barcode_to_svg(code))
    if not match:
        raise ValueError(f"the barcode of {text!r} was drawn in another way than expected")
    width, height, bars = match.groups()
    svg = '<svg aria-hidden="true" focusable="false" viewBox="0 0 {} {}"><path d="{}"/></svg>'
    return Markup(svg).format(width, height, bars)  # noqa: S704 - written here
