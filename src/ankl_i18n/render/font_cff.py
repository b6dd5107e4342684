"""Small fonts of cubic outlines (Compact Font Format, Adobe technical notes 5176 and 5177).

Outlines are most of a small PDF. Their points are rounded to a grid, and the handles of curves
may move a little if that makes them shorter to say: by 0.002 em, and by 0.005 where there are
hundreds of Chinese or Arabic shapes, a fiftieth of a millimetre in running text: half a dot of an
office printer. Glyphs that are parts of many, as letters below or above which marks stand, are
said once (subroutines).
"""

from __future__ import annotations

import io
import struct
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, product
from math import hypot, inf, log2
from typing import TYPE_CHECKING, Any, Final

from fontTools.cffLib.specializer import commandsToProgram, specializeCommands
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.basePen import BasePen
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ankl_i18n.render.font_source import Shape, Source

    Point = tuple[float, float]
    Command = tuple[str, list[int]]

EM: Final = 1000
STACK: Final = 48  # operands that a reader has room for (technical note 5177, appendix B)
FEW: Final = 223  # glyphs that codes of a byte can name, and that have names by themselves
SHORT: Final = 6  # bytes of an outline that are not worth a subroutine

# Where along a curve it is compared, with the weights of its two handles there.
ALONG: Final = tuple(
    (3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t) for t in (0.25, 0.4, 0.5, 0.6, 0.75)
)
# Steps of handles that are tried, and whether a handle moves along an axis alone. Numbers on a
# coarser grid are more alike, and so are compressed better.
STEPS: Final = (1, 2, 4)
AXES: Final = ((1, 1), (0, 1), (1, 0))
ONE_BYTE, TWO_BYTES = 107, 1131  # the largest numbers in one byte and in two (5177, table 1)

# Operators (technical note 5176, tables 9, 10 and 23; 5177, appendix A).
CHARSET, STRINGS, PRIVATE, MATRIX, ROS, FDARRAY, FDSELECT, DEFAULT_WIDTH, SUBRS = (
    b"\x0f", b"\x11", b"\x12", b"\x0c\x07", b"\x0c\x1e", b"\x0c\x24", b"\x0c\x25", b"\x14", b"\x13",
)  # fmt: skip
CALL, RETURN, END, MOVE = b"\x0a", b"\x0b", b"\x0e", b"\x15"
ENCODING: Final = b"\x10"
FIRST_STRING: Final = 391  # identifier of the first string of a font's own (5176, appendix A)
BIAS: Final = ((1240, 107), (33900, 1131), (65536, 32768))  # of subroutines (5176, 16)


@dataclass(frozen=True, slots=True)
class Grid:
    """How exact outlines are: units of an em, and how far a curve may move, in those units.

    Widths are multiples of `step` thousandths of an em: whole units, where some validators read
    them as whole numbers.
    """

    units: int
    tolerance: float
    step: float = 1.0


FINE: Final = Grid(500, 0.9)
MIDDLE: Final = Grid(200, 0.9, step=5.0)
COARSE: Final = Grid(160, 0.8)


@dataclass(frozen=True, slots=True)
class Outline:
    """A glyph's outline: where it begins, its Type 2 operators from there, and where it ends."""

    start: tuple[int, int]
    program: bytes
    end: tuple[int, int]


def make(font: Source, shapes: Sequence[Shape], widths: Sequence[float], grid: Grid) -> bytes:
    """Return a font whose glyphs from 1 on have the shapes, and widths (in thousandths of an em).

    Its glyphs' codes are their numbers. Those of more than `FEW` are keyed by CID.
    """
    shapes = [tuple(part for one in shape for part in _parts(font, *one)) for shape in shapes]
    uses = Counter(glyph for shape in shapes for glyph, _, _ in shape)
    outlines = {glyph: outline(font, glyph, grid) for glyph in uses}
    shared = [glyph for glyph, count in uses.items() if count > 1 and _is_long(outlines[glyph])]
    bias = next(value for most, value in BIAS if len(shared) < most)
    calls = {glyph: _number(i - bias) + CALL for i, glyph in enumerate(shared)}
    # Widths are exact, whatever the grid: validators compare them with those of the PDF.
    advances = [width * grid.units / EM for width in widths]
    common = Counter(advances).most_common(1)[0][0]
    common = common if common == int(common) else 0
    strings = [END]
    for shape, advance in zip(shapes, advances, strict=True):
        width = b"" if advance == common else _number(advance)
        strings.append(width + _drawn(shape, grid.units / font.units, outlines, calls) + END)
    routines = [drawn.program + RETURN for drawn in map(outlines.get, shared) if drawn]
    program = _simple if is_simple(font, len(shapes)) else _program
    return program(strings, routines, int(common), grid)


