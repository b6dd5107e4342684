"""The checks that a "not" is still there, and that none has been added: either can harm.

The source must be English. The checks cannot tell whether a translation denies the right
thing, only whether it denies anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ankl_i18n.checks.negation_words import (
    DENIES,
    EMPTY,
    ENGLISH_IDIOMS,
    ENGLISH_NEGATIVE,
    MAY_DENY,
)
from ankl_i18n.checks.records import Finding, Pair, base

if TYPE_CHECKING:
    from ankl_i18n.source.texts import Text


def negation(pair: Pair) -> Iterator[Finding]:
    """Where the source says not, no, never or without, the translation denies something too."""
    code = base(pair.language)
    if code not in MAY_DENY or base(pair.source) != "en" or pair.msgid == pair.msgstr:
        return
    found = denied(pair.before)
    after = pair.after.shown
    if not found or may_deny(after, code):
        return
    if re.search(rf"\b{re.escape(found)}\b", after):  # words quoted in the original
        return
    hint = "Make sure that the translation denies what the source denies."
    yield f"the source says {found!r}; the translation has no word for it", hint


def denied(source: Text) -> str:
    """Return the word that denies something in an English text, or nothing."""
    found = DENIES["en"].search(ENGLISH_IDIOMS.sub("", source.prose))
    return found[0] if found else ""


def may_deny(text: str, code: str) -> bool:
    """Tell whether a text in a language may deny something."""
    return any(table[code].search(text) for table in (DENIES, MAY_DENY))


def added(pair: Pair) -> Iterator[Finding]:
    """Where the source denies nothing, the translation does not either.

    Questions are left alone: many languages ask "is there or is there not". So are plural
    forms for one number alone: "no parts".
    """
    code = base(pair.language)
    if code not in MAY_DENY or base(pair.source) != "en" or not pair.markup or pair.single:
        return
    after = pair.after.prose
    if pair.msgid == pair.msgstr or not says_only_yes(pair.before):
        return
    found = DENIES[code].search(EMPTY[code].sub("", after) if code in EMPTY else after)
    if found:
        hint = "Make sure that the translation says no more than the source."
        yield f"the translation denies something ({found[0].strip()}); the source does not", hint


def says_only_yes(source: Text) -> bool:
    """Tell whether an English text neither denies nor asks, so that no translation may deny."""
    text = source.shown
    return not ("?" in text or DENIES["en"].search(text) or ENGLISH_NEGATIVE.search(text))
