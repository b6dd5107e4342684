"""The fonts that PDFs hold: every glyph of every family looks as in the family's own file."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from weasyprint.text.ffi import ffi, harfbuzz

from ankl_i18n.pdf import font_cff
from ankl_i18n.pdf.font_outlines import COARSE, FINE, MIDDLE, Grid
from ankl_i18n.pdf.font_source import Source, has_same_glyphs, opened, steps
from samples import some

if TYPE_CHECKING:
    from collections.abc import Sequence

ffi.cdef(
    """
    void * hb_blob_create_from_file (const char *file_name);
    hb_face_t * hb_face_create (void *blob, unsigned int index);
    """
)
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
NEAR = 0.01  # ems: handles of curves are rounded, and with them what sticks out


def path_of(family: str) -> Path:
    """Return the file of a family."""
    command = ["fc-match", "-f", "%{file}", family]
    return Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def source_of(path: Path, index: int = 0, **location: float) -> Source:
    """Return a file, a variable one at some place, as we read it."""
    blob = harfbuzz.hb_blob_create_from_file(str(path).encode())
    return opened(harfbuzz.hb_face_create(blob, index), location)


def box(glyph: object, glyphs: object, scale: float) -> tuple[float, ...] | None:
    """Return the bounds of a glyph in ems."""
    pen = BoundsPen(glyphs)
    glyph.draw(pen)  # type: ignore[attr-defined]
    return pen.bounds and tuple(edge * scale for edge in pen.bounds)


def wrong_glyphs(
    font: Source, file: TTFont, glyphs: Sequence[int], grid: Grid
) -> dict[str, object]:
    """Return the glyphs that do not look as fontTools draws them, with both bounds in ems."""
    # Thrice, for fontTools cannot read fonts of few glyphs, which have no names of their own.
    every = [*glyphs] * 3
    program = font_cff.make(font, [((glyph, 0, 0),) for glyph in every], [0.0] * len(every), grid)
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    drawn = fonts[0].CharStrings.charStringsIndex
    theirs, order = file.getGlyphSet(), file.getGlyphOrder()
    wrong: dict[str, object] = {}
    for number, glyph in enumerate(every, 1):
        ours = box(drawn[number], None, 1 / grid.units)
        stock = box(theirs[order[glyph]], theirs, 1 / font.units)
        if (ours is None) != (stock is None) or any(
            abs(one - other) > NEAR for one, other in zip(ours or (), stock or (), strict=True)
        ):
            wrong[order[glyph]] = (ours, stock)
    return wrong


@pytest.mark.parametrize("family", some(FAMILIES, 4, always=("Noto Sans", "Noto Nastaliq Urdu")))
def test_no_glyph_is_turned_lost_or_moved(family: str) -> None:
    """In many fonts "¿" is "?", turned, and "é" is "e" and a mark, moved."""
    path = path_of(family)
    assert family.partition(":")[0].replace(" ", "") in path.name
    font = source_of(path)
    grid = MIDDLE if "Naskh" in family else FINE
    assert wrong_glyphs(font, TTFont(path), range(1, font.count), grid) == {}


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_chinese_glyphs_look_as_in_their_file(weight: str) -> None:
    path = path_of(f"Noto Sans CJK SC:{weight}")
    assert path.name == f"NotoSansCJK-{weight}.ttc"
    font = source_of(path)
    assert font.has_cids
    assert wrong_glyphs(font, TTFont(path, fontNumber=0), range(1, font.count, 97), COARSE) == {}


def test_a_variable_font_looks_as_it_is_asked_to(tmp_path: Path) -> None:
    """A square that is 500 wide when it is light, and 900 when it is bold."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "A": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({})
    builder.setupFvar([("wght", 400, 400, 700, "Weight")], [])
    wider = [(0, 0), (0, 0), (400, 0), (400, 0), (0, 0), (400, 0), (0, 0), (0, 0)]
    builder.setupGvar({"A": [TupleVariation({"wght": (0.0, 1.0, 1.0)}, wider)]})
    path = tmp_path / "square.ttf"
    builder.save(path)
    for weight, width in {400.0: 500, 550.0: 700, 700.0: 900}.items():
        drawn = steps(source_of(path, wght=weight), 1)
        assert max(point.real for _, points in drawn for point in points) == width


def test_which_fonts_have_the_same_glyphs() -> None:
    regular, bold, serif, latin = (
        source_of(path_of(name)).face
        for name in (
            "Noto Sans CJK JP:Regular", "Noto Sans CJK JP:Bold", "Noto Serif CJK JP", "Noto Sans"
        )
    )  # fmt: skip
    assert has_same_glyphs(bold, regular)
    assert not has_same_glyphs(serif, regular)
    assert not has_same_glyphs(latin, regular)
