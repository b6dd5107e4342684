"""The check of conditions: an "or" in one is no "and", "if" is not "unless", nor "even if".

"Call us if you have a fever or a rash": who waits for both calls too late. Sources must be English.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.meanings import CONCESSION, LIMITATION, WAITING
from ankl_i18n.checks.meanings_changed import lost
from ankl_i18n.checks.negation import denials, denied, words_for
from ankl_i18n.checks.records import small_letters
from ankl_i18n.checks.wholeness import lack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ankl_i18n.checks.records import Finding, Pair

_CHOICE: Final = re.compile(r"\b(?:if|when|whenever|in case)\b[^.;:]*\bor\b")
_YOU: Final = re.compile(r"\byou(?:r|rs)?\b")
_NOT: Final = r"(?:\b(?:do not|never|must not|should not)\b|n['’]t\b)"
_IF: Final = r"\b(?:if|when)\b"
_FORBIDDEN: Final = re.compile(rf"{_NOT}[^.;:]*{_IF}|{_IF}[^.;:]*{_NOT}")
# What another language may well say with its word for "unless".
_EXCEPTED: Final = re.compile(
    r"\b(?:avoid\w*|unless|only|without|until|except\w*|otherwise|even if|excluding|other than"
    r"|apart from|rather|but)\b"
)
# A longer text has other words for "and".
_SHORT: Final = 200


def may_change(text: str) -> bool:
    """Tell whether an English text in small letters has a condition that could be changed."""
    if len(text) >= _SHORT:
        return False
    return bool(_FORBIDDEN.search(text)) or _is_choice(text)


def _is_choice(text: str) -> bool:
    """Tell whether one of several things is enough for what a reader is told."""
    return bool(_CHOICE.search(text) and _YOU.search(text))


def conditions(pair: Pair) -> Iterator[Finding]:
    """Where one of several things is enough, or a condition forbids, that stays so."""
    before, after = small_letters(pair)
    for family in (CONCESSION, LIMITATION, WAITING):
        for meaning in lost(pair, family):
            text = meaning.replace("-", " ")
            yield f"the source says {text!r}; the translation has no word for it", f"Say {text}."
    if not may_change(before) or pair.msgid == pair.msgstr:
        return
    if _is_choice(before) and not denied(before).word:
        less = lack("or", before, after, pair.source, pair.language)
        if less and less.joined:
            yield "'or' became 'and'", "Say or, as in the source: one of them is enough."
    words = denials(pair.language)
    if words and _FORBIDDEN.search(before) and not _EXCEPTED.search(before):
        found = words_for(pair.language, "unless").finditer(after)
        # "If not" is said with such words, too.
        if any(not words.surely.search(one[0]) for one in found):
            yield "'if' became 'unless'", "Say if, as in the source."
