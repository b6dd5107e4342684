"""Amounts: what a number in a text is an amount of, and how much is meant.

A number alone says little. An amount has a value (by every reading of the number), a unit, a
bound (at least, less than), a sign, and its place in a range. Texts come with digits 0-9,
without telephone numbers and the names of the source (`amount_compare.number_text`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from ankl_i18n.checks.number_values import DECADE, Reading, Run, runs
from ankl_i18n.checks.unit_signs import is_measure, unit_after, unit_at
from ankl_i18n.languages import Language
from ankl_i18n.languages.patterns import expression

DASH: Final = re.compile(r"[\s\u00a0\u202f]?[-–—~〜～−‐‑][\s\u00a0\u202f]?")
COMMA: Final = re.compile(r"\s*[,،、，;؛]\s*")
# What a sign, a minus sign or the hyphen of a name ends with.
_MARKS: Final = "<=>≤≥＜＞≦≧⩽⩾±~≈∼≃-‐‑–﹣－−"
_OPENING: Final = ("(", "（", "[")
_SIGN: Final = re.compile(r"(<=|>=|[<>≤≥＜＞≦≧⩽⩾±~≈∼≃])[ \u00a0\u202f]?$")
_SIGNS: Final = {
    "<=": "≤", ">=": "≥", "＜": "<", "＞": ">", "≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥",
    "≈": "~", "∼": "~", "≃": "~",
}  # fmt: skip
_SLASH: Final = re.compile(r"\s?/\s?(?!\d)")
# A hyphen that makes a number part of a name: COVID-19, and names in scripts without capitals.
_NAMED: Final = re.compile(r"[^\W\d_][\u0300-\u1cff]?[-‐‑–][ ]?$|[A-Z]{2,}[ ][-‐‑–]$")
_MINUS: Final = re.compile(r"(?:^|[^\w)）】\]%°.,*/+=\u0900-\u1cff-])(?:[-–﹣－])$|−[ ]?$")
_MINUS_AFTER: Final = re.compile(r"[-−](?![\w\s]*\d)(?!\w)")


class Amount(NamedTuple):
    """A number in a text, and what it is an amount of.

    `readings` are what it may mean, the language's own reading first, `foreign` the reading by the
    other convention of decimals. `unit` and `per` are names of units or "". `bound` is ≥, >, ≤,
    <, ~, ±, "within" or ""; `signed`: a sign says it, not words; `near` are those that words near
    it say. `joined`: a dash leads to the next number, `listed`: a comma does. `named` numbers are
    part of a name (COVID-19), `decade` is such as 1930s, `inside` is first in brackets. `zeros`
    were added by a word.
    """

    readings: tuple[Reading, ...]
    foreign: Reading
    text: str
    start: int
    end: int
    unit: str = ""
    per: str = ""
    bound: str = ""
    near: frozenset[str] = frozenset()
    signed: bool = False
    held: bool = False
    negative: bool = False
    joined: bool = False
    listed: bool = False
    named: bool = False
    decade: bool = False
    inside: bool = False
    zeros: int = 0

    @property
    def value(self) -> str:
        """The first value of the first reading."""
        return self.readings[0][0]


@lru_cache(maxsize=8192)
def amounts(text: str, language: Language) -> tuple[Amount, ...]:
    """Return the amounts of a text, in their order, without the bounds that words say."""
    numbers = runs(text, language)
    if not numbers:
        return ()
    is_rtl, to = language.direction == "rtl", joins(language)
    found: list[Amount] = []
    stops = [*(run.start for run in numbers[1:]), len(text)]
    for run, stop in zip(numbers, stops, strict=True):
        name, per, end = _unit(text, run, language)
        gap = text[end:stop]
        bound, named, minus, inside = _ahead(text, run.start)
        minus = minus or (is_rtl and bool(_MINUS_AFTER.match(text, run.end)))
        joined = (
            to.fullmatch(gap)
            or (name and DASH.fullmatch(text, run.end, stop))
            or (gap == " and " and text.endswith("between ", 0, run.start))
        )
        amount = Amount(
            run.readings, run.foreign, text[run.start : end].strip(), run.start, end, name, per,
            bound, signed=bound != "", negative=minus, joined=bool(joined),
            listed=bool(COMMA.fullmatch(gap)), named=named,
            decade=bool(DECADE.match(text, run.end)), inside=inside, zeros=run.zeros,
        )  # fmt: skip
        found.append(amount)
    return tuple(found)


def _ahead(text: str, start: int) -> tuple[str, bool, bool, bool]:
    """Return the sign of a bound before a number, whether it is part of a name, whether it has a
    minus sign, and whether it stands first in brackets.
    """
    ahead = text[max(0, start - len("ab -")) : start]
    last = ahead.rstrip()[-1:]
    if not last or last not in _MARKS:
        return "", False, False, last in _OPENING
    sign = _SIGN.search(ahead)
    named = bool(_NAMED.search(ahead))
    minus = not named and bool(_MINUS.search(ahead))
    return (_SIGNS.get(sign[1], sign[1]) if sign else ""), named, minus, False


def _unit(text: str, run: Run, language: Language) -> tuple[str, str, int]:
    """Return the unit of a number, the measure after a slash (mg/kg), and where they end."""
    name, end = unit_at(text, run.start, run.end, language)
    if not name:
        return "", "", run.end
    slash = _SLASH.match(text, end)
    if slash and is_measure(text, slash.end(), language):
        per = unit_after(text, slash.end(), language)
        return name, per, unit_at(text, slash.end(), slash.end(), language)[1]
    return name, "", end


def _is_negative(text: str, run: Run, is_rtl: bool) -> bool:
    """Tell whether a number has a minus sign; right-to-left text may have it behind."""
    return _ahead(text, run.start)[2] or (is_rtl and bool(_MINUS_AFTER.match(text, run.end)))


def has_values(text: str, values: tuple[Reading, ...], language: Language) -> bool:
    """Tell whether the numbers of a text have some values, in their order and without a minus."""
    numbers = runs(text, language)
    if len(numbers) != len(values):
        return False
    is_rtl = language.direction == "rtl"
    return all(
        run.readings[0] == value and not _is_negative(text, run, is_rtl)
        for run, value in zip(numbers, values, strict=True)
    )


@cache
def joins(language: Language) -> re.Pattern[str]:
    """Return what stands between the two ends of a range."""
    data = language.data
    words = expression(data.numbers.range, spaces=data.script.spaces)
    return re.compile(rf"{DASH.pattern}|\s*(?:{words})\s*")


@lru_cache(maxsize=64)
def in_small(text: str) -> str:
    """Return a text in small letters, if all of it stays where it is."""
    small = text.lower()
    return small if len(small) == len(text) else text
