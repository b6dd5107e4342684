"""Two meanings of one family that stand in each other's place, while no word is missing.

"White in the morning, blue at night" and "blue in the morning, white at night" have the same
words, as have "in the fridge, not in the freezer" and the reverse. What tells them apart, in any
order of words: which of two goes with which of two others, and which one is denied.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations, pairwise
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.amount_compare import compared, number_texts
from ankl_i18n.checks.amounts import Amount, amounts, in_small
from ankl_i18n.checks.meanings import (
    COUNTED,
    DUTY,
    INTERVAL,
    NECESSITY,
    ORDER,
    REACH,
    SEQUENCE,
    URGENCY,
    touched,
    words_of_family,
)
from ankl_i18n.checks.meanings_changed import LONG
from ankl_i18n.checks.negation import CLAUSE, ENGLISH, SENTENCE, denials, places
from ankl_i18n.checks.negation_words import ENGLISH_IDIOMS
from ankl_i18n.checks.number_order import misplaced
from ankl_i18n.checks.records import Pair, base, once, small_letters
from ankl_i18n.checks.spelled import number_places
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
_COMMA: Final = re.compile(r"[,;:،؛、，；：፣፤၊]")
# The order of two steps, and a range.
_FIRST: Final = re.compile(r"\bfirst\b")
_THEN: Final = re.compile(r"\b(?:then|later|afterwards|after that|next)\b")
_RANGE: Final = re.compile(r"\s?(?:to|[-–—])\s?")
_BETWEEN: Final = re.compile(r"[,;.!?]\s|\b(?:and|but|or|while|whereas|then)\b")

Meaning = frozenset[str]
Partners = tuple[Amount, Amount]
Words = Sequence[Hit[Meaning]]
_TWO: Final = 2


@once
def exchanged(pair: Pair) -> Sequence[tuple[str, str]]:
    """Return two meanings each, or two amounts, that stand in each other's place."""
    before, after = small_letters(pair)
    if len(before) > LONG or pair.msgid == pair.msgstr or not pair.markup:
        return ()
    ours = _said(before, pair.source)
    theirs = _said_alike(after, pair.language, ours) if ours else {}
    found = [*_amounts_in_pairs(pair)]
    if theirs:
        found += _in_pairs(before, ours, theirs)
        found += _denied_instead(pair, ours, theirs)
        found += _turned(before, ours, theirs)
        found += _numbers_in_pairs(pair, ours, theirs)
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
    """Yield two amounts that each go with the other's partner: 1 in the morning, 2 at night; or
    with the other's weight: 5 ml for 10 to 15 kg, 7 ml for 16 to 20 kg.
    """
    both = number_texts(pair)
    if not both or not _has_pairs(both[0], pair.source):
        return
    by_unit = _amounts_by_unit(both[0], compared(pair).pairs)
    if not by_unit:
        return
    before, after = (in_small(text) for text in both)
    ours = _said(before, pair.source)
    others = [
        *((ours[name], theirs) for name, theirs in _said_alike(after, pair.language, ours).items()),
        *by_unit,
    ]
    for here, there in by_unit:
        if any(_are_crossed(before, (here, mine), (there, theirs)) for mine, theirs in others):
            if not any(misplaced(pair, *both)):  # which the check of their order reports
                yield here[0].word, here[1].word
            return


def _numbers_in_pairs(
    pair: Pair, ours: Mapping[str, Words], theirs: Mapping[str, Words]
) -> Iterator[tuple[str, str]]:
    """Yield two numbers in words that each go with the other's partner: one in the morning, two
    at night.
    """
    before, after = small_letters(pair)
    here = _number_words(before, pair.source)
    there = _number_words(after, pair.language) if here else ()
    if not here or _meanings(here) != _meanings(there):
        return
    for name, hits in theirs.items():
        if _are_crossed(before, (here, ours[name]), (there, hits)):
            yield here[0].word, here[1].word
            return


