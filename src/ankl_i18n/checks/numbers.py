"""Checks of numbers: every value of the source, and no other, is in the translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.number_compare import Comparison, compare, number_texts
from ankl_i18n.checks.number_values import Run, is_ambiguous, is_fraction
from ankl_i18n.checks.number_words import word_values
from ankl_i18n.checks.records import Finding, Pair
from ankl_i18n.checks.unit_signs import is_measure, unit_after
from ankl_i18n.source.texts import NAME, ascii_digits

if TYPE_CHECKING:
    from ankl_i18n.languages import Language

# Numbers that people write as words: up to twelve, and tens.
SMALL: Final = 12
SMALL_HINT: Final = "Compare with the source: is this number meant?"
SAME_HINT: Final = "Write the same value as in the source; any digits of the language will do."


def _compared(pair: Pair) -> Comparison:
    both = number_texts(pair)
    return compare(*both, pair.source, pair.language) if both else Comparison()


def numbers(pair: Pair) -> Iterator[Finding]:
    """A number that became another one, or an exact amount that is gone."""
    found = _compared(pair)
    if found.missing and found.extra:
        yield f"{_list(found.missing)} became {_list(found.extra)}", SAME_HINT
    elif found.missing:
        both = number_texts(pair)
        source, words = both[0] if both else "", _words(pair)
        for value, run in zip(found.missing, found.missing_runs, strict=True):
            if value not in words and not _may_be_word(value, run, source, pair.source):
                yield f"the number {run.text} is missing", SAME_HINT


def number_words(pair: Pair) -> Iterator[Finding]:
    """A small or round number is gone; it may have become a word."""
    found = _compared(pair)
    if found.missing and not found.extra and not any(numbers(pair)):
        hint = "Write it in digits, or make sure that the translation has it as a word."
        texts = [
            run.text if is_fraction(run) else value
            for value, run in zip(found.missing, found.missing_runs, strict=True)
        ]
        yield f"{_list(texts)} is not there in digits", hint


def added(pair: Pair) -> Iterator[Finding]:
    """A number that the source does not have."""
    found = _compared(pair)
    large = [value for value in found.extra if not _is_small(value) and value not in _in_code(pair)]
    if large and not found.missing:
        yield (
            f"{_list(large)} is not in the source",
            "Leave it out, or check that the source says it in words.",
        )


def small_added(pair: Pair) -> Iterator[Finding]:
    """A small number that the source does not have, perhaps in words that mean the same."""
    found = _compared(pair)
    small = [value for value in found.extra if _is_small(value) and value not in _in_code(pair)]
    if small and not found.missing:
        yield f"{_list(small)} is not in the source", SMALL_HINT


def number_format(pair: Pair) -> Iterator[Finding]:
    """A decimal sign that readers of the language take for a thousands sign, or the reverse."""
    if not is_ambiguous(pair.language):
        yield from _misread(pair, "is read as")


def number_ambiguous(pair: Pair) -> Iterator[Finding]:
    """A sign that some readers of the language take for decimals, and others for thousands."""
    if is_ambiguous(pair.language):
        yield from _misread(pair, "may be read as")


def _misread(pair: Pair, verb: str) -> Iterator[Finding]:
    for written, read, meant in _compared(pair).foreign if pair.markup else ():
        hint = f"Write {pair.language.format_number(float(meant))}."
        yield f"{written} {verb} {read} in {pair.language.english}; the source says {meant}", hint


def names(pair: Pair) -> Iterator[Finding]:
    """Names with a number in them (B12, CD56) stay as they are."""
    lost = set(NAME.findall(ascii_digits(pair.before.prose)))
    if lost:
        shown = ascii_digits(pair.after.shown)
        for name in sorted(lost):
            # Other scripts may write the letters their own way; the digits stay.
            if name not in shown and not re.search(rf"(?<!\d){_digits(name)}(?!\d)", shown):
                yield f"{name} is missing", f"Write {name} as in the source."


def _digits(name: str) -> str:
    found = re.search(r"\d+", name)
    return found[0] if found else name


def _words(pair: Pair) -> set[str]:
    """Return the numbers that the translation may have as words: a dose had better not."""
    return word_values(pair.after.prose, pair.language, strict=False)


def _in_code(pair: Pair) -> str:
    return " ".join(pair.before.codes)


def _may_be_word(value: str, run: Run, source: str, language: Language) -> bool:
    """Tell whether writers would use a word: five, "in their thirties", but not 30 mg."""
    unit = unit_after(source, run.end, language)
    if _is_small(value) or is_fraction(run):
        return not is_measure(source, run.end, language)
    is_round = value.isdecimal() and value.strip("0") in "123456789" and len(value) <= len("1000")
    return is_round and (not unit or (value, unit) == ("100", "percent"))


def _is_small(value: str) -> bool:
    return value.isdecimal() and len(value) <= len(str(SMALL)) and int(value) <= SMALL


def _list(values: tuple[str, ...] | list[str]) -> str:
    return ", ".join(values)
