"""Checks of what readers dial, type or open: telephone numbers, web and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ankl_i18n.checks.records import Finding, Pair
from ankl_i18n.source.texts import ascii_digits

_PHONE: Final = re.compile(
    r"(?<![\w.,/-])\+?\(?\d(?:[ \u00a0\u202f().-]{0,2}\d){6,14}(?![\w/]|[.,]\d|\s?[%٪])"
)
_NOT_PHONE: Final = re.compile(
    r"\d{4}[-. ]\d\d?[-. ]\d\d?|\d\d?[-. ]\d\d?[-. ]\d{4}"
    r"|\d{1,3}(?:[. \u00a0\u202f]\d{3})+|\d+\.\d+|\d{4} ?- ?\d{4}"
    r"|\d{1,3}\.\d+ ?- ?\d{1,3}\.\d+|(?:19|20)\d\d ?\(?(?:19|20)\d\d"
)
_LARGE: Final = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3}){2,}(?![\d,])")
_DIGIT: Final = re.compile("[0-9]")
LENGTHS: Final = range(7, 16)


def phone_numbers(text: str) -> list[str]:
    """Return the telephone numbers of a text whose digits are 0-9 (ITU-T E.164: at most 15)."""
    return [match[0] for match in _PHONE.finditer(text) if _is_phone(match[0])]


def _is_phone(number: str) -> bool:
    marked = number[0] in "+(" or not number.isdecimal()
    return marked and not _NOT_PHONE.fullmatch(number)


def without_phones(text: str, source: str = "") -> str:
    """Return the text without its telephone numbers; other places stay where they are.

    What has the digits of a large number of the source is none: 2240 191 for 2,240,191.
    """
    if len(_DIGIT.findall(text)) < LENGTHS.start:
        return text
    large = {number.replace(",", "") for number in _LARGE.findall(source)}
    return _PHONE.sub(
        lambda m: " " * len(m[0]) if _is_phone(m[0]) and _digits(m[0]) not in large else m[0],
        text,
    )


def phones(pair: Pair) -> Iterator[Finding]:
    """Every telephone number has the same digits as in the source."""
    before = phone_numbers(ascii_digits(pair.before.prose))
    if not before:
        return
    after = ascii_digits(pair.after.prose)
    digits_after = {_digits(number) for number in phone_numbers(after)}
    for number in before:
        if _digits(number) not in digits_after and _digits(number) not in _digits(after):
            yield f"the telephone number {number} is lost or changed", "Copy it from the source."


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def addresses(pair: Pair) -> Iterator[Finding]:
    """Every web and e-mail address that the source writes out is written out the same."""
    before = pair.before.addresses
    if not before and not pair.after.addresses:
        return
    known = {*pair.after.addresses, *pair.after.links, *pair.after.codes}
    for address in sorted(before - known):
        if address.removeprefix("mailto:") not in pair.after.shown:
            yield f"the address {address} is lost or changed", "Copy it from the source."
    for address in sorted(pair.after.addresses - before - set(pair.before.links)):
        if address not in pair.before.raw:
            yield f"the address {address} is not in the source", "Use the source's addresses alone."
