"""How one text became another, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

# Scripts written without spaces between words, which are compared by character: Thai, Lao,
# Tibetan, Myanmar, Khmer, kana, Han. Their vowel signs and tone marks stay with the character.
UNSPACED: Final = (
    r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3003-\u3007\u3021-\u30ff"
    r"\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
MARKS: Final = (
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u0f8d-\u0fbc"
    r"\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u17dd\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
# ASCII, Latin-1, general, CJK and full-width signs, and those of Arabic and Devanagari.
SIGNS: Final = (
    r"!-/:-@\[-`{-~\u00a1-\u00bf\u060c\u061b\u061f\u066a-\u066c\u06d4\u0964\u0965"
    r"\u2010-\u2bff\u3000-\u3002\u3008-\u3020\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
# A number with its separators is one word, and so are ranges, times and dates: a changed dose
# is shown whole.
TOKEN: Final = re.compile(
    rf"\s+|\d+(?:[.,:/\u066b\u066c\u2013-]\d+)*|[{UNSPACED}][{MARKS}]*|[^\s{UNSPACED}{SIGNS}]+|.",
    re.DOTALL,
)
# More pairs of words than this are not compared one by one.
LIMIT: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of text: in both texts where `old` and `new` are the same, else replaced."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        """Whether nothing was edited here."""
        return self.old == self.new


def word_diff(old: str, new: str) -> tuple[Edit, ...]:
    """Return the runs that two texts have in common and those that were edited, in order.

    The `old` of all edits together are the old text, the `new` the new text.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    middle = _compared(before[start : len(before) - end], after[start : len(after) - end])
    head, tail = "".join(before[:start]), "".join(before[len(before) - end :])
    return tuple(_merged([Edit(head, head), *middle, Edit(tail, tail)]))


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _compared(before: Sequence[str], after: Sequence[str]) -> list[Edit]:
    if len(before) * len(after) > LIMIT:
        return [Edit("".join(before), "".join(after))]
    # Spaces are no place to meet again: only words are.
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=False)
    return [
        Edit("".join(before[a:b]), "".join(after[c:d])) for _, a, b, c, d in matcher.get_opcodes()
    ]


def _merged(edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits without empty ones, neighbours of the same sort made one."""
    merged: list[Edit] = []
    for edit in edits:
        if not edit.old and not edit.new:
            continue
        if merged and merged[-1].same == edit.same:
            last = merged.pop()
            edit = Edit(last.old + edit.old, last.new + edit.new)  # noqa: PLW2901
        merged.append(edit)
    return merged
