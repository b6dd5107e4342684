"""Faults of numbers: digits, decimals, signs, ranges, dates and telephone numbers."""

from __future__ import annotations

import itertools
import random
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from benchmarks.planting.texts import Edit, Number, Place, in_digits_of, numbers, other_digit

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGN_OF: Final = {"<": "<＜", ">": ">＞", "≤": "≤", "≥": "≥", "±": "±", "~": "~～∼〜", "≈": "≈"}
_TURNED: Final = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "＜": "＞", "＞": "＜"}
_MINUS: Final = re.compile(r"(?<![\w.)\]])[−-](?=\d)")
_SOURCE_RANGE: Final = re.compile(
    r"(?<![\w.,–-])(\d+(?:[.,]\d+)*) ?%?(?: ?[-–—] ?| to | and )(\d+(?:[.,]\d+)*)(?![\w–-]|[.,]\d)"
)
_PHONE: Final = re.compile(r"(?<![\w.])\+?\(?\d[\d()\-‑ ]{6,}\d(?!\w)")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEB: Final = re.compile(r"(?:https?://|www\.)[\w./-]+\w")
_NAME: Final = re.compile(r"(?<![\w-])[A-Za-z]{1,5}-?\d{1,4}(?![\w-])")
_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
_DAY: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)? (?:{_MONTHS})|(?:{_MONTHS}) (\d{{1,2}})(?!\d)"
)
_CLOCK: Final = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?!\d)")
_ORDINAL: Final = re.compile(r"(?<![\w.,])(\d+)(?:st|nd|rd|th)\b")
_DECADE: Final = re.compile(r"(?<!\d)((?:1[89]|20)?\d0)s\b")


def digit_changed(place: Place, chance: random.Random) -> Iterator[Edit]:
    """38 becomes 58."""
    for _, number in place.shared:
        if not number.year:
            yield _changed(number, chance)


def year_changed(place: Place, chance: random.Random) -> Iterator[Edit]:
    """2019 becomes 2016."""
    for _, number in place.shared:
        if number.year:
            last = other_digit(number.text[-1], chance.randrange(1, 9))
            yield (number.end - 1, number.end, last)


def _changed(number: Number, chance: random.Random) -> Edit:
    places = [i for i, c in enumerate(number.text) if c.isdigit()]
    i = chance.choice(places)
    return (
        number.start + i,
        number.start + i + 1,
        other_digit(number.text[i], chance.randrange(1, 9)),
    )


def digits_exchanged(place: Place, _: random.Random) -> Iterator[Edit]:
    """14 becomes 41."""
    for _before, number in place.shared:
        for i in range(len(number.text) - 1):
            pair = number.text[i : i + 2]
            if pair.isdigit() and pair[0] != pair[1] and (i or unicodedata.digit(pair[1])):
                yield (number.start + i, number.start + i + 2, pair[::-1])
                break


def number_lost(place: Place, _: random.Random) -> Iterator[Edit]:
    """A number is left out: "for 14 days" becomes "for days"."""
    for before, number in place.shared:
        alone = not re.match(r"[-–—%٪.,:/]|\s?[°%]", place.msgstr[number.end :])
        if (
            alone
            and before.text != "1"
            and not re.search(r"[-–—/:.,(]$", place.msgstr[: number.start])
        ):
            space = 1 if place.msgstr[number.end : number.end + 1] == " " else 0
            yield (number.start, number.end + space, "")


def number_added(place: Place, chance: random.Random) -> Iterator[Edit]:
    """ "5 days" becomes "5 or 8 days"."""
    if not place.words.alternative:
        return
    word = place.words.alternative[0]
    gap = "" if place.words.joined and word.isalpha() and not word.isascii() else " "
    for _, number in place.shared:
        tail, head = place.msgstr[number.end :], place.msgstr[: number.start]
        if (
            number.year
            or (re.match(r"[-–—.,:/\w]", tail) and gap != "")
            or re.search(r"[-–—/:.,(]\s?$", head)
        ):
            continue
        more = in_digits_of(number.text[0], int(number.digits) + chance.randrange(2, 8))
        yield (number.end, number.end, f"{gap}{word}{gap}{more}")


def numbers_swapped(place: Place, _: random.Random) -> Iterator[Edit]:
    """ "1 tablet every 8 hours" becomes "8 tablets every 1 hour"."""
    alone = [pair for pair in place.shared if not _compound(place.msgstr, pair[1])]
    pairs = sorted(alone, key=lambda pair: pair[1].start)
    for (one_before, one), (two_before, two) in itertools.pairwise(pairs):
        apart = _words_between(place.msgid, one_before, two_before)
        if one.year or two.year or not apart or two.start - one.end < 6:
            continue
        between = place.msgstr[one.end : two.start]
        if one.digits == two.digits or _same_noun(place.msgid, one_before, two_before):
            continue
        yield (one.start, two.end, two.text + between + one.text)


