"""Blind mode: somebody who never saw the source translates a translation back.

The browser gets the lines of a task of `review blind`, under ids that tell nothing, and no other
route answers. What comes back is recorded as a filled form is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from ankl_i18n.catalogs.project import Project
from ankl_i18n.errors import CatalogError, SettingsError
from ankl_i18n.exchange.forms.records import Filled
from ankl_i18n.exchange.tasks import blind
from ankl_i18n.exchange.tasks.taking import Who, recorded
from ankl_i18n.exchange.tasks.task import BLIND, sent_task
from ankl_i18n.review.ledger import act_path
from ankl_i18n.settings import load
from ankl_i18n.workbench import details
from ankl_i18n.workbench.journal import Answers
from ankl_i18n.workbench.reviews import active

Json = dict[str, Any]
SAID: Final = (blind.ANSWER, blind.REMARK)


class Blind:
    """A blind task, and what was answered so far.

    Raises `CatalogError` if the task's file is not here, or not the one whose digest was committed.
    """

    def __init__(self, root: Path, name: str) -> None:
        self.root = root
        self.answers = Answers(root)
        project = Project(load(root))
        self.task = sent_task(project, BLIND, name.removeprefix(f"{BLIND}-"))
        project.close()

    def start(self) -> Json:
        """Return what the browser begins with; the project's name is of the source language."""
        return {"blind": True, "source": _spoken(self.task.source), "languages": [], "chosen": []}

    def lines(self) -> Json:
        """Return the lines, in their order, and what was answered so far."""
        project = Project(load(self.root))
        people = [one.id for one in active(project, self.task.language, self.task.leaflet)]
        project.close()
        return {
            "id": self.task.id,
            "language": _spoken(self.task.language),
            "people": people,
            "lines": [
                {"id": name, "text": blind.shown(message.msgstr)}
                for name, message in self.task.messages.items()
            ],
            "answers": self.answers.of(self.task.name),
        }

    def say(self, line: str, answers: Json) -> Json:
        """Keep an answer to a line."""
        if line in self.task.messages:
            self.answers.put(self.task.name, line, answers if any(answers.values()) else None)
        return {}

    def hand_in(self, reviewer: str) -> Json:
        """Record the answers as those of a form that came back. Raises `SettingsError`."""
        answers = self.answers.of(self.task.name)
        lines = {
            line.id: (*line.cells[: -len(SAID)], *(answers[line.id].get(one, "") for one in SAID))
            for line in blind.form(self.task).lines
            if line.id in answers
        }
        filled = Filled(BLIND, self.task.id, self.task.language, lines)
        project = Project(load(self.root))
        try:
            done = recorded(project, filled, self.task.name, Who(reviewer), write=True)
        except CatalogError as wrong:
            # What is wrong with the file may quote the source.
            message = "the file of this task has changed"
            hint = "tell whoever gave you the task; what you wrote is kept"
            raise SettingsError.of("review", message, self.task.name, hint) from wrong
        finally:
            project.close()
        if done.act is None:
            return {"outcome": "nothing"}
        for line in lines:
            self.answers.put(self.task.name, line, None)
        # The act's folder is named after the leaflet.
        return {"outcome": "written", "name": act_path(done.act).rpartition("/")[2]}


def _spoken(tag: str) -> Json:
    about = details.about(tag)
    return {name: about[name] for name in ("tag", "dir", "name", "endonym")}
