"""The parts of an English text that a translation may leave out: alternatives and conditions.

A translation that leaves out a part has often left out its first words alone, or those that
stand nearest to the "or".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple


class Part(NamedTuple):
    """The places of a part's first character and behind its last one; `back`: its last words,
    and not its first, are nearest to the "or".
    """

    begin: int
    end: int
    back: bool = False


# What ends a part: signs, and words that begin another one or the verb.
_SIGN: Final = r"[,;:.!?](?=\s|$)|[.!?](?=[a-z])|[\"()]"
_ALTERNATIVE_ENDS: Final = re.compile(
    rf"{_SIGN}|\b(?:or|and|but|that|which|who|if|when|while|because|is|are|was|were|has|have|had"
    r"|can|may|might|should|will|would|must)\b"
)
_CONDITION_ENDS: Final = re.compile(rf"{_SIGN}|\bor\b")
_ITEM_ENDS: Final = re.compile(r"[,;:.!?](?=\s|$)|[.!?](?=[A-Z])|[()]|,? and (?=\w+[,.;)])")
_OR: Final = re.compile(r"\bor\b")
_IF: Final = re.compile(r"\b(?:if|unless)\b")


def alternatives(text: str) -> Iterator[Part]:
    """Yield what stands behind and before each "or" of a text in small letters."""
    for match in _OR.finditer(text):
        yield Part(match.start(), _end(_ALTERNATIVE_ENDS, text, match.end()))
        ends = [end.end() for end in _ALTERNATIVE_ENDS.finditer(text, 0, match.start())]
        yield Part(ends[-1] if ends else 0, match.end(), back=True)


def conditions(text: str) -> Iterator[Part]:
    """Yield what stands behind each "if" of a text in small letters."""
    for match in _IF.finditer(text):
        yield Part(match.start(), _end(_CONDITION_ENDS, text, match.end()))


def items(text: str) -> Iterator[Part]:
    """Yield what stands between the commas and semicolons of a text."""
    ends = [0, *(one.end() for one in _ITEM_ENDS.finditer(text)), len(text)]
    for begin, end in pairwise(ends):
        yield Part(begin, end)


def _end(ends: re.Pattern[str], text: str, start: int) -> int:
    end = ends.search(text, start)
    return end.start() if end else len(text)
