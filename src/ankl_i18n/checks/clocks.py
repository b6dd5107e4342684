"""Times by a clock that counts from dawn: 7 a.m. is saa moja asubuhi, the first hour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from ankl_i18n.checks.calendars import InOurs, in_ours
from ankl_i18n.checks.records import Finding, Pair, base
from ankl_i18n.languages import Language
from ankl_i18n.languages.patterns import Finder, expression, finder
from ankl_i18n.source.texts import ascii_digits

NOON: Final = 12
DAWN: Final = 6
_OURS: Final = re.compile(
    r"(?<![\d.,:/–-])(?:(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?\s?(?:(?P<half>[ap]\.?m(?:\.|\b))|o['’]clock)"
    r"|(?P<h2>[01]?\d|2[0-3]):(?P<m2>[0-5]\d)(?!\d|:))"
    r"|\b(?P<noon>noon|midday|midnight)\b",
    re.IGNORECASE,
)
_MINUTES: Final = r"(?:\s?[:.፡፤]\s?(?P<m{0}>\d\d))?(?!\d)"
# How far from an hour the word for its part of the day may stand.
_REACH: Final = 24


@dataclass(frozen=True, slots=True)
class _Time:
    """A time of a text: hour and minute, whether before or after noon, whether by day or night.

    None stands for what is not said.
    """

    hour: int
    minute: int
    is_pm: bool | None
    text: str
    start: int = 0
    end: int = 0
    is_night: bool | None = None


def in_source_time(before: str, after: str, source: Language, language: Language) -> InOurs:
    """Return a translation with days and hours counted as an English source counts them."""
    data = language.data
    if not (data.clock.hours or data.dates.eras or data.dates.calendars) or base(source) != "en":
        return InOurs(after)
    in_dates = in_ours(before, after, language)
    if not data.clock.hours:
        return in_dates
    return InOurs(_by_our_clock(before, in_dates.text, language), in_dates.wrong)


@lru_cache(maxsize=2048)
def _by_our_clock(before: str, after: str, language: Language) -> str:
    """Return a text with the hours that count from dawn as those of the source."""
    changes = []
    for one, other in _pairs(before, after, language):
        if _is_same(one, other):
            minute = f":{one.minute:02}" if one.minute else ""
            changes.append((other.start, other.end, f"{_shown_hour(one)}{minute}"))
    for start, end, text in sorted(changes, reverse=True):
        after = after[:start] + text + after[end:]
    return after


def _shown_hour(one: _Time) -> int:
    digits = re.match(r"\d+", one.text)
    return int(digits[0]) if digits else one.hour


def _pairs(before: str, after: str, language: Language) -> Iterator[tuple[_Time, _Time]]:
    """Yield the times of both texts in their order; where one has more, those that fit."""
    ours = _our_times(before)
    theirs = list(_their_times(after, language)) if ours else []
    if len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)
        return
    for one in ours:
        same = next((other for other in theirs if _is_same(one, other)), None)
        if same:
            theirs.remove(same)
            yield one, same


@lru_cache(maxsize=4096)
def _our_times(text: str) -> tuple[_Time, ...]:
    return tuple(_all_our_times(text))


def _all_our_times(text: str) -> Iterator[_Time]:
    for match in _OURS.finditer(text):
        if match["noon"]:
            hour = 0 if match["noon"].lower() == "midnight" else NOON
            yield _Time(hour, 0, hour == NOON, match[0])
            continue
        hour, minute = int(match["h"] or match["h2"]), int(match["m"] or match["m2"] or 0)
        half = (match["half"] or "").lower()
        is_pm = half.startswith("p") if half else hour > NOON or None
        yield _Time(hour, minute, is_pm, match[0], match.start(), match.end())


@cache
def _hours(language: Language) -> re.Pattern[str]:
    clock = language.data.clock
    forms = [form for hour in clock.hours for form in hour.split("|")]
    words = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    half = "|".join(map(re.escape, clock.half))
    hour = rf"(?:(?P<h{{0}}>\d{{{{1,2}}}}){_MINUTES}|(?P<w{{0}}>{words})(?!\w))"
    more = rf"(?P<f{{0}}>\s?(?:{half})(?!\w))?"
    before, after = (f"(?:{expression(some)})" for some in (clock.before, clock.after))
    first = rf"(?<!\w){before}\s?{hour}{more}".format(1)
    last = rf"(?<![\d:.፡]){hour}\s?{after}{more}".format(2)
    return re.compile("|".join((*([first] * bool(clock.before)), *([last] * bool(clock.after)))))


@cache
def _values(language: Language) -> dict[str, int]:
    hours = enumerate(language.data.clock.hours, 1)
    return {form: hour for hour, forms in hours for form in forms.split("|")}


def _their_times(text: str, language: Language) -> Iterator[_Time]:
    small = text.lower()
    matches = [one for one in _hours(language).finditer(small) if _hour(one, language) <= NOON]
    edges = [0, *(one.end() for one in matches)], [*(one.start() for one in matches), len(small)]
    for one, since, until in zip(matches, edges[0], edges[1][1:], strict=False):
        around = small[max(since, one.start() - _REACH) : one.start()]
        behind = small[one.end() : min(until, one.end() + _REACH)]
        part, half = _group(one), one[f"f{_group(one)}"]
        minute = 30 if half else int(one[f"m{part}"] or 0)
        spans = [one.span(f"{name}{part}") for name in ("h", "w", "m")]
        start, end = (min(s for s, _ in spans if s >= 0), max(e for _, e in spans))
        is_pm, is_night = _part_of_day(around, behind, language)
        yield _Time(_hour(one, language), minute, is_pm, one[0], start, end, is_night)


def _group(match: re.Match[str]) -> str:
    """Return which of two ways to name an hour was found."""
    groups = match.groupdict()
    return "1" if groups.get("h1") or groups.get("w1") else "2"


def _hour(match: re.Match[str], language: Language) -> int:
    part = _group(match)
    word = match[f"w{part}"]
    return _values(language)[word] if word else int(match[f"h{part}"]) or NOON + 1


def _part_of_day(before: str, after: str, language: Language) -> tuple[bool | None, bool | None]:
    """Return whether a time is after noon, and whether it is at night; None: not said.

    The word stands on the side where the language has it; on the other one it may be that of
    the next time.
    """
    first, parts = language.data.clock.part_first, _parts_of_day(language)
    for text in (before, after) if first else (after, before):
        matches = [*parts.find(text)]
        if matches:
            nearest = matches[-1 if text is before else 0]
            return parts.value(nearest)
    return None, None


@cache
def _parts_of_day(language: Language) -> Finder[tuple[bool | None, bool | None]]:
    """Return what finds words for a part of the day, and whether they say that it is after noon,
    and whether that it is night.
    """
    clock = language.data.clock
    meant: dict[str, tuple[bool | None, bool | None]] = {}
    meant |= dict.fromkeys(clock.am, (False, None)) | dict.fromkeys(clock.pm, (True, None))
    meant |= dict.fromkeys(clock.day, (None, False)) | dict.fromkeys(clock.night, (None, True))
    return finder(meant)


def _is_same(one: _Time, other: _Time) -> bool:
    """Tell whether a time of ours is one that counts from dawn."""
    same_hour = (one.hour - DAWN - other.hour) % NOON == 0 and one.minute == other.minute
    if not same_hour or one.is_pm is None:
        return same_hour
    hour = one.hour % NOON + (NOON if one.is_pm else 0)
    if other.is_pm is not None and other.is_pm != one.is_pm:
        return False
    by_day = DAWN <= hour <= DAWN + NOON
    at_night = not DAWN < hour < DAWN + NOON
    return at_night if other.is_night else by_day or other.is_night is None


def clock(pair: Pair) -> Iterator[Finding]:
    """A time as our clocks show it, where readers count from dawn, says another one to them."""
    if base(pair.source) != "en" or not pair.language.data.clock.hours:
        return
    before, after = pair.before.prose, ascii_digits(pair.after.prose)
    for one, other in _pairs(before, after, pair.language):
        if not _is_same(one, other) and _shown_hour(one) == other.hour:
            hour = (one.hour - DAWN) % NOON or NOON
            hint = "Make sure that readers know which clock is meant."
            yield f"{one.text} is the hour {hour} by a clock that counts from dawn", hint