def _parts(font: Source, glyph: int, x: int, y: int) -> Iterator[tuple[int, int, int]]:
    """Yield the glyphs that a glyph at some place is made of: a letter, say, and its dots.

    One with a part that is not only moved is its own: "¿" is "?", turned (OpenType 1.9, glyf).
    """
    file = opened(font)
    if "glyf" not in file or glyph >= font.count or font.location:
        yield (glyph, x, y)
        return
    found = file["glyf"][file.getGlyphName(glyph)]
    parts = found.components if found.isComposite() else []
    if not parts or any(hasattr(part, "transform") or not hasattr(part, "x") for part in parts):
        yield (glyph, x, y)
        return
    for part in parts:
        yield from _parts(font, file.getGlyphID(part.glyphName), x + part.x, y + part.y)


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
    found, at = b"", (0, 0)
    for glyph, x, y in shape:
        drawn = outlines[glyph]
        if drawn is not None:
            left, low = round(x * scale), round(y * scale)
            right, up = left + drawn.start[0] - at[0], low + drawn.start[1] - at[1]
            found += _number(right) + _number(up) + MOVE + calls.get(glyph, drawn.program)
            at = (left + drawn.end[0], low + drawn.end[1])
    return found


def outline(font: Source, glyph: int, grid: Grid) -> Outline | None:
    """Return the outline of a glyph, None if it draws nothing."""
    key = (glyph, grid)
    if key not in font.outlines:
        pen = _Pen(font, grid)
        pen.draw_glyph(glyph)
        found = None
        if pen.commands:
            rest = specializeCommands(pen.commands[1:], generalizeFirst=False, maxstack=STACK)
            string = T2CharString(program=commandsToProgram(rest))
            string.compile()
            (x, y) = pen.commands[0][1]
            found = Outline((x, y), bytes(string.bytecode), pen.at)
        font.outlines[key] = found
    kept: Outline | None = font.outlines[key]
    return kept


class _Pen(BasePen):  # type: ignore[misc]
    """Draws glyphs on the grid: `commands` are Type 2 operators with their operands."""

    def __init__(self, font: Source, grid: Grid) -> None:
        self.font = font
        file = opened(font)
        super().__init__(file.getGlyphSet(location=font.location or None))
        self.names = file.getGlyphOrder()
        self.is_quadratic = "glyf" in file
        self.scale = grid.units / font.units
        self.tolerance = grid.tolerance
        self.commands: list[Command] = []
        self.at = (0, 0)

    def draw_glyph(self, glyph: int) -> None:
        """Draw a glyph of the font; nothing for one that it does not have."""
        if glyph < len(self.names):
            # Curves of TrueType, two or more of which were one when they were drawn.
            near = self.tolerance / self.scale
            pen = Qu2CuPen(self, near, all_cubic=True) if self.is_quadratic else self
            self.glyphSet[self.names[glyph]].draw(pen)

    def _scaled(self, point: Point) -> Point:
        return (point[0] * self.scale, point[1] * self.scale)

    def _to(self, operator: str, point: Point) -> None:
        x, y = self._scaled(point)
        end = (round(x), round(y))
        if operator == "rmoveto" or end != self.at:
            self.commands.append((operator, [end[0] - self.at[0], end[1] - self.at[1]]))
            self.at = end

    def _moveTo(self, point: Point) -> None:  # noqa: N802 - names of BasePen
        self._to("rmoveto", point)

    def _lineTo(self, point: Point) -> None:  # noqa: N802
        self._to("rlineto", point)

    def _curveToOne(self, first: Point, second: Point, last: Point) -> None:  # noqa: N802
        x, y = self._scaled(last)
        end = (round(x), round(y))
        moves = curve(self.at, self._scaled(first), self._scaled(second), end, self.tolerance)
        if moves is None:
            self._lineTo(last)
        else:
            self.commands.append(("rrcurveto", moves))
            self.at = end


