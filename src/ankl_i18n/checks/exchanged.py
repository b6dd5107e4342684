"""Two meanings of one family that stand in each other's place, while no word is missing.

"White in the morning, blue at night" and "blue in the morning, white at night" have the same
words, as have "in the fridge, not in the freezer" and the reverse. What tells them apart, in any
order of words: which of two goes with which of two others, and which one is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from ankl_i18n.checks.meanings import (
    COUNTED,
    DUTY,
    INTERVAL,
    NECESSITY,
    REACH,
    URGENCY,
    touched,
    words_of_family,
)
from ankl_i18n.checks.meanings_changed import LONG
from ankl_i18n.checks.negation import CLAUSE, ENGLISH, SENTENCE, denials, places
from ankl_i18n.checks.negation_words import ENGLISH_IDIOMS
from ankl_i18n.checks.records import Pair, base, once, small_letters
from ankl_i18n.languages.lookup import Hit
from ankl_i18n.languages.patterns import blanked

if TYPE_CHECKING:
    from ankl_i18n.languages import Language

# What belongs to a verb, and stands where its verb does.
_NO_PART: Final = frozenset((*COUNTED, DUTY, INTERVAL, NECESSITY, REACH, URGENCY, "exception"))
_ENGLISH_CLAUSE: Final = re.compile(r"[,;:.!?]\s|\s[–—-]\s|\b(?:but|rather)\b")
_BETWEEN: Final = re.compile(r"[,;:.!?]\s|\b(?:and|but|or|while|whereas|then)\b")

Meaning = frozenset[str]


class Two(NamedTuple):
    """The only two words of a family that a text has, in its order: of two meanings."""

    one: Hit[Meaning]
    other: Hit[Meaning]

    @property
    def meanings(self) -> frozenset[Meaning]:
        """What the two mean."""
        return frozenset((self.one.value, self.other.value))

    @property
    def names(self) -> tuple[str, str]:
        """The names of the two meanings."""
        return min(self.one.value), min(self.other.value)


@once
def exchanged(pair: Pair) -> Sequence[tuple[str, str]]:
    """Return two meanings each that stand in each other's place."""
    before, after = small_letters(pair)
    if len(before) > LONG or pair.msgid == pair.msgstr or not pair.markup:
        return ()
    ours = _twos(before, pair.source)
    if not ours:
        return ()
    theirs = {
        name: two
        for name in ours
        if (two := _two(after, pair.language, name)) and two.meanings == ours[name].meanings
    }
    families = dict.fromkeys(
        (*_in_pairs(before, ours, theirs), *_denied_instead(pair, ours, theirs))
    )
    return [ours[family].names for family in families]


@lru_cache(maxsize=4096)
def _twos(text: str, language: Language) -> Mapping[str, Two]:
    names = (name for name in touched(text, language) if name not in _NO_PART)
    return {name: two for name in names if (two := _two(text, language, name))}


def _two(text: str, language: Language, family: str) -> Two | None:
    """Return the two words that a text has of a family, if it has two, each of one meaning."""
    hits = words_of_family(language, family).find(text)
    if len(hits) != len(Two._fields) or any(len(hit.value) > 1 for hit in hits):
        return None
    two = Two(*hits)
    return two if len(two.meanings) == len(two) else None


def _in_pairs(before: str, ours: Mapping[str, Two], theirs: Mapping[str, Two]) -> Iterator[str]:
    """Yield a family whose two meanings each go with the other's partner in another family."""
    for name, another in combinations(theirs, 2):
        here = _couples(ours[name], ours[another])
        there = _couples(theirs[name], theirs[another])
        if here and there and here[0] != there[0] and _is_halved(before, here[1]):
            yield name


def _couples(one: Two, other: Two) -> tuple[frozenset[Meaning], Sequence[Hit[Meaning]]] | None:
    """Return what goes with what: of four words, the first two, and the last two."""
    hits = sorted((*one, *other))
    if any(hit.end > following.start for hit, following in pairwise(hits)):
        return None
    halves = hits[:2], hits[2:]
    if any(sum(hit in one for hit in half) != 1 for half in halves):
        return None
    return frozenset(frozenset(min(hit.value) for hit in half) for half in halves), hits


def _is_halved(text: str, hits: Sequence[Hit[Meaning]]) -> bool:
    """Tell whether a text joins its halves, and nothing within them."""
    gaps = [
        bool(_BETWEEN.search(text, hit.end, following.start)) for hit, following in pairwise(hits)
    ]
    return gaps == [False, True, False]


def _denied_instead(
    pair: Pair, ours: Mapping[str, Two], theirs: Mapping[str, Two]
) -> Iterator[str]:
    """Yield a family of which the other one of two meanings is denied."""
    words = denials(pair.language)
    before, after = small_letters(pair)
    if not words or not theirs or base(pair.source) != "en":
        return
    here = places(ENGLISH, blanked(ENGLISH_IDIOMS, before))
    after = blanked(words.empty, after)
    there = places(words.perhaps, after)
    if len(here) != 1 or len(there) != 1:
        return
    last = pair.language.data.negation.verbs_last
    for name, two in theirs.items():
        one = _denied(before, _ENGLISH_CLAUSE, here[0], ours[name], last=False)
        other = _denied(after, CLAUSE, there[0], two, last=last)
        if one and other and one != other:
            yield name


def _denied(
    text: str, clause: re.Pattern[str], place: int, two: Two, *, last: bool
) -> Meaning | None:
    """Return which of two meanings is denied by a word at some place."""
    start = max((one.end() for one in _ends(clause, text) if one.end() <= place), default=0)
    end = min(
        (one.start() for one in _ends(clause, text) if one.start() >= place), default=len(text)
    )
    hits = [hit for hit in two if start <= hit.start < end]
    if len(hits) == len(two):
        hits = [hit for hit in hits if (hit.start < place) == last]
    return hits[-1 if last else 0].value if hits else None


def _ends(clause: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    yield from clause.finditer(text)
    yield from SENTENCE.finditer(text)
