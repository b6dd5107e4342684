"""The verdict of a third person on a back-translation: source and back-translation, side by side.

What the checks say of the two is beside them. The translation does not: who sees it first
reads into the back-translation what it should say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.checks.back_translation import compare
from ankl_i18n.exchange.forms.records import Column, Form, Line
from ankl_i18n.exchange.tasks.task import VERDICTS, Task, new_id, numbered
from ankl_i18n.languages import language
from ankl_i18n.review.content import content
from ankl_i18n.review.counting import counted
from ankl_i18n.review.records import Kind, ReviewedMessage
from ankl_i18n.source.texts import read

VERDICT, NOTE = "verdict", "note"
CHOICES: Final = ("", "ok", "remark", "error")
WIDTHS: Final = (6, 50, 50, 40, 12, 40)
INTRO: Final = (
    "Does the back-translation say what the source says? Write ok, remark (a difference that harms "
    "nobody) or error (somebody could be misled), and under Note what is different.",
    "The fault may lie in the translation or in the back-translation: that is found out later. "
    "Please judge before you look at the translation.",
)


def tasks(project: Project, tag: str, names: Sequence[str] = ()) -> Iterator[Task]:
    """Yield a task for each leaflet with back-translations of today's words without a verdict."""
    judged = {m.hash for act in counted(project, tag, Kind.VERDICT) for m in act.messages}
    acts = counted(project, tag, Kind.BACK_TRANSLATE)
    back = {
        message.hash: (act.name, message)
        for act in sorted(acts, key=lambda act: (act.date, act.name))
        for message in act.messages
    }
    for name in names or leaflets.readable(project):
        open_messages = [
            back[text.hash]
            for text in content(project, name, tag).texts
            if text.hash in back and text.hash not in judged
        ]
        if open_messages:
            of = tuple(dict.fromkeys(act for act, _ in open_messages))
            messages = numbered(message for _, message in open_messages)
            yield Task(VERDICTS, new_id(), project.config.source.tag, tag, name, messages, of)


def form(task: Task) -> Form:
    """Return what goes out: the source, the back-translation, and what the checks say."""
    source = language(task.source).tag
    columns = (
        Column("number", "No.", WIDTHS[0]),
        Column("source", "Source", WIDTHS[1], tag=source),
        Column("back", "Back-translation", WIDTHS[2], tag=source),
        Column("checks", "The checks say", WIDTHS[3]),
        Column(VERDICT, "Verdict", WIDTHS[4], open=True, choices=CHOICES),
        Column(NOTE, "Note", WIDTHS[5], open=True),
    )
    messages = task.messages.values()
    lines = tuple(
        Line(name, (str(number), read(one.msgid).shown, one.text, back, "", ""))
        for number, (name, one, back) in enumerate(
            zip(task.messages, messages, findings(messages, task.source), strict=True), 1
        )
    )
    title = f"Verdicts on a back-translation: {task.id}"
    return Form(VERDICTS, task.id, task.language, title, INTRO, columns, lines)


def findings(messages: Iterable[ReviewedMessage], source: str) -> list[str]:
    """Return what the checks say of each source text and its back-translation, "" for nothing."""
    pairs = [(message.msgid, message.text) for message in messages]
    return [
        "\n".join(f"{problem.message} [{problem.kind}]" for problem in problems)
        for problems in compare(pairs, language(source))
    ]
