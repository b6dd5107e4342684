"""Checks of prose: lengths, sentences, copies of the source, abbreviations, repeated words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ankl_i18n.checks.catalogs import ABBREVIATION
from ankl_i18n.checks.records import Finding, Pair, base
from ankl_i18n.checks.scripts import script_letters
from ankl_i18n.source.texts import PLAIN_WORD, Text

SENTENCE_END: Final = re.compile(r"[.!?؟۔।॥…]+(?=[\s\"'”’»)]|$)|[。！？；｡።។፧։]+")
# Full stops that end no sentence.
NOT_AN_END: Final = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|Dr|Mr|Mrs|Ms|No|Figs?|[Aa]pprox|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\."
    r"|\b(?:[A-Za-z]\.){2,}(?!\s*$)"
)
WORDS: Final = re.compile(r"[^\W\d_]{2,}")
ACRONYM: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,}(?=s?(?![A-Za-z0-9]))")
# English words that are written in capitals to be heard.
_SHOUTED: Final = "AND DO DON HINT MUST NEVER NO NOT NOTE OK ONLY OR SAFE SAFETY STOP TODO WARNING"
SHOUTED: Final = frozenset(_SHOUTED.split())
NAME_WORDS: Final = 5
# Words that make a sentence of a short text: those who speak, what they do, what they ask.
SPEAKS: Final = re.compile(
    r"\b(?:I|you|your|we|us|our|it|its|they|them|their|he|she|his|her|this|that|these|those|who"
    r"|what|when|where|why|which|how|is|are|was|were|be|been|am|has|have|had|do|does|did|can"
    r"|could|may|might|must|shall|should|will|would|not|no|never|without|if|before|after|to"
    r"|ask|avoid|bring|call|check|choose|drink|eat|get|give|go|keep|learn|look|make|need|phone"
    r"|print|read|rest|see|stop|take|talk|tell|use|wait|want|wash|watch|write)\b",
    re.IGNORECASE,
)
DOUBLE: Final = re.compile(r"(?<![\w'’-])([^\W\d_]{2,}+)\s+\1(?![\w'’-])", re.IGNORECASE)
LONG: Final = 30


def sentences(pair: Pair) -> Iterator[Finding]:
    """About as many sentences as the source has."""
    before = sentence_count(pair.before.prose)
    if before > 1 and pair.language.data.writing.ends != "unmarked":
        after = sentence_count(pair.after.prose)
        if abs(before - after) > 1:
            yield (
                f"{after} sentences here, {before} in the source",
                "Make sure that no sentence is missing.",
            )


@lru_cache(maxsize=16384)
def sentence_count(text: str) -> int:
    """Return the number of sentences of a text by the signs that end them."""
    return len(SENTENCE_END.findall(NOT_AN_END.sub("", text) if "." in text else text))


def length(pair: Pair) -> Iterator[Finding]:
    """Far shorter or longer than translations are."""
    before, after = len(pair.before.shown), len(pair.after.shown)
    if before >= LONG:
        low, high = pair.language.data.writing.length
        if not low <= after / before <= high:
            size = "short" if after < before else "long"
            yield (
                f"the translation is very {size} ({after} characters for {before})",
                "Make sure that it is complete and does not say more.",
            )


def untranslated(pair: Pair) -> Iterator[Finding]:
    """A copy of the source in place of a translation."""
    if _is_copy(pair) and not _may_stay(pair):
        yield "the text is not translated", "Translate it, or leave msgstr empty."


def untranslated_name(pair: Pair) -> Iterator[Finding]:
    """A copy of a short text that may be a name or a term which people know in the original."""
    if _is_copy(pair) and _may_stay(pair):
        hint = "Translate it, unless people know it by this name."
        yield "the text is not translated; it may be a name", hint


def _is_copy(pair: Pair) -> bool:
    same_language = base(pair.language) == base(pair.source) or pair.language.is_pseudo
    if pair.msgstr != pair.msgid or same_language or not pair.markup:
        return False
    prose = pair.before.prose
    many = len(WORDS.findall(prose)) > 1
    return many and bool(PLAIN_WORD.search(prose) or SPEAKS.search(prose))


def _may_stay(pair: Pair) -> bool:
    """Tell whether a text may be a name or term: short, not a sentence, in the language's script.

    Titles that speak to readers or say what happens are sentences, whatever sign ends them.
    """
    prose = pair.before.prose
    if script_letters(pair.language) or base(pair.source) != "en":
        return False
    short = len(prose.split()) <= NAME_WORDS and not re.search(r"[.?!:;\d]", prose)
    return short and not SPEAKS.search(prose)


def acronyms(pair: Pair) -> Iterator[Finding]:
    """Abbreviations of the source that are not in the translation, nor the catalog's own."""
    if pair.msgctxt == ABBREVIATION or not pair.markup:
        return
    for name in acronyms_of(pair.before):
        own = pair.short_forms.get(name, name)
        if name not in pair.after.shown and own not in pair.after.shown:
            hint = "Keep it, or use the one that hospitals in your country use."
            if own != name:
                hint = f"Write {own}, as this catalog translates it."
            yield f"the abbreviation {name} is missing", hint


def acronyms_of(source: Text) -> list[str]:
    """Return the abbreviations that are written in capitals."""
    return sorted({*ACRONYM.findall(source.prose)} - SHOUTED)


def double_words(pair: Pair) -> Iterator[Finding]:
    """The same word twice in a row, in languages that do not do so."""
    writing = pair.language.data.writing
    if writing.repeats:
        return
    match = DOUBLE.search(pair.after.prose)
    if match and match[1].lower() not in writing.repeated and not DOUBLE.search(pair.before.prose):
        yield f"{match[1]!r} is there twice in a row", "Delete one."
