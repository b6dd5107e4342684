"""Numbers that changed places: 1 tablet 2 times is not 2 tablets 1 time.

Three things tell it, each of them weak, together strong: nouns, units and months that stand by the
numbers; words by them that say the same, by the catalog's own lexicon; and the numbers' order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise
from typing import Final

from ankl_i18n.checks.amount_compare import compared
from ankl_i18n.checks.amounts import Amount
from ankl_i18n.checks.belongings import NOTHING, Belongings, belongings, likeness
from ankl_i18n.checks.nearness import Nearness
from ankl_i18n.checks.records import Pair

# What the evidence weighs, and how much of it is enough; found with numbers of TICO-19 that were
# exchanged at random. Order tells more where a language mostly keeps that of English, and in
# lists: of 370 pairs of neighbors with one unit, or each in brackets, none stood the other way,
# nor did any of 1000 pairs with the end of a sentence between, and of 500 with a semicolon one.
_BELONGS, _LIST, _ORDER, _ORDER_FREE = 0.8, 3.0, 2.5, 0.8
ENOUGH: Final = 1.6
# What words by the numbers weigh at most: they need not be looked at where all else denies it.
_WORDS: Final = 2.6
# Two numbers with more others between them are not compared.
_BETWEEN: Final = 8

Partners = tuple["Amount", "Amount"]
# "1 in 10", "3 (30 %) of the 10", "3 people of China's 31", "10, including 3": many languages
# say the whole before its part, or the part before the whole.
_WHOSE: Final = r"(?: (?:the|its|their|these|all|every|each|your|our|other|[\w-]+['’]s?))*"
_SHARE: Final = re.compile(
    r"(?: \([^()]*\))?(?: [\w-]+){0,2},?"
    rf" (?:in|out of|of|per|among|from){_WHOSE} "
    r"|[^\d.;]{0,60}\b(?:includ(?:ing|ed)|of (?:whom|which|these|them))\b[^\d.;]{0,20}",
    re.IGNORECASE,
)
# "From 13 in the north to 8 in the south" may be said from either end.
_FROM: Final = re.compile(r"\b(?:from|between) $")
_TO: Final = re.compile(r"[^,;:.]*\b(?:to|and) ")
_FROM_REACH: Final = len("between ")
_OF_WHOLE: Final = re.compile(
    r"\b(?:among|out of|of)(?: (?:the|all|these|those))* $", re.IGNORECASE
)
_BEFORE_WHOLE: Final = len(" out of all these ")
_LISTED: Final = re.compile(r"\band\b|,")
# "20 % than in the 15 %" may be said from either end, "20 % versus 15 %" may not.
_COMPARED: Final = re.compile(r"\b(?:than|compared)\b")
_OPPOSED: Final = re.compile(r"\b(?:versus|vs|whereas|while)\b|;\s")
# The end of a sentence, surely; in English texts often without a space after it.
_ENDED: Final = re.compile(r"(?:(?<=\w\w\w)|(?<=[\d)\]\"”%]))[.!?](?=\s+[\"“(]?[A-Z]|[A-Z])")
_LINK: Final = re.compile(r"[- –—/:]{0,3}(?:to )?")
_ENUMERATED: Final = re.compile(r",? (?:and|or) |, ")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
# A full stop, not that of "U.S.".
_SENTENCE: Final = re.compile(r"(?:(?<=[\w)\]\"”’%]{2})[.!?]|[؟۔।॥።])(?=[\s\"”’»)]|$)|[。！？｡။]")
# So near to one another are numbers that belong together, and the two of a range or a share.
_NEAR: Final = 6
_TOGETHER: Final = 20


def misplaced(pair: Pair, before: str, after: str) -> Iterator[tuple[Amount, Amount]]:
    """Yield two amounts of the source whose partners stand where the other's should."""
    pairs = compared(pair).pairs
    if len(pairs) < len("ab"):
        return
    is_moved = any(here.start > following.start for (_, here), (_, following) in pairwise(pairs))
    moved = _moved(pairs, before, after) if is_moved else ()
    yield from islice(chain(moved, _exchanged(pair, before, after)), 1)


