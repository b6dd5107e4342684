"""Fonts as a PDF has them: a glyph for each piece of text, and its text with it.

A `Face` gathers what a document sets in a font; `build` writes all of them once everything is
drawn. A piece of text that is set with several glyphs, such as a Devanagari syllable, becomes
one glyph of the embedded font, made of theirs: so the font alone tells readers the text
(ISO 32000-1, 9.10.3), and pages say neither twice what they show nor where each mark stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pydyf

from ankl_i18n.pdf import font_cff
from ankl_i18n.pdf.font_outlines import COARSE, FINE, MIDDLE
from ankl_i18n.pdf.font_source import Shape, has_same_glyphs, source

# Stands in a ToUnicode map for a glyph that adds no letter of its own; a map may not say
# "nothing" (ISO 14289-1, 7.21.7).
NOTHING: Final = "\u200b"
BOLD: Final = 600  # the least weight that CSS calls bold (CSS Fonts 4, 2.2)
REGULAR: Final = 400
# How thick a line around regular outlines makes bold ones, in ems.
BOLD_LINES: Final = {"Noto Sans CJK": 0.028}
# How exact the outlines of families are that have hundreds of them.
GRIDS: Final = {"Noto Sans CJK": COARSE, "Noto Naskh": MIDDLE}
EM: Final = 1000  # units of a PDF's widths
MANY: Final = 100  # entries that a section of a character map may have


class Unit:
    """A piece of text as a face sets it: glyphs and where they stand, drawn as one glyph.

    `code` is what a page calls it, `width` its advance in thousandths of an em; both are known
    once the font is built.
    """

    __slots__ = ("code", "shape", "steps", "text", "width")

    def __init__(self, shape: Shape, text: str) -> None:
        self.shape = shape
        self.text = text
        self.steps: Counter[int] = Counter()
        self.code = 0
        self.width = 0.0

    def moved(self, step: float) -> None:
        """Take down how far, in ems, the next piece of the line stands from this one."""
        if len(self.shape) > 1:
            self.steps[round(step * EM)] += 1


class Face:
    """A font in use: `font` is WeasyPrint's, `units` the pieces of text that are set in it.

    `bytes` are how many a code has. Widths are multiples of `step` thousandths of an em. `thin` is
    the face whose outlines, made thicker by a line around them (of `thickness` in ems), serve for
    this one.
    """

    def __init__(self, font: Any) -> None:
        self.font = font
        self.units: dict[tuple[Shape, str], Unit] = {}
        self.name = ""
        self.thin: Face | None = None
        self.thickness = 0.0
        self.bytes = 2
        self.step = 1.0

    def unit(self, shape: Shape, text: str) -> Unit:
        """Return the unit of a text set in some shape."""
        known = self.units.get((shape, text))
        if known is None:
            known = self.units[shape, text] = Unit(shape, text)
        return known

    def space(self) -> Unit | None:
        """Return the unit of a space, if one was set."""
        return next((unit for unit in self.units.values() if unit.text == " "), None)


def build(pdf: Any, faces: Iterable[Face]) -> pydyf.Dictionary:
    """Add fonts to a `pydyf.PDF` and return them by the names that pages call them by."""
    every = [face for face in faces if face.units]
    for face in every:
        _share_outlines(face, every)
    fonts = pydyf.Dictionary()
    for number, face in enumerate(face for face in every if face.thin is None):
        face.name = f"F{number}"
        fonts[face.name] = _add(pdf, face)
    return fonts


def _share_outlines(face: Face, every: Iterable[Face]) -> None:
    """Have a bold face drawn with the outlines of its regular one, if it has the same glyphs.

    For Chinese, Japanese and Korean, where outlines are most of a file. Not for Arabic letters:
    the line would close the gap between a tooth and its hamza.
    """
    thickness = BOLD_LINES.get(_family(face), 0)
    if face.font.weight < BOLD or not thickness:
        return
    for other in every:
        alike = other.font.family == face.font.family and other.font.style == face.font.style
        is_regular = alike and other.font.weight == REGULAR
        if is_regular and has_same_glyphs(face.font.hb_face, other.font.hb_face):
            face.thin, face.thickness = other, thickness
            other.font.widths |= face.font.widths | other.font.widths
            for unit in face.units.values():
                other.unit(unit.shape, unit.text)
            return


def _family(face: Face) -> str:
    """Return the family of a face without its last word, which is a region or a script."""
    return str(face.font.family).rpartition(" ")[0]


def _add(pdf: Any, face: Face) -> bytes:
    """Number the units of a face, add its font to a PDF and return the reference."""
    units = sorted(face.units.values(), key=lambda unit: (unit.text, unit.shape))
    font = source(face.font)
    grid = GRIDS.get(_family(face), FINE)
    face.step = grid.step
    for code, unit in enumerate(units, 1):
        unit.code = code
        unit.width = face.step * round(_width(unit, face) / face.step)
    program = font_cff.make(
        font, [unit.shape for unit in units], [unit.width for unit in units], grid
    )
    face.bytes = 1 if font_cff.is_simple(font, len(units)) else 2
    kind = pydyf.Dictionary({"Subtype": "/Type1C" if face.bytes == 1 else "/CIDFontType0C"})
    file = pydyf.Stream([program], kind, compress=True)
    pdf.add_object(file)
    texts = pydyf.Stream([_to_unicode([unit.text for unit in units], face.bytes)], compress=True)
    pdf.add_object(texts)
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": face.font.name,
            "FontFamily": pydyf.String(face.font.family),
            "Flags": face.font.flags,
            "FontBBox": pydyf.Array([0, face.font.descent, EM, face.font.ascent]),
            "ItalicAngle": face.font.italic_angle,
            "Ascent": face.font.ascent,
            "Descent": face.font.descent,
            "CapHeight": face.font.ascent,
            "StemV": face.font.stemv,
            "FontFile3": file.reference,
        }
    )
    pdf.add_object(descriptor)
    make = _simple if face.bytes == 1 else _composite
    font_dictionary = make(pdf, face, units, descriptor.reference)
    font_dictionary["ToUnicode"] = texts.reference
    pdf.add_object(font_dictionary)
    return bytes(font_dictionary.reference)


def _simple(_pdf: Any, face: Face, units: Sequence[Unit], descriptor: bytes) -> pydyf.Dictionary:
    """Return a font with codes of one byte (ISO 32000-1, 9.6.2)."""
    return pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type1",
            "BaseFont": face.font.name,
            "FirstChar": 1,
            "LastChar": len(units),
            "Widths": pydyf.Array([_number(unit.width) for unit in units]),
            "FontDescriptor": descriptor,
        }
    )


def _composite(pdf: Any, face: Face, units: Sequence[Unit], descriptor: bytes) -> pydyf.Dictionary:
    """Return a font with codes of two bytes (ISO 32000-1, 9.7)."""
    common = Counter(unit.width for unit in units).most_common(1)[0][0]
    glyphs = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType0",
            "BaseFont": face.font.name,
            "CIDSystemInfo": pydyf.Dictionary(
                {
                    "Registry": pydyf.String("Adobe"),
                    "Ordering": pydyf.String("Identity"),
                    "Supplement": 0,
                }
            ),
            "FontDescriptor": descriptor,
            "DW": _number(common),
            "W": _widths(units, common),
        }
    )
    pdf.add_object(glyphs)
    return pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": face.font.name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([glyphs.reference]),
        }
    )


def extent(unit: Unit, face: Face) -> float:
    """Return how far a unit's glyphs reach, in thousandths of an em, by the face's own widths."""
    widths, scale = face.font.widths, EM / face.font.upem
    return float(max(x * scale + widths[glyph] for glyph, x, _ in unit.shape))


def _width(unit: Unit, face: Face) -> float:
    """Return the advance of a unit: its glyph's own, or the step that most often followed."""
    widths = face.font.widths
    if len(unit.shape) == 1:
        return float(widths[unit.shape[0][0]])
    if unit.steps:
        return float(max(min(unit.steps, key=lambda step: (-unit.steps[step], step)), 0))
    return extent(unit, face)


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _widths(units: Sequence[Unit], common: float) -> pydyf.Array:
    """Return the W array of a font (ISO 32000-1, 9.7.4.3), without the most common width."""
    widths = pydyf.Array()
    after = -1
    for unit in units:
        if unit.width == common:
            continue
        if unit.code != after:
            widths.extend((unit.code, pydyf.Array()))
        widths[-1].append(_number(unit.width))
        after = unit.code + 1
    return widths


def _to_unicode(texts: Sequence[str], size: int) -> bytes:
    """Return the ToUnicode map of codes from 1 on, which have some bytes."""
    digits = 2 * size
    entries = [
        f"<{code:0{digits}x}> <{(text or NOTHING).encode('utf-16-be').hex()}>\n"
        for code, text in enumerate(texts, 1)
    ]
    sections = (entries[i : i + MANY] for i in range(0, len(entries), MANY))
    body = "".join(f"{len(some)} beginbfchar\n{''.join(some)}endbfchar\n" for some in sections)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /T def\n"
        f"/CMapType 2 def\n1 begincodespacerange\n<{'0' * digits}> <{'f' * digits}>\n"
        f"endcodespacerange\n{body}endcmap\nCMapName currentdict /CMap defineresource pop\n"
        "end\nend"
    ).encode()
