"""QR codes of addresses, as SVG."""

from __future__ import annotations

import io

import segno


def qr_svg(address: str) -> str:
    """Return the QR code (ISO/IEC 18004) of an address as SVG, drawn in runs of strokes.

    It is decoration to assistive technology: print the address beside it.
    """
    out = io.BytesIO()
    segno.make(address, micro=False).save(
        out, kind="svg", xmldecl=False, svgclass=None, lineclass=None, omitsize=True, nl=False
    )
    return out.getvalue().decode().replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
