"""Pages and PDFs: what to make, how each is made, and writing them whole or not at all.

Reading order: `build` plans jobs and hands them to workers; `_make` renders one job.
"""

from __future__ import annotations

import gc
import os
import posixpath
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from ankl_i18n.coverage import may_be_shown
from ankl_i18n.errors import AnklError, Location, Problem, error
from ankl_i18n.languages import Language, language
from ankl_i18n.localize import Localized, localize
from ankl_i18n.po import parse_plural_forms
from ankl_i18n.project import UI, Project, now
from ankl_i18n.pseudo import pseudo
from ankl_i18n.render import html
from ankl_i18n.render.bilingual import Side, bilingual
from ankl_i18n.render.editions import (
    BILINGUAL,
    BOOKLET,
    EDITIONS,
    LARGE_PRINT,
    PROOF,
    STANDARD,
    pdf_name,
)
from ankl_i18n.render.markup import Surroundings, Target
from ankl_i18n.render.proof import proof
from ankl_i18n.render.words import Words
from ankl_i18n.report import coverage_page
from ankl_i18n.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ankl_i18n.config import Config
    from ankl_i18n.document import Document

PAPER_LABELS: Final = {"a4": "A4", "letter": "Letter"}
# What tells a page of ours from any other file in the build folder (templates/base.html.j2).
GENERATOR: Final = b'<meta name="generator" content="ankl-i18n">'


@dataclass(frozen=True, slots=True)
class Options:
    """What to build: `tags` (empty: every language), `only` "html" or "pdf" or both (empty).

    `editions` are those of the PDFs (empty: the standard one).
    """

    tags: tuple[str, ...] = ()
    only: str = ""
    papers: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    drafts: bool = False
    pseudo: bool = False
    jobs: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """One output: its kind (a key of `MAKERS`) and its path in the build folder."""

    kind: str
    path: str
    tag: str = ""
    name: str = ""
    paper: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """One finished job: what was wrong with it, and whether its file changed."""

    job: Job
    changed: bool
    problems: tuple[Problem, ...] = ()


