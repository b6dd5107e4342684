"""The old addresses of leaflets that were renamed lead to the new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote, urlsplit

from ankl_i18n.build.jobs import is_listed, page_path, readers_jobs
from ankl_i18n.build.records import Job
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.renamed import renamed
from ankl_i18n.languages import Language

# Rules as Netlify, GitLab Pages and others read them, and as an nginx `map` includes them.
FORMS: Final = {"_redirects": "{} {} 301", "redirects.map": "{} {};"}


def old_pages(project: Project, languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the pages at old addresses, one in each language that has somewhere to lead to."""
    for old, new in renamed(project).items():
        for lang in languages:
            if language_of(project, new, lang.tag):
                yield Job("moved", page_path(lang.tag, old), lang.tag, new)


def language_of(project: Project, name: str, tag: str) -> str:
    """Return the language in which readers of another find a leaflet, "" if in none."""
    if leaflets.withdrawn(project, name):
        return tag
    source = project.config.source.tag
    return next((shown_in for shown_in in (tag, source) if is_listed(project, name, shown_in)), "")


def redirects(project: Project, _languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the rules of redirects for servers."""
    if any(old_pages(project, project.languages())):
        yield from (Job("redirects", path) for path in FORMS)


def rules(project: Project, job: Job) -> str:
    """Return the rules of redirects: from each old page and PDF to the page that it leads to."""
    lines = ["# Made by ankl-i18n: old addresses of leaflets that were renamed."]
    for page in old_pages(project, project.languages()):
        old = page.path.removeprefix(f"{page.tag}/").removesuffix(".html")
        new = page_path(language_of(project, page.name, page.tag), page.name)
        for file in readers_jobs(page.tag, old):
            line = FORMS[job.path].format(on_server(project, file.path), on_server(project, new))
            lines.append(line)
    return "\n".join([*lines, ""])


def on_server(project: Project, path: str) -> str:
    """Return the address of a file of the build folder from the root of its server."""
    return f"{urlsplit(project.config.base_url).path.rstrip('/')}/{quote(project.place(path))}"
