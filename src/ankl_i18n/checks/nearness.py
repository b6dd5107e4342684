"""How much two numbers stand by words that say the same, by the catalog's own lexicon.

"42 % on the fingers and 15 % on the palms": where the translation of "fingers" stands by 15, two
numbers changed places. This needs no list of words; it needs a catalog that tells enough.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from ankl_i18n.checks.amounts import Amount
from ankl_i18n.checks.lexicon import Link
from ankl_i18n.checks.records import Pair, once

# So many characters from a number, a word belongs to it by 1/e; beyond `_FAR`, not at all.
_REACH: Final = 20
_FAR: Final = 5 * _REACH
# What separates a word from a number, and how much it then still belongs to it.
_ENDS: Final = re.compile(r"[.!?;](?=\s|$)|[.!?](?=[A-Z\"“])|[。！？；｡။።؟۔।؛)）]")
_PAUSES: Final = re.compile(r"[,:(（](?!\d)|[،、，：፣፤၊]")
_PAST_END, _PAST_PAUSE = 0.2, 0.5
# What a number has without any word, so that few words prove little.
_LEAST: Final = 0.04
_WORD: Final = re.compile(r"\w+")
_NUMBER: Final = re.compile(r"\d|(?<=[\d.,-])\w")


@once
def links_of(pair: Pair) -> tuple[Link, ...]:
    """Return the places in the prose of both texts that say the same; see `Lexicon.links`."""
    known = pair.lexicon
    return tuple(known.links(pair.msgid, pair.before.prose, pair.after.prose)) if known else ()


class Breaks:
    """A text with the places where words stop belonging together."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [match.start() for match in _ENDS.finditer(text)]
        self._pauses = [match.start() for match in _PAUSES.finditer(text)]

    def share(self, one: Amount, word: int) -> float:
        """Return how much the word at a place belongs to an amount, 0 to 1."""
        low, high = one.end, word
        if word < one.end:
            hit = _WORD.match(self._text, word)
            low, high = hit.end() if hit else word + 1, one.start
        return self.together(low, high, _REACH)

    def together(self, low: int, high: int, reach: float) -> float:
        """Return how much two places in their order belong together, at 1/e in some reach."""
        between = (_PAST_END ** _count(self._ends, low, high)) * (
            _PAST_PAUSE ** _count(self._pauses, low, high)
        )
        return between * math.exp(-max(high - low, 0) / reach)


def _count(places: Sequence[int], low: int, high: int) -> int:
    return max(0, bisect_left(places, high) - bisect_left(places, low))


class Nearness:
    """How much the words by an amount of the source are those by an amount of the translation."""

    def __init__(self, pair: Pair, before: str, after: str, amounts: Sequence[Amount]) -> None:
        """Look at the words that are not far from some amounts of the source."""
        self._before, self._after = Breaks(before), Breaks(after)
        begin = max(0, min(one.start for one in amounts) - _FAR)
        end = max(one.end for one in amounts) + _FAR + 1
        links = _links(pair, before, after, begin, end)
        self._links = sorted(links, key=lambda link: link.before)
        self._places = [link.before for link in self._links]

    def _common(self, one: Amount, other: Amount) -> float:
        """Return the sum of what words that stand by both amounts say."""
        low = bisect_left(self._places, one.start - _FAR)
        high = bisect_right(self._places, one.end + _FAR)
        return _LEAST + sum(
            link.weight
            * self._before.share(one, link.before)
            * self._after.share(other, link.after)
            for link in self._links[low:high]
            if other.start - _FAR <= link.after <= other.end + _FAR
        )

    def crossed(self, one: tuple[Amount, Amount], other: tuple[Amount, Amount]) -> float:
        """Return how much more two pairs of amounts fit if they change partners; 0: as much."""
        (ours, theirs), (mine, yours) = one, other
        return math.log(
            self._common(ours, yours)
            * self._common(mine, theirs)
            / (self._common(ours, theirs) * self._common(mine, yours))
        )


def _links(pair: Pair, before: str, after: str, begin: int, end: int) -> Iterator[Link]:
    """Yield words that say the same; numbers, which may be the ones that changed, are none."""
    known = pair.lexicon
    for link in known.links(pair.msgid, before, after, begin, end) if known else ():
        if not _NUMBER.match(before, link.before):
            yield link