def _moved(pairs: Sequence[Partners], before: str, after: str) -> Iterator[tuple[Amount, Amount]]:
    """Yield two amounts that surely stand in each other's bracket or sentence."""
    yield from _bracketed(pairs, before)
    yield from _other_sentences([one for one in pairs if not _certain(*one)], before, after)


def _exchanged(pair: Pair, before: str, after: str) -> Iterator[tuple[Amount, Amount]]:
    """Yield the two amounts that most surely fit better in each other's place."""
    pairs = _single(compared(pair).pairs)
    if len(pairs) < len("ab"):
        return
    ours = belongings(before, pair.source, source=True)
    theirs = belongings(after, pair.language, source=False)
    pairs = [both for both in pairs if not _at(both[1], theirs).numeral]
    fits = _fitting(ours, theirs)
    keeps_order = pair.language.data.numbers.kept_order
    likely: list[tuple[float, Partners, Partners]] = []
    for i, j in _candidates(pairs, before, ours):
        (one, here), (other, other_place) = pairs[i], pairs[j]
        days = [
            (month, _at(place, theirs).month)
            for amount, place in (pairs[i], pairs[j])
            if (month := _at(amount, ours).month)
        ]
        if _is_kept(pairs[i], pairs[j]) or (len(days) == 1 and days[0][0] == days[0][1]):
            continue
        gain = (
            fits(one, other_place) + fits(other, here) - fits(one, here) - fits(other, other_place)
        )
        months = _at(one, ours).month, _at(other, ours).month
        order = _order(one, other, j == i + 1, months, before)
        order = max(order, _ORDER if keeps_order else _ORDER_FREE) if order is not None else 0
        turned = 1 if here.start > other_place.start else -1
        evidence = _BELONGS * gain + order * turned
        if evidence >= ENOUGH - _WORDS:
            likely.append((evidence, pairs[i], pairs[j]))
    if not likely:
        return
    near = Nearness(pair, before, after, [one for _, *two in likely for one, _ in two])
    weighed = ((evidence + near.crossed(*two), two) for evidence, *two in likely)
    evidence, (first, second) = max(weighed, key=lambda one: one[0])
    if evidence >= ENOUGH:
        yield first[0], second[0]


def _is_kept(one: Partners, other: Partners) -> bool:
    """Tell whether two amounts have kept bounds that tell them apart: over 50, and under 10."""
    bounds = one[0].bound, other[0].bound
    return all(bounds) and bounds[0] != bounds[1] and bounds == (one[1].bound, other[1].bound)


def _single(pairs: Sequence[Partners]) -> list[Partners]:
    """Return the amounts that stand once, without names and years."""
    often = Counter(one.value for one, _ in pairs if not one.named)
    return [both for both in pairs if often[both[0].value] == 1 and not _is_name(both[0])]


def _candidates(
    pairs: Sequence[Partners], before: str, ours: Mapping[int, Belongings]
) -> Iterator[tuple[int, int]]:
    """Yield which amounts may have been swapped: not the ends of a range (see `signs.ranges`),
    nor days of two months (see `days`), nor one of two that stand together in both texts.
    """
    mates = _mates(pairs, before)
    for i, (one, _) in enumerate(pairs):
        for j in range(i + 1, min(i + 2 + _BETWEEN, len(pairs))):
            other = pairs[j][0]
            months = _at(one, ours).month, _at(other, ours).month
            link = _ENUMERATED if any(months) else _LINK  # "3 and 4 February"
            linked = j == i + 1 and (one.joined or link.fullmatch(before, one.end, other.start))
            days = all(months) and months[0] != months[1]
            if not linked and not days and mates.get(i, j) == j and mates.get(j, i) == i:
                yield i, j


def _mates(pairs: Sequence[Partners], before: str) -> dict[int, int]:
    """Return which amounts are a range, or a part and its whole, and still stand together."""
    mates: dict[int, int] = {}
    for i, ((one, here), (other, following)) in enumerate(pairwise(pairs)):
        apart = max(following.start - here.end, here.start - following.end)
        if apart <= _TOGETHER and (one.joined or _SHARE.fullmatch(before, one.end, other.start)):
            mates.setdefault(i, i + 1)
            mates[i + 1] = i
    return mates


