"""Pseudo-locales: source text disguised as a translation, to find text that nobody can translate.

`qps-ploc` puts accents on letters and makes text 40 % longer; `qps-plocm` also runs right to
left. Markdown, tags, addresses and placeholders stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

from ankl_i18n.languages import Language

ACCENTS: Final = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀçđéƒĝĥîĵķļɱñöƥǫŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖƤǪŔŠŢÛṼŴẊÝŽ",
)
# What is not text: addresses, tags, placeholders, entities, code, footnote references.
KEPT: Final = re.compile(
    r"\]\((?:<[^>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)|\[\^[^\]]+\]|<[^>]*>|\{[a-z_]+\}"
    r"|&[#\w]+;|`+[^`]*`+|https?://\S+|\\."
)
# A short form must stay the same as where it is in a sentence, so it gets no longer.
SHORT_FORM: Final = re.compile(r"[A-Z]{2,}")
LONGER: Final = 0.4
PADDING: Final = "·"
RTL_LETTERS: Final = "אבגדהוזחט"
# The family that sets them, in every part of a page, whatever language it is in.
RTL_FONT: Final = "Noto Sans Hebrew"


def pseudo(msgid: str, language: Language) -> str:
    """Return a msgid disguised for a pseudo-locale."""
    parts: list[str] = []
    position = 0
    for markup in KEPT.finditer(msgid):
        parts += (msgid[position : markup.start()].translate(ACCENTS), markup[0])
        position = markup.end()
    parts.append(msgid[position:].translate(ACCENTS))
    if SHORT_FORM.fullmatch(msgid):
        return "".join(parts)
    letters = sum(map(str.isalpha, KEPT.sub("", msgid)))
    return "".join(parts) + _padding(letters, language)


def _padding(letters: int, language: Language) -> str:
    """Return text that makes up the extra length, in a script of the language's direction."""
    count = max(round(letters * LONGER), 1) if letters else 0
    letters_of = RTL_LETTERS if language.direction == "rtl" else PADDING
    words = [letters_of[i % len(letters_of)] for i in range(count)]
    return " " + "".join(words) if words else ""
