"""The HTML of every output, on the web or before it goes to paper: one function for each kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from ankl_i18n.build.context import relative
from ankl_i18n.coverage.publication import DRAFT
from ankl_i18n.html import page as html
from ankl_i18n.html.bilingual import Side, bilingual
from ankl_i18n.html.editions import BILINGUAL, LARGE_PRINT, PROOF, STANDARD
from ankl_i18n.html.proof import Subject, proof
from ankl_i18n.languages import language
from ankl_i18n.report import coverage_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from ankl_i18n.build.context import Job, Site
    from ankl_i18n.languages import Language

PAPER_LABELS: Final = {"a4": "A4", "letter": "Letter"}


def make(site: Site, job: Job) -> str:
    """Return the HTML of an output. Raises `RenderError` for what it cannot show whole."""
    site.facts.ask("settings")
    if job.leads_to:
        return _withdrawn(site, job)
    maker = PAGES.get(job.edition, _leaflet) if job.kind == "pdf" else MAKERS[job.kind]
    return maker(site, job)


def _leaflet(site: Site, job: Job) -> str:
    spoken = language(job.tag)
    document = site.documents[job.name]
    tags = site.tags_of(job.name)
    frame = site.frame(spoken, job.path, tags, f"{job.name}.html")
    around = site.surroundings(document, spoken, job.path)
    return html.leaflet(
        site.localized(job.name, spoken),
        around,
        _on_paper(site, job, frame),
        _edition(site, job, frame),
    )


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
    qr = ""
    if job.paper and site.config.base_url:
        from ankl_i18n.html.qr import qr_svg

        qr = qr_svg(site.address(site.page_path(job.tag, job.name)))
    return html.Edition(
        review=site.review(job.name, frame.language),
        overdue=site.is_overdue(job.name),
        licence=site.config.licence,
        pdfs=_pdfs(site, job.tag, job.name, job.path),
        qr=qr,
    )


def _pdfs(site: Site, tag: str, name: str, path: str) -> tuple[html.Pdf, ...]:
    """Return the links from a page to a leaflet's PDFs for readers."""
    return tuple(
        html.Pdf(relative(target, path), PAPER_LABELS[paper], edition)
        for target, paper, edition in site.linked_pdfs(tag, name)
    )


def _bilingual(site: Site, job: Job) -> str:
    document = site.documents[job.name]
    source, target = (
        Side(site.localized(job.name, spoken), site.surroundings(document, spoken, job.path))
        for spoken in (site.status.source, language(job.tag))
    )
    frame = _on_paper(site, job, html.Frame(target.language))
    return bilingual(source, target, frame, _edition(site, job, frame))


def _proof(site: Site, job: Job) -> str:
    document, target = site.documents[job.name], language(job.tag)
    domain = site.status.domain(site.project.domain(document), target)
    catalog = domain.catalog
    if catalog is None:
        message = f"a proof needs a catalog, and {job.name} has none in {job.tag}"
        raise ValueError(message)
    subject = Subject(catalog, domain.problems, domain.review)
    return proof(subject, document, (site.status.source, target), job.paper)


def _withdrawn(site: Site, job: Job) -> str:
    spoken = language(job.tag)
    frame = site.frame(spoken, job.path, site.tags_of(job.name), f"{job.name}.html")
    tag, _, page = job.leads_to.partition("/")
    address = site.address(job.leads_to)
    notice = html.Notice(
        title_html=_title(site, job.name, spoken),
        href=(address if job.paper else "") or relative(job.leads_to, job.path),
        target=language(tag) if page == f"{job.name}.html" else None,
        address=address,
    )
    edition = LARGE_PRINT if job.edition == LARGE_PRINT else STANDARD
    frame = replace(frame, robots="noindex", paper=job.paper or None, edition=edition, address="")
    return html.withdrawn(frame, site.words(spoken), notice)


def _title(site: Site, name: str, spoken: Language) -> Markup:
    """Return the title of a leaflet as far as it is known, none if it cannot be read."""
    if name not in site.documents:
        return Markup("")
    return Markup(site.card(name, spoken)["title_html"])  # noqa: S704 - made by html.card


# What is printed in an edition, where it is not a leaflet's own page.
PAGES: Final = {BILINGUAL: _bilingual, PROOF: _proof}


def _index(site: Site, job: Job) -> str:
    spoken = language(job.tag)
    tags = [s.tag for s in site.languages() if site.is_published_in(s)]
    frame = replace(site.frame(spoken, job.path, tags, "index.html"), index_href="")
    cards = [_card(site, name, job) for name in site.published(spoken)]
    return html.index(frame, site.words(spoken), cards)


def _card(site: Site, name: str, job: Job) -> html.Card:
    """Return the card of a leaflet in a list of leaflets."""
    spoken = language(job.tag)
    said = site.card(name, spoken)
    return html.Card(
        title_html=Markup(said["title_html"]),  # noqa: S704 - made by html.card
        summary_html=Markup(said["summary_html"]),  # noqa: S704
        href=relative(site.page_path(spoken.tag, name), job.path),
        pdfs=_pdfs(site, spoken.tag, name, job.path),
        lang=spoken.tag,
        dir=spoken.direction,
        missing=said["missing"],
        draft=site.review(name, spoken) == DRAFT,
    )


def _chooser(site: Site, job: Job) -> str:
    source = site.status.source
    frame = replace(site.frame(source, job.path, (), "index.html"), home_href="", index_href="")
    tiles: tuple[list[html.Tile], list[html.Tile]] = ([], [])
    for spoken in site.languages():
        tile = html.Tile(
            tag=spoken.tag,
            endonym=spoken.endonym,
            english=spoken.english,
            dir=spoken.direction,
            href=f"{spoken.tag}/index.html",
            coverage_text="",
            draft=site.is_draft(spoken),
        )
        tiles[not site.is_published_in(spoken)].append(tile)
    return html.chooser(frame, site.words(source), *tiles)


def _coverage(site: Site, _job: Job) -> str:
    site.facts.note("setting", "languages")
    return coverage_page(site.status.rows(site.config.targets), "index.html")


MAKERS: Final[dict[str, Callable[[Site, Job], str]]] = {
    "html": _leaflet,
    "index": _index,
    "chooser": _chooser,
    "coverage": _coverage,
}
