"""Checks of units: each amount keeps the unit that the source gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ankl_i18n.checks.number_values import number_texts, runs
from ankl_i18n.checks.records import Finding, Pair
from ankl_i18n.checks.unit_words import UNITS, Unit

# Abbreviations end where letters of the same alphabet end: "5 min" is not 5 m, "5 mg" not 5 m.
_ENDS: Final = r"(?![A-Za-z\u00b5\u03bc\u0400-\u04ff])"
_SPACE: Final = r"[\s\u00a0\u202f\u2009-]{0,2}"


def _alternatives(unit: Unit, begins: str = "") -> str:
    parts = []
    if unit.signs:
        parts.append(f"{begins}(?:{unit.signs}){_ENDS}")
    if unit.words:
        parts.append(f"(?i:{unit.words})")
    return "|".join(parts)


_ANY: Final = "|".join(f"(?P<u{i}>{_alternatives(unit)})" for i, unit in enumerate(UNITS))
_UNIT_AFTER: Final = re.compile(f"{_SPACE}(?:{_ANY})")
_UNIT_BEFORE: Final = {
    unit.name: re.compile(f"(?:{unit.before}){_SPACE}$") for unit in UNITS if unit.before
}
_ALONE: Final = {
    unit.name: re.compile(_alternatives(unit, r"(?<![A-Za-z\u0400-\u04ff])")) for unit in UNITS
}
_BY_NAME: Final = {unit.name: unit for unit in UNITS}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with a unit: its values by every reading, the unit's name, the text."""

    values: frozenset[str]
    unit: str
    text: str


@lru_cache(maxsize=20_000)
def amounts(text: str, language: object) -> tuple[Amount, ...]:
    """Return the amounts in a text whose digits are 0-9."""
    found = []
    for run in runs(text, language):  # type: ignore[arg-type]
        name, end = _unit(text, run.start, run.end)
        if name:
            values = frozenset(value for reading in run.readings for value in reading)
            found.append(Amount(values, name, text[run.start : end].strip()))
    return tuple(found)


def _unit(text: str, start: int, end: int) -> tuple[str, int]:
    after = _UNIT_AFTER.match(text, end)
    if after and after.lastgroup:
        return UNITS[int(after.lastgroup[1:])].name, after.end()
    ahead = text[max(0, start - 20) : start]
    return next((name for name, unit in _UNIT_BEFORE.items() if unit.search(ahead)), ""), end


def unit_after(text: str, end: int) -> str:
    """Return the name of the unit of a number that ends at `end`, or ""."""
    return _unit(text, end, end)[0]


def _compared(pair: Pair) -> Iterator[tuple[Amount, Amount | None]]:
    """Yield the source's amounts whose value has another unit, or no known one, with that."""
    both = number_texts(pair)
    ours = amounts(both[0], pair.source) if both else ()
    if not both or not ours:
        return
    theirs = amounts(both[1], pair.language)
    for amount in ours:
        same = [other for other in theirs if other.values & amount.values]
        if any(other.unit == amount.unit for other in same):
            continue
        wrong = next((o for o in same if _kind(o) == _kind(amount) and not _known(o, ours)), None)
        if wrong or not _ALONE[amount.unit].search(both[1]):
            yield amount, wrong


def _kind(amount: Amount) -> str:
    return _BY_NAME[amount.unit].kind


def _known(other: Amount, ours: tuple[Amount, ...]) -> bool:
    return any(amount.unit == other.unit and amount.values & other.values for amount in ours)


def changed(pair: Pair) -> Iterator[Finding]:
    """An amount whose unit became another unit of the same kind: mg became g."""
    for amount, wrong in _compared(pair):
        if wrong:
            yield f"{amount.text} became {wrong.text}", f"The unit is {amount.unit}, as in the source."


def lost(pair: Pair) -> Iterator[Finding]:
    """An amount whose unit the check does not find, though its number is there."""
    for amount, wrong in _compared(pair):
        both = number_texts(pair)
        there = {value for run in runs(both[1], pair.language) for r in run.readings for value in r} if both else set()
        if not wrong and amount.values & there:
            yield f"the unit of {amount.text} is not found", f"Write {amount.unit} or the word for it."
