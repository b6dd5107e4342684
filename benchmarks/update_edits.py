"""Edits of real text whose right pairing is known: what an update has to find again.

Every old message has a number as its translation. An edit tells from which old messages a new
one was made; any of them is a right answer. Nothing is right for a message that is really new.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ankl_i18n.catalogs.template import Message

SENTENCES: Final = re.compile(r"(?<=[.!?])\s+")
EDITED: Final = 0.4
REMOVED: Final = 0.1
# At most this share of a message's words is changed.
CHANGED_WORDS: Final = 0.25


@dataclass(frozen=True, slots=True)
class Edited:
    """A new message, the places of the old ones it was made from, and what was done."""

    message: Message
    origins: frozenset[int]
    edit: str


def edit(messages: Sequence[Message], strangers: Sequence[str], seed: int) -> list[Edited]:
    """Return an edited copy of a document; `strangers` are texts that are new in it."""
    chance = random.Random(seed)
    old = {message.msgid for message in messages}
    made: list[Edited] = []
    place = 0
    while place < len(messages):
        taken = 1
        if chance.random() < EDITED:
            name, function = chance.choice(EDITS)
            results = function(messages, place, chance)
            taken = 2 if name == "merged" and results else 1
            made += [one for one in results if one.edit == "same" or one.message.msgid not in old]
        elif chance.random() >= REMOVED:
            made.append(Edited(messages[place], frozenset({place}), "same"))
        if chance.random() < REMOVED and strangers:
            text = strangers[chance.randrange(len(strangers))]
            if text not in old:
                made.append(Edited(replace(messages[place], msgid=text), frozenset(), "new"))
        place += taken
    found = {one.message.key: one for one in reversed(made)}
    return reordered(list(reversed(found.values())), chance)


def words_changed(messages: Sequence[Message], place: int, chance: random.Random) -> list[Edited]:
    """Replace, drop or add some words."""
    words = messages[place].msgid.split(" ")
    others = messages[chance.randrange(len(messages))].msgid.split()
    for _ in range(chance.randint(1, max(1, int(len(words) * CHANGED_WORDS)))):
        at = chance.randrange(len(words))
        words[at : at + 1] = chance.choice(
            ([chance.choice(others)], [], [words[at], chance.choice(others)])
        ) or ([] if len(words) > 1 else ["changed"])
    return _made(messages, place, " ".join(words), "words changed")


def sentences_moved(messages: Sequence[Message], place: int, chance: random.Random) -> list[Edited]:
    """Put the sentences into another order."""
    sentences = SENTENCES.split(messages[place].msgid)
    chance.shuffle(sentences)
    return _made(messages, place, " ".join(sentences), "sentences moved")


def merged(messages: Sequence[Message], place: int, _: random.Random) -> list[Edited]:
    """Join a message and the next one."""
    if place + 1 == len(messages):
        return []
    text = f"{messages[place].msgid} {messages[place + 1].msgid}"
    new = replace(messages[place], msgid=text)
    return [Edited(new, frozenset({place, place + 1}), "merged")]


def split(messages: Sequence[Message], place: int, _: random.Random) -> list[Edited]:
    """Cut a message between two sentences."""
    sentences = SENTENCES.split(messages[place].msgid)
    half = (len(sentences) + 1) // 2
    texts = [" ".join(part) for part in (sentences[:half], sentences[half:])]
    return [one for text in texts for one in _made(messages, place, text, "split")]


def number_changed(messages: Sequence[Message], place: int, chance: random.Random) -> list[Edited]:
    """Make a near copy of a message, and keep the message: the copy is new and from it."""
    words = messages[place].msgid.split(" ")
    words.insert(chance.randrange(len(words) + 1), str(chance.randrange(100)))
    copy = _made(messages, place, " ".join(words), "near copy")
    return [Edited(messages[place], frozenset({place}), "same"), *copy]


def _made(messages: Sequence[Message], place: int, text: str, name: str) -> list[Edited]:
    return [Edited(replace(messages[place], msgid=text), frozenset({place}), name)] if text else []


EDITS: Final[
    tuple[tuple[str, Callable[[Sequence[Message], int, random.Random], list[Edited]]], ...]
] = (
    ("words changed", words_changed),
    ("words changed", words_changed),
    ("sentences moved", sentences_moved),
    ("merged", merged),
    ("split", split),
    ("near copy", number_changed),
)


def reordered(made: Sequence[Edited], chance: random.Random) -> list[Edited]:
    """Cut the document into pieces of 20 to 60 messages and put some of them elsewhere."""
    pieces: list[list[Edited]] = []
    start = 0
    while start < len(made):
        end = start + chance.randint(20, 60)
        pieces.append(list(made[start:end]))
        start = end
    for _ in range(len(pieces) // 4):
        pieces.insert(chance.randrange(len(pieces)), pieces.pop(chance.randrange(len(pieces))))
    return [one for piece in pieces for one in piece]
