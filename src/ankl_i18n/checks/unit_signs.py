"""Find the unit of a number: after it in most languages, before it in some."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from ankl_i18n.languages import Language
from ankl_i18n.languages.patterns import NEVER, expression
from ankl_i18n.languages.reader import units

# Abbreviations end where letters of the same alphabet end: "5 min" is not 5 m, "5 mg" not 5 m.
_ENDS: Final = r"(?![A-Za-z\u00b5\u00c0-\u024f\u1e00-\u1eff\u03bc\u0400-\u04ff])"
_BEGINS: Final = r"(?<![A-Za-z\u0400-\u04ff])"
# Filipino links a number and its noun: "24 na oras". No unit begins like a space.
_SPACE: Final = r"(?: na |[\s\u00a0\u202f\u2009\u200b-]{0,3}+)"
_REACH: Final = 30
# What is not longer is an abbreviation.
_ABBREVIATION: Final = 2
# What may be left of a word behind a mark: Arabic has one for "a".
_ENDING: Final = r"[^\s.,;:!?،؛]{0,3}"

KINDS: Final = {name: unit.kind for name, unit in units().items()}
NAMES: Final = {name: unit.name or unit.plural or name for name, unit in units().items()}
UNIT_SIGNS: Final = {name: unit.signs or ("\0",) for name, unit in units().items()}
MEASURES: Final = frozenset(
    name for name, kind in KINDS.items() if kind not in ("time", "ratio", "count")
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What finds the words of each unit of a language after a number, and before one."""

    after: re.Pattern[str]
    before: dict[str, re.Pattern[str]]


@cache
def _words(language: Language) -> _Words:
    data = language.data
    # Right after a number a word needs no beginning of its own.
    after = {
        name: tuple(word if word[0] == "/" else f"*{word}" for word in data.units[name])
        for name in UNIT_SIGNS
        if data.units.get(name)
    }
    parts = (f"(?P<{name}>{_of_words(words, language)})" for name, words in after.items())
    before = {
        name: re.compile(f"{_of_words(words, language)}{_SPACE}$")
        for name, words in data.units_before.items()
    }
    return _Words(_after_space(parts), before)


def _after_space(parts: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"{_SPACE}(?:{'|'.join(parts) or NEVER})")


def _of_words(words: tuple[str, ...], language: Language) -> str:
    """Return an expression of words in any letters, small or not."""
    found = expression(words, spaces=language.data.script.spaces)
    has_case = any(word.lower() != word.upper() for word in words)
    return f"(?i:{found})" if has_case else f"(?:{found})"  # to ignore case is slow to compile


def _of_signs(name: str) -> str:
    """Return an expression of the signs of a unit, which end where their letters do."""
    signs = units()[name].signs
    return f"(?:{'|'.join(map(re.escape, signs))}){_ENDS if signs[0][-1].isalpha() else ''}"


_SIGNS: Final = _after_space(
    f"(?P<{name}>{_of_signs(name)})" for name, unit in units().items() if unit.signs
)
_ORDER: Final = {name: place for place, name in enumerate(UNIT_SIGNS)}


def unit_at(text: str, start: int, end: int, language: Language) -> tuple[str, int]:
    """Return the name of the unit of the number at `start` to `end`, or "", and its end."""
    known = _words(language)
    after = _unit_after(text, end, known.after)
    name = (after.lastgroup or "") if after else ""
    if known.before and name in ("", "degree"):
        name = _standing_before(text, start, known.before) or name
    return name, after.end() if after else end


def _unit_after(text: str, end: int, words: re.Pattern[str]) -> re.Match[str] | None:
    """Return the unit after a number, the first one of the table where a sign and a word fit."""
    sign, word = _SIGNS.match(text, end), words.match(text, end)
    return min(sign, word, key=_place) if sign and word else sign or word


def _place(unit: re.Match[str]) -> tuple[int, int]:
    """Return what comes first: behind a "na", and then in the order of the table."""
    return -unit.start(unit.lastindex or 0), _ORDER[unit.lastgroup or ""]


def unit_after(text: str, end: int, language: Language) -> str:
    """Return the name of the unit of a number that ends at `end`, or ""; tablets are none."""
    name = unit_at(text, end, end, language)[0]
    return "" if KINDS.get(name) == "count" else name


def unit_ahead(text: str, start: int, language: Language) -> str:
    """Return the unit whose word, with any ending, stands right before a number, or ""."""
    return _standing_before(text, start, _ahead(language))


def _standing_before(text: str, start: int, known: Mapping[str, re.Pattern[str]]) -> str:
    """Return the first known unit that stands right before a number, or ""."""
    ahead = text[max(0, start - _REACH) : start]
    return next((name for name, here in known.items() if here.search(ahead)), "")


@cache
def _ahead(language: Language) -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(f"{_of_words(begun, language)}{_ENDING}{_SPACE}$")
        for name, words in language.data.units.items()
        if (begun := tuple(_begun(word) for word in words if len(word) > _ABBREVIATION))
    }


def _begun(word: str) -> str:
    """Return a word with any ending."""
    return word if word[0] == "/" or word.endswith("*") else f"{word}*"


def unit_of_two(word: str, language: Language) -> str:
    """Return the name of the unit that a noun means two of, or "": Arabic has a form for two."""
    return next((name for name, form in _duals(language).items() if form.fullmatch(word)), "")


@cache
def _duals(language: Language) -> dict[str, re.Pattern[str]]:
    endings = "|".join(language.data.numbers.dual)
    return {
        name: re.compile(rf"\w?(?:{'|'.join(_stem(word) for word in words)})(?:{endings})")
        for name, words in (*language.data.units.items(), *language.data.counted.items())
        if endings
    }


def _stem(word: str) -> str:
    return re.escape(word.strip("*").removesuffix("ة"))


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
    data = language.data
    parts = [f"{_BEGINS}{_of_signs(name)}"] if units()[name].signs else []
    parts += [
        _of_words(table[name], language)
        for table in (data.units, data.units_before)
        if table.get(name)
    ]
    return re.compile("|".join(parts) or NEVER)
