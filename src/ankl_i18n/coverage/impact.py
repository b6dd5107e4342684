"""What a change of the leaflets means: how much it matters, and what there is to translate.

Leaflets are compared text by text, before and after. A text that moved to another leaflet has
not changed.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs import files, leaflets, po
from ankl_i18n.catalogs.cosmetic import words as words_of
from ankl_i18n.catalogs.diff import compare
from ankl_i18n.catalogs.finding import find
from ankl_i18n.catalogs.po import Key
from ankl_i18n.catalogs.project import Project, now
from ankl_i18n.catalogs.revisions import last_change
from ankl_i18n.catalogs.template import REQUIRED
from ankl_i18n.checks.changes import Edit, Impact, judged
from ankl_i18n.coverage import publication
from ankl_i18n.errors import AnklError, Problem
from ankl_i18n.review.counting import withdrawn
from ankl_i18n.review.hashes import message_key
from ankl_i18n.review.ledger import ledger, tags
from ankl_i18n.review.records import Kind as Act
from ankl_i18n.source import Segment
from ankl_i18n.source.markdown import plain
from ankl_i18n.source.texts import word_count

if TYPE_CHECKING:
    from ankl_i18n.catalogs.update import Written

ORDER: Final = tuple(Impact)


class Kind(StrEnum):
    """What happened to a text of a leaflet."""

    REWORDED = "reworded"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One text of a leaflet that changed.

    `old` and `new` are the texts, "" where there is none; `key` names the old message, None if it
    was added. `reasons` are as in `checks.changes`. `path` and `line` are those of the new text,
    or of the old one if it was removed; `section` is its heading. `words` are those of the new
    text, and `waiting` the tags of the languages that it is not translated into. `changed` is the
    day of the change, if git knows it, and `days` how long translations have been out of date.
    `void` is how many acts of review no longer count for this text, `in_print` the codes of all
    that was published with the old one.
    """

    kind: Kind
    impact: Impact
    reasons: tuple[str, ...]
    leaflet: str
    path: str
    line: int
    section: str
    old: str
    new: str
    key: Key | None = None
    words: int = 0
    waiting: tuple[str, ...] = ()
    changed: datetime.date | None = None
    days: int = 0
    void: int = 0
    in_print: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What changed between two states of the leaflets, what matters most first.

    `old` and `new` are their names; `languages` all that the leaflets are translated into.
    `problems` keep leaflets from being compared.
    """

    old: str
    new: str
    languages: tuple[str, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...] = ()

    def count(self, impact: Impact) -> int:
        """Return how many changes matter so much."""
        return sum(change.impact is impact for change in self.changes)

    @property
    def words(self) -> Mapping[str, int]:
        """How many words of the changes are to be translated in each language that lacks any."""
        counted: Counter[str] = Counter()
        for change in self.changes:
            for tag in change.waiting:
                counted[tag] += change.words
        return {tag: counted[tag] for tag in self.languages if counted[tag]}


@dataclass(frozen=True, slots=True)
class _Pair:
    """A changed text of a leaflet, with its segments before and after."""

    name: str
    old: Segment | None
    new: Segment | None


@dataclass(slots=True)
class _Side:
    """The texts of all leaflets at one time, by leaflet and key; `paths` are those of leaflets."""

    texts: dict[str, dict[Key, Segment]] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def impact(
    before: Project, after: Project, names: tuple[str, str], git: tuple[Path, str] | None = None
) -> Report:
    """Return what changed from one state of a project to another.

    `names` are what the two are called. `git` is the folder of the project, and the hash of its
    commit, "" for the files as they are: there it is looked up when a text changed.
    """
    old, new = _side(before), _side(after)
    broken = {name for side in (old, new) for name in side.paths.keys() - side.texts.keys()}
    pairs = [
        pair
        for name in sorted({*old.texts, *new.texts} - broken)
        for pair in _pairs(name, old.texts.get(name, {}), new.texts.get(name, {}))
    ]
    pairs = _without_moves(pairs)
    edits = [
        Edit(
            pair.old.msgid if pair.old else "",
            pair.new.msgid if pair.new else "",
            any(one is not None and one.required for one in (pair.old, pair.new)),
        )
        for pair in pairs
    ]
    vocabulary = {
        word for texts in new.texts.values() for _, msgid in texts for word in words_of(msgid)
    }
    judgements = judged(edits, after.config.source, vocabulary)
    told = _Told(after, old, new, git)
    changes = [
        told.change(pair, edit, judgement.impact, judgement.reasons)
        for pair, edit, judgement in zip(pairs, edits, judgements, strict=True)
    ]
    changes.sort(key=lambda one: (ORDER.index(one.impact), one.leaflet, one.line))
    tags = tuple(target.tag for target in after.config.targets)
    return Report(*names, tags, tuple(changes), tuple(new.problems))


def of_updates(project: Project, written: Iterable[Written]) -> Report:
    """Return what the texts that catalogs were brought up to date with mean for translations.

    Texts that are new altogether are not among them.
    """
    waiting: dict[tuple[str, str, str], list[str]] = {}
    for one in written:
        for old, new in one.changes.carried if one.changes else ():
            waiting.setdefault((one.domain, old, new), [])
        for old, new in one.changes.fuzzy if one.changes else ():
            waiting.setdefault((one.domain, old, new), []).append(one.tag)
    required = {domain: _required(project, domain) for domain in {domain for domain, *_ in waiting}}
    edits = [Edit(old, new, new in required[domain]) for domain, old, new in waiting]
    vocabulary = {word for edit in edits for word in words_of(edit.new)}
    changes = []
    for (domain, old, new), judgement in zip(
        waiting, judged(edits, project.config.source, vocabulary), strict=True
    ):
        path = project.config.relative(project.config.template(domain))
        tags = tuple(waiting[domain, old, new])
        changes.append(
            Change(
                Kind.REWORDED, judgement.impact, judgement.reasons, domain, path, 0, "", old, new,
                words=word_count(new), waiting=tags,
            )
        )  # fmt: skip
    changes.sort(key=lambda one: ORDER.index(one.impact))
    every = tuple(dict.fromkeys(one.tag for one in written if one.tag))
    return Report("", "", every, tuple(changes))


def _required(project: Project, domain: str) -> set[str]:
    """Return the texts of a template that must be translated before anything is published."""
    template = files.read_template(project, domain)
    entries = template.entries if template else ()
    return {entry.msgid for entry in entries if REQUIRED in entry.comment.split("\n")}


def _side(project: Project) -> _Side:
    side = _Side()
    for name in leaflets.names(project):
        side.paths[name] = project.leaflet_path(name)
        try:
            document = leaflets.parse(project, name)
        except AnklError as wrong:
            side.problems += wrong.problems
            continue
        texts: dict[Key, Segment] = {}
        for segment in document.segments:
            if not segment.skip:
                texts.setdefault(segment.key, segment)
        side.texts[name] = texts
    return side


def _pairs(name: str, old: Mapping[Key, Segment], new: Mapping[Key, Segment]) -> Iterator[_Pair]:
    """Yield the texts of a leaflet that are not the same."""
    for one in compare(_catalog(old.values()), _catalog(new.values())):
        before = old[one.old.key()] if one.old else None
        after = new[one.new.key()] if one.new else None
        yield _Pair(name, before, after)


def _catalog(segments: Iterable[Segment]) -> po.Catalog:
    made = po.new("", {})
    made.entries = [po.Entry(msgid=segment.msgid, msgctxt=segment.msgctxt) for segment in segments]
    return made


def _without_moves(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Return the changes without texts that left one leaflet and came to another."""
    gone = Counter(pair.old.key for pair in pairs if pair.old and not pair.new)
    come = Counter(pair.new.key for pair in pairs if pair.new and not pair.old)
    moved = gone.keys() & come.keys()
    return [
        pair
        for pair in pairs
        if (pair.old and pair.new) or (pair.new or pair.old).key not in moved  # type: ignore[union-attr]
    ]


