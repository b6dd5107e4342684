"""The numbers of a translation against those of its source, by value and in any order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.addresses import without_phones
from ankl_i18n.checks.number_values import Reading, Run, is_fraction, runs
from ankl_i18n.checks.number_words import HALF, word_values
from ankl_i18n.checks.records import Pair
from ankl_i18n.checks.unit_signs import is_measure
from ankl_i18n.source.texts import NAME, ascii_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ankl_i18n.languages import Language

HAS_NUMBER: Final = re.compile(r"[\d¼-¾⅐-⅞]")
_FULL_HOUR: Final = re.compile(r"(?<=\d):00(?![\d:])")
_DECADE: Final = re.compile(r"s\b")
FIRST_YEAR: Final = 1900
YEAR_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    """Numbers that only one of two texts has, and those that readers will misread.

    `missing` and `extra` are values; `missing_runs` where the missing ones stood in the
    source. `foreign` pairs a run with the value that it had in the source.
    """

    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    missing_runs: tuple[Run, ...] = ()
    foreign: tuple[tuple[str, str, str], ...] = ()


def number_texts(pair: Pair) -> tuple[str, str] | None:
    """Return both texts with digits 0-9, without telephone numbers, the source's names (B12)
    and full hours' minutes; None where neither has numbers.

    What is left out becomes spaces.
    """
    before, after = pair.before, pair.after
    if not HAS_NUMBER.search(before.prose) and not HAS_NUMBER.search(after.prose):
        return None
    return number_text(before.prose, before.raw), number_text(after.prose, before.raw)


@lru_cache(maxsize=512)
def number_text(text: str, raw: str) -> str:
    """Return a text for `number_texts`; `raw` is the source as written, with its names."""
    text = without_phones(ascii_digits(text))
    names = set(NAME.findall(ascii_digits(raw)))
    if names:
        text = NAME.sub(lambda m: " " * len(m[0]) if m[0] in names else m[0], text)
    return _FULL_HOUR.sub("   ", text) if ":00" in text else text


@lru_cache(maxsize=512)
def compare(before: str, after: str, source: Language, language: Language) -> Comparison:
    """Compare the numbers of two texts by value, in any order; all digits are 0-9 already."""
    ours, theirs = runs(before, source), runs(after, language)
    first = _matched(ours, theirs, 0)
    if (first.missing or first.extra) and any(len(run.readings) > 1 for run in ours):
        for choice in (1, -1):
            other = _matched(ours, theirs, choice)
            fewer = len(other.missing) + len(other.extra) < len(first.missing) + len(first.extra)
            parts = zip(other.missing, other.missing_runs, strict=True)
            if fewer and not any(_is_part(value, run) for value, run in parts):
                first = other
    if not (first.missing or first.extra):
        return first
    return _explained(first, before, after, source, language)


def _matched(ours: Sequence[Run], theirs: Sequence[Run], choice: int) -> Comparison:
    """Match the runs of the translation with one choice of readings of the source."""
    wanted = [(value, run) for run in ours for value in _choose(run, choice)]
    left = Counter(value for value, _ in wanted)
    extra: list[str] = []
    foreign: list[tuple[str, str, str]] = []
    for run in theirs:
        fitting = next((r for r in run.readings if not Counter(r) - left), None)
        if fitting is None and run.foreign and not Counter(run.foreign) - left:
            fitting = run.foreign
            foreign.append((run.text, run.readings[0][0], run.foreign[0]))
        if fitting is None and len(run.readings[0]) > 1:
            # A date may give its month as a number where the source names it.
            fitting = tuple(value for value in run.readings[0] if left[value] > 0)
            extra += (value for value in run.readings[0] if left[value] <= 0)
        if fitting is None:
            extra += run.readings[0]
        else:
            left -= Counter(fitting)
    missing: list[tuple[str, Run]] = []
    for value, run in wanted:
        if left[value] > 0:
            left[value] -= 1
            missing.append((value, run))
    if not (missing and extra):
        # To say the same number more or less often is no change.
        said = {value for run in ours for reading in run.readings for value in reading}
        kept = {value for run in theirs for reading in run.readings for value in reading}
        missing = [
            (value, run) for value, run in missing if value not in kept or _is_part(value, run)
        ]
        extra = [value for value in extra if value not in said]
    return _comparison(missing, extra, foreign)


def _is_part(value: str, run: Run) -> bool:
    """Tell whether a value is a part of a fraction: the 1 of ½ is none by itself."""
    return value != run.readings[0][0] and is_fraction(run)


def _comparison(
    missing: Sequence[tuple[str, Run]],
    extra: Sequence[str],
    foreign: Sequence[tuple[str, str, str]],
) -> Comparison:
    values = tuple(value for value, _ in missing)
    return Comparison(values, tuple(extra), tuple(run for _, run in missing), tuple(foreign))


def _choose(run: Run, choice: int) -> Reading:
    return (
        run.readings[choice]
        if -len(run.readings) <= choice < len(run.readings)
        else run.readings[0]
    )


def _explained(
    found: Comparison, before: str, after: str, source: Language, language: Language
) -> Comparison:
    """Drop what decades, another calendar or words explain.

    Where one number seems to have become another, only a word that cannot mean anything
    else explains one of them; an "a" in the source makes no 1 of a 2.
    """
    missing = list(zip(found.missing, found.missing_runs, strict=True))
    extra = [value for value in found.extra if value not in _decades(before, source)]
    _drop_years(missing, extra, language)
    _drop_halves(missing, extra, before, after)
    for strict in (True, False):
        in_words = word_values(after, language, strict=strict)
        said = word_values(before, source, strict=strict)
        if strict or not (missing and extra):
            missing = [
                (value, run)
                for value, run in missing
                if value not in in_words or is_measure(before, run.end, source)
            ]
            extra = [value for value in extra if value not in said]
    return _comparison(missing, extra, found.foreign)


def _decades(text: str, language: Language) -> set[str]:
    """Return the numbers from 30 to 39 where a text says 30s."""
    return {
        str(int(run.text) + i)
        for run in runs(text, language)
        if len(run.text) <= YEAR_DIGITS and run.text.isdecimal() and _DECADE.match(text, run.end)
        for i in range(10)
    }


def _drop_years(missing: list[tuple[str, Run]], extra: list[str], language: Language) -> None:
    """Take out years that the language's calendar counts from another one."""
    for shift in map(int, language.data.dates.years):
        for value, run in list(missing):
            year = int(value) if re.fullmatch(r"\d{4}", value) else 0
            if year > FIRST_YEAR and str(year + shift) in extra:
                extra.remove(str(year + shift))
                missing.remove((value, run))


def _drop_halves(missing: list[tuple[str, Run]], extra: list[str], before: str, after: str) -> None:
    """Take out 1½ where the other text says "one and a half", or 1 and a half."""
    if HALF.search(after):
        for value, run in [pair for pair in missing if is_fraction(pair[1])]:
            whole, _, tail = value.partition(".")
            if tail == "5":
                missing.remove((value, run))
                if whole in extra:
                    extra.remove(whole)
    if HALF.search(before):
        for value in [value for value in extra if value.endswith(".5")]:
            extra.remove(value)
            one = next((p for p in missing if p[0] == value.removesuffix(".5")), None)
            if one:
                missing.remove(one)
