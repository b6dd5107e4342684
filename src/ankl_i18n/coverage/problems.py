"""What is wrong with leaflets and catalogs, as queries: what `check` and `build` report."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from ankl_i18n.catalogs import glossary, house, leaflets, renamed, sites
from ankl_i18n.catalogs.project import Project, is_file_inside
from ankl_i18n.coverage.publication import catalog_problems, domains, page_domains
from ankl_i18n.engine.queries import input_query, query
from ankl_i18n.errors import Problem
from ankl_i18n.languages import Language
from ankl_i18n.settings import language_problems


@dataclass(frozen=True, slots=True)
class Links:
    """The ids in a leaflet that links can lead to, and the addresses that it links to.

    `places` are the addresses of places (`other.md#place`), `addresses` are all.
    """

    ids: frozenset[str]
    places: frozenset[str]
    addresses: frozenset[str]


def problems(
    project: Project, languages: Iterable[Language], chosen: Collection[str] = ()
) -> list[Problem]:
    """Return what is wrong with the leaflets and with the catalogs of some languages.

    `chosen` are the names of the leaflets to look at (empty: all).
    """
    problems = [*language_problems(project.config), *source_problems(project, chosen)]
    names = dict.fromkeys([*domains(project, chosen), *page_domains(project)])
    languages = list(languages)
    for lang in languages:
        for name in names:
            problems += catalog_problems(project, name, lang.tag)
    if project.config.review.is_set:
        from ankl_i18n.review import problems as review_problems

        problems += review_problems.problems(project, [lang.tag for lang in languages])
    return problems


def source_problems(project: Project, chosen: Collection[str] = ()) -> list[Problem]:
    """Return what is wrong with the leaflets, those that cannot be parsed first.

    `chosen` are the names of the leaflets to look at (empty: all).
    """
    unreadable: list[Problem] = []
    problems: list[Problem] = []
    for name in chosen or leaflets.names(project):
        wrong = leaflets.leaflet(project, name).problems
        unreadable += wrong
        problems += () if wrong else leaflet_problems(project, name)
    rest = (
        []
        if chosen
        else [
            *leaflets.file_problems(project),
            *house.problems(project),
            *sites.problems(project),
            *glossary.glossary(project).problems,
            *renamed.problems(project),
        ]
    )
    return unreadable + problems + rest


@query
def links_of(project: Project, name: str) -> Links:
    """Return how a leaflet is linked with others."""
    from ankl_i18n.source.checks.records import Leaflet

    links = Leaflet(leaflets.document(project, name))
    addresses = frozenset(href for href, _ in links.links())
    return Links(links.ids, links.linked_places, addresses)


@query
def linked_places(project: Project) -> frozenset[str]:
    """Return the addresses of places that any leaflet links to."""
    names = leaflets.readable(project)
    return frozenset().union(*(links_of(project, name).places for name in names))


@query
def leaflet_problems(project: Project, name: str) -> tuple[Problem, ...]:
    """Return what is wrong with a leaflet that could be parsed."""
    from ankl_i18n.source.checks import Surroundings, check_source

    around = Surroundings(
        documents=leaflets.Documents(project),
        names=frozenset(leaflets.names(project)),
        picture=lambda path: has_picture(project, path),
        whole=project.config.front_matter == "leaflet",
        ids=lambda name: links_of(project, name).ids,
        linked=lambda: linked_places(project),
        language=project.config.source,
        grade=project.config.reading_grade,
    )
    return tuple(check_source(leaflets.document(project, name), around))


@input_query
def has_picture(project: Project, reference: str) -> bool:
    """Tell whether a picture, or one for every language (`name.TAG.ext`), is there."""
    root = project.source_root
    plain = PurePosixPath(reference)
    if not plain.name:
        return False
    tags = (language.tag for language in project.languages())
    names = [plain.with_suffix(f".{tag}{plain.suffix}") for tag in tags]
    exists = [is_file_inside(root / name, root) for name in (plain, *names)]
    return exists[0] or all(exists[1:])
