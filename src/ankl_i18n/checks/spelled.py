"""Checks of numbers and bounds in words: two, million, more than.

Where a word of the source is gone and another one of its kind has come instead, it was changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from ankl_i18n.checks.number_words import ORDINALS as _ORDINALS
from ankl_i18n.checks.number_words import chinese_value
from ankl_i18n.checks.records import Finding, Pair, T, small_letters
from ankl_i18n.languages import Language
from ankl_i18n.languages.patterns import Finder, finder
from ankl_i18n.source.texts import ascii_digits

# From two on: "one" is an article, too.
VALUES: Final = (*range(1, 11), *range(20, 100, 10))
SCALES: Final = ("3", "6", "9")
_WORDS_OF_SCALES: Final = {
    "3": "thousand", "4": "ten thousand", "5": "a hundred thousand (lakh)", "6": "million",
    "7": "ten million (crore)", "8": "a hundred million", "9": "billion", "12": "trillion",
}  # fmt: skip
# What languages with other steps say instead: a million is ten lakh, or a hundred 万.
_OTHER_STEPS: Final = {"6": frozenset("457"), "9": frozenset("578")}
_MANY_THOUSANDS: Final = re.compile(
    r"\b(?:hundreds?|tens?|dozens) (?:of )?thousands?|hundred thousand"
)
# Chinese numerals before what is counted; elsewhere they are parts of words.
_COUNTED: Final = (
    "者个個名人次天日周週年岁歲月小分种種位例项項倍片粒滴つ本回か歳間錠锭颗顆枚包支杯勺匙"
)
_CHINESE: Final = re.compile(f"[一二三四五六七八九十两兩]+(?=[{_COUNTED}])")
# Not those of names (SARS-CoV-2, H1N1) and of dates (3月14日).
_NUMBER: Final = re.compile(r"(?<![A-Za-z\d])(?<![-‐‑])\d{1,6}(?!\d)(?!\s?[月日年號号월일년])")
_ATTACHED: Final = re.compile(r"\d\+?[\s-]?\Z")
_GAP: Final = len("0+ ")
# Words in which other languages hear two numbers, or another one.
_TEENS: Final = (
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_PARTS: Final = {
    **{word: (i, 10) for i, word in enumerate(_TEENS, 1)},
    **{word: (i,) for i, word in enumerate(_ORDINALS.split(), 1)},
    **dict.fromkeys(("third", "thirds"), (3,)),
    **dict.fromkeys(("half", "both", "twice", "double", "couple", "pair", "dual"), (2,)),
    **dict.fromkeys(("quarter", "quarters", "fourths"), (4,)),
    **dict.fromkeys(("hundred", "hundreds", "thousand", "thousands", "decade"), (10,)),
    **dict.fromkeys(("dozen", "dozens"), (2, 4, 10, 20)),
    "triple": (3,),
}
_OTHERWISE: Final = re.compile(rf"\b(?:{'|'.join(_PARTS)})\b")
# "Fourteen" is ten and four in other languages, "two-thirds" two and three.
_COMPOUND: Final = re.compile(
    r"\b\w+ty-\w+|\b\w+[- ](?:thirds?|fold|hundred|thousand|dozens?|score)\b(?: and \w+)?"
    r"|\bhundred and \w+"
)
_DECADE: Final = re.compile(r"\b19\d0s\b")
HINT: Final = "Compare with the source: does it say this?"


@cache
def _numbers(language: Language) -> Finder[int]:
    data = language.data
    words = {
        form: int(value)
        for value, forms in zip(VALUES, data.numbers.words, strict=False)
        for form in forms.split("|")
        if not set("()") & set(form) and (form.replace(" ", "").isalpha() or not form.isascii())
    }
    return finder(words, spaces=data.script.spaces)


@lru_cache(maxsize=8192)
def number_words(text: str, language: Language) -> Mapping[int, int]:
    """Return how often a text in small letters has each number as a word."""
    return Counter(value for value, _, _ in number_places(text, language))


def number_places(text: str, language: Language) -> Iterator[tuple[int, int, int]]:
    """Yield the numbers that are words of a text in small letters, and where they are."""
    if language.data.numbers.numerals == "chinese":
        for match in _CHINESE.finditer(text):
            yield int(chinese_value(match[0])), *match.span()
    else:
        yield from _free(_numbers(language), text)


def _free(known: Finder[T], text: str) -> Iterator[tuple[T, int, int]]:
    """Yield what words of a text stand for and where they are; those behind digits do not count."""
    for match in known.find(text):
        if not _ATTACHED.search(text, max(0, match.start() - _GAP), match.start()):
            yield known.value(match), *match.span()


def numbers(pair: Pair) -> Iterator[Finding]:
    """A number that is one word in the source is not another word here: two, three."""
    if not is_compared(pair):
        return
    before, after = small_letters(pair)
    ours = number_words(_without_compounds(before), pair.source)
    if not any(value > 1 for value in ours):
        return
    theirs = number_words(after, pair.language)
    also = in_other_words(before)
    for value in sorted(ours, key=lambda value: (theirs.get(value, 0) > 0, value)):
        if value == 1 or theirs.get(value, 0) > also[value]:
            continue
        shown, their_shown = digits(pair.before.shown), digits(pair.after.shown)
        if their_shown[value] > shown[value]:
            continue
        for other in sorted(theirs):
            known = ours.get(other, 0) + also[other]
            known += max(0, shown[other] - their_shown[other])
            if other > 1 and theirs[other] > known:
                yield f"the number {value} became {other}, in words", HINT
                return


@lru_cache(maxsize=8192)
def _without_compounds(text: str) -> str:
    return _COMPOUND.sub(" ", text)


@lru_cache(maxsize=8192)
def in_other_words(text: str) -> Counter[int]:
    """Return the numbers that other English words have in them: second, both, fifteen."""
    counts: Counter[int] = Counter()
    for word in _OTHERWISE.findall(text):
        counts.update(_PARTS[word])
    counts[20] += len(_DECADE.findall(text))  # of the twentieth century
    return counts


@lru_cache(maxsize=8192)
def digits(text: str) -> Counter[int]:
    """Return how often a text has each number in digits, without those of names and dates."""
    return Counter(map(int, _NUMBER.findall(ascii_digits(text))))


def is_compared(pair: Pair) -> bool:
    """Tell whether the words of a pair are compared: no code, no copy, no form for one number."""
    return pair.markup and pair.msgid != pair.msgstr and not pair.single


@cache
def _scales(language: Language) -> Finder[str]:
    data = language.data
    words = {word: zeros for zeros, forms in data.numbers.scales.items() for word in forms}
    return finder(words, spaces=data.script.spaces)


@lru_cache(maxsize=8192)
def scale_words(text: str, language: Language) -> Mapping[str, int]:
    """Return how often a text in small letters has each word such as million, by its zeros.

    Those behind digits are amounts, which are compared as such.
    """
    return Counter(zeros for zeros, _, _ in _free(_scales(language), text))


def scales(pair: Pair) -> Iterator[Finding]:
    """A million does not become a billion or a thousand, nor a thousand a lakh."""
    if not is_compared(pair):
        return
    before, after = small_letters(pair)
    ours = scale_words(before, pair.source)
    if not ours:
        return
    theirs = scale_words(after, pair.language)
    known = pair.language.data.numbers.scales
    more = {zeros for zeros, often in theirs.items() if often > ours.get(zeros, 0)}
    for zeros in SCALES:
        if ours.get(zeros, 0) <= theirs.get(zeros, 0) or zeros not in known:
            continue
        as_well = _OTHER_STEPS.get(zeros, frozenset())
        if zeros == "3" and _MANY_THOUSANDS.search(before):
            as_well |= _OTHER_STEPS["6"]
        if more and not more & as_well:
            other = min(more, key=int)
            yield f"{_WORDS_OF_SCALES[zeros]} became {_WORDS_OF_SCALES.get(other, other)}", HINT
            return
