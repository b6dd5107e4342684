"""Filled forms become acts of the ledger: read, compared with what was sent out, judged, written.

Nothing that somebody wrote is lost: what cannot be recorded is reported, line by line.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ankl_i18n.catalogs.project import Project, today
from ankl_i18n.errors import CatalogError, Location, Problem, Severity
from ankl_i18n.exchange.archive import refuse
from ankl_i18n.exchange.forms.formats import read
from ankl_i18n.exchange.forms.records import Filled, Form
from ankl_i18n.exchange.tasks import blind, packet, verdicts
from ankl_i18n.exchange.tasks.task import BLIND, PACKET, VERDICTS, Task, committed, sent_task
from ankl_i18n.review.content import content
from ankl_i18n.review.git import GitError
from ankl_i18n.review.ledger import write as write_act
from ankl_i18n.review.making import MEANING, check_reviewer
from ankl_i18n.review.records import LEAFLET, MESSAGE, Act, Kind, ReviewedMessage
from ankl_i18n.settings.review import ROLES

KIND: Final = "review"
JUDGED: Final = ("ok", "remark", "error")
# What people write for a verdict, in small letters.
ALIASES: Final = {"yes": "ok", "fine": "ok", "good": "ok", "correct": "ok", "wrong": "error"}


@dataclass(frozen=True, slots=True)
class Who:
    """Who filled a form in: an id, a role, who recorded it, and the day (None: today)."""

    reviewer: str
    role: str = ""
    recorded_by: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a filled form.

    `act` is what is recorded, with its name once it is written; None if nothing can be. `stale`
    counts its messages whose words are others now, `open` the lines that were left empty, and
    `problems` tell what is not recorded.
    """

    act: Act | None
    stale: int = 0
    open: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """How many lines have which verdict; none of a back-translation."""
        if self.act is None or self.act.act is Kind.BACK_TRANSLATE:
            return {}
        counted = Counter(message.verdict for message in self.act.messages)
        return {verdict: counted[verdict] for verdict in JUDGED if counted[verdict]}

    def __str__(self) -> str:
        """Return what an act records, in words."""
        if self.act is None:
            return "no line is filled in"
        parts = [f"{self.act.act}: {len(self.act.messages)} lines"]
        parts += [f"{count} {verdict}" for verdict, count in self.counts.items()]
        parts += [f"{self.open} left empty"] if self.open else []
        parts += [f"{self.stale} about words that have changed since"] if self.stale else []
        return ", ".join(parts)


def taken(project: Project, path: Path, shown: str, who: Who, *, write: bool) -> Taken:
    """Return what becomes of a form that came back; with `write` it becomes so.

    Raises `CatalogError` for a file that cannot be read, is of no task of this project, or whose
    act nobody may make; `OSError`.
    """
    return recorded(project, read(path.read_bytes(), shown), shown, who, write=write)


def recorded(project: Project, filled: Filled, shown: str, who: Who, *, write: bool) -> Taken:
    """Return what becomes of a filled form, wherever it was filled in; see `taken`."""
    if filled.kind not in _ROWS:
        raise refuse(shown, f"there is no kind of form {filled.kind!r}", "send the form out again")
    task = sent_task(project, filled.kind, filled.task)
    lines = _Lines(task, filled, shown)
    messages = lines.messages()
    problems = (*lines.problems, *lines.strangers())
    if not messages:
        return Taken(None, 0, lines.open, problems)
    act = _act(project, task, messages, who)
    check_reviewer(project, act)
    problems = (*problems, *_undated(project, task, act))
    now = {text.hash for text in content(project, task.leaflet, task.language).texts}
    stale = [line for line in lines.counting if task.messages[line].hash not in now]
    problems = (*problems, *map(lines.stale, stale))
    return Taken(write_act(project, act) if write else act, len(stale), lines.open, problems)


def _undated(project: Project, task: Task, act: Act) -> Iterator[Problem]:
    """Yield what is told where nobody can know that a blind task was what it is when it was sent.

    Raises `CatalogError` for an answer that is older than the digest of its task.
    """
    if task.kind != BLIND:
        return
    try:
        came = committed(project, task)
    except GitError as wrong:
        message = f"it cannot be known whether the digest of the task was committed: {wrong}"
        hint = "keep the project in a git repository: it holds who changed what, and when"
        yield Problem(KIND, Severity.WARNING, message, Location(task.name), hint)
        return
    if came > act.date:
        message = f"the answer is of {act.date}, and the digest of its task was committed on {came}"
        hint = "commit digests before tasks are sent; say with --date when it was filled in"
        raise CatalogError.of(KIND, message, "--date", hint)


def _act(project: Project, task: Task, messages: list[ReviewedMessage], who: Who) -> Act:
    """Return the act of a filled form."""
    kind = {BLIND: Kind.BACK_TRANSLATE, VERDICTS: Kind.VERDICT, PACKET: Kind.SIGN}[task.kind]
    if kind is Kind.SIGN and who.role not in ROLES:
        hint = f"name it with --role: {', '.join(ROLES)}"
        raise CatalogError.of(KIND, "a packet is read in a role", "--role", hint)
    statement = {BLIND: task.name, VERDICTS: "", PACKET: MEANING}[task.kind]
    whole = content(project, task.leaflet, task.language)
    read_all = {one.hash for one in messages} == {t.hash for t in whole.texts if t.is_shown}
    is_whole = kind is Kind.SIGN and read_all
    return Act(
        kind, task.language, task.leaflet, who.reviewer,
        who.date or datetime.date.fromisoformat(today(project)),
        LEAFLET if is_whole else MESSAGE,
        who.role if kind is Kind.SIGN else "",
        statement,
        whole.root if is_whole else "",
        messages=tuple(messages),
        of=task.of,
        recorded_by=who.recorded_by,
    )  # fmt: skip


