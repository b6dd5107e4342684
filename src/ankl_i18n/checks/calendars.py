"""Days that a translation gives in another calendar: 14 March 2028 is 24 Esfand 1406.

A day that is converted rightly is read as that of the source, so that no check takes it for
another number; one that is converted wrongly is told.
"""

from __future__ import annotations

import calendar as gregorian
import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from ankl_i18n.languages import Language
from ankl_i18n.languages.calendars import Day, converted, month_names
from ankl_i18n.languages.names_of_days import MONTHS
from ankl_i18n.languages.patterns import pattern
from ankl_i18n.languages.reader import calendars
from ankl_i18n.languages.records import Calendar

_MONTH: Final = "|".join(f"{name}|{name[:3]}\\b\\.?" for name in map(str.title, MONTHS))
_OURS: Final = re.compile(
    rf"(?<![\d.,:/–-])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})(?:,?\s+(?P<y>\d{{4}}))?\b"
    rf"|\b(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y2>\d{{4}}))?\b"
    rf"|\b(?P<m3>{_MONTH})\s+(?P<y3>\d{{4}})\b"
)
_YEAR: Final = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_THEIR_YEAR: Final = re.compile(r"(?<![\d.,])1[34]\d\d(?![\d.,]\d)|(?<![\d.,])(?:19|20)\d\d(?!\d)")
# Numbers beside the name of a month: its day on either side, and a year after that.
_DAY_BEFORE: Final = re.compile(r"(?<![\d.,:/])(?P<d>\d{1,2})[^\w\n.;:]{0,3}$")
_DAY_AFTER: Final = re.compile(r"[^\w\n.;:]{0,3}(?P<d>\d{1,2})(?!\d|:)")
_YEAR_AFTER: Final = re.compile(r"[^\d\n;:]{0,14}?(?P<y>\d{4})(?!\d)")
# Its words for "in" and "of" are written with the word behind them.
ETHIOPIC: Final = "Ethi"
# Where the source names no year, a day is looked for in these.
_YEARS: Final = range(2012, 2036)
# A year so near is one of the calendar, wrongly converted.
_NEAR: Final = 2


@dataclass(frozen=True, slots=True)
class _Said:
    """A day as a text says it, and where its numbers stand."""

    day: Day
    text: str
    day_at: tuple[int, int]
    year_at: tuple[int, int]


class InOurs(NamedTuple):
    """A translation's text with days in our calendar, and what is wrong with the others.

    `wrong` has pairs of a message and a hint.
    """

    text: str
    wrong: tuple[tuple[str, str], ...] = ()


def in_ours(before: str, after: str, language: Language) -> InOurs:
    """Return a translation with the days of an English source in our calendar; digits are 0-9."""
    dates = language.data.dates
    if not (dates.eras or dates.calendars):
        return InOurs(after)
    return _in_ours(before, after, language)


@lru_cache(maxsize=2048)
def _in_ours(before: str, after: str, language: Language) -> InOurs:
    dates, text = language.data.dates, after
    if dates.eras:
        text = _eras(language).sub(lambda match: _of_era(match, language), text)
    wrong: list[tuple[str, str]] = []
    for name in dates.calendars:
        text, told = _in_calendar(before, text, calendars()[name], language)
        wrong += told
    return InOurs(text, tuple(wrong))


# ---- Eras: the months and days are ours ----


@cache
def _eras(language: Language) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(language.data.dates.eras, key=len, reverse=True)))
    return re.compile(rf"(?P<era>{names})\s{{0,2}}(?P<y>\d{{1,4}}|元)(?!\d)")


def _of_era(match: re.Match[str], language: Language) -> str:
    year = 1 if match["y"] == "元" else int(match["y"])
    return f"{match['era']}{year + int(language.data.dates.eras[match['era']])}"


# ---- Calendars with other months ----


def _in_calendar(
    before: str, after: str, known: Calendar, language: Language
) -> tuple[str, list[tuple[str, str]]]:
    ours = _our_days(before)
    theirs = list(_their_days(after, known, language)) if ours else []
    changes: list[tuple[int, int, str]] = []
    left = list(theirs)
    unmatched: list[_Said] = []
    for one in ours:
        same = next((other for other in left if _is_same(one.day, other.day, known)), None)
        if same:
            left.remove(same)
            changes += _rewritten(one, same)
        else:
            unmatched.append(one)
    wrong = []
    for one, other in zip(
        unmatched, [t for t in left if _is_meant(t, unmatched, known)], strict=False
    ):
        wrong.append(_told(one, other, known, language))
        changes += _rewritten(one, other)
    text = after
    for start, end, number in sorted(changes, reverse=True):
        text = text[:start] + number + text[end:]
    return _years_alone(before, text, known, language), wrong


@lru_cache(maxsize=4096)
def _our_days(text: str) -> tuple[_Said, ...]:
    return tuple(_all_our_days(text))


