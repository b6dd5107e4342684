"""Days in other calendars than ours, and the names of their months, as ICU and CLDR have them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.languages.language import Language
from ankl_i18n.languages.records import Calendar

if TYPE_CHECKING:
    from icu4py.messageformat import MessageFormat

_NUMBER: Final = re.compile(r"\d+")
_YEAR: Final = 366


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day in some calendar; `year` or `day` is 0 where a text does not say it."""

    year: int
    month: int
    day: int


@lru_cache(maxsize=4096)
def converted(date: datetime.date, calendar: Calendar) -> tuple[Day, ...]:
    """Return a day of ours in another calendar, in each of its reckonings."""
    dates = (_formatted(date, f"en-u-ca-{icu}-nu-latn", "y-M-d") for icu in calendar.icu)
    return tuple(dict.fromkeys(Day(*map(int, _NUMBER.findall(text))) for text in dates))


@cache
def month_names(calendar: Calendar, language: Language) -> Mapping[str, int]:
    """Return the months of a calendar by their names in a language, as CLDR and its file say."""
    names: dict[str, int] = {}
    day = datetime.date(2024, 1, 1)
    for _ in range(0, _YEAR, 3):
        month = converted(day, calendar)[0].month
        locale = f"{(language.cldr or 'en').replace('_', '-')}-u-ca-{calendar.icu[0]}"
        names.setdefault(_formatted(day, locale, "MMMM").strip(), month)
        day += datetime.timedelta(days=3)
    for month, forms in enumerate(language.data.dates.months, 1):
        names |= dict.fromkeys(forms.split("|"), month)
    return names


def _formatted(date: datetime.date, locale: str, pattern: str) -> str:
    noon = datetime.datetime.combine(date, datetime.time(12))  # in the machine's own time zone
    return str(_format(locale, pattern).format({"day": noon}))


@cache
def _format(locale: str, pattern: str) -> MessageFormat:
    """Return what formats days; to make it takes ICU much longer than to use it."""
    from icu4py.messageformat import MessageFormat

    return MessageFormat(f"{{day, date, {pattern}}}", locale)
