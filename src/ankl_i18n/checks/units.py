"""Checks of units: each amount keeps the unit that the source gives it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ankl_i18n.checks.amount_compare import compared, number_texts
from ankl_i18n.checks.amounts import amounts
from ankl_i18n.checks.records import Finding, Pair
from ankl_i18n.checks.unit_signs import KINDS, NAMES, times_written

if TYPE_CHECKING:
    from ankl_i18n.checks.amounts import Amount


def changed(pair: Pair) -> Iterator[Finding]:
    """An amount whose unit became another unit of the same kind: mg became g."""
    for one, other in compared(pair).pairs:
        per = one.per and other.per and one.per != other.per and one.unit == other.unit
        unit = one.unit and other.unit and not _fits(one, other) and _strange(one, other, pair)
        if unit or per:
            yield f"{one.text} became {other.text}", f"The unit is {_name(one)}, as in the source."


def _fits(one: Amount, other: Amount) -> bool:
    """Tell whether an amount has the unit of the source's; a degree may be either kind."""
    return one.unit == other.unit or (
        "degree" in (one.unit, other.unit)
        and {KINDS[one.unit], KINDS[other.unit]} <= {"degree", "temperature"}
    )


def _strange(one: Amount, other: Amount, pair: Pair) -> bool:
    """Tell whether a unit is of the same kind, or that of another amount of the source.

    Six hours in place of 500 mg are no proof, for many words can follow a number; 6 mg are.
    """
    if KINDS[one.unit] == KINDS[other.unit] != "count":
        return True
    both = number_texts(pair)
    ours = amounts(both[0], pair.source) if both else ()
    theirs = amounts(both[1], pair.language) if both else ()
    moved = any(a.unit == other.unit and a.value != other.value for a in ours)
    back = any(a.unit == one.unit and a.value != one.value for a in theirs)
    return moved and back


def lost(pair: Pair) -> Iterator[Finding]:
    """An amount whose unit the check does not find, though its number is there."""
    found, both = compared(pair), number_texts(pair)
    if not both or not found.pairs:
        return
    ours = Counter(one.unit for one, _ in found.pairs if one.unit)
    known = pair.language.data
    following = {a: b for (_, a), (_, b) in zip(found.pairs, found.pairs[1:], strict=False)}
    preceding = {b: a for a, b in following.items()}
    for one, other in found.pairs:
        unit = one.unit
        counted = KINDS.get(other.unit, "count") == "count"
        if not unit or not counted or KINDS[unit] == "count":
            yield from _measure_lost(one, other, both[1], pair)
            continue
        age = unit == "year" and (one.bound or one.signed)  # "people over 65"
        if age or not (unit in known.units or unit in known.units_before):
            continue
        mirrored = known.numbers.mirrored and preceding.get(other)
        if _shared(one, other, following.get(other), unit, both[0]) or (
            mirrored and mirrored.unit == unit and mirrored.start > other.start
        ):
            continue
        if times_written(unit, both[1], pair.language) < ours[unit]:
            yield f"the unit of {one.text} is not found", f"Write {_name(one)} or the word for it."


def _measure_lost(one: Amount, other: Amount, after: str, pair: Pair) -> Iterator[Finding]:
    """Yield an amount whose measure after the slash is not there: 10 mg/kg became 10 mg."""
    lost = one.per and one.unit == other.unit and not other.per
    if lost and not times_written(one.per, after, pair.language):
        yield f"the unit of {one.text} is not found", f"Write {_name(one)} or the word for it."


def _shared(one: Amount, other: Amount, following: Amount | None, unit: str, before: str) -> bool:
    """Tell whether an amount of a range shares its unit with the next one: 20 to 30 %."""
    if not (one.joined or before.startswith((" and ", " to ", " or "), one.end)):
        return False
    near = following is not None and 0 <= following.start - other.end <= len(" bis zu ")
    return bool(near and following and following.unit == unit)


def _name(one: Amount) -> str:
    unit = NAMES[one.unit]
    return f"{unit}/{NAMES[one.per]}" if one.per else unit
