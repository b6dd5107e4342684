"""The check of days: 13 March stays 13 March, whatever the order of day and month."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.clocks import in_source_time
from ankl_i18n.checks.meanings import words_of_family
from ankl_i18n.checks.records import base
from ankl_i18n.languages.names_of_days import MONTHS
from ankl_i18n.source.texts import ascii_digits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ankl_i18n.checks.records import Finding, Pair
    from ankl_i18n.languages import Language

# A day's number before the name of its month ("13th of March"), and after it ("March 13").
_DIGIT: Final = re.compile(r"\d")
_BEFORE: Final = re.compile(r"(?<![\d.,:/–-])(\d{1,3})(?!\d)[^\d.,;:()\n]{0,7}$")
# "3. Mai": a full stop that makes an ordinal, which English has none of.
_ORDINAL: Final = re.compile(r"(?<![\d.,:/–-])(\d{1,2})\.[\s\u00a0]$")
_AFTER: Final = re.compile(r"[^\w\n.,;:()]{0,3}(?:\w{1,3} )?(\d{1,3})(?![\d:%]|[.,]\d)")
# "3 and 4 February"
_LISTED: Final = re.compile(
    r"\d(?: and | or |[–-])\d{1,2} [A-Z]|[a-z] \d{1,2}(?: and | or |[–-])\d"
)
# How near a month stands to its day, and what may stand between: 23rd of January.
_MONTH_NEAR: Final = 16
_DAY_GAP: Final = re.compile(r"(?:st|nd|rd|th)?[\s\u00a0]{1,2}(?:of[\s\u00a0])?")
# 3 月 14 日, 3월 14일, in Chinese, Japanese and Korean; ngày 14 tháng 3.
_NUMBERED: Final = re.compile(r"(\d{1,3})\s?(?:月|월)\s?(\d{1,3})\s?(?:日|号|號|일)")
_DAY_FIRST: Final = re.compile(r"(\d{1,3})\s(?:tháng)\s(\d{1,3})(?!\d)")


def days(pair: Pair) -> Iterator[Finding]:
    """A day of the source that is another day of the same month, or another month, here."""
    before, language = pair.before.prose, pair.language
    if language.data.dates.calendars:
        after = ascii_digits(pair.after.prose)
        yield from in_source_time(before, after, pair.source, language).wrong
    ours = dated(before, pair.source)
    if not ours or not _DIGIT.search(pair.after.prose):
        return
    theirs = dated(pair.after.prose, language)
    if len(theirs) < len(ours) or _LISTED.search(before):
        return
    for month, day in dict.fromkeys(ours):
        if (month, day) in theirs or not 1 <= month <= len(MONTHS):
            continue
        others = [other for other in theirs if other not in ours]
        same = next((o for o in others if o[0] == month or o[1] == day), None)
        if same or (others and len(ours) == len(theirs) == 1):
            other = same or others[0]
            name = MONTHS[month - 1].title()
            became = MONTHS[other[0] - 1].title() if 1 <= other[0] <= len(MONTHS) else other[0]
            yield f"{day} {name} became {other[1]} {became}", f"Write the {day} of {name}."


@lru_cache(maxsize=8192)
def dated(prose: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Return the days of a text, as pairs of month and day."""
    text = ascii_digits(prose).lower()
    if not _DIGIT.search(text):
        return ()
    numbered = []
    if "月" in text or "월" in text:
        numbered += [(int(m[1]), int(m[2])) for m in _NUMBERED.finditer(text)]
    if "tháng" in text:
        numbered += [(int(m[2]), int(m[1])) for m in _DAY_FIRST.finditer(text)]
    return tuple(numbered or _named(text, language))


def _named(text: str, language: Language) -> Iterator[tuple[int, int]]:
    words = words_of_family(language, "month")
    last = 0
    for hit in words.find(text):
        name = next(iter(hit.value & set(MONTHS)), "")
        start = max(last, hit.start - 12)
        before = _BEFORE.search(text, start, hit.start)
        if not before and base(language) != "en":
            before = _ORDINAL.search(text, start, hit.start)
        after = _AFTER.match(text, hit.end)
        day = before or after
        if name and day:
            yield MONTHS.index(name) + 1, int(day[1])
        last = day.end() if day and day is after else hit.end


def is_day(text: str, start: int, end: int, language: Language) -> bool:
    """Tell whether the number at a place stands beside the name of a month: 23 January."""
    near = text[max(0, start - _MONTH_NEAR) : end + _MONTH_NEAR].lower()
    place = start - max(0, start - _MONTH_NEAR)
    return any(
        bool(_DAY_GAP.fullmatch(near, hit.end, place))
        or bool(_DAY_GAP.fullmatch(near, place + end - start, hit.start))
        for hit in words_of_family(language, "month").find(near)
    )
