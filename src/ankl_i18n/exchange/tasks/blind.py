"""A blind task: somebody who has never seen the source translates a translation back.

It contains the translation as readers see it, and ids that tell nothing: no msgid, no note, no
address (they often say in English what they lead to), no name of a leaflet, no picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.exchange.forms.records import Column, Form, Line
from ankl_i18n.exchange.tasks.task import BLIND, Task, new_id, numbered
from ankl_i18n.languages import language
from ankl_i18n.review.content import content
from ankl_i18n.review.making import reviewed
from ankl_i18n.source.texts import read

ANSWER, REMARK = "back", "remark"
NUMBER, TEXT = 0, 1
WIDTHS: Final = (6, 60, 60, 30)


def tasks(
    project: Project, tag: str, names: Sequence[str] = (), *, required: bool = False
) -> Iterator[Task]:
    """Yield a task for each leaflet that has translations in a language.

    `required`: only the texts of required sections. Raises `SourceError`.
    """
    for name in names or leaflets.readable(project):
        texts = [
            text
            for text in content(project, name, tag).texts
            if text.is_shown and (text.required or not required)
        ]
        if texts:
            source = project.config.source.tag
            yield Task(BLIND, new_id(), source, tag, name, numbered(map(reviewed, texts)))


def form(task: Task) -> Form:
    """Return what goes out: the translation alone."""
    target, source = language(task.language), language(task.source)
    is_rtl = target.direction == "rtl"
    columns = (
        Column("number", "No.", WIDTHS[0]),
        Column("text", target.english, WIDTHS[1], tag=target.tag, rtl=is_rtl),
        Column(ANSWER, source.english, WIDTHS[2], open=True, tag=source.tag),
        Column(REMARK, "Remark", WIDTHS[3], open=True, tag=source.tag),
    )
    lines = tuple(
        Line(name, (str(number), shown(message.msgstr), "", ""))
        for number, (name, message) in enumerate(task.messages.items(), 1)
    )
    title = f"{target.english} → {source.english}: {task.id}"
    return Form(BLIND, task.id, task.language, title, _intro(source.english), columns, lines)


def _intro(name: str) -> tuple[str, ...]:
    return (
        f"Translate each line into {name}, as exactly as you can: numbers, "
        "units, words such as “not”, who does what. Do not make it sound better than it is.",
        "If a line is odd, wrong or unclear, translate it as it is, and say so under Remark. "
        "Please do not look for the original.",
    )


def shown(forms: Sequence[str]) -> str:
    """Return the forms of a translation as readers see them, without marks and addresses."""
    return "\n".join(read(form).shown for form in forms)
