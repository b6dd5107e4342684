"""The check that a "not" is still there, and how languages deny.

The source must be English. Denials are counted in the whole text and, where both texts have as
many sentences, in each of them. Words of one clause that deny the same thing twice ("no … ninguno")
count once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.negation_words import (
    ENGLISH_ADVICE,
    ENGLISH_AVOID,
    ENGLISH_BESIDES,
    ENGLISH_IDIOMS,
    ENGLISH_LIMIT,
    ENGLISH_NEGATIVE,
    ENGLISH_SOFT,
    ENGLISH_STOPPING,
    ENGLISH_TURNING,
    ENGLISH_UNLESS,
)
from ankl_i18n.checks.records import Finding, Pair, base, doubtful_if, small_letters
from ankl_i18n.languages.patterns import blanked, expression, pattern
from ankl_i18n.languages.reader import language_data

if TYPE_CHECKING:
    from ankl_i18n.languages import Language

ENGLISH: Final = pattern(language_data("en").negation.words)
SENTENCE: Final = re.compile(r"[.!?؟۔।॥።]+(?=[\s\"'”’»)]|$)|[。！？｡။]+")
CLAUSE: Final = re.compile(r"[,;:،؛、，；：፣፤၊]|\s[–—-]\s")
# English texts often have no space after a full stop; "U.S." has one within.
_ENGLISH_SENTENCE: Final = re.compile(r"(?<=[\w)\]\"”’%]{2})[.!?]+(?=[\s\"”’)]|[A-Z]|$)")
# Where clauses of a translation end.
CLAUSES: Final = re.compile(f"{SENTENCE.pattern}|{CLAUSE.pattern}")
_SHORT: Final = 2
# How far a denial may stand from its place, as a share of the text; texts so long tell, in
# characters.
_REACH, _LONG = 0.5, 200
# So near, words deny the same thing: "no … ninguno", "ne … pas".
_NEAR: Final = 24
# So near behind an "if", in characters, a "not" is of its clause.
_AFTER_IF: Final = 10
# So near, in characters, a word that perhaps denies is the one that a lexicon knows.
_BY: Final = 4
LOST_HINT: Final = "Make sure that the translation negates what the source negates."


@dataclass(frozen=True, slots=True)
class Denials:
    """How a language denies: surely, perhaps, where it only seems to, and whether at the end.

    `purpose` finds "so that not", `conditions` the "if" that a "not" may follow, `under`
    words for "less than" beside a number that look like a "not".
    """

    surely: re.Pattern[str]
    perhaps: re.Pattern[str]
    empty: re.Pattern[str]
    purpose: re.Pattern[str]
    conditions: re.Pattern[str]
    under: re.Pattern[str]
    last: bool


@cache
def denials(language: Language) -> Denials | None:
    """Return how a language denies, or nothing where that is not known."""
    words, spaces = language.data.negation, language.data.script.spaces
    if not words.words:
        return None
    sure = pattern(words.words, spaces=spaces)
    tables = (language.data.bounds_before, language.data.bounds_after)
    bounds = (word for table in tables for forms in table.values() for word in forms)
    idle = (*words.empty, *filter(sure.search, bounds))  # "not more than" denies nothing
    maybe = words.words + words.maybe
    lists = (words.words, maybe, idle, words.purpose, words.conditions)
    surely, perhaps, empty, purpose, conditions = (pattern(one, spaces=spaces) for one in lists)
    less = tuple(word for table in tables for word in table.get("less", ()))
    below = expression(tuple(filter(perhaps.search, less)), spaces=spaces)
    under = re.compile(rf"\d\w{{0,3}}\s?(?:{below})|(?:{below})\s?\d")
    return Denials(surely, perhaps, empty, purpose, conditions, under, last=not words.clauses)


@dataclass(frozen=True, slots=True)
class Denied:
    """What an English text denies: the first word, and where.

    `words` counts all words that deny. `within` are the words such as "unsafe" that do so in
    part, with their places, and `beside` those such as "only" or "until", beside which another
    language may say "not". `unless` counts the words "unless".
    """

    word: str
    places: tuple[int, ...]
    words: int
    within: tuple[tuple[str, int], ...]
    beside: tuple[tuple[str, int], ...]
    unless: int

    @property
    def count(self) -> int:
        """How often the text denies."""
        return len(self.places)


@lru_cache(maxsize=16384)
def denied(prose: str) -> Denied:
    """Return what an English text denies."""
    lowered = prose.lower()
    idioms = [("", match.start()) for match in ENGLISH_IDIOMS.finditer(lowered)]
    text = blanked(ENGLISH_IDIOMS, lowered) if idioms else lowered
    first = ENGLISH.search(text)
    return Denied(
        first[0] if first else "",
        places(ENGLISH, text) if first else (),
        len(ENGLISH.findall(text)) if first else 0,
        (*idioms, *((match[0], match.start()) for match in ENGLISH_NEGATIVE.finditer(lowered))),
        tuple((match[0], match.start()) for match in ENGLISH_TURNING.finditer(lowered)),
        len(ENGLISH_UNLESS.findall(prose)) if "unless" in lowered else 0,
    )


def places(words: re.Pattern[str], text: str) -> tuple[int, ...]:
    """Return where words deny; of those of one clause that are near, the first."""
    starts: list[int] = []
    last = -1
    for one in words.finditer(text):
        apart = one[0] == "without" or one.start() - last > _NEAR  # "never … without": twice
        if last < 0 or apart or CLAUSE.search(text, last, one.start()):
            starts.append(one.start())
        last = one.end()
    return tuple(starts)


def in_condition(words: Denials, text: str, place: int) -> bool:
    """Tell whether an "if" stands just before a word that denies, in its clause."""
    found = list(words.conditions.finditer(text, max(0, place - 3 * _AFTER_IF), place))
    if not found or place - found[-1].end() > _AFTER_IF:
        return False
    return not CLAUSE.search(text, found[-1].end(), place)


def denying(text: str, words: Denials) -> frozenset[str]:
    """Return the words with which a translation in small letters surely denies something."""
    if not words.surely.search(text):
        return frozenset()
    found = words.surely.finditer(words.empty.sub(" ", text))
    return frozenset(match[0].strip() for match in found)


def with_without(text: str) -> bool | None:
    """Tell whether a source that denies once does so with a "without"; None: not once."""
    known = denied(text)
    return known.word == "without" if known.count == 1 else None


def negation(pair: Pair) -> Iterator[Finding]:
    """Where the source says not, no, never or without, the translation denies something too."""
    words = denials(pair.language)
    if not words or base(pair.source) != "en" or pair.msgid == pair.msgstr:
        return
    before, after = _without_limits(pair), blanked(words.under, small_letters(pair)[1])
    ours = denied(before)
    unless, excepts, after = _exceptions(pair, ours.unless, after)
    if not ours.word:
        rest = after if unless else words.empty.sub(" ", after)
        if not (excepts or words.perhaps.search(rest)):
            yield from _implied(pair, before, after, unless)
        return
    count_ours = ours.count + unless
    is_lost = not words.surely.search(after) and (
        not words.perhaps.search(after) or _taken(ours, pair, after, words)
    )
    if is_lost or _sentence_lost(before, after, words) or _far(before, after, words):
        if not re.search(rf"\b{re.escape(ours.word)}\b", after):  # words quoted in the original
            finding = (
                f"the source says {ours.word!r}; the translation has no word for it",
                LOST_HINT,
            )
            yield doubtful_if(_is_soft(before, after, pair), finding)
    elif (
        count_ours > 1 and (count_all := excepts + _counted(ours, pair, after, words)) < count_ours
    ):
        yield f"the source has {count_ours} negations, the translation {count_all}", LOST_HINT


def _exceptions(pair: Pair, count: int, after: str) -> tuple[int, int, str]:
    """Return how often a source says "unless", how often a translation does, and the rest of it.

    A language whose words for it are not known is taken to say nothing of it.
    """
    if not count or not pair.language.data.meanings.get("unless"):
        return 0, 0, after
    finds = words_for(pair.language, "unless")
    excepts = len(finds.findall(after))
    return count, excepts, blanked(finds, after) if excepts <= count else after


def words_for(language: Language, *meanings: str) -> re.Pattern[str]:
    """Return what finds a language's words for some meanings; nothing, where it has none."""
    data = language.data
    known = (word for meaning in meanings for word in data.meanings.get(meaning, ()))
    return pattern(tuple(known), spaces=data.script.spaces)


