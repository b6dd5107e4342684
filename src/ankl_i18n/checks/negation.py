"""The checks that a "not" is still there, in its place, and that none has been added.

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
    ENGLISH_AT_ONCE,
    ENGLISH_AVOID,
    ENGLISH_BESIDES,
    ENGLISH_IDIOMS,
    ENGLISH_LIMIT,
    ENGLISH_NEGATIVE,
    ENGLISH_PREVENTING,
    ENGLISH_SELDOM_TURNING,
    ENGLISH_SOFT,
    ENGLISH_STOPPING,
    ENGLISH_TURNING,
    ENGLISH_UNLESS,
    Habit,
)
from ankl_i18n.checks.records import Finding, Pair, base, doubtful_if
from ankl_i18n.languages.patterns import blanked, pattern
from ankl_i18n.languages.reader import language_data

if TYPE_CHECKING:
    from ankl_i18n.languages import Language

ENGLISH: Final = pattern(language_data("en").negation.words)
SENTENCE: Final = re.compile(r"[.!?؟۔।॥።]+(?=[\s\"'”’»)]|$)|[。！？｡။]+")
CLAUSE: Final = re.compile(r"[,;:،؛、，；：፣፤]|\s[–—-]\s")
# English texts often have no space after a full stop; "U.S." has one within.
_ENGLISH_SENTENCE: Final = re.compile(r"(?<=[\w)\]\"”’%]{2})[.!?]+(?=[\s\"”’)]|[A-Z]|$)")
_ENDS: Final = re.compile(f"{SENTENCE.pattern}|{CLAUSE.pattern}")
_SHORT: Final = 2
# How far from a word such as "unsafe", and from one such as "only", another language may deny, as
# a share of the text, and in characters; how much farther where verbs come last.
_REACH, _LONG = 0.5, 200
_WITHIN, _BESIDE, _SLACK, _FREER = 1.0, 0.35, 10, 1.7
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

    `purpose` finds "so that not", `conditions` the "if" that a "not" may follow.
    """

    surely: re.Pattern[str]
    perhaps: re.Pattern[str]
    empty: re.Pattern[str]
    purpose: re.Pattern[str]
    conditions: re.Pattern[str]
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
    lists = (words.words, words.words + words.maybe, idle, words.purpose, words.conditions)
    surely, perhaps, empty, purpose, conditions = (pattern(one, spaces=spaces) for one in lists)
    return Denials(surely, perhaps, empty, purpose, conditions, last=not words.clauses)


@dataclass(frozen=True, slots=True)
class Denied:
    """What an English text denies: the first word, and where.

    `words` counts all words that deny. `within` are the words such as "unsafe" that do so in
    part, with their places, and `beside` those such as "only" or "until", beside which another
    language may say "not".
    """

    word: str
    places: tuple[int, ...]
    words: int
    within: tuple[tuple[str, int], ...]
    beside: tuple[tuple[str, int], ...]

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


def beside(text: str) -> tuple[str, ...]:
    """Return the words beside which another language may deny, where a source itself does not."""
    known = denied(text)
    return () if known.word else tuple(word for word, _ in known.beside)


def in_condition(words: Denials, text: str, place: int) -> bool:
    """Tell whether an "if" stands just before a word that denies, in its clause."""
    found = list(words.conditions.finditer(text, max(0, place - 3 * _AFTER_IF), place))
    if not found or place - found[-1].end() > _AFTER_IF:
        return False
    return not CLAUSE.search(text, found[-1].end(), place)


def denies(text: str, words: Denials) -> bool:
    """Tell whether a translation surely denies something."""
    return bool(words.surely.search(words.empty.sub(" ", text.lower())))


