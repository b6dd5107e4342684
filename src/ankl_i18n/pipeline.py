"""The stages that write into the project's catalogs: extract, add, update.

Every file is written by `po.save`, whole or not at all, and only when it changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ankl_i18n import po
from ankl_i18n.catalog import (
    Changes,
    leaflet_messages,
    started,
    template,
    ui_messages,
    update,
)
from ankl_i18n.errors import AnklError, Location, Problem, error
from ankl_i18n.project import UI, now, ui_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ankl_i18n.catalog import Message
    from ankl_i18n.languages import Language
    from ankl_i18n.project import Project


@dataclass(frozen=True, slots=True)
class Written:
    """A file that a stage looked after: whether its bytes changed, and what an update did."""

    path: str
    changed: bool
    messages: int
    changes: Changes | None = None


@dataclass(slots=True)
class Outcome:
    """What a stage did, and what stood in its way."""

    written: list[Written] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def extract(project: Project, *, write: bool = True) -> Outcome:
    """Write the template of every domain, or only find out which ones would change."""
    outcome = Outcome(problems=list(project.source_problems))
    for domain, messages in domain_messages(project):
        path = project.config.template(domain)
        try:
            made = _template(project, domain, messages)
            if write:
                changed = po.save(made, path, root=project.config.root)
            else:
                changed = po.write(made) != made.data
            outcome.written.append(Written(made.path, changed, len(made.entries)))
        except AnklError as wrong:
            outcome.problems += wrong.problems
    return outcome


def domain_messages(project: Project) -> Iterator[tuple[str, list[Message]]]:
    """Yield each domain and its messages; a domain with a broken leaflet is left out."""
    broken = {problem.location.path for problem in project.source_problems}
    if not (project.config.domain and broken):
        for domain, documents in project.domains.items():
            yield domain, leaflet_messages(documents)
    if project.has_ui:
        yield UI, ui_messages(ui_sources())


def _template(project: Project, domain: str, messages: Sequence[Message]) -> po.Catalog:
    config = project.config
    names = {"name": config.name, "report_bugs_to": config.report_bugs_to}
    shown = config.relative(config.template(domain))
    return template(shown, messages, names, now(), project.template(domain))


def add(project: Project, languages: Sequence[Language]) -> Outcome:
    """Write an empty catalog of every domain for new languages; existing ones stay."""
    return _catalogs(project, languages, create=True, carry_cosmetic=False)


def update_catalogs(
    project: Project, languages: Sequence[Language], *, carry_cosmetic: bool = False
) -> Outcome:
    """Merge the templates into the catalogs of the languages; missing ones are started."""
    return _catalogs(project, languages, create=False, carry_cosmetic=carry_cosmetic)


def _catalogs(
    project: Project, languages: Sequence[Language], *, create: bool, carry_cosmetic: bool
) -> Outcome:
    outcome = Outcome()
    for domain in project.domain_names():
        try:
            pot = project.template(domain)
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
            path = project.catalog_path(domain, language)
            if create and path.exists():
                continue
            try:
                made, changes = _catalog(
                    project, domain, pot, language, carry_cosmetic=carry_cosmetic
                )
                changed = po.save(made, path, root=project.config.root)
                outcome.written.append(Written(made.path, changed, len(made.entries), changes))
            except AnklError as wrong:
                outcome.problems += wrong.problems
    return outcome


def _catalog(
    project: Project, domain: str, pot: po.Catalog, language: Language, *, carry_cosmetic: bool
) -> tuple[po.Catalog, Changes]:
    """Return a catalog brought up to date, or started, and what changed."""
    path = project.catalog_path(domain, language)
    found = project.catalog(domain, language)
    if found is not None:
        return found, update(found, pot, language, carry_cosmetic=carry_cosmetic)
    made, changes = started(project.config.relative(path), pot, language, now())
    if domain == UI:
        _fill_in(made, project.ui_catalog(language))
    return made, changes


def _fill_in(made: po.Catalog, bundled: po.Catalog | None) -> None:
    """Start a catalog of page words from the translations that come with the package."""
    if bundled is None:
        return
    known = {entry.key(): entry for entry in bundled.entries if not entry.obsolete}
    for entry in made.entries:
        old = known.get(entry.key())
        if old:
            entry.msgstr, entry.msgstr_plural = old.msgstr, dict(old.msgstr_plural)
            entry.fuzzy = old.is_fuzzy()