def curve(
    start: tuple[int, int], first: Point, second: Point, end: tuple[int, int], tolerance: float
) -> list[int] | None:
    """Return the operands of the cheapest curve that is near enough, None if a line is.

    `first` and `second` are the handles; the ends stay where they are.
    """
    if _is_flat(start, first, second, end, tolerance):
        return None
    best: tuple[float, list[int]] = (inf, [])  # the plain one always is near enough
    for step, one, other in product(STEPS, AXES, AXES):
        a = [step * round((first[i] - start[i]) / step) * one[i] for i in (0, 1)]
        c = [step * round((end[i] - second[i]) / step) * other[i] for i in (0, 1)]
        is_plain = step == 1 and one == other == AXES[0]
        d = [start[i] + a[i] - first[i] for i in (0, 1)]
        e = [end[i] - c[i] - second[i] for i in (0, 1)]
        far = (hypot(v * d[0] + w * e[0], v * d[1] + w * e[1]) for v, w in ALONG)
        if is_plain or all(distance < tolerance for distance in far):
            b = [end[i] - c[i] - start[i] - a[i] for i in (0, 1)]
            cost = sum(_bits(n, step) for n in a + c) + sum(_bits(n, 1) for n in b)
            if cost < best[0]:
                best = (cost, [*a, *b, *c])
    return best[1]


def _is_flat(start: Point, first: Point, second: Point, end: Point, tolerance: float) -> bool:
    """Tell whether a curve is as good as a line."""
    x, y = end[0] - start[0], end[1] - start[1]
    length = hypot(x, y) or 1
    one, other = ((p[0] - start[0]) * y - (p[1] - start[1]) * x for p in (first, second))
    return all(abs(v * one + w * other) < tolerance * length for v, w in ALONG)


def _bits(number: int, step: int) -> float:
    """Return about how many bits an operand takes in a compressed font."""
    if number == 0:
        return 0
    return (8 if abs(number) <= ONE_BYTE else 16) - 1.3 * log2(step)


def opened(font: Source) -> TTFont:
    """Return a font's file, opened once."""
    if font.opened is None:
        file = io.BytesIO(font.data)
        font.opened = TTFont(file, fontNumber=font.index, lazy=True, recalcBBoxes=False)
    return font.opened


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
    private = _number(width) + DEFAULT_WIDTH
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
    ros = _number(FIRST_STRING) + _number(FIRST_STRING + 1) + _number(0) + ROS
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
    zero = _number(0)
    return scale + zero + zero + scale + zero + zero + MATRIX


def _long(number: int) -> bytes:
    """Return an operand of five bytes, whatever its value."""
    return b"\x1d" + struct.pack(">i", number)


def _number(number: float) -> bytes:
    """Return an operand as short as it can be (5176, table 3; 5177, table 1)."""
    if number != int(number):
        return b"\xff" + struct.pack(">i", round(number * 65536))
    number = int(number)
    if abs(number) <= ONE_BYTE:
        return bytes([number + 139])
    if ONE_BYTE < abs(number) <= TWO_BYTES:
        first, second = divmod(abs(number) - 108, 256)
        return bytes([(247 if number > 0 else 251) + first, second])
    return b"\x1c" + struct.pack(">h", number)


def _index(items: Sequence[bytes]) -> bytes:
    """Return an INDEX (technical note 5176, 5)."""
    offsets = list(accumulate(map(len, items), initial=1))
    size = (offsets[-1].bit_length() + 7) // 8
    listed = b"".join(offset.to_bytes(size, "big") for offset in offsets)
    return struct.pack(">HB", len(items), size) + listed + b"".join(items)