def negation(pair: Pair) -> Iterator[Finding]:
    """Where the source says not, no, never or without, the translation denies something too."""
    words = denials(pair.language)
    if not words or base(pair.source) != "en" or pair.msgid == pair.msgstr:
        return
    before, after = _without_limits(pair), pair.after.shown.lower()
    ours, (unless, excepts, after) = denied(before), _exceptions(pair, before, after)
    count_theirs = sum(1 for _ in words.perhaps.finditer(after))
    if not ours.word:
        rest = after if unless else words.empty.sub(" ", after)
        yield from _implied(before, unless, said=bool(excepts or words.perhaps.search(rest)))
        return
    count_ours = ours.count + unless
    count_all = excepts + (_count(pair, before, after, words) if count_ours > 1 else count_theirs)
    taken = _taken(ours, pair, after, words)
    if (
        count_theirs == 0
        or taken
        or _sentence_lost(before, after, words)
        or _far(before, after, words)
    ):
        if not re.search(rf"\b{re.escape(ours.word)}\b", after):  # words quoted in the original
            finding = (
                f"the source says {ours.word!r}; the translation has no word for it",
                LOST_HINT,
            )
            yield doubtful_if(_is_soft(before), finding)
    elif count_ours > 1 and count_all < count_ours:
        yield f"the source has {count_ours} negations, the translation {count_all}", LOST_HINT


def _exceptions(pair: Pair, before: str, after: str) -> tuple[int, int, str]:
    """Return how often a source says "unless", how often a translation does, and the rest of it.

    A language whose words for it are not known is taken to say nothing of it.
    """
    is_known = pair.language.data.meanings.get("unless")
    count = len(ENGLISH_UNLESS.findall(before)) if is_known else 0
    if not count:
        return 0, 0, after
    finds = _words_for("unless", pair.language)
    excepts = len(finds.findall(after))
    return count, excepts, blanked(finds, after) if excepts <= count else after


def _words_for(meaning: str, language: Language) -> re.Pattern[str]:
    """Return what finds a language's words for a meaning; nothing, where it has none."""
    data = language.data
    return pattern(data.meanings.get(meaning, ()), spaces=data.script.spaces)


def _implied(before: str, unless: int, *, said: bool) -> Iterator[Finding]:
    """Yield an "unless" or "avoid" of a source without a "not" that a translation does not have."""
    avoid = ENGLISH_AVOID.search(before)
    if not said and (unless or avoid):
        word = "unless" if unless else "avoid"
        yield f"the source says {word!r}; the translation has no word for it", LOST_HINT


def _without_limits(pair: Pair) -> str:
    """Return a source without the "not" of its limits, where bounds are compared: "at most 4" may
    stand for "do not take more than 4".
    """
    prose, data = pair.before.prose, pair.language.data
    return blanked(ENGLISH_LIMIT, prose) if data.bounds_before or data.bounds_after else prose


def _is_soft(before: str) -> bool:
    """Tell whether all that a source denies may be said without a "not"."""
    return not denied(blanked(ENGLISH_SOFT, before)).word


def _taken(ours: Denied, pair: Pair, after: str, words: Denials) -> bool:
    """Tell whether the words that perhaps deny are those for "unsafe", "immune" or "stop"."""
    before, lexicon = pair.before.prose.lower(), pair.lexicon
    if words.surely.search(after):
        return False
    besides = [(match[0], match.start()) for match in ENGLISH_BESIDES.finditer(before)]
    within = (*ours.within, *besides)
    theirs = [
        match.start() for match in words.perhaps.finditer(_without_stops(pair, before, after))
    ]
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


def _count(pair: Pair, before: str, after: str, words: Denials) -> int:
    """Return how often a translation perhaps denies, but for its words for a denied "stop"."""
    return len(words.perhaps.findall(_without_stops(pair, before.lower(), after)))


def _without_stops(pair: Pair, before: str, after: str) -> str:
    """Return a translation without its words for the "stop" that a source denies.

    Many languages deny with such a word ("deja de", "berhenti"): in "stop suddenly" it is not the
    "not" of "do not stop suddenly".
    """
    denied_stop = ENGLISH_STOPPING.search(before)
    return blanked(_words_for("stop", pair.language), after) if denied_stop else after


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
        for here, theirs in _sentences(before, after)
    )


def _sentences(before: str, after: str) -> Sequence[tuple[str, str]]:
    """Return the sentences of both texts, where there are as many of them, but not of one."""
    ours, theirs = _split(_ENGLISH_SENTENCE, before), _split(SENTENCE, after)
    return list(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) > 1 else ()


