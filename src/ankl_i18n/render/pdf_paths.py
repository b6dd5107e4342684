"""Paths that draw the same with less: borders, backgrounds, dotted lines.

WeasyPrint draws a border as the difference of two boxes seen through a third, and a dotted line
as circles of four curves each.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

# Left, top, right and bottom.
Box = tuple[float, float, float, float]

NEAR: Final = 0.03  # pixels that nobody sees
PHASE: Final = re.compile(rb"\[([\d.]+) ([\d.]+)\] (-?[\d.]+) d")
SMALL: Final = 4  # pixels from dot to dot, of which nobody sees where they begin
FEW: Final = 3  # dots that make a line


def numbers(operation: bytes) -> list[float]:
    """Return the operands of an operator on paths."""
    return [float(number) for number in operation.split()[:-1]]


def operator(operation: bytes) -> bytes:
    """Return the operator itself."""
    return operation.rpartition(b" ")[2]


def box(path: Sequence[bytes]) -> Box | None:
    """Return the box that a path is, None if it is none."""
    kinds = [operator(part) for part in path]
    if kinds == [b"re"]:
        x, y, width, height = numbers(path[0])
        return (x, y, x + width, y + height)
    if kinds in ([b"m", b"l", b"l", b"l"], [b"m", b"l", b"l", b"l", b"h"]):
        xs, ys = zip(*(numbers(part) for part in path[:4]), strict=True)
        turns = sum((xs[i] != xs[i - 1]) == (ys[i] != ys[i - 1]) for i in range(4))
        if turns == 0 and len(set(xs)) == len(set(ys)) == 2:  # noqa: PLR2004 - two of each
            return (min(xs), min(ys), max(xs), max(ys))
    return None


def seen_through(clip: Sequence[bytes], fill: Sequence[bytes]) -> Box | None:
    """Return the box that is filled when a path is filled within another, None if it is no box.

    Both end in the operator that paints or clips.
    """
    window = box([part for part in clip if operator(part) not in (b"W", b"W*", b"n")])
    filled = box(fill[:1])
    if window is None or filled is None or fill[-1] not in (b"f", b"f*"):
        return None
    if len(fill) == 2:  # noqa: PLR2004 - a box and the operator
        return _common(window, filled)
    inner, outer = filled, box(fill[1:2])
    if len(fill) == 3 and fill[-1] == b"f*" and outer is not None:  # noqa: PLR2004
        is_apart = _common(window, inner) is None
        return _common(window, outer) if is_apart else None
    return None


def _common(one: Box, other: Box) -> Box | None:
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[2], other[2]), min(one[3], other[3])
    return (left, top, right, bottom) if right - left > NEAR and bottom - top > NEAR else None


def dots(path: Sequence[bytes], within: Box) -> tuple[list[tuple[float, float]], float] | None:
    """Return the centres, and the diameter, of circles in a row, None if a path is none.

    The path ends in the operators that clip. Circles outside of the box are left out; none may
    stand on its edge.
    """
    circle = [b"m", b"c", b"c", b"c", b"c", b"h"]
    drawn = [part for part in path if operator(part) not in (b"W", b"W*", b"n")]
    count, rest = divmod(len(drawn), len(circle))
    if rest or count < FEW or [operator(part) for part in drawn] != circle * count:
        return None
    rights = [numbers(drawn[6 * i]) for i in range(count)]
    lefts = [numbers(drawn[6 * i + 2])[4:] for i in range(count)]
    sizes = [right[0] - left[0] for right, left in zip(rights, lefts, strict=True)]
    centres = [((r[0] + le[0]) / 2, r[1]) for r, le in zip(rights, lefts, strict=True)]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(centres)]
    uneven = max(max(step) - min(step) for step in zip(*steps, strict=True))
    size = max(sizes)
    if min(sizes) <= 0 or size - min(sizes) > NEAR or uneven > NEAR:
        return None
    seen = [centre for centre in centres if _common(_around(centre, size), within)]
    whole = all(_common(_around(centre, size - NEAR), within) == _around(centre, size - NEAR)
                for centre in seen)  # fmt: skip
    return (seen, size) if whole and len(seen) >= FEW else None


def _around(centre: tuple[float, float], size: float) -> Box:
    x, y = centre
    return (x - size / 2, y - size / 2, x + size / 2, y + size / 2)


def phase(dash: bytes) -> bytes:
    """Return a pattern of dashes that begins with its first, if its dots are small."""
    found = PHASE.fullmatch(dash)
    is_small = found and float(found[1]) + float(found[2]) < SMALL
    return b"[%s %s] 0 d" % (found[1], found[2]) if found and is_small else dash
