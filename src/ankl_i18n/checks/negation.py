"""The checks that a "not" is still there, and that none has been added: either can harm.

The source must be English. The checks cannot tell whether a translation denies the right
thing, only whether it denies anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.negation_words import ENGLISH_IDIOMS, ENGLISH_NEGATIVE
from ankl_i18n.checks.records import Finding, Pair, base
from ankl_i18n.languages.patterns import pattern
from ankl_i18n.languages.reader import language_data

if TYPE_CHECKING:
    from ankl_i18n.languages import Language
    from ankl_i18n.source.texts import Text

ENGLISH: Final = pattern(language_data("en").negation.words)


@dataclass(frozen=True, slots=True)
class Denials:
    """How a language denies: surely, perhaps, and where it only seems to."""

    surely: re.Pattern[str]
    perhaps: re.Pattern[str]
    empty: re.Pattern[str]


@cache
def denials(language: Language) -> Denials | None:
    """Return how a language denies, or nothing where that is not known."""
    words, spaces = language.data.negation, language.data.script.spaces
    if not words.words:
        return None
    lists = (words.words, words.words + words.maybe, words.empty)
    return Denials(*(pattern(one, spaces=spaces) for one in lists))


def negation(pair: Pair) -> Iterator[Finding]:
    """Where the source says not, no, never or without, the translation denies something too."""
    words = denials(pair.language)
    if not words or base(pair.source) != "en" or pair.msgid == pair.msgstr:
        return
    found = denied(pair.before)
    after = pair.after.shown
    if not found or words.perhaps.search(after.lower()):
        return
    if re.search(rf"\b{re.escape(found)}\b", after):  # words quoted in the original
        return
    hint = "Make sure that the translation denies what the source denies."
    yield f"the source says {found!r}; the translation has no word for it", hint


def denied(source: Text) -> str:
    """Return the word that denies something in an English text, or nothing."""
    found = ENGLISH.search(ENGLISH_IDIOMS.sub("", source.prose).lower())
    return found[0] if found else ""


def added(pair: Pair) -> Iterator[Finding]:
    """Where the source denies nothing, the translation does not either.

    Questions are left alone: many languages ask "is there or is there not". So are plural
    forms for one number alone: "no parts".
    """
    words = denials(pair.language)
    if not words or base(pair.source) != "en" or not pair.markup or pair.single:
        return
    after = pair.after.prose.lower()
    if pair.msgid == pair.msgstr or not says_only_yes(pair.before):
        return
    found = words.surely.search(words.empty.sub("", after))
    if found:
        hint = "Make sure that the translation says no more than the source."
        yield f"the translation denies something ({found[0].strip()}); the source does not", hint


def says_only_yes(source: Text) -> bool:
    """Tell whether an English text neither denies nor asks, so that no translation may deny."""
    text = source.shown
    return not ("?" in text or ENGLISH.search(text.lower()) or ENGLISH_NEGATIVE.search(text))
