"""The page of a language on which readers search its leaflets, if the settings ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ankl_i18n.build import content
from ankl_i18n.build.jobs import listed, page_path, relative
from ankl_i18n.build.records import Job
from ankl_i18n.build.surroundings import SEARCH, frame, has_search
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.engine.queries import query
from ankl_i18n.html import search as html
from ankl_i18n.html.plain_text import NOTE, plain_text
from ankl_i18n.languages import Language, language


def searches(project: Project, languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the page of each language on which its leaflets are searched."""
    for lang in languages:
        if has_search(project, lang.tag):
            yield Job("search", page_path(lang.tag, SEARCH), lang.tag)


def search(project: Project, job: Job) -> str:
    """Return the page on which the leaflets of a language are searched."""
    tags = [lang.tag for lang in project.languages() if has_search(project, lang.tag)]
    around = frame(project, language(job.tag), job.path, tags, f"{SEARCH}.html")
    entries = [_entry(project, name, job) for name in listed(project, job.tag)]
    return html.search(around, content.words(project, job.tag), entries)


def _entry(project: Project, name: str, job: Job) -> html.Entry:
    texts = content.last_summary(project, name, job.tag)
    text = text_of(project, name, job.tag) if leaflets.is_readable(project, name) else ""
    return html.entry(
        texts.title_html, texts.summary_html, text, relative(page_path(job.tag, name), job.path)
    )


@query
def text_of(project: Project, name: str, tag: str) -> str:
    """Return all that a leaflet says in a language, as plain text."""
    localized = content.localized(project, name, tag)
    pieces = leaflets.document(project, name).segments
    texts = (plain_text(localized, piece).replace(NOTE, " ") for piece in pieces)
    return "\n".join(dict.fromkeys(texts))
