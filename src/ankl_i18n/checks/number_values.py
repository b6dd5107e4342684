"""Numbers in running text, read by value: any digits, and the separators of the language.

A run of digits and separators has one reading by the language's own conventions, and
others that its readers may also know; `1,5` can be a decimal or two items of a list.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from ankl_i18n.checks.number_words import scale_after
from ankl_i18n.checks.records import base
from ankl_i18n.languages import Language

Reading = tuple[str, ...]

# "In the 1930s", "in their 30s".
DECADE: Final = re.compile(r"['’]?s\b")
_SHORT_YEAR: Final = re.compile(r"((?:19|20))(\d\d)[-–‐‑/]")

_SPACES: Final = "\u00a0\u202f\u2009"
# What begins with a class of characters, and looks behind only then, leaves most places at once.
RUN: Final = re.compile(
    r"[.\d](?:"
    r"(?<=\d)(?<![\d.,].)\d*(?:/\d+)+(?![\d.,]*\d)"  # 120/80, 22/11/2026
    r"|(?:(?<=\d)|(?:(?<=[\s(<>=≥≤~/].)|(?<=^.))(?=\d))\d*(?:[.,'’٫٬،" + _SPACES + r"]\d+)*)"
)
_SPACED: Final = re.compile(r"\d(?<![\d.,].)\d{0,2}(?: \d{3})+(?!\d)")
_HALF_DAY: Final = re.compile(r"(?:[:.]\d\d)?\s*([ap])\.?m\b", re.IGNORECASE)
HALF_DAY: Final = 12
_VULGAR: Final = "[¼-¾⅐-⅞]"
# ½, 1½, 1/2 and 1 1/2; not 120/80, and not the 1/2 of 1/2/2026.
_FRACTION: Final = re.compile(
    rf"(?:(?P<whole>(?<![\d.,/])\d+)[ {_SPACES}]?)?(?:(?P<sign>{_VULGAR})"
    r"|(?<![\d.,/])(?P<over>[1-3])[/\u2044](?P<under>[2-4])(?![\d/]|[.,]\d))"
)
_MAY_BE_FRACTION: Final = re.compile(f"{_VULGAR}|[/\u2044⁰¹²³⁴-⁹]")
_NO_DIGIT: Final = re.compile(r"\D")
_POWER: Final = re.compile("(?<=\\d)[⁺⁻]?[⁰¹²³⁴-⁹]+")
# What no list of numbers has: signs of its own, a beginning such as 0.1, a group of thousands.
_NO_LIST: Final = re.compile(r"[٫٬]|^0[.,]|[.,]0\d\d(?!\d)")
_THOUSANDS: Final = re.compile(r"[1-9]\d*\D\d{3}")
_GROUPS: Final = re.compile(r"\d{1,3}(?:\D\d{3})+|\d{1,2}(?:\D\d\d)+\D\d{3}")


class Run(NamedTuple):
    """A number as written, and what it may mean, the language's own reading first.

    `foreign` is the reading by the other convention of decimal and thousands signs, where
    the two differ; `start` and `end` are its place in the text. `zeros` tells how many a word
    after it has added.
    """

    text: str
    readings: tuple[Reading, ...]
    foreign: Reading
    start: int
    end: int
    zeros: int = 0


@cache
def decimal_sign(language: Language) -> str:
    """Return the sign that the language writes before decimals, in ASCII where it can be."""
    sign = language.format_number(1.5)[1]
    return "." if sign == "٫" else sign


@lru_cache(maxsize=4096)
def runs(text: str, language: Language) -> tuple[Run, ...]:
    """Return the numbers of a text in which all digits are 0-9."""
    text = _SPACED.sub(lambda run: run[0].replace(" ", "\u00a0"), text)
    if not _MAY_BE_FRACTION.search(text):
        plain = [_run(run[0], run.start(), text, language) for run in RUN.finditer(text)]
        return tuple(_summed(plain, text) if any(run.zeros for run in plain) else plain)
    fractions = [run for run in map(_fraction, _FRACTION.finditer(text)) if run]
    powers = [
        Run(sign[0], ((sign[0],), (str(_power(sign[0])),)), (), sign.start(), sign.end())
        for sign in _POWER.finditer(text)
    ]
    within = {place for run in fractions for place in range(run.start, run.end)}
    plain = [
        _run(run[0], run.start(), text, language)
        for run in RUN.finditer(text)
        if run.start() not in within
    ]
    if any(run.zeros for run in plain):
        plain = _summed(plain, text)
    all_runs = [*plain, *fractions, *powers]
    return tuple(
        sorted(all_runs, key=lambda run: run.start) if len(all_runs) > len(plain) else plain
    )


def _summed(plain: list[Run], text: str) -> list[Run]:
    """Return the runs with 2 lakh 44 thousand as one number."""
    summed: list[Run] = []
    for run in plain:
        last = summed[-1] if summed else None
        if last and last.zeros > run.zeros and not text[last.end : run.start].strip():
            whole, part = last.readings[0][0], run.readings[0][0]
            if part.isdecimal() and whole.isdecimal() and len(part) <= last.zeros:
                total = str(int(whole) + int(part))
                written = text[last.start : run.end]
                summed[-1] = Run(written, ((total,),), (), last.start, run.end, run.zeros)
                continue
        summed.append(run)
    for i, (run, following) in enumerate(pairwise(summed)):
        near = following.start - run.end <= len(" and ") and not run.zeros
        if near and following.zeros and len(run.readings[0]) == 1:  # 14 to 22 million
            scaled = (_scaled(run.readings[0][0], following.zeros),)
            summed[i] = run._replace(readings=(scaled, *run.readings))
    return summed


def _decade(year: str) -> list[Reading]:
    """Return how else a decade is named: 30, or as one of the 20th century, for 1930."""
    if len(year) != len("1930") or not year.isdecimal():
        return []
    century, tens = int(year[:2]) + 1, _integer(year[2:])
    return [(tens,), (str(century), tens)]


def is_fraction_text(text: str) -> bool:
    """Tell whether a number, perhaps with its unit, is a fraction such as 1½ or 1/2."""
    return bool(_FRACTION.match(text))


def _fraction(match: re.Match[str]) -> Run | None:
    """Return a fraction, with its value first; readers may also see its whole numbers."""
    whole, over, under = match["whole"] or "", match["over"], match["under"]
    if match["sign"]:
        over, under = unicodedata.normalize("NFKC", match["sign"]).split("\u2044")
    if int(over) >= int(under):
        return None
    value = _decimal(str(int(whole or 0) + round(int(over) / int(under), 3)))
    parts = (*((_integer(whole),) if whole else ()), over, under)
    return Run(match[0], ((value,), parts), (), match.start(), match.end())


def _power(sign: str) -> int:
    return int(unicodedata.normalize("NFKC", sign).replace("\u2212", "-"))


def _run(text: str, start: int, whole: str, language: Language) -> Run:
    end = start + len(text)
    if text.isdecimal():  # nearly always
        strict, foreign = _digits_alone(text)
        pieces = strict
    else:
        strict, foreign = _readings(text, language)
        pieces = tuple(map(_integer, _NO_DIGIT.split(text)))
    readings = [strict]
    if text.count("/") == len(pieces) - 1 == 1 and base(language) == "fa":
        readings.append((_decimal(text.replace("/", ".")),))
    zeros, end = scale_after(whole, end, language) if len(strict) == 1 else (0, end)
    if zeros:
        readings.insert(0, (_scaled(strict[0], zeros),))
    half_day = _HALF_DAY.match(whole, end)
    if half_day and int(pieces[0]) <= HALF_DAY:
        hour = int(pieces[0]) % HALF_DAY + HALF_DAY * (half_day[1] in "pP")
        readings.append((str(hour), *pieces[1:]))
    if len(pieces) > 1 and not _NO_LIST.search(text):
        readings.append(pieces)
    if DECADE.match(whole, end):
        readings += _decade(strict[0])
    century = _SHORT_YEAR.match(whole, start - len("2019-")) if len(text) == len("20") else None
    if century and text.isdecimal() and int(text) > int(century[2]):
        readings.append((century[1] + text,))
    known = tuple(dict.fromkeys(readings)) if len(readings) > 1 else (strict,)
    return Run(text, known, () if zeros else foreign, start, end, zeros)


def _digits_alone(digits: str) -> tuple[Reading, Reading]:
    return (digits.lstrip("0") or "0",), ()


@lru_cache(maxsize=4096)
def _readings(text: str, language: Language) -> tuple[Reading, Reading]:
    """Return the reading of a run with signs by the language's conventions, and the foreign one."""
    plain = text.replace("٫", ".").replace("،", ",")
    signs = re.sub(r"\d", "", plain)
    if plain.startswith("."):
        return (_decimal("0" + plain),), ()
    if len(signs) == 1 and signs in ".,":
        return _one_sign(plain, signs, language, is_decimal="٫" in text)
    return _many_signs(plain, signs), ()


