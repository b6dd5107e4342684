"""A publisher's fonts: their names, and whether their licence lets them be embedded."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from fontTools.ttLib import TTFont, TTLibError

# Licence bits of a font (OpenType 1.9.1, OS/2, fsType).
RESTRICTED: Final = 0x0002
PRINT_ONLY: Final = 0x0004
NO_PARTS: Final = 0x0100
ONLY_BITMAPS: Final = 0x0200


@dataclass(frozen=True, slots=True)
class Face:
    """A font file: its family, weight (100 to 900), and whether its letters slant.

    `wrong` is why it may not be embedded, "" if it may; one that is for `print_only` is in
    PDFs, not in web pages.
    """

    family: str = ""
    weight: int = 400
    slanted: bool = False
    print_only: bool = False
    wrong: str = ""


@lru_cache(maxsize=32)
def face(data: bytes) -> Face:
    """Return what a font file says of itself."""
    try:
        font = TTFont(io.BytesIO(data), lazy=True)
        os2, names = font["OS/2"], font["name"]
        family = names.getDebugName(16) or names.getDebugName(1) or ""
    except (TTLibError, KeyError, AssertionError, EOFError) as bad:
        return Face(wrong=f"this font cannot be read: {bad}")
    bits = int(os2.fsType)
    return Face(
        family,
        int(os2.usWeightClass),
        bool(os2.fsSelection & 1),
        bool(bits & PRINT_ONLY) and not bits & ~(PRINT_ONLY | NO_PARTS),
        _forbidden(bits) or ("" if family else "it does not say its family"),
    )


def _forbidden(bits: int) -> str:
    """Return why licence bits do not let a font be embedded in parts, as PDFs do it."""
    shown = f"its licence bits (OS/2 fsType 0x{bits:04X})"
    if bits & 0xF == RESTRICTED:
        return f"{shown} forbid embedding it"
    if bits & NO_PARTS:
        return f"{shown} forbid embedding a subset of it, as PDFs do"
    return f"{shown} allow embedding only its bitmaps" if bits & ONLY_BITMAPS else ""
