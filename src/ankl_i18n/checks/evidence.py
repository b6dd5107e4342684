"""How sure it is that one word of a translation has taken the place of another word's opposite.

Both "increase" and "less" may stand in a translation for reasons of their own. The catalog's own
lexicon tells whether other words of the source go with the word, and about where in the
translation it should stand; and of "not forbidden" for "allowed", nothing is wrong.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ankl_i18n.checks.meanings import SEQUENCE, family_pattern
from ankl_i18n.checks.negation import CLAUSE, SENTENCE, denials, denied
from ankl_i18n.checks.records import base, small_letters
from ankl_i18n.languages.patterns import blanked, pattern, tag_of
from ankl_i18n.languages.reader import families

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ankl_i18n.checks.lexicon import Link
    from ankl_i18n.checks.records import Pair
    from ankl_i18n.languages import Language

# So sure is the lexicon that another word of the source is what the word translates.
_OTHERS: Final = 0.2
# So far from its place a word may stand, as a share of the text. Words of the source that are so
# far from each other, in characters, tell little of one another's places.
_APART: Final = 0.4
# In shorter texts words may stand anywhere.
_LONG: Final = 140
_WIDTH: Final = 60.0
_ENDS: Final = re.compile(f"{SENTENCE.pattern}|{CLAUSE.pattern}")
_NEVER: Final = re.compile(r"\s+(?:never|not)\b")
# So near its word, in characters, a "not" stands.
_BESIDE: Final = 24


class Word(NamedTuple):
    """Where a word begins and ends in a text, in characters."""

    start: int
    end: int


def is_sure(pair: Pair, meaning: str, other: str, *, placed: bool = True) -> bool:
    """Tell whether the word for `other` has come in place of that for `meaning`.

    `placed` tells that it must stand about where that word would.
    """
    before, after = small_letters(pair)
    family = next(name for name, one in families().items() if meaning in one.meanings)
    if family == SEQUENCE:  # "first" and "second" have been compared with all that say the same
        return True
    ours = _words(before, pair.source, family, meaning)
    theirs = _words(after, pair.language, family, other)
    if not ours or not theirs:
        return True
    links = _links(pair)
    apart, one, another = min(
        (_apart(one.start / len(before), another.start / len(after), links, pair), one, another)
        for one in ours
        for another in theirs
    )
    if (placed and apart > _APART and len(before) > _LONG) or _is_explained(
        one, another, links, pair.language.data.script.spaces
    ):
        return False
    return not (_denied(another, pair) if placed else _softened(one, other, pair))


def _words(text: str, language: Language, family: str, meaning: str) -> list[Word]:
    known, groups = family_pattern(language, family)
    matches = known.finditer(text) if known else ()
    return [Word(one.start(), one.end()) for one in matches if meaning in groups[tag_of(one)]]


def _links(pair: Pair) -> Sequence[Link]:
    if pair.lexicon is None:
        return ()
    return list(pair.lexicon.links(pair.msgid, pair.before.prose, pair.after.prose))


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
        words.search(before, max(0, word.start - _BESIDE), word.start)
        or _NEVER.match(before, word.end)  # "never must" is "never can"
    )


def _denied(word: Word, pair: Pair) -> bool:
    """Tell whether a word stands beside a "not" that the source does not have."""
    words = denials(pair.language)
    if not words or base(pair.source) != "en":
        return False
    after = blanked(words.empty, small_letters(pair)[1])
    if len(words.surely.findall(after)) <= denied(pair.before.prose).words:
        return False
    near = words.surely.search(after, max(0, word.start - _BESIDE), word.end + _BESIDE)
    between = near and after[min(near.end(), word.end) : max(near.start(), word.start)]
    return between is not None and not _ENDS.search(between)
