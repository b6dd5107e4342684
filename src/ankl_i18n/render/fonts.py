"""Fonts: which face set each character, what to say when it is not the page's, and small subsets.

A page names its fonts in `styles/scripts.css`. A character that none of them has is drawn by
whatever font the system finds, or as an empty box: both are errors here, never a surprise on
paper.
"""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from fontTools.ttLib import TTFont
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration, get_hb_object_data

from ankl_i18n.errors import error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ankl_i18n.errors import Location, Problem

# First and last code point of the blocks of Chinese, Japanese and Korean (Unicode 15, Blocks.txt).
CJK: Final = (
    (0x1100, 0x11FF), (0x2E80, 0x31FF), (0x3200, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97F),
    (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x323AF),
)  # fmt: skip

# Tables that a font in a PDF does not need: layout is done.
LAYOUT: Final = (b"BASE", b"GDEF", b"GPOS", b"GSUB", b"VORG", b"vhea", b"vmtx")

# Tables that draw the glyphs of a TrueType font.
DRAWING: Final = {"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}


@cache
def configuration() -> FontConfiguration:
    """Return the font configuration that all PDFs of this process share."""
    return FontConfiguration()


def is_own(family: str, stack: Iterable[str]) -> bool:
    """Tell whether a face's family is one of those that its element's `font-family` names."""
    return family.casefold() in map(str.casefold, stack)


def debian_package(character: str) -> str:
    """Return the Debian package whose fonts have the character, as far as Noto fonts go."""
    code = ord(character)
    is_cjk = any(first <= code <= last for first, last in CJK)
    return "fonts-noto-cjk" if is_cjk else "fonts-noto-core"


def problems(
    missing: Iterable[str], foreign: Mapping[str, Iterable[str]], where: Location
) -> Iterator[Problem]:
    """Yield a problem for each character without a glyph and each face that is not the page's.

    `foreign` maps a family to the characters that it set.
    """
    for character in dict.fromkeys(missing):
        yield error("font", f"no font has {named(character)}", where, _hint([character]))
    for family, characters in foreign.items():
        some = list(dict.fromkeys(characters))
        more = f" and {len(some) - 3} more" if len(some) > 3 else ""  # noqa: PLR2004 - three will do
        listed = ", ".join(map(named, some[:3])) + more
        message = f"none of the page's fonts has {listed}; the system would use {family!r}"
        yield error("font", message, where, _hint(some))


def named(character: str) -> str:
    """Return a character as people can find it: itself, its code point and its Unicode name."""
    code, name = f"U+{ord(character):04X}", unicodedata.name(character, "")
    return f"{character!r} ({f'{code} {name}'.strip()})"


def _hint(characters: Iterable[str]) -> str:
    packages = " ".join(sorted({debian_package(character) for character in characters}))
    return (
        f"install the Debian package {packages}; where it is installed already, the text is in "
        "another language than its page says, or holds a sign that should be written as words"
    )


@cache
def characters_of(font_file: bytes, index: int) -> Mapping[int, str]:
    """Return the character of each glyph that stands for exactly one: the cmap, inverted."""
    font = TTFont(io.BytesIO(font_file), fontNumber=index, lazy=True)
    return {font.getGlyphID(name): chr(code) for code, name in reversed(font.getBestCmap().items())}


def subset_cid(font: Any, glyphs: Iterable[int], hinting: bool) -> None:
    """Keep only some glyphs of a font (`weasyprint.pdf.fonts.Font`); in place of its `subset`.

    WeasyPrint keeps an empty place for every glyph before the last one used, since its PDFs
    call glyphs by their number: 700 KB for a weight of Noto Sans CJK. Fonts that are keyed by
    character identifier (CID) find glyphs by that, whatever their place: 10 KB.
    """
    wanted = sorted(glyphs)
    small = _hb_subset(font.hb_face, wanted)
    if {f"cid{glyph:05d}" for glyph in wanted if glyph} <= _cids(small):
        font.file_content = small
    else:
        type(font).subset(font, dict.fromkeys(wanted, ""), hinting)


def _hb_subset(face: Any, glyphs: list[int]) -> bytes:
    """Return a font with some glyphs of another, made by HarfBuzz (hb-subset.h)."""
    library = harfbuzz_subset
    order = ffi.gc(library.hb_subset_input_create_or_fail(), library.hb_subset_input_destroy)
    dropped = sorted(harfbuzz.hb_tag_from_string(table, -1) for table in LAYOUT)
    tables = library.hb_subset_input_set(order, library.HB_SUBSET_SETS_DROP_TABLE_TAG)
    for target, numbers in ((library.hb_subset_input_glyph_set(order), glyphs), (tables, dropped)):
        array = ffi.new(f"hb_codepoint_t[{len(numbers)}]", numbers)
        harfbuzz.hb_set_add_sorted_array(target, array, len(numbers))
    flags = library.HB_SUBSET_FLAGS_DESUBROUTINIZE
    library.hb_subset_input_set_flags(order, flags)
    made = ffi.gc(library.hb_subset_or_fail(face, order), harfbuzz.hb_face_destroy)
    return bytes(get_hb_object_data(made) or b"")


def _cids(font_file: bytes) -> set[str]:
    """Return the names of a font's glyphs if it is keyed by CID, else nothing."""
    font = _cid_font(font_file)
    return set(font["CFF "].cff[0].charset) if font else set()


def _cid_font(font_file: bytes) -> TTFont | None:
    """Return an OpenType font whose glyphs are keyed by CID, None for any other."""
    if font_file[:4] != b"OTTO":
        return None
    font = TTFont(io.BytesIO(font_file), lazy=True, recalcBBoxes=False)
    return font if hasattr(font["CFF "].cff[0], "ROS") else None


def bare_truetype(font_file: bytes) -> bytes:
    """Return a TrueType font with only the tables that a PDF's reader needs.

    These are all that it may rely on where glyphs are called by number (ISO 32000-1, 9.9).
    """
    font = TTFont(io.BytesIO(font_file), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    for table in set(font.reader.keys()) - DRAWING:
        del font[table]
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def bare_cid_font(font_file: bytes) -> bytes | None:
    """Return the Compact Font Format program of an OpenType font keyed by CID, else None.

    PDF readers agree on how it finds its glyphs (ISO 32000-1, 9.7.4.2); wrapped in OpenType,
    some take identifiers for glyph numbers. It says of each glyph what dictionary it has
    (FDSelect format 0), since of ranges (format 3) not all read the borders right. Hints, a
    fifth of the font, are for screens of 1990.
    """
    font = _cid_font(font_file)
    if font is None:
        return None
    program = font["CFF "].cff
    program[0].FDSelect.format = 0
    program.remove_hints()
    for glyph in program[0].CharStrings.values():
        glyph.decompile()
        glyph.program = _begun(glyph.program)
    return bytes(font["CFF "].compile(font))


def _begun(program: list[Any]) -> list[Any]:
    """Return a glyph's outline, begun with an rmoveto: a width may stand before it.

    Not all validators know a width before hmoveto or vmoveto (Type 2 Charstring Format, 3.1).
    """
    move = next((i for i, part in enumerate(program) if isinstance(part, str)), 0)
    if program[move : move + 1] == ["hmoveto"]:
        return [*program[:move], 0, "rmoveto", *program[move + 1 :]]
    if program[move : move + 1] == ["vmoveto"]:
        return [*program[: move - 1], 0, program[move - 1], "rmoveto", *program[move + 1 :]]
    return program
