"""Checks of numbers and bounds in words: two, million, more than.

Where a word of the source is gone and another one of its kind has come instead, it was changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.number_words import chinese_value
from ankl_i18n.checks.records import Finding, Pair, small_letters
from ankl_i18n.languages.patterns import tag_of, tagged
from ankl_i18n.source.texts import ascii_digits

if TYPE_CHECKING:
    from ankl_i18n.languages import Language

# From two on: "one" is an article, too.
VALUES: Final = (*range(1, 11), *range(20, 100, 10))
SCALES: Final = ("3", "6", "9")
_WORDS_OF_SCALES: Final = {"3": "thousand", "6": "million", "9": "billion"}
UP: Final = frozenset(("at-least", "more"))
DOWN: Final = frozenset(("at-most", "less"))
# Chinese numerals before what is counted; elsewhere they are parts of words.
_COUNTED: Final = "个個名人次天日周週年岁歲月小分种種位例项項倍片粒滴つ本回か歳間"
_CHINESE: Final = re.compile(f"[一二三四五六七八九十两兩]+(?=[{_COUNTED}])")
_DIGITS: Final = re.compile(r"\d+")
# Not those of names: SARS-CoV-2, H1N1.
_NUMBER: Final = re.compile(r"(?<![A-Za-z\d])(?<![A-Za-z][-‐‑])\d+")
_ATTACHED: Final = re.compile(r"\d\+?[\s-]?\Z")
# "Fourteen" is ten and four in other languages, "two-thirds" two and three.
_COMPOUND: Final = re.compile(
    r"\b\w+teen\b|\b(?:eleven|twelve)\b|\w+ty-\w|[- ]thirds?\b|hundred|thousand"
)
_REACH: Final = 14
HINT: Final = "Compare with the source: is this what it says?"


@cache
def _numbers(language: Language) -> re.Pattern[str] | None:
    data = language.data
    words = {
        form: f"n{value}"
        for value, forms in zip(VALUES, data.numbers.words, strict=False)
        for form in forms.split("|")
        if form.replace(" ", "").isalpha() or not form.isascii()
    }
    return tagged(words, spaces=data.script.spaces)


@lru_cache(maxsize=8192)
def number_words(text: str, language: Language) -> Mapping[int, int]:
    """Return how often a text in small letters has each number as a word."""
    if language.data.numbers.numerals == "chinese":
        return Counter(int(chinese_value(found)) for found in _CHINESE.findall(text))
    pattern = _numbers(language)
    found = pattern.finditer(text) if pattern else ()
    return Counter(int(tag_of(match)[1:]) for match in found)


def numbers(pair: Pair) -> Iterator[Finding]:
    """A number that is one word in the source is not another word here: two, three."""
    if not _compared(pair):
        return
    before, after = small_letters(pair)
    ours = number_words(before, pair.source)
    if not any(value > 1 for value in ours) or _COMPOUND.search(before):
        return
    theirs = number_words(after, pair.language)
    digits = {int(run) for run in _NUMBER.findall(ascii_digits(pair.after.shown))}
    said = set(ours) | {int(run) for run in _DIGITS.findall(ascii_digits(pair.before.shown))}
    for value in sorted(ours):
        if value == 1 or theirs.get(value) or value in digits:
            continue
        other = next((v for v in sorted(theirs) if v > 1 and v not in said), None)
        if other:
            yield f"the number {value} became {other}, in words", HINT
            return


def _compared(pair: Pair) -> bool:
    return pair.markup and pair.msgid != pair.msgstr and not pair.single


@cache
def _scales(language: Language) -> re.Pattern[str] | None:
    data = language.data
    words = {word: f"e{n}" for n, forms in data.numbers.scales.items() for word in forms}
    return tagged(words, spaces=data.script.spaces)


@lru_cache(maxsize=8192)
def scale_words(text: str, language: Language) -> Mapping[str, int]:
    """Return how often a text in small letters has each word such as million, by its zeros.

    Those behind digits are amounts, which are compared as such.
    """
    pattern = _scales(language)
    found = pattern.finditer(text) if pattern else ()
    return Counter(
        tag_of(match)[1:] for match in found if not _ATTACHED.search(text, 0, match.start())
    )


def scales(pair: Pair) -> Iterator[Finding]:
    """A million does not become a billion or a thousand."""
    if not _compared(pair):
        return
    before, after = small_letters(pair)
    ours = scale_words(before, pair.source)
    if not ours:
        return
    theirs = scale_words(after, pair.language)
    known = pair.language.data.numbers.scales
    if set(theirs) - set(SCALES):  # lakh, 万: other steps
        return
    for zeros in SCALES:
        if ours.get(zeros, 0) > theirs.get(zeros, 0) and zeros in known:
            more = [z for z in SCALES if theirs.get(z, 0) > ours.get(z, 0)]
            if more:
                one, other = _WORDS_OF_SCALES[zeros], _WORDS_OF_SCALES[more[0]]
                yield f"{one} became {other}", HINT
                return


@cache
def _bounds(language: Language) -> re.Pattern[str] | None:
    data = language.data
    words = {
        word: "up" if name in UP else "down" if name in DOWN else "other"
        for table in (data.bounds_before, data.bounds_after)
        for name, forms in table.items()
        for word in forms
    }
    return tagged(words, spaces=data.script.spaces)


@lru_cache(maxsize=8192)
def bound_words(text: str, language: Language) -> Mapping[str, int]:
    """Return how often a text in small letters says "up" (at least, more) and "down"."""
    pattern = _bounds(language)
    found = pattern.finditer(text) if pattern else ()
    return Counter(tag for match in found if (tag := tag_of(match)) != "other")


@lru_cache(maxsize=16384)
def _counted_bounds(text: str, language: Language) -> Mapping[str, int]:
    """Return the same of a source text, for bounds beside a number alone: at least one."""
    pattern, numbers = _bounds(language), _numbers(language)
    counts: Counter[str] = Counter()
    for match in pattern.finditer(text) if pattern and numbers else ():
        near = text[max(0, match.start() - _REACH) : match.end() + _REACH]
        if (tag := tag_of(match)) != "other" and (numbers and numbers.search(near)):
            counts[tag] += 1
    return counts


def bounds(pair: Pair) -> Iterator[Finding]:
    """Where one text says more and the other less, a bound may be turned."""
    if not _compared(pair):
        return
    before, after = small_letters(pair)
    ours = _counted_bounds(before, pair.source)
    if not ours:
        return
    theirs = bound_words(after, pair.language)
    for one, other in (("up", "down"), ("down", "up")):
        here, there = ours.get(one, 0), theirs.get(one, 0)
        if there == 0 < here and theirs.get(other, 0) > ours.get(other, 0):
            words = {"up": "at least or more than", "down": "at most or less than"}
            yield f"{words[one]} may have become {words[other]}", HINT
