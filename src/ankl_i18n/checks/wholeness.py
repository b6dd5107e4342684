"""Checks that nothing was left out: a sentence, an alternative, a condition, an item of a list.

Translations of one catalog are all longer or shorter than their source by about the same; what is
much shorter than that, and has fewer full stops, commas or words such as "or", has lost a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import log, sqrt
from statistics import median
from typing import Final

from ankl_i18n.catalogs.po import Entry
from ankl_i18n.checks.amount_bounds import without_bounds
from ankl_i18n.checks.joints import IDIOMS, Joint
from ankl_i18n.checks.meanings import meanings_in
from ankl_i18n.checks.missing import by_length, odds, whole
from ankl_i18n.checks.parts import alternatives, conditions, items
from ankl_i18n.checks.prose import sentence_count
from ankl_i18n.checks.records import Doubtful, Finding, Length, Pair, small_letters
from ankl_i18n.languages import Language
from ankl_i18n.languages.patterns import pattern

# Texts from which the usual length is told, and how many of them are enough.
ENOUGH: Final = 26
LONG: Final = 30
# The median of a normal distribution's distances from its mean, in standard deviations.
MEDIAN_OF_NORMAL: Final = 0.6745
# Texts from which a lost part can be told by their length.
SHORT: Final = 15
# Of the usual length for its source, a translation that has lost an item has at most so much.
SHORTER: Final = 0.62
# A translation that is this long has lost no part.
LONG_ENOUGH: Final = 1.25
# Odds, as natural logarithms, that are enough to tell of a lost part; with less, as a doubt.
ENOUGH_ODDS: Final = {"or": -0.8, "if": 0.6}
DOUBT: Final = 0.5
# Commas are often written otherwise.
ITEM_ODDS, ITEM_LENGTH = 5.5, 1.0  # of which lengths tell so much
# What is told by how often the catalog's translations lack the word, and have fewer joints.
REWORDED: Final = 1.1
FEWER: Final = 0.6
# How much less likely it is where an idiom has no "or", in a list, where another "or" is left.
IDIOM, LISTED, ANOTHER = 2.0, 0.8, 0.9
_LISTED: Final = re.compile(r",\s+or\b")
# And where one more "and" may stand for it.
JOINED: Final = 0.6
# In short texts, fewer words are translated otherwise; a text of so many characters is neither.
OF_SIZE, USUAL_SIZE = 0.3, 150
# A condition that stands first is seldom said otherwise.
FIRST: Final = 0.7
_IF_FIRST: Final = re.compile(r"\W*(?:but |and |so |then )?(?:if|unless)\b[^.:;]*(?:,|\bthen\b)")
HAS_PARTS: Final = re.compile(r"\b(?:or|if|unless)\b")
# Of a sentence, this much is missing where one was left out; the others may be longer than usual.
SENTENCE: Final = 0.4
MOST: Final = 0.94
_GLUED: Final = re.compile(r"(?:(?<=[a-z\d)\]%\"”])|(?<=[A-Z]{2}))[.!?](?=[A-Z])")
_OPEN_END: Final = re.compile(r"[:：፦]\s*$")
LIST: Final = re.compile("[,;،、，；؛፣፤၊]")
# Of "a, b, and c", most languages write the first comma alone.
AND: Final = re.compile(r",\s(?=(?:and|or)\b)")
# What most languages say without an "or": as if there were two such idioms.
_NO_OR: Final = re.compile(r"\b(?:and/or|presence or absence|in other words)\b")
FAMILIES: Final = {"or": "alternative", "if": "condition"}
PARTS: Final = {"or": alternatives, "if": conditions}
_NO_LETTER: Final = re.compile(r"[\W_]+")
HINT: Final = "Make sure that nothing in the source is missing."


def usual_length(entries: Iterable[Entry]) -> Length:
    """Return how long translations are, as a rule, against their sources, and how that varies."""
    sizes = [
        (len(entry.msgid), len(entry.msgstr) / len(entry.msgid))
        for entry in entries
        if len(entry.msgid) >= LONG and entry.msgstr != entry.msgid and not entry.msgid_plural
    ]
    if len(sizes) < ENOUGH:
        return Length()
    usual = median(ratio for _, ratio in sizes)
    spread = median(abs(log(ratio / usual)) * sqrt(size) for size, ratio in sizes)
    return Length(usual, spread / MEDIAN_OF_NORMAL)


def _share(pair: Pair) -> float:
    """Return how long a translation is against what is usual; 1 where that is not known."""
    usual = pair.length.usual * len(pair.before.shown)
    return len(pair.after.shown) / usual if usual and len(pair.before.shown) >= SHORT else 1.0


@lru_cache(maxsize=16384)
def _sentences(text: str) -> int:
    """Return the number of sentences, also of those without a space between them, and of one
    that leads to a list.
    """
    return sentence_count(text) + len(_GLUED.findall(text)) + bool(_OPEN_END.search(text))


def dropped_sentence(pair: Pair) -> Iterator[Finding]:
    """A sentence is missing: fewer of them, in a text that is shorter by half of one or more."""
    before = _sentences(pair.before.prose)
    if before < len("ab") or not pair.markup:
        return
    share, after = _share(pair), _sentences(pair.after.prose)
    counted = pair.language.data.writing.ends != "unmarked" or after > 1
    fewer = after < before if counted else True
    sure = counted and pair.language.data.writing.ends == "marked"
    if fewer and share < min(MOST, 1 - SENTENCE / before) - (0 if sure else 0.1):
        text = f"{after} sentences here, {before} in the source" if counted else "a short text"
        yield f"a sentence may be missing: {text}", HINT


def dropped_part(pair: Pair) -> Iterator[Finding]:
    """An alternative, a condition or an item of a list is missing: "or chills", "if you can"."""
    if (
        len(pair.before.shown) < SHORT
        or _share(pair) >= LONG_ENOUGH
        or not pair.length.usual
        or not pair.markup
        or pair.msgid == pair.msgstr
        or any(dropped_sentence(pair))
    ):
        return
    found = next(_lost_words(pair), None) or next(_lost_items(pair), None)
    if found and not _is_copy(pair):
        yield found


def _lost_words(pair: Pair) -> Iterator[Finding]:
    """Yield what is told of an "or", or "if", that the translation lacks."""
    for word in FAMILIES:
        less = lack(word, *small_letters(pair), pair.source, pair.language)
        level = _evidence(pair, word, less) if less else 0.0
        if less and level > ENOUGH_ODDS[word] - DOUBT:
            text = f"{less.here} here, {less.source} in the source"
            told = f"{word!r} is here less often, and a part may be missing: {text}", HINT
            yield told if level > ENOUGH_ODDS[word] else Doubtful(*told)


def _lost_items(pair: Pair) -> Iterator[Finding]:
    """Yield what is told of commas that the translation lacks."""
    before, after = small_letters(pair)
    expected = _listed(before, pair.source) if pair.language.data.writing.commas else 0
    if not expected:
        return
    number = len(LIST.findall(without_bounds(after, pair.language)))
    if number < expected and _lacks_item(pair, expected):
        text = f"{number} commas here, {expected} in the source"
        yield f"an item of a list may be missing: {text}", HINT


@lru_cache(maxsize=16384)
def _listed(before: str, source: Language) -> int:
    """Return how many commas a source has between the items of its lists."""
    return len(LIST.findall(AND.sub(" ", without_bounds(before, source))))


def _is_copy(pair: Pair) -> bool:
    """Tell whether the translation is the source, but for signs and spaces."""
    return _NO_LETTER.sub("", pair.msgid) == _NO_LETTER.sub("", pair.msgstr)


def _lacks_item(pair: Pair, expected: int) -> bool:
    """Tell whether the text is much shorter, or no word of an item is there."""
    if expected > 1 and _share(pair) < SHORTER:
        return True
    return any(
        by_length(pair, item.end - item.begin) > ITEM_LENGTH and whole(pair, item) > ITEM_ODDS
        for item in items(pair.before.prose)
    )


def joint(word: str, before: str, after: str, source: Language, language: Language) -> Joint:
    """Return what joins the parts of a source and of its translation, both in small letters.

    What may be a bound is a joint, too: "or less".
    """
    ours, theirs = without_bounds(before, source), without_bounds(after, language)
    has = _is_meant(word, before, after, source, language)
    here, number = _count(word, theirs, language, loose=True), _count(word, ours, source)
    mine, other = _joined(ours, source), _joined(theirs, language)
    more = here + other + len(LIST.findall(theirs)) - number - mine
    more -= len(LIST.findall(AND.sub(" ", ours)))
    return Joint(here, number, word == "or" and mine < other, more, not has and here < number)


def lack(word: str, before: str, after: str, source: Language, language: Language) -> Joint | None:
    """Return what joins the parts where a translation lacks an "or", or "if"; None: it does not."""
    if _is_meant(word, before, after, source, language):
        return None
    found = joint(word, before, after, source, language)
    return found if found.lacks else None


def _is_meant(word: str, before: str, after: str, source: Language, language: Language) -> bool:
    said = _count(word, before, source) if word in language.data.meanings else 0
    return not said or _count(word, after, language, loose=True) >= said


def _count(word: str, text: str, language: Language, *, loose: bool = False) -> int:
    return meanings_in(text, language, FAMILIES[word], loose=loose).perhaps.get(word, 0)


def _joined(text: str, language: Language) -> int:
    """Return how often a text says "and": "or" may well be translated so."""
    writing, spaces = language.data.writing, language.data.script.spaces
    return len(pattern(writing.joins, spaces=spaces).findall(text)) if writing.joins else 0


def _evidence(pair: Pair, word: str, less: Joint) -> float:
    """Return the odds that one of the parts with "or", or "if", is missing: a logarithm."""
    found = [odds(pair, part) for part in PARTS[word](pair.before.prose.lower())]
    level = max(found, default=0.0)
    if pair.joints:
        level += REWORDED * pair.joints.missing(word, pair.msgid, joined=less.joined)
        if word == "or":
            level += FEWER * pair.joints.fewer(word, pair.msgid, less.more)
    level -= JOINED * less.joined
    before = pair.before.prose.lower()
    idioms = len(IDIOMS[word].findall(before))
    level -= IDIOM * (word == "or" and bool(_NO_OR.search(before)))
    level -= LISTED * bool(_LISTED.search(before)) + ANOTHER * (less.here > 0)
    level += FIRST * (word == "if" and less.here == 0 and bool(_IF_FIRST.match(before)))
    level += OF_SIZE * log(USUAL_SIZE / max(SHORT, len(before)))
    return level - IDIOM * (less.here >= less.source - idioms)