class _Told:
    """What is told of each change: where it is, what is to be translated, since when."""

    def __init__(
        self, project: Project, old: _Side, new: _Side, git: tuple[Path, str] | None
    ) -> None:
        self.project, self.old, self.new, self.git = project, old, new, git
        self.today = now().date()
        self.acts = [act for tag in tags(project) for act in ledger(project, tag).acts]
        self.withdrawn = {name for tag in tags(project) for name in withdrawn(project, tag)}

    def change(self, pair: _Pair, edit: Edit, impact: Impact, reasons: tuple[str, ...]) -> Change:
        segment = pair.new or pair.old
        assert segment is not None  # noqa: S101 - one side is there
        side = self.new if pair.new else self.old
        kind = Kind.REWORDED if pair.old and pair.new else Kind.ADDED if pair.new else Kind.REMOVED
        waiting = self._waiting(pair.name, pair.new) if pair.new else ()
        changed = self._changed(side.paths[pair.name], pair.name, pair.new)
        days = (self.today - changed).days if changed and waiting and pair.old else 0
        return Change(
            kind, impact, reasons, pair.name, side.paths[pair.name], segment.line,
            plain(segment.section), edit.old, edit.new, pair.old.key if pair.old else None,
            word_count(edit.new) if edit.new else 0, waiting, changed, max(days, 0),
            *self._undone(pair),
        )  # fmt: skip

    def _undone(self, pair: _Pair) -> tuple[int, tuple[str, ...]]:
        """Return how many acts a change makes void, and the codes in print with the old text."""
        if pair.old is None:
            return 0, ()
        key = message_key(*pair.old.key)
        acts = [
            act
            for act in self.acts
            if act.name not in self.withdrawn
            and any(message.key == key for message in act.messages)
        ]
        codes = dict.fromkeys(act.code for act in acts if act.act is Act.PUBLISH)
        return sum(act.act is Act.SIGN for act in acts), tuple(codes)

    def _waiting(self, name: str, segment: Segment) -> tuple[str, ...]:
        domain = files.domain_of(self.project, name)
        return tuple(
            target.tag
            for target in self.project.config.targets
            if find(publication.translations(self.project, domain, target.tag), segment) is None
        )

    def _changed(self, path: str, name: str, segment: Segment | None) -> datetime.date | None:
        """Return the day on which the lines of a new text were last changed."""
        if self.git is None or segment is None or not segment.line:
            return None
        root, revision = self.git
        lines = sorted({one.line for one in self.new.texts[name].values()})
        after = [line for line in lines if line > segment.line]
        return last_change(root, path, range(segment.line, min(after, default=10**6)), revision)
