"""Which translations may be shown: not those that say nothing, nor several in one."""

from __future__ import annotations

import unicodedata
from typing import Final

from ankl_i18n.catalogs.po import Entry, State
from ankl_i18n.source.texts import LIMIT

# What msgcat puts before each of several translations (gettext manual, msgcat Invocation).
MSGCAT: Final = "#-#-#-#-#"


def may_be_shown(entry: Entry) -> bool:
    """Tell whether a message is translated, not fuzzy, not blank, and one text of usual length."""
    if entry.state() is not State.TRANSLATED or length(entry) > LIMIT:
        return False
    return not is_blank(entry) and not is_joined(entry)


def length(entry: Entry) -> int:
    """Return the number of characters of the longest text of an entry."""
    return max(map(len, (entry.msgid, entry.msgid_plural or "", *entry.forms)))


def is_joined(entry: Entry) -> bool:
    """Tell whether msgcat has joined several translations in an entry."""
    return any(MSGCAT in form for form in entry.forms)


def is_blank(entry: Entry) -> bool:
    """Tell whether a form of a translation says nothing."""
    return any(says_nothing(form, entry.msgid) for form in entry.forms)


def says_nothing(text: str, msgid: str) -> bool:
    """Tell whether a translation contains nothing that its msgid says: no letter, digit or sign.

    A msgid that has none itself may have any translation but spaces.
    """
    if text[:1].isalnum() or any(map(_says, text)):  # nearly always the first
        return False
    return any(map(str.isalnum, msgid)) or (not text.strip() and text != msgid)


def _says(c: str) -> bool:
    return unicodedata.category(c)[0] not in "ZCPM"
