"""The same time in another unit: 14 days are 2 weeks."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from ankl_i18n.checks.amounts import Amount

# How many of the smaller unit are one: no month or year, whose days are not always as many.
_HOURS: Final = {"hour": Decimal(1), "day": Decimal(24), "week": Decimal(168)}
_SECONDS: Final = {"second": Decimal(1), "minute": Decimal(60), "hour": Decimal(3600)}
_MONTHS: Final = {"month": Decimal(1), "year": Decimal(12)}


def drop_same(missing: list[tuple[str, Amount]], extra: list[tuple[str, Amount]]) -> None:
    """Take out times of the source that the translation has in another unit."""
    places: dict[tuple[int, Decimal], dict[str, deque[int]]] = defaultdict(dict)
    for place, (value, one) in enumerate(extra):
        for length in _lengths(value, one):
            places[length].setdefault(one.unit, deque()).append(place)
    used: set[int] = set()
    kept = []
    for value, one in missing:
        same = [
            place
            for length in _lengths(value, one)
            for unit, queue in places.get(length, {}).items()
            if unit != one.unit
            for place in _first(queue, used)
        ]
        if same:
            used.add(min(same))
        else:
            kept.append((value, one))
    if used:
        missing[:] = kept
        extra[:] = [pair for place, pair in enumerate(extra) if place not in used]


def _first(queue: deque[int], used: set[int]) -> Iterator[int]:
    """Yield the first place of a queue that is not used, if any, and drop those before it."""
    while queue and queue[0] in used:
        queue.popleft()
    if queue:
        yield queue[0]


def _lengths(value: str, one: Amount) -> Iterator[tuple[int, Decimal]]:
    """Yield how long a time is by each table that has its unit."""
    for i, table in enumerate((_HOURS, _SECONDS, _MONTHS)):
        if one.unit in table and not one.per:
            try:
                yield i, Decimal(value) * table[one.unit]
            except InvalidOperation:
                return
