"""Glyphs as a line is set in them: read from Pango run by run, each one understood once.

A line of text draws the same few glyphs again and again. `Setting` is a face in one size; it keeps
what a glyph with its advance and its text comes to, so that a run is read by looking up each.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from struct import Struct
from typing import TYPE_CHECKING, Any, Final

from weasyprint.logger import LOGGER
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

if TYPE_CHECKING:
    from ankl_i18n.pdf.faces import Face, Unit

# PangoGlyphInfo: glyph, width, horizontal and vertical offset, attributes.
INFO: Final = Struct("=Iiii4x")
EXTENT: Final = ffi.new("PangoRectangle *")
EM: Final = 1000

# What Pango says of a glyph (number, width, horizontal and vertical offset), and its text.
Info = tuple[tuple[int, int, int, int], str]


@lru_cache(maxsize=4096)
def is_rtl(text: str) -> bool:
    """Tell whether a text has letters of a script that runs from right to left."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


@lru_cache(maxsize=4096)
def begins_with_mark(text: str) -> bool:
    """Tell whether a text begins with a mark that is above or below a letter."""
    return unicodedata.category(text[0]) == "Mn" and not is_rtl(text)


@dataclass(slots=True, eq=False)
class Glyph:
    """A glyph in a setting: its number, the text it stands for (may be empty), and its place.

    `shift` is how far right of the pen it stands, and `advance` how far the pen moves on, both
    in thousandths of an em; `rise` how far above the line it stands, in pixels. A negative number
    is not a glyph, but an advance alone. One that `is_special` does not simply are on the line
    after another: marks, glyphs that are moved, glyphs without a text of their own. `unit` is the
    piece of text that it makes by itself.
    """

    setting: Setting
    number: int
    text: str
    shift: float
    advance: float
    rise: float
    is_special: bool
    unit: Unit | None = None

    def alone(self) -> Unit:
        """Return the piece of text that the glyph makes by itself."""
        self.unit = self.setting.face.unit(((self.number, 0, 0),), self.text)
        return self.unit


class Setting(dict[Info, Glyph]):
    """A face in one size, in pixels, and the glyphs set in it, by what Pango says of them."""

    def __init__(self, face: Face, size: float, pango_font: Any) -> None:
        super().__init__()
        self.face = face
        self.size = size
        self.pango_font = pango_font
        font = face.font
        self.has_pictures = bool(font.svg or font.png or font.colr or font.bitmap)

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return self is other

    def __missing__(self, info: Info) -> Glyph:
        """Find out what a glyph comes to, and keep it."""
        self[info] = self._glyph(*info[0], info[1])
        return self[info]

    def _glyph(self, number: int, width: int, right: int, up: int, text: str) -> Glyph:
        if number == pango.PANGO_GLYPH_EMPTY:
            return Glyph(self, -1, "", 0, width / self.size, 0, is_special=True)
        if number > pango.PANGO_GLYPH_EMPTY:
            number = self._unknown(number, width)
        own, shift = self._width(number), right / self.size
        back = int(own + shift - width * EM * FROM_UNITS / self.size)
        is_special = bool(right or up or not text or begins_with_mark(text))
        return Glyph(self, number, text, shift, shift + own - back, -up / EM, is_special)

    def _width(self, glyph: int) -> int:
        """Return the width of a glyph in thousandths of an em, as its font has it."""
        widths: dict[int, int] = self.face.font.widths
        if glyph not in widths:
            pango.pango_font_get_glyph_extents(self.pango_font, glyph, ffi.NULL, EXTENT)
            widths[glyph] = round(EXTENT.width * EM * FROM_UNITS / self.size)
        return widths[glyph]

    def _unknown(self, glyph: int, width: int) -> int:
        """Warn of a character that no font has, and return the glyph that stands for it."""
        code, font = glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG, self.face.font
        LOGGER.warning(
            ".notdef glyph rendered for Unicode string unsupported by fonts: \"%s\" (U+%04X)",
            chr(code), code,
        )  # fmt: skip
        number = int(font.get_unused_glyph_id(code))
        font.widths[number] = round(width * EM * FROM_UNITS / self.size)
        font.widths.setdefault(0, font.widths[number])
        return number


def runs(layout: Any) -> Iterator[Any]:
    """Yield the runs (PangoGlyphItem) of the first line of a `weasyprint` text layout."""
    line, _ = layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next


def glyphs(run: Any, text: bytes, setting: Setting) -> list[Glyph]:
    """Return the glyphs of a run in the order drawn; `text` is its line's, in UTF-8.

    The text of several glyphs is that of the last one from left to right, of the first one from
    right to left, and the others have none.
    """
    item, count = run.item, run.glyphs.num_glyphs
    infos = INFO.iter_unpack(ffi.buffer(run.glyphs.glyphs, count * INFO.size))
    begins = ffi.unpack(run.glyphs.log_clusters, count)
    own = text[item.offset : item.offset + item.length]
    is_rtl = item.analysis.level % 2
    if len(set(begins)) == count == item.num_chars:  # a glyph for each letter
        texts: Iterable[str] = own.decode()[:: -1 if is_rtl else 1]
    else:
        ends = [item.length, *begins[:-1]] if is_rtl else [*begins[1:], item.length]
        texts = (own[begin:end].decode() for begin, end in zip(begins, ends, strict=True))
    return [setting[info] for info in zip(infos, texts, strict=True)]
