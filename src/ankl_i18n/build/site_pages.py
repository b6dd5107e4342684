"""Pages of the site that are not leaflets: accessibility, old addresses, and where nothing is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ankl_i18n.build import content
from ankl_i18n.build.jobs import INDEX, address, listed, page_path, relative
from ankl_i18n.build.moved import language_of, on_server
from ankl_i18n.build.records import Job
from ankl_i18n.build.surroundings import ACCESSIBILITY, frame
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.html import page as html
from ankl_i18n.html.records import Frame, Way
from ankl_i18n.languages import Language, language

NOT_FOUND: Final = "404.html"
NOTHING_THERE: Final = "There is no page at this address."
LIST: Final = "All leaflets"


def where_nothing_is(_project: Project, _languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the page that is shown where there is none."""
    yield Job("not-found", NOT_FOUND)


def not_found(project: Project, job: Job) -> str:
    """Return the page that is shown where there is none, in all languages."""
    source = project.config.source
    bare = Frame(
        source,
        tuple(published.tag for published in project.languages()),
        robots="noindex",
        house=frame(project, source, job.path, (), "").house,
    )
    published = [one for one in project.languages() if content.is_published_in(project, one.tag)]
    ways = [_way(project, one) for one in published]
    return html.not_found(bare, content.words(project, source.tag), ways)


def _way(project: Project, lang: Language) -> Way:
    words = content.words(project, lang.tag)
    href = on_server(project, page_path(lang.tag, INDEX))
    return Way(lang, words.text(NOTHING_THERE), words.text(LIST), href)


def statements(project: Project, languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the accessibility statements, unless a leaflet of this name is the publisher's."""
    if ACCESSIBILITY not in leaflets.names(project):
        for lang in languages:
            if listed(project, lang.tag):
                yield Job("accessibility", page_path(lang.tag, ACCESSIBILITY), lang.tag)


def accessibility(project: Project, job: Job) -> str:
    """Return the accessibility statement in a language."""
    tags = [s.tag for s in project.languages() if content.is_published_in(project, s.tag)]
    around = frame(project, language(job.tag), job.path, tags, f"{ACCESSIBILITY}.html")
    return html.accessibility(around, content.words(project, job.tag))


def moved(project: Project, job: Job) -> str:
    """Return the page at the old address of a leaflet."""
    shown_in = language(language_of(project, job.name, job.tag))
    new = page_path(shown_in.tag, job.name)
    around = frame(project, language(job.tag), job.path, (), "")
    around = replace(around, address=address(project, new))
    title = content.last_summary(project, job.name, shown_in.tag).title_html
    words = content.words(project, job.tag)
    return html.moved(around, words, title, relative(new, job.path), shown_in)
