"""Small fonts of cubic outlines (Compact Font Format, Adobe technical notes 5176 and 5177)."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from ankl_i18n.pdf.font_outlines import OPERATORS, Grid, number, outline
from ankl_i18n.pdf.font_source import Shape, Source

EM: Final = 1000
FEW: Final = 223  # glyphs that codes of a byte can name, and that have names by themselves

# Operators (technical note 5176, tables 9, 10 and 23; 5177, appendix A).
CHARSET, STRINGS, PRIVATE, MATRIX, ROS, FDARRAY, FDSELECT, DEFAULT_WIDTH = (
    b"\x0f", b"\x11", b"\x12", b"\x0c\x07", b"\x0c\x1e", b"\x0c\x24", b"\x0c\x25", b"\x14",
)  # fmt: skip
END: Final = b"\x0e"
ENCODING: Final = b"\x10"
FIRST_STRING: Final = 391  # identifier of the first string of a font's own (5176, appendix A)


def make(font: Source, shapes: Sequence[Shape], widths: Sequence[float], grid: Grid) -> bytes:
    """Return a font whose glyphs from 1 on have the shapes, and widths (in thousandths of an em).

    Its glyphs' codes are their numbers. Those of more than `FEW` are keyed by CID.
    """
    # Widths are exact, whatever the grid: validators compare them with those of the PDF.
    advances = [width * grid.units / EM for width in widths]
    common = Counter(advances).most_common(1)[0][0]
    common = common if common == int(common) else 0
    strings = [END]
    for shape, advance in zip(shapes, advances, strict=True):
        width = b"" if advance == common else number(advance)
        strings.append(width + _drawn(font, shape, grid) + END)
    program = _simple if is_simple(font, len(shapes)) else _program
    return program(strings, number(int(common)) + DEFAULT_WIDTH, grid)


def is_simple(font: Source, count: int) -> bool:
    """Tell whether a font of so many glyphs has codes of one byte.

    On the coarse grid it has not: widths are no whole numbers there, and of simple fonts not all
    validators read those right.
    """
    return count <= FEW and not font.has_cids


def _drawn(font: Source, shape: Shape, grid: Grid) -> bytes:
    """Return the operators that draw glyphs at their places."""
    drawing, at, scale = b"", 0j, grid.units / font.units
    for glyph, x, y in shape:
        drawn = outline(font, glyph, grid)
        if drawn is not None:
            place = complex(round(x * scale), round(y * scale))
            move = place + drawn.start - at
            drawing += number(move.real) + number(move.imag) + OPERATORS["rmoveto"] + drawn.program
            at = place + drawn.end
    return drawing


def _simple(strings: Sequence[bytes], private: bytes, grid: Grid) -> bytes:
    """Return a font program whose glyphs have codes of a byte (technical note 5176, 12).

    They have the names of the first glyphs of ISOAdobe, which nobody reads.
    """
    head = b"\1\0\4\2" + _index([b"A"])
    encoding = bytes((1, 1, 1, len(strings) - 2))
    size = len(head) + len(_index([_simple_top(0, 0, 0, 0, grid)])) + 4
    places = list(accumulate((size, len(encoding), len(private))))
    top = _index([_simple_top(places[0], len(private), places[1], places[2], grid)])
    return b"".join((head, top, b"\0\0\0\0", encoding, private, _index(strings)))


def _simple_top(encoding: int, length: int, private: int, strings: int, grid: Grid) -> bytes:
    places = _long(encoding) + ENCODING + _long(length) + _long(private) + PRIVATE
    return _matrix(grid) + places + _long(strings) + STRINGS


def _program(strings: Sequence[bytes], private: bytes, grid: Grid) -> bytes:
    """Return a font program keyed by CID (technical note 5176): a font of one dictionary."""
    head = b"\1\0\4\2" + _index([b"A"])
    names = _index([b"Adobe", b"Identity"])
    count = len(strings)
    charset = b"\2" + struct.pack(">2H", 1, count - 2)
    select = bytes(1 + count)  # format 0: of ranges not all read the borders right
    array = len(_dictionary(0, 0, grid))
    size = len(head) + len(_index([_top(0, 0, 0, 0)])) + len(names) + 2
    places = list(accumulate((size, len(charset), len(select), len(private), array)))
    top = _index([_top(places[0], places[1], places[3], places[4])])
    fonts = _dictionary(len(private), places[2], grid)
    return b"".join((head, top, names, b"\0\0", charset, select, private, fonts, _index(strings)))


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
