"""What the ledger consists of, and what is computed from it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ankl_i18n.errors import AnklError

FORMAT: Final = 1
# The reviewer of acts that stand for a catalog's header, which says "reviewed" and no more.
UNKNOWN: Final = "unknown"
# Who makes acts that the program writes by itself.
PROGRAM: Final = "update"
# What stands for a role where a translation must have been translated back and judged.
BACK: Final = "back-translation"
LEAFLET: Final = "leaflet"
MESSAGE: Final = "message"
SECTION: Final = "section:"


class WrongActError(AnklError):
    """An act of the ledger, or its list of reviewers, cannot be used as it stands."""


class Kind(StrEnum):
    """What an act is."""

    TRANSLATE = "translate"
    SIGN = "sign"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    CARRY = "carry"
    BACK_TRANSLATE = "back-translate"
    VERDICT = "verdict"
    READERS_TESTED = "readers-tested"
    PUBLISH = "publish"
    ANSWER = "answer"


class How(StrEnum):
    """How it is known that a reviewer agreed."""

    KEY = "key"  # signed with a key that counted on that day
    PLAIN = "plain"  # written by whoever could merge it
    REPORTED = "reported"  # came by mail, recorded by a coordinator
    HEADER = "header"  # a catalog's header said "reviewed": by whom is not known


class ReviewState(StrEnum):
    """How one message stands with one role. Only the first two are agreement of anybody."""

    SIGNED = "signed"
    CARRIED = "carried"  # signed before a cosmetic change
    REJECTED = "rejected"
    VOID = "void"  # other words were signed
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"  # there is an act that does not count; `reason` says why
    UNKNOWN = "unknown"  # a header said "reviewed", once, of these words
    NONE = "none"  # nobody with that role has read it
    NO_TEXT = "no-text"  # fuzzy or not translated: readers get the source text


@dataclass(frozen=True, slots=True)
class Checks:
    """What the program said of the messages when they were signed: its version, and counts."""

    program: str = ""
    errors: int = 0
    ignored: int = 0


@dataclass(frozen=True, slots=True)
class ReviewedMessage:
    """One message of an act, as it was read.

    `key` and `hash` are those of `hashes`. `verdict` is "ok", "remark" or "error"; remarks and
    errors may have a `type` (a name of MQM-Core) and a `severity` ("minor", "major",
    "critical"), `note` is what the reviewer wrote, `answer` what became of it ("done", or "not
    done: " and why). `text` is a translation back, in the source language.
    """

    key: str
    hash: str
    msgid: str
    msgstr: tuple[str, ...]
    msgctxt: str | None = None
    msgid_plural: str = ""
    verdict: str = "ok"
    type: str = ""
    severity: str = ""
    note: str = ""
    answer: str = ""
    text: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the ledger: a file that is never changed (docs/review.md has every field).

    `name` is the file's name without `.toml`, empty while it is not written. `of` names the acts
    that a `withdraw`, `carry`, `verdict`, `publish` or `answer` is about. `recorded_by` is the id
    of the coordinator who recorded what came by mail. `reason` says why, of a reject or withdraw.
    `code`, `edition` are those of a `publish`, `readers` how many read, of a `readers-tested`.
    `again` tells an act from one of the same day and content that was withdrawn.
    """

    act: Kind
    language: str
    leaflet: str
    reviewer: str
    date: datetime.date
    scope: str = LEAFLET
    role: str = ""
    statement: str = ""
    root: str = ""
    checks: Checks = field(default_factory=Checks)
    messages: tuple[ReviewedMessage, ...] = ()
    of: tuple[str, ...] = ()
    recorded_by: str = ""
    reason: str = ""
    code: str = ""
    edition: str = ""
    readers: int = 0
    again: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody of reviewers.toml, by an id.

    `languages` are tags, none for every language. Acts count from the day `since` to `until`;
    of a reviewer who was `revoked` none does. `name` may be shown only with `consent`, the day
    on which it was given. `git` are the addresses by which git knows them.
    """

    id: str
    roles: tuple[str, ...]
    languages: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    revoked: datetime.date | None = None
    name: str = ""
    consent: datetime.date | None = None
    git: tuple[str, ...] = ()

    @property
    def public_name(self) -> str:
        """The name that may be shown, "" without consent."""
        return self.name if self.consent else ""


@dataclass(frozen=True, slots=True)
class Text:
    """A message as readers get it: what would be signed.

    `forms` are empty where the source text stands in for it; `sections` are the ids of those
    that it is in, "" for what is above the first heading and outside the body; `words` are
    those of its msgid, `line` is where it is in the source.
    """

    key: str
    hash: str
    msgid: str
    forms: tuple[str, ...]
    msgctxt: str | None = None
    msgid_plural: str = ""
    sections: tuple[str, ...] = ()
    required: bool = False
    words: int = 1
    line: int = 0

    @property
    def is_shown(self) -> bool:
        """Whether readers get a translation."""
        return bool(self.forms)


@dataclass(frozen=True, slots=True)
class Content:
    """A leaflet in a language as readers get it.

    `sections` are ids and titles in order; `root` is the hash of all of it, `code` its code.
    """

    leaflet: str
    tag: str
    texts: tuple[Text, ...]
    sections: tuple[tuple[str, str], ...]
    root: str
    code: str


@dataclass(frozen=True, slots=True)
class RoleState:
    """How one message stands with one role.

    `act` is the name of the act that says so, with its reviewer, its date and how it is known;
    `until` is the last day on which it counts (None: for ever). `reason` says why one does not
    count. `before` is what was read, where other words are there now.
    """

    state: ReviewState = ReviewState.NONE
    act: str = ""
    reviewer: str = ""
    date: datetime.date | None = None
    until: datetime.date | None = None
    how: How = How.PLAIN
    reason: str = ""
    before: ReviewedMessage | None = None


@dataclass(frozen=True, slots=True)
class MessageState:
    """How a message stands with each role that is required or has read it."""

    text: Text
    roles: Mapping[str, RoleState]


@dataclass(frozen=True, slots=True)
class LeafletState:
    """How a leaflet in a language stands.

    `reasons` say why the policy holds it back; none: it does not. `rearranged` are the roles that
    signed it as a whole when its texts had another order, or other pictures, version or days.
    """

    content: Content
    messages: tuple[MessageState, ...]
    reasons: tuple[str, ...] = ()
    rearranged: tuple[str, ...] = ()

    @property
    def leaflet(self) -> str:
        """The leaflet's name."""
        return self.content.leaflet

    @property
    def tag(self) -> str:
        """The language's tag."""
        return self.content.tag

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that are required or have read anything."""
        return tuple(dict.fromkeys(role for message in self.messages for role in message.roles))
