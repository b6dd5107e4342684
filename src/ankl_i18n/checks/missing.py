"""How likely it is that a part of a source is missing from its translation.

Two things tell, as natural logarithms of odds: how other messages of the catalog translate the
part's words, and whether such words are there; and how long the translation is with and without
the part, by the lengths of the catalog's other translations.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import log, sqrt
from typing import Final

from ankl_i18n.checks.lexicon import Rendering, words, words_once
from ankl_i18n.checks.parts import Part
from ankl_i18n.checks.records import Pair

# Words of a part that are looked for: who leaves one out, often leaves what follows it.
_WORDS: Final = 4
# Words that fit some messages are found by looking for what fits: in others, each of them
# explains one message less. (So it was in 13,000 words of eight catalogs.)
_CERTAIN: Final = 0.95
_LEAST, _MOST = 0.05, 0.9
# A word says nothing if it is there nearly as often where nothing calls for it.
_TELLING: Final = 0.05
# What a word proves that stands there in English.
_COPIED: Final = 2.4
# Lengths tell no more than this.
_SURE: Final = 3.0
# How much of what words and lengths tell of a part counts: words go together, and the part of many
# that looks most like a missing one does so partly by chance.
_OF_WORDS, _OF_LENGTH = 0.5, 0.7
# A part has so many characters, at least and at most.
_SHORTEST, _LONGEST = 12, 60


def odds(pair: Pair, part: Part) -> float:
    """Return the odds that a part of the source's prose is missing, or only its words nearest to
    the rest: a logarithm.

    Above 0, that is likelier than not, if it is as likely beforehand.
    """
    best, words_tell = _OF_LENGTH * by_length(pair, part.end - part.begin), 0.0
    for i, (place, told) in enumerate(islice(_told(pair, part), _WORDS)):
        words_tell += _OF_WORDS * told
        size = part.end - place if part.back else place - part.begin
        level = words_tell + _OF_LENGTH * by_length(pair, size)
        best = level if i == 0 else max(best, level)
    return best


def whole(pair: Pair, part: Part) -> float:
    """Return the odds that all of a part is missing, and not only some of its words."""
    told = [one for _, one in islice(_told(pair, part), _WORDS)]
    return sum(told) + by_length(pair, part.end - part.begin)


def _told(pair: Pair, part: Part) -> Iterator[tuple[int, float]]:
    """Yield where each word of a part ends, or begins if they are read backwards, and what it
    tells; 0: nothing, or it stands elsewhere, too.
    """
    if pair.lexicon is None:
        return
    known, after = words(pair.before.prose), pair.after.prose
    once = {word for word, _ in words_once(pair.before.prose)}
    forms, lowered = pair.lexicon.forms(after), after.lower()
    # In a longer text than others, words are there more often by chance.
    size = len(after) / max(1.0, pair.lexicon.usual_size)
    within = [(word, place) for word, place in known if part.begin <= place < part.end]
    for word, place in reversed(within) if part.back else within:
        told = 0.0
        if word in once and word in lowered:
            told = -_COPIED
        elif word in once and (rendering := pair.lexicon.rendering(word, pair.msgid)):
            there = any(form in forms for form in rendering.forms)
            told = _odds(rendering, size, there=there)
        yield place if part.back else place + len(word), told


def _odds(rendering: Rendering, size: float, *, there: bool) -> float:
    """Return the odds that a word is missing whose rendering is there, or is not."""
    found = rendering.found - len(rendering.forms)
    kept = min(_CERTAIN, found / rendering.messages)
    chance = min(max(rendering.chance * size, _LEAST), _MOST)
    if kept <= chance + _TELLING:
        return 0.0
    return log(chance / kept) if there else log((1 - chance) / (1 - kept))


def by_length(pair: Pair, size: int) -> float:
    """Return what the lengths tell of a part of so many characters."""
    length, before = pair.length, len(pair.before.prose)
    if not length.spread:
        return 0.0
    rest = max(1, before - max(_SHORTEST, min(size, _LONGEST)))
    ratio = log(max(1, len(pair.after.prose)) / (length.usual * before))
    spread = length.spread / sqrt(before)
    whole, part = ratio / spread, (ratio - log(rest / before)) / spread
    return max(-_SURE, min(_SURE, (whole * whole - part * part) / 2))
