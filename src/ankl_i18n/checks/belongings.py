"""What stands by a number and tells what it is an amount of: a noun, a unit, a month, a scale.

Of two amounts that changed places, each stands by what belongs to the other. No single sign is
sure, for words move in a translation; so signs have weights, and only their sum tells.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from ankl_i18n.checks.amounts import Amount, amounts, in_small
from ankl_i18n.checks.meanings import words_of_family
from ankl_i18n.checks.unit_signs import KINDS
from ankl_i18n.languages import Language
from ankl_i18n.languages.names_of_days import MONTHS
from ankl_i18n.languages.patterns import Finder, finder

# So far from its number a noun may stand, in characters: after it, and before it.
AFTER: Final = 70
BEFORE: Final = 30
# What may stand between a number and the name of its month: "3 de mayo", "May 3rd".
MONTH: Final = 8
_GAP: Final = re.compile(r"[^\d,;:–—-]{0,8}")
_STOP: Final = re.compile(r"(?<![A-Z])[.!?;](?=\s|$)|[。！？；।۔።؟؛]")
# In a source, what belongs to a number comes before the next comma or bracket.
_SOURCE_STOP: Final = re.compile(r"(?<![A-Z])[.!?;,](?=\s|$)|[()]")
# 3月14日 and 3월 14일: the month is a number, too.
_NUMBERED: Final = re.compile(r"(\d{1,2})\s?[月월]\s?$")
_MONTH_AFTER: Final = re.compile(r"\s?[月월]")
# The time; the minutes of full hours are left out of the texts that are compared.
_CLOCK: Final = re.compile(r":\d|\s{3}|\s?[ap]\.?m\b", re.IGNORECASE)
CLOCK: Final = "clock"
_CURRENCIES: Final = ("$", "€", "£", "¥", "₹")
MONEY: Final = "money"
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?!\d)")
_LAST_DAY: Final = 31


@dataclass(frozen=True, slots=True)
class Belongings:
    """What an amount stands by: the nearest nouns on each side, the month that it is a day of.

    `scaled` tells that a word such as million follows, `numeral` that it is a month's own number.
    """

    after: tuple[str, ...] = ()
    before: str = ""
    month: str = ""
    scaled: bool = False
    numeral: bool = False


NOTHING: Final = Belongings()


@cache
def _nouns(language: Language) -> Finder[str]:
    data = language.data
    words = {word: name for name, forms in data.counted.items() for word in forms}
    return finder(words, spaces=data.script.spaces)


@lru_cache(maxsize=8192)
def belongings(text: str, language: Language, *, source: bool) -> Mapping[int, Belongings]:
    """Return what the amounts of a text stand by, by their places in it."""
    numbers = [one for one in amounts(text, language) if not one.named]
    lowered = in_small(text)
    known = _nouns(language)
    nouns = [(match.start(), known.value(match)) for match in known.find(lowered)]
    stop = _SOURCE_STOP if source else _STOP
    stops = [0, *(end.start() for end in stop.finditer(text)), len(text)]
    months = _days(numbers, lowered, language)
    by_place = {}
    for i, one in enumerate(numbers):
        low = max(numbers[i - 1].end if i else 0, one.start - BEFORE)
        low = max(low, stops[bisect_right(stops, one.start) - 1])
        high = min(numbers[i + 1].start if i + 1 < len(numbers) else len(text), one.end + AFTER)
        high = min(high, stops[min(bisect_left(stops, one.end), len(stops) - 1)])
        after = [name for start, name in nouns if one.start <= start < high]
        before = [name for start, name in nouns if low <= start < one.start]
        if source and _CLOCK.match(text, one.end):
            by_place[one.start] = Belongings(month=CLOCK)
            continue
        if text[one.start - 1 : one.start] in _CURRENCIES:
            after.insert(0, MONEY)
        by_place[one.start] = Belongings(
            tuple(after[:2]),
            before[-1] if before and not source else "",
            months.get(one.start, ""),
            one.zeros > 0 and one.zeros % len("000") == 0,  # 10 万 is 100,000
            bool(_MONTH_AFTER.match(text, one.end)),
        )
    return by_place


def _days(numbers: Sequence[Amount], lowered: str, language: Language) -> dict[int, str]:
    """Return the months that numbers are days of, by the numbers' places.

    Each month has one day, the nearest number; before the month rather than after it.
    """
    days: dict[int, str] = {}
    for one in numbers:
        numbered = _NUMBERED.search(lowered, max(0, one.start - MONTH), one.start)
        if numbered and 1 <= int(numbered[1]) <= len(MONTHS):
            days[one.start] = MONTHS[int(numbered[1]) - 1]
    words = words_of_family(language, "month")
    starts, ends = [one.start for one in numbers], [one.end for one in numbers]
    for hit in words.find(lowered):
        name = next(iter(hit.value & set(MONTHS)), "")
        i, j = bisect_right(ends, hit.start) - 1, bisect_left(starts, hit.end)
        near = [(ends[i], hit.start, starts[i])] if i >= 0 else []
        near += [(hit.end, starts[j], starts[j])] if j < len(numbers) else []
        gaps = [
            (end - start, place)
            for start, end, place in near
            if _GAP.fullmatch(lowered, start, end) and not _YEAR.match(lowered, place)
        ]
        if name and gaps:
            days[min(gaps)[1]] = name
    return days


def likeness(one: Amount, ours: Belongings, other: Amount, theirs: Belongings) -> float:
    """Return how well an amount of a translation fits the source's, by what they stand by."""
    return (
        (0 if ours.month else _by_unit(one, other))  # days of a month have units in Burmese
        + _by_noun(ours, theirs)
        + _by_month(one, ours, theirs)
        + _by_scale(ours, theirs)
        + (1.0 if one.bound and one.bound == other.bound else 0)
        + (0.5 if one.inside == other.inside else 0)
        + (0.5 if one.joined == other.joined else 0)
    )


def _by_unit(one: Amount, other: Amount) -> float:
    if one.unit and one.unit == other.unit:
        return 2
    if one.unit and other.unit:
        return -2 if KINDS[one.unit] != KINDS[other.unit] else -1
    if one.unit == "percent" or other.unit == "percent":
        return -2
    return -1 if one.unit or other.unit else 0


def _by_noun(ours: Belongings, theirs: Belongings) -> float:
    if not ours.after or ours.month or not (theirs.after or theirs.before):
        return 0
    noun = ours.after[0]
    if noun in theirs.after[:1]:
        return 2
    return 1.5 if noun in (*theirs.after, theirs.before) else -0.5


def _by_month(one: Amount, ours: Belongings, theirs: Belongings) -> float:
    if ours.month and ours.month == theirs.month:
        return 3
    if ours.month and ours.month != CLOCK:
        return -1
    if theirs.month and ours.month == CLOCK:
        return 0
    may_be_day = one.value.isdecimal() and int(one.value) <= _LAST_DAY
    return (-2 if may_be_day else -3) if theirs.month else 0


def _by_scale(ours: Belongings, theirs: Belongings) -> float:
    if ours.scaled == theirs.scaled:
        return 1 if ours.scaled else 0
    return -1
