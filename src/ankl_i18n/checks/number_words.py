"""Numbers as words: English ones, small ones in many languages, Chinese numerals, scales."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from ankl_i18n.languages import Language
from ankl_i18n.languages.patterns import expression, letter, pattern

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
    **dict.fromkeys(("single", "a", "an", "another", "each", "per"), "1"),
    **dict.fromkeys(("pair", "couple", "double", "either"), "2"),
    "billion": "1000000000", "noon": "12", "midnight": "0 12 24", "day": "24", "daily": "24 1",
    "week": "7", "weekly": "7 1", "fortnight": "14 15 2", "quarter": "0.25 1 4 25",
    "year": "12 365", "hour": "60 1", "minute": "60",
    **dict.fromkeys(("none", "no", "empty"), "0"),
}  # fmt: skip

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

# Where tables of small numbers have each of them, and the numbers that two of those make.
_BELOW_TEN: Final = 9
_PLACES: Final = {str(i): place for place, i in enumerate((*range(1, 11), *range(20, 100, 10)))}
_COMPOUNDS: Final = frozenset(str(i) for i in range(11, 100) if i % 10)

_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_CHINESE: Final = re.compile("[〇零一二三四五六七八九十百千万萬两兩]+")
# So near to one another are the words of one number: "trinta e cinco".
_BETWEEN: Final = len(" na ")
_SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
# How many smaller units a time is, which a translation may name: two weeks are 14 days.
_SMALLER: Final = {unit: int(_OTHER[unit].split()[0]) for unit in ("week", "day", "year")}
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


@lru_cache(maxsize=64)
def says_other_scale(text: str, zeros: int, language: Language) -> bool:
    """Tell whether a text has words that add zeros to a number, but none that adds so many."""
    data, lowered = language.data, text.lower()
    own = data.numbers.scales.get(str(zeros), ())
    others = tuple(word for words in data.numbers.scales.values() for word in words)
    spaces = data.script.spaces
    return bool(pattern(others, spaces=spaces).search(lowered)) and not pattern(
        own, spaces=spaces
    ).search(lowered)


def says_half(text: str, language: Language) -> bool:
    """Tell whether a text has a word for a half: 1½ tablets may be "one tablet and a half"."""
    data = language.data
    return bool(pattern(data.numbers.half, spaces=data.script.spaces).search(text.lower()))


@lru_cache(maxsize=1024)
def says_value(value: str, text: str, language: Language, *, strict: bool) -> bool:
    """Tell whether words of a text may stand for a number.

    Unless `strict`, also words that may mean something else ("a", "per day"), and words that only
    begin like a number.
    """
    numbers = language.data.numbers
    if strict and value == "1" and numbers.numerals != "english":
        return False
    if numbers.numerals == "english":
        return value in english_values(text, strict=strict)
    if numbers.numerals == "chinese":
        return value in _chinese_values(text)
    if value in _PLACES and _said(numbers.words, _PLACES[value], text, numbers.anywhere, strict):
        return True
    return value in _COMPOUNDS and _says_compound(int(value), text, numbers.words, numbers.teens)


def _said(
    words: tuple[str, ...], place: int, text: str, anywhere: bool, strict: bool
) -> list[re.Match[str]]:
    """Return where a text has the word at a place in a table, which may be shorter."""
    known = _small(words, place, anywhere, strict) if place < len(words) else None
    return list(known.finditer(text)) if known else []


def _says_compound(value: int, text: str, words: tuple[str, ...], teens: tuple[str, ...]) -> bool:
    """Tell whether two words of a text make a number up to 99, or one makes it from eleven on."""
    ten, one = divmod(value, 10)
    if ten == 1 and _said(teens, one - 1, text, False, True):
        return True
    tens = _said(words[_BELOW_TEN:], ten - 1, text, False, True)
    ones = _said(words[:_BELOW_TEN], one - 1, text, False, True) if tens else []
    starts, ends = {unit.start() for unit in ones}, {unit.end() for unit in ones}
    return any(
        match.end() + gap in starts or match.start() - gap in ends
        for match in tens
        for gap in range(1, _BETWEEN + 1)
    )


@lru_cache(maxsize=4096)
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
            following = words[i + 1].removesuffix("s") if i + 1 < len(words) else ""
            scale = _SCALES.get(following) or (not strict and _SMALLER.get(following, 0))
            if scale and value.isdecimal():
                values.add(str(int(value) * scale))
    return values


@cache
def _small(words: tuple[str, ...], place: int, anywhere: bool, strict: bool) -> re.Pattern[str]:
    one = letter("".join(words))
    start = "" if anywhere and not strict else f"(?<!{one})"
    end = f"(?!{one})" if strict else ""
    return re.compile(f"{start}(?:{words[place]}){end}", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _chinese_values(text: str) -> frozenset[str]:
    return frozenset(map(chinese_value, _CHINESE.findall(text)))


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