@lru_cache(maxsize=4096)
def _number_words(text: str, language: Language) -> Words:
    """Return the two numbers of a text that are words, if it has just two."""
    found = [
        Hit(start, end, frozenset((str(value),)), text[start:end])
        for value, start, end in number_places(text, language)
    ]
    return found if len(found) == _TWO == len(_meanings(found)) else ()


@lru_cache(maxsize=4096)
def _has_pairs(before: str, source: Language) -> bool:
    """Tell whether a source has two amounts, and two of something that these may belong to."""
    number = len(amounts(before, source))
    said = _said(in_small(before), source).values() if number >= _TWO else ()
    return number >= _TWO + _TWO or any(len(hits) == _TWO for hits in said)


def _amounts_by_unit(before: str, pairs: Sequence[Partners]) -> list[tuple[Words, Words]]:
    """Return the amounts of each unit that both texts have two of; a range counts as one."""
    ranges: list[list[Partners]] = []
    for both in sorted(pairs, key=lambda both: both[0].start):
        last, one = ranges[-1][-1][0] if ranges else None, both[0]
        if last and last.unit in {"", one.unit} and _RANGE.fullmatch(before, last.end, one.start):
            ranges[-1].append(both)
        else:
            ranges.append([both])
    by_unit: dict[str, list[list[Partners]]] = defaultdict(list)
    for one_range in ranges:
        by_unit[one_range[-1][0].unit].append(one_range)
    found = [
        tuple([_span([both[side] for both in one_range]) for one_range in two] for side in (0, 1))
        for two in by_unit.values()
        if len(two) == _TWO
    ]
    return [(ours, theirs) for ours, theirs in found if ours[0].value != ours[1].value]


def _span(ends: Sequence[Amount]) -> Hit[Meaning]:
    """Return where an amount or a range stands, and what it is."""
    values = [one.value for one in ends]
    start, end = min(one.start for one in ends), max(one.end for one in ends)
    return Hit(start, end, frozenset(("–".join(sorted(values)),)), "–".join(values))


def _turned(
    before: str, ours: Mapping[str, Words], theirs: Mapping[str, Words]
) -> Iterator[tuple[str, str]]:
    """Yield two meanings whose order was turned: first the one, then the other."""
    if not _FIRST.search(before):
        return
    for name, hits in theirs.items():
        if name in {ORDER, SEQUENCE} or len(hits) != _TWO:
            continue
        one, other = ours[name]
        if _THEN.search(before, one.end) and one.value != hits[0].value:
            yield min(one.value), min(other.value)


def _denied_instead(
    pair: Pair, ours: Mapping[str, Words], theirs: Mapping[str, Words]
) -> Iterator[tuple[str, str]]:
    """Yield a meaning that is denied now, and one that is no longer."""
    words = denials(pair.language)
    before, after = small_letters(pair)
    if not words or base(pair.source) != "en":
        return
    here = places(ENGLISH, blanked(ENGLISH_IDIOMS, before))
    after = blanked(words.empty, after)
    if len(here) != 1:
        return
    last = pair.language.data.negation.verbs_last
    for name, hits in theirs.items():
        there = places(words.perhaps, _without(hits, after))
        if len(there) != 1:
            continue
        one = _denied(before, _ENGLISH_CLAUSE, here[0], ours[name], last=False)
        if not _is_contrast(before, ours[name], one):
            continue
        other = _denied(after, CLAUSE, there[0], hits, last=last)
        if one - other and other - one:
            yield min(other - one), min(one - other)


def _without(hits: Words, text: str) -> str:
    """Return a text without some words, which may deny something themselves: "without food"."""
    for hit in hits:
        text = text[: hit.start] + "_" * (hit.end - hit.start) + text[hit.end :]
    return text


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
    if not near and clause is CLAUSE:  # "A можно, а B — нельзя"
        return _denied(text, _COMMA, place, hits, last=last)
    if len(near) == len(hits):
        beside = [hit for hit in near if (hit.start < place) == last]
        if clause is _ENGLISH_CLAUSE:  # "do not eat or drink"
            return frozenset(min(hit.value) for hit in beside)
        near = beside if len(beside) < len(hits) else beside[-1:] if last else beside[:1]
    return frozenset(min(hit.value) for hit in near)
