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
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from rapidfuzz import fuzz, process

from ankl_i18n.catalogs.po import Entry, Key

# Similarity from 0 to 100 (rapidfuzz `ratio`: common letters in order, twice, by both
# lengths; msgmerge's measure, and its limit).
NEAR: Final = 60.0
FAR: Final = 100 - NEAR
# A text that is in the same place, or the same section, may be this much less near if one
# of the two has all the words of the other: sentences were moved or cut off. It also counts as
# nearer than others, by this percentage of what it lacks: much nearer texts still come first.
SAME_PLACE: Final = 10.0
SAME_SECTION: Final = 5.0
ALL: Final = 90.0
# So does a text that no message names any more, but it may not be less near.
SPARE: Final = 5.0
# How many candidates are compared, by shared words and on each side by place. Of short texts
# more are, as many as have so many letters.
BY_WORDS: Final = 5
LETTERS: Final = 1500
BY_PLACE: Final = 2
# How many entries are looked at that share one word, and that share any, the rarest words first.
ONE_WORD: Final = 20
ALL_WORDS: Final = 60
# The share of the words looked at that a text must have to be compared.
SHARED: Final = 0.25
# Texts with more letters are not compared: it would take seconds.
HUGE: Final = 100_000
# Single words of a text with no more words say too little of it.
FEW_WORDS: Final = 12
# Of a text that is hardly more than a link, the words of the address count, too.
LINK_TEXT: Final = 6
WORD: Final = re.compile(r"[^\W_]+")
# Without the addresses of their links, the shorter of two texts must be so near to a part of the
# other (rapidfuzz `partial_ratio`).
WORDS_NEAR: Final = 65.0
ADDRESS: Final = re.compile(r"\]\([^)\s]{0,2000}\)")
# So many letters of a word tell it from others, its end may change; shorter words tell nothing.
STEM: Final = 5
TELLING: Final = 3


def match(
    messages: Sequence[Entry], entries: Sequence[Entry], known: Container[Key]
) -> Mapping[Key, Entry]:
    """Return the entry that each message that is not `known` was most likely made from.

    `messages` are a template's, `entries` a catalog's, both whole and in their order; entries
    that contain a translation may serve, each for several messages. The same msgid in another
    context comes first, then the nearest text of at least `NEAR`; among those that are as near,
    one that no message names any more.
    """
    if all(message.key() in known for message in messages):
        return {}
    wanted = {message.key() for message in messages}
    finder = _Finder(entries, wanted)
    origins: dict[Key, Entry] = {}
    for message, place in _placed(messages, entries):
        if message.key() not in known and len(message.msgid) < HUGE:
            best = finder.best(message, place)
            if best is not None:
                origins[message.key()] = best
    return origins


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
    match are next to each other in every list. `spare` are the places of those that are not
    wanted as they are.
    """

    def __init__(self, entries: Sequence[Entry], wanted: Container[Key]) -> None:
        translated = [
            place
            for place, entry in enumerate(entries)
            if any(entry.forms) and len(entry.msgid) < HUGE
        ]
        self.spare = [place for place in translated if entries[place].key() not in wanted]
        self.by_length = sorted(translated, key=lambda place: (len(entries[place].msgid), place))
        self.entries = [entries[place] for place in self.by_length]
        self.texts = [entry.msgid for entry in self.entries]
        self.lengths = [len(text) for text in self.texts]
        self.ranks = {place: rank for rank, place in enumerate(self.by_length)}
        self.is_spare = {self.ranks[place] for place in self.spare}
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
            [self.texts[rank] for rank in candidates],
            scorer=fuzz.ratio,
            score_cutoff=NEAR - SAME_PLACE - SAME_SECTION,
            limit=None,
        )
        judged = [self._judged(message, candidates[at], score, near_by) for _, score, at in near]
        near_enough, *_, rank = max(judged, default=(0.0, False, False, 0, 0))
        return self.entries[rank] if near_enough else None

    def _judged(
        self, message: Entry, rank: int, score: float, near_by: Container[int]
    ) -> tuple[float, bool, bool, int, int]:
        """Return what ranks a candidate, best highest, and itself; first its worth (0: too far)."""
        entry, is_spare = self.entries[rank], rank in self.is_spare
        bonus = SAME_PLACE * (rank in near_by and not entry.obsolete)
        bonus += SAME_SECTION * (_section(entry) in message.comment.split("\n"))
        lack = 100 - score
        near_enough = lack < FAR or (lack < FAR + bonus and _shares_sentences(message, entry))
        if not near_enough or _only_addresses_alike(message, entry):
            return 0.0, False, False, 0, rank
        worth = score + (bonus + SPARE * is_spare) * lack / 100
        return worth, is_spare, not entry.obsolete, -self.by_length[rank], rank

    def _near_by(self, place: int) -> Sequence[int]:
        """Return the spare entries next to a place."""
        at = bisect_left(self.spare, place)
        return [self.ranks[place] for place in self.spare[max(at - BY_PLACE, 0) : at + BY_PLACE]]

    def _sharing_words(self, msgid: str) -> Sequence[int]:
        """Return the entries about as long that share most of the rarest words of a msgid."""
        here = bisect_left(self.lengths, len(msgid))
        lists = sorted(filter(None, map(self.by_word.get, _words(msgid))), key=len)
        looked_at: list[int] = []
        enough = 0
        for words, ranks in enumerate(lists, start=1):
            at = bisect_left(ranks, here) if len(ranks) > ONE_WORD else 0
            looked_at += ranks[max(at - ONE_WORD, 0) : at + ONE_WORD]
            enough = int(words * SHARED)
            if len(looked_at) >= ALL_WORDS:
                break
        shared = Counter(looked_at)
        worth_it = [rank for rank, count in shared.items() if count >= enough]
        many = max(BY_WORDS, LETTERS // (len(msgid) + 1))
        if len(worth_it) <= many:
            return worth_it
        return sorted(worth_it, key=shared.__getitem__, reverse=True)[:many]


def _words(msgid: str) -> Iterable[str]:
    """Return the stems of a text's words: of a long one without the shortest, which are in all
    texts; of a short one also every two that follow each other.
    """
    shown = _without_addresses(msgid)
    stems = WORD.findall(shown.lower())
    if len(stems) <= LINK_TEXT and shown != msgid:
        stems = WORD.findall(msgid.lower())
    if len(stems) > FEW_WORDS:
        return dict.fromkeys([word[:STEM] for word in stems if len(word) >= TELLING])
    words = [word[:STEM] for word in stems]
    return dict.fromkeys([*words, *(f"{one} {other}" for one, other in pairwise(words))])


def _shares_sentences(message: Entry, entry: Entry) -> bool:
    """Tell whether one of the two texts has nearly all the words of the other, in any order."""
    return fuzz.token_set_ratio(message.msgid, entry.msgid) >= ALL


def _only_addresses_alike(message: Entry, entry: Entry) -> bool:
    """Tell whether it is the addresses of links that make two texts alike, not what they say."""
    if "](" not in message.msgid or "](" not in entry.msgid:
        return False
    texts = _without_addresses(message.msgid), _without_addresses(entry.msgid)
    return not fuzz.partial_ratio(*texts, score_cutoff=WORDS_NEAR)


def _without_addresses(msgid: str) -> str:
    """Return a text without the addresses of its links."""
    return ADDRESS.sub("]", msgid) if "](" in msgid else msgid


def _section(entry: Entry) -> str | None:
    """Return the comment that names the section, where there is one: it is the first."""
    return entry.comment.split("\n", 1)[0] or None