def _implied(pair: Pair, before: str, after: str, unless: int) -> Iterator[Finding]:
    """Yield an "unless" or "avoid" of a source without a "not" that a translation does not have."""
    if unless or ENGLISH_AVOID.search(before):
        word = "unless" if unless else "avoid"
        finding = f"the source says {word!r}; the translation has no word for it", LOST_HINT
        yield doubtful_if(bool(unless) and _is_recast(pair, before, after), finding)


def _is_recast(pair: Pair, before: str, after: str) -> bool:
    """Tell whether a translation may say "you must press it" for "it stops unless you press it"."""
    if ENGLISH_ADVICE.search(before) or words_for(pair.source, "must").search(before.lower()):
        return False
    return bool(words_for(pair.language, "must").search(after))


def _without_limits(pair: Pair) -> str:
    """Return a source without the "not" of its limits, where bounds are compared: "at most 4" may
    stand for "do not take more than 4".
    """
    prose, data = pair.before.prose, pair.language.data
    return _unlimited(prose) if data.bounds_before or data.bounds_after else prose


@lru_cache(maxsize=4096)
def _unlimited(prose: str) -> str:
    return blanked(ENGLISH_LIMIT, prose)


def _is_soft(before: str, after: str, pair: Pair) -> bool:
    """Tell whether all that a source denies may be said without a "not".

    It is not where the catalog's word for what is denied stands there: "not possible", "posible".
    """
    if denied(blanked(ENGLISH_SOFT, before)).word:
        return False
    soft = " ".join(match[0] for match in ENGLISH_SOFT.finditer(before))
    return not (pair.lexicon and pair.lexicon.named(soft, after, pair.msgid))


