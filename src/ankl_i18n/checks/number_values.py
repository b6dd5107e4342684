"""Numbers in running text, read by value: any digits, and the separators of the language.

A run of digits and separators has one reading by the language's own conventions, and
others that its readers may also know; `1,5` can be a decimal or two items of a list.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.addresses import without_phones
from ankl_i18n.checks.number_words import SCALE, word_values
from ankl_i18n.checks.records import Pair, base
from ankl_i18n.checks.texts import NAME, ascii_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ankl_i18n.languages import Language

Reading = tuple[str, ...]

_SPACES: Final = "\u00a0\u202f\u2009"
_RUN: Final = re.compile(r"\d+(?:[.,'’٫٬،/" + _SPACES + r"]\d+)*")
_SPACED: Final = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d])")
_FULL_HOUR: Final = re.compile(r"(?<=\d):00(?![\d:])")
HAS_NUMBER: Final = re.compile(r"[\d¼-¾⅐-⅞]")
_DECADE: Final = re.compile(r"s\b")
_HALF_DAY: Final = re.compile(r"(?:[:.]\d\d)?\s*([ap])\.?m\b", re.IGNORECASE)
_VULGAR: Final = re.compile(r"[¼-¾⅐-⅞]")
# Calendars in which a year has another number.
_CALENDARS: Final[dict[str, tuple[int, ...]]] = {"th": (543,), "fa": (-621, -622)}
# Languages of countries with either convention: 1.500 is 1½ in Mexico and 1,500 in Spain.
_BOTH_CONVENTIONS: Final = frozenset({"es", "ar", "fa", "ur"})
_GROUPS: Final = re.compile(r"\d{1,3}(?:\D\d{3})+|\d{1,2}(?:\D\d\d)+\D\d{3}")


@dataclass(frozen=True, slots=True)
class Run:
    """A number as written, and what it may mean, the language's own reading first.

    `foreign` is the reading by the other convention of decimal and thousands signs, where
    the two differ; `start` and `end` are its place in the text.
    """

    text: str
    readings: tuple[Reading, ...]
    foreign: Reading
    start: int
    end: int


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
    if not HAS_NUMBER.search(pair.before.prose) and not HAS_NUMBER.search(pair.after.prose):
        return None
    return _number_texts(pair.before.prose, pair.after.prose)


@lru_cache(maxsize=20_000)
def _number_texts(before: str, after: str) -> tuple[str, str]:
    before, after = (without_phones(ascii_digits(text)) for text in (before, after))
    names = set(NAME.findall(before))
    if names:
        before, after = (
            NAME.sub(lambda m: " " * len(m[0]) if m[0] in names else m[0], text) for text in (before, after)
        )
    return _FULL_HOUR.sub("   ", before), _FULL_HOUR.sub("   ", after)


@cache
def decimal_sign(language: Language) -> str:
    """Return the sign that the language writes before decimals, in ASCII where it can be."""
    sign = language.format_number(1.5)[1]
    return "." if sign == "٫" else sign


@lru_cache(maxsize=20_000)
def runs(text: str, language: Language) -> tuple[Run, ...]:
    """Return the numbers of a text in which all digits are 0-9."""
    text = _SPACED.sub(lambda run: run[0].replace(" ", "\u00a0"), text)
    found = [_run(run[0], run.start(), text, language) for run in _RUN.finditer(text)]
    for sign in _VULGAR.finditer(text):
        over, under = unicodedata.normalize("NFKC", sign[0]).split("\u2044")
        value = _decimal(str(int(over) / int(under)))
        found.append(Run(sign[0], ((over, under), (value,)), (), sign.start(), sign.end()))
    return tuple(found)


def _run(text: str, start: int, whole: str, language: Language) -> Run:
    end = start + len(text)
    strict, foreign = _readings(text, language)
    readings = [strict]
    pieces = tuple(_integer(piece) for piece in re.split(r"\D", text))
    if len(pieces) == 2 and "/" in text and base(language) == "fa":
        readings.append((_decimal(text.replace("/", ".")),))
    scale = SCALE.match(whole, end)
    if scale and scale.lastgroup and len(strict) == 1:
        readings.append((_scaled(strict[0], int(scale.lastgroup[1:])),))
    half_day = _HALF_DAY.match(whole, end)
    if half_day and pieces[0].isdecimal():
        hour = int(pieces[0]) % 12 + 12 * (half_day[1] in "pP")
        readings.append((str(hour), *pieces[1:]))
    if len(pieces) > 1:
        readings.append(pieces)
    return Run(text, tuple(dict.fromkeys(readings)), foreign, start, end)


def _readings(text: str, language: Language) -> tuple[Reading, Reading]:
    """Return a run's reading by the language's conventions, and the foreign one or ()."""
    signs = re.sub(r"\d", "", text).replace("٫", ".").replace("،", ",")
    plain = text.replace("٫", ".").replace("،", ",")
    if not signs:
        return (_integer(text),), ()
    grouped, last = signs[:-1], signs[-1]
    pieces = tuple(_integer(piece) for piece in re.split(r"\D", text))
    if "/" in signs:
        return pieces, ()
    if len(set(signs)) == 1 and last not in ".,":
        is_one = last in _SPACES + "'’٬" and _GROUPS.fullmatch(plain)
        return ((_integer(text),) if is_one else pieces), ()
    if not grouped:
        tail = plain.rpartition(last)[2]
        as_decimal, as_whole = (_decimal(plain.replace(last, ".")),), (_integer(text),)
        if len(tail) != 3 or "٫" in text or plain.startswith("0"):
            return as_decimal, ()
        ours, theirs = (as_decimal, as_whole) if last == decimal_sign(language) else (as_whole, as_decimal)
        return ours, theirs
    whole, _, tail = plain.rpartition(last)
    if len(set(signs)) == 1:
        return ((_integer(text),), ()) if _GROUPS.fullmatch(plain) else (pieces, ())
    if last in grouped or last not in ".," or not _GROUPS.fullmatch(whole):
        return pieces, ()
    return (_decimal(_integer(whole) + "." + tail),), ()


def _integer(text: str) -> str:
    return re.sub(r"\D", "", text).lstrip("0") or "0"


def _decimal(text: str) -> str:
    whole, _, tail = text.partition(".")
    tail = tail.rstrip("0")
    return _integer(whole) + ("." + tail if tail else "")


def _scaled(value: str, zeros: int) -> str:
    whole, _, tail = value.partition(".")
    return _decimal(whole + tail[:zeros].ljust(zeros, "0") + "." + tail[zeros:])


def is_ambiguous(language: Language) -> bool:
    """Tell whether readers of the language know both conventions for decimals."""
    return base(language) in _BOTH_CONVENTIONS


@lru_cache(maxsize=20_000)
def compare(before: str, after: str, source: Language, language: Language) -> Comparison:
    """Compare the numbers of two texts by value, in any order; all digits are 0-9 already."""
    ours, theirs = runs(before, source), runs(after, language)
    first = _matched(ours, theirs, 0)
    if (first.missing or first.extra) and any(len(run.readings) > 1 for run in ours):
        for choice in (1, -1):
            other = _matched(ours, theirs, choice)
            if len(other.missing) + len(other.extra) < len(first.missing) + len(first.extra):
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
        if fitting is None:
            extra += run.readings[0]
        else:
            left -= Counter(fitting)
    missing: list[tuple[str, Run]] = []
    for value, run in wanted:
        if left[value] > 0:
            left[value] -= 1
            missing.append((value, run))
    # What the translation says more or less often is no other number.
    said = {value for run in ours for reading in run.readings for value in reading}
    kept = {value for run in theirs for reading in run.readings for value in reading}
    missing = [(value, run) for value, run in missing if value not in kept]
    return Comparison(
        tuple(value for value, _ in missing),
        tuple(value for value in extra if value not in said),
        tuple(run for _, run in missing),
        tuple(foreign),
    )


def _choose(run: Run, choice: int) -> Reading:
    return run.readings[choice] if -len(run.readings) <= choice < len(run.readings) else run.readings[0]


def _explained(
    found: Comparison, before: str, after: str, source: Language, language: Language
) -> Comparison:
    """Drop what words, decades or another calendar explain."""
    in_words = word_values(after, language)
    runs_left = [
        (value, run)
        for value, run in zip(found.missing, found.missing_runs, strict=True)
        if value not in in_words
    ]
    said = word_values(before, source)
    for run in runs(before, source):
        if _DECADE.match(before, run.end) and run.text.isdecimal():
            said |= {str(int(run.text) + i) for i in range(10)}
    extra = [value for value in found.extra if value not in said]
    for years in _CALENDARS.get(base(language), ()):
        for value, run in list(runs_left):
            if value.isdecimal() and int(value) > 1900 and str(int(value) + years) in extra:
                extra.remove(str(int(value) + years))
                runs_left.remove((value, run))
    return Comparison(
        tuple(value for value, _ in runs_left),
        tuple(extra),
        tuple(run for _, run in runs_left),
        found.foreign,
    )
