"""Which old message a new one was made from: the nearest text, if it is near enough.

Comparing every new text with every old one grows with the square of a catalog. Here only
candidates are compared: old messages that share rare words with the new one, and those that
stood where it stands now. The number of candidates has a limit, so the work grows in line
with the number of messages.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from ankl_i18n.po import Entry, Key

# Similarity from 0 to 100 (rapidfuzz `ratio`: common letters in order, twice, by both
# lengths; msgmerge's measure, and its limit).
NEAR: Final = 60.0
# A text that stands in the same place, or the same section, may be this much less near. It
# also counts as nearer than others, by this percentage of what it lacks: texts that are much
# nearer still come first.
SAME_PLACE: Final = 10.0
SAME_SECTION: Final = 5.0
# How many candidates are compared, by shared words and on each side by place.
BY_WORDS: Final = 5
BY_PLACE: Final = 2
# How many entries are looked at that share one word, and that share any, the rarest words first.
ONE_WORD: Final = 20
ALL_WORDS: Final = 60
# The share of these words that a text must have to be compared.
SHARED: Final = 0.25
WORD: Final = re.compile(r"\w+")


def match(
    messages: Sequence[Entry], entries: Sequence[Entry], known: Container[Key]
) -> Mapping[Key, Entry]:
    """Return the entry that each message that is not `known` was most likely made from.

    `messages` are a template's, `entries` a catalog's, both whole and in their order; entries
    that no message names any more and that hold a translation may serve, each for several
    messages. The same msgid in another context comes first, then the nearest text of at least
    `NEAR`.
    """
    wanted = {message.key() for message in messages}
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
        if message.key() not in known:
            best = finder.best(message, place)
            if best is not None:
                found[message.key()] = best
    return found


def _placed(messages: Sequence[Entry], entries: Sequence[Entry]) -> Iterator[tuple[Entry, int]]:
    """Yield each message with the place in the old catalog right after its old neighbour."""
    places = {entry.key(): place for place, entry in enumerate(entries) if not entry.obsolete}
    here = 0
    for message in messages:
        here = places.get(message.key(), here - 1) + 1
        yield message, here


class _Finder:
    """An index of the entries that may serve, by msgid, by word and by place.

    They are known by their rank in the order of their lengths: texts as long as the one to
    match are next to each other in every list.
    """

    def __init__(self, entries: Sequence[Entry], spare: Sequence[int]) -> None:
        self.spare = spare
        self.by_length = sorted(spare, key=lambda place: (len(entries[place].msgid), place))
        self.entries = [entries[place] for place in self.by_length]
        self.lengths = [len(entry.msgid) for entry in self.entries]
        self.ranks = {place: rank for rank, place in enumerate(self.by_length)}
        self.by_msgid: dict[str, list[int]] = defaultdict(list)
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for rank, entry in enumerate(self.entries):
            self.by_msgid[entry.msgid].append(rank)
            for word in _words(entry.msgid):
                self.by_word[word].append(rank)

    def best(self, message: Entry, place: int) -> Entry | None:
        """Return the entry that a message at a place was most likely made from, if any."""
        near_by = self._near_by(place)
        candidates = self.by_msgid.get(message.msgid) or list(
            dict.fromkeys([*self._sharing_words(message.msgid), *near_by])
        )
        near = process.extract(
            message.msgid,
            [self.entries[rank].msgid for rank in candidates],
            scorer=fuzz.ratio,
            score_cutoff=NEAR - SAME_PLACE - SAME_SECTION,
            limit=None,
        )
        judged = [self._judged(message, candidates[at], score, near_by) for _, score, at in near]
        near_enough, *_, rank = max(judged, default=(0.0, False, 0, 0))
        return self.entries[rank] if near_enough else None

    def _judged(
        self, message: Entry, rank: int, score: float, near_by: Container[int]
    ) -> tuple[float, bool, int, int]:
        """Return a candidate's worth (0: too far), if it is live, how far in front, and itself."""
        entry = self.entries[rank]
        bonus = SAME_PLACE * (rank in near_by and not entry.obsolete)
        bonus += SAME_SECTION * (_section(entry) in message.comment.split("\n"))
        worth = score + bonus * (100 - score) / 100 if score + bonus >= NEAR else 0.0
        return worth, not entry.obsolete, -self.by_length[rank], rank

    def _near_by(self, place: int) -> Sequence[int]:
        """Return the spare entries next to a place."""
        at = bisect_left(self.spare, place)
        return [self.ranks[place] for place in self.spare[max(at - BY_PLACE, 0) : at + BY_PLACE]]

    def _sharing_words(self, msgid: str) -> Sequence[int]:
        """Return the entries about as long that share most of the rarest words of a msgid."""
        here = bisect_left(self.lengths, len(msgid))
        lists = sorted(filter(None, map(self.by_word.get, _words(msgid))), key=len)
        looked_at: list[int] = []
        enough = 0.0
        for words, ranks in enumerate(lists, start=1):
            at = bisect_left(ranks, here) if len(ranks) > ONE_WORD else 0
            looked_at += ranks[max(at - ONE_WORD // 2, 0) : at + ONE_WORD]
            enough = words * SHARED
            if len(looked_at) >= ALL_WORDS:
                break
        shared = Counter(looked_at)
        worth_it = [rank for rank, count in shared.items() if count >= enough]
        return sorted(worth_it, key=shared.__getitem__, reverse=True)[:BY_WORDS]


def _words(msgid: str) -> Iterable[str]:
    return dict.fromkeys(WORD.findall(msgid.lower()))


def _section(entry: Entry) -> str | None:
    """Return the comment that names the section, where there is one: it is the first."""
    return entry.comment.split("\n", 1)[0] or None