def _one_sign(
    plain: str, sign: str, language: Language, *, is_decimal: bool
) -> tuple[Reading, Reading]:
    """Read 1.5 and 1,5 as decimals; with three digits after the sign the language decides."""
    as_decimal, as_whole = (_decimal(plain.replace(sign, ".")),), (_integer(plain),)
    if is_decimal or not _THOUSANDS.fullmatch(plain):
        return as_decimal, ()
    if sign == decimal_sign(language):
        return as_decimal, as_whole
    return as_whole, as_decimal


def _many_signs(plain: str, signs: str) -> Reading:
    """Read 1,234,567 and 1 234.5 as one number; 1.2.3 and 120/80 as several."""
    grouped, last = signs[:-1], signs[-1]
    whole, _, tail = plain.rpartition(last)
    if len(set(signs)) == 1 and last != "/" and _GROUPS.fullmatch(plain):
        return (_integer(plain),)
    if last in ".," and grouped and last not in grouped and _GROUPS.fullmatch(whole):
        return (_decimal(_integer(whole) + "." + tail),)
    return tuple(_integer(piece) for piece in re.split(r"\D", plain))


def _integer(text: str) -> str:
    return _NO_DIGIT.sub("", text).lstrip("0") or "0"


def _decimal(text: str) -> str:
    whole, _, tail = text.partition(".")
    tail = tail.rstrip("0")
    return _integer(whole) + ("." + tail if tail else "")


def _scaled(value: str, zeros: int) -> str:
    whole, _, tail = value.partition(".")
    return _decimal(whole + tail[:zeros].ljust(zeros, "0") + "." + tail[zeros:])


def is_ambiguous(language: Language) -> bool:
    """Tell whether readers of the language know both conventions for decimals."""
    return language.data.numbers.either_sign
