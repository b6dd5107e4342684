"""Review mode: a reviewer reads pairs, gives verdicts, sees all that they will sign, and signs.

Each answer reads the project again, as it is on the disk: nobody signs what a warm project
remembers. A required section is signed as a whole, or nothing of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Final

from ankl_i18n.catalogs import files, glossary, leaflets
from ankl_i18n.catalogs.project import Project, today
from ankl_i18n.checks.suppressed import silenced
from ankl_i18n.exchange.tasks.packet import SEVERITIES, TYPES
from ankl_i18n.exchange.tasks.taking import JUDGED
from ankl_i18n.languages import language
from ankl_i18n.review.content import content
from ankl_i18n.review.judging import inactive
from ankl_i18n.review.ledger import act_path, write
from ankl_i18n.review.making import MEANING, STATEMENTS, check_reviewer, findings, new_act, reviewed
from ankl_i18n.review.records import (
    LEAFLET,
    MESSAGE,
    Act,
    Content,
    Kind,
    ReviewedMessage,
    Reviewer,
    ReviewState,
    Text,
)
from ankl_i18n.review.reviewers import reviewers
from ankl_i18n.review.ssh_signatures import sign_command
from ankl_i18n.review.state import state
from ankl_i18n.settings import load
from ankl_i18n.settings.review import OFF, REQUIRE, ROLES
from ankl_i18n.source.markdown import plain
from ankl_i18n.workbench import details, home
from ankl_i18n.workbench.asked import BadRequestError
from ankl_i18n.workbench.desk import UnknownError
from ankl_i18n.workbench.journal import Answers
from ankl_i18n.workbench.names import digest, key_name

Json = dict[str, Any]
# What a reviewer says of a text, and which words they read.
SAID: Final = ("hash", "verdict", "type", "severity", "note")


@dataclass(frozen=True, slots=True)
class Seat:
    """Who reviews what: a leaflet and a tag, a reviewer's id and a role."""

    leaflet: str
    tag: str
    reviewer: str
    role: str

    @property
    def name(self) -> str:
        """The name under which drafts of its verdicts are kept."""
        return digest(astuple(self))


