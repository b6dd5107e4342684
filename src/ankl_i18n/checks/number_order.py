"""Numbers that changed places: 1 tablet 2 times is not 2 tablets 1 time."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ankl_i18n.checks.amounts import Amount

Partners = tuple["Amount", "Amount"]
# "1 in 10", "3 of the 5": many languages say the whole before its part.
_SHARE: Final = re.compile(
    r"(?: \w+)?,? (?:in|out of|of|per)(?: every| each| the| these| your)? ", re.IGNORECASE
)
# Days of a month are compared as such (`days`), and come first in many languages.
_DAY: Final = re.compile(
    r"\b(?:jan|febr)uary|\bmarch|\bapril|\b(?:may|june|july|august)\b|\b(?:sept|nov|dec)ember"
    r"|\boctober",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SENTENCE: Final = re.compile(r"[.!?؟۔।॥።](?=[\s\"”’»)]|$)|[。！？｡။]")
# So near to one another are numbers that belong together.
_NEAR: Final = 6


def misplaced(
    pairs: Sequence[Partners], before: str, after: str, *, kept_order: bool
) -> Iterator[tuple[Amount, Amount]]:
    """Yield amounts of the source whose partners stand where the other's should."""
    alone = [pair for pair in pairs if not _certain(*pair)]
    if len({one.value for one, _ in alone}) < len("ab"):
        return
    found = [*_bracketed(pairs, before), *_other_sentences(alone, before, after)]
    yield from found or (_exchanged(alone, before) if kept_order else ())


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
    return (
        one.named or bool(_YEAR.fullmatch(one.value)) or (bool(one.unit) and one.unit == other.unit)
    )


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
