"""Checks of what editing leaves behind: marks of msgcat, blank texts, the old sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz

from ankl_i18n.catalogs.po import Entry
from ankl_i18n.catalogs.usable import MSGCAT, is_blank, is_joined
from ankl_i18n.checks.records import Finding, Pair, Whole
from ankl_i18n.languages import Language

# Where one of two texts may end and the other begin.
BOUNDARY: Final = re.compile(
    r"[.!?؟۔།॥।…]+[\"'”’»)]*\s*(?=\S)|[。！？｡][」』”]*(?=\S)|\s*\n\s*|\s+[/|]\s+"
)
BOUNDARY_SIGN: Final = re.compile("[.!?؟۔།॥।…。！？｡\n/|]")
# A sentence that begins right behind another one, as no one writes.
GLUED: Final = re.compile(
    r"(?:[^\W\d_]{3}[.!?]+(?=[^\W\d_a-z]\w{2})|[\u0590-\u08ff]{3}[.!؟۔](?=[\u0590-\u08ff]{2})"
    r"|[\u0900-\u0dff]{3}[।?!](?=[\u0900-\u0dff]{2}))"
)
# Where one of them may be: what is asked for before it is looked for afterwards.
MAY_BE_GLUED: Final = re.compile(
    r"[.!?؟۔।](?:(?<=[.!?])(?=[^\W\d_a-z]\w{2})|(?<=[.!؟۔])(?=[\u0590-\u08ff]{2})"
    r"|(?<=[।?!])(?=[\u0900-\u0dff]{2}))"
)
# The same in a source, where one need not be sure of it: "15%.On".
GLUED_SOURCE: Final = re.compile(r"[\w)\]%\"”’][.!?]+(?=[A-Z][\w'’ ])")
# Letters of scripts that write abbreviations with full stops within, or no spaces at all.
OFTEN_GLUED: Final = re.compile("[\u0900-\u1cff\u2e80-\ud7ff\uf900-\ufaff]")
# Two texts are as good as the same from here on (rapidfuzz `ratio`), in a source they are not.
SAME: Final = 80.0
LETTERS: Final = 8
FIRST_WORDS: Final = re.compile(r"\W*(\w{1,20}\W{1,3}\w{2,20})")
# Only boundaries next to the middle count; longer texts have more than one sentence anyway.
TRIED: Final = 4
LONG: Final = 2000
SHARE: Final = 0.3


def msgcat_marks(whole: Whole, _: Language) -> Iterator[tuple[Entry, Finding]]:
    """Several translations in one, as msgcat joins them, and as `merge` does in a conflict."""
    if MSGCAT.encode() not in whole.catalog.data:
        return
    for entry in (whole.catalog.header, *whole.catalog.entries):
        if is_joined(entry) and not entry.obsolete:
            flag = " and the flag fuzzy" if entry.is_fuzzy() else ""
            hint = f"Keep one of them; delete the lines with {MSGCAT}{flag}."
            yield entry, ("there are several translations here, one after the other", hint)


def cut_off(whole: Whole, _: Language) -> Iterator[tuple[Entry, Finding]]:
    """A file that ends with what is said of a message, and no message: the rest may be lost."""
    catalog = whole.catalog
    lines = catalog.trailing.splitlines()
    if any(line.startswith((b"#.", b"#:", b"#,", b"#|")) for line in lines):
        hint = "Restore the whole file, or delete the last comments if it is complete."
        last = catalog.entries[-1] if catalog.entries else catalog.header
        yield last, ("the file ends in the middle of the message after this one", hint)


def blank(whole: Whole, _: Language) -> Iterator[tuple[Entry, Finding]]:
    """Translations in which nothing is said; readers get the source text."""
    for entry in whole.catalog.entries:
        if entry.translated() and is_blank(entry):
            yield entry, ("the translation is blank", "Empty it, or translate the text.")


def old_sentence(pair: Pair) -> Iterator[Finding]:
    """The same said twice: the new translation, and the one that it was to replace."""
    pair_of_texts = doubled(pair.after.shown) if pair.markup else None
    if pair_of_texts and not doubled(pair.before.shown):
        one, other = (text if len(text) <= 40 else f"{text[:39]}…" for text in pair_of_texts)  # noqa: PLR2004
        yield f"nearly the same text is here twice: “{one}” and “{other}”", "Delete the old one."


def glued_sentences(pair: Pair) -> Iterator[Finding]:
    """A sentence that begins without a space: an old one may be left behind the new one."""
    glued = _glued(pair.after.prose)
    if glued and not GLUED_SOURCE.search(pair.before.prose) and not doubled(pair.after.shown):
        hint = "Delete the old sentence, or write a space between the two."
        yield f"a sentence begins immediately after {glued!r}", hint


def doubled(text: str) -> tuple[str, str] | None:
    """Return the two parts of a text that says nearly the same twice."""
    if not 2 * LETTERS <= len(text) <= LONG:
        return None
    for at in sorted(_boundaries(text), key=lambda at: abs(2 * at - len(text)))[:TRIED]:
        one, other = text[:at].strip(" \n/|"), text[at:].strip(" \n/|")
        if min(len(one), len(other)) >= LETTERS and fuzz.ratio(one, other, score_cutoff=SAME):
            return one, other
    return None


def may_be_leftover(shown: str, prose: str) -> bool:
    """Tell whether a text may have two parts that are nearly the same, or glued sentences."""
    if MAY_BE_GLUED.search(prose):
        return True
    return 2 * LETTERS <= len(shown) <= LONG and any(True for _ in _boundaries(shown))


def _boundaries(text: str) -> Iterator[int]:
    """Yield where in the middle of a text another one may begin."""
    low, high = int(len(text) * SHARE), int(len(text) * (1 - SHARE)) + 1
    for hit in BOUNDARY.finditer(text, 0, high) if BOUNDARY_SIGN.search(text, 0, high) else ():
        if low <= hit.end() <= high:
            yield hit.end()
    first = FIRST_WORDS.match(text)
    if first and (again := text.find(first[1], low, high + len(first[1]))) > 0:
        yield again


def _glued(prose: str) -> str:
    for match in GLUED.finditer(prose):
        seen = match[0] + prose[match.end() : match.end() + 2]
        upper = seen[-2].isupper() and seen[-1].islower() and match[0][-2].islower()
        if "।" in seen or upper or not (seen[-2].isupper() or OFTEN_GLUED.search(seen)):
            return seen
    return ""
