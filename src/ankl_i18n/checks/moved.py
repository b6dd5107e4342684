"""The check that a "not" stays with what it denies.

"Do not stop, but take it" and "stop, but do not take it" deny equally often. What tells them
apart: how far through the text the "not" stands; in which sentence; and whether the words of its
clause, and those around it, are by the catalog's own lexicon those of the English "not".
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
from ankl_i18n.checks.negation import (
    CLAUSE,
    LOST_HINT,
    SENTENCE,
    Denials,
    Denied,
    denials,
    denied,
    in_condition,
    negation,
    places,
    words_for,
)
from ankl_i18n.checks.records import Doubtful, Finding, Pair, base, doubtful_if
from ankl_i18n.languages.patterns import blanked, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Where clauses may begin: of English ones, also at words.
_ENGLISH_CLAUSE: Final = re.compile(
    r"[,;:.!?]\s|\s[–—-]\s|[.!?](?=[A-Z])"
    r"|\b(?:but|and|that|which|because|though|although|while|if|when|whether|as|so|who|where)\b"
)
_CLAUSES: Final = re.compile(r"[,;:.!?](?=\s|$)|[،؛؟۔।॥።፣፤፡၊။、，。；：！？]|\s[–—-]\s")
_ENGLISH_SENTENCE: Final = re.compile(r"[.!?](?=\s|$)|(?<=[\w)\]\"”’%]{2})[.!?](?=[A-Z])")
# What begins another clause behind a "not", which keeps its place; a list is none.
_NEXT: Final = re.compile(
    r"[;:]|\s[–—-]\s|\b(?:but|although|though|while|whereas|so|yet)\b"
    r"|,(?!\s(?:and|or)\s[\w-]+(?:\s[\w-]+)?\W*$)(?=\s(?:and|or|which|as|in|with|even|then)\b)"
)
# A condition at the end, which many languages say first; and how long in characters a phrase is
# that they do.
_CONDITION: Final = re.compile(r"(?<=\w) (?:if|when|in case|unless|until)\b[^,;:.]*$")
_LATE: Final = 40
# The same where English, of another kind or translated back, says it first.
_SAID_FIRST: Final = re.compile(r"\s*(?:if|when|in case|unless|until)\b[^,;:.!?]*,")
# An English condition, and what a "not" of its own clause comes behind.
_IF: Final = re.compile(r"\bif\b(?! (?:possible|necessary|needed|any|so|not)\b)")
_OF_IF: Final = re.compile(
    r"\b(?:if|when|whether|unless|until|while|in case|as long as|that|who)\b"
    r"[^.,;:!?]*$"
)
# A condition that stands first, and how near to the beginning its word is, in characters.
_FIRST_IF: Final = re.compile(r"\s*(?:so |and |but |then )?(if) [^,;:.!?]*,")
_BEGIN: Final = 4
_OF_WHOM: Final = re.compile(r"\b(?:that|which|who|whom|whose|what|where)\b")
# So near its end, in characters, a verb that comes last ends a sentence.
_LAST: Final = 25
# Of "no choice but to", the denied part may stand anywhere.
_ANYWHERE: Final = re.compile(
    r"\bno (?:other )?(?:choice|option|alternative|way)s?\b.{0,20}? but\b"
)
# How far a "not" wanders, where a language's file does not say: where clauses keep their order,
# and where verbs come last.
_KEPT, _FREE = 0.14, 0.36
_FARTHEST: Final = 4.0
# What is not longer, in characters, is a phrase and no clause.
_PHRASE: Final = 9
_SHORT: Final = 70
# How far the words around a "not" reach, in characters before it and behind it: in English, in
# languages that keep its order, in those whose verbs come last; and around any other word.
_ENGLISH_AROUND, _AROUND, _AROUND_LAST, _ANY = (20, 45), (20, 40), (45, 12), (30, 30)
_FEW: Final = 0.08
# What two clauses have in common without any word, so that few words prove little.
_LEAST: Final = 0.3


@dataclass(frozen=True, slots=True)
class _Weights:
    """What each kind of evidence weighs, as logistic regression finds it (see docs/checks.md).

    More than `doubtful`, together, is a reason for a hint; more than `sure`, for a warning; in
    texts of one line, `short` is enough.
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


_IN_ORDER: Final = _Weights(2.3, 0.9, 0.25, 0.68, 0.7, 4.14, 0.0, 1.1, 1.0)
_FREELY: Final = _Weights(1.81, 0.62, 1.6, 0.59, 0.7, 2.21, 1.0, 2.0, 1.5)
# A "not" on the other side of the one "but", and on the same side.
_BUT: Final = re.compile(r",\s+but\s")
_ACROSS, _SAME_SIDE = 3.0, -1.5
# What the kind of the word that denies can tell at most, as a logarithm.
_MOST_KIND: Final = 3.0
# So much more evidence is wanted where a "without" may have been said first, and where another word
# may deny.
_SURELY, _RATHER = 1.8, 2.0
# What the words around two places can add at most.
_MOST_AROUND: Final = 4.5
# Where the clauses of a text begin, and a place in it; in characters.
Place = tuple[tuple[int, ...], int]


