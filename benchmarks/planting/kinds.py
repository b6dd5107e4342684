"""The kinds of fault, and the group that each belongs to."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.planting import numbers, structure, wordings
from benchmarks.planting.texts import Edit, Place


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault: `plant` yields the ways to plant it into a translation."""

    name: str
    group: str
    plant: Callable[[Place, random.Random], Iterator[Edit]]


KINDS: Final = tuple(
    Kind(name, group, plant)
    for group, kinds in {
        "digits": {
            "digit-changed": numbers.digit_changed,
            "digits-exchanged": numbers.digits_exchanged,
        },
        "numbers": {
            "number-lost": numbers.number_lost,
            "number-added": numbers.number_added,
            "numbers-swapped": numbers.numbers_swapped,
            "number-word-changed": wordings.swapped("number-word-changed"),
            "scale-changed": wordings.swapped("scale-changed"),
            "name-changed": numbers.name_changed,
        },
        "decimals": {
            "decimal-lost": numbers.decimal_lost,
            "decimal-moved": numbers.decimal_moved,
            "thousands-confused": numbers.thousands_confused,
        },
        "signs": {"sign-lost": numbers.sign_lost, "sign-turned": numbers.sign_turned},
        "bounds": {
            "bound-turned": wordings.swapped("bound-turned"),
            "time-order-turned": wordings.swapped("time-order-turned"),
            "frequency-changed": wordings.swapped("frequency-changed"),
        },
        "units": {
            "unit-changed": wordings.swapped("unit-changed"),
            "unit-lost": wordings.unit_lost,
        },
        "percent": {
            "percent-lost": numbers.percent_lost,
            "one-percent-lost": numbers.one_percent_lost,
            "degree-lost": numbers.degree_lost,
            "degree-changed": numbers.degree_changed,
        },
        "ranges": {
            "range-turned": numbers.range_turned,
            "range-widened": numbers.range_widened,
            "range-end-lost": numbers.range_end_lost,
        },
        "dates": {
            "day-changed": numbers.day_changed,
            "month-changed": wordings.swapped("month-changed"),
            "weekday-changed": wordings.swapped("weekday-changed"),
            "year-changed": numbers.year_changed,
            "time-changed": numbers.time_changed,
            "ordinal-changed": numbers.ordinal_changed,
            "ordinal-word-changed": wordings.swapped("ordinal-changed"),
            "decade-changed": numbers.decade_changed,
        },
        "phones": {
            "phone-changed": numbers.phone_changed,
            "address-changed": numbers.address_changed,
        },
        "negation": {
            "negation-lost": wordings.negation_lost,
            "negation-added": wordings.negation_added,
            "negation-moved": wordings.negation_moved,
        },
        "links": {
            "link-targets-swapped": structure.targets_swapped,
            "link-texts-swapped": structure.texts_swapped,
        },
        "dropped": {
            "sentence-dropped": structure.sentence_dropped,
            "alternative-dropped": structure.alternative_dropped,
            "item-dropped": structure.item_dropped,
            "condition-dropped": structure.condition_dropped,
        },
        "opposites": {
            "opposite": wordings.swapped("opposite"),
            "urgency-weakened": wordings.swapped("urgency-weakened"),
        },
    }.items()
    for name, plant in kinds.items()
)
