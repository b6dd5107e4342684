"""What the memory offers for texts that nobody has translated yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs.po import State
from ankl_i18n.exchange.codes import differences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ankl_i18n.catalogs.po import Catalog, Entry
    from ankl_i18n.exchange.memory import Match, Memory
    from ankl_i18n.languages import Language

# How translators are told where a fuzzy text is from: "Memory: 87 %, words".
MARK: Final = "Memory: "
_NOTE: Final = re.compile(rf"^{MARK}\d+ %.*$\n?", re.MULTILINE)
FORM: Final = MARK + "{} %, {}"


def offer(catalog: Catalog, memory: Memory, spoken: Language) -> int:
    """Offer texts of the memory for messages without a translation; return how many.

    Each is fuzzy, with its source and score in a comment: nobody takes it for finished. Comments of
    messages that are finished by now are taken away.
    """
    count = 0
    for entry in catalog.entries:
        state = entry.state()
        if state is State.TRANSLATED and MARK in entry.tcomment:
            entry.tcomment = _NOTE.sub("", entry.tcomment).strip("\n")
        if state is State.UNTRANSLATED and not entry.msgid_plural and not entry.obsolete:
            found = _best(memory.search(entry.msgid, spoken.tag))
            if found:
                _put(entry, found)
                count += 1
    return count


def _best(found: Iterable[Match]) -> Match | None:
    """Return the nearest text that has lost no code: one that has would be no help."""
    return next((one for one in found if not list(differences(one.source, one.target))), None)


def _put(entry: Entry, found: Match) -> None:
    entry.msgstr, entry.fuzzy = found.target, True
    entry.previous_msgid = found.source if found.source != entry.msgid else None
    note = FORM.format(found.percent, found.origin)
    entry.tcomment = "\n".join(filter(None, (entry.tcomment, note)))
