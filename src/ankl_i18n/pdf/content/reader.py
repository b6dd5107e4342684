"""From the operators of a content stream to what they draw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil, log10
from typing import Any, Final

from ankl_i18n.pdf.content.items import (
    CLIPS,
    COLOURS,
    DEFAULTS,
    DIGITS,
    FILLS,
    LINES,
    PAINTS,
    Item,
    Marks,
    State,
    number,
)
from ankl_i18n.pdf.text import Text

# Operators that set one thing, and what they set.
SETS: Final = {
    b"rg": "fill", b"g": "fill", b"k": "fill", b"RG": "line", b"G": "line", b"K": "line",
    b"w": "width", b"J": "cap", b"j": "join", b"M": "miter", b"d": "dash", b"Tr": "mode",
}  # fmt: skip
PATHS: Final = CLIPS | {b"m", b"l", b"c", b"v", b"y", b"h", b"re"}
ALPHA: Final = re.compile(rb"/([aA])[\d.]+ gs")
DECIMAL: Final = re.compile(rb"-?\d*\.\d+")
PIXEL: Final = 0.75  # of a point


def items_of(parts: Sequence[Any], *, is_page: bool) -> Iterator[Item]:
    """Yield what the parts of a content stream draw."""
    yield from Reader(is_page=is_page).items([*_tokens(parts)])


def _tokens(parts: Sequence[Any]) -> Iterator[tuple[bytes, Any]]:
    """Yield operators, each with itself and its operands as they are to be written.

    Those of marked content are in parts: a tag, perhaps properties, and the operator.
    """
    for place, part in enumerate(parts):
        if isinstance(part, Text):
            yield b"Text", part
        elif part in (b"BMC", b"BDC"):
            first = place - (1 if part == b"BMC" else 2)
            yield part, (parts[first].encode(), *parts[first + 1 : place])
        elif isinstance(part, bytes):
            yield part.rpartition(b" ")[2], part
        elif (
            b"BMC" not in parts[place + 1 : place + 2]
            and b"BDC" not in parts[place + 1 : place + 3]
        ):
            operation = str(part).encode()  # not all of WeasyPrint's are bytes
            yield operation.rpartition(b" ")[2], operation


def _lasting(tokens: Sequence[tuple[bytes, Any]]) -> set[int]:
    """Return the places of `q` that take back what nothing else can: clips and matrices."""
    opened: list[int] = []
    needed: set[int] = set()
    for place, (operator, operation) in enumerate(tokens):
        if operator == b"q":
            opened.append(place)
        elif operator == b"Q":
            opened.pop()
        elif opened and _lasts(operator, operation):
            needed.add(opened[-1])
    return needed


def _lasts(operator: bytes, operation: Any) -> bool:
    """Tell whether an operator sets what only `Q` takes back."""
    is_state = operator == b"gs" and not ALPHA.fullmatch(operation)
    return is_state or operator in (b"cm", b"W", b"W*", b"ri", b"i", *COLOURS)


class Reader:
    """Reads operators one after another: what they draw, in which state, in which content."""

    def __init__(self, *, is_page: bool) -> None:
        self.state: State = dict(DEFAULTS) if is_page else dict.fromkeys(DEFAULTS)
        self.saved: list[tuple[bool, State, float]] = []
        self.scale, self.digits = 1.0 if is_page else PIXEL, DIGITS
        self.path: list[bytes] = []
        self.marks: Marks = ()
        self.is_empty = False

    def items(  # noqa: C901 - a row for each kind of operator
        self, tokens: Sequence[tuple[bytes, Any]]
    ) -> Iterator[Item]:
        """Yield what is drawn."""
        lasting = _lasting(tokens)
        for place, (operator, operation) in enumerate(tokens):
            if operator in SETS or (operator == b"gs" and ALPHA.fullmatch(operation)):
                self._set(operator, operation)
            elif operator in PATHS:
                self.path.append(_rounded(operation, self.digits))
            elif operator in (b"BDC", b"BMC"):
                self.marks = (*self.marks, _mark(operation))
                self.is_empty = True
            elif operator == b"EMC":
                if self.is_empty:
                    yield self._item((), [])
                self.marks = self.marks[:-1]
                self.is_empty = False
            elif operator == b"q":
                self.saved.append((place in lasting, self.state, self.scale))
                if place in lasting:
                    yield self._item((), [b"q"])
            elif operator == b"Q":
                was_lasting, self.state, self.scale = self.saved.pop()
                self.digits = _digits(self.scale)
                if was_lasting:
                    yield self._item((), [b"Q"])
            else:
                yield self._drawn(operator, operation)

    def _set(self, operator: bytes, operation: bytes) -> None:
        if operator == b"gs":
            name = "fill alpha" if operation.startswith(b"/a") else "line alpha"
        else:
            name = SETS[operator]
        if name in ("fill", "line"):
            operation = DECIMAL.sub(_shade, operation)
        elif operator != b"gs":
            operation = _rounded(operation, self.digits + 1)
        self.state = self.state | {name: operation}

    def _drawn(self, operator: bytes, operation: Any) -> Item:
        """Return what an operator draws, or the operator itself where it changes more."""
        self.is_empty = False
        if operator in PAINTS:
            path, self.path = [*self.path, operator], []
            return self._item(PAINTS[operator], path)
        if operator == b"Text":
            return self._item(FILLS, operation)
        if operator == b"cm":
            self.scale = _scaled(operation, self.scale)
            self.digits = _digits(self.scale)
        elif operator in COLOURS:
            self.state = self.state | {COLOURS[operator]: None}
        else:
            return self._item(FILLS + LINES, [operation])
        return self._item((), [operation])

    def _item(self, needs: tuple[str, ...], what: Text | list[bytes]) -> Item:
        return Item(self.marks, self.state, needs, what, self.digits)


def _mark(operation: tuple[Any, ...]) -> bytes | int:
    """Return the MCID of marked content, or the operator that begins it."""
    tag, *properties = operation
    if not properties or properties[0] is None:
        return bytes(tag) + b" BMC"
    if "MCID" in properties[0]:
        return int(properties[0]["MCID"])
    return bytes(tag + properties[0].data + b"BDC")


@lru_cache(maxsize=8192)  # pictures are the same in all languages
def _rounded(operation: bytes, digits: int) -> bytes:
    return DECIMAL.sub(lambda match: number(float(match[0]), digits), operation)


def _shade(match: re.Match[bytes]) -> bytes:
    """Return a part of a colour to a thousandth: screens tell 255 apart."""
    return f"{float(match[0]):.3f}".rstrip("0").rstrip(".").removeprefix("0").encode() or b"0"


def _digits(scale: float) -> int:
    """Return how many digits tell a hundredth of a pixel at some scale (points in a unit)."""
    return DIGITS + max(0, ceil(log10(scale / PIXEL))) if scale > 0 else DIGITS


def _scaled(operation: bytes, scale: float) -> float:
    """Return how many points a unit has, at most, after a change of the matrix (`cm`)."""
    return scale * max(abs(float(value)) for value in operation.split()[:4])