def _order(
    one: Amount, other: Amount, neighbors: bool, months: tuple[str, str], before: str
) -> float | None:
    """Return what the order of two amounts weighs at least; None: they may be said either way.

    Across sentences it is kept, and where two are said alike: 42 % here, and 15 % there. `months`
    are those of days, or tell that numbers are times of day.
    """
    between = before[one.end : other.start]
    same_month = all(months) and months[0] == months[1]
    if _ENDED.search(between) or _ENUMERATED.fullmatch(between):
        return _LIST
    if not same_month and _is_share(one, other, before):
        return None
    alike = (one.unit and one.unit == other.unit) or (one.inside and other.inside)
    if not (alike or (same_month and neighbors)):
        return 0
    if _OPPOSED.search(between) and (";" in between or not _COMPARED.search(between)):
        return _LIST
    is_list = _LISTED.search(between) and not _COMPARED.search(between)
    return (_LIST if neighbors else _ORDER) if is_list else 0


def _is_share(one: Amount, other: Amount, before: str) -> bool:
    """Tell whether two amounts are a part and its whole, or two ends, in any order."""
    whole = _OF_WHOLE.search(before, max(0, one.start - _BEFORE_WHOLE), one.start)
    first = _FROM.search(before, max(0, one.start - _FROM_REACH), one.start)
    ends = first and _TO.fullmatch(before, one.end, other.start)
    return bool(whole or ends or _SHARE.fullmatch(before, one.end, other.start))


def _at(one: Amount, places: Mapping[int, Belongings]) -> Belongings:
    return places.get(one.start, NOTHING)


def _fitting(
    ours: Mapping[int, Belongings], theirs: Mapping[int, Belongings]
) -> Callable[[Amount, Amount], float]:
    """Return what tells how well an amount of the translation fits one of the source."""

    def fits(one: Amount, other: Amount) -> float:
        return likeness(one, _at(one, ours), other, _at(other, theirs))

    return fits


def _certain(one: Amount, other: Amount) -> bool:
    """Tell whether an amount cannot be taken for another one: a year, a name, the same unit."""
    return _is_name(one) or (bool(one.unit) and one.unit == other.unit)


def _is_name(one: Amount) -> bool:
    return one.named or bool(_YEAR.fullmatch(one.value))


def _bracketed(pairs: Sequence[Partners], before: str) -> Iterator[tuple[Amount, Amount]]:
    """Yield the number before a bracket and the one in it, where others stand there now."""
    ordered = sorted(pairs, key=lambda pair: pair[1].start)
    previous = {id(b[1]): a for a, b in pairwise(ordered)}
    last = 0
    for first, second in pairwise(pairs):
        one, other = first[0], second[0]
        shared, last = _SHARE.fullmatch(before, last, one.start), one.end
        if not other.inside or other.start - one.end > _NEAR or not second[1].inside or shared:
            continue  # "3 of 10 (30 %)"
        here = previous.get(id(second[1]))
        if here and here[0].value != one.value and second[1].start - here[1].end <= _NEAR:
            yield one, other


def _other_sentences(
    pairs: Sequence[Partners], before: str, after: str
) -> Iterator[tuple[Amount, Amount]]:
    """Yield two amounts that went to each other's sentence, where there are as many."""
    ends, after_ends = ([m.end() for m in _SENTENCE.finditer(text)] for text in (before, after))
    if len(ends) != len(after_ends) or len(ends) < len("ab"):
        return
    moved: list[tuple[int, int, Amount]] = []
    for one, other in pairs:
        place, other_place = _index(ends, one.start), _index(after_ends, other.start)
        if place != other_place:
            moved.append((place, other_place, one))
    for i, (place, other_place, one) in enumerate(moved):
        for back, to, other in moved[i + 1 : i + 5]:
            if (back, to) == (other_place, place) and one.value != other.value:
                yield one, other
                return


def _index(ends: Sequence[int], place: int) -> int:
    return bisect_right(ends, place)
