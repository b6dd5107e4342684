"""What the memory offers for texts that nobody has translated yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ankl_i18n.catalogs.po import Catalog, Entry, State
from ankl_i18n.exchange.codes import differences
from ankl_i18n.exchange.memory import Match, Memory
from ankl_i18n.languages import Language

# How translators are told where a fuzzy text is from: "Memory: 87 %, words".
MARK: Final = "Memory: "
_NOTE: Final = re.compile(rf"^{MARK}\d+ %.*$\n?", re.MULTILINE)
FORM: Final = MARK + "{} %, {}"


def offer(catalog: Catalog, memory: Memory, lang: Language) -> int:
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
            best = _best(memory.search(entry.msgid, lang.tag))
            if best:
                _put(entry, best)
                count += 1
    return count


def _best(matches: Iterable[Match]) -> Match | None:
    """Return the nearest text that has lost no code: one that has would be no help."""
    return next(
        (match for match in matches if not list(differences(match.source, match.target))), None
    )


def _put(entry: Entry, best: Match) -> None:
    entry.msgstr, entry.fuzzy = best.target, True
    entry.previous_msgid = best.source if best.source != entry.msgid else None
    note = FORM.format(best.percent, best.origin)
    entry.tcomment = "\n".join(filter(None, (entry.tcomment, note)))