class Site:
    """Everything a job needs to render: the project's status and who links to whom."""

    def __init__(self, config: Config, options: Options) -> None:
        self.project = Project(config)
        self.config = config
        self.options = options
        made = options.pseudo or any(language(tag).is_pseudo for tag in options.tags)
        self.status = Status(self.project, drafts=options.drafts, pseudo_locales=made)
        self.documents = {document.name: document for document in self.project.documents}

    def selected(self) -> tuple[Language, ...]:
        """Return the languages to build."""
        tags = {language(tag).tag for tag in self.options.tags}
        return tuple(spoken for spoken in self.status.languages if not tags or spoken.tag in tags)

    def jobs(self) -> Iterator[Job]:
        """Yield what to make, the slowest kind first."""
        languages = self.selected()
        if self.options.only != "html":
            for spoken in languages:
                for edition in self.editions:
                    for name in self.names(spoken, edition):
                        for paper in self.papers:
                            path = self.pdf_path(spoken.tag, name, paper, edition)
                            yield Job("pdf", path, spoken.tag, name, paper, edition)
        if self.options.only != "pdf":
            for spoken in languages:
                published = self.published(spoken)
                for name in published:
                    yield Job("html", self.page_path(spoken.tag, name), spoken.tag, name)
                if published and "index" not in self.documents:
                    yield Job("index", f"{spoken.tag}/index.html", spoken.tag)
            yield Job("chooser", "index.html", self.status.source.tag)
            yield Job("coverage", "coverage.html")

    @property
    def papers(self) -> tuple[str, ...]:
        """The paper sizes to make."""
        return self.options.papers or self.config.papers

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions of the PDFs to make."""
        return tuple(dict.fromkeys(self.options.editions)) or (STANDARD,)

    def names(self, spoken: Language, edition: str) -> list[str]:
        """Return the names of the leaflets that there is an edition of in a language.

        Reviewers get proofs of all catalogs: before a leaflet is published, or why it is not.
        """
        if edition == PROOF:
            domains = {name: self.project.domain(doc) for name, doc in self.documents.items()}
            return [n for n, domain in domains.items() if self.status.domain(domain, spoken).catalog]
        if edition == BILINGUAL and spoken == self.status.source:
            return []
        return self.published(spoken)

    def published(self, spoken: Language) -> list[str]:
        """Return the names of the leaflets that readers get in a language."""
        return [name for name, doc in self.documents.items() if self.status.published(doc, spoken)]

    def page_path(self, tag: str, name: str) -> str:
        """Return the path of a leaflet's page in the build folder."""
        return f"{tag}/{name}.html"

    def pdf_path(self, tag: str, name: str, paper: str, edition: str) -> str:
        """Return the path of a leaflet's PDF in the build folder."""
        return f"{tag}/{pdf_name(name, paper, edition)}"

    def words(self, spoken: Language) -> Words:
        """Return the page words in a language."""
        if spoken.is_pseudo:
            return Words(spoken, self.status.source, _Pseudo(spoken), lambda n: int(n != 1))
        catalog = self.status.domain(UI, spoken).catalog
        entries = catalog.entries if catalog else []
        forms = {e.msgid: e.forms for e in entries if may_be_shown(e)}
        rule = (catalog.headers.get("Plural-Forms") if catalog else None) or spoken.plural_forms
        return Words(spoken, self.status.source, forms, parse_plural_forms(rule).index)

    def localized(self, name: str, spoken: Language) -> Localized:
        """Return a leaflet in a language."""
        document = self.documents[name]
        domain = self.status.domain(self.project.domain(document), spoken)
        return localize(document, spoken, self.status.source, domain.translate)

    def surroundings(self, document: Document, spoken: Language, path: str) -> Surroundings:
        """Return what a page at a path in the build folder needs to know of the others."""
        folder = PurePosixPath(document.name).parent

        def leaflet(reference: str) -> Target | None:
            name = posixpath.normpath((folder / unquote(reference)).as_posix())
            other = self.documents.get(name)
            if other is None:
                return None
            there = spoken if self.status.published(other, spoken) else self.status.source
            return Target(_relative(self.page_path(there.tag, name), path), there)

        def asset(reference: str) -> tuple[bytes, str] | None:
            return _asset(
                self.project.source_root, (folder / unquote(reference)).as_posix(), spoken.tag
            )

        return Surroundings(leaflet, asset, self.words(spoken))

    def address(self, path: str) -> str:
        """Return where a path of the build folder is on the web, empty without a `base-url`."""
        base = self.config.base_url.rstrip("/")
        return f"{base}/{quote(path)}" if base else ""

    def frame(self, spoken: Language, path: str, tags: Sequence[str], file: str) -> html.Frame:
        """Return the frame of a page; `tags` are the languages that the same page exists in."""
        source = self.status.source.tag
        return html.Frame(
            language=spoken,
            alternates=tuple(
                html.Alternate(
                    tag, language(tag).endonym, language(tag).direction,
                    _relative(f"{tag}/{file}", path), tag == spoken.tag, tag == source,
                )
                for tag in tags
            ),
            home_href=_relative("index.html", path),
            index_href=_relative(f"{spoken.tag}/index.html", path),
            address=self.address(path),
            robots="noindex" if spoken.is_pseudo else "",
        )  # fmt: skip

    def tags_of(self, name: str) -> list[str]:
        """Return the languages that a leaflet is published in."""
        document = self.documents[name]
        return [s.tag for s in self.status.languages if self.status.published(document, s)]


class _Pseudo(dict[str, tuple[str, ...]]):
    """Every msgid, disguised when asked for."""

    def __init__(self, spoken: Language) -> None:
        super().__init__()
        self.spoken = spoken

    def get(self, msgid: str, _default: object = None) -> tuple[str, ...]:
        return (pseudo(msgid, self.spoken),)


def build(
    config: Config, options: Options, progress: Callable[[Done, int], None] | None = None
) -> tuple[Site, list[Done]]:
    """Make every output that the options ask for, and remove those that no longer belong.

    `progress` is told of each finished job and how many there are. One output's failure is
    its own: the others are made.
    """
    site = Site(config, options)
    jobs = list(site.jobs())
    finished: list[Done] = []
    for done in _run(site, jobs):
        finished.append(done)
        if progress:
            progress(done, len(jobs))
    _sweep(site)
    return site, sorted(finished, key=lambda done: done.job)


def _run(site: Site, jobs: Sequence[Job]) -> Iterator[Done]:
    """Yield finished jobs, from worker processes when more than one may run."""
    gc.enable()  # the command line turned it off; rendering leaves cycles behind
    if site.options.jobs <= 1 or len(jobs) <= 1:
        yield from (_attempt(site, job) for job in jobs)
        return
    with ProcessPoolExecutor(
        site.options.jobs, initializer=_start, initargs=(site.config, site.options)
    ) as pool:
        for future in as_completed([pool.submit(_work, job) for job in jobs]):
            yield future.result()