def _taken(ours: Denied, pair: Pair, after: str, words: Denials) -> bool:
    """Tell whether the words that perhaps deny are those for "unsafe", "immune" or "stop"."""
    before, lexicon = pair.before.prose.lower(), pair.lexicon
    besides = [(match[0], match.start()) for match in ENGLISH_BESIDES.finditer(before)]
    within = (*ours.within, *besides)
    theirs = _perhaps(pair, before, after, words)
    if len(theirs) > len(within):
        return False
    named = [lexicon.places(word, after, pair.msgid) for word, _ in within] if lexicon else []

    def far(places: Iterable[int], at: int) -> float:
        return min(abs(place / len(before) - at / len(after)) for place in places)

    return all(
        far((place for _, place in within), at) < far(ours.places, at)
        or any(abs(at - place) <= _BY for places in named for place in places)
        for at in theirs
    )


def _counted(ours: Denied, pair: Pair, after: str, words: Denials) -> int:
    """Return how often a translation perhaps denies, but for words for "unsafe" or "missing"."""
    theirs = _perhaps(pair, pair.before.prose.lower(), after, words)
    if len(theirs) < ours.count or not (pair.lexicon and ours.within):
        return len(theirs)
    named = [pair.lexicon.places(word, after, pair.msgid) for word, _ in ours.within]
    taken = {
        at
        for at in theirs
        if not words.surely.match(after, at)
        and any(abs(at - place) <= _BY for places in named for place in places)
    }
    return len(theirs) - len(taken)


def _perhaps(pair: Pair, before: str, after: str, words: Denials) -> list[int]:
    """Return where a translation perhaps denies, but for its words for a "stop" that is denied.

    Many languages deny with such a word ("deja de", "berhenti"): in "stop suddenly" it is not the
    "not" of "do not stop suddenly".
    """
    matches = words.perhaps.finditer(after)
    if not ENGLISH_STOPPING.search(before):
        return [match.start() for match in matches]
    stops = [match.span() for match in words_for(pair.language, "stop").finditer(after)]
    return [
        match.start()
        for match in matches
        if not any(begin <= match.start() and match.end() <= end for begin, end in stops)
    ]


def _far(before: str, after: str, words: Denials) -> bool:
    """Tell whether a denial has none near its place, where clauses keep their order."""
    if words.last or min(len(before), len(after)) < _LONG:
        return False
    theirs = [match.start() / len(after) for match in words.perhaps.finditer(after)]
    return any(
        all(abs(place / len(before) - at) > _REACH for at in theirs)
        for place in denied(before).places
    )


def _sentence_lost(before: str, after: str, words: Denials) -> bool:
    """Tell whether a sentence denies that does not any more, where there are as many of them."""
    return any(
        denied(here).word and not words.perhaps.search(theirs)
        for here, theirs in sentences(before, after)
    )


def sentences(before: str, after: str) -> Sequence[tuple[str, str]]:
    """Return the sentences of both texts, where there are as many of them, but not of one."""
    ours = _split(_ENGLISH_SENTENCE, before)
    theirs = _split(SENTENCE, after) if len(ours) > 1 else ()
    return list(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) else ()


@lru_cache(maxsize=4096)
def _split(ends: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(part for part in ends.split(text) if len(part) > _SHORT)
