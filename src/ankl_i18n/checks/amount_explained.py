"""What explains that two texts do not have the same amounts: words, decades, other calendars."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from ankl_i18n.checks.amount_bounds import bounded
from ankl_i18n.checks.amounts import Amount, amounts
from ankl_i18n.checks.durations import drop_same
from ankl_i18n.checks.number_values import is_fraction_text
from ankl_i18n.checks.number_words import says_half, says_value
from ankl_i18n.checks.unit_signs import MEASURES
from ankl_i18n.languages import Language

# Values, each with the amount that it is from.
Values = list[tuple[str, Amount]]
_ROMAN: Final = re.compile(r"(?<![A-Za-z])(?=[IVX])(X{0,2})(IX|IV|V?I{0,3})(?![A-Za-z])")
# The year of a name, beside its short form: "disease 2019 (COVID-19)", and the other way round.
_SHORT_AFTER: Final = re.compile(r"\s*[(（][^()（）\d]{2,30}[-‐‑–](\d\d)\s*[)）]")
_SHORT_BEFORE: Final = re.compile(r"[^\W\d][-‐‑–](\d\d)\s*[(（][^()（）\d]{2,60}$")
_SHORT_REACH: Final = 80
FIRST_YEAR: Final = 1900
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def unexplained(  # noqa: PLR0913, PLR0917
    missing: Iterable[tuple[str, Amount]],
    extra: Iterable[tuple[str, Amount]],
    paired: Collection[Amount],
    before: str,
    after: str,
    source: Language,
    language: Language,
) -> tuple[Values, Values]:
    """Return what is missing, and what is extra, that decades, names, another calendar or words
    do not explain; `paired` are the source's amounts that have a partner.

    Where one number seems to have become another, only a word that cannot mean anything
    else explains one of them; an "a" in the source makes no 1 of a 2.
    """
    ours = bounded(before, source)
    missing = _without_years_of_names(list(missing), list(extra), before, after, language)
    extra = _without_names(extra, ours)
    _drop_decades(extra, ours, paired)
    _drop_years(missing, extra, language)
    drop_same(missing, extra)
    _drop_halves(missing, extra, before, after, source, language)
    numerals = set(_romans(after)) if missing else set()
    missing = [pair for pair in missing if pair[0] not in numerals]
    for strict in (True, False):
        if strict or not (missing and extra):
            missing = [
                (value, one)
                for value, one in missing
                if one.unit in MEASURES or not says_value(value, after, language, strict=strict)
            ]
            extra = [p for p in extra if not says_value(p[0], before, source, strict=strict)]
    return missing, extra


def _without_years_of_names(
    missing: Values, extra: Values, before: str, after: str, language: Language
) -> Values:
    """Leave out the numbers of names, and their years if no other year has come instead."""
    short: set[str] = set()
    if missing and not any(_YEAR.fullmatch(value) for value, _ in extra):
        short = {one.value for one in amounts(after, language) if one.named}
    return [
        (value, one)
        for value, one in missing
        if not (one.named or _is_year_of_name(one, before, short))
    ]


def _is_year_of_name(one: Amount, before: str, values_after: Collection[str]) -> bool:
    """Tell whether a number is the year of a name whose short form, COVID-19, is `values_after`."""
    if len(one.value) != len("2019") or not one.value.isdecimal():
        return False
    near = max(0, one.start - _SHORT_REACH)
    short = _SHORT_AFTER.match(before, one.end) or _SHORT_BEFORE.search(before, near, one.start)
    return bool(short and short[1] == one.value[2:] and short[1].lstrip("0") in values_after)


def _without_names(
    extra: Iterable[tuple[str, Amount]], ours: Sequence[Amount]
) -> list[tuple[str, Amount]]:
    """Leave out numbers of names, and years in full where the source has two digits of them."""
    short = {one.value for one in ours if one.named or one.joined}
    return [
        (value, one)
        for value, one in extra
        if not one.named and not (len(value) == len("2019") and value[2:].lstrip("0") in short)
    ]


def _romans(text: str) -> Iterable[str]:
    """Yield the values of the Roman numerals up to 29 in a text."""
    ones = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
    for match in _ROMAN.finditer(text):
        value = 10 * len(match[1]) + ones.get(match[2], 0)
        if value:
            yield str(value)


def _drop_decades(
    extra: list[tuple[str, Amount]], ours: Sequence[Amount], paired: Collection[Amount]
) -> None:
    """Take out 39 where the source says 30s, or 35 if there is no 30, and the century of 1930s."""
    fine: set[str] = set()
    for one in ours:
        if one.decade and one.value.isdecimal() and len(one.value) <= len("1930"):
            value = int(one.value)
            years = (0, 9) if one in paired else range(10)
            fine |= {str(value + i) for i in years} | {str(value % 100 + i) for i in (0, 9)}
            fine |= {str(value // 100 + 1), str(value // 100)}
    if fine:
        extra[:] = [pair for pair in extra if pair[0] not in fine]


def _drop_years(
    missing: list[tuple[str, Amount]], extra: list[tuple[str, Amount]], language: Language
) -> None:
    """Take out years that the language's calendar counts from another one."""
    for shift in map(int, language.data.dates.years) if missing else ():
        left, kept = Counter(value for value, _ in extra), []
        found: Counter[str] = Counter()
        for pair in missing:
            year = int(pair[0]) if re.fullmatch(r"\d{4}", pair[0]) else 0
            other = str(year + shift)
            if year > FIRST_YEAR and found[other] < left[other]:
                found[other] += 1
            else:
                kept.append(pair)
        missing[:] = kept
        _remove(extra, found)


def _drop_halves(  # noqa: PLR0913, PLR0917
    missing: list[tuple[str, Amount]],
    extra: list[tuple[str, Amount]],
    before: str,
    after: str,
    source: Language,
    language: Language,
) -> None:
    """Take out 1½ where the other text says "one and a half", or 1 and a half."""
    fractions = [p for p in missing if p[0].endswith(".5") and is_fraction_text(p[1].text)]
    if fractions and says_half(after, language):
        gone = set(fractions)
        missing[:] = [pair for pair in missing if pair not in gone]
        _remove(extra, Counter(value.removesuffix(".5") for value, _ in fractions))
    fractions = [pair for pair in extra if pair[0].endswith(".5")]
    if fractions and says_half(before, source):
        extra[:] = [pair for pair in extra if not pair[0].endswith(".5")]
        _remove(missing, Counter(value.removesuffix(".5") for value, _ in fractions))


def _remove(pairs: list[tuple[str, Amount]], values: Counter[str]) -> None:
    """Take out the first pairs that have each value, so many as are told."""
    kept = []
    for pair in pairs:
        if values[pair[0]] > 0:
            values[pair[0]] -= 1
        else:
            kept.append(pair)
    pairs[:] = kept
