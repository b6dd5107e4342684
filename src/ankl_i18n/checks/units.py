"""Checks of units: each amount keeps the unit that the source gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.number_compare import number_texts
from ankl_i18n.checks.number_values import runs
from ankl_i18n.checks.records import Finding, Pair
from ankl_i18n.checks.unit_signs import KINDS, NAMES, is_measure, is_there, unit_after, unit_at

if TYPE_CHECKING:
    from ankl_i18n.languages import Language

_SLASH: Final = re.compile(r"\s?/\s?(?!\d)")
_NAMED: Final = re.compile(r"\d\s?[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with a unit: its values by every reading, the unit's name, the text.

    `per` is the name of the measure after a slash, as in 10 mg/kg, or "".
    """

    values: frozenset[str]
    unit: str
    text: str
    per: str = ""


@lru_cache(maxsize=4096)
def amounts(text: str, language: Language) -> tuple[Amount, ...]:
    """Return the amounts in a text whose digits are 0-9."""
    found = []
    for run in runs(text, language):
        name, end = unit_at(text, run.start, run.end, language)
        if name:
            values = frozenset(value for reading in run.readings for value in reading)
            slash = _SLASH.match(text, end)
            per = (
                unit_after(text, slash.end(), language)
                if slash and is_measure(text, slash.end(), language)
                else ""
            )
            end = unit_at(text, slash.end(), slash.end(), language)[1] if slash and per else end
            found.append(Amount(values, name, text[run.start : end].strip(), per))
    return tuple(found)


def _compared(pair: Pair) -> Iterator[tuple[Amount, Amount | None]]:
    """Yield the source's amounts whose value has another unit, or no known one, with that."""
    both = number_texts(pair)
    ours = amounts(both[0], pair.source) if both else ()
    if not both or not ours:
        return
    theirs = amounts(both[1], pair.language)
    for amount in ours:
        same = [other for other in theirs if other.values & amount.values]
        kept = [other for other in same if _fits(other, amount)]
        if kept:
            yield from _per(amount, kept, both[1], pair.language)
            continue
        strange = [other for other in same if not _known(other, ours)]
        if not _swapped(amount, ours, theirs):
            strange = [other for other in strange if KINDS[other.unit] == _kind(amount) != "count"]
        if strange or not (
            _kind(amount) == "count" or is_there(amount.unit, both[1], pair.language)
        ):
            yield amount, strange[0] if strange else None


def _per(
    amount: Amount, kept: list[Amount], after: str, language: Language
) -> Iterator[tuple[Amount, Amount | None]]:
    """Yield an amount whose measure after the slash is another one, or not there: 10 mg/kg."""
    if amount.per and all(other.per != amount.per for other in kept):
        wrong = next((other for other in kept if other.per), None)
        if wrong or not is_there(amount.per, after, language):
            yield amount, wrong


def _fits(other: Amount, amount: Amount) -> bool:
    """Tell whether an amount has the unit of the source's; a degree may be either kind."""
    is_degree = other.unit == "degree" and _kind(amount) == "temperature"
    return other.unit == amount.unit or is_degree


def _kind(amount: Amount) -> str:
    return KINDS[amount.unit]


def _known(other: Amount, ours: tuple[Amount, ...]) -> bool:
    return any(amount.unit == other.unit and amount.values & other.values for amount in ours)


def _swapped(amount: Amount, ours: tuple[Amount, ...], theirs: tuple[Amount, ...]) -> bool:
    """Tell whether an amount's unit has a value in the translation that the source gives another.

    Six hours in place of 500 mg are no proof, for many words can follow a number; 6 mg are.
    """
    return any(other.unit == amount.unit and not _known(other, ours) for other in theirs)


def changed(pair: Pair) -> Iterator[Finding]:
    """An amount whose unit became another unit of the same kind: mg became g."""
    for amount, wrong in _compared(pair):
        if wrong:
            yield (
                f"{amount.text} became {wrong.text}",
                f"The unit is {_name(amount)}, as in the source.",
            )


def lost(pair: Pair) -> Iterator[Finding]:
    """An amount whose unit the check does not find, though its number is there.

    In a language whose words for units it does not know, any word after a number may be one.
    """
    for amount, wrong in _compared(pair):
        both = number_texts(pair)
        if both and not pair.language.data.units and _NAMED.search(both[1]):
            continue
        there = (
            {value for run in runs(both[1], pair.language) for r in run.readings for value in r}
            if both
            else set()
        )
        if not wrong and amount.values & there:
            yield (
                f"the unit of {amount.text} is not found",
                f"Write {_name(amount)} or the word for it.",
            )


def _name(amount: Amount) -> str:
    unit = NAMES[amount.unit]
    return f"{unit}/{NAMES[amount.per]}" if amount.per else unit
