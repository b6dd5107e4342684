"""`[tool.ankl_i18n.print]`: rules for leaflets on paper, and what a print-shop needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from ankl_i18n.settings.publisher.kinds import text
from ankl_i18n.settings.publisher.reader import file_rule, one_of, wrong_in

# Where the first danger box of a leaflet is on paper.
FIRST: Final = "first"
IN_PLACE: Final = "in-place"
PLACES: Final = (IN_PLACE, FIRST)
MOST_BLEED: Final = 10  # mm


@dataclass(frozen=True, slots=True)
class Printing:
    """How leaflets are printed.

    `danger` is one of `PLACES`. `profile` is the path of the ICC profile of the print-shop's
    process, `condition` the name of that process in the registry of the ICC (may be empty).
    `bleed` is how far what touches the edge of the paper goes beyond it, in mm.
    """

    danger: str = IN_PLACE
    profile: str = ""
    condition: str = ""
    bleed: float = 3.0


@dataclass(frozen=True, slots=True)
class PrintShop:
    """What a print-shop asks for: its ICC profile, and its process in the ICC's registry.

    `day` is that of the text (ISO 8601), for a PDF/X must have a date.
    """

    profile: bytes
    condition: str
    day: str

    def __str__(self) -> str:
        """What tells it from others."""
        return f"{sha256(self.profile).hexdigest()} {self.condition} {self.day}"


def printing(table: Mapping[str, Any]) -> Printing:
    """Return the record of a table in which `print_problems` found nothing."""
    return Printing(**table)


def print_problems(table: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what is wrong with the settings' table: where in it, and the message."""
    yield from wrong_in(table, RULES, ())


def _bleed(value: Any) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    good = is_number and 0 <= value <= MOST_BLEED
    return "" if good else f"write how many millimetres, from 0 to {MOST_BLEED}"


RULES: Final[Mapping[str, Any]] = {
    "danger": one_of(*PLACES),
    "profile": file_rule(".icc", ".icm"),
    "condition": text,
    "bleed": _bleed,
}
