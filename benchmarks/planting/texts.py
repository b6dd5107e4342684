"""What the kinds of fault share: numbers in every script, and where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from benchmarks.planting.words import EDGE_AFTER, EDGE_BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.planting.words import Words

# A planted fault: where the translation changes, and what stands there then.
Edit = tuple[int, int, str]

NUMBER: Final = re.compile(r"\d+(?:[.,٫٬،]\d+)*")
LINK: Final = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
_ADDRESS: Final = re.compile(r"\]\([^)]*\)|\S+://\S+|\S+@\S+|`[^`]*`|\{[^}]*\}")
_PART_OF_NAME: Final = re.compile(
    r"[A-Za-zА-я]$|[^\W\d_\s][-‑]$|\w[\u0900-\u109f\u1780-\u17ff][-‑]$"
)
_NEXT: Final = frozenset("ABCNV")  # 2A, 3CL: names too


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: its place, its text, and its digits as 0 to 9 without separators."""

    start: int
    end: int
    text: str
    digits: str

    @property
    def year(self) -> bool:
        """Whether it may be a year."""
        return len(self.text) == 4 and self.digits[:2] in {"19", "20"}


@dataclass(frozen=True)
class Place:
    """A source text, its translation, and the words of the translation's language."""

    msgid: str
    msgstr: str
    words: Words

    @cached_property
    def before(self) -> tuple[Number, ...]:
        """The source's numbers."""
        return tuple(numbers(self.msgid))

    @cached_property
    def after(self) -> tuple[Number, ...]:
        """The translation's numbers."""
        return tuple(numbers(self.msgstr))

    @cached_property
    def shared(self) -> tuple[tuple[Number, Number], ...]:
        """Numbers that stand once in each text, as pairs."""
        ones, others = _single(self.before), _single(self.after)
        return tuple((ones[digits], others[digits]) for digits in ones if digits in others)

    def once(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether the source has exactly one match."""
        return len(pattern.findall(self.msgid)) == 1


def numbers(text: str) -> Iterator[Number]:
    """Find the numbers of a text that belong to no name (B12, COVID-19) and no address."""
    hidden = [match.span() for match in _ADDRESS.finditer(text)]
    for match in NUMBER.finditer(text):
        start, end = match.span()
        if any(low < end and start < high for low, high in hidden):
            continue
        if _PART_OF_NAME.search(text[max(0, start - 2) : start]) or text[end : end + 1] in _NEXT:
            continue
        digits = "".join(str(unicodedata.digit(c)) for c in match.group() if c.isdigit())
        yield Number(start, end, match.group(), digits)


def _single(found: tuple[Number, ...]) -> dict[str, Number]:
    count = Counter(number.digits for number in found)
    return {number.digits: number for number in found if count[number.digits] == 1}


def other_digit(digit: str, step: int) -> str:
    """Return another digit of the same script, never 0."""
    zero = ord(digit) - unicodedata.digit(digit)
    value = (unicodedata.digit(digit) + step) % 10
    return chr(zero + (value or (1 if unicodedata.digit(digit) != 1 else 2)))


def in_digits_of(sample: str, value: int) -> str:
    """Write a number in the digits of a sample."""
    zero = ord(sample) - unicodedata.digit(sample)
    return "".join(chr(zero + int(digit)) for digit in str(value))


def tidy(text: str) -> str:
    """Take away the spaces that a cut leaves."""
    text = re.sub(r"(?<=\S) {2,}", " ", text)
    return re.sub(r" +(?=[.,;:!?।۔،؛、。，)]|$)", "", text)


def whole(pattern: str) -> re.Pattern[str]:
    """Return the pattern of a whole word in any script."""
    return re.compile(EDGE_BEFORE + pattern + EDGE_AFTER)
