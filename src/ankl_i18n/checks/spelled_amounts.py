"""The check of amounts whose number is a word: one tablet, six weeks.

Such an amount was changed where its unit now stands with another number that the source does not
say, or its number with another unit, and the unit is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
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
from ankl_i18n.source.texts import ascii_digits

# "A week" is one week where it tells how long; "twice a week" is told by other checks.
_ARTICLE: Final = re.compile(r"(?<!\btimes )(?<!\bonce )(?<!\btwice )\ban? (?=\w)")
_RHYTHM: Final = {
    "hour": "hourly", "day": "daily", "week": "weekly", "month": "monthly", "year": "yearly",
}  # fmt: skip


# What a dual is.
_TWO: Final = 2


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
    unit = unit_at(text, start, end, language)[0]
    if not unit and value == 1 and language.data.numbers.dual:
        return unit_ahead(text, start, language)
    if not unit and value == _TWO and language.data.numbers.dual:
        return unit_of_two(text[start:end], language)
    return unit


def _in_digits(text: str, language: Language) -> tuple[_Spelled, ...]:
    """Return the amounts of a text whose number is in digits."""
    known = amounts(ascii_digits(text), language)
    return tuple(
        _Spelled(int(one.value), one.unit) for one in known if one.unit and one.value.isdigit()
    )


@lru_cache(maxsize=8192)
def _ours(text: str, source: Language) -> tuple[_Spelled, ...]:
    """Return those of a source, in which "a" is a number, too."""
    return _spelled(_ARTICLE.sub("one ", text), source)


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
    known, theirs = pair.language.data, _spelled(after, pair.language)
    changed = [one for one in dict.fromkeys(ours) if one not in theirs]
    if changed:
        theirs += _in_digits(after, pair.language)
    for value, unit in changed if theirs else ():
        if (value, unit) in theirs or not (unit in known.units or unit in known.units_before):
            continue
        other = _other_number(value, unit, theirs, pair) or _other_unit(value, unit, theirs, pair)
        if other:
            text = _name(value, unit)
            yield f"{text} became {_name(*other)}", f"Say {text}, as in the source."
            return


def _name(value: int, unit: str) -> str:
    return f"{value} {unit if value == 1 else NAMES[unit]}"


def _other_number(
    value: int, unit: str, theirs: tuple[_Spelled, ...], pair: Pair
) -> tuple[int, str] | None:
    """Return the number that stands with a unit instead, where no other check tells it."""
    before, after = small_letters(pair)
    shown, their_digits = digits(pair.before.shown), digits(pair.after.shown)
    if their_digits[value] > shown[value]:
        return None
    also, said = in_other_words(before), number_words(before, pair.source)
    for other in sorted({one.value for one in theirs if one.unit == unit}):
        known = said.get(other, 0) or also[other] or shown[other]
        if value == 1 and not known:
            return other, unit
        if other == 1 < value and not known and not number_words(after, pair.language).get(value):
            return other, unit
    return None


def _other_unit(
    value: int, unit: str, theirs: tuple[_Spelled, ...], pair: Pair
) -> tuple[int, str] | None:
    """Return the unit of the same kind that a number stands with instead."""
    before, after = small_letters(pair)
    if _says(unit, after, pair.language):
        return None
    return next(
        (
            (value, one.unit)
            for one in theirs
            if one.value == value
            and KINDS[one.unit] == KINDS[unit]
            and one.unit not in (unit, "times")
            and not _says(one.unit, before, pair.source)
        ),
        None,
    )


def _says(unit: str, text: str, language: Language) -> bool:
    """Tell whether a text says a unit anywhere, also in a word such as "daily"."""
    rhythm = _RHYTHM.get(unit)
    return bool(times_written(unit, text, language)) or bool(
        rhythm and meanings_in(text, language, "rhythm").perhaps.get(rhythm)
    )
