"""Translations that say nothing: spaces, invisible signs, punctuation alone."""

from __future__ import annotations

import unicodedata


def says_nothing(text: str, msgid: str) -> bool:
    """Tell whether a translation holds nothing that its msgid says: no letter, digit or sign.

    An empty text is none at all, and a msgid without letters and digits may have any.
    """
    if text[:1].isalnum():  # nearly always
        return False
    return bool(text) and not any(map(_says, text)) and any(map(str.isalnum, msgid))


def _says(c: str) -> bool:
    return unicodedata.category(c)[0] not in "ZCPM"
