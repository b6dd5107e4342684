"""How much tells that a "not" has moved to another clause: a sum of weighed evidence.

How far through the text it stands; in which sentence; on which side of a "but"; and whether the
words of its clause, and those around it, are by the catalog's own lexicon those of the English
"not".
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.lexicon import linked
from ankl_i18n.checks.nearness import Breaks, links_of
from ankl_i18n.checks.negation import SENTENCE, Denials, Denied
from ankl_i18n.checks.records import Pair
from ankl_i18n.languages.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

# Where clauses may begin: of English ones, also at words.
_ENGLISH_CLAUSE: Final = re.compile(
    r"[,;:.!?]\s|\s[–—-]\s|[.!?](?=[A-Z])"
    r"|\b(?:but|and|that|which|because|though|although|while|if|when|whether|as|so|who|where)\b"
)
_CLAUSES: Final = re.compile(r"[,;:.!?](?=\s|$)|[،؛؟۔।॥።፣፤፡၊။、，。；：！？]|\s[–—-]\s")
# How far a "not" wanders, where a language's file does not say: where clauses keep their order,
# and where verbs come last.
_KEPT, _FREE = 0.14, 0.36
_FARTHEST: Final = 4.0
# What is not longer, in characters, is a phrase and no clause.
PHRASE: Final = 9
# How far the words around a "not" reach, in characters before it and behind it: in English, in
# languages that keep its order, in those whose verbs come last; and around any other word.
_ENGLISH_AROUND, _AROUND, _AROUND_LAST, _ANY = (20, 45), (20, 40), (45, 12), (30, 30)
_FEW: Final = 0.08
# What two clauses have in common without any word, so that few words prove little.
_LEAST: Final = 0.3


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence weighs, as logistic regression finds it (see docs/checks.md).

    More than `doubtful`, together, is a reason for a hint; more than `sure`, for a warning; in
    texts of one line, `short` is enough. What may have been said first wants more than `surely`,
    and a text with another word that may deny, more than `rather`.
    """

    far: float
    words: float
    sentence: float
    around: float
    kind: float
    least: float
    doubtful: float
    sure: float
    short: float
    surely: float
    rather: float


_IN_ORDER: Final = Weights(2.3, 0.9, 0.25, 0.68, 0.7, 4.14, 0.0, 1.1, 1.0, 2.0, 2.2)
_FREELY: Final = Weights(1.81, 0.62, 1.6, 0.59, 0.7, 2.21, 1.0, 1.6, 1.4, 3.6, 4.0)
# A "not" on the other side of the one "but", and on the same side.
_BUT: Final = re.compile(r",\s+but\s")
_ACROSS, _SAME_SIDE = 3.0, -1.5
# What the kind of the word that denies can tell at most, as a logarithm.
_MOST_KIND: Final = 3.0
# What the words around two places can add at most.
_MOST_AROUND: Final = 4.5
# Where the clauses of a text begin, and a place in it; in characters.
Place = tuple[tuple[int, ...], int]


def weights(words: Denials) -> Weights:
    """Return what the evidence weighs in a language with some words that deny."""
    return _FREELY if words.last else _IN_ORDER


def evidence(pair: Pair, ours: Denied, their_place: int, after: str, words: Denials) -> float:
    """Return how much tells that a "not" has moved, to a place of the translation."""
    before, our_place = pair.before.prose, ours.places[0]
    known, weight = pair.language.data.negation, weights(words)
    least = PHRASE if pair.language.data.script.spaces else PHRASE // 2
    parts = cuts(_ENGLISH_CLAUSE, before, PHRASE), cuts(_CLAUSES, after, least)
    if len(parts[0]) == 1 or len(parts[1]) == 1:
        return weight.doubtful
    usual = known.wanders or (_KEPT if known.clauses else _FREE)
    far = abs(our_place / len(before) - their_place / len(after)) / usual
    sentence = differ(cuts(SENTENCE, before), cuts(SENTENCE, after), our_place, their_place)
    found = (
        weight.far * min(far, _FARTHEST)
        + weight.sentence * sentence
        + _by_but(pair, our_place, their_place, after)
        + weight.kind * _by_kind(pair, ours, their_place, after, words)
        - weight.least
    )
    clauses = (parts[0], our_place), (parts[1], their_place)
    enough = weight.doubtful - weight.around * _MOST_AROUND
    most = found + weight.words * _most_by_words(pair, *clauses)
    if most <= enough:
        return most
    found += weight.words * _by_words(pair, *clauses)
    if found <= enough:
        return found
    return found + weight.around * _by_neighbours(pair, our_place, their_place)


def _by_kind(pair: Pair, ours: Denied, their_place: int, after: str, words: Denials) -> float:
    """Return how much a word that denies is none that others have for "without"."""
    match = words.surely.search(after, their_place)
    if ours.word != "without" or pair.habits is None or match is None:
        return 0.0
    kin = pair.habits.with_without(match[0].strip(), pair.msgid)
    return max(-_MOST_KIND, min(_MOST_KIND, -kin))


