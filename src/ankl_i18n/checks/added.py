"""The check that a translation denies nothing that its source does not deny.

Another language may say "not" where English does not: "until it is dry" may be "while it is not
dry". How often that is so beside an English word, the catalog's other messages tell, and besides
what was counted once (see `negation_words`); what all words of a source tell together is the
chance that its translation denies once more for a reason.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.negation import (
    CLAUSES,
    Denials,
    denials,
    denied,
    in_condition,
    sentences,
    words_for,
)
from ankl_i18n.checks.negation_words import ENGLISH_PHRASES, ENGLISH_PREVENTING, PHRASE, chance
from ankl_i18n.checks.records import Finding, Pair, base, doubtful_if, small

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ankl_i18n.languages import Language

# A denial with a smaller chance to have a reason is worth a warning, or a hint.
_SURE, _DOUBTFUL = 0.05, 0.08
# How far from a reason another language denies, by 1/e, as a share of the text: where clauses keep
# their order, and where verbs come last; and a distance that says nothing, in characters.
_REACH, _FREER, _SLACK = 0.5, 0.9, 10
# So near a denial, in characters, a word that translates a reason is that denial; so far from it,
# the reason has a word of its own, and is one no more in so great a share.
_BY, _NEAR = 0, 24
_OWN, _ELSEWHERE = 0.5, 0.5
# Words that deny so often are a reason also where they seem to have a word of their own.
_OFTEN: Final = 0.1
# Reasons that are said with words of their own, where the language's words for these meanings are
# there, and the share in which they are reasons all the same.
_MEANINGS: Final = {"stop": "stop", "rare": "rarely"}
_SAID: Final = 0.1
_MEANT: Final = re.compile("|".join(_MEANINGS), re.IGNORECASE)
# What is a reason in any text, whatever its words.
_ANY: Final = 0.004


def added(pair: Pair) -> Iterator[Finding]:
    """Where the source denies nothing, the translation does not either.

    Plural forms for one number alone are left alone: "no parts".
    """
    words = denials(pair.language)
    if not words or base(pair.source) != "en" or not pair.markup or pair.single:
        return
    if pair.msgid == pair.msgstr or not pair.language.data.negation.counted:
        return
    before, after = pair.before.prose, small(pair.after.prose, pair.language)
    ours = denied(before)
    if len(words.surely.findall(after)) <= ours.words:  # soon seen, and so nearly always
        return
    after = words.empty.sub(" ", after)
    if ENGLISH_PREVENTING.search(before.lower()):
        after = words.purpose.sub(" ", after)
    match = words.surely.search(after)
    if not match:
        return
    none = not ours.word
    texts = ((before, after), *(sentences(before, after) if none else ()))
    least = min(_explained(one, other, pair, words) for one, other in texts)
    if least < _DOUBTFUL:
        hint = "Make sure that the translation does not say more than the source."
        often = "denies something" if none else "denies more than the source"
        finding = f"the translation {often} ({match[0].strip()})", hint
        yield doubtful_if(least >= _SURE, finding)


def _explained(before: str, after: str, pair: Pair, words: Denials) -> float:
    """Return the chance, 0 to 1, that a translation's denials have reasons in its source; at least
    so much, where that is enough.
    """
    theirs = _denying(words, after)
    more = len(theirs) - denied(before).words if theirs else 0
    if more <= 0:
        return 1.0
    reach = _REACH if pair.language.data.negation.clauses else _FREER
    enough = 1 - _DOUBTFUL ** (1 / more)
    none, known = 1 - _ANY, []
    for word, place, usual in reasons(before):
        far = min(abs(place / len(before) - at / len(after)) for at in theirs)
        near = math.exp(-max(0.0, far - _SLACK / len(after)) / reach)
        share = _SAID if _is_said(before[place:], after, pair.language, words) else 1.0
        often = share * (pair.habits.chance(word, pair.msgid, usual) if pair.habits else usual)
        least = often if often >= _OFTEN else often * _ELSEWHERE
        none *= 1 - least * near
        if none <= enough:  # whatever the others and the lexicon tell
            return _DOUBTFUL
        known.append((word, often, least, near))
    for word, often, least, near in known:
        none *= (1 - _chance(word, often, pair, after, theirs) * near) / (1 - least * near)
        if none <= enough:
            return _DOUBTFUL
    return float((1 - none) ** more)


def _is_said(reason: str, after: str, language: Language, words: Denials) -> bool:
    """Tell whether a translation has a word for a reason that is no denial.

    `reason` is the rest of the source that begins with it.
    """
    found = _MEANT.match(reason)
    meaning = _MEANINGS[found[0].lower()] if found else ""
    said = words_for(language, meaning).finditer(after) if meaning else ()
    return any(not words.surely.search(one[0]) for one in said)


def _chance(word: str, often: float, pair: Pair, after: str, theirs: Sequence[int]) -> float:
    """Return how often a language denies beside a word, as this text tells.

    `often` is how often it does so in the catalog.
    """
    places = pair.lexicon.places(word, after, pair.msgid) if pair.lexicon else ()
    far = min((abs(place - at) for place in places for at in theirs), default=_NEAR)
    if far <= _BY:
        return max(often, _OWN)
    return often * _ELSEWHERE if far > _NEAR and often < _OFTEN else often


@lru_cache(maxsize=16384)
def reasons(prose: str) -> tuple[tuple[str, int, float], ...]:
    """Return the words beside which another language may deny, their places and how often; first
    those beside which it does so most often.
    """
    known = denied(prose)
    phrases = (
        (PHRASE + match[0].split()[0], match.start())
        for match in ENGLISH_PHRASES.finditer(prose.lower())
    )
    found = (*known.within, *known.beside, *phrases)
    known_chances = ((word, place, chance(word)) for word, place in found)
    return tuple(sorted(known_chances, key=lambda one: -one[2]))


def reasons_alone(text: str) -> tuple[tuple[str, float], ...]:
    """Return the words beside which another language may deny, where a source itself does not."""
    found = () if denied(text).word else reasons(text)
    return tuple((word, often) for word, _, often in found)


def _denying(words: Denials, text: str) -> list[int]:
    """Return where clauses that deny do so first."""
    starts: list[int] = []
    since = 0
    for one in words.surely.finditer(text):
        place = one.start()
        if not starts or CLAUSES.search(text, since, place) or in_condition(words, text, place):
            starts.append(place)
        since = place
    return starts
