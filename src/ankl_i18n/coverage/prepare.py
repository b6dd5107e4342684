"""All about many catalogs, found out with all processors."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.coverage.problems import leaflet_problems
from ankl_i18n.engine.copies import each, processors
from ankl_i18n.engine.queries import value_name
from ankl_i18n.languages import Language, language

# What reports ask of every catalog.
OF_CATALOGS: Final = (
    publication.catalog_problems, publication.is_broken, publication.suppressions,
)  # fmt: skip
# A process more for every so many bytes of catalogs.
MEGABYTE: Final = 1_000_000


def prepare(project: Project, languages: Iterable[Language], *, covered: bool = False) -> None:
    """Find out all about the catalogs of some languages, with all processors if it is much.

    Leaflets are read, too, and how far they are is found out if that is wanted (`covered`).
    Whatever is not found out here, is so when it is asked for.
    """
    tags = [language.tag for language in languages]
    works, size = _unknown(project, tags, covered=covered)
    count = min(processors(), len(works), size // MEGABYTE) - 1
    if count < 1:
        return
    standings = project.memory(publication.standings)

    def here(work: tuple[str, str]) -> Any:
        _prepare_catalog(project, *work, covered=covered)

    def in_copy(work: tuple[str, str]) -> Any:
        standings.clear()
        here(work)
        return project.news(), standings.items()

    first = partial(_read_leaflets, project, covered=covered)
    start = project.cache.be_apart
    results = each(here, works, copies=count, in_copy=in_copy, start=start, first=first)
    for news, those in filter(None, results):
        project.take(news)
        for key, value in those:
            standings.set(key, value)
            publication.coverage_of(project, *key)  # before others take its place
    for name in publication.domains(project) if covered else ():
        for tag in tags:
            publication.coverage_of(project, name, tag)


def _unknown(
    project: Project, tags: Iterable[str], *, covered: bool
) -> tuple[list[tuple[str, str]], int]:
    """Return the catalogs of which something is not known, large ones first; their size."""
    wanted = (*OF_CATALOGS, *([publication.coverage_of] if covered else []))
    names = files.domain_names(project)
    sizes = {
        (name, tag): _size(project, name, language(tag))
        for tag in tags
        for name in names
        if not all(project.is_fresh(value_name(one, name, tag)) for one in wanted)
    }
    return sorted(sizes, key=sizes.__getitem__, reverse=True), sum(sizes.values())


def _size(project: Project, name: str, language: Language) -> int:
    path = files.catalog_path(project, name, language)
    return path.stat().st_size if path.exists() else 0


def _prepare_catalog(project: Project, name: str, tag: str, *, covered: bool) -> None:
    for one in OF_CATALOGS:
        one(project, name, tag)
    if covered:
        publication.standings(project, name, tag)
    project.memory(files.catalog).clear()


def _read_leaflets(project: Project, *, covered: bool) -> None:
    """Find out the problems of all leaflets, and what there is to translate if that is wanted."""
    for name in leaflets.readable(project):
        leaflet_problems(project, name)
    for domain in publication.domains(project) if covered else ():
        publication.outline(project, domain)
