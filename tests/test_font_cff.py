"""The fonts that PDFs hold: every glyph of every family looks as in the family's own file."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from ankl_i18n.render import font_cff
from ankl_i18n.render.font_source import Source

pytestmark = pytest.mark.pdf

FAMILIES = [
    "Noto Sans",
    "Noto Sans:bold",
    "Noto Naskh Arabic",
    "Noto Naskh Arabic:bold",
    "Noto Nastaliq Urdu",
    "Noto Sans Devanagari",
    "Noto Sans Gurmukhi",
    "Noto Sans Tamil",
    "Noto Sans Thai",
    "Noto Sans Bengali",
    "Noto Sans Khmer",
    "Noto Sans Myanmar",
    "Noto Sans Hebrew",
    "Noto Sans Lao",
    "Noto Sans Sinhala",
    "Noto Sans Ethiopic",
    "Noto Sans Armenian",
    "Noto Sans Georgian",
]
NEAR = 0.01  # ems: handles of curves may move, and with them what sticks out


def font_of(family: str) -> tuple[Source, TTFont]:
    """Return a family's file, as we and as fontTools read it."""
    found = subprocess.run(
        ["fc-match", "-f", "%{file}", family], capture_output=True, text=True, check=True
    )
    path = Path(found.stdout)
    assert family.partition(":")[0].replace(" ", "") in path.name
    file = TTFont(path)
    glyphs = len(file.getGlyphOrder())
    units = file["head"].unitsPerEm
    return Source(path.read_bytes(), 0, units, glyphs, has_cids=False, location={}), file


def box(glyph: object, glyphs: object, scale: float) -> tuple[float, ...] | None:
    """Return the bounds of a glyph in ems."""
    pen = BoundsPen(glyphs)
    glyph.draw(pen)  # type: ignore[attr-defined]
    return pen.bounds and tuple(edge * scale for edge in pen.bounds)


@pytest.mark.parametrize("family", FAMILIES)
def test_no_glyph_is_turned_lost_or_moved(family: str) -> None:
    """In many fonts "¿" is "?", turned, and "é" is "e" and a mark, moved."""
    font, file = font_of(family)
    grid = font_cff.MIDDLE if "Naskh" in family else font_cff.FINE
    # Thrice, for fontTools cannot read fonts of few glyphs, which have no names of their own.
    every = [*range(1, font.count)] * 3
    program = font_cff.make(font, [((glyph, 0, 0),) for glyph in every], [0.0] * len(every), grid)
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    drawn = fonts[0].CharStrings.charStringsIndex
    theirs, order = file.getGlyphSet(), file.getGlyphOrder()
    wrong = {}
    for number, glyph in enumerate(every, 1):
        ours = box(drawn[number], None, 1 / grid.units)
        stock = box(theirs[order[glyph]], theirs, 1 / font.units)
        if (ours is None) != (stock is None) or any(
            abs(one - other) > NEAR for one, other in zip(ours or (), stock or (), strict=True)
        ):
            wrong[order[glyph]] = (ours, stock)
    assert wrong == {}
