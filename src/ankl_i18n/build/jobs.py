"""What a build makes: its jobs, and where in the build folder each output is."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from urllib.parse import quote

from ankl_i18n.build.last_good import is_right, is_technical
from ankl_i18n.build.outputs import OUTPUTS, function, is_of_leaflet, is_wanted
from ankl_i18n.build.records import Job
from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.engine.queries import input_query
from ankl_i18n.html.editions import BILINGUAL, EDITIONS, LARGE_PRINT, PROOF, STANDARD, pdf_name
from ankl_i18n.languages import Language, language
from ankl_i18n.settings import PAPERS

INDEX = "index"


def selected(project: Project) -> tuple[Language, ...]:
    """Return the languages to build."""
    tags = {language(tag).tag for tag in project.options.tags}
    return tuple(lang for lang in project.languages() if not tags or lang.tag in tags)


def chosen(project: Project, names: Sequence[str]) -> tuple[str, ...]:
    """Return those of some leaflets that are to be built."""
    wanted = project.options.leaflets
    return tuple(name for name in names if not wanted or name in wanted)


def jobs(project: Project, *, all_kinds: bool = False) -> Iterator[Job]:
    """Yield what to make, the slowest kind first, one leaflet after the other.

    `all_kinds`: those that nobody asked for, too.
    """
    languages = selected(project)
    for kind in sorted(OUTPUTS, key=lambda kind: -kind.seconds):
        if all_kinds or is_wanted(project, kind.format):
            yield from function(kind.jobs)(project, languages)


def of_no_leaflet(project: Project) -> Iterator[Job]:
    """Yield everything that is not made of one leaflet, in all languages, asked for or not."""
    for kind in OUTPUTS:
        if not kind.files:
            yield from function(kind.jobs)(project, project.languages())


def pdfs(project: Project, languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the PDFs of leaflets."""
    names = chosen(project, leaflets.readable(project))
    for name, lang, edition in product(names, languages, editions(project)):
        if is_made(project, name, lang.tag, edition):
            for paper in papers(project):
                path = pdf_path(lang.tag, name, paper, edition)
                yield Job("pdf", path, lang.tag, name, paper, edition)


def pages(project: Project, languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the pages of leaflets."""
    names = chosen(project, leaflets.readable(project))
    for name, lang in product(names, languages):
        if publication.is_published(project, name, lang.tag):
            yield from page_files(lang.tag, name)


def lists(project: Project, languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the list of leaflets of each language."""
    for lang in languages:
        if listed(project, lang.tag):
            yield Job("index", page_path(lang.tag, INDEX), lang.tag)


def chooser(project: Project, _languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the page on which readers choose their language."""
    yield Job("chooser", "index.html", project.config.source.tag)


def coverage(_project: Project, _languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the report of coverage, for staff."""
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


def book_path(tag: str, name: str) -> str:
    """Return the path of a leaflet's e-book in the build folder."""
    return f"{tag}/{name}.epub"


def relative(target: str, path: str) -> str:
    """Return the address of one file of the build folder as seen from another."""
    return _relative(target, posixpath.dirname(path) or ".")


@lru_cache(100_000)
def _relative(target: str, folder: str) -> str:
    return quote(posixpath.relpath(target, folder))


def address(project: Project, path: str) -> str:
    """Return where a path of the build folder is on the web, empty without a `base-url`."""
    base = project.config.base_url.rstrip("/")
    return f"{base}/{quote(project.place(path))}" if base else ""


@input_query
def linked_pdfs(project: Project, tag: str, name: str) -> tuple[tuple[str, str, str], ...]:
    """Return path, paper and edition of a leaflet's PDFs for readers.

    They are those made now or there already.
    """
    is_asked = is_wanted(project, "pdf") and bool(chosen(project, [name]))
    linked = []
    for edition, paper in product((STANDARD, LARGE_PRINT), papers(project)):
        path = pdf_path(tag, name, paper, edition)
        is_made = is_asked and edition in editions(project)
        if is_made or _is_still_right(project, path, tag, name):
            linked.append((path, paper, edition))
    return tuple(linked)


@input_query
def linked_book(project: Project, tag: str, name: str) -> str:
    """Return the path of a leaflet's e-book, "" if there is none.

    It is made now, or there already: then every build that makes its page keeps it right.
    """
    path = book_path(tag, name)
    is_made = is_wanted(project, "epub") and bool(chosen(project, [name]))
    return path if is_made or (project.build_root / path).is_file() else ""


def _is_still_right(project: Project, path: str, tag: str, name: str) -> bool:
    """Tell whether a PDF of an earlier build is there, and right or about to be made right."""
    exists = os.path.exists(f"{project.build_root}/{path}")  # noqa: PTH110 - very often
    return exists and (is_wanted(project, "pdf") or is_right(project, path, name, tag))


# --- what stays when it cannot be made ------------------------------------------------------------


def page_files(tag: str, name: str) -> Iterator[Job]:
    """Yield the page of a leaflet in a language."""
    yield Job("html", page_path(tag, name), tag, name)


def pdf_files(tag: str, name: str) -> Iterator[Job]:
    """Yield every PDF that a leaflet may have in a language."""
    for paper, edition in product(PAPERS, EDITIONS):
        yield Job("pdf", pdf_path(tag, name, paper, edition), tag, name, paper, edition)


def book_files(tag: str, name: str) -> Iterator[Job]:
    """Yield the e-book of a leaflet in a language."""
    yield Job("epub", book_path(tag, name), tag, name)


def leaflet_files(tag: str, name: str) -> Iterator[Job]:
    """Yield every file that a leaflet may have in a language."""
    for kind in OUTPUTS:
        if kind.files:
            yield from function(kind.files)(tag, name)


def is_readers(job: Job) -> bool:
    """Tell whether a job makes a leaflet for readers: not a list, nor a proof for reviewers."""
    return is_of_leaflet(job) and job.edition != PROOF


def readers_jobs(tag: str, name: str) -> Iterator[Job]:
    """Yield every file for readers that a leaflet may have in a language."""
    return filter(is_readers, leaflet_files(tag, name))


def is_shown(project: Project, name: str, tag: str) -> bool:
    """Tell whether readers get a leaflet in a language: it can be read and may be shown."""
    return leaflets.is_readable(project, name) and publication.is_published(project, name, tag)


@input_query
def last_good_files(project: Project, tag: str, name: str) -> tuple[str, ...]:
    """Return the files of a leaflet that cannot be made now, but whose words are right."""
    if is_shown(project, name, tag) or not is_technical(project, name, tag):
        return ()
    paths = (job.path for job in readers_jobs(tag, name))
    existing = (path for path in paths if (project.build_root / path).is_file())
    return tuple(path for path in existing if is_right(project, path, name, tag))


def is_listed(project: Project, name: str, tag: str) -> bool:
    """Tell whether readers find a leaflet in a language, be it an earlier page that stays."""
    if is_shown(project, name, tag):
        return True
    return page_path(tag, name) in last_good_files(project, tag, name)


def listed(project: Project, tag: str) -> list[str]:
    """Return the names of the leaflets that readers find in a language."""
    shown = set(publication.published(project, tag))
    return [
        name
        for name in leaflets.names(project)
        if name in shown or page_path(tag, name) in last_good_files(project, tag, name)
    ]
