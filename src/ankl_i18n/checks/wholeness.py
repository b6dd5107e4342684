"""Checks that nothing was left out: a sentence, an alternative, a condition, an item of a list.

Translations of one catalog are all longer or shorter than their source by about the same; what is
much shorter than that, and has fewer full stops, commas or words such as "or", has lost a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.amounts import without_bounds
from ankl_i18n.checks.lexicon import words
from ankl_i18n.checks.meanings import meanings_in
from ankl_i18n.checks.prose import sentence_count
from ankl_i18n.checks.records import Doubtful, small_letters
from ankl_i18n.languages.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ankl_i18n.catalogs.po import Entry
    from ankl_i18n.checks.records import Finding, Pair
    from ankl_i18n.languages import Language

# Texts from which the usual length is told, and how many of them are enough.
ENOUGH: Final = 26
LONG: Final = 30
# Texts from which a lost part can be told by their length.
SHORT: Final = 15
# Of the usual length for its source, a translation that has lost a part has at most so much.
SHORTER: Final = {"or": 1.06, "if": 0.97, "item": 0.62}
# Where words of the part are not found by the catalog's own lexicon, it has at most so much:
# where some are not, and where none is.
SOME_GONE, ALL_GONE = 1.06, 1.12
# Where other signs tell nothing, what is lost is as much as this; and commas may be "or", too.
SURE, SURE_ALONE, SURE_GONE = 0.95, 0.8, 0.98
# Words of a part that are looked for, behind "or" and "if".
_LOOKED_FOR: Final = 2
HAS_PARTS: Final = re.compile(r"\b(?:or|if|unless)\b")
_BEGINS: Final = {"or": re.compile(r"\bor\b"), "if": re.compile(r"\b(?:if|unless)\b")}
# Of a sentence, this much is missing where one was left out; the others may be longer than usual.
SENTENCE: Final = 0.4
MOST: Final = 0.94
_GLUED: Final = re.compile(r"(?:(?<=[a-z\d)\]%\"”])|(?<=[A-Z]{2}))[.!?](?=[A-Z])")
_OPEN_END: Final = re.compile(r"[:：፦]\s*$")
LIST: Final = re.compile("[,;،、，；؛፣፤၊]")
# Of "a, b, and c", most languages write the first comma alone.
AND: Final = re.compile(r",\s(?=(?:and|or)\b)")
# What languages say without an "or", and an "if", of their own.
_IDIOMS: Final = re.compile(
    r"\b(?:and/or|or (?:two|so|not|no|less|more|absence|unknown)"
    r"|if (?:possible|necessary|needed|any|so|not))\b"
)
WORDS: Final = {"alternative": "or", "condition": "if"}
HINT: Final = "Make sure that nothing in the source is missing."


def usual_length(entries: Iterable[Entry]) -> float:
    """Return how long translations are, as a rule, against their sources; 0: not known."""
    ratios = [
        len(entry.msgstr) / len(entry.msgid)
        for entry in entries
        if len(entry.msgid) >= LONG and entry.msgstr != entry.msgid and not entry.msgid_plural
    ]
    return median(ratios) if len(ratios) >= ENOUGH else 0.0


def _share(pair: Pair) -> float:
    """Return how long a translation is against what is usual; 1 where that is not known."""
    usual = pair.usual_length * len(pair.before.shown)
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
    share = _share(pair)
    if (
        len(pair.before.shown) < SHORT
        or share >= ALL_GONE
        or not pair.usual_length
        or not pair.markup
        or pair.msgid == pair.msgstr
    ):
        return
    if share >= SHORTER["item"] and not HAS_PARTS.search(pair.before.shown.lower()):
        return
    if any(dropped_sentence(pair)):
        return
    whole = small_letters(pair)
    before, after = (
        without_bounds(text, language)
        for text, language in zip(whole, (pair.source, pair.language), strict=True)
    )
    for family, word in WORDS.items():
        if word not in pair.language.data.meanings or _is_meant(pair, family, word, *whole):
            continue
        ours = meanings_in(before, pair.source, family).perhaps.get(word, 0)
        theirs = meanings_in(after, pair.language, family, loose=True).perhaps.get(word, 0)
        joined = word == "or" and _joined(before, pair.source) < _joined(after, pair.language)
        if theirs < ours and not joined and share < _limit(pair, word):
            text = f"{theirs} here, {ours} in the source"
            told = f"{word!r} is here less often, and a part may be missing: {text}", HINT
            yield told if _is_sure(pair, word, share) else Doubtful(*told)
            return
    items = len(LIST.findall(AND.sub(" ", before)))
    number = len(LIST.findall(after))
    if (
        items > 1
        and number < items
        and share < SHORTER["item"]
        and pair.language.data.writing.commas
    ):
        yield f"an item of a list may be missing: {number} commas here, {items} in the source", HINT


def _is_sure(pair: Pair, word: str, share: float) -> bool:
    """Tell whether so short a text has lost a part, and does not list what may be a choice.

    Where the word right behind the "or" is not there, it need not be that short.
    """
    before, after = pair.before.prose, pair.after.prose
    listed = len(LIST.findall(after)) > len(LIST.findall(AND.sub(" ", before)))
    limit = SURE_ALONE if listed else SURE
    if any(there[:1] == [False] for there in _behind(pair, word)):
        limit = max(limit, SURE_GONE)
    return share < limit and not _IDIOMS.search(before.lower())


def _is_meant(pair: Pair, family: str, word: str, before: str, after: str) -> bool:
    """Tell whether a text says a word as often, also where that may be a bound: "or less"."""
    ours = meanings_in(before, pair.source, family).perhaps.get(word, 0)
    return meanings_in(after, pair.language, family, loose=True).perhaps.get(word, 0) >= ours


def _joined(text: str, language: Language) -> int:
    """Return how often a text says "and": "or" may well be translated so."""
    writing, spaces = language.data.writing, language.data.script.spaces
    return len(pattern(writing.joins, spaces=spaces).findall(text)) if writing.joins else 0


def _limit(pair: Pair, word: str) -> float:
    """Return how long a translation with fewer words such as "or" is, if it has lost a part."""
    limit = SHORTER[word]
    for forms_after in _behind(pair, word):
        if False in forms_after:
            limit = max(limit, SOME_GONE if True in forms_after else ALL_GONE)
    return limit


def _behind(pair: Pair, word: str) -> list[list[bool | None]]:
    """Return of the words behind each "or" whether they are there; None: it is not known."""
    if pair.lexicon is None:
        return []
    forms, after = pair.lexicon.forms(pair.after.prose), pair.after.prose.lower()
    behind: list[list[bool | None]] = []
    for begin in _BEGINS[word].finditer(pair.before.prose.lower()):
        following = (one for one, at in words(pair.before.prose) if at >= begin.end())
        there: list[bool | None] = []
        for one in islice(following, _LOOKED_FOR):
            known = [form for form, _ in pair.lexicon.translations(one, pair.msgid)]
            is_there = one in after or any(form in forms for form in known)
            there.append(is_there if known or is_there else None)
        behind.append(there)
    return behind