@lru_cache(maxsize=4096)
def _split(ends: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(part for part in ends.split(text) if len(part) > _SHORT)


def added(pair: Pair) -> Iterator[Finding]:
    """Where the source denies nothing, the translation does not either.

    Plural forms for one number alone are left alone: "no parts".
    """
    words = denials(pair.language)
    if not words or base(pair.source) != "en" or not pair.markup or pair.single:
        return
    if pair.msgid == pair.msgstr or not pair.language.data.negation.counted:
        return
    after = words.empty.sub(" ", pair.after.prose.lower())
    if ENGLISH_PREVENTING.search(pair.before.prose.lower()):
        after = words.purpose.sub(" ", after)
    match = words.surely.search(after)
    if not match:
        return
    none = not denied(pair.before.prose).word
    sentences = _sentences(pair.before.prose, after) if none else ()
    texts = ((pair.before.prose, after), *sentences)
    sure = [_more(one, other, pair, words, generous=True) for one, other in texts]
    if any(sure) or any(_more(one, other, pair, words) for one, other in texts):
        hint = "Make sure that the translation does not say more than the source."
        often = "denies something" if none else "denies more than the source"
        finding = f"the translation {often} ({match[0].strip()})", hint
        yield doubtful_if(not any(sure), finding)


def _more(before: str, after: str, pair: Pair, words: Denials, *, generous: bool = False) -> bool:
    """Tell whether a translation denies in more clauses than its source gives reason for.

    A reason stands about where the denial stands. `generous` takes for one also what the
    translation may have words of its own for.
    """
    ours, sizes = denied(before), (len(before), len(after))
    theirs = _denying(words, after)
    more = len(theirs) - ours.words
    if more <= 0:
        return False
    free = 1.0 if pair.language.data.negation.clauses else _FREER
    habits, lexicon, msgid = pair.habits, pair.lexicon, pair.msgid
    reasons = [(place, _WITHIN * free) for _, place in ours.within]
    for word, place in ours.beside:
        if ENGLISH_SELDOM_TURNING.fullmatch(word) and not generous:
            continue
        if ENGLISH_AT_ONCE.fullmatch(word) and _says_at_once(after, pair, words):
            continue
        habit = Habit.UNKNOWN if habits is None else habits.of(word, msgid)
        if habit is Habit.OFTEN:
            reasons.append((place, _WITHIN * free))
        elif habit is Habit.UNKNOWN and (
            generous or not (lexicon and _far_apart(lexicon.places(word, after, msgid), theirs))
        ):
            reasons.append((place, (_WITHIN if generous else _BESIDE) * free))
    return _explained(reasons, theirs, sizes) < more


def _says_at_once(after: str, pair: Pair, words: Denials) -> bool:
    """Tell whether a translation says "at once" with a word that denies nothing."""
    found = _words_for("at-once", pair.language).finditer(after)
    return any(not words.surely.search(match[0]) for match in found)


def _far_apart(ours: Sequence[int], theirs: Sequence[int]) -> bool:
    """Tell whether a translation has a word of its own for a reason, away from its denials."""
    return any(all(abs(place - at) > _NEAR for at in theirs) for place in ours)


def _explained(
    reasons: Sequence[tuple[int, float]], theirs: Sequence[int], sizes: tuple[int, int]
) -> int:
    """Return how many denials have a reason of their own within its reach."""
    left = list(theirs)
    for place, reach in sorted(reasons, key=lambda reason: reason[1]):
        far = {at: abs(place / sizes[0] - at / sizes[1]) for at in left}
        near = [at for at in left if far[at] <= reach + _SLACK / sizes[1]]
        if near:
            left.remove(min(near, key=far.__getitem__))
    return len(theirs) - len(left)


def _denying(words: Denials, text: str) -> list[int]:
    """Return where clauses that deny do so first."""
    starts: list[int] = []
    since = 0
    for one in words.surely.finditer(text):
        place = one.start()
        if not starts or _ENDS.search(text, since, place) or in_condition(words, text, place):
            starts.append(place)
        since = place
    return starts
