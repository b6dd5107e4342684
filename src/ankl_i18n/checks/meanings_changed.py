"""Which meanings of a source became another one of their family in a translation.

A meaning that is gone says little, for there are many words for it; where another one of its
family has come instead, it was changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ankl_i18n.checks.link_texts import LINK
from ankl_i18n.checks.meanings import (
    ANOTHER,
    COUNTED,
    DATES,
    DUTY,
    INTERVAL,
    ORDER,
    RHYTHM,
    SEQUENCE,
    Said,
    meanings_in,
    opposite_families,
    touched,
    words_of_family,
)
from ankl_i18n.checks.records import Pair, once, small, small_letters
from ankl_i18n.languages.patterns import expression, pattern
from ankl_i18n.languages.reader import families
from ankl_i18n.source.texts import ascii_digits

if TYPE_CHECKING:
    from ankl_i18n.languages import Language

_SIDES: Final = frozenset(("before", "after"))
# In longer texts too much is said for a word that is gone to have become another one.
LONG: Final = 400
# And "before" is often said as "until" or "so that", with a "during" for something else; and a
# "must" in other ways, with a "can" for the source's own.
SHORT: Final = 150
# A full stop, not that of "U.S."; in English texts often without a space after it.
_SENTENCE: Final = re.compile(r"(?<=[\w)\]\"”’%]{2})[.!?](?=[\s\"”’)]|[A-Z]|$)|[。！？؟۔।॥።။។]+")
# Where other languages need no "must": "it is recommended that you should", "what should I do".
_ADVICE: Final = re.compile(
    r"\b(?:advi[cs]|recommend|suggest|urg(?:e|ing))\w*\b|\bneeds? to be able\b"
    r"|\bas (?:much|many) as\b"
    r"|\b(?:what|how|when|which|where|who|why)\b[^.,;:!?]*\b(?:should|must|need)\b"
)
# What most languages say with a word for "must", as well.
_REQUIRED: Final = re.compile(
    r"\b(?:requir(?:ed|es|ing)|may have to|might have to|had to|needed|mandatory)\b"
)
_TWO: Final = re.compile(r"(?<!\d)2(?!\d)")
# The times that words for a rhythm are made of.
_TIMES: Final = {
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year",
}  # fmt: skip


@cache
def _others(language: Language, family: str, meanings: frozenset[str]) -> Callable[[str], bool]:
    """Return what tells of a translation whether it has words of a family that some meanings of
    the source may have become; never, where the language has no words for those.
    """
    known = {*language.data.meanings, *language.data.meanings_loose}
    is_known = family in DATES or not known.isdisjoint(meanings)
    # Of several meanings, each may have become another one of them.
    several = len(meanings) > 1
    words = words_of_family(language, family, loose=True)
    return words.has_any(lambda means: is_known and (several or means != meanings))


class _Open(NamedTuple):
    """A family of which a part of a translation may say another meaning than the source does.

    `meanings` are those of the source that must not change.
    """

    name: str
    before: str
    after: str
    ours: Said
    meanings: frozenset[str]


@once
def _open(pair: Pair) -> tuple[_Open, ...]:
    """Return the families that may have changed: nearly always none, as soon as that is seen."""
    if pair.msgid == pair.msgstr or not pair.markup:
        return ()
    return tuple(
        _Open(name, before, after, ours, meanings)
        for before, after in _parts(pair)
        for name, ours, meanings in _told(before, pair.source)
        if _others(pair.language, name, meanings)(after)
    )


@once
def _all_changed(pair: Pair) -> tuple[tuple[str, str, str], ...]:
    """Return the families, and in each of them the meaning that became another one."""
    if not _open(pair):
        return ()
    return tuple(
        (one.name, meaning, other)
        for one in _open(pair)
        for meaning, other in _compared(
            pair, one.name, one.before, one.after, one.ours, _theirs(one, pair)
        )
        if len(one.before) <= LONG or _is_sure(one.name, meaning, other)
    ) or tuple(_added(pair))


def _theirs(one: _Open, pair: Pair) -> Said:
    return meanings_in(one.after, pair.language, one.name, loose=True)


@lru_cache(maxsize=16384)
def _told(before: str, source: Language) -> tuple[tuple[str, Said, frozenset[str]], ...]:
    """Return the families of a text, what it says of each, and which of that must not change."""
    ours_by_name = [(name, meanings_in(before, source, name)) for name in touched(before, source)]
    return tuple(
        (name, ours, meanings)
        for name, ours in ours_by_name
        if name not in COUNTED and (meanings := frozenset(ours.surely) - {*families()[name].weak})
    )


def _added(pair: Pair) -> Iterator[tuple[str, str, str]]:
    """Yield a rhythm that stands in the translation beside the source's own, and that nothing in
    the source can mean: such words are seldom added.
    """
    for one in _open(pair):
        if one.name not in RHYTHM:
            continue
        may_be = {*meanings_in(one.before, pair.source, one.name, loose=True).perhaps}
        may_be |= _named_times(one.before, pair.source)
        theirs = _theirs(one, pair)
        new = [{some} for some in theirs.surely] + [{*many} for many in theirs.vague]
        for meaning in one.ours.surely:
            others = next((some for some in new if not some & {*may_be, meaning, ANOTHER}), None)
            if others and meaning in theirs.perhaps:
                yield one.name, meaning, min(others)
                break


@lru_cache(maxsize=8192)
def _named_times(text: str, language: Language) -> frozenset[str]:
    """Return the rhythms whose time a text names: with "for two weeks", perhaps weekly."""
    known, spaces = language.data.units, language.data.script.spaces
    return frozenset(
        meaning
        for meaning, unit in _TIMES.items()
        if pattern(known.get(unit, ()), spaces=spaces).search(text)
    )


def _parts(pair: Pair) -> Sequence[tuple[str, str]]:
    """Return both texts in small letters; of long ones the sentences, if there are as many."""
    whole = small_letters(pair)
    if len(whole[0]) <= LONG:
        return (whole,)
    ours, theirs = _SENTENCE.split(pair.before.shown), _SENTENCE.split(pair.after.shown)
    if len(ours) != len(theirs):
        return (whole,)
    pairs = zip(ours, theirs, strict=True)
    return [(one.lower(), unicodedata.normalize("NFC", other.lower())) for one, other in pairs]


def _is_sure(name: str, meaning: str, other: str) -> bool:
    """Tell whether a change is told in long texts, too."""
    return name not in opposite_families() and not (name == ORDER and "during" in (meaning, other))


def changed(pair: Pair, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the meanings of some families that became another one of their family."""
    return ((meaning, other) for name, meaning, other in _all_changed(pair) if name in names)


