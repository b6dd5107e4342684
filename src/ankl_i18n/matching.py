"""Which old message a new one was made from: the nearest text, if it is near enough.

Comparing every new text with every old one grows with the square of a catalog. Here only
candidates are compared: old messages that share rare words with the new one, and those that
stood where it stands now. The number of candidates has a limit, so the work grows in line
with the number of messages.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from ankl_i18n.catalog import Key, Message
    from ankl_i18n.po import Entry

# Similarity from 0 to 100 (rapidfuzz `ratio`: common letters in order, twice, by both
# lengths; msgmerge's measure, and its limit).
NEAR: Final = 60.0
# A text that stands in the same place, or the same section, may be this much less near.
SAME_PLACE: Final = 10.0
SAME_SECTION: Final = 5.0
# How many candidates are compared, by shared words and on each side by place.
BY_WORDS: Final = 8
BY_PLACE: Final = 2
# How many places of words are looked at, those of the rarest words first.
VOTES: Final = 300
WORD: Final = re.compile(r"\w+")


def match(
    messages: Sequence[Message], entries: Sequence[Entry], known: Container[Key]
) -> Mapping[Key, Entry]:
    """Return the entry that each message that is not `known` was most likely made from.

    `messages` and `entries` are whole catalogs in their order; entries that no message names
    any more and that hold a translation may serve, each for several messages. The same msgid
    in another context comes first, then the nearest text of at least `NEAR`.
    """
    wanted = {message.key for message in messages}
    spare = [
        place
        for place, entry in enumerate(entries)
        if entry.key() not in wanted and any(entry.forms)
    ]
    if not spare:
        return {}
    finder = _Finder(entries, spare)
    found: dict[Key, Entry] = {}
    for message, place in _placed(messages, entries):
        if message.key not in known:
            best = finder.best(message, place)
            if best is not None:
                found[message.key] = best
    return found


def _placed(messages: Sequence[Message], entries: Sequence[Entry]) -> Iterator[tuple[Message, int]]:
    """Yield each message with the place in the old catalog right after its old neighbour."""
    places = {entry.key(): place for place, entry in enumerate(entries) if not entry.obsolete}
    here = 0
    for message in messages:
        here = places.get(message.key, here - 1) + 1
        yield message, here


class _Finder:
    """An index of the entries that may serve, by msgid, by word and by place."""

    def __init__(self, entries: Sequence[Entry], spare: Sequence[int]) -> None:
        self.entries = entries
        self.spare = spare
        self.by_msgid: dict[str, list[int]] = defaultdict(list)
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for place in spare:
            msgid = entries[place].msgid
            self.by_msgid[msgid].append(place)
            for word in _words(msgid):
                self.by_word[word].append(place)

    def best(self, message: Message, place: int) -> Entry | None:
        """Return the entry that a message at a place was most likely made from, if any."""
        near_by = self._near_by(place)
        found = self.by_msgid.get(message.msgid) or self._sharing_words(message.msgid)
        candidates = list(dict.fromkeys([*found, *near_by]))
        near = process.extract(
            message.msgid,
            [self.entries[candidate].msgid for candidate in candidates],
            scorer=fuzz.ratio,
            score_cutoff=NEAR - SAME_PLACE - SAME_SECTION,
            limit=None,
        )
        ranked = [self._rank(message, candidates[at], score, near_by) for _, score, at in near]
        score, _, chosen = max(ranked, default=(0.0, False, 0))
        return self.entries[-chosen] if score >= NEAR else None

    def _rank(
        self, message: Message, candidate: int, score: float, near_by: Container[int]
    ) -> tuple[float, bool, int]:
        """Return what ranks a candidate: its score, whether it is live, and how far in front it stands."""
        entry = self.entries[candidate]
        if candidate in near_by and not entry.obsolete:
            score += SAME_PLACE
        if _section(entry.comment) in message.comments:
            score += SAME_SECTION
        return score, not entry.obsolete, -candidate

    def _near_by(self, place: int) -> Sequence[int]:
        """Return the spare entries next to a place."""
        at = bisect_left(self.spare, place)
        return self.spare[max(at - BY_PLACE, 0) : at + BY_PLACE]

    def _sharing_words(self, msgid: str) -> Iterable[int]:
        """Return the entries that share most of the rarest words of a msgid."""
        lists = sorted(filter(None, map(self.by_word.get, _words(msgid))), key=len)  # type: ignore[arg-type]
        votes: dict[int, float] = defaultdict(float)
        left = VOTES
        for places in lists:
            weight = 1 / len(places)
            for place in places[:left]:
                votes[place] += weight
            left -= len(places)
            if left <= 0:
                break
        return sorted(votes, key=votes.__getitem__, reverse=True)[:BY_WORDS]


def _words(msgid: str) -> Iterable[str]:
    return dict.fromkeys(WORD.findall(msgid.lower()))


def _section(comment: str) -> str:
    return comment.split("\n", 1)[0] if comment else ""