def _compound(text: str, number: Number) -> bool:
    """Tell whether a number is a part of a range, a time or the like."""
    around = text[number.start - 1 : number.start] + text[number.end : number.end + 1]
    return bool(re.search(r"[-–—/:]", around))


def _words_between(text: str, one: Number, two: Number) -> bool:
    low, high = sorted((one, two), key=lambda number: number.start)
    return len(re.findall(r"[A-Za-z]{2,}", text[low.end : high.start])) >= 2


def _same_noun(text: str, one: Number, two: Number) -> bool:
    """Tell whether both numbers count the same, as in "on days 3 and 5" or "5 mg and 10 mg"."""
    after = [re.match(r"[\s-]*([A-Za-z%°]*)", text[n.end :]) for n in (one, two)]
    nouns = [match.group(1) if match else "" for match in after]
    return nouns[0] == nouns[1] or "" in nouns


def decimal_lost(place: Place, _: random.Random) -> Iterator[Edit]:
    """38.5 becomes 385."""
    for i in _decimals(place):
        yield (i, i + 1, "")


def decimal_moved(place: Place, _: random.Random) -> Iterator[Edit]:
    """38.5 becomes 3.85."""
    for i in _decimals(place):
        if i >= 2 and place.msgstr[i - 2].isdigit():
            yield (i - 1, i + 1, place.msgstr[i] + place.msgstr[i - 1])
        elif place.msgstr[i + 2 : i + 3].isdigit():
            yield (i, i + 2, place.msgstr[i + 1] + place.msgstr[i])


def _decimals(place: Place) -> Iterator[int]:
    """Return the places of decimal signs: those that the source has as points."""
    for before, number in place.shared:
        if re.fullmatch(r"\d+\.\d{1,2}", before.text):
            for match in re.finditer(r"[.,٫،](?=\d{1,2}$)", number.text):
                yield number.start + match.start()


def thousands_confused(place: Place, _: random.Random) -> Iterator[Edit]:
    """1,500 becomes 1.500 where the point is the decimal sign, and the reverse."""
    for before, number in place.shared:
        if re.fullmatch(r"\d{1,3},\d{3}", before.text):
            match = re.search(r"[.,٬](?=\d{3}$)", number.text)
            if match and match.group() != place.words.decimal:
                yield (
                    number.start + match.start(),
                    number.start + match.end(),
                    place.words.decimal,
                )


def sign_lost(place: Place, _: random.Random) -> Iterator[Edit]:
    """-5, <5, ≥5, ±5 or ~5 becomes 5."""
    for sign, same in _SIGN_OF.items():
        source = re.compile(rf"{re.escape(sign)}\s?(?=\d)")
        found = list(re.finditer(rf"\\?[{same}]\s?(?=\d)", place.msgstr))
        if place.once(source) and len(found) == 1:
            yield (found[0].start(), found[0].end(), "")
    found = list(_MINUS.finditer(place.msgstr))
    if place.once(_MINUS) and len(found) == 1:
        yield (found[0].start(), found[0].end(), "")


def sign_turned(place: Place, _: random.Random) -> Iterator[Edit]:
    """< becomes >."""
    for sign, other in _TURNED.items():
        if place.msgid.count(sign) == 1 == place.msgstr.count(sign):
            i = place.msgstr.index(sign)
            if re.match(r"\s?[\d.]", place.msgstr[i + 1 :]):
                yield (i, i + 1, other)


def percent_lost(place: Place, _: random.Random) -> Iterator[Edit]:
    """5 % becomes 5: the only one of the text."""
    found = _percents(place)
    if len(found) == 1:
        yield (*found[0], "")


def one_percent_lost(place: Place, chance: random.Random) -> Iterator[Edit]:
    """One of several % is left out."""
    found = _percents(place)
    if len(found) > 1:
        yield (*chance.choice(found), "")


def _percents(place: Place) -> list[tuple[int, int]]:
    """Return the places of %, where both texts have as many of them."""
    words = "|".join(re.escape(word) for word in place.words.percent)
    before = re.findall(r"\d\s?%|\d percent", place.msgid)
    after = re.finditer(
        rf"(?<=\d)\s?(?:\\?[%٪％]|(?:{words})(?!\w))|(?<!\w)[%٪](?=\d)"
        if words
        else r"(?<=\d)\s?\\?[%٪％]",
        place.msgstr,
    )
    spans = [match.span() for match in after]
    return spans if len(spans) == len(before) else []


def degree_lost(place: Place, chance: random.Random) -> Iterator[Edit]:
    """38 °C becomes 38."""
    found = list(re.finditer(r"(?<=\d)\s?(?:°\s?[CFСсف]?|℃|℉)", place.msgstr))
    if found and len(found) == len(re.findall(r"\d\s?°", place.msgid)):
        yield (*chance.choice(found).span(), "")