def _by_but(pair: Pair, our_place: int, their_place: int, after: str) -> float:
    """Return what the sides tell that a "not" stands on of a "but", where both texts have one."""
    language = pair.language
    words = pattern(language.data.negation.but, spaces=language.data.script.spaces)
    ours = [match.start() for match in _BUT.finditer(pair.before.prose.lower())]
    if len(ours) != 1:
        return 0.0
    theirs = [match.start() for match in words.finditer(after)]
    if len(theirs) != 1:
        return 0.0
    across = (our_place < ours[0]) != (their_place < theirs[0])
    return _ACROSS if across else _SAME_SIDE


@lru_cache(maxsize=4096)
def cuts(ends: re.Pattern[str], text: str, least: int = 2) -> tuple[int, ...]:
    """Return where the parts of a text begin; what is not longer than `least` is none."""
    cuts = [0]
    for match in ends.finditer(text):
        if len(text) - least > match.end() > cuts[-1] + least:
            cuts.append(match.end())
    return tuple(cuts)


def differ(ours: Sequence[int], theirs: Sequence[int], our_place: int, their_place: int) -> bool:
    """Tell whether two places are in other parts of texts of as many parts."""
    return len(ours) == len(theirs) > 1 and bisect_right(ours, our_place) != bisect_right(
        theirs, their_place
    )


def _by_words(pair: Pair, ours: Place, theirs: Place) -> float:
    """Return how much more the words of both clauses belong to other clauses than together."""
    if pair.lexicon is None:
        return 0.0
    own, other = bisect_right(*ours), bisect_right(*theirs)
    row: dict[int, float] = defaultdict(float)
    column: dict[int, float] = defaultdict(float)
    for link in links_of(pair):
        one, another = bisect_right(ours[0], link.before), bisect_right(theirs[0], link.after)
        if one == own:
            row[another] += link.weight
        if another == other:
            column[one] += link.weight
    together = row.pop(other, 0.0)
    column.pop(own, None)
    return _apart(together, max(row.values(), default=0.0), max(column.values(), default=0.0))


def _most_by_words(pair: Pair, ours: Place, theirs: Place) -> float:
    """Return what `_by_words` is at most, by the words of the source's own clause alone."""
    if pair.lexicon is None:
        return 0.0
    own, other = bisect_right(*ours), bisect_right(*theirs)
    before, after, cuts = pair.before.prose, pair.after.prose, ours[0]
    end = cuts[own] if own < len(cuts) else None
    row: dict[int, float] = defaultdict(float)
    for link in pair.lexicon.links(pair.msgid, before, after, cuts[own - 1], end):
        row[bisect_right(theirs[0], link.after)] += link.weight
    together = row.pop(other, 0.0)
    column = Counter(bisect_right(cuts, place) for place in linked(before))
    del column[own]
    return _apart(together, max(row.values(), default=0.0), max(column.values(), default=0))


def _apart(together: float, *elsewhere: float) -> float:
    """Return how much more words go with others elsewhere than together: a logarithm."""
    return sum(math.log((one + _LEAST) / (together + _LEAST)) for one in elsewhere)


def _by_neighbours(pair: Pair, our_place: int, their_place: int) -> float:
    """Return how much more the words around two places go with words elsewhere than together."""
    if pair.lexicon is None:
        return 0.0
    before, after = pair.before.prose, pair.after.prose
    ours, theirs = Breaks(before), Breaks(after)
    links = links_of(pair)
    around = _AROUND if pair.language.data.negation.clauses else _AROUND_LAST
    here = [one.weight * _share(ours, our_place, one.before, _ENGLISH_AROUND) for one in links]
    there = [one.weight * _share(theirs, their_place, one.after, around) for one in links]
    together = _FEW + sum(
        share * _share(theirs, their_place, one.after, around)
        for one, share in zip(links, here, strict=True)
    )
    elsewhere = (
        _most(ours, [one.before for one in links], there),
        _most(theirs, [one.after for one in links], here),
    )
    return sum(math.log((one + _FEW) / together) for one in elsewhere)


def _most(text: Breaks, words: Sequence[int], shares: Sequence[float]) -> float:
    """Return how much of some shares stands around one of the words, at most."""
    near = [(place, share) for place, share in zip(words, shares, strict=True) if share > 0]
    return max(
        (sum(share * _share(text, place, word, _ANY) for word, share in near) for place, _ in near),
        default=0.0,
    )


def _share(text: Breaks, place: int, word: int, reach: tuple[int, int]) -> float:
    """Return how much a word belongs to a place, by its reach before it and behind it."""
    low, high = min(place, word), max(place, word)
    return text.together(low, high, reach[word >= place])
