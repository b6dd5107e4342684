"""The check that a "not" stays with what it denies.

"Do not stop, but take it" and "stop, but do not take it" deny equally often: `moved_evidence` tells
them apart. A "not" that goes into a condition, or out of one, is known by the condition's words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.moved_evidence import PHRASE, cuts, differ, evidence, weights
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
from ankl_i18n.languages.patterns import blanked

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENGLISH_SENTENCE: Final = re.compile(r"[.!?](?=\s|$)|(?<=[\w)\]\"”’%]{2})[.!?](?=[A-Z])")
# What begins another clause behind a "not", which keeps its place; a list is none.
_NEXT: Final = re.compile(
    r"[;:]|\s[–—-]\s|\b(?:but|although|though|while|whereas|so|yet)\b"
    r"|,(?!\s(?:and|or)\s(?:[\w-]+(?:\s[\w-]+)?\W*$|(?:between|for|in|on|with|from|by|at|of|to)\b))"
    r"(?=\s(?:and|or|which|as|in|with|even|then)\b)"
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
# What begins a clause that is part of another one; a "not" of it is not that of the last verb.
_OF_PART: Final = re.compile(
    r"\b(?:if|when|whether|unless|until|while|because|although|though|since|as|so|that|who|whom"
    r"|whose|which|where)\b[^.;:!?]*$"
)
# What tells why, behind what is denied: other languages say it first.
_WHY: Final = re.compile(r"[,:] (?:as|since|for|there)\b|\b(?:because|owing to|due to)\b")
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
_SHORT: Final = 70


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
    weight = weights(words)
    match = evidence(pair, ours, place, after, words)
    if match > weight.doubtful and all(isinstance(one, Doubtful) for one in negation(pair)):
        finding = f"{ours.word!r} may have moved to another clause", LOST_HINT
        enough = weight.short if len(before) <= _SHORT else weight.sure
        surely = match >= weight.surely
        weak = (
            (words.last and not surely and _goes_first(before, ours, after, place))
            or (match < weight.surely and words.last and _has_cause(before, ours, after, place))
            or _comes_last(before, ours.places[0], after, place)
            or _comes_later(pair, ours.places[0], after, place)
            or (match < weight.rather and _said_otherwise(pair, ours, place, after, words))
        )
        yield doubtful_if(match <= enough or weak, finding)


@lru_cache(maxsize=4096)
def _has_place(before: str) -> bool:
    """Tell whether what an English text denies has a place of its own: no idiom has."""
    idiom = any(not word for word, _ in denied(before).within)
    return not (idiom or _ANYWHERE.search(before.lower()))


def _begin(ends: re.Pattern[str], text: str, place: int) -> int:
    """Return where the sentence of a place begins."""
    return max((match.end() for match in ends.finditer(text, 0, place)), default=0)


def _said_otherwise(pair: Pair, ours: Denied, place: int, after: str, words: Denials) -> bool:
    """Tell whether another word that perhaps denies may stand for a "not"."""
    enough = weights(words).doubtful
    others = (one.start() for one in words.perhaps.finditer(after) if one.start() != place)
    return any(evidence(pair, ours, other, after, words) <= enough for other in others)


def _both_last(before: str, ours: Denied, after: str, their_place: int) -> bool:
    """Tell whether the last verb of a sentence is denied, and so is the last English clause."""
    end = SENTENCE.search(after, their_place)
    rest = after[their_place : end.start() if end else None]
    if ours.word == "without" or len(rest) > _LAST or CLAUSE.search(rest):
        return False
    stop = _ENGLISH_SENTENCE.search(before, ours.places[0])
    if _is_last(after, end) and not _is_last(before, stop):
        return False
    start = _begin(_ENGLISH_SENTENCE, before, ours.places[0])
    if _OF_PART.search(before.lower(), start, ours.places[0]):
        return False
    return not _NEXT.search(before.lower()[: stop.start() if stop else None], ours.places[0])


def _is_last(text: str, end: re.Match[str] | None) -> bool:
    """Tell whether a sentence with some end is the last one of a text."""
    return end is None or len(text) - end.end() <= PHRASE


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


def _has_cause(before: str, ours: Denied, after: str, their_place: int) -> bool:
    """Tell whether a "not" ends its sentence where the source tells why behind what it denies."""
    end = SENTENCE.search(after, their_place)
    rest = after[their_place : end.start() if end else None]
    stop = _ENGLISH_SENTENCE.search(before, ours.places[0])
    why = _WHY.search(before.lower(), ours.places[0], stop.start() if stop else len(before))
    return bool(why) and len(rest) <= _LAST and not CLAUSE.search(rest)


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
    """Tell whether a "not" is in a condition of its sentence in both texts."""
    before = pair.before.prose
    if differ(cuts(SENTENCE, before), cuts(SENTENCE, after), our_place, their_place):
        return False
    start = _begin(SENTENCE, after, their_place)
    found = words_for(pair.language, "if", "unless").finditer(after, start, their_place)
    last = max((one.end() for one in found), default=None)
    if last is None or CLAUSE.search(after, last, their_place):
        return False
    lowered = before[:our_place].lower()
    return bool(_CONDITION.search(lowered, _begin(_ENGLISH_SENTENCE, before, our_place)))


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
