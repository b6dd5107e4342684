"""The checks that a "not" is still there, in its place, and that none has been added.

The source must be English. Denials are counted in the whole text and, where both texts have as
many sentences, in each of them. Words of one clause that deny the same thing twice ("no … ninguno")
count once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.negation_words import ENGLISH_IDIOMS, ENGLISH_NEGATIVE, ENGLISH_TURNING
from ankl_i18n.checks.records import Finding, Pair, base
from ankl_i18n.languages.patterns import pattern
from ankl_i18n.languages.reader import language_data

if TYPE_CHECKING:
    from ankl_i18n.languages import Language

ENGLISH: Final = pattern(language_data("en").negation.words)
SENTENCE: Final = re.compile(r"[.!?؟۔।॥።]+(?=[\s\"'”’»)]|$)|[。！？｡။]+")
CLAUSE: Final = re.compile(r"[,;:،؛、，；：፣፤]|\s[–—-]\s")
# English texts often have no space after a full stop; "U.S." has one within.
_ENGLISH_SENTENCE: Final = re.compile(r"(?<=[\w)\]\"”’%]{2})[.!?]+(?=[\s\"”’)]|[A-Z]|$)")
_SHORT: Final = 2
# So near, words deny the same thing: "no … ninguno", "ne … pas".
_NEAR: Final = 24
LOST_HINT: Final = "Make sure that the translation denies what the source denies."


@dataclass(frozen=True, slots=True)
class Denials:
    """How a language denies: surely, perhaps, where it only seems to, and whether at the end."""

    surely: re.Pattern[str]
    perhaps: re.Pattern[str]
    empty: re.Pattern[str]
    last: bool


@cache
def denials(language: Language) -> Denials | None:
    """Return how a language denies, or nothing where that is not known."""
    words, spaces = language.data.negation, language.data.script.spaces
    if not words.words:
        return None
    lists = (words.words, words.words + words.maybe, words.empty)
    surely, perhaps, empty = (pattern(one, spaces=spaces) for one in lists)
    return Denials(surely, perhaps, empty, last=not words.clauses)


@dataclass(frozen=True, slots=True)
class Denied:
    """What an English text denies: the first word, and where.

    `words` counts all words that deny, `within` words such as "unsafe" that do so in part, and
    `beside` words such as "only" or "until", beside which another language may say "not".
    """

    word: str
    places: tuple[int, ...]
    words: int
    within: int
    beside: int

    @property
    def count(self) -> int:
        """How often the text denies."""
        return len(self.places)


@lru_cache(maxsize=16384)
def denied(prose: str) -> Denied:
    """Return what an English text denies."""
    lowered = prose.lower()
    text, idioms = ENGLISH_IDIOMS.subn(lambda m: " " * len(m[0]), lowered)
    first = ENGLISH.search(text)
    return Denied(
        first[0] if first else "",
        places(ENGLISH, text) if first else (),
        len(ENGLISH.findall(text)) if first else 0,
        idioms + len(ENGLISH_NEGATIVE.findall(lowered)),
        len(ENGLISH_TURNING.findall(lowered)),
    )


def places(words: re.Pattern[str], text: str) -> tuple[int, ...]:
    """Return where words deny; of those of one clause that are near, the first."""
    found: list[int] = []
    last = -1
    for one in words.finditer(text):
        if last < 0 or one.start() - last > _NEAR or CLAUSE.search(text, last, one.start()):
            found.append(one.start())
        last = one.end()
    return tuple(found)


def _clauses(words: re.Pattern[str], text: str) -> int:
    """Return in how many clauses words deny, "no … is not there" being one denial."""
    parts = (part for sentence in SENTENCE.split(text) for part in CLAUSE.split(sentence))
    return sum(1 for part in parts if words.search(part))


def negation(pair: Pair) -> Iterator[Finding]:
    """Where the source says not, no, never or without, the translation denies something too."""
    words = denials(pair.language)
    if not words or base(pair.source) != "en" or pair.msgid == pair.msgstr:
        return
    ours, after = denied(pair.before.prose), pair.after.shown.lower()
    if not ours.word:
        return
    there = sum(1 for _ in words.perhaps.finditer(after))
    # What English says with "prevent" or "unsafe" takes the words that only perhaps deny.
    taken = there <= ours.within and not words.surely.search(after)
    if there == 0 or taken or _sentence_lost(pair, after, words):
        if not re.search(rf"\b{re.escape(ours.word)}\b", after):  # words quoted in the original
            yield f"the source says {ours.word!r}; the translation has no word for it", LOST_HINT
    elif ours.count > 1 and there < ours.count:
        yield f"the source denies {ours.count} times, the translation {there}", LOST_HINT


def _sentence_lost(pair: Pair, after: str, words: Denials) -> bool:
    """Tell whether a sentence denies that does not any more, where there are as many of them."""
    return any(
        denied(here).word and not words.perhaps.search(there)
        for here, there in _sentences(pair.before.prose, after)
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
    found = words.surely.search(after)
    if not found:
        return
    none = not denied(pair.before.prose).word
    sentences = _sentences(pair.before.prose, after) if none else ()
    texts = ((pair.before.prose, after), *sentences)
    if any(_more(denied(one), other, words) for one, other in texts):
        hint = "Make sure that the translation says no more than the source."
        often = "denies something" if none else "denies more than the source"
        yield f"the translation {often} ({found[0].strip()})", hint


def _more(ours: Denied, after: str, words: Denials) -> bool:
    return _clauses(words.surely, after) > ours.words + ours.within + ours.beside
