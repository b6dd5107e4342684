"""The checks that a "not" is still there, and that none has been added: either can harm.

The source must be English. The checks cannot tell whether a translation denies the right
thing, only whether it denies anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ankl_i18n.checks.negation_words import (
    DENIES,
    EMPTY,
    ENGLISH_IDIOMS,
    ENGLISH_NEGATIVE,
    MAY_DENY,
)
from ankl_i18n.checks.records import Finding, Pair, base


def negation(pair: Pair) -> Iterator[Finding]:
    """Where the source says not, no, never or without, the translation denies something too."""
    code = base(pair.language)
    if code not in MAY_DENY or base(pair.source) != "en" or pair.msgid == pair.msgstr:
        return
    found = DENIES["en"].search(ENGLISH_IDIOMS.sub("", pair.before.prose))
    after = pair.after.shown
    if not found or any(table[code].search(after) for table in (DENIES, MAY_DENY)):
        return
    if re.search(rf"\b{re.escape(found[0])}\b", after):  # words quoted in the original
        return
    hint = "Make sure that the translation denies what the source denies."
    yield f"the source says {found[0]!r}; the translation has no word for it", hint


def added(pair: Pair) -> Iterator[Finding]:
    """Where the source denies nothing, the translation does not either.

    Questions are left alone: many languages ask "is there or is there not". So are plural
    forms for one number alone: "no parts".
    """
    code = base(pair.language)
    if code not in MAY_DENY or base(pair.source) != "en" or not pair.markup or pair.single:
        return
    before, after = pair.before.shown, pair.after.prose
    if pair.msgid == pair.msgstr or DENIES["en"].search(before) or ENGLISH_NEGATIVE.search(before):
        return
    found = DENIES[code].search(EMPTY[code].sub("", after) if code in EMPTY else after)
    if found and "?" not in before:
        hint = "Make sure that the translation says no more than the source."
        yield f"the translation denies something ({found[0].strip()}); the source does not", hint
