"""Which old message a new one was made from: the nearest text, if it is near enough."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ankl_i18n.catalog import Key, Message
    from ankl_i18n.po import Entry

# Below this similarity (0 to 100, rapidfuzz `ratio`) a suggestion costs more than it saves.
NEAR: Final = 60.0
CANDIDATES: Final = 5
# A text from the same section is preferred to one that is nearer by less than this.
SAME_SECTION: Final = 5.0


def match(messages: Sequence[Message], spare: Sequence[Entry]) -> Mapping[Key, Entry]:
    """Return the entry that each message was most likely made from.

    `spare` are entries whose own messages are gone; one may serve several messages. The same
    msgid in another context comes first, then the nearest text of at least `NEAR`.
    """
    by_msgid: dict[str, list[Entry]] = defaultdict(list)
    for entry in spare:
        by_msgid[entry.msgid].append(entry)
    texts = list(by_msgid)
    found: dict[Key, Entry] = {}
    for message in messages:
        if message.msgid in by_msgid:
            found[message.key] = _best(message, [(e, 100.0) for e in by_msgid[message.msgid]])
            continue
        near = process.extract(
            message.msgid, texts, scorer=fuzz.ratio, score_cutoff=NEAR, limit=CANDIDATES
        )
        candidates = [(entry, score) for text, score, _ in near for entry in by_msgid[text]]
        if candidates:
            found[message.key] = _best(message, candidates)
    return found


def _best(message: Message, candidates: Sequence[tuple[Entry, float]]) -> Entry:
    """Return the nearest candidate, preferring live ones and those of the same section."""

    def rank(candidate: tuple[Entry, float]) -> tuple[float, bool]:
        entry, score = candidate
        same = bool(entry.comment) and entry.comment.split("\n")[0] in message.comments
        return score + SAME_SECTION * same, not entry.obsolete

    return max(candidates, key=rank)[0]
