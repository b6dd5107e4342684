"""The stages that write into the project's catalogs: extract, add, update.

Every file is written by `po.save`, whole or not at all, and only when it changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from ankl_i18n.catalogs import files, leaflets, po
from ankl_i18n.catalogs.header import complete
from ankl_i18n.catalogs.leaflets import PUBLISHER
from ankl_i18n.catalogs.obsolete import drop_old
from ankl_i18n.catalogs.project import Project, now
from ankl_i18n.catalogs.renewal import Changes, started, update
from ankl_i18n.catalogs.template import (
    Message,
    is_reviewed,
    leaflet_messages,
    merged,
    publisher_messages,
    template,
    ui_messages,
)
from ankl_i18n.engine.copies import each, processors
from ankl_i18n.errors import AnklError, Location, Problem, error
from ankl_i18n.languages import Language
from ankl_i18n.settings import SETTINGS_FILE, UI, language_problems

Key = tuple[str | None, str]
# The domain and the messages of each leaflet, and what is wrong with the others.
_Part = tuple[list[tuple[str, list[Message]]], list[Problem]]

# Fewer leaflets than this are read faster than another process starts.
FILES_EACH: Final = 100
# So many leaflets are read in one go.
BATCH: Final = 10


@dataclass(frozen=True, slots=True)
class Ways:
    """How catalogs are brought up to date.

    `carry_cosmetic` keeps translations of texts of which only the looks changed; without `fuzzy`
    no translation is offered for a text that is near; messages that were obsolete in more than
    `drop_obsolete` updates are removed (None: never).
    """

    carry_cosmetic: bool = False
    fuzzy: bool = True
    drop_obsolete: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A file that a stage looked after: whether its bytes changed, and what an update did.

    `domain` and `tag` are those of a catalog.
    """

    path: str
    changed: bool
    messages: int
    changes: Changes | None = None
    translated: int = 0
    domain: str = ""
    tag: str = ""


@dataclass(slots=True)
class Outcome:
    """What a stage did, and what was in its way."""

    written: list[Written] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def extract(project: Project, *, write: bool = True) -> Outcome:
    """Write the template of every domain, or only find out which ones would change.

    A domain with a broken leaflet is left alone.
    """
    domains, problems = _read_all(project)
    outcome = Outcome(problems=problems)
    _add_publisher(project, domains)
    if files.has_ui(project):
        domains[UI] = ui_messages(files.ui_sources())
    for domain, messages in domains.items():
        path = project.config.template(domain)
        try:
            catalog = _template(project, domain, messages)
            if write:
                changed = po.save(catalog, path, root=project.config.root)
            else:
                changed = po.write(catalog) != catalog.data
            outcome.written.append(Written(catalog.path, changed, len(catalog.entries)))
        except AnklError as wrong:
            outcome.problems += wrong.problems
    return outcome


def _add_publisher(project: Project, domains: dict[str, list[Message]]) -> None:
    """Add the publisher's texts: a domain of their own, or a part of that of all leaflets."""
    messages = publisher_messages(project.config.publisher, SETTINGS_FILE)
    domain = files.publisher_domain(project)
    if messages and (domain == PUBLISHER or domain in domains):
        domains[domain] = merged([*domains.get(domain, ()), *messages])


