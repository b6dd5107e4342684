"""Two meanings of one family that stand in each other's place, while no word is missing.

"White in the morning, blue at night" and "blue in the morning, white at night" have the same
words, as have "in the fridge, not in the freezer" and the reverse. What tells them apart, in any
order of words: which of two goes with which of two others, and which one is denied.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations, pairwise
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.amount_compare import compared, number_texts
from ankl_i18n.checks.amounts import in_small
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
from ankl_i18n.checks.number_order import misplaced
from ankl_i18n.checks.records import Pair, base, once, small_letters
from ankl_i18n.languages.lookup import Hit
from ankl_i18n.languages.patterns import blanked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ankl_i18n.languages import Language

# What belongs to a verb, and stands where its verb does.
_NO_PART: Final = frozenset((*COUNTED, DUTY, INTERVAL, NECESSITY, REACH, URGENCY, "exception"))
_ENGLISH_CLAUSE: Final = re.compile(r"[,;:.!?]\s|\s[–—-]\s|\b(?:but|rather)\b")
# What only lists several things: "eyes, nose, or mouth".
_LISTS: Final = re.compile(r",?(?: (?:and|or|nor|the|your|their|his|her))* ?")
_BETWEEN: Final = re.compile(r"[,;:.!?]\s|\b(?:and|but|or|while|whereas|then)\b")

Meaning = frozenset[str]


Words = Sequence[Hit[Meaning]]
_TWO: Final = 2


@once
def exchanged(pair: Pair) -> Sequence[tuple[str, str]]:
    """Return two meanings each, or two amounts, that stand in each other's place."""
    before, after = small_letters(pair)
    if len(before) > LONG or pair.msgid == pair.msgstr or not pair.markup:
        return ()
    ours = _said(before, pair.source)
    if not ours:
        return ()
    theirs = _said_alike(after, pair.language, ours)
    found = [
        *_in_pairs(before, ours, theirs),
        *_denied_instead(pair, ours, theirs),
        *_amounts_in_pairs(pair),
    ]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _said(text: str, language: Language) -> Mapping[str, Words]:
    names = (name for name in touched(text, language) if name not in _NO_PART)
    return {name: hits for name in names if (hits := _hits(text, language, name))}


def _said_alike(text: str, language: Language, ours: Mapping[str, Words]) -> Mapping[str, Words]:
    """Return the words of families for all that a source says of them, once each."""
    hits = {name: _hits(text, language, name) for name in ours}
    return {name: hits[name] for name in ours if _meanings(hits[name]) == _meanings(ours[name])}


def _meanings(hits: Words) -> frozenset[Meaning]:
    return frozenset(hit.value for hit in hits)


def _hits(text: str, language: Language, family: str) -> Words:
    """Return the words that a text has of a family, if it has several, each of another meaning.

    The same said twice in a row counts once: "in the left ear, the left one only".
    """
    found = words_of_family(language, family).find(text)
    hits = [hit for i, hit in enumerate(found) if not i or hit.value != found[i - 1].value]
    if len(hits) < _TWO or any(len(hit.value) > 1 for hit in hits):
        return ()
    return hits if len(_meanings(hits)) == len(hits) else ()


def _in_pairs(
    before: str, ours: Mapping[str, Words], theirs: Mapping[str, Words]
) -> Iterator[tuple[str, str]]:
    """Yield two meanings that each go with the other's partner, in another family."""
    for name, another in combinations(theirs, 2):
        if _are_crossed(before, (ours[name], ours[another]), (theirs[name], theirs[another])):
            one, other = ours[name]
            yield min(one.value), min(other.value)


def _are_crossed(before: str, ours: tuple[Words, Words], theirs: tuple[Words, Words]) -> bool:
    """Tell whether of two pairs of words, each goes with the other one of the second pair."""
    here, there = _couples(*ours), _couples(*theirs)
    return bool(here and there and here != there) and _is_halved(before, sorted(chain(*ours)))


def _couples(one: Words, other: Words) -> frozenset[Meaning] | None:
    """Return what goes with what: of four words, the first two, and the last two."""
    hits = sorted((*one, *other))
    overlap = any(hit.end > following.start for hit, following in pairwise(hits))
    if overlap or not len(one) == len(other) == _TWO:
        return None
    halves = hits[:_TWO], hits[_TWO:]
    if any(sum(hit in one for hit in half) != 1 for half in halves):
        return None
    return frozenset(frozenset(min(hit.value) for hit in half) for half in halves)


def _is_halved(text: str, hits: Words) -> bool:
    """Tell whether a text joins its halves, and nothing within them."""
    gaps = [
        bool(_BETWEEN.search(text, hit.end, following.start)) for hit, following in pairwise(hits)
    ]
    return gaps == [False, True, False]


def _amounts_in_pairs(pair: Pair) -> Iterator[tuple[str, str]]:
    """Yield two amounts that each go with the other's partner: 1 in the morning, 2 at night."""
    both, pairs = number_texts(pair), compared(pair).pairs
    if not both or len(pairs) != _TWO or pairs[0][0].value == pairs[1][0].value:
        return
    before, after = (in_small(text) for text in both)
    amounts = [
        [Hit(one.start, one.end, frozenset((one.value,)), "") for one in side]
        for side in zip(*pairs, strict=True)
    ]
    ours = _said(before, pair.source)
    for name, theirs in _said_alike(after, pair.language, ours).items():
        if _are_crossed(before, (amounts[0], ours[name]), (amounts[1], theirs)):
            if not any(misplaced(pair, *both)):  # which the check of their order reports
                yield pairs[0][0].value, pairs[1][0].value
            return


def _denied_instead(
    pair: Pair, ours: Mapping[str, Words], theirs: Mapping[str, Words]
) -> Iterator[tuple[str, str]]:
    """Yield a meaning that is denied now, and one that is no longer."""
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
    for name, hits in theirs.items():
        one = _denied(before, _ENGLISH_CLAUSE, here[0], ours[name], last=False)
        if not _is_contrast(before, ours[name], one):
            continue
        other = _denied(after, CLAUSE, there[0], hits, last=last)
        if one - other and other - one:
            yield min(other - one), min(one - other)


def _is_contrast(before: str, hits: Words, denied: frozenset[str]) -> bool:
    """Tell whether a text says one meaning of which it denies all others, and is no mere list."""
    said = [i for i, hit in enumerate(hits) if min(hit.value) not in denied]
    if len(said) != 1 or not denied:
        return False
    i = said[0]
    return not i or not _LISTS.fullmatch(before, hits[i - 1].end, hits[i].start)


def _denied(
    text: str, clause: re.Pattern[str], place: int, hits: Words, *, last: bool
) -> frozenset[str]:
    """Return which of some meanings are denied by a word at some place: not all, or none."""
    ends = [*clause.finditer(text), *SENTENCE.finditer(text)]
    start = max((one.end() for one in ends if one.end() <= place), default=0)
    end = min((one.start() for one in ends if one.start() >= place), default=len(text))
    near = [hit for hit in hits if start <= hit.start < end]
    if len(near) == len(hits):
        beside = [hit for hit in near if (hit.start < place) == last]
        near = beside if len(beside) < len(hits) else beside[-1:] if last else beside[:1]
    return frozenset(min(hit.value) for hit in near)
