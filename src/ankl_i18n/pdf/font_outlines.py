"""Outlines of glyphs as Type 2 charstrings (Adobe technical note 5177), as short as they can be.

Outlines are most of a small PDF. Their points are rounded to a grid, and the handles of curves
may move a little if that makes them shorter to say: by 0.002 em, and by 0.005 where there are
hundreds of Chinese or Arabic shapes, a fiftieth of a millimetre in running text: half a dot of an
office printer.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import TYPE_CHECKING, Final

from fontTools.cffLib.specializer import commandsToProgram, specializeCommands
from fontTools.qu2cu import quadratic_to_curves

from ankl_i18n.pdf.font_source import steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ankl_i18n.pdf.font_source import Source, Step

    Command = tuple[str, list[int]]

# Where along a curve it is compared, with the weights of its two handles there.
ALONG: Final = tuple(
    (3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t) for t in (0.25, 0.4, 0.5, 0.6, 0.75)
)
# A curve with a handle off by more tolerances is not near enough, wherever the other handle is: so
# the weights at the first and the last of these places have it.
FAR: Final = 3.6
# Steps in which handles move, and tenths of bits that each operand saves: numbers on a coarser
# grid are more alike, and so are compressed better.
STEPS: Final = {1: 0, 2: 13, 4: 26}

# Operators, and the operands that a reader has room for (technical note 5177, appendices A and B).
OPERATORS: Final = {
    "vmoveto": b"\x04", "rlineto": b"\x05", "hlineto": b"\x06", "vlineto": b"\x07",
    "rrcurveto": b"\x08", "rmoveto": b"\x15", "hmoveto": b"\x16", "rcurveline": b"\x18",
    "rlinecurve": b"\x19", "vvcurveto": b"\x1a", "hhcurveto": b"\x1b", "vhcurveto": b"\x1e",
    "hvcurveto": b"\x1f",
}  # fmt: skip
STACK: Final = 48
ONE_BYTE, TWO_BYTES = 107, 1131  # the largest numbers in one byte and in two (5177, table 1)


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

    start: complex
    program: bytes
    end: complex


@cache
def outline(font: Source, glyph: int, grid: Grid) -> Outline | None:
    """Return the outline of a glyph, None if it draws nothing."""
    pen = _Pen(grid.units / font.units, grid.tolerance)
    pen.draw(steps(font, glyph))
    if not pen.commands:
        return None
    rest = specializeCommands(pen.commands[1:], generalizeFirst=False, maxstack=STACK)
    program = b"".join(map(_encoded, commandsToProgram(rest)))
    return Outline(complex(*pen.commands[0][1]), program, pen.at)


@cache
def _encoded(token: str | int) -> bytes:
    return OPERATORS[token] if isinstance(token, str) else number(token)


def number(value: float) -> bytes:
    """Return an operand as short as it can be (5176, table 3; 5177, table 1)."""
    if value != int(value):
        return b"\xff" + struct.pack(">i", round(value * 65536))
    whole = int(value)
    if abs(whole) <= ONE_BYTE:
        return bytes([whole + 139])
    if ONE_BYTE < abs(whole) <= TWO_BYTES:
        first, second = divmod(abs(whole) - 108, 256)
        return bytes([(247 if whole > 0 else 251) + first, second])
    return b"\x1c" + struct.pack(">h", whole)


class _Pen:
    """Draws on the grid: `commands` are Type 2 operators with their operands.

    `scale` is units of the grid in one of the font.
    """

    def __init__(self, scale: float, tolerance: float) -> None:
        self.scale = scale
        self.tolerance = tolerance
        self.commands: list[Command] = []
        self.at = self.start = 0j

    def draw(self, outline: Iterable[Step]) -> None:
        """Draw the steps of an outline."""
        for name, points in _in_cubic_curves(outline, self.tolerance / self.scale):
            scaled = [point * self.scale for point in points]
            if name == "cubic_to":
                self._curve(*scaled)
            elif name != "close_path":
                self._to("rmoveto" if name == "move_to" else "rlineto", scaled[0])
            elif self.commands[-1][0] == "rlineto" and self.at == self.start:
                # Outlines are closed without being told to.
                self.at -= complex(*self.commands.pop()[1])

    def _to(self, operator: str, point: complex) -> None:
        end = _rounded(point)
        if operator == "rmoveto" or end != self.at:
            self.commands.append((operator, _operands(end - self.at)))
            self.at = end
        if operator == "rmoveto":
            self.start = end

    def _curve(self, first: complex, second: complex, last: complex) -> None:
        end = _rounded(last)
        moves = _cheapest(self.at, first, second, end, self.tolerance)
        if moves is None:
            self._to("rlineto", last)
        else:
            self.commands.append(("rrcurveto", moves))
            self.at = end


def _in_cubic_curves(outline: Iterable[Step], near: float) -> Iterator[Step]:
    """Yield steps with cubic curves for those of TrueType: two or more were one when drawn."""
    at = 0j
    run: list[tuple[complex, ...]] = []
    for name, points in outline:
        if name == "quadratic_to":
            run.append((at, *points))
        else:
            for curve in quadratic_to_curves(run, near, all_cubic=True) if run else ():
                yield ("cubic_to", curve[1:])
            run = []
            yield (name, points)
        at = points[-1] if points else at


def _rounded(point: complex) -> complex:
    return complex(round(point.real), round(point.imag))


def _operands(*points: complex) -> list[int]:
    return [int(number) for point in points for number in (point.real, point.imag)]


def _cheapest(
    start: complex, first: complex, second: complex, end: complex, tolerance: float
) -> list[int] | None:
    """Return the operands of the cheapest curve that is near enough, None if a line is.

    `first` and `second` are the handles; the ends stay where they are.
    """
    if _is_flat(start, first, second, end, tolerance):
        return None
    whole, far = end - start, FAR * tolerance
    least, best = inf, (0j, 0j)
    for step in STEPS:
        others = _moves(second - end, step, far)
        for one, off, cost in _moves(first - start, step, far):
            for other, other_off, more in others:
                between = whole - one + other
                bits = cost + more + _bits(between.real) + _bits(between.imag)
                # The first, of handles that are only rounded, always is near enough.
                if bits < least and (least == inf or _is_near(off, other_off, tolerance)):
                    least, best = bits, (one, other)
    one, other = best
    return _operands(one, whole - one + other, -other)


def _moves(move: complex, step: int, far: float) -> list[tuple[complex, complex, int]]:
    """Return how a handle may stand from its end of the curve, how far off that is, its cost.

    `move` is how it stands; it may be rounded to steps, and stand along an axis.
    """
    x, y = step * round(move.real / step), step * round(move.imag / step)
    saved = STEPS[step]
    across, along = _bits(x, saved), _bits(y, saved)
    place = complex(x, y)
    found = [(place, place - move, across + along)]
    if x and abs(move.real) < far:
        found.append((complex(0, y), complex(0, y) - move, along))
    if y and abs(move.imag) < far:
        found.append((complex(x, 0), complex(x, 0) - move, across))
    return found


def _is_near(one: complex, other: complex, tolerance: float) -> bool:
    """Tell whether a curve is near enough to one whose handles are off by so much."""
    for v, w in ALONG:  # noqa: SIM110 - a loop takes half the time of `all`
        if abs(v * one + w * other) >= tolerance:
            return False
    return True


def _bits(number: float, saved: int = 0) -> int:
    """Return about how many tenths of a bit an operand takes in a compressed font."""
    if number == 0:
        return 0
    return (80 if -ONE_BYTE <= number <= ONE_BYTE else 160) - saved


def _is_flat(
    start: complex, first: complex, second: complex, end: complex, tolerance: float
) -> bool:
    """Tell whether a curve is as good as a line."""
    along = (end - start).conjugate()
    one, other = (along * (first - start)).imag, (along * (second - start)).imag
    return _is_near(one, other, tolerance * (abs(along) or 1))
