"""Numbers as words: English ones, small ones in many languages, Chinese numerals, scales."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.languages.patterns import expression, letter, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ankl_i18n.languages import Language

_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
ORDINALS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth"
_MONTHS: Final = (
    "january february march april may june july august september october november december"
)
# Words whose number a translation may well write in digits.
_OTHER: Final = {
    "single": "1",
    "a": "1",
    "an": "1",
    "another": "1",
    "each": "1",
    "per": "1",
    "pair": "2",
    "couple": "2",
    "double": "2",
    "either": "2",
    "billion": "1000000000",
    "noon": "12",
    "midnight": "0 12 24",
    "day": "24",
    "daily": "24 1",
    "week": "7",
    "weekly": "7 1",
    "fortnight": "14 15 2",
    "quarter": "0.25 1 4 25",
    "year": "12 365",
    "hour": "60 1",
    "minute": "60",
    "none": "0",
    "no": "0",
    "empty": "0",
}

_NUMERALS: Final[dict[str, str]] = {
    **{word: str(i) for i, word in enumerate(_ONES.split())},
    **{word: str(20 + 10 * i) for i, word in enumerate(_TENS.split())},
    **{word: str(i + 1) for i, word in enumerate(ORDINALS.split())},
    **{month: str(i + 1) for i, month in enumerate(_MONTHS.split())},
    "once": "1",
    "twice": "2",
    "both": "2",
    "dozen": "12",
    "hundred": "100",
    "thousand": "1000",
    "million": "1000000",
    "half": "0.5 1 2 50",
}
ENGLISH: Final[dict[str, str]] = _NUMERALS | _OTHER

_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_CHINESE: Final = re.compile("[〇零一二三四五六七八九十百千万萬两兩]+")
# So near to one another are the words of one number: "trinta e cinco".
_BETWEEN: Final = len(" na ")
_SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@cache
def _scales(language: Language) -> re.Pattern[str] | None:
    data = language.data
    parts = (
        f"(?P<e{zeros}>{expression(tuple(map(_after_number, words)), spaces=data.script.spaces)})"
        for zeros, words in sorted(data.numbers.scales.items(), key=lambda pair: -int(pair[0]))
    )
    scales = "|".join(parts)
    space = r"\+?[\s\u00a0\u202f\u200b-]{0,2}"
    return re.compile(f"{space}(?:{scales})", re.IGNORECASE) if scales else None


def _after_number(word: str) -> str:
    """Return a word as it may follow a number, without a space."""
    return word if word[0] in "*/" else f"*{word}"


def scale_after(text: str, end: int, language: Language) -> tuple[int, int]:
    """Return how many zeros a word after a number adds, and where it ends."""
    pattern = _scales(language)
    hit = pattern.match(text, end) if pattern else None
    return (int((hit.lastgroup or "e0")[1:]), hit.end()) if hit else (0, end)


def says_other_scale(text: str, zeros: int, language: Language) -> bool:
    """Tell whether a text has words that add zeros to a number, but none that adds so many."""
    data, lowered = language.data, text.lower()
    own = data.numbers.scales.get(str(zeros), ())
    others = tuple(word for words in data.numbers.scales.values() for word in words)
    return (
        any(
            bool(pattern(words, spaces=data.script.spaces).search(lowered)) is wanted
            for words, wanted in ((others, False), (own, True))
        )
        is False
    )


def says_half(text: str, language: Language) -> bool:
    """Tell whether a text has a word for a half: 1½ tablets may be "one tablet and a half"."""
    data = language.data
    return bool(pattern(data.numbers.half, spaces=data.script.spaces).search(text.lower()))


def word_values(text: str, language: Language, *, strict: bool) -> set[str]:
    """Return the numbers that words of a text may stand for.

    Unless `strict`, also by words that may mean something else ("a", "per day"), and by
    words that only begin like a number.
    """
    numbers = language.data.numbers
    if numbers.numerals == "english":
        return english_values(text, strict=strict)
    if numbers.numerals == "chinese":
        result = {chinese_value(numerals) for numerals in _CHINESE.findall(text)}
    else:
        patterns = _small(numbers.words, numbers.anywhere, strict)
        values = (*range(1, 11), *range(20, 100, 10))
        result = {
            str(value)
            for value, pattern in zip(values, patterns, strict=False)
            if pattern.search(text)
        }
        result |= set(_compounds(text, numbers.words, numbers.teens))
    return result - {"1"} if strict else result


def _compounds(text: str, words: tuple[str, ...], teens: tuple[str, ...]) -> Iterator[str]:
    """Yield the numbers up to 99 that two words of a text make, or one from eleven on."""
    for value, known in zip(range(11, 20), _small(teens, False, True), strict=False):
        if known.search(text):
            yield str(value)
    ones = [(m.start(), m.end(), i) for i, one in enumerate(_small(words[:9], False, True), 1)
            for m in one.finditer(text)]  # fmt: skip
    tens = _small(words[9:], False, True)
    for ten, known in zip((10, *range(20, 100, 10)), tens, strict=False):
        for match in known.finditer(text) if ones else ():
            for start, end, one in ones:
                if 0 < max(start - match.end(), match.start() - end) <= _BETWEEN:
                    yield str(ten + one)


def english_values(text: str, *, strict: bool) -> set[str]:
    """Return the numbers that English words may stand for ("thirty-eight": 30, 8 and 38)."""
    words = [word.lower() for word in _WORD.findall(text)]
    table = _NUMERALS if strict else ENGLISH
    values: set[str] = set()
    for i, word in enumerate(words):
        value = table.get(word) or table.get(word.removesuffix("s"))
        if value:
            values.update(value.split())
            if word == "half" and words[i + 1 : i + 2] in (["a"], ["of"]):
                values.add(str(_SCALES.get("".join(words[i + 2 : i + 3]), 0) // 2))
            after = table.get(words[i + 1]) if i + 1 < len(words) else None
            if word in _TENS.split() and after and after.isdecimal():
                values.add(str(int(value) + int(after)))
            scale = _SCALES.get(words[i + 1].removesuffix("s"), 0) if i + 1 < len(words) else 0
            if scale and value.isdecimal():
                values.add(str(int(value) * scale))
    return values


@cache
def _small(words: tuple[str, ...], anywhere: bool, strict: bool) -> tuple[re.Pattern[str], ...]:
    one = letter("".join(words))
    start = "" if anywhere and not strict else f"(?<!{one})"
    end = f"(?!{one})" if strict else ""
    return tuple(re.compile(f"{start}(?:{forms}){end}", re.IGNORECASE) for forms in words)


def chinese_value(numerals: str) -> str:
    """Return the value of Chinese numerals up to 99,999,999 (三十八: 38, 二〇二六: 2026)."""
    if not set(numerals) & {*_UNITS, "万", "萬"}:
        return str(int("".join(str(_DIGITS[c]) for c in numerals)))
    total = section = digit = 0
    for c in numerals:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            section += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            total += (section + digit or 1) * 10_000
            section = digit = 0
    return str(total + section + digit)