def degree_changed(place: Place, chance: random.Random) -> Iterator[Edit]:
    """°C becomes °F."""
    found = list(re.finditer(r"°\s?([CF])(?![A-Za-z])", place.msgstr))
    if found and len(found) == len(re.findall(r"°\s?[CF]", place.msgid)):
        match = chance.choice(found)
        yield (match.start(1), match.end(1), "F" if match.group(1) == "C" else "C")


def _ranges(place: Place) -> Iterator[tuple[Number, Number]]:
    """Return the ranges of the translation whose ends are a range of the source's, in order."""
    for match in _SOURCE_RANGE.finditer(place.msgid):
        low, high = (re.sub(r"\D", "", end) for end in match.groups())
        if " and " in match.group() and "between" not in place.msgid[: match.start()].lower():
            continue
        if float(match.group(1).replace(",", "")) >= float(match.group(2).replace(",", "")):
            continue
        found = [
            (one, two)
            for one, two in zip(place.after, place.after[1:], strict=False)
            if (one.digits, two.digits) == (low, high) and two.start - one.end <= 12
        ]
        if len(found) == 1:
            yield found[0]


def range_turned(place: Place, _: random.Random) -> Iterator[Edit]:
    """2–4 becomes 4–2."""
    for one, two in _ranges(place):
        yield (one.start, two.end, two.text + place.msgstr[one.end : two.start] + one.text)


def range_widened(place: Place, chance: random.Random) -> Iterator[Edit]:
    """2–4 becomes 2–7."""
    for _, two in _ranges(place):
        first = unicodedata.digit(two.text[0])
        if first < 9:
            yield (
                two.start,
                two.start + 1,
                other_digit(two.text[0], chance.randrange(1, 10 - first)),
            )


def range_end_lost(place: Place, _: random.Random) -> Iterator[Edit]:
    """2–4 becomes 2."""
    for one, two in _ranges(place):
        yield (one.end, two.end, "")


def day_changed(place: Place, chance: random.Random) -> Iterator[Edit]:
    """12 March becomes 15 March."""
    days = {a or b for a, b in _DAY.findall(place.msgid)}
    for _, number in place.shared:
        if number.digits in days:
            value = 1 + (int(number.digits) + chance.randrange(1, 9)) % 28
            if value != int(number.digits):
                yield (number.start, number.end, in_digits_of(number.text[0], value))


def time_changed(place: Place, chance: random.Random) -> Iterator[Edit]:
    """8:30 becomes 9:30."""
    clocks = set(_CLOCK.findall(place.msgid))
    for match in _CLOCK.finditer(place.msgstr):
        hour, minute = (str(int(part)) for part in match.groups())
        if any((str(int(h)), str(int(m))) == (hour, minute) for h, m in clocks):
            value = 1 + (int(hour) + chance.randrange(1, 9)) % 11
            if value != int(hour):
                yield (match.start(1), match.end(1), in_digits_of(match.group(1)[0], value))


def ordinal_changed(place: Place, chance: random.Random) -> Iterator[Edit]:
    """The 19th becomes the 16th."""
    found = set(_ORDINAL.findall(place.msgid))
    for _, number in place.shared:
        if number.digits in found:
            yield _changed(number, chance)


def decade_changed(place: Place, chance: random.Random) -> Iterator[Edit]:
    """The 1930s become the 1970s."""
    for digits in set(_DECADE.findall(place.msgid)):
        found = [number for number in numbers(place.msgstr) if number.digits == digits]
        if len(found) == 1:
            i = len(digits) - 2
            digit = other_digit(found[0].text[i], chance.randrange(1, 9))
            yield (found[0].start + i, found[0].start + i + 1, digit)


def phone_changed(place: Place, chance: random.Random) -> Iterator[Edit]:
    """A telephone number has another digit."""
    for phone in _PHONE.findall(place.msgid):
        if sum(c.isdigit() for c in phone) >= 7 and place.msgstr.count(phone) == 1:
            start = place.msgstr.index(phone)
            i = start + chance.choice([i for i, c in enumerate(phone) if c.isdigit()])
            yield (i, i + 1, other_digit(place.msgstr[i], chance.randrange(1, 9)))


def address_changed(place: Place, chance: random.Random) -> Iterator[Edit]:
    """A letter of an e-mail or web address, written out in the text, is lost."""
    for address in (*_MAIL.findall(place.msgid), *_WEB.findall(place.msgid)):
        if place.msgstr.count(address) == 1:
            i = place.msgstr.index(address) + chance.choice(
                [i for i, c in enumerate(address) if c.isalpha() and i > 8] or [0]
            )
            yield (i, i + 1, "")


def name_changed(place: Place, chance: random.Random) -> Iterator[Edit]:
    """B12 becomes B17."""
    for name in set(_NAME.findall(place.msgid)):
        if place.msgid.count(name) == 1 == place.msgstr.count(name):
            i = place.msgstr.index(name) + len(name) - 1
            yield (i, i + 1, other_digit(place.msgstr[i], chance.randrange(1, 9)))
