"""The e-books of leaflets: which there are, and making them; functions of `build.outputs`."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from itertools import product

from ankl_i18n.build import content
from ankl_i18n.build.house import house
from ankl_i18n.build.jobs import address, book_files, chosen, page_path
from ankl_i18n.build.pages import UNDATED, localized, standard
from ankl_i18n.build.records import Job
from ankl_i18n.build.surroundings import surroundings
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.html import page as html
from ankl_i18n.html.epub import About, epub, title_of
from ankl_i18n.html.records import Frame
from ankl_i18n.languages import Language, language


def books(project: Project, languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the e-books of leaflets."""
    names = chosen(project, leaflets.readable(project))
    for name, lang in product(names, languages):
        if publication.is_published(project, name, lang.tag):
            yield from book_files(lang.tag, name)


def book(project: Project, job: Job) -> bytes:
    """Return the e-book of a leaflet."""
    lang = language(job.tag)
    around = surroundings(project, job.name, lang, job.path)
    own = house(project, job.tag)
    online = address(project, page_path(job.tag, job.name))
    frame = Frame(lang, address=online, house=own)
    edition = standard(project, job)
    page = html.leaflet(localized(project, job, job.tag), around, frame, edition)
    return epub(page, str(own.css) if own else "", _about(project, job, online), around.words)


def _about(project: Project, job: Job, online: str) -> About:
    front = leaflets.document(project, job.name).front
    summary = content.summary(project, job.name, job.tag)
    own = house(project, job.tag)
    return About(
        language=language(job.tag),
        identifier=_identifier(project, job, online),
        title=title_of(summary.title_html),
        modified=front.updated or front.published or UNDATED,
        published=front.published,
        summary=title_of(summary.summary_html),
        publisher=own.plain_name if own else "",
        licence=project.config.licence,
        source=online,
    )


def _identifier(project: Project, job: Job, online: str) -> str:
    """Return what names a leaflet in a language for good: made of its address or its place."""
    place = online or f"{project.config.name}/{project.place(job.path)}"
    return uuid.uuid5(uuid.NAMESPACE_URL, place).urn
