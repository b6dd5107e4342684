"""How much of a leaflet each role has read, by message and by word."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ankl_i18n.review.records import How, LeafletState, MessageState, ReviewState, RoleState
from ankl_i18n.review.state import needed, suffices
from ankl_i18n.settings.review import Policy

WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class RoleFigures:
    """How one role stands with some messages.

    `messages` and `words` count them by state; `needed` is whether the policy requires the role
    for any of them, and `enough` whether all that it requires is there, and anything is.
    `reviewers` are those whose acts count, `since` and `newest` the days of the oldest and the
    newest of these, `until` the first day on which one ends to count (None: never), `how` in
    which ways they are known.
    """

    role: str
    messages: Mapping[str, int]
    words: Mapping[str, int]
    needed: bool = False
    enough: bool = False
    reviewers: tuple[str, ...] = ()
    since: datetime.date | None = None
    newest: datetime.date | None = None
    until: datetime.date | None = None
    how: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """The words of all messages that are to be read."""
        return sum(self.words.values())

    @property
    def signed(self) -> int:
        """The words that are signed: those carried over a change of looks are not."""
        return self.words.get(ReviewState.SIGNED, 0)

    @property
    def percent(self) -> int:
        """The signed part of the words, rounded down; 0 only when nothing is signed."""
        if not self.total:
            return 0
        return max(self.signed * WHOLE // self.total, 1 if self.signed else 0)


@dataclass(frozen=True, slots=True)
class SectionFigures:
    """How the roles stand with one section of a leaflet."""

    id: str
    title: str
    roles: tuple[RoleFigures, ...]


def of_leaflet(state: LeafletState, policy: Policy) -> tuple[RoleFigures, ...]:
    """Return how each role stands with a leaflet."""
    return _figures(state.messages, state.roles, policy)


def merged(leaflets: Iterable[Sequence[RoleFigures]]) -> tuple[RoleFigures, ...]:
    """Return how each role stands with several leaflets together."""
    by_role: dict[str, RoleFigures] = {}
    for one in (figures for leaflet in leaflets for figures in leaflet):
        known = by_role.get(one.role)
        by_role[one.role] = _sum(known, one) if known else one
    return tuple(by_role.values())


def _sum(one: RoleFigures, other: RoleFigures) -> RoleFigures:
    days = [day for day in (one.since, other.since, one.newest, other.newest) if day]
    return RoleFigures(
        one.role,
        dict(Counter(one.messages) + Counter(other.messages)),
        dict(Counter(one.words) + Counter(other.words)),
        one.needed or other.needed,
        one.enough and other.enough,
        tuple(sorted({*one.reviewers, *other.reviewers})),
        min(days, default=None),
        max(days, default=None),
        min((day for day in (one.until, other.until) if day), default=None),
        tuple(how for how in How if how in (*one.how, *other.how)),
    )


def of_sections(state: LeafletState, policy: Policy) -> tuple[SectionFigures, ...]:
    """Return how each role stands with each section, in order."""
    figures = []
    for id_, title in state.content.sections:
        messages = [message for message in state.messages if id_ in message.text.sections]
        roles = dict.fromkeys(role for message in messages for role in message.roles)
        figures.append(SectionFigures(id_, title, _figures(messages, roles, policy)))
    return tuple(figures)


def _figures(
    messages: Sequence[MessageState], roles: Iterable[str], policy: Policy
) -> tuple[RoleFigures, ...]:
    return tuple(_of_role(messages, role, policy) for role in roles)


def _of_role(messages: Sequence[MessageState], role: str, policy: Policy) -> RoleFigures:
    wanted = [state for state in messages if role in needed(policy, state.text)]
    counted = wanted or messages
    none = RoleState()
    states = [(one.text, one.roles.get(role, none)) for one in counted]
    numbers: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for text, worth in states:
        numbers[worth.state] += 1
        words[worth.state] += text.words
    good = [one for _, one in states if one.state in (ReviewState.SIGNED, ReviewState.CARRIED)]
    days = sorted(one.date for one in good if one.date)
    return RoleFigures(
        role,
        dict(numbers),
        dict(words),
        bool(wanted),
        bool(wanted and good) and all(suffices(policy, text, worth) for text, worth in states),
        tuple(sorted({one.reviewer for one in good})),
        days[0] if days else None,
        days[-1] if days else None,
        min((one.until for one in good if one.until), default=None),
        tuple(how for how in How if any(one.how is how for one in good)),
    )