def _read_all(project: Project) -> tuple[dict[str, list[Message]], list[Problem]]:
    """Return the messages of each domain, and what is wrong with its leaflets.

    Many files are read by several processes.
    """
    names = leaflets.names(project)
    batches = [names[i : i + BATCH] for i in range(0, len(names), BATCH)]
    count = min(processors(), len(names) // FILES_EACH) - 1
    parts = each(partial(_read, project), batches, copies=count)
    problems = [problem for _, wrong in parts for problem in wrong]
    problems += leaflets.file_problems(project)
    by_domain: dict[str, list[Message]] = {}
    for domain, messages in (leaflet for part, _ in parts for leaflet in part):
        by_domain.setdefault(domain, []).extend(messages)
    if project.config.domain and problems:
        return {}, problems
    return {domain: merged(messages) for domain, messages in by_domain.items()}, problems


def _read(project: Project, names: Sequence[str]) -> _Part:
    """Return the domain and the messages of each leaflet, and what is wrong with the others."""
    messages: list[tuple[str, list[Message]]] = []
    problems: list[Problem] = []
    for name in names:
        try:
            document = leaflets.parse(project, name)
            domain = files.domain_of(project, name)
            messages.append((domain, leaflet_messages([document])))
        except AnklError as wrong:
            problems += wrong.problems
    return messages, problems


def _template(project: Project, domain: str, messages: Sequence[Message]) -> po.Catalog:
    config = project.config
    names = {"name": config.name, "report_bugs_to": config.report_bugs_to}
    shown = config.relative(config.template(domain))
    return template(shown, messages, names, now(), files.read_template(project, domain))


def add(project: Project, languages: Sequence[Language]) -> Outcome:
    """Write an empty catalog of every domain for new languages; existing ones stay."""
    return _catalogs(project, languages, Ways(), create=True)


def update_catalogs(
    project: Project, languages: Sequence[Language], ways: Ways = Ways()
) -> Outcome:
    """Merge the templates into the catalogs of the languages; missing ones are started."""
    return _catalogs(project, languages, ways, create=False)


def _catalogs(
    project: Project, languages: Sequence[Language], ways: Ways, *, create: bool
) -> Outcome:
    outcome = Outcome(problems=[] if create else language_problems(project.config))
    moved = _Moved(project)
    for domain in files.domain_names(project):
        try:
            pot = files.read_template(project, domain)
        except AnklError as wrong:
            outcome.problems += wrong.problems
            continue
        if pot is None:
            where = Location(project.config.relative(project.config.template(domain)))
            outcome.problems.append(
                error("template", "there is no template", where, "run `ankl-i18n extract` first")
            )
            continue
        for language in languages:
            if domain == UI and not files.translates_ui(project, language):
                continue
            path = files.catalog_path(project, domain, language)
            if create and path.exists():
                continue
            try:
                made, changes = _catalog(project, domain, pot, language, ways)
                if changes.new and domain != UI:
                    filled = _fill_in(made, moved.translations(language, is_reviewed(made)))
                    changes.new -= filled
                    changes.unchanged += filled
                changed = po.save(made, path, root=project.config.root)
                usable = sum(entry.translated() for entry in made.entries)
                count = len(made.entries)
                outcome.written.append(
                    Written(made.path, changed, count, changes, usable, domain, language.tag)
                )
            except AnklError as wrong:
                outcome.problems += wrong.problems
    return outcome


def _catalog(
    project: Project, domain: str, pot: po.Catalog, language: Language, ways: Ways
) -> tuple[po.Catalog, Changes]:
    """Return a catalog brought up to date, or started, and what changed."""
    path = files.catalog_path(project, domain, language)
    existing = files.read_catalog(project, domain, language)
    if existing is not None:
        complete(existing, pot.headers, language, now())
        return existing, _updated(existing, pot, language, ways)
    made, changes = started(project.config.relative(path), pot, language, now())
    if domain == UI:
        for known in files.ui_catalogs(project, language.tag):
            _fill_in(made, {entry.key(): entry for entry in known.entries if not entry.obsolete})
    return made, changes


def _updated(catalog: po.Catalog, pot: po.Catalog, language: Language, ways: Ways) -> Changes:
    """Bring a catalog up to date, and return what changed."""
    before = catalog.headers.get("POT-Creation-Date")
    changes = update(catalog, pot, language, carry_cosmetic=ways.carry_cosmetic, fuzzy=ways.fuzzy)
    if ways.drop_obsolete is not None:
        is_new = before != pot.headers.get("POT-Creation-Date")
        changes.dropped = drop_old(catalog, ways.drop_obsolete, is_new=is_new)
        catalog.headers["POT-Creation-Date"] = pot.headers.get("POT-Creation-Date", "")
    return changes


def _fill_in(catalog: po.Catalog, known: Mapping[Key, po.Entry]) -> int:
    """Give messages without a translation those that are known; return how many."""
    count = 0
    for entry in catalog.entries:
        old = known.get(entry.key())
        fits = old and len(old.forms) == len(entry.forms)
        if old and fits and not entry.obsolete and not any(entry.forms):
            entry.msgstr, entry.msgstr_plural = old.msgstr, dict(old.msgstr_plural)
            entry.tcomment, entry.fuzzy = old.tcomment, old.is_fuzzy()
            count += any(entry.forms)
    return count


class _Moved:
    """Translations of messages that are no longer in their leaflet: it may be another one now."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.read: dict[tuple[str, bool], dict[Key, po.Entry]] = {}

    def translations(self, language: Language, for_reviewed: bool) -> Mapping[Key, po.Entry]:
        """Return them by msgctxt and msgid; catalogs that cannot be read are passed over.

        `for_reviewed`: for a catalog that is; those of drafts are fuzzy: nobody has reviewed them.
        """
        which = language.tag, for_reviewed
        if which not in self.read:
            self.read[which] = dict(self._read(language, for_reviewed))
        return self.read[which]

    def _read(self, language: Language, for_reviewed: bool) -> Iterator[tuple[Key, po.Entry]]:
        if self.project.config.domain:  # all leaflets share one catalog
            return
        names = files.domain_names(self.project)
        for domain in (*files.former_domains(self.project), *names):
            try:
                catalog = self._catalog(domain, language)
                is_known = catalog and domain in names
                template = files.read_template(self.project, domain) if is_known else None
            except AnklError:
                continue
            current = {entry.key() for entry in template.entries} if template else set()
            is_draft = catalog is not None and for_reviewed and not is_reviewed(catalog)
            for entry in catalog.entries if catalog else ():
                if any(entry.forms) and entry.key() not in current:
                    entry.fuzzy = entry.is_fuzzy() or is_draft
                    yield entry.key(), entry

    def _catalog(self, domain: str, language: Language) -> po.Catalog | None:
        return None if domain == UI else files.read_catalog(self.project, domain, language)
