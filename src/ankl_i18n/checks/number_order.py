"""Numbers that changed places: 1 tablet 2 times is not 2 tablets 1 time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.belongings import NOTHING, belongings, likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ankl_i18n.checks.amounts import Amount
    from ankl_i18n.checks.belongings import Belongings
    from ankl_i18n.languages import Language

# By so much two amounts must fit better in each other's place: both, or one of them.
SURE: Final = 1.5
SURE_BY_ONE: Final = 3.0
# Where they fit so much worse, another order is only that.
UNLIKELY: Final = -1.0

Partners = tuple["Amount", "Amount"]
# "1 in 10", "3 (30 %) of the 10", "3 people of China's 31", "10, including 3": many languages
# say the whole before its part, or the part before the whole.
_WHOSE: Final = r"(?: (?:the|its|their|these|all|every|each|your|our|other|[\w-]+['’]s?))*"
_SHARE: Final = re.compile(
    r"(?: \([^()]*\))?(?: [\w-]+){0,2},?"
    rf" (?:(?:in|out of|of|per|among|from){_WHOSE}|(?:including|included)(?: only)?) ",
    re.IGNORECASE,
)
# Days of a month are compared as such (`days`), and come first in many languages.
_DAY: Final = re.compile(
    r"\b(?:jan|febr)uary|\bmarch|\bapril|\b(?:may|june|july|august)\b|\b(?:sept|nov|dec)ember"
    r"|\boctober",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"[- –—/:]{0,3}(?:(?:and|or|to) )?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SENTENCE: Final = re.compile(r"[.!?؟۔।॥።](?=[\s\"”’»)]|$)|[。！？｡။]")
# So near to one another are numbers that belong together.
_NEAR: Final = 6


def misplaced(
    pairs: Sequence[Partners], before: str, after: str, source: Language, language: Language
) -> Iterator[tuple[Amount, Amount]]:
    """Yield amounts of the source whose partners stand where the other's should."""
    alone = [pair for pair in pairs if not _certain(*pair)]
    if len({one.value for one, _ in alone}) < len("ab"):
        return
    found = [
        *_bracketed(pairs, before),
        *_other_sentences(alone, before, after),
        *_by_belongings(
            [pair for pair in pairs if not _is_name(pair[0])], before, after, source, language
        ),
    ]
    if found or not language.data.numbers.kept_order:
        yield from found[:1]
        return
    fits = _fitting(before, after, source, language)
    by_start = {one.start: here for one, here in pairs}
    for one, other in _exchanged(alone, before):
        here, there = by_start[one.start], by_start[other.start]
        if fits(one, there) + fits(other, here) - fits(one, here) - fits(other, there) > UNLIKELY:
            yield one, other


def _by_belongings(
    pairs: Sequence[Partners], before: str, after: str, source: Language, language: Language
) -> Iterator[tuple[Amount, Amount]]:
    """Yield two neighbors of which each stands by what belongs to the other."""
    fits = _fitting(before, after, source, language)
    ours = belongings(before, source, source=True)
    theirs = belongings(after, language, source=False)
    often = Counter(one.value for one, _ in pairs)
    single = [
        (one, other)
        for one, other in _without_ranges(pairs, before)
        if not _is_name(one)
        and often[one.value] == 1
        and not theirs.get(other.start, NOTHING).numeral
    ]
    ordered = sorted(single, key=lambda pair: pair[1].start)
    for (one, here), (other, there) in dict.fromkeys((*pairwise(ordered), *pairwise(single))):
        days = (_at(one, ours), _at(other, ours), _at(here, theirs), _at(there, theirs))
        if all(day.month for day in days):
            continue  # see `days`
        gains = fits(one, there) - fits(one, here), fits(other, here) - fits(other, there)
        enough = SURE if min(gains) > 0 else SURE_BY_ONE
        if one.value != other.value and sum(gains) >= enough:
            yield one, other


def _at(one: Amount, places: Mapping[int, Belongings]) -> Belongings:
    return places.get(one.start, NOTHING)


def _fitting(
    before: str, after: str, source: Language, language: Language
) -> Callable[[Amount, Amount], float]:
    """Return what tells how well an amount of the translation fits one of the source."""
    ours = belongings(before, source, source=True)
    theirs = belongings(after, language, source=False)

    def fits(one: Amount, other: Amount) -> float:
        return likeness(one, _at(one, ours), other, _at(other, theirs))

    return fits


def _without_ranges(pairs: Sequence[Partners], before: str) -> Iterator[Partners]:
    """Leave out the ends of ranges and days such as "3 and 4 May"."""
    linked = {
        id(one)
        for (low, _), (high, _) in pairwise(pairs)
        if low.joined or _LINK.fullmatch(before, low.end, high.start)
        for one in (low, high)
    }
    return (pair for pair in pairs if id(pair[0]) not in linked)


def _exchanged(pairs: Sequence[Partners], before: str) -> Iterator[tuple[Amount, Amount]]:
    """Yield the only two amounts that are in another order, in a language that keeps it."""
    turned = [
        (first[0], second[0])
        for first, second in pairwise(pairs)
        if first[1].start > second[1].start
        and not first[0].joined
        and not any(
            _DAY.search(before, max(0, one.start - 12), one.end + 12)
            for one in (first[0], second[0])
        )
        and not _SHARE.fullmatch(before, first[0].end, second[0].start)
        and first[0].value != second[0].value
    ]
    if len(turned) == 1:
        yield turned[0]


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
        here, there = _index(ends, one.start), _index(after_ends, other.start)
        if here != there:
            moved.append((here, there, one))
    for i, (here, there, one) in enumerate(moved):
        for back, to, other in moved[i + 1 : i + 5]:
            if (back, to) == (there, here) and one.value != other.value:
                yield one, other
                return


def _index(ends: Sequence[int], place: int) -> int:
    return bisect_right(ends, place)
