"""Find the unit of a number: after it in most languages, before it in some."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.languages.patterns import expression
from ankl_i18n.languages.reader import units

if TYPE_CHECKING:
    from ankl_i18n.languages import Language

# Abbreviations end where letters of the same alphabet end: "5 min" is not 5 m, "5 mg" not 5 m.
_ENDS: Final = r"(?![A-Za-z\u00b5\u00c0-\u024f\u1e00-\u1eff\u03bc\u0400-\u04ff])"
_BEGINS: Final = r"(?<![A-Za-z\u0400-\u04ff])"
# Filipino links a number and its noun: "24 na oras".
_SPACE: Final = r"(?: na |[\s\u00a0\u202f\u2009\u200b-]{0,3})"
_REACH: Final = 30

KINDS: Final = {name: unit.kind for name, unit in units().items()}
NAMES: Final = {name: unit.name or unit.plural or name for name, unit in units().items()}
UNIT_SIGNS: Final = {name: unit.signs or ("\0",) for name, unit in units().items()}
MEASURES: Final = frozenset(
    name for name, kind in KINDS.items() if kind not in ("time", "ratio", "count")
)


@dataclass(frozen=True, slots=True)
class _Units:
    """What finds the unit after a number, and each unit before a number or anywhere."""

    after: re.Pattern[str]
    before: dict[str, re.Pattern[str]]


@cache
def _units(language: Language) -> _Units:
    data = language.data
    parts = (f"(?P<{name}>{_alternatives(language, name)})" for name in units())
    before = {
        name: re.compile(f"(?i:{expression(words, spaces=data.script.spaces)}){_SPACE}$")
        for name, words in data.units_before.items()
    }
    return _Units(re.compile(f"{_SPACE}(?:{'|'.join(parts)})"), before)


def _alternatives(language: Language, name: str, begins: str = "") -> str:
    data, signs = language.data, units()[name].signs
    ends = _ENDS if signs and signs[0][-1].isalpha() else ""
    parts = [f"{begins}(?:{'|'.join(map(re.escape, signs))}){ends}"] if signs else []
    words = data.units.get(name, ())
    if not begins:  # right after a number
        words = tuple(word if word[0] == "/" else f"*{word}" for word in words)
    parts += [f"(?i:{expression(words, spaces=data.script.spaces)})"] if words else []
    return "|".join(parts) or "(?!)"


def unit_at(text: str, start: int, end: int, language: Language) -> tuple[str, int]:
    """Return the name of the unit of the number at `start` to `end`, or "", and its end."""
    known = _units(language)
    after = known.after.match(text, end)
    name = (after.lastgroup or "") if after else ""
    if known.before and name in ("", "degree"):
        ahead = text[max(0, start - _REACH) : start]
        name = next((unit for unit, here in known.before.items() if here.search(ahead)), name)
    return name, after.end() if after else end


def unit_after(text: str, end: int, language: Language) -> str:
    """Return the name of the unit of a number that ends at `end`, or ""; tablets are none."""
    name = unit_at(text, end, end, language)[0]
    return "" if KINDS.get(name) == "count" else name


def is_measure(text: str, end: int, language: Language) -> bool:
    """Tell whether a number that ends at `end` is a mass, volume, length or temperature."""
    return unit_after(text, end, language) in MEASURES


def times_written(name: str, text: str, language: Language, *, signs_alone: bool = False) -> int:
    """Return how often a unit is written anywhere in a text, by signs and words or by signs."""
    return sum(1 for _ in _alone(name, language, signs_alone).finditer(text))


@cache
def _alone(name: str, language: Language, signs_alone: bool) -> re.Pattern[str]:
    if signs_alone:
        return re.compile("|".join(map(re.escape, UNIT_SIGNS[name])))
    before = language.data.units_before.get(name, ())
    pattern = _alternatives(language, name, _BEGINS)
    if before:
        pattern += f"|(?i:{expression(before, spaces=language.data.script.spaces)})"
    return re.compile(pattern)
