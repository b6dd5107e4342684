"""The same time in another unit: 14 days are 2 weeks."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from ankl_i18n.checks.amounts import Amount

# How many of the smaller unit are one: no month or year, whose days are not always as many.
_HOURS: Final = {"hour": Decimal(1), "day": Decimal(24), "week": Decimal(168)}
_SECONDS: Final = {"second": Decimal(1), "minute": Decimal(60), "hour": Decimal(3600)}
_MONTHS: Final = {"month": Decimal(1), "year": Decimal(12)}


def drop_same(missing: list[tuple[str, Amount]], extra: list[tuple[str, Amount]]) -> None:
    """Take out times of the source that the translation has in another unit."""
    for pair in list(missing):
        same = next((other for other in extra if _is_same(pair, other)), None)
        if same:
            missing.remove(pair)
            extra.remove(same)


def _is_same(one: tuple[str, Amount], other: tuple[str, Amount]) -> bool:
    units = one[1].unit, other[1].unit
    if units[0] == units[1] or one[1].per or other[1].per:
        return False
    for table in (_HOURS, _SECONDS, _MONTHS):
        if units[0] in table and units[1] in table:
            try:
                return Decimal(one[0]) * table[units[0]] == Decimal(other[0]) * table[units[1]]
            except InvalidOperation:
                return False
    return False
