"""The check that a "not" stays with what it denies.

"Do not stop, but take it" and "stop, but do not take it" deny equally often. Three things tell
them apart: how far through the text the "not" stands; whether words of its clause are, by the
catalog's own lexicon, those of the English clause; and in which sentence and clause it stands.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.negation import (
    CLAUSE,
    ENGLISH,
    LOST_HINT,
    SENTENCE,
    denials,
    denied,
    negation,
    places,
)
from ankl_i18n.checks.records import Doubtful, Finding, Pair, base
from ankl_i18n.languages.patterns import blanked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Where clauses may begin: of English ones, also at words.
_ENGLISH_CLAUSE: Final = re.compile(
    r"[,;:.!?]\s|\s[–—-]\s|[.!?](?=[A-Z])|[()]"
    r"|\b(?:but|and|that|which|because|though|although|while|if|when|as|so|who|where)\b"
)
_CLAUSES: Final = re.compile(r"[,;:.!?](?=\s|$)|[،؛؟۔।॥።፣፤፡၊။、，。；：！？()（）]|\s[–—-]\s")
# How far a "not" wanders, where a language's file does not say: where clauses keep their order,
# and where verbs come last.
_KEPT, _FREE = 0.14, 0.36
# Weights of the evidence, as logistic regression finds them (see docs/checks.md), and what
# must come together. Nearer than `_NEAR` of those shares, nothing is looked at.
_FAR, _WORDS, _OTHER_SENTENCE, _OTHER_CLAUSE, _OTHER_CLAUSE_FREE = 1.4, 0.85, 3.4, 2.2, 1.9
_ENOUGH, _ENOUGH_FREE = 3.8, 4.5
# In texts longer than `_LONG`, less than this is doubtful.
_SURE: Final = 7.1
_LONG: Final = 90
_NEAR: Final = 0.7
_MOST, _MOST_FREE = 3.0, 2.0
# Where the clauses of a text begin, and a place in it; in characters.
Place = tuple[tuple[int, ...], int]


def moved(pair: Pair) -> Iterator[Finding]:
    """A "not" belongs to the same clause: do not stop, but take, is not stop, but do not take."""
    words = denials(pair.language)
    if not words or base(pair.source) != "en" or not pair.markup or pair.msgid == pair.msgstr:
        return
    before = pair.before.prose
    ours = denied(before)
    if ours.count != 1:
        return
    after = blanked(words.empty, pair.after.prose.lower())
    theirs = places(words.surely, after)
    enough = _ENOUGH if pair.language.data.negation.clauses else _ENOUGH_FREE
    match = _evidence(pair, ours.places[0], theirs[0], after) if len(theirs) == 1 else 0.0
    if match > enough and all(isinstance(one, Doubtful) for one in negation(pair)):
        told = f"{ours.word!r} may have moved to another clause", LOST_HINT
        on_verb = ours.word == "no" and not pair.language.data.negation.clauses
        short = len(before) <= _LONG and not on_verb
        yield told if match > _SURE or short else Doubtful(*told)


def _evidence(pair: Pair, our_place: int, their_place: int, after: str) -> float:
    """Return how much tells that a "not" has moved, from a place to another one."""
    before = pair.before.prose
    known = pair.language.data.negation
    usual = known.wanders or (_KEPT if known.clauses else _FREE)
    most = _MOST if known.clauses else _MOST_FREE
    far = min(abs(our_place / len(before) - their_place / len(after)) / usual, most)
    sentence = _differ(_cuts(SENTENCE, before), _cuts(SENTENCE, after), our_place, their_place)
    clause = _pattern(before.lower(), after, pair)
    ours, theirs = _cuts(_ENGLISH_CLAUSE, before), _cuts(_CLAUSES, after)
    alone = len(ours) == 1 or len(theirs) == 1
    if alone or (far < _NEAR and not sentence and not clause):
        return 0.0
    return (
        _FAR * far
        + _WORDS * _by_words(pair, (ours, our_place), (theirs, their_place))
        + _OTHER_SENTENCE * sentence
        + (_OTHER_CLAUSE if known.clauses else _OTHER_CLAUSE_FREE) * clause
    )


@lru_cache(maxsize=4096)
def _cuts(pattern: re.Pattern[str], text: str) -> tuple[int, ...]:
    """Return where the parts of a text begin."""
    cuts = [0]
    for match in pattern.finditer(text):
        if len(text) - 2 > match.end() > cuts[-1] + 2:
            cuts.append(match.end())
    return tuple(cuts)


def _differ(ours: Sequence[int], theirs: Sequence[int], our_place: int, their_place: int) -> bool:
    """Tell whether two places are in other parts of texts of as many parts."""
    return len(ours) == len(theirs) > 1 and bisect_right(ours, our_place) != bisect_right(
        theirs, their_place
    )


def _pattern(before: str, after: str, pair: Pair) -> bool:
    """Tell whether the clauses that deny are others, where there are as many clauses."""
    words = denials(pair.language)
    if words is None:
        return False
    theirs = [bool(words.surely.search(part)) for part in CLAUSE.split(after)]
    here = [bool(ENGLISH.search(part)) for part in CLAUSE.split(before)]
    return len(here) == len(theirs) > 1 and here != theirs and sum(here) == sum(theirs)


def _by_words(pair: Pair, ours: Place, theirs: Place) -> float:
    """Return how much more the words of both clauses belong to other clauses than together."""
    if pair.lexicon is None:
        return 0.0
    own, other = bisect_right(*ours), bisect_right(*theirs)
    row: dict[int, float] = defaultdict(float)
    column: dict[int, float] = defaultdict(float)
    for link in pair.lexicon.links(pair.msgid, pair.before.prose, pair.after.prose):
        one, another = bisect_right(ours[0], link.before), bisect_right(theirs[0], link.after)
        if one == own:
            row[another] += link.weight
        if another == other:
            column[one] += link.weight
    together = row.pop(other, 0.0) + 0.3
    column.pop(own, None)
    apart = (max(row.values(), default=0.0) + 0.3, max(column.values(), default=0.0) + 0.3)
    return sum(math.log(one / together) for one in apart)