class Reviews:
    """The reviews of a project in a folder, with the verdicts that are not signed yet."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.verdicts = Answers(root)

    def people(self, leaflet: str, tag: str) -> list[Json]:
        """Return who may review a leaflet in a language, and in which roles."""
        with self._project(leaflet, tag) as project:
            active_people = [(one, may_sign(one)) for one in active(project, tag, leaflet)]
        return [
            {"id": one.id, "name": one.public_name, "roles": roles}
            for one, roles in active_people
            if roles
        ]

    def begin(self, seat: Seat) -> Json:
        """Return the pairs of a leaflet, section by section, with drafts of verdicts."""
        with self._seated(seat) as project:
            reading = Reading(project, seat, self.verdicts.of(seat.name))
            return {
                "title": home.leaflet_title(project, seat.leaflet),
                "language": details.about(seat.tag),
                "source": details.about(project.config.source.tag),
                "sections": reading.sections(),
                "types": TYPES,
                "severities": SEVERITIES,
            }

    def say(self, seat: Seat, key: str, answers: Mapping[str, str]) -> Json:
        """Keep the draft of a verdict; an empty one is forgotten."""
        known = answers["verdict"] in ("", *JUDGED)
        if not (known and answers["type"] in TYPES and answers["severity"] in SEVERITIES):
            raise BadRequestError
        with self._seated(seat) as project:
            texts = {text.key: text for text in content(project, seat.leaflet, seat.tag).texts}
        if key not in texts:
            raise UnknownError(key)
        self.verdicts.put(seat.name, key, dict(answers) if answers["verdict"] else None)
        return {"changed": texts[key].hash != answers["hash"]}

    def end(self, seat: Seat) -> Json:
        """Return all that would be signed, what is ignored, and what is not covered."""
        with self._seated(seat) as project:
            return Reading(project, seat, self.verdicts.of(seat.name)).end()

    def sign(self, seat: Seat, agreed: str) -> Json:
        """Write the act, if what was agreed to is what it would say; else tell what it would."""
        with self._seated(seat) as project:
            reading = Reading(project, seat, self.verdicts.of(seat.name))
            if not reading.signed:
                return {"outcome": "nothing"}
            if agreed != reading.agreed:
                return {"outcome": "changed", "end": reading.end()}
            act = write(project, reading.act())
            policy = project.config.review
        for message in act.messages:
            self.verdicts.put(seat.name, message.key, None)
        path = act_path(act)
        return {
            "outcome": "signed",
            "path": path,
            "command": sign_command(path, "KEY") if policy.signatures != OFF else "",
            # What waits for its signature counts for nothing so far, which is said already.
            "refused": [] if policy.signatures == REQUIRE else self._refused(seat, act),
        }

    def _refused(self, seat: Seat, act: Act) -> list[str]:
        """Return why texts of an act do not count, each reason once."""
        with self._project(seat.leaflet, seat.tag) as project:
            judged = state(project, seat.leaflet, seat.tag)
        states = [
            message.roles[seat.role] for message in judged.messages if seat.role in message.roles
        ]
        wrong = [one for one in states if one.act == act.name and one.state is ReviewState.REFUSED]
        return list(dict.fromkeys(one.reason for one in wrong))

    @contextmanager
    def _project(self, leaflet: str, tag: str) -> Iterator[Project]:
        """Give the project as it is on the disk. Raises `UnknownError`."""
        project = Project(load(self.root))
        try:
            config = project.config
            is_known = config.review.is_set and tag in config.languages
            if not is_known or leaflet not in leaflets.readable(project):
                raise UnknownError(leaflet)
            yield project
        finally:
            project.close()

    @contextmanager
    def _seated(self, seat: Seat) -> Iterator[Project]:
        """Give the project to somebody who may review. Raises `SettingsError`."""
        if seat.role not in ROLES:
            raise BadRequestError
        with self._project(seat.leaflet, seat.tag) as project:
            asked = _act_of(project, seat.tag, seat.leaflet, seat.reviewer, seat.role)
            check_reviewer(project, asked)
            yield project


class Reading:
    """What a reviewer has read of a leaflet: `signed` is what can be signed."""

    def __init__(self, project: Project, seat: Seat, answers: Mapping[str, Json]) -> None:
        self.project, self.seat, self.answers = project, seat, answers
        self.content: Content = content(project, seat.leaflet, seat.tag)
        self.shown = [text for text in self.content.texts if text.is_shown]
        document = leaflets.document(project, seat.leaflet)
        self.required = {segment.section_id for segment in document.segments if segment.required}
        # What was said of other words is reported, and not signed.
        self.changed = [
            t for t in self.shown if t.key in answers and answers[t.key]["hash"] != t.hash
        ]
        stale = {text.key for text in self.changed}
        self.read = [text for text in self.shown if text.key in answers and text.key not in stale]
        self.before = self._signed_before()
        done = {text.key for text in self.read} | self.before
        self.open = [text for text in self.shown if text.key not in done]
        self.held = {id_ for text in self.open for id_ in text.sections} & self.required
        self.waiting = [text for text in self.read if self.held & {*text.sections}]
        self.signed = [self._message(t) for t in self.read if not self.held & {*t.sections}]

    def _signed_before(self) -> set[str]:
        """Return the keys of texts that the role has signed in these words."""
        judged = state(self.project, self.seat.leaflet, self.seat.tag).messages
        roles = [(one.text.key, one.roles.get(self.seat.role)) for one in judged]
        return {key for key, role in roles if role and role.state is ReviewState.SIGNED}

    def _message(self, text: Text) -> ReviewedMessage:
        answers = self.answers[text.key]
        note = " ".join(answers["note"].split())
        # As in a packet that comes back: somebody should see a note.
        verdict = "remark" if note and answers["verdict"] == "ok" else answers["verdict"]
        is_error = verdict == "error"
        kind, severity = (answers["type"], answers["severity"]) if is_error else ("", "")
        return reviewed(text, verdict=verdict, type=kind, severity=severity, note=note)

    @property
    def agreed(self) -> str:
        """A name of all that would be signed: who agrees to it has seen this and no other."""
        statement = STATEMENTS[MEANING, self.seat.role]
        return digest(
            [*astuple(self.seat), statement, self.content.root, *map(astuple, self.signed)]
        )

    def act(self) -> Act:
        """Return the act, not written yet: of the leaflet if all of it was read."""
        is_whole = {one.key for one in self.signed} == {text.key for text in self.shown}
        seat = self.seat
        return new_act(
            self.project, Kind.SIGN, self.content, LEAFLET if is_whole else MESSAGE, self.signed,
            reviewer=seat.reviewer, role=seat.role,
        )  # fmt: skip

    def sections(self) -> list[Json]:
        """Return the sections with their texts, each text where it is first."""
        sections = [
            {
                "title": plain(title),
                "required": id_ in self.required,
                "texts": [self._pair(text) for text in self.shown if text.sections[0] == id_],
            }
            for id_, title in self.content.sections
        ]
        return [section for section in sections if section["texts"]]

    def _pair(self, text: Text) -> Json:
        domain = files.domain_of(self.project, self.seat.leaflet)
        return {
            "key": text.key,
            "name": key_name(domain, (text.msgctxt, text.msgid)),
            "hash": text.hash,
            "source": text.msgid,
            "forms": text.forms,
            "signed": text.key in self.before,
            "changed": text in self.changed,
            "said": self.answers.get(text.key) if text not in self.changed else None,
        }

    def end(self) -> Json:
        """Return what the last screen shows."""
        titles = dict(self.content.sections)
        signed = {one.key: one for one in self.signed}
        texts = [(text, signed[text.key]) for text in self.shown if text.key in signed]
        keys = {(text.msgctxt, text.msgid) for text, _ in texts}
        problems, _ = findings(self.project, self.seat.leaflet, self.seat.tag, keys)
        return {
            "agreed": self.agreed,
            "signed": [
                {
                    "section": plain(titles.get(text.sections[0], "")),
                    "source": text.msgid, "forms": text.forms, "verdict": one.verdict,
                    "type": one.type, "severity": one.severity, "note": one.note,
                }
                for text, one in texts
            ],
            "problems": [
                {"message": problem.message, "text": problem.context} for problem in problems
            ],
            "ignored": list(self._ignored(keys)),
            "changed": [{"source": text.msgid, "forms": text.forms} for text in self.changed],
            "open": len(self.open),
            "held": [plain(titles.get(id_, "")) for id_ in titles if id_ in self.held],
            "waiting": len(self.waiting),
            "missing": len(self.content.texts) - len(self.shown),
        }  # fmt: skip

    def _ignored(self, keys: set[tuple[str | None, str]]) -> Iterator[Json]:
        """Yield what translators silenced in some texts, with their reasons."""
        project, lang = self.project, language(self.seat.tag)
        domain = files.domain_of(project, self.seat.leaflet)
        catalog = files.catalog(project, domain, lang.tag)
        if catalog is None:
            return
        lines = {entry.line for entry in catalog.entries if entry.key() in keys}
        terms = glossary.entries(project, lang.tag)
        for one in silenced(catalog, lang, project.config.source, terms):
            if one.problem.location.line in lines:
                problem = one.problem
                yield {"message": problem.message, "text": problem.context, "reason": one.reason}


def may_sign(reviewer: Reviewer) -> list[str]:
    """Return the roles in which somebody signs."""
    return [role for role in reviewer.roles if role in ROLES]


def active(project: Project, tag: str, leaflet: str) -> list[Reviewer]:
    """Return who may make acts about a language today."""
    people = reviewers(project).by_id.values()
    return [
        reviewer
        for reviewer in people
        if not inactive(reviewer, _act_of(project, tag, leaflet, reviewer.id, ""))
    ]


def _act_of(project: Project, tag: str, leaflet: str, reviewer: str, role: str) -> Act:
    """Return an empty act of somebody, to ask whether one would count."""
    day = datetime.date.fromisoformat(today(project))
    return Act(Kind.SIGN, tag, leaflet, reviewer, day, role=role)
