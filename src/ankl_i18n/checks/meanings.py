"""What a text says of meanings that have opposites: before and after, left and right.

`meanings.toml` has the families: of two meanings in one family, one is not the other. What a
translation made of them is told in `meanings_changed`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ankl_i18n.languages.lookup import Lookup
from ankl_i18n.languages.names_of_days import AMBIGUOUS, months, weekdays
from ankl_i18n.languages.patterns import beginnings, literals
from ankl_i18n.languages.reader import families

if TYPE_CHECKING:
    from ankl_i18n.languages import Language

COUNTED: Final = ("alternative", "condition")  # see `wholeness`
ORDER, SEQUENCE, RHYTHM, DATES = (
    "order",
    "sequence",
    ("rhythm", "dose", "often"),
    ("month", "weekday"),
)
DOSE, URGENCY, DUTY, COMPARISON = "dose", "urgency", "duty", "comparison"
PART, REACH, INTERVAL = "part", "reach", "interval"
CONCESSION, LIMITATION, WAITING, NECESSITY = "concession", "limitation", "waiting", "necessity"
ANOTHER: Final = "another word"
WORD: Final = re.compile(r"[^\W_]+")
# So many letters of a word are looked up.
BEGINS: Final = 3
NOT: Final = re.compile(r"\s+not\b")


class Said(NamedTuple):
    """How often a text surely, and how often it perhaps, says each meaning of a family.

    `vague` tells how often it says one of several.
    """

    surely: Mapping[str, int]
    perhaps: Mapping[str, int]
    vague: Mapping[frozenset[str], int]


NOTHING: Final = Said({}, {}, {})


@cache
def _words(language: Language, family: str, *, loose: bool) -> Mapping[str, frozenset[str]]:
    """Return the words of a family with their meanings; see `words_of_family`."""
    by_word: dict[str, set[str]] = {}
    known = language.data.meanings
    for meaning in families()[family].meanings:
        for word in (*known.get(meaning, ()), *_date_words(language, family).get(meaning, ())):
            by_word.setdefault(word, set()).add(meaning)
    sure = frozenset(by_word)
    for meaning in families()[family].meanings if loose else ():
        for word in language.data.meanings_loose.get(meaning, ()):
            if word not in sure:
                by_word.setdefault(word, {ANOTHER}).add(meaning)
    for word in set(AMBIGUOUS) & set(by_word):
        by_word[word].add(ANOTHER)
    return {word: frozenset(meanings) for word, meanings in by_word.items()}


@cache
def words_of_family(
    language: Language, family: str, *, loose: bool = False
) -> Lookup[frozenset[str]]:
    """Return what finds the words of a family, with their meanings.

    `loose` ones are words that may mean it and prove nothing: those of a back-translation.
    """
    if loose and language.data.meanings_loose.keys().isdisjoint(families()[family].meanings):
        return words_of_family(language, family)
    return Lookup(_words(language, family, loose=loose), spaces=language.data.script.spaces)


def _date_words(language: Language, family: str) -> Mapping[str, tuple[str, ...]]:
    if family == "month":
        return months(language.cldr)
    return weekdays(language.cldr) if family == "weekday" else {}


@lru_cache(maxsize=16384)
def meanings_in(text: str, language: Language, family: str, *, loose: bool = False) -> Said:
    """Return what a text says of a family's meanings; its letters are small."""
    words = words_of_family(language, family, loose=loose)
    surely: dict[str, int] = {}
    perhaps: dict[str, int] = {}
    vague: dict[frozenset[str], int] = {}
    for _, end, meanings, _ in words.find(text):
        if meanings == {"must"} and NOT.match(text, end):
            continue
        if len(meanings) > 1:
            vague[meanings] = vague.get(meanings, 0) + 1
        for meaning in meanings:
            perhaps[meaning] = perhaps.get(meaning, 0) + 1
            if len(meanings) == 1:
                surely[meaning] = surely.get(meaning, 0) + 1
    return Said(surely, perhaps, vague) if perhaps else NOTHING


@lru_cache(maxsize=16384)
def touched(text: str, language: Language) -> tuple[str, ...]:
    """Return the families that a text has meanings of."""
    index = _index(language)
    begins = {"", *(word[:BEGINS] for word in WORD.findall(text))}
    names = {
        name for begin in begins & index.keys() for literal, name in index[begin] if literal in text
    }
    return tuple(
        name for name in families() if name in names and meanings_in(text, language, name).surely
    )


@cache
def _index(language: Language) -> Mapping[str, set[tuple[str, str]]]:
    """Return what is in the words of families, with those, by what the words begin with; "" where
    that is not known.
    """
    index: dict[str, set[tuple[str, str]]] = {}
    for name in families():
        for word in _words(language, name, loose=False):
            known, inside = beginnings(word, BEGINS), literals(word)
            for begin in known if known and language.data.script.spaces else ("",):
                own = [one for one in inside if one.startswith(begin)]
                index.setdefault(begin, set()).update((one, name) for one in own or inside)
    return index


@cache
def opposite_families() -> frozenset[str]:
    """Return the families that are told as opposites: all but times and urgency."""
    return frozenset(families()) - {ORDER, URGENCY, DUTY, INTERVAL, *RHYTHM, *DATES, *COUNTED}
