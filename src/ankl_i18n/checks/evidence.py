"""How sure it is that one word of a translation has taken the place of another word's opposite.

Both "increase" and "less" may stand in a translation for reasons of their own. The catalog's own
lexicon tells whether other words of the source go with the word, and about where in the
translation it should stand; and of "not forbidden" for "allowed", nothing is wrong.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from ankl_i18n.checks.lexicon import Link
from ankl_i18n.checks.meanings import DUTY, NECESSITY, SEQUENCE, words_of_family
from ankl_i18n.checks.nearness import links_of
from ankl_i18n.checks.negation import CLAUSE, SENTENCE, denials, denied
from ankl_i18n.checks.records import Pair, base, small, small_letters
from ankl_i18n.languages import Language
from ankl_i18n.languages.patterns import blanked, pattern
from ankl_i18n.languages.reader import families

# So sure is the lexicon that another word of the source is what the word translates.
_OTHERS: Final = 0.45
# So far from its place a word may stand, as a share of the text. Words of the source that are so
# far from each other, in characters, tell little of one another's places.
_APART: Final = 0.4
# In shorter texts words may stand anywhere.
_LONG: Final = 140
# A word is at a place if it is so near to it, as a share of the text.
_NEAR: Final = 0.12
_WIDTH: Final = 60.0
_ENDS: Final = re.compile(f"{SENTENCE.pattern}|{CLAUSE.pattern}")
_NEVER: Final = re.compile(r"\s+(?:never|not)\b")
# So near its word, in characters, a "not" stands; in English before it, with few words between.
_BESIDE: Final = 20
_BEFORE: Final = 24
_NEXT: Final = 4
_RISK: Final = 24
_NOT_SO: Final = re.compile(
    r"(?:\b(?:not|never|no|without|cannot)|n['’]t)"
    r"(?: (?:be|been|being|yet|very|too|so|as|always|an?|the|any|quite|really|get|getting))*\s+$"
)


class Word(NamedTuple):
    """Where a word begins and ends in a text, in characters."""

    start: int
    end: int


def is_denied(pair: Pair, meaning: str, other: str) -> bool:
    """Tell whether only one of the two words is denied: "not safe" is what "unsafe" means."""
    words = denials(pair.language)
    if not words or base(pair.source) != "en" or _family(meaning) == NECESSITY:
        return False
    nearest = _nearest(pair, meaning, other)
    if nearest is None:
        return False
    one, another = nearest
    before, after = small_letters(pair)
    after = blanked(words.empty, after)
    reach = _NEXT if meaning in families()[DUTY].meanings else _BESIDE
    beside = _is_beside(words.surely, after, another, reach)
    if _NOT_SO.search(before, max(0, one.start - _BEFORE), one.start):
        return not beside
    return beside and len(words.surely.findall(after)) > denied(pair.before.prose).words


def is_sure(pair: Pair, meaning: str, other: str) -> bool:
    """Tell whether the word for `other` has come in place of that for `meaning`."""
    before, after = small_letters(pair)
    nearest = _nearest(pair, meaning, other)
    if nearest is None:
        return True
    one, another = nearest
    if meaning in families()[DUTY].meanings:  # a lexicon knows no "must" and "can"
        return not _softened(one, other, pair)
    links = _links(pair)
    far = _apart(one.start / len(before), another.start / len(after), links, pair) > _APART
    return not (far and len(before) > _LONG) and not _is_explained(
        one, another, links, pair.language.data.script.spaces
    )


def is_displaced(pair: Pair, meaning: str, other: str) -> bool:
    """Tell whether a word for `other` stands where that for `meaning` should, which is elsewhere.

    What another word of the source explains counts for neither of them.
    """
    before, after = small_letters(pair)
    family = _family(meaning)
    ours = _words(before, pair.source, family, meaning)
    links, spaces = _links(pair), pair.language.data.script.spaces
    if len(ours) != 1 or not links:
        return False
    place = ours[0].start / len(before)

    def far(word: Word) -> float:
        return _apart(place, word.start / len(after), links, pair)

    theirs, others = (
        [
            word
            for word in _words(after, pair.language, family, name)
            if not _is_explained(ours[0], word, links, spaces)
        ]
        for name in (meaning, other)
    )
    return not theirs and min(map(far, others), default=1.0) < _NEAR


def _nearest(pair: Pair, meaning: str, other: str) -> tuple[Word, Word] | None:
    """Return a word for a meaning, and the one for the other meaning that is nearest to its place.

    There is none where either text has no word for it, and for ordinals: those have been compared
    with all that say the same.
    """
    before, after = small_letters(pair)
    family = _family(meaning)
    ours = _words(before, pair.source, family, meaning)
    theirs = _words(after, pair.language, family, other)
    if family == SEQUENCE or not ours or not theirs:
        return None
    links = _links(pair)
    _, one, another = min(
        (_apart(one.start / len(before), another.start / len(after), links, pair), one, another)
        for one in ours
        for another in theirs
    )
    return one, another


def _family(meaning: str) -> str:
    return next(name for name, one in families().items() if meaning in one.meanings)


def _words(text: str, language: Language, family: str, meaning: str) -> list[Word]:
    known = words_of_family(language, family)
    return [Word(one.start, one.end) for one in known.find(text) if meaning in one.value]


def _links(pair: Pair) -> Sequence[Link]:
    """Return what goes with what, by places in small letters."""
    links = links_of(pair)
    if len(pair.after.prose) == len(small_letters(pair)[1]):
        return links
    prose, language = pair.after.prose, pair.language
    return [replace(one, after=len(small(prose[: one.after], language))) for one in links]


def _apart(before: float, after: float, links: Sequence[Link], pair: Pair) -> float:
    """Return how far a word is from its place: by the share of the text, or by its neighbours."""
    sizes = max(1, len(pair.before.prose)), max(1, len(pair.after.prose))
    weights = [
        one.weight * math.exp(-abs(one.before - before * sizes[0]) / _WIDTH) for one in links
    ]
    if not sum(weights):
        return abs(before - after)
    near = sum(weight * one.after for weight, one in zip(weights, links, strict=True))
    return min(abs(before - after), abs(near / sum(weights) / sizes[1] - after))


def _is_explained(one: Word, another: Word, links: Sequence[Link], spaces: bool) -> bool:
    """Tell whether another word of the source goes with a word of the translation.

    Without spaces, a link may be to a part of the word, or to what follows it.
    """
    end = another.end if spaces else another.start + 1
    return any(
        link.weight >= _OTHERS
        for link in links
        if another.start <= link.after < end and not one.start <= link.before < one.end
    )


def _softened(word: Word, other: str, pair: Pair) -> bool:
    """Tell whether the source says something like the other meaning: "a risk that you must"."""
    before = small_letters(pair)[0]
    words = pattern(pair.source.data.meanings_loose.get(other, ()))
    return bool(
        words.search(before, max(0, word.start - _RISK), word.start)
        or _NEVER.match(before, word.end)  # "never must" is "never can"
    )


def _is_beside(words: re.Pattern[str], text: str, word: Word, reach: int) -> bool:
    """Tell whether one of some words stands beside a word, in its clause."""
    near = words.search(text, max(0, word.start - reach), word.end + reach)
    between = near and text[min(near.end(), word.end) : max(near.start(), word.start)]
    return between is not None and not _ENDS.search(between)
