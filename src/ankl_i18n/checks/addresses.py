"""Checks of what readers dial, type or open: telephone numbers, web and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ankl_i18n.checks.records import Finding, Pair
from ankl_i18n.source.texts import ascii_digits

# Of other scripts letters stand right beside a number: 03-5550-0142に.
_PHONE: Final = re.compile(
    r"(?<![0-9A-Za-z_\u00aa-\u024f.,/-])\+?\(?\d(?:[ \u00a0\u202f().-]{0,2}\d){6,14}"
    r"(?![0-9A-Za-z_\u00aa-\u024f/]|[.,]\d|\s?[%٪])"
)
# The same signs as East Asian keyboards type them, and hyphens of every kind.
_AS_ASCII: Final = str.maketrans("（）＋．　－﹣‐‑−ー", "()+. ------")
_MAY_BE_PHONE: Final = re.compile(r"\d(?:\D{0,2}\d){6}")
_NOT_PHONE: Final = re.compile(
    r"\d{4}[-. ]\d\d?[-. ]\d\d?|\d\d?[-. ]\d\d?[-. ]\d{4}"
    r"|\d{1,3}(?:[. \u00a0\u202f]\d{3})+|\d+\.\d+|\d{4} ?- ?\d{4}"
    r"|\d{1,3}\.\d+ ?- ?\d{1,3}\.\d+|(?:19|20)\d\d ?\(?(?:19|20)\d\d"
)
_LARGE: Final = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3}){2,}(?![\d,])")
_DIGIT: Final = re.compile("[0-9]")
# What is dialled for the plus in most countries, and a 0 that nobody dials after a country code.
_ABROAD: Final = re.compile(r"(?<![0-9A-Za-z.,:])00(?=[ -]?[1-9])")
_NOT_DIALLED: Final = re.compile(r"(\+[0-9]{1,3}[ \u00a0\u202f]?)\(0\)")
# What a number begins with before the digits that are looked for.
_BETWEEN: Final = r"[\s().\u200e\u200f\u2066-\u2069‐‑-]{0,3}"
_CODE: Final = re.compile(
    rf"(?:(?<![0-9A-Za-z])\+[\s(]*[0-9]{{1,3}}(?:{_BETWEEN}[0-9]{{1,4}})?{_BETWEEN}"
    r"|(?<![0-9])[0-9]{1,3}[-‐‑]|[0-9]+)$"
)
# How far before a number its code may begin.
REACH: Final = 20
_SIGNS: Final = re.compile("[+0-9]")
_COUNTRY: Final = re.compile(r"\+[0-9]{1,3}")
# North America: a trunk prefix and the country code are both 1.
_AMERICAN: Final = re.compile(r"[2-9][0-9]{2}[2-9][0-9]{6}")


class _Written(NamedTuple):
    """A text, its digits alone, and the place of each of them."""

    text: str
    digits: str
    places: Sequence[int]


def phone_numbers(text: str) -> list[str]:
    """Return the telephone numbers of a text whose digits are 0-9 (ITU-T E.164: at most 15)."""
    numbers = _PHONE.finditer(text.translate(_AS_ASCII)) if _MAY_BE_PHONE.search(text) else ()
    return [match[0] for match in numbers if _is_phone(match[0])]


def _is_phone(number: str) -> bool:
    marked = number[0] in "+(" or not number.isdecimal()
    return marked and not _NOT_PHONE.fullmatch(number.removeprefix("("))


def without_phones(text: str, source: str = "") -> str:
    """Return the text without its telephone numbers; other places stay where they are.

    What has the digits of a large number of the source is none: 2240 191 for 2,240,191.
    """
    if not _MAY_BE_PHONE.search(text):
        return text
    large = {number.replace(",", "") for number in _LARGE.findall(source)}
    for match in _PHONE.finditer(text.translate(_AS_ASCII)):
        if _is_phone(match[0]) and _digits(match[0]) not in large:
            text = f"{text[: match.start()]}{' ' * len(match[0])}{text[match.end() :]}"
    return text


def phones(pair: Pair) -> Iterator[Finding]:
    """Every telephone number has the same digits and country code as in the source."""
    before = phone_numbers(ascii_digits(pair.before.prose))
    if not before:
        return
    after = _as_dialled(ascii_digits(pair.after.prose))
    same = {_digits(number) for number in phone_numbers(after)}
    text = _Written(after, _digits(after), [one.start() for one in _DIGIT.finditer(after)])
    changed = {
        number
        for number in {*before}
        if _digits(number) not in same and not _leads_to(_as_dialled(number), text)
    }
    for number in before:
        if number in changed:
            yield f"the telephone number {number} is lost or changed", "Copy it from the source."


def _as_dialled(text: str) -> str:
    """Return a text with +44 20 for 0044 20 and +44 (0)20."""
    return _NOT_DIALLED.sub(r"\1", _ABROAD.sub("+", text))


def _leads_to(number: str, text: _Written) -> bool:
    """Tell whether a number stands in a text, as it is or as it is dialled from abroad.

    020 7946 0958 is +44 20 7946 0958; in Italy the 0 stays: 06 1234567 is +39 06 1234567.
    """
    digits = _digits(number)
    is_american = number[0] != "+" and _AMERICAN.fullmatch(digits)
    codes = _codes(digits, text)
    if codes & ({"", "1", "+1"} if is_american else {""}):
        return True
    from_abroad = codes | _codes(digits[1:], text) if digits[0] == "0" else ()
    return any(_COUNTRY.fullmatch(code) for code in from_abroad)


def _codes(digits: str, text: _Written) -> set[str]:
    """Return what stands before some digits of a number, wherever the number ends with them."""
    codes = set()
    at = text.digits.find(digits)
    while at >= 0:
        start, end = text.places[at], text.places[at + len(digits) - 1] + 1
        if not _DIGIT.match(text.text, end):
            code = _CODE.search(text.text, max(0, start - REACH), start)
            codes.add("".join(_SIGNS.findall(code[0])) if code else "")
        at = text.digits.find(digits, at + 1)
    return codes


def _digits(text: str) -> str:
    return "".join(_DIGIT.findall(text))


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
            yield (
                f"the address {address} is not in the source",
                "Use only the addresses of the source.",
            )
