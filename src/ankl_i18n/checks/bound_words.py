"""Words of bounds wherever they stand in a text: at least, more than, up to, less than."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from ankl_i18n.languages import Language
from ankl_i18n.languages.patterns import Finder, finder, pattern

UP: Final = frozenset(("at-least", "more"))
_TAGS: Final = frozenset(("up", "most", "less"))
_REACH: Final = 14
_DENIED: Final = 48
_TIMES: Final = frozenset(("second", "minute", "hour", "day", "week", "month", "year"))
_HAS_DIGIT: Final = re.compile(r"\d")
_AMOUNT_AFTER: Final = re.compile(r"\W{0,3}(?:(?:the|a|an|about|ages?|aged|of) ){0,3}\W?\d")
# "Beyond 2020" is a date, and "no country tested more than 3 %" at most 3 %.
_YEAR_AFTER: Final = re.compile(r"\W*(?:19|20)\d\d\b")
_DENIES: Final = re.compile(
    r"(?:\b(?:no|none|nobody|neither|not|never|cannot)|n['’]t)\b[^.;:]{0,40}$"
)
_AT_LEAST: Final = re.compile(r"at least|or |and ")
# Bounds of the source whatever they are about.
_COMPARES: Final = re.compile(r"at (?:least|most)|\w+(?:er|ore|ess) than")
# What many languages say with the words for "up to".
_UNTIL: Final = re.compile(
    r"\b(?:until|till|as of|to date|as (?:far|recently|early|late))\b"
    r"|\bby (?:\d|the|early|late|mid|jan|feb|mar|apr|may|june|july|aug|sep|oct|nov|dec)"
)
_UP_SIGNS: Final = re.compile(r"[>\u2265]=?\s?\d")
_DOWN_SIGNS: Final = re.compile(r"[<\u2264]=?\s?\d")


@cache
def _bounds(language: Language) -> Finder[str]:
    data = language.data
    words = {
        word: "up" if name in UP else "most" if name == "at-most" else name
        for table in (data.bounds_before, data.bounds_after)
        for name, forms in table.items()
        for word in forms
        if data.script.spaces or len(word) > 1  # 多 is "many", too
    }
    return finder(words, spaces=data.script.spaces)


@lru_cache(maxsize=8192)
def bound_words(text: str, language: Language) -> Mapping[str, int]:
    """Return how often a text in small letters says "up" (at least, more), "most" and "less"."""
    known = _bounds(language)
    said: dict[str, int] = {}
    for match in known.find(text):
        tag = known.value(match)
        if tag in _TAGS:
            said[tag] = said.get(tag, 0) + 1
    return said


def bounds_said(text: str, language: Language) -> Mapping[str, int]:
    """Return how often words of a text in small letters say each bound, or signs before numbers
    "up" (>, ≥) and "less" (<, ≤).
    """
    return _with_signs(bound_words(text, language), text)


def _with_signs(words: Mapping[str, int], text: str) -> Mapping[str, int]:
    signs = (("up", len(_UP_SIGNS.findall(text))), ("less", len(_DOWN_SIGNS.findall(text))))
    return {**words, **{tag: words.get(tag, 0) + often for tag, often in signs if often}}


@cache
def _counted(language: Language) -> re.Pattern[str]:
    """Return what a bound in words may be about: two, a million, half, an hour."""
    data = language.data
    words = [form for forms in data.numbers.words for form in forms.split("|")]
    words += [*data.numbers.half, *(word for many in data.numbers.scales.values() for word in many)]
    words += [word for name, many in data.units.items() if name in _TIMES for word in many]
    return pattern(tuple(words), spaces=data.script.spaces)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How often a text says each bound of a number, and those that it surely means as bounds.

    `spelled` tells that one has no digits beside it, `until` how often a text says until when.
    """

    said: Mapping[str, int]
    surely: Mapping[str, int]
    until: int
    spelled: bool


@lru_cache(maxsize=16384)
def source_bounds(text: str, language: Language) -> Bounds:
    """Return how often a source text says each bound of a number, in digits or words."""
    bounds = _bounds(language)
    said: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    spelled = False
    for match in bounds.find(text):
        if (tag := bounds.value(match)) not in _TAGS:
            continue
        ahead = text[max(0, match.start() - _REACH) : match.start()]
        near = ahead + text[match.start() : match.end() + _REACH]
        digits = bool(_AMOUNT_AFTER.match(text, match.end()))
        if match[0].startswith(("or ", "and ")):
            digits = bool(_HAS_DIGIT.search(ahead))
        if digits or _counted(language).search(near) or _COMPARES.match(match[0]):
            said[tag] += 1
            spelled |= not digits
            denied = _DENIES.search(text, max(0, match.start() - _DENIED), match.start())
            denied = None if _AT_LEAST.match(match[0]) else denied
            doubtful[tag] += bool(denied or _YEAR_AFTER.match(text, match.end()))
    said = Counter(_with_signs(said, text))
    return Bounds(said, said - doubtful, len(_UNTIL.findall(text)), spelled)
