"""Small fonts of cubic outlines (Compact Font Format, Adobe technical notes 5176 and 5177).

Glyphs that are parts of many, as letters below or above which marks stand, are said once
(subroutines).
"""

from __future__ import annotations

import struct
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.pdf.font_outlines import OPERATORS, number, outline
from ankl_i18n.pdf.font_source import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ankl_i18n.pdf.font_outlines import Grid, Outline
    from ankl_i18n.pdf.font_source import Shape, Source

EM: Final = 1000
FEW: Final = 223  # glyphs that codes of a byte can name, and that have names by themselves
SHORT: Final = 6  # bytes of an outline that are not worth a subroutine

# Operators (technical note 5176, tables 9, 10 and 23; 5177, appendix A).
CHARSET, STRINGS, PRIVATE, MATRIX, ROS, FDARRAY, FDSELECT, DEFAULT_WIDTH, SUBRS = (
    b"\x0f", b"\x11", b"\x12", b"\x0c\x07", b"\x0c\x1e", b"\x0c\x24", b"\x0c\x25", b"\x14", b"\x13",
)  # fmt: skip
CALL, RETURN, END = b"\x0a", b"\x0b", b"\x0e"
ENCODING: Final = b"\x10"
FIRST_STRING: Final = 391  # identifier of the first string of a font's own (5176, appendix A)
BIAS: Final = ((1240, 107), (33900, 1131), (65536, 32768))  # of subroutines (5176, 16)


def make(font: Source, shapes: Sequence[Shape], widths: Sequence[float], grid: Grid) -> bytes:
    """Return a font whose glyphs from 1 on have the shapes, and widths (in thousandths of an em).

    Its glyphs' codes are their numbers. Those of more than `FEW` are keyed by CID.
    """
    shapes = [tuple(_parted(font, shape)) for shape in shapes]
    uses = Counter(glyph for shape in shapes for glyph, _, _ in shape)
    outlines = {glyph: outline(font, glyph, grid) for glyph in uses}
    shared = [glyph for glyph, count in uses.items() if count > 1 and _is_long(outlines[glyph])]
    bias = next(value for most, value in BIAS if len(shared) < most)
    calls = {glyph: number(i - bias) + CALL for i, glyph in enumerate(shared)}
    # Widths are exact, whatever the grid: validators compare them with those of the PDF.
    advances = [width * grid.units / EM for width in widths]
    common = Counter(advances).most_common(1)[0][0]
    common = common if common == int(common) else 0
    strings = [END]
    for shape, advance in zip(shapes, advances, strict=True):
        width = b"" if advance == common else number(advance)
        strings.append(width + _drawn(shape, grid.units / font.units, outlines, calls) + END)
    routines = [drawn.program + RETURN for drawn in map(outlines.get, shared) if drawn]
    program = _simple if is_simple(font, len(shapes)) else _program
    return program(strings, routines, int(common), grid)


def _parted(font: Source, shape: Shape) -> Iterator[tuple[int, int, int]]:
    """Yield the parts of a shape, those of its glyphs instead of glyphs that have parts."""
    for glyph, x, y in shape:
        for part, left, low in parts(font, glyph):
            yield (part, x + left, y + low)


def is_simple(font: Source, count: int) -> bool:
    """Tell whether a font of so many glyphs has codes of one byte.

    On the coarse grid it has not: widths are no whole numbers there, and of simple fonts not all
    validators read those right.
    """
    return count <= FEW and not font.has_cids


def _is_long(drawn: Outline | None) -> bool:
    return drawn is not None and len(drawn.program) > SHORT


def _drawn(shape: Shape, scale: float, outlines: Any, calls: Any) -> bytes:
    """Return the operators that draw glyphs at their places."""
    found, at = b"", 0j
    for glyph, x, y in shape:
        drawn = outlines[glyph]
        if drawn is not None:
            place = complex(round(x * scale), round(y * scale))
            move = place + drawn.start - at
            found += number(move.real) + number(move.imag) + OPERATORS["rmoveto"]
            found += calls.get(glyph, drawn.program)
            at = place + drawn.end
    return found


