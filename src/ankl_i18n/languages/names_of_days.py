"""The names of months and weekdays in a language, as CLDR has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from babel import Locale

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# An English month that may be another word is one beside a number, or after such a word: "May 5",
# "by March".
_AHEAD: Final = "|".join(
    f"(?<=\\b{word} )" for word in ("in", "by", "of", "early", "late", "until", "since", "during")
)
_ENGLISH: Final = {
    name: (rf"/\b{name}(?= \d)|(?<=\d ){name}\b|(?:{_AHEAD}){name}\b/",)
    for name in ("march", "may")
}
AMBIGUOUS: Final = ("march", "may")
SHORTEST: Final = 3


@cache
def months(cldr: str) -> Mapping[str, tuple[str, ...]]:
    """Return the names of each month in a language, in small letters; none if CLDR has none.

    `cldr` is the language's identifier there, empty for one that it does not know.
    """
    if not cldr:
        return {}
    table = Locale.parse(cldr).months
    names_of = {name: tuple(dict.fromkeys(_names(table, i))) for i, name in enumerate(MONTHS, 1)}
    if cldr.partition("_")[0] == "en":
        return {name: names + _ENGLISH.get(name, ()) for name, names in names_of.items()}
    return names_of


@cache
def weekdays(cldr: str) -> Mapping[str, tuple[str, ...]]:
    """Return the names of each day of the week in a language, in small letters, like `months`."""
    if not cldr:
        return {}
    table = Locale.parse(cldr).days
    return {name: tuple(dict.fromkeys(_names(table, i))) for i, name in enumerate(WEEKDAYS)}


def _names(table: Mapping[str, Any], place: int) -> Iterator[str]:
    for context in ("format", "stand-alone"):
        name = str(table[context]["wide"].get(place, "")).lower()
        cjk = name[:1] >= "\u3000"
        if (len(name) >= SHORTEST or cjk) and not any(map(str.isdecimal, name)):
            yield name
