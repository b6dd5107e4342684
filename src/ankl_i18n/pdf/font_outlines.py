"""Outlines of glyphs as Type 2 charstrings (Adobe technical note 5177), on a coarse grid.

Outlines are most of a small PDF. Their points are rounded to units of 0.002 em, and of 0.005 or
0.006 em where there are hundreds of Chinese or Arabic shapes: a fiftieth of a millimetre in
running text, half a dot of an office printer. Handles of curves, which nobody sees, are at
every other unit: numbers that are more alike are compressed better.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from fontTools.cffLib.specializer import commandsToProgram, specializeCommands
from fontTools.qu2cu import quadratic_to_curves

from ankl_i18n.pdf.font_source import Source, Step, steps

Command = tuple[str, list[int]]

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
        if _is_flat(self.at, first, second, last):
            self._to("rlineto", last)
            return
        end = _rounded(last)
        one, other = 2 * _rounded((first - self.at) / 2), 2 * _rounded((second - end) / 2)
        self.commands.append(("rrcurveto", _operands(one, end - self.at - one + other, -other)))
        self.at = end


def _is_flat(start: complex, first: complex, second: complex, end: complex) -> bool:
    """Tell whether a curve is as good as a line: its handles are less than a unit from it."""
    along = (end - start).conjugate()
    return all(abs((along * (one - start)).imag) < abs(along) for one in (first, second))


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
