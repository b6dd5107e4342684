"""What reviewers remarked: each remark and error ends in "done", or in "not done" with a reason.

A remark is a message of an act with a verdict; its answer is an act of its own, since acts never
change.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project, today
from ankl_i18n.errors import AnklError, SettingsError
from ankl_i18n.review.content import content
from ankl_i18n.review.counting import named, withdrawn
from ankl_i18n.review.ledger import ledger, tags, write
from ankl_i18n.review.making import check_reviewer
from ankl_i18n.review.records import MESSAGE, Act, Kind, ReviewedMessage

DONE: Final = "done"
NOT_DONE: Final = "not done: "
SAID: Final = ("remark", "error")
WITH_VERDICTS: Final = (Kind.SIGN, Kind.REJECT, Kind.VERDICT)
DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reviewer remarked of a message.

    `id` is the end of the act's name and the number of the message in it (1-based). `answer` is
    what became of it, "" so far nothing, by whom and when; `is_current` tells whether readers
    still get the same words.
    """

    id: str
    act: Act
    message: ReviewedMessage
    is_current: bool
    answer: str = ""
    answered_by: str = ""
    answered: datetime.date | None = None


def remarks(project: Project, tag: str) -> list[Remark]:
    """Return all remarks about translations into a language, in the order of their acts."""
    acts = ledger(project, tag).acts
    gone = withdrawn(project, tag)
    answers = {
        (name, message.hash): (act, message)
        for act in sorted(named(project, tag, Kind.ANSWER), key=lambda act: (act.date, act.name))
        for name in act.of
        for message in act.messages
    }
    now = set(_current(project, tag))
    remarks = []
    for act in acts:
        if act.act not in WITH_VERDICTS or act.name in gone:
            continue
        for number, message in enumerate(act.messages, 1):
            if message.verdict in SAID or act.act is Kind.REJECT:
                remark = Remark(f"{act.name[-DIGITS:]}-{number}", act, message, message.hash in now)
                answer = answers.get((act.name, message.hash))
                remarks.append(_answered(remark, *answer) if answer else remark)
    return remarks


def _answered(remark: Remark, act: Act, message: ReviewedMessage) -> Remark:
    return replace(remark, answer=message.answer, answered_by=act.reviewer, answered=act.date)


def _current(project: Project, tag: str) -> Iterator[str]:
    for name in leaflets.readable(project):
        yield from (text.hash for text in content(project, name, tag).texts)


def find(project: Project, id_: str) -> Remark:
    """Return a remark by its id. Raises `SettingsError`."""
    for tag in tags(project):
        try:
            matching = [remark for remark in remarks(project, tag) if remark.id == id_]
        except AnklError:
            continue
        if matching:
            return matching[0]
    hint = "`ankl-i18n review remarks` lists them with their ids"
    raise SettingsError.of("review", f"there is no remark {id_!r}", "ID", hint)


def answer(project: Project, remark: Remark, text: str, reviewer: str) -> Act:
    """Write what became of a remark: `DONE`, or `NOT_DONE` and why; return the act.

    Raises `SettingsError` if nobody of this id may do so.
    """
    act = Act(
        Kind.ANSWER,
        remark.act.language,
        remark.act.leaflet,
        reviewer,
        datetime.date.fromisoformat(today(project)),
        MESSAGE,
        messages=(replace(remark.message, answer=text),),
        of=(remark.act.name,),
    )
    check_reviewer(project, act)
    return write(project, act)