_worker: list[Site] = []


def _start(config: Config, options: Options) -> None:
    _worker[:] = [Site(config, options)]


def _work(job: Job) -> Done:
    return _attempt(_worker[0], job)


def _attempt(site: Site, job: Job) -> Done:
    path = site.config.root / site.config.build_dir / job.path
    try:
        return Done(job, _write(path, MAKERS[job.kind](site, job)))
    except AnklError as wrong:
        path.unlink(missing_ok=True)
        return Done(job, changed=False, problems=wrong.problems)
    except OSError as wrong:
        problem = error(
            "build", f"cannot be written: {wrong}", Location(site.config.relative(path))
        )
        return Done(job, changed=False, problems=(problem,))


def _make_leaflet(site: Site, job: Job) -> bytes:
    spoken = language(job.tag)
    document = site.documents[job.name]
    tags = site.tags_of(job.name)
    frame = site.frame(spoken, job.path, tags, f"{job.name}.html")
    around = site.surroundings(document, spoken, job.path)
    page = html.leaflet(
        site.localized(job.name, spoken),
        around,
        _on_paper(site, job, frame),
        _edition(site, job, frame),
    )
    return page.encode()


def _on_paper(site: Site, job: Job, frame: html.Frame) -> html.Frame:
    """Return the frame of a PDF: its address is that of the page."""
    if not job.paper:
        return frame
    return replace(
        frame,
        paper=job.paper,
        edition=job.edition,
        address=site.address(site.page_path(job.tag, job.name)),
    )


def _edition(site: Site, job: Job, frame: html.Frame) -> html.Edition:
    spoken = frame.language
    domain = site.status.domain(site.project.domain(site.documents[job.name]), spoken)
    qr = ""
    if job.paper and site.config.base_url:
        from ankl_i18n.render.pdf import qr_svg

        qr = qr_svg(site.address(site.page_path(job.tag, job.name)))
    return html.Edition(
        review="source" if spoken == site.status.source else domain.review,
        today=now().date(),
        licence=site.config.licence,
        pdfs=_pdfs(site, job.tag, job.name, job.path),
        qr=qr,
    )


def _pdfs(site: Site, tag: str, name: str, path: str) -> tuple[html.Pdf, ...]:
    """Return the links to a leaflet's PDFs for readers: those made now or there already."""
    folder = site.config.root / site.config.build_dir
    found = []
    for edition in (STANDARD, LARGE_PRINT):
        made = site.options.only != "html" and edition in site.editions
        for paper in site.papers:
            target = site.pdf_path(tag, name, paper, edition)
            if made or (folder / target).exists():
                found.append(html.Pdf(_relative(target, path), PAPER_LABELS[paper], edition))
    return tuple(found)


def _make_pdf(site: Site, job: Job) -> bytes:
    from ankl_i18n.render.pdf import pdf

    page = PAGES.get(job.edition, _make_leaflet)(site, job).decode()
    source = site.documents[job.name].path
    # A proof is for staff: an English page about a translation.
    spoken = language("en" if job.edition == PROOF else job.tag)
    made = pdf(page, spoken, paper=job.paper, source=source)
    if job.edition == BOOKLET:
        from ankl_i18n.render.booklet import booklet

        return booklet(made, job.paper, spoken.direction)
    return made


def _make_bilingual(site: Site, job: Job) -> bytes:
    document = site.documents[job.name]
    source, target = (
        Side(site.localized(job.name, spoken), site.surroundings(document, spoken, job.path))
        for spoken in (site.status.source, language(job.tag))
    )
    frame = _on_paper(site, job, html.Frame(target.language))
    return bilingual(source, target, frame, _edition(site, job, frame)).encode()


def _make_proof(site: Site, job: Job) -> bytes:
    document, target = site.documents[job.name], language(job.tag)
    domain = site.status.domain(site.project.domain(document), target)
    if domain.catalog is None:
        message = f"a proof needs a catalog, and {job.name} has none in {job.tag}"
        raise ValueError(message)
    languages = site.status.source, target
    return proof(
        domain.catalog, document, languages, domain.problems, domain.review, job.paper
    ).encode()


# What is printed in an edition, where it is not a leaflet's own page.
PAGES: Final = {BILINGUAL: _make_bilingual, PROOF: _make_proof}