def moved(pair: Pair) -> Iterator[Finding]:
    """A "not" belongs to the same clause: do not stop, but take, is not stop, but do not take."""
    words = denials(pair.language)
    if not words or base(pair.source) != "en" or not pair.markup or pair.msgid == pair.msgstr:
        return
    before = pair.before.prose
    ours = denied(before)
    if ours.count != 1 or not _has_place(before):
        return
    after = blanked(words.empty, pair.after.prose.lower())
    theirs = places(words.surely, after)
    known = pair.language.data.negation
    if len(theirs) != 1 or (known.verbs_last and _both_last(before, ours, after, theirs[0])):
        return
    place = theirs[0]
    if _into_condition(before.lower(), ours.places[0], after, place, words):
        yield f"{ours.word!r} may have moved into a condition", LOST_HINT
        return
    if _out_of_condition(pair, ours.places[0], after, place, words):
        yield f"{ours.word!r} may have moved out of a condition", LOST_HINT
        return
    if _stays(pair, ours.places[0], after, place):
        return
    weights = _weights(words)
    match = _evidence(pair, ours, place, after, words)
    if match > weights.doubtful and all(isinstance(one, Doubtful) for one in negation(pair)):
        finding = f"{ours.word!r} may have moved to another clause", LOST_HINT
        enough = weights.short if len(before) <= _SHORT else weights.sure
        surely = ours.word == "without" and match >= _SURELY * enough
        weak = (
            (words.last and not surely and _goes_first(before, ours, after, place))
            or _comes_last(before, ours.places[0], after, place)
            or _comes_later(pair, ours.places[0], after, place)
            or (match < _RATHER * enough and _said_otherwise(pair, ours, place, after, words))
        )
        yield doubtful_if(match <= enough or weak, finding)


@lru_cache(maxsize=4096)
def _has_place(before: str) -> bool:
    """Tell whether what an English text denies has a place of its own: no idiom has."""
    idiom = any(not word for word, _ in denied(before).within)
    return not (idiom or _ANYWHERE.search(before.lower()))


def _weights(words: Denials) -> _Weights:
    return _FREELY if words.last else _IN_ORDER


def _begin(ends: re.Pattern[str], text: str, place: int) -> int:
    """Return where the sentence of a place begins."""
    return max((match.end() for match in ends.finditer(text, 0, place)), default=0)


def _said_otherwise(pair: Pair, ours: Denied, place: int, after: str, words: Denials) -> bool:
    """Tell whether another word that perhaps denies may stand for a "not"."""
    enough = _weights(words).doubtful
    others = (one.start() for one in words.perhaps.finditer(after) if one.start() != place)
    return any(_evidence(pair, ours, other, after, words) <= enough for other in others)


def _both_last(before: str, ours: Denied, after: str, their_place: int) -> bool:
    """Tell whether the last verb of a sentence is denied, and so is the last English clause."""
    end = SENTENCE.search(after, their_place)
    rest = after[their_place : end.start() if end else None]
    if ours.word == "without" or len(rest) > _LAST or CLAUSE.search(rest):
        return False
    stop = _ENGLISH_SENTENCE.search(before, ours.places[0])
    if _is_last(after, end) and not _is_last(before, stop):
        return False
    return not _NEXT.search(before.lower()[: stop.start() if stop else None], ours.places[0])


def _is_last(text: str, end: re.Match[str] | None) -> bool:
    """Tell whether a sentence with some end is the last one of a text."""
    return end is None or len(text) - end.end() <= _PHRASE


def _goes_first(before: str, ours: Denied, after: str, their_place: int) -> bool:
    """Tell whether what is denied stands last, and has been said before the rest."""
    place = ours.places[0]
    start = _begin(_ENGLISH_SENTENCE, before, place)
    stop = _ENGLISH_SENTENCE.search(before, place)
    late = (
        (stop.start() if stop else len(before)) - place < _LATE
        if ours.word == "without"
        else _CONDITION.search(before.lower(), start, place)
    )
    return bool(late) and their_place < len(after) * place / len(before)


def _comes_last(before: str, our_place: int, after: str, their_place: int) -> bool:
    """Tell whether what is denied stands first, and its condition has been said before it."""
    stop = _ENGLISH_SENTENCE.search(before, our_place)
    end = stop.start() if stop else len(before)
    start = _begin(_ENGLISH_SENTENCE, after, their_place)
    condition = _SAID_FIRST.match(after, start, their_place)
    return bool(condition and _CONDITION.search(before.lower(), our_place, end))


