"""QR codes of addresses, as SVG."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup


def qr_svg(address: str) -> Markup:
    """Return the QR code (ISO/IEC 18004) of an address as SVG, drawn in runs of strokes.

    It is decoration to assistive technology: print the address beside it.
    """
    out = io.BytesIO()
    segno.make(address, micro=False).save(
        out, kind="svg", xmldecl=False, svgclass=None, lineclass=None, omitsize=True, nl=False
    )
    svg = out.getvalue().decode()
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704