def hidden(pair: Pair, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield meanings that may have become another one, where words for both are in the text."""
    for one in _open(pair) if len(small_letters(pair)[0]) <= LONG else ():
        if one.name not in names:
            continue
        theirs = _theirs(one, pair)
        if len(theirs.surely) > 1:
            mine = _loosely(one.before, pair.source, one.name).perhaps
            for meaning in one.meanings & theirs.perhaps.keys():
                others = (some for some in theirs.surely if some != meaning)
                if other := next((some for some in others if not mine.get(some)), None):
                    yield meaning, other


def _loosely(text: str, language: Language, name: str) -> Said:
    """Return what a source may mean by its words, for what a translation says besides."""
    loose = name in opposite_families() or name == INTERVAL
    return meanings_in(text, language, name, loose=loose)


def _compared(  # noqa: PLR0913, PLR0917
    pair: Pair, name: str, before: str, after: str, ours: Said, theirs: Said
) -> Iterator[tuple[str, str]]:
    """Yield the meanings that are gone where another one has come, which no word accounts for."""
    if not (theirs.surely or theirs.vague):
        return
    known = pair.language.data.meanings
    for meaning, often in ours.surely.items():
        if meaning in families()[name].weak or not (meaning in known or name in DATES):
            continue
        count = often + (len(_REQUIRED.findall(before)) if name == DUTY else 0)
        number = theirs.perhaps.get(meaning, 0)
        if name == ORDER:  # other words for a time prove nothing, either way
            number -= theirs.vague.get(frozenset((meaning, ANOTHER)), 0)
        if number >= count and not (name == ORDER and {meaning} < _SIDES):
            continue
        gone = name == DUTY and number == 0 and not _ADVICE.search(before)
        for other, times in sorted(theirs.surely.items(), key=lambda one: one[0] == "during"):
            # That the source has a "two" or an "early" explains no other ordinal.
            explains = ours if name == SEQUENCE else _loosely(before, pair.source, name)
            mine = explains.perhaps
            mine = ours.surely if name == ORDER and meaning != "during" else mine
            more = times - mine.get(other, 0)
            if name == ORDER and (
                _is_meant(meaning, other, ours)
                or _is_first(other, before, after, pair)
                or (number >= count and not _is_unsaid(other, before, pair))
                or ((meaning, other) == ("before", "during") and len(before) > SHORT)
            ):
                continue
            instead = gone and (times > ours.surely.get(other, 0) or len(before) <= SHORT)
            if other != meaning and (
                instead or (more > 0 and more >= (count - number) * (number > 0))
            ):
                yield meaning, other
                break
        else:
            if pair.language.data.script.spaces or name != ORDER:
                yield from _vaguely(name, meaning, ours, theirs)


def _is_meant(meaning: str, other: str, ours: Said) -> bool:
    """Tell whether a language may well say one time as another: during as within, or not at all;
    and repeats what its source says once of several things.
    """
    return {meaning, other} == {"during", "within"} or (
        meaning == "during" and ours.perhaps.get(other, 0) > 1
    )


def _is_unsaid(other: str, before: str, pair: Pair) -> bool:
    """Tell whether a source has no word that may be "before", or none that may be "after"."""
    said = meanings_in(before, pair.source, ORDER, loose=True).perhaps
    return other in _SIDES and not said.get(other)


def _is_first(other: str, before: str, after: str, pair: Pair) -> bool:
    """Tell whether "before" may be the "first" of the source: in many languages they are alike."""
    ours = meanings_in(before, pair.source, "sequence").surely.get("first", 0)
    theirs = meanings_in(after, pair.language, "sequence").surely.get("first", 0)
    return other == "before" and ours > theirs


def _vaguely(name: str, meaning: str, ours: Said, theirs: Said) -> Iterator[tuple[str, str]]:
    """Yield what a time became that is gone, where a word of several other meanings has come."""
    if name not in (ORDER, *RHYTHM) or meaning == "during" or theirs.perhaps.get(meaning):
        return
    for group, often in theirs.vague.items():
        mine = sum(ours.perhaps.get(one, 0) for one in group)
        if not group & {ANOTHER, "before", "after"} and often > mine:
            yield meaning, min(group)
            return


def changed_in_links(pair: Pair, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield what became another one in the words of a link: liver under #bone-marrow."""
    if "](" not in pair.msgid or "](" not in pair.msgstr:
        return
    theirs = {address: small(text, pair.language) for text, address in LINK.findall(pair.msgstr)}
    for text, address in LINK.findall(pair.msgid):
        here = theirs.get(address, "")
        for name in touched(text.lower(), pair.source) if here else ():
            if name in names:
                ours, meanings_here = (
                    meanings_in(text.lower(), pair.source, name),
                    meanings_in(here, pair.language, name, loose=True),
                )
                yield from _compared(pair, name, text.lower(), here, ours, meanings_here)


def lost(pair: Pair, name: str) -> Iterator[str]:
    """Yield the meanings of a family that are told where they are gone, whatever has come."""
    if not pair.markup or pair.msgid == pair.msgstr:
        return
    before, after = small_letters(pair)
    for meaning in families()[name].lost:
        if meaning not in pair.language.data.meanings or not meanings_in(
            before, pair.source, name
        ).surely.get(meaning):
            continue
        # "Every 2 days" is not twice.
        digit = meaning == "twice" and _TWO.search(
            without_spans(ascii_digits(after), pair.language)
        )
        if not digit and not meanings_in(after, pair.language, name, loose=True).perhaps.get(
            meaning
        ):
            yield meaning


def without_spans(text: str, language: Language) -> str:
    """Return a text in small letters without "two days", "2 weeks" and the like."""
    return _two_units(language).sub(" ", text)


@cache
def _two_units(language: Language) -> re.Pattern[str]:
    data, spaces = language.data, language.data.script.spaces
    twos = ("2", *(data.numbers.words[1].split("|") if data.numbers.words else ()))
    units = tuple(word for name in ("day", "week", "month") for word in data.units.get(name, ()))
    two, unit = (expression(words, spaces=spaces) for words in (twos, units))
    return re.compile(rf"(?:{two})\W?(?:{unit})")