class _Lines:
    """The lines of a form that came back, held against those that went out."""

    def __init__(self, task: Task, filled: Filled, shown: str) -> None:
        self.task, self.filled, self.shown = task, filled, shown
        self.problems: list[Problem] = []
        self.open = 0
        form, self.fixed = _FORMS[task.kind](task)
        self.form = form
        self.names = [column.name for column in form.columns]
        self.sent = {line.id: line.cells for line in form.lines}
        # The ids of the lines that say something that counts.
        self.counting: list[str] = []

    def messages(self) -> list[ReviewedMessage]:
        """Return what the lines say of their messages, in order."""
        messages = {name: self.message(name) for name in self.task.messages}
        self.counting = [name for name, message in messages.items() if message]
        return [message for message in messages.values() if message]

    def stale(self, name: str) -> Problem:
        """Return what is told of a line whose words are others now."""
        message = f"line {self.sent[name][0]}: the words have changed since they were sent out"
        hint = "it is recorded, for the words that were read; the new ones need another review"
        context = " / ".join(self.task.messages[name].msgstr)
        return Problem(KIND, Severity.WARNING, message, Location(self.shown), hint, context)

    def message(self, name: str) -> ReviewedMessage | None:
        """Return what a line says of its message; None if it says nothing that counts."""
        cells = self.filled.lines.get(name)
        if cells is None:
            self.open += 1
            return None
        answers = dict(zip(self.names, (cell.strip() for cell in cells), strict=False))
        for fixed in self.fixed:
            sent = self.sent[name][self.names.index(fixed)]
            if _squeezed(answers.get(fixed, "")) != _squeezed(sent):
                self._tell(name, "what was sent out was changed in the file", answers)
                return None
        return _ROWS[self.task.kind](self, name, answers)

    def back(self, name: str, answers: Mapping[str, str]) -> ReviewedMessage | None:
        """Return a message with its back-translation."""
        text, note = answers.get(blind.ANSWER, ""), answers.get(blind.REMARK, "")
        if not text:
            if note:
                self._tell(name, "there is a remark and no translation", answers)
            self.open += 1
            return None
        return replace(self.task.messages[name], text=text, note=note)

    def verdict(self, name: str, answers: Mapping[str, str]) -> ReviewedMessage | None:
        """Return a message with the verdict on it."""
        written = answers.get(packet.VERDICT, "").casefold().rstrip(".")
        verdict = ALIASES.get(written, written)
        kind, severity = answers.get(packet.TYPE, ""), answers.get(packet.SEVERITY, "")
        note = answers.get(packet.NOTE, "")
        if not verdict:
            if kind or severity or note:
                self._tell(name, "there is no verdict in this line", answers)
            self.open += 1
            return None
        if verdict not in JUDGED:
            self._tell(name, f"no such verdict: {written!r}; known: {', '.join(JUDGED)}", answers)
            return None
        if verdict != "ok" and not note:
            self._tell(
                name,
                f"say what is wrong: this line says {verdict} and no more",
                answers,
                softly=True,
            )
        if verdict == "ok" and note:
            verdict = "remark"  # somebody should see it
        known = (kind.casefold() if kind.casefold() in packet.TYPES else "other") if kind else ""
        grave = severity.casefold() if severity.casefold() in packet.SEVERITIES else ""
        return replace(
            self.task.messages[name], verdict=verdict, type=known, severity=grave, note=note
        )

    def strangers(self) -> list[Problem]:
        """Return a problem for each line that was not sent out and says something."""
        return [
            Problem(
                KIND, Severity.WARNING, "this line was not sent out; it is not recorded",
                Location(self.shown), context=" | ".join(filter(None, cells)),
            )
            for name, cells in self.filled.lines.items()
            if name not in self.task.messages and any(cell.strip() for cell in cells[1:])
        ]  # fmt: skip

    def _tell(
        self, name: str, why: str, answers: Mapping[str, str], *, softly: bool = False
    ) -> None:
        number = self.sent[name][0]
        written = [answers.get(column.name, "") for column in self.form.columns if column.open]
        context = " | ".join(filter(None, written))
        end = "" if softly else "; it is not recorded"
        severity = Severity.WARNING if softly else Severity.ERROR
        where = Location(self.shown)
        self.problems.append(
            Problem(KIND, severity, f"line {number}: {why}{end}", where, context=context)
        )


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _packet_form(task: Task) -> tuple[Form, tuple[str, ...]]:
    return packet.form(task, {}), ("text",)


_FORMS: Final[Mapping[str, Callable[[Task], tuple[Form, tuple[str, ...]]]]] = {
    BLIND: lambda made: (blind.form(made), ("text",)),
    VERDICTS: lambda made: (verdicts.form(made), ("source", "back")),
    PACKET: _packet_form,
}
_ROWS: Final[Mapping[str, Callable[[_Lines, str, Mapping[str, str]], ReviewedMessage | None]]] = {
    BLIND: _Lines.back,
    VERDICTS: _Lines.verdict,
    PACKET: _Lines.verdict,
}
