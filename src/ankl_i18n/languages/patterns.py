r"""Lists of words and phrases, as language files have them, to regular expressions.

A word stands alone; `*` at its beginning, at its end or inside stands for any letters, and
`(a|b|)` for one of several. Where a script has no spaces between words, a word may stand
anywhere. `/…/` is a regular expression, for the few words that nothing else finds.

Texts are searched in small letters: expressions that ignore case are several times slower.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NEVER: Final = r"(?!)"
_PIECE: Final = re.compile(r"[*()|]|\s+|[^*()|\s]+")


@cache
def marks() -> str:
    r"""Return the marks that are written on letters, which `\w` leaves out, as part of a set."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x1A00):
        if unicodedata.category(chr(code)).startswith("M"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


@cache
def expression(words: tuple[str, ...], *, spaces: bool = True) -> str:
    """Return a regular expression that finds any of some words, long ones before short ones."""
    by_edges: dict[tuple[bool, bool], list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        by_edges.setdefault(_edges(word, spaces), []).append(_word(word))
    found = (
        ("(?<!L)" if start else "") + "(?:" + "|".join(bodies) + ")" + ("(?!L)" if end else "")
        for (start, end), bodies in by_edges.items()
    )
    return "|".join(found).replace("L", rf"[\w{marks()}]") or NEVER


@cache
def pattern(words: tuple[str, ...], *, spaces: bool = True) -> re.Pattern[str]:
    """Return the compiled expression of some words, for texts in small letters."""
    return re.compile(expression(words, spaces=spaces))


def _edges(word: str, spaces: bool) -> tuple[bool, bool]:
    """Tell whether no letter may stand before, and after, a word."""
    if _is_expression(word):
        return False, False
    bare = word.strip("*")
    start = spaces and not word.startswith("*") and _is_letter(bare[0])
    return start, spaces and not word.endswith("*") and _is_letter(bare[-1])


def _is_expression(word: str) -> bool:
    return len(word) > len("//") and word[0] == word[-1] == "/"


def _word(word: str) -> str:
    if _is_expression(word):
        return f"(?:{word[1:-1]})"
    return "".join(map(_piece, _PIECE.findall(word.strip("*").lower())))


def _is_letter(c: str) -> bool:
    return c in "()" or c.isalnum() or unicodedata.category(c).startswith("M")


def _piece(piece: str) -> str:
    if piece in "()|":
        return "(?:" if piece == "(" else piece
    if piece == "*":
        return "L*"
    return r"\s+" if piece.isspace() else re.escape(piece)


def join(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return one list of several."""
    return tuple(word for words in lists for word in words)
