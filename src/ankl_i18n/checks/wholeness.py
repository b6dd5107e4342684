"""Checks that nothing was left out: a sentence, an alternative, a condition, an item of a list.

Translations of one catalog are all longer or shorter than their source by about the same; what is
much shorter than that, and has fewer full stops, commas or words such as "or", has lost a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.amounts import without_bounds
from ankl_i18n.checks.meanings import said
from ankl_i18n.checks.prose import sentence_count
from ankl_i18n.checks.records import small_letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ankl_i18n.catalogs.po import Entry
    from ankl_i18n.checks.records import Finding, Pair

# Texts from which the usual length is told, and how many of them are enough.
ENOUGH: Final = 26
LONG: Final = 30
# Texts from which a lost part can be told by their length.
SHORT: Final = 15
# Of the usual length for its source, a translation that has lost a part has at most so much.
SHORTER: Final = {"or": 0.94, "if": 0.92, "item": 0.72}
# Of a sentence, this much is missing where one was left out; the others may be longer than usual.
SENTENCE: Final = 0.4
MOST: Final = 0.94
_GLUED: Final = re.compile(r"(?<=[a-z\d)\]]{2})[.!?](?=[A-Z])")
LIST: Final = re.compile("[,;،、，；؛፣፤၊]")
# Of "a, b, and c", most languages write the first comma alone.
AND: Final = re.compile(r",\s(?=(?:and|or)\b)")
WORDS: Final = {"alternative": "or", "condition": "if"}
HINT: Final = "Make sure that nothing of the source is missing."


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


def _sentences(text: str) -> int:
    """Return the number of sentences, also of those without a space between them."""
    return sentence_count(text) + len(_GLUED.findall(text))


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
    if share >= max(SHORTER.values()) or not pair.markup or any(dropped_sentence(pair)):
        return
    texts = zip(small_letters(pair), (pair.source, pair.language), strict=True)
    before, after = (without_bounds(text, language) for text, language in texts)
    for family, word in WORDS.items():
        if word in pair.language.data.meanings and share < SHORTER[word]:
            ours = said(before, pair.source, family).perhaps.get(word, 0)
            theirs = said(after, pair.language, family).perhaps.get(word, 0)
            if theirs < ours:
                text = f"{theirs} here, {ours} in the source"
                yield f"a part with {word!r} may be missing: {text}", HINT
                return
    items = len(LIST.findall(AND.sub(" ", before)))
    there = len(LIST.findall(after))
    if (
        items > 1
        and there < items
        and share < SHORTER["item"]
        and pair.language.data.writing.commas
    ):
        yield f"an item of a list may be missing: {there} commas here, {items} in the source", HINT