def _simple(strings: Sequence[bytes], routines: Sequence[bytes], width: int, grid: Grid) -> bytes:
    """Return a font program whose glyphs have codes of a byte (technical note 5176, 12).

    They have the names of the first glyphs of ISOAdobe, which nobody reads.
    """
    head = b"\1\0\4\2" + _index([b"A"])
    encoding = bytes((1, 1, 1, len(strings) - 2))
    private, tail = _private(routines, width)
    size = len(head) + len(_index([_simple_top(0, 0, 0, 0, grid)])) + 4
    places = list(accumulate((size, len(encoding), len(tail))))
    top = _index([_simple_top(places[0], len(private), places[1], places[2], grid)])
    return b"".join((head, top, b"\0\0\0\0", encoding, tail, _index(strings)))


def _simple_top(encoding: int, length: int, private: int, strings: int, grid: Grid) -> bytes:
    places = _long(encoding) + ENCODING + _long(length) + _long(private) + PRIVATE
    return _matrix(grid) + places + _long(strings) + STRINGS


def _private(routines: Sequence[bytes], width: int) -> tuple[bytes, bytes]:
    """Return a private dictionary, and what follows it: itself and its subroutines."""
    private = number(width) + DEFAULT_WIDTH
    if routines:
        private += _long(len(private) + 6) + SUBRS
    return private, private + (_index(routines) if routines else b"")


def _program(strings: Sequence[bytes], routines: Sequence[bytes], width: int, grid: Grid) -> bytes:
    """Return a font program keyed by CID (technical note 5176): a font of one dictionary."""
    head = b"\1\0\4\2" + _index([b"A"])
    names = _index([b"Adobe", b"Identity"])
    count = len(strings)
    charset = b"\2" + struct.pack(">2H", 1, count - 2)
    select = bytes(1 + count)  # format 0: of ranges not all read the borders right
    private, tail = _private(routines, width)
    array = len(_dictionary(0, 0, grid))
    size = len(head) + len(_index([_top(0, 0, 0, 0)])) + len(names) + 2
    places = list(accumulate((size, len(charset), len(select), len(tail), array)))
    top = _index([_top(places[0], places[1], places[3], places[4])])
    fonts = _dictionary(len(private), places[2], grid)
    return b"".join((head, top, names, b"\0\0", charset, select, tail, fonts, _index(strings)))


def _top(charset: int, select: int, array: int, strings: int) -> bytes:
    ros = number(FIRST_STRING) + number(FIRST_STRING + 1) + number(0) + ROS
    places = ((charset, CHARSET), (select, FDSELECT), (array, FDARRAY), (strings, STRINGS))
    return ros + b"".join(_long(at) + operator for at, operator in places)


def _dictionary(length: int, at: int, grid: Grid) -> bytes:
    """Return the array of font dictionaries: one, with the place of its private dictionary."""
    return _index([_matrix(grid) + _long(length) + _long(at) + PRIVATE])


def _matrix(grid: Grid) -> bytes:
    # A real number, in halves of bytes: the decimals of a unit (table 5). It ends in a whole
    # byte, without which not all validators see its end.
    real = f"{1 / grid.units:g}".replace(".", "a")
    scale = b"\x1e" + bytes.fromhex(real[len(real) % 2 :] + "ff")
    zero = number(0)
    return scale + zero + zero + scale + zero + zero + MATRIX


def _long(number: int) -> bytes:
    """Return an operand of five bytes, whatever its value."""
    return b"\x1d" + struct.pack(">i", number)


def _index(items: Sequence[bytes]) -> bytes:
    """Return an INDEX (technical note 5176, 5)."""
    offsets = list(accumulate(map(len, items), initial=1))
    size = (offsets[-1].bit_length() + 7) // 8
    listed = b"".join(offset.to_bytes(size, "big") for offset in offsets)
    return struct.pack(">HB", len(items), size) + listed + b"".join(items)
