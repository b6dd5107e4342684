"""Checks of numbers: every value of the source, and no other, is in the translation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from ankl_i18n.checks import spelled
from ankl_i18n.checks.amount_bounds import plain_values
from ankl_i18n.checks.amount_compare import compared, number_texts
from ankl_i18n.checks.amounts import Amount, has_values
from ankl_i18n.checks.days import dated
from ankl_i18n.checks.number_order import misplaced
from ankl_i18n.checks.number_values import is_ambiguous, is_fraction_text, runs
from ankl_i18n.checks.number_words import says_value
from ankl_i18n.checks.records import Finding, Pair, doubtful_if, small_letters
from ankl_i18n.checks.unit_signs import KINDS, MEASURES
from ankl_i18n.checks.units import changed
from ankl_i18n.languages import Language
from ankl_i18n.languages.patterns import expression, pattern
from ankl_i18n.source.texts import ascii_digits, names_in

# Numbers that people write as words: up to twelve, and tens.
SMALL: Final = 12
# Latin letters and digits, or letters of any script, a hyphen and digits: ACE2, কোভিড-19.
_HYPHENATED: Final = re.compile(
    r"(?:(?<![A-Za-z])[A-Za-z]{2,}|(?<=[^\W\d_])[-‐‑]|[A-Z]-|(?<=[\u0900-\u1cff])[-‐‑])(\d+)(?![\d.,]*\d|[-/%])"
)
# A name and its number, with or without a hyphen between.
_LETTERED: Final = re.compile(
    r"([A-Za-z](?<![A-Za-z0-9].)(?:(?<=[A-Z])|(?=[a-z]*[A-Z]))[A-Za-z]*+[-‐‑]?)(\d+)(?![\d.,]*\d)"
)
_DIGITS: Final = re.compile(r"\d+")
# Numbers that English says in several words, and other languages in digits: 102, 24.
_IN_WORDS: Final = re.compile(r"\b(?:hundred|thousand) and \w+|\b(?:two|three|four) dozen\b")
# What stands before the number of a figure or table; some texts have it twice: (Fig. (Fig.4).4).
_REFERENCE: Final = re.compile(
    r"\b(?:[Ff]ig(?:ure)?s?|Tables?|Tab\.)[.\s\u200b(]*(?:[A-Z]?\d+\)?[.\s]*)?$"
)
_REFERENCE_REACH: Final = 24
# How far before a number "or" and another number stand.
_OR_REACH: Final = 40
# A number that names a thing and counts none, so that no language has a word for it: "level 2 (".
_LABEL: Final = re.compile(r"(?<!\bto)(?<!\bor)(?<!\bof)(?<!\bin)(?<!\bby)(?<!\bat)(?<=[a-z]{2}) $")
_AFTER_LABEL: Final = re.compile(r"\s*(?:[(),;:]|\.(?:\s|$)|$)")
# A name that many languages write out, R0, and a figure's or table's number that is glued to it.
_MINOR: Final = re.compile(r"[A-Za-z]\d|(?:[Ff]ig(?:ure)?|Tab(?:le)?)\d+")
SMALL_HINT: Final = "Compare with the source: is this number meant?"
SAME_HINT: Final = "Write the same value as in the source; you may use any digits of the language."


def numbers(pair: Pair) -> Iterator[Finding]:
    """A number that became another one, or an exact amount that is gone."""
    comparison = compared(pair)
    missing = [(value, one) for value, one in comparison.missing if not _may_go(value, one, pair)]
    if missing and comparison.extra:
        yield f"{_list(missing)} became {_list(comparison.extra)}", SAME_HINT
    elif missing:
        text, language = pair.after.prose, pair.language
        for value, one in missing:
            worded = _may_be_word(value, one) or says_value(value, text, language, strict=False)
            if not worded:
                yield f"the number {one.text} is missing", SAME_HINT


def _may_go(value: str, one: Amount, pair: Pair) -> bool:
    """Tell whether a number harms nobody if it goes: that of a figure, or of "the next day"."""
    both = number_texts(pair)
    if one.unit or not both:
        return False
    if _REFERENCE.search(both[0], max(0, one.start - _REFERENCE_REACH), one.start):
        return True
    return value.isdecimal() and value in _next_days(pair.before.prose, pair.source)


@lru_cache(maxsize=256)
def _next_days(prose: str, language: Language) -> frozenset[str]:
    """Return the days of a text that follow another one of it, by their numbers."""
    days = set(dated(prose, language))
    return frozenset(str(day) for month, day in days if (month, day - 1) in days)


def number_words(pair: Pair) -> Iterator[Finding]:
    """A small or round number is gone; it may have become a word. Or it is said less often."""
    comparison = compared(pair)
    if comparison.missing and comparison.extra and not any(numbers(pair)):
        yield f"{_list(comparison.missing)} became {_list(comparison.extra)}", SMALL_HINT
    elif comparison.missing and not comparison.extra and not any(numbers(pair)):
        hint = "Write it in digits, or make sure that the translation says it in words."
        texts = [
            one.text if is_fraction_text(one.text) else value for value, one in comparison.missing
        ]
        finding = f"{', '.join(texts)} is not in the translation in digits", hint
        yield doubtful_if(all(_is_worded(*lost, pair) for lost in comparison.missing), finding)
    elif comparison.fewer and not comparison.missing:
        fewer = [one.text for value, one in comparison.fewer if _is_gone(value, one, pair)]
        if fewer and not pair.single:
            hint = "Make sure that the translation says it as often as the source."
            yield f"{', '.join(fewer)} is here less often than in the source", hint


def _is_worded(value: str, one: Amount, pair: Pair) -> bool:
    """Tell whether words may say a number: zero, two thirds, the eighties."""
    if value == "0":
        return True
    worded = spelled.number_words(small_letters(pair)[1], pair.language)
    if is_fraction_text(one.text):
        return one.text[:1].isdecimal() and int(one.text[0]) in worded
    return one.decade and value[-2:].isdecimal() and int(value[-2:]) in worded


def _is_gone(value: str, one: Amount, pair: Pair) -> bool:
    """Tell whether a number that is said less often than in the source is not there in words.

    A small one counts if it has a unit or is a label, and the translation has no word for it of
    its own.
    """
    if one.named or not _is_small(value):
        return not one.named
    if _is_label(one, pair):
        return not _says_ordinal(int(value), pair)
    words = spelled.number_words(small_letters(pair)[1], pair.language)
    known = bool(pair.language.data.numbers.words or pair.language.data.numbers.numerals)
    return known and bool(one.unit) and int(value) > 1 and int(value) not in words


def _is_label(one: Amount, pair: Pair) -> bool:
    both = number_texts(pair)
    return bool(
        both
        and _LABEL.search(both[0], max(0, one.start - 2), one.start)
        and _AFTER_LABEL.match(both[0], one.end)
    )


def _says_ordinal(value: int, pair: Pair) -> bool:
    """Tell whether a translation says a number up to three as "first", "second" or "third"."""
    data = pair.language.data
    words = data.meanings.get(("", "first", "second", "third", "")[min(value, 4)], ())
    return bool(pattern(words, spaces=data.script.spaces).search(small_letters(pair)[1]))


def added(pair: Pair) -> Iterator[Finding]:
    """A number that the source does not have."""
    large = [(v, one) for v, one in _extra(pair) if not _is_often_added(v, one, pair)]
    if large:
        hint = "Remove it, or check that the source says it in words."
        finding = f"{_list(large)} is not in the source", hint
        yield doubtful_if(_IN_WORDS.search(small_letters(pair)[0]), finding)


def small_added(pair: Pair) -> Iterator[Finding]:
    """A small number, or a year, that the source does not have, or not in digits."""
    small = [(v, one) for v, one in _extra(pair) if _is_often_added(v, one, pair)]
    if small:
        yield f"{_list(small)} is not in the source", SMALL_HINT


def _is_often_added(value: str, one: Amount, pair: Pair) -> bool:
    """Tell whether a number may well be added: a small one or a year, but not 2 "or 5"."""
    if not (_is_small(value) or _is_year(value)):
        return False
    both = number_texts(pair)
    near = max(0, one.start - _OR_REACH)
    return not (both and _or_number(pair.language).search(both[1], near, one.start))


@cache
def _or_number(language: Language) -> re.Pattern[str]:
    """Return what finds a number with "or" after it, at the end of a text."""
    data = language.data
    words = expression(data.meanings.get("or", ()), spaces=data.script.spaces)
    return re.compile(rf"\d[\s\u00a0]*(?:{words})\s*$")


def _extra(pair: Pair) -> list[tuple[str, Amount]]:
    comparison = compared(pair)
    if comparison.missing or not comparison.extra:
        return []
    code = " ".join(pair.before.codes)
    return [(value, one) for value, one in comparison.extra if value not in code]


def number_format(pair: Pair) -> Iterator[Finding]:
    """A decimal sign that readers of the language take for a thousands sign, or the reverse."""
    if not is_ambiguous(pair.language):
        yield from _misread(pair, "is read as", compared(pair).foreign)


def number_ambiguous(pair: Pair) -> Iterator[Finding]:
    """A sign that some readers of the language take for decimals, and others for thousands."""
    for written, meant in compared(pair).split if pair.markup else ():
        yield f"{written} may be read as two numbers; the source says {meant}", SAME_HINT
    if is_ambiguous(pair.language):
        unclear = [one for one in compared(pair).foreign if not _shows_way(one[0], one[2], pair)]
        yield from _misread(pair, "may be read as", unclear)


def _misread(pair: Pair, verb: str, unclear: Iterable[tuple[str, str, str]]) -> Iterator[Finding]:
    for written, read, meant in unclear if pair.markup else ():
        hint = f"Write {pair.language.format_number(float(meant))}."
        value = "one with decimals" if written == read else read
        yield f"{written} {verb} {value} in {pair.language.english}; the source says {meant}", hint


def _shows_way(written: str, meant: str, pair: Pair) -> bool:
    """Tell whether other numbers of a text show that a sign is for decimals: 99,97 and 99,999."""
    both = number_texts(pair)
    sign = next((c for c in written if c in ".,"), "")
    if not both or not sign or "." not in meant:
        return False
    ways = {_way(one.text, sign) for one in runs(both[1], pair.language)} - {None}
    return ways == {True}


def _way(text: str, sign: str) -> bool | None:
    """Tell whether a number surely has a sign before decimals, or surely before thousands."""
    signs = re.sub(r"[^.,]", "", text)
    if len(signs) == 1 and len(re.split(r"[.,]", text)[1]) != len("000"):
        return signs == sign
    if len(signs) > 1 and set(signs) == {sign}:
        return False
    return None


def names(pair: Pair) -> Iterator[Finding]:
    """Names with a number in them (B12, CD56, COVID-19) stay as they are."""
    if pair.msgid == pair.msgstr:
        return
    lost, before = names_in(pair.before.prose), _named(pair.before.prose)
    known = _numbers_of_names(pair.before.prose, pair.before.raw)
    if not (lost or before or known):
        return
    shown = ascii_digits(pair.after.shown)
    for name in sorted(lost):
        # Other scripts may write the letters their own way; the digits stay.
        if not _MINOR.fullmatch(name) and _is_lost(name, shown):
            yield f"{name} is missing", f"Write {name} as in the source."
            return
    after = _named(pair.after.prose) if before else before
    for (name, digits), count in before.items() if after != before else ():
        others = [
            n
            for (one, n), often in after.items()
            if one == name and often > before.get((one, n), 0)
        ]
        if others and after.get((name, digits), 0) < count:
            what = f"{name}{digits} became {name}{others[0]}"
            yield what, f"Write {name}{digits} as in the source."
            return
    text = ascii_digits(pair.after.prose)
    if not known or all(digits.lstrip("0") in known for digits in _DIGITS.findall(text)):
        return
    source = ascii_digits(pair.before.raw)
    for match in _HYPHENATED.finditer(text):
        if match[1].lstrip("0") not in known and match[0] not in source:
            yield f"{match[0]} is not in the source", "Write the name as in the source."
            return


def short_names(pair: Pair) -> Iterator[Finding]:
    """A name of one letter and a digit, R0, is gone; its meaning may be written out."""
    minor = sorted(filter(_MINOR.fullmatch, names_in(pair.before.prose)))
    if not minor or pair.msgid == pair.msgstr or any(names(pair)):
        return
    shown = ascii_digits(pair.after.shown)
    for name in minor:
        if _is_lost(name, shown):
            yield f"{name} is missing", f"Write {name}, or what it means."


def _is_lost(name: str, shown: str) -> bool:
    """Tell whether neither a name nor its digits are there."""
    return name not in shown and not re.search(rf"(?<!\d){_digits(name)}(?!\d)", shown)


@lru_cache(maxsize=16384)
def _numbers_of_names(prose: str, raw: str) -> frozenset[str]:
    """Return the numbers of a source that has names with numbers in them; else nothing."""
    text = ascii_digits(raw)
    if not names_in(prose) and not _HYPHENATED.search(text):
        return frozenset()
    return frozenset(_DIGITS.findall(text))


@lru_cache(maxsize=16384)
def _named(prose: str) -> Mapping[tuple[str, str], int]:
    """Return how often a text has each name of Latin letters and a number: IL-2, COVID-19."""
    counts: dict[tuple[str, str], int] = {}
    for name, digits in _LETTERED.findall(ascii_digits(prose)):
        named = name.upper().rstrip("-‐‑"), digits
        counts[named] = counts.get(named, 0) + 1
    return counts


def _digits(name: str) -> str:
    match = _DIGITS.search(name)
    return match[0] if match else name


def _may_be_word(value: str, one: Amount) -> bool:
    """Tell whether writers would use a word: five, "in their thirties", but not 30 mg."""
    if one.decade or is_fraction_text(one.text) or _is_small(value):
        return one.unit not in MEASURES
    is_round = value.isdecimal() and value.strip("0") in "123456789" and len(value) <= len("1000")
    counted = KINDS.get(one.unit, "count") == "count"
    return is_round and (counted or (value, one.unit) == ("100", "percent"))


def _is_small(value: str) -> bool:
    return value.isdecimal() and len(value) <= len(str(SMALL)) and int(value) <= SMALL


def _is_year(value: str) -> bool:
    """Tell whether a number is likely a year, which many writers add to a day."""
    return bool(re.fullmatch(r"(?:19|20)\d\d", value))


def _list(values: Iterable[tuple[str, Amount]]) -> str:
    return ", ".join(value for value, _ in values)


def order(pair: Pair) -> Iterator[Finding]:
    """The same numbers in another order, where nothing tells which is which."""
    both = number_texts(pair)
    if both and pair.markup and not any(changed(pair)):
        for one, other in misplaced(pair, *both):
            hint = "Make sure that each number still belongs to the same thing."
            yield f"{one.text} and {other.text} may have been swapped", hint


def is_quiet(pair: Pair) -> bool:
    """Tell whether amounts are so much the same that no check of amounts would find a thing."""
    if _has_same_numbers(pair):
        return True
    comparison = compared(pair)
    if not comparison.whole:
        return False
    last, moved, joined = 0, False, False
    for one, other in comparison.pairs:
        if not _is_same(one, other):
            return False
        moved, last = moved or other.start < last, other.start
        joined = joined or one.joined
        if one.joined and other.listed:
            return False
    if moved and joined:
        return False
    kept = pair.language.data.numbers.kept_order and not moved
    return kept or len(comparison.pairs) < len("ab") or not any(order(pair))


def _has_same_numbers(pair: Pair) -> bool:
    """Tell whether the source has no more than numbers, and the translation has just these.

    So it is mostly; it is told without a look at what stands around the translation's numbers.
    """
    both = number_texts(pair)
    values = plain_values(both[0], pair.source) if both else None
    if not both or values is None:
        return False
    kept = len(values) < len("ab") or pair.language.data.numbers.kept_order
    return kept and has_values(both[1], values, pair.language)


def _is_same(one: Amount, other: Amount) -> bool:
    """Tell whether an amount has all of what the source's has; what else it has is not asked."""
    return (
        one.negative == other.negative
        and (not one.bound or (one.bound == other.bound and one.signed == other.signed))
        and (not one.unit or (one.unit == other.unit and one.per == other.per))
    )
