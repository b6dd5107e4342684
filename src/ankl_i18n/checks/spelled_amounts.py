"""The check of amounts whose number is a word: one tablet, six weeks.

Such an amount was changed where its unit now stands with another number that the source does not
say, or its number with another unit, and the unit is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from ankl_i18n.checks.amounts import amounts
from ankl_i18n.checks.meanings import meanings_in
from ankl_i18n.checks.records import Finding, Pair, small_letters
from ankl_i18n.checks.spelled import (
    digits,
    in_other_words,
    is_compared,
    number_places,
    number_words,
)
from ankl_i18n.checks.unit_signs import (
    KINDS,
    NAMES,
    times_written,
    unit_ahead,
    unit_at,
    unit_of_two,
)
from ankl_i18n.languages import Language
from ankl_i18n.languages.patterns import NEVER, expression
from ankl_i18n.source.texts import ascii_digits

# "A week" is one week where it tells how long; "twice a week" is told by other checks.
_ARTICLE: Final = re.compile(r"(?<!\btimes )(?<!\bonce )(?<!\btwice )\ban? (?=\w)")
_RHYTHM: Final = {
    "hour": "hourly", "day": "daily", "week": "weekly", "month": "monthly", "year": "yearly",
}  # fmt: skip
# Such a number is no number: a few days.
_VAGUE: Final = re.compile(r"\b(?:several|(?:a )?few|some|many|a couple of) (?=\w)")
_NONE, _ONE, _TWO = 0, 1, 2
_VESSELS: Final = ("glass", "spoon")
# Times whose words mean little else where no number stands beside them.
_ALONE: Final = ("day", "week", "month")


class _Spelled(NamedTuple):
    """A number that is a word, and the unit beside it."""

    value: int
    unit: str


@lru_cache(maxsize=8192)
def _spelled(text: str, language: Language) -> tuple[_Spelled, ...]:
    """Return the amounts of a text in small letters whose number is a word."""
    found = (
        _Spelled(value, _unit(text, value, start, end, language))
        for value, start, end in number_places(text, language)
    )
    return tuple(one for one in found if one.unit)


def _unit(text: str, value: int, start: int, end: int, language: Language) -> str:
    """Return the unit of a number that is a word, or ""; "one" stands behind it in some languages,
    and some have a form of nouns that means two.
    """
    unit = unit_at(text, start, end, language)[0] or _vessel(text, end, language)
    if not unit and value == _ONE and language.data.numbers.dual:
        return unit_ahead(text, start, language)
    if not unit and value == _TWO and language.data.numbers.dual:
        return unit_of_two(text[start:end], language)
    return unit


def _vessel(text: str, end: int, language: Language) -> str:
    """Return what a medicine is taken from behind a number, a glass or a spoon, or ""."""
    after = _vessels(language).match(text, end)
    return (after.lastgroup or "") if after else ""


@cache
def _vessels(language: Language) -> re.Pattern[str]:
    data = language.data
    known = {name: data.counted[name] for name in _VESSELS if name in data.counted}
    parts = "|".join(
        f"(?P<{name}>{expression(words, spaces=data.script.spaces)})"
        for name, words in known.items()
    )
    return re.compile(rf"[\s\u200b]{{0,2}}(?:{parts or NEVER})")


def _in_digits(text: str, language: Language) -> tuple[_Spelled, ...]:
    """Return the amounts of a text whose number is in digits."""
    known = amounts(ascii_digits(text), language)
    return tuple(
        _Spelled(int(one.value), one.unit) for one in known if one.unit and one.value.isdigit()
    )


@lru_cache(maxsize=8192)
def _ours(text: str, source: Language) -> tuple[_Spelled, ...]:
    """Return those of a source, in which "a" is a number, too."""
    vague = (unit_at(text, *match.span(), source)[0] for match in _VAGUE.finditer(text))
    return (
        *_spelled(_ARTICLE.sub("one ", text), source),
        *(_Spelled(_NONE, unit) for unit in vague if KINDS.get(unit) == "time"),
    )


def has_amounts(text: str, source: Language) -> bool:
    """Tell whether a source in small letters has amounts whose number is a word."""
    return bool(_ours(text, source))


def changed(pair: Pair) -> Iterator[Finding]:
    """One tablet does not become two tablets, nor six weeks six months."""
    if not is_compared(pair):
        return
    before, after = small_letters(pair)
    ours = _ours(before, pair.source)
    if not ours:
        return
    data, theirs = pair.language.data, _spelled(after, pair.language)
    known = {*data.units, *data.units_before, *data.counted}
    gone = [one for one in dict.fromkeys(ours) if one not in theirs]
    if gone:
        theirs += _in_digits(after, pair.language)
    for value, unit in gone:
        if (value, unit) in theirs or unit not in known:
            continue
        other = _other_number(value, unit, theirs, pair) or _other_unit(value, unit, theirs, pair)
        if other:
            text = _name(value, unit)
            yield f"{text} became {_name(*other)}", f"Say {text}, as in the source."
            return


def _name(value: int, unit: str) -> str:
    return f"{value or 'some'} {unit if value == _ONE else NAMES.get(unit, f'{unit}s')}"


def _other_number(
    value: int, unit: str, theirs: tuple[_Spelled, ...], pair: Pair
) -> _Spelled | None:
    """Return the number that stands with a unit instead, where no other check tells it."""
    before, after = small_letters(pair)
    shown, their_digits = digits(pair.before.shown), digits(pair.after.shown)
    if their_digits[value] > shown[value]:
        return None
    also, said = in_other_words(before), number_words(before, pair.source)
    for other in sorted({one.value for one in theirs if one.unit == unit}):
        if said.get(other) or also[other] or shown[other]:
            continue
        if value == _ONE or (
            other == _ONE < value and not number_words(after, pair.language).get(value)
        ):
            return _Spelled(other, unit)
    return None


def _other_unit(value: int, unit: str, theirs: tuple[_Spelled, ...], pair: Pair) -> _Spelled | None:
    """Return the unit of the same kind that a number stands with instead."""
    before, after = small_letters(pair)
    if unit in _VESSELS or _says(unit, after, pair.language):
        return None
    others = [one.unit for one in theirs if one.value == value and one.unit != "times"]
    if value <= _ONE and unit in _RHYTHM:
        counted = {one.unit for one in theirs}
        alone = (one for one in _ALONE if one not in counted)
        others += (one for one in alone if times_written(one, after, pair.language))
    return next(
        (
            _Spelled(value, other)
            for other in others
            if KINDS.get(other) == KINDS[unit] and not _says(other, before, pair.source)
        ),
        None,
    )


def _says(unit: str, text: str, language: Language) -> bool:
    """Tell whether a text says a unit anywhere, also in a word such as "daily"."""
    rhythm = _RHYTHM.get(unit)
    return bool(times_written(unit, text, language)) or bool(
        rhythm and meanings_in(text, language, "rhythm").perhaps.get(rhythm)
    )