def _comes_later(pair: Pair, our_place: int, after: str, their_place: int) -> bool:
    """Tell whether a condition stands first, and has been said behind what is denied."""
    before = pair.before.prose.lower()
    start = _begin(_ENGLISH_SENTENCE, before, our_place)
    if not _SAID_FIRST.match(before, start, our_place):
        return False
    start = _begin(SENTENCE, after, their_place)
    words = words_for(pair.language, "if", "unless")
    return not words.search(after, start, their_place) and bool(words.search(after, their_place))


def _stays(pair: Pair, our_place: int, after: str, their_place: int) -> bool:
    """Tell whether a "not" is in a condition of its sentence in both texts; or its sentence is one
    clause, where a language has a sign between clauses and keeps their order.
    """
    before = pair.before.prose
    if _differ(_cuts(SENTENCE, before), _cuts(SENTENCE, after), our_place, their_place):
        return False
    start = _begin(SENTENCE, after, their_place)
    found = words_for(pair.language, "if", "unless").finditer(after, start, their_place)
    last = max((one.end() for one in found), default=None)
    ours = _CONDITION.search(
        before[:our_place].lower(), _begin(_ENGLISH_SENTENCE, before, our_place)
    )
    if ours and last is not None and not CLAUSE.search(after, last, their_place):
        return True
    end = SENTENCE.search(after, their_place)
    one = not CLAUSE.search(after, start, end.start() if end else len(after))
    return one and pair.language.data.negation.clauses


def _into_condition(
    before: str, our_place: int, after: str, their_place: int, words: Denials
) -> bool:
    """Tell whether an "if" has a "not" that in the source, which has an "if", is of no condition.

    Both texts deny once: "do not take it if you are allergic", "take it if you are not allergic".
    """
    if not in_condition(words, after, their_place) or not _IF.search(before):
        return False
    return not _OF_IF.search(before, 0, our_place)


def _out_of_condition(
    pair: Pair, our_place: int, after: str, their_place: int, words: Denials
) -> bool:
    """Tell whether a "not" of a condition that stands first is behind the condition now.

    Both texts deny once: "if it is not red, take it", "if it is red, do not take it".
    """
    if not _in_first_condition(pair.before.prose, our_place):
        return False
    start = _begin(SENTENCE, after, their_place)
    end = CLAUSE.search(after, start, their_place)
    if not end or words.perhaps.search(after, start, end.start()):
        return False
    found = words_for(pair.language, "if").search(after, start, end.start())
    return bool(found and found.start() - start <= _BEGIN)


@lru_cache(maxsize=4096)
def _in_first_condition(before: str, place: int) -> bool:
    """Tell whether a place is in the condition that its English sentence begins with."""
    lowered = before.lower()
    first = _FIRST_IF.match(lowered, _begin(_ENGLISH_SENTENCE, lowered, place))
    if not first or not first.start(1) < place < first.end():
        return False
    return not _OF_WHOM.search(lowered, first.start(1), place)


def _evidence(pair: Pair, ours: Denied, their_place: int, after: str, words: Denials) -> float:
    """Return how much tells that a "not" has moved, to a place of the translation."""
    before, our_place = pair.before.prose, ours.places[0]
    known, weights = pair.language.data.negation, _weights(words)
    least = _PHRASE if pair.language.data.script.spaces else _PHRASE // 2
    cuts = _cuts(_ENGLISH_CLAUSE, before, _PHRASE), _cuts(_CLAUSES, after, least)
    if len(cuts[0]) == 1 or len(cuts[1]) == 1:
        return weights.doubtful
    usual = known.wanders or (_KEPT if known.clauses else _FREE)
    far = abs(our_place / len(before) - their_place / len(after)) / usual
    sentence = _differ(_cuts(SENTENCE, before), _cuts(SENTENCE, after), our_place, their_place)
    found = (
        weights.far * min(far, _FARTHEST)
        + weights.sentence * sentence
        + _by_but(pair, our_place, their_place, after)
        + weights.kind * _by_kind(pair, ours, their_place, after, words)
        - weights.least
    )
    clauses = (cuts[0], our_place), (cuts[1], their_place)
    enough = weights.doubtful - weights.around * _MOST_AROUND
    most = found + weights.words * _most_by_words(pair, *clauses)
    if most <= enough:
        return most
    found += weights.words * _by_words(pair, *clauses)
    if found <= enough:
        return found
    return found + weights.around * _by_neighbours(pair, our_place, their_place)


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
def _cuts(ends: re.Pattern[str], text: str, least: int = 2) -> tuple[int, ...]:
    """Return where the parts of a text begin; what is not longer than `least` is none."""
    cuts = [0]
    for match in ends.finditer(text):
        if len(text) - least > match.end() > cuts[-1] + least:
            cuts.append(match.end())
    return tuple(cuts)


def _differ(ours: Sequence[int], theirs: Sequence[int], our_place: int, their_place: int) -> bool:
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