def _all_our_days(text: str) -> Iterator[_Said]:
    for match in _OURS.finditer(text):
        name = match["m"] or match["m2"] or match["m3"]
        month = next(i for i, one in enumerate(MONTHS, 1) if one.startswith(name[:3].lower()))
        day, year = int(match["d"] or match["d2"] or 0), match["y"] or match["y2"] or match["y3"]
        yield _Said(Day(int(year or 0), month, day), match[0], (0, 0), (0, 0))


@cache
def _months(known: Calendar, language: Language) -> re.Pattern[str]:
    names = sorted(month_names(known, language), key=len, reverse=True)
    prefix = r"\w{0,2}" if language.data.script.code == ETHIOPIC else ""
    words = "|".join(re.escape(name) for name in names)
    return re.compile(rf"(?<!\w){prefix}(?P<name>{words})(?!\w)")


def _their_days(text: str, known: Calendar, language: Language) -> Iterator[_Said]:
    names = month_names(known, language)
    last = 0
    for hit in _months(known, language).finditer(text):
        before = _DAY_BEFORE.search(text, max(last, hit.start() - 10), hit.start())
        after = None if before else _DAY_AFTER.match(text, hit.end())
        day = before or after
        end = after.end() if after else hit.end()
        year = _YEAR_AFTER.match(text, end)
        if day or year:
            yield _Said(
                Day(int(year["y"]) if year else 0, names[hit["name"]], int(day["d"]) if day else 0),
                text[(before or hit).start() : year.end() if year else end],
                day.span("d") if day else (0, 0),
                year.span("y") if year else (0, 0),
            )
        last = year.end() if year else end


@lru_cache(maxsize=4096)
def _conversions(day: Day, known: Calendar) -> frozenset[Day]:
    """Return what a day of ours can be in another calendar; 0 stands where nothing is said."""
    days: set[Day] = set()
    for year in (day.year,) if day.year else _YEARS:
        last = gregorian.monthrange(year, day.month)[1]
        for number in (day.day,) if day.day else range(1, last + 1):
            if 1 <= number <= last:
                days.update(converted(datetime.date(year, day.month, number), known))
    years = {one.year for one in days} if day.year else {0}
    return frozenset(
        Day(year if day.year else 0, one.month, one.day if day.day else 0)
        for one in days
        for year in ({one.year} if day.year else years)
    )


def _is_same(one: Day, other: Day, known: Calendar) -> bool:
    """Tell whether a day of ours is one of another calendar, as far as both are said."""
    fitting = _conversions(one, known)
    if one.year and not other.year:  # the year stands elsewhere, or nowhere
        fitting = frozenset(Day(0, day.month, day.day) for day in fitting)
    if not one.year:
        other = Day(0, other.month, other.day)
    return other in fitting


def _is_meant(other: _Said, unmatched: Sequence[_Said], known: Calendar) -> bool:
    """Tell whether a day seems to be one of the source's: by its year, or by its month."""
    fitting = {day for one in unmatched if one.day.day for day in _conversions(one.day, known)}
    if not other.day.day:
        return False
    if other.day.year:
        return any(abs(other.day.year - day.year) <= _NEAR for day in fitting if day.year)
    months = {day.month + step for day in fitting for step in (-1, 0, 1)}
    return known.own and other.day.month in months


def _rewritten(one: _Said, other: _Said) -> Iterator[tuple[int, int, str]]:
    if one.day.day and other.day.day:
        yield (*other.day_at, str(one.day.day))
    if one.day.year and other.day.year:
        yield (*other.year_at, str(one.day.year))


def _told(one: _Said, other: _Said, known: Calendar, language: Language) -> tuple[str, str]:
    names: dict[int, str] = {}
    for name, month in month_names(known, language).items():
        names.setdefault(month, name)
    if not one.day.year:
        return (
            f"{one.text} became {other.text}",
            f"Convert the day to the {known.english} calendar.",
        )
    date = datetime.date(one.day.year, one.day.month, one.day.day or 1)
    first = converted(date, known)[0]
    written = f"{first.day} {names[first.month]} {first.year}"
    message = f"{one.text} is {written} in the {known.english} calendar, not {other.text}"
    return message, f"Write {written}."


def _years_alone(before: str, text: str, known: Calendar, language: Language) -> str:
    """Return a text with years by themselves, marked as the calendar's, as those of the source."""
    dates = language.data.dates
    years = [match for match in _YEAR.findall(before) if match not in text] if dates.marks else ()
    if not years or not pattern(dates.marks).search(text) or pattern(dates.ours).search(text):
        return text
    for year in dict.fromkeys(years):
        ends = (datetime.date(int(year), 1, 1), datetime.date(int(year), 12, 31))
        fitting = {str(day.year) for end in ends for day in converted(end, known)}
        same = next((match for match in _THEIR_YEAR.finditer(text) if match[0] in fitting), None)
        if same:
            text = text[: same.start()] + year + text[same.end() :]
    return text
