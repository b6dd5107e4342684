"""Acts carried over changes of looks: a state of its own, never a signature.

An act of the program says which words stand now where others were signed. It is worth something
only while the two differ in nothing but looks, which is looked at again whenever it counts.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.cosmetic import words
from ankl_i18n.catalogs.project import Project, today
from ankl_i18n.review.ledger import write
from ankl_i18n.review.making import reviewed
from ankl_i18n.review.records import (
    MESSAGE,
    PROGRAM,
    Act,
    Kind,
    LeafletState,
    ReviewedMessage,
    ReviewState,
)
from ankl_i18n.review.state import may_carry, state


def carry(project: Project, tags: Iterable[str]) -> list[Act]:
    """Write an act for each leaflet of which words were signed that differ in looks alone."""
    states = (state(project, name, tag) for tag in tags for name in leaflets.readable(project))
    with_messages = ((one, list(dict.fromkeys(_carried(one)))) for one in states)
    return [write(project, _act(project, one, those)) for one, those in with_messages if those]


def _carried(leaflet: LeafletState) -> Iterator[ReviewedMessage]:
    vocabulary = {word for one in leaflet.messages for word in words(one.text.msgid)}
    for message in leaflet.messages:
        now = reviewed(message.text)
        for role in message.roles.values():
            before = role.before
            if role.state is ReviewState.VOID and before and may_carry(before, now, vocabulary):
                yield replace(now, before=before.hash)


def _act(project: Project, leaflet: LeafletState, messages: Sequence[ReviewedMessage]) -> Act:
    day = datetime.date.fromisoformat(today(project))
    return Act(
        Kind.CARRY, leaflet.tag, leaflet.leaflet, PROGRAM, day, MESSAGE, messages=tuple(messages)
    )
