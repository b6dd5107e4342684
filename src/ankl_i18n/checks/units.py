"""Checks of units: each amount keeps the unit that the source gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ankl_i18n.checks.amount_compare import compared, number_texts
from ankl_i18n.checks.amounts import Amount, amounts
from ankl_i18n.checks.records import Finding, Pair
from ankl_i18n.checks.unit_signs import KINDS, NAMES, UNIT_SIGNS, times_written
from ankl_i18n.languages import Language

Partners = tuple["Amount", "Amount"]
# Kinds of units that each number has, even where two are a range.
_SIGNED: Final = ("ratio", "temperature", "degree")
# Kinds of units that a medicine is measured in: 5 ml are never 5 mg.
_DOSED: Final = {"mass", "volume"}
# So near to one another stand the two ends of a range.
NEAR: Final = len(" bis zu ")
# What tells an age, and how near.
_AGE: Final = re.compile(r"\bage[ds]?\b|\bold(?:er)?\b|\byoung(?:er)?\b")
_AGED: Final = 16
# And so near the times of a list.
LIST: Final = 40


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

    Six hours in place of 500 mg are no proof, for many words can follow a number; 6 mg are. So
    are 5 mg in place of 5 ml, unless both texts have both.
    """
    if KINDS[one.unit] == KINDS[other.unit] != "count":
        return True
    both = number_texts(pair)
    ours = amounts(both[0], pair.source) if both else ()
    theirs = amounts(both[1], pair.language) if both else ()
    if {KINDS[one.unit], KINDS[other.unit]} == _DOSED:
        kept = any((a.value, a.unit) == (other.value, other.unit) for a in ours)
        return not kept and all((a.value, a.unit) != (one.value, one.unit) for a in theirs)
    moved = any(a.unit == other.unit and a.value != other.value for a in ours)
    back = any(a.unit == one.unit and a.value != one.value for a in theirs)
    return moved and back


def lost(pair: Pair) -> Iterator[Finding]:
    """An amount whose unit the check does not find, though its number is there."""
    return (finding for one, finding in _lost(pair) if not _is_age(one, pair))


def ages(pair: Pair) -> Iterator[Finding]:
    """An age without its years: in some languages "aged 19" is enough."""
    return (finding for one, finding in _lost(pair) if _is_age(one, pair))


def _is_age(one: Amount, pair: Pair) -> bool:
    both = number_texts(pair)
    if one.unit != "year" or not both:
        return False
    return bool(_AGE.search(both[0], max(0, one.start - _AGED), one.end + _AGED))


def _lost(pair: Pair) -> Iterator[tuple[Amount, Finding]]:
    comparison, both = compared(pair), number_texts(pair)
    if not both or not comparison.pairs:
        return
    known = pair.language.data
    free: dict[str, int] = {}
    for place, (one, other) in enumerate(comparison.pairs):
        unit = one.unit
        counted = KINDS.get(other.unit, "count") == "count"
        if (unit, other.unit) == ("fahrenheit", "degree"):
            counted = True  # most readers know another degree
        if not unit or not counted or KINDS[unit] == "count":
            yield from (
                (one, comparison) for comparison in _measure_lost(one, other, both[1], pair)
            )
            continue
        if not (unit in known.units or unit in known.units_before):
            continue
        if _shares(place, comparison.pairs, both[0], pair) or _like_others(place, comparison.pairs):
            continue
        if unit not in free:
            apart = _apart(unit, both[0], pair.source)
            free[unit] = _unattached(unit, both[1], pair.language) - apart
        free[unit] -= 1
        if free[unit] < 0:
            hint = f"Write {_name(one)} or the word for it."
            yield one, (f"the unit of {one.text} is missing", hint)


def _unattached(unit: str, after: str, language: Language) -> int:
    """Return how often a unit is written apart from numbers, where it may be meant for one.

    Where another number has the sign, a word is none: "the percentages were 98, 76% and 3%".
    """
    theirs = [one for one in amounts(after, language) if unit in (one.unit, one.per)]
    by_sign = any(one.text.endswith(UNIT_SIGNS[unit]) for one in theirs)
    written = times_written(unit, after, language, signs_alone=by_sign)
    return written - sum(1 for one in theirs if not by_sign or one.text.endswith(UNIT_SIGNS[unit]))


def _apart(unit: str, before: str, source: Language) -> int:
    """Return how often the source itself says a unit apart from numbers: "the percentages"."""
    with_numbers = sum(unit in (one.unit, one.per) for one in amounts(before, source))
    return max(0, times_written(unit, before, source) - with_numbers)


def _shares(place: int, pairs: Sequence[Partners], before: str, pair: Pair) -> bool:
    """Tell whether an amount of a range has its unit from the other end: 20 to 30 %."""
    one, other = pairs[place]
    for end in (place - 1, place + 1):
        if not 0 <= end < len(pairs):
            continue
        first = min(place, end)
        sibling, partner = pairs[end]
        gap = max(partner.start - other.end, other.start - partner.end)
        # Of two ends the last one has the sign, 20 to 30 %, or the first one where it leads.
        leads = partner.text[-1:].isdigit()
        if other.start > partner.start and not leads and sibling.unit == one.unit:
            continue
        if _is_range(pairs[first][0], before) and gap <= NEAR and partner.unit == one.unit:
            twice = one.unit == sibling.unit and KINDS[one.unit] in _SIGNED
            shares = pair.language.data.numbers.shares_units and pairs[first][0].joined
            if not twice or (shares and not _repeats(pairs)):
                return True
    return False


def _like_others(place: int, pairs: Sequence[Partners]) -> bool:
    """Tell whether a time has its unit from one beside it: over 65 years, and above all over 85."""
    one, other = pairs[place]
    for sibling, partner in (pairs[end] for end in (place - 1, place + 1) if 0 <= end < len(pairs)):
        gap = max(partner.start - other.end, other.start - partner.end)
        if KINDS[one.unit] == "time" and sibling.unit == one.unit == partner.unit and gap <= LIST:
            return True
    return False


def _is_range(one: Amount, before: str) -> bool:
    return one.joined or before.startswith((" and ", " to ", " or "), one.end)


def _repeats(pairs: Sequence[Partners]) -> bool:
    """Tell whether most ranges of the translation have their % at both ends."""
    repeats = [
        low.unit == "percent" == high.unit
        for (one, low), (other, high) in pairwise(pairs)
        if one.joined and one.unit == "percent" == other.unit
    ]
    return 2 * sum(repeats) > len(repeats)


def _measure_lost(one: Amount, other: Amount, after: str, pair: Pair) -> Iterator[Finding]:
    """Yield an amount whose measure after the slash is not there: 10 mg/kg became 10 mg."""
    lost = one.per and one.unit == other.unit and not other.per
    if lost and not times_written(one.per, after, pair.language):
        yield f"the unit of {one.text} is missing", f"Write {_name(one)} or the word for it."


def _name(one: Amount) -> str:
    unit = NAMES[one.unit]
    return f"{unit}/{NAMES[one.per]}" if one.per else unit