def _make_index(site: Site, job: Job) -> bytes:
    spoken = language(job.tag)
    tags = [s.tag for s in site.status.languages if site.published(s)]
    frame = replace(site.frame(spoken, job.path, tags, "index.html"), index_href="")
    cards = [
        _card(site, site.localized(name, spoken), job.path)
        for name, document in site.documents.items()
        if site.status.published(document, spoken)
    ]
    return html.index(frame, site.words(spoken), cards).encode()


def _card(site: Site, localized: Localized, path: str) -> html.Card:
    """Return the card of a leaflet in the list of leaflets at a path."""
    name, spoken = localized.document.name, localized.language
    domain = site.status.domain(site.project.domain(localized.document), spoken)
    return html.card(
        localized,
        href=_relative(site.page_path(spoken.tag, name), path),
        pdfs=_pdfs(site, spoken.tag, name, path),
        draft=spoken != site.status.source and domain.review == "draft",
    )


def _make_chooser(site: Site, job: Job) -> bytes:
    source = site.status.source
    frame = replace(site.frame(source, job.path, (), "index.html"), home_href="", index_href="")
    tiles: tuple[list[html.Tile], list[html.Tile]] = ([], [])
    for spoken in site.status.languages:
        published = site.published(spoken)
        tiles[not published].append(_tile(site, spoken, published))
    return html.chooser(frame, site.words(source), *tiles).encode()


def _tile(site: Site, spoken: Language, published: Sequence[str]) -> html.Tile:
    drafts = {
        site.status.domain(site.project.domain(site.documents[name]), spoken).review
        for name in published
    }
    return html.Tile(
        tag=spoken.tag,
        endonym=spoken.endonym,
        english=spoken.english,
        dir=spoken.direction,
        href=f"{spoken.tag}/index.html",
        coverage_text="",
        draft=spoken != site.status.source and "draft" in drafts,
    )


def _make_coverage(site: Site, _job: Job) -> bytes:
    rows = site.status.rows(site.config.targets)
    return coverage_page(rows, "index.html").encode()


MAKERS: Final[dict[str, Callable[[Site, Job], bytes]]] = {
    "pdf": _make_pdf,
    "html": _make_leaflet,
    "index": _make_index,
    "chooser": _make_chooser,
    "coverage": _make_coverage,
}


def _relative(target: str, path: str) -> str:
    """Return the address of one file of the build folder as seen from another."""
    return quote(posixpath.relpath(target, posixpath.dirname(path) or "."))


def _asset(root: Path, reference: str, tag: str) -> tuple[bytes, str] | None:
    """Return a picture's bytes and name: `name.TAG.ext` where it is there, else `name.ext`."""
    plain_path = root / reference
    for path in (plain_path.with_suffix(f".{tag}{plain_path.suffix}"), plain_path):
        inside = path.resolve().is_relative_to(root.resolve())
        if inside and path.is_file():
            return path.read_bytes(), path.name
    return None


def _write(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all; return whether its bytes changed."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return True


def _sweep(site: Site) -> None:
    """Remove pages and PDFs that readers must not find (any more)."""
    folder = site.config.root / site.config.build_dir
    forgotten = set(_forgotten(site, folder))
    for tag, name in forgotten | set(_unpublished(site)):
        (folder / site.page_path(tag, name)).unlink(missing_ok=True)
        for paper, edition in product(PAPER_LABELS, EDITIONS):
            if edition != PROOF or (tag, name) in forgotten:
                (folder / site.pdf_path(tag, name, paper, edition)).unlink(missing_ok=True)


def _unpublished(site: Site) -> Iterator[tuple[str, str]]:
    """Yield language and name of what is not published, among what is being built."""
    for spoken in site.selected():
        published = site.published(spoken)
        yield from ((spoken.tag, name) for name in site.documents if name not in published)
        if not published:
            yield spoken.tag, "index"


def _forgotten(site: Site, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield language and name of pages from earlier builds whose language or leaflet is gone."""
    tags = {spoken.tag for spoken in site.status.languages}
    root = site.project.source_root
    names = {p.relative_to(root).with_suffix("").as_posix() for p in site.project.source_files()}
    for page in folder.glob("*/**/*.html"):
        tag, *parts = page.relative_to(folder).with_suffix("").parts
        name = "/".join(parts)
        if site.options.tags and tag not in {spoken.tag for spoken in site.selected()}:
            continue
        if (tag not in tags or name not in {*names, "index"}) and GENERATOR in page.read_bytes():
            yield tag, name
