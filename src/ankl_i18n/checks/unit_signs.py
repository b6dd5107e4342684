"""Find the unit of a number: after it in most languages, before it in some."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from ankl_i18n.checks.unit_words import COUNTS, UNITS, Unit

# Abbreviations end where letters of the same alphabet end: "5 min" is not 5 m, "5 mg" not 5 m.
_ENDS: Final = r"(?![A-Za-z\u00b5\u00c0-\u024f\u1e00-\u1eff\u03bc\u0400-\u04ff])"
_BEGINS: Final = r"(?<![A-Za-z\u0400-\u04ff])"
# Filipino links a number and its noun: "24 na oras".
_SPACE: Final = r"(?: na |[\s\u00a0\u202f\u2009-]{0,2})"
_REACH: Final = 20


def _alternatives(unit: Unit, begins: str = "") -> str:
    parts = []
    if unit.signs:
        parts.append(f"{begins}(?:{unit.signs}){_ENDS}")
    if unit.words:
        parts.append(f"(?i:{unit.words})")
    return "|".join(parts)


_ALL: Final = (*UNITS, *COUNTS)
_ANY: Final = "|".join(f"(?P<u{i}>{_alternatives(unit)})" for i, unit in enumerate(_ALL))
_AFTER: Final = re.compile(f"{_SPACE}(?:{_ANY})")
_BEFORE: Final = {
    unit.name: re.compile(f"(?:{unit.before}){_SPACE}$") for unit in UNITS if unit.before
}
_COUNTED: Final = frozenset(unit.name for unit in COUNTS)
_MEASURES: Final = frozenset(unit.name for unit in UNITS if unit.kind not in ("time", "ratio"))


def unit_at(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the name of the unit of the number at `start` to `end`, or "", and its end."""
    after = _AFTER.match(text, end)
    if after and after.lastgroup:
        return _ALL[int(after.lastgroup[1:])].name, after.end()
    ahead = text[max(0, start - _REACH) : start]
    return next((name for name, unit in _BEFORE.items() if unit.search(ahead)), ""), end


def unit_after(text: str, end: int) -> str:
    """Return the name of the unit of a number that ends at `end`, or ""; tablets are none."""
    name = unit_at(text, end, end)[0]
    return "" if name in _COUNTED else name


def is_measure(text: str, end: int) -> bool:
    """Tell whether a number that ends at `end` is a mass, volume, length or temperature."""
    return unit_after(text, end) in _MEASURES


def is_there(name: str, text: str) -> bool:
    """Tell whether a unit is written anywhere in a text."""
    return bool(_alone(name).search(text))


@cache
def _alone(name: str) -> re.Pattern[str]:
    unit = next(unit for unit in _ALL if unit.name == name)
    return re.compile(_alternatives(unit, _BEGINS))
