"""What a build makes: its jobs, and where in the build folder each output is."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import quote

from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.coverage import publication
from ankl_i18n.engine.queries import input_query
from ankl_i18n.html.editions import BILINGUAL, LARGE_PRINT, PROOF, STANDARD, pdf_name
from ankl_i18n.languages import Language, language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ankl_i18n.catalogs.project import Project

INDEX = "index"


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """One output: its kind (a key of `pages.MAKERS`, or "pdf") and its path in the build folder."""

    kind: str
    path: str
    tag: str = ""
    name: str = ""
    paper: str = ""
    edition: str = ""


def selected(project: Project) -> tuple[Language, ...]:
    """Return the languages to build."""
    tags = {language(tag).tag for tag in project.options.tags}
    return tuple(spoken for spoken in project.languages() if not tags or spoken.tag in tags)


def jobs(project: Project) -> Iterator[Job]:
    """Yield what to make, the slowest kind first, one leaflet after the other."""
    languages = selected(project)
    if project.options.only != "html":
        yield from _pdfs(project, languages)
    if project.options.only != "pdf":
        yield from _pages(project, languages)


def _pdfs(project: Project, languages: Sequence[Language]) -> Iterator[Job]:
    names = leaflets.readable(project)
    for name, spoken, edition in product(names, languages, editions(project)):
        if is_made(project, name, spoken.tag, edition):
            for paper in papers(project):
                path = pdf_path(spoken.tag, name, paper, edition)
                yield Job("pdf", path, spoken.tag, name, paper, edition)


def _pages(project: Project, languages: Sequence[Language]) -> Iterator[Job]:
    names = leaflets.readable(project)
    for name, spoken in product(names, languages):
        if publication.is_published(project, name, spoken.tag):
            yield Job("html", page_path(spoken.tag, name), spoken.tag, name)
    for spoken in languages:
        if publication.published(project, spoken.tag):
            yield Job("index", page_path(spoken.tag, INDEX), spoken.tag)
    yield Job("chooser", "index.html", project.config.source.tag)
    yield Job("coverage", "coverage.html")


def papers(project: Project) -> tuple[str, ...]:
    """Return the paper sizes to make."""
    return project.options.papers or project.config.papers


def editions(project: Project) -> tuple[str, ...]:
    """Return the editions of the PDFs to make."""
    return tuple(dict.fromkeys(project.options.editions)) or (STANDARD,)


def is_made(project: Project, name: str, tag: str, edition: str) -> bool:
    """Tell whether there is an edition of a leaflet in a language.

    Reviewers get proofs of all catalogs: before a leaflet is published, or why it is not.
    """
    if edition == PROOF:
        domain = files.domain_of(project, name)
        return publication.catalog_of(project, domain, tag) is not None
    if edition == BILINGUAL and tag == project.config.source.tag:
        return False
    return publication.is_published(project, name, tag)


def page_path(tag: str, name: str) -> str:
    """Return the path of a leaflet's page in the build folder."""
    return f"{tag}/{name}.html"


def pdf_path(tag: str, name: str, paper: str, edition: str) -> str:
    """Return the path of a leaflet's PDF in the build folder."""
    return f"{tag}/{pdf_name(name, paper, edition)}"


def relative(target: str, path: str) -> str:
    """Return the address of one file of the build folder as seen from another."""
    return quote(posixpath.relpath(target, posixpath.dirname(path) or "."))


def address(project: Project, path: str) -> str:
    """Return where a path of the build folder is on the web, empty without a `base-url`."""
    base = project.config.base_url.rstrip("/")
    return f"{base}/{quote(path)}" if base else ""


@input_query
def linked_pdfs(project: Project, tag: str, name: str) -> tuple[tuple[str, str, str], ...]:
    """Return path, paper and edition of a leaflet's PDFs for readers.

    They are those made now or there already.
    """
    found = []
    for edition, paper in product((STANDARD, LARGE_PRINT), papers(project)):
        path = pdf_path(tag, name, paper, edition)
        made = project.options.only != "html" and edition in editions(project)
        if made or os.path.exists(f"{project.build_root}/{path}"):  # noqa: PTH110 - very often
            found.append((path, paper, edition))
    return tuple(found)
