"""The HTML of pages, on the web or before they go to paper: functions of `build.outputs`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from markupsafe import Markup

from ankl_i18n.build import content
from ankl_i18n.build.house import house, order
from ankl_i18n.build.jobs import address, linked_book, linked_pdfs, listed, page_path, relative
from ankl_i18n.build.records import Job
from ankl_i18n.build.signed import is_unsafe, qr_address, signed
from ankl_i18n.build.surroundings import frame as frame_of
from ankl_i18n.build.surroundings import surroundings
from ankl_i18n.catalogs import files, glossary, leaflets, sites
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.coverage.publication import DRAFT
from ankl_i18n.coverage.rows import rows
from ankl_i18n.errors import RenderError
from ankl_i18n.html import page as html
from ankl_i18n.html.bilingual import Side, bilingual
from ankl_i18n.html.danger import danger_first
from ankl_i18n.html.editions import BILINGUAL, LARGE_PRINT, PRINT_SHOP, PROOF, STANDARD
from ankl_i18n.html.localize import Localized
from ankl_i18n.html.order import alphabetical
from ankl_i18n.html.proof import Subject, proof
from ankl_i18n.html.qr import qr_svg
from ankl_i18n.html.records import Card, Edition, Frame, Notice, Pdf, Tile
from ankl_i18n.html.surroundings import Surroundings
from ankl_i18n.languages import language
from ankl_i18n.report.html import coverage_page
from ankl_i18n.settings import SETTINGS_FILE
from ankl_i18n.settings.publisher.printing import FIRST, PrintShop

# The day of a text that does not tell when it was changed.
UNDATED: Final = datetime.date(2000, 1, 1)
PAPER_LABELS: Final = {"a4": "A4", "letter": "Letter"}


def leaflet(project: Project, job: Job) -> str:
    """Return the page of a leaflet."""
    around = surroundings(project, job.name, language(job.tag), job.path)
    tags = content.alternates(project, job.name)
    return page_of(project, job, localized(project, job, job.tag), around, tags)


def page_of(
    project: Project, job: Job, shown: Localized, around: Surroundings, tags: Sequence[str]
) -> str:
    """Return the page that shows a localized leaflet and leads to it in other languages."""
    frame = frame_of(project, language(job.tag), job.path, tags, f"{job.name}.html")
    return html.leaflet(shown, around, _on_paper(project, job, frame), _edition(project, job))


def localized(project: Project, job: Job, tag: str) -> Localized:
    """Return a leaflet in a language. Raises `RenderError` if a fact of the site is missing."""
    document = leaflets.document(project, job.name)
    sites.refuse(project, document, tag)
    return arranged(project, job, content.localized(project, job.name, tag))


def arranged(project: Project, job: Job, localized: Localized) -> Localized:
    """Return a localized leaflet in the order in which an edition shows it."""
    document = localized.document
    if job.edition != BILINGUAL:  # where each text is beside its translation
        localized = alphabetical(localized)
    if not job.paper or (document.front.danger or project.config.print.danger) != FIRST:
        return localized
    return replace(localized, tokens=tuple(danger_first(localized.tokens)))


def _on_paper(project: Project, job: Job, frame: Frame) -> Frame:
    """Return the frame of a PDF: its address is that of the page."""
    if not job.paper:
        return frame
    return replace(
        frame,
        paper=job.paper,
        edition=job.edition,
        address=address(project, page_path(job.tag, job.name)),
        house=house(project, job.tag, paper=True),
        bleed=project.config.print.bleed if job.edition == PRINT_SHOP else 0,
    )


def _edition(project: Project, job: Job) -> Edition:
    is_coded = job.paper and project.config.base_url
    return replace(
        standard(project, job),
        pdfs=_pdfs(project, job.tag, job.name, job.path),
        qr=qr_svg(qr_address(project, job.name, job.tag)) if is_coded else "",
        epub=_epub(project, job.tag, job.name, job.path),
    )


def standard(project: Project, job: Job) -> Edition:
    """Return what every edition says of a leaflet."""
    return Edition(
        review=content.review(project, job.name, job.tag),
        overdue=content.is_overdue(project, job.name),
        licence=project.config.licence,
        pdfs=(),
        order=order(project, job.name, job.tag, job.paper),
        medical=project.config.front_matter == "leaflet",
        signed=signed(project, job.name, job.tag),
        unsafe=is_unsafe(project, job.name, job.tag),
    )


def _epub(project: Project, tag: str, name: str, path: str) -> str:
    """Return the link from a page to a leaflet's e-book, "" if there is none."""
    target = linked_book(project, tag, name)
    return relative(target, path) if target else ""


def _pdfs(project: Project, tag: str, name: str, path: str) -> tuple[Pdf, ...]:
    """Return the links from a page to a leaflet's PDFs for readers."""
    return tuple(
        Pdf(relative(target, path), PAPER_LABELS[paper], edition)
        for target, paper, edition in linked_pdfs(project, tag, name)
    )


def _bilingual(project: Project, job: Job) -> str:
    source, target = (
        Side(
            localized(project, job, lang.tag),
            surroundings(project, job.name, lang, job.path),
        )
        for lang in (project.config.source, language(job.tag))
    )
    frame = Frame(target.language, (source.language.tag,))
    frame = _on_paper(project, job, frame)
    return bilingual(source, target, frame, _edition(project, job))


def _proof(project: Project, job: Job) -> str:
    domain = files.domain_of(project, job.name)
    catalog = publication.catalog_of(project, domain, job.tag)
    if catalog is None:
        raise ValueError(f"a proof needs a catalog, and {job.name} has none in {job.tag}")
    problems = publication.catalog_problems(project, domain, job.tag)
    subject = Subject(
        catalog, problems, publication.review_state(project, domain, job.tag),
        glossary.entries(project, job.tag),
    )  # fmt: skip
    languages = project.config.source, language(job.tag)
    return proof(subject, leaflets.document(project, job.name), languages, job.paper)


def on_paper(project: Project, job: Job) -> str:
    """Return the page that is printed as a PDF."""
    if job.edition == PRINT_SHOP:
        print_shop(project, job)
    return EDITIONS.get(job.edition, leaflet)(project, job)


def print_shop(project: Project, job: Job) -> PrintShop:
    """Return what the print-shop asks for. Raises `RenderError` without a profile that is one."""
    from ankl_i18n.pdf.print_shop import refuse

    asked = project.config.print
    if not asked.profile:
        hint = f'set it in {SETTINGS_FILE}: [tool.ankl_i18n.print], profile = "FILE.icc"'
        message = "the edition print-shop needs an ICC profile"
        raise RenderError.of("print-shop", message, SETTINGS_FILE, hint)
    path = project.root / asked.profile
    if not project.depend_on_file(path):
        hint = "ask the print shop for the profile of its press and paper, and save it there"
        message = "the settings name an ICC profile that does not exist"
        raise RenderError.of("print-shop", message, asked.profile, hint)
    data = path.read_bytes()
    refuse(data, asked.profile)
    front = leaflets.document(project, job.name).front
    day = front.updated or front.published or UNDATED
    return PrintShop(data, asked.condition, day.isoformat())


# What is printed in an edition, where it is not a leaflet's own page.
EDITIONS: Final = {BILINGUAL: _bilingual, PROOF: _proof}


def withdrawn(project: Project, job: Job) -> str:
    """Return the notice that a leaflet was withdrawn, which leads readers on."""
    lang = language(job.tag)
    tags = content.alternates(project, job.name)
    frame = frame_of(project, lang, job.path, tags, f"{job.name}.html")
    for_good = bool(leaflets.withdrawn(project, job.name))
    tag, _, page = job.leads_to.partition("/")
    online = address(project, job.leads_to)
    known = leaflets.is_readable(project, job.name)
    title = content.summary(project, job.name, job.tag).title_html if known else ""
    notice = Notice(
        title_html=Markup(title),  # noqa: S704 - made by page.front_html
        href=(online if job.paper else "") or relative(job.leads_to, job.path),
        target=language(tag) if page == f"{job.name}.html" else None,
        address=online,
        for_good=for_good,
        reason=Markup(content.reason(project, job.name, job.tag) if for_good else ""),  # noqa: S704
    )
    edition = LARGE_PRINT if job.edition == LARGE_PRINT else STANDARD
    frame = replace(frame, robots="noindex", paper=job.paper or None, edition=edition, address="")
    return html.withdrawn(frame, content.words(project, job.tag), notice)


def index(project: Project, job: Job) -> str:
    """Return the list of leaflets in a language."""
    lang = language(job.tag)
    tags = [s.tag for s in project.languages() if content.is_published_in(project, s.tag)]
    frame = replace(frame_of(project, lang, job.path, tags, "index.html"), index_href="")
    cards = [_card(project, name, job) for name in listed(project, job.tag)]
    return html.index(frame, content.words(project, job.tag), cards)


def _card(project: Project, name: str, job: Job) -> Card:
    """Return the card of a leaflet in a list of leaflets."""
    lang = language(job.tag)
    summary = content.last_summary(project, name, job.tag)
    return Card(
        title_html=Markup(summary.title_html),  # noqa: S704 - made by page.front_html
        summary_html=Markup(summary.summary_html),  # noqa: S704
        href=relative(page_path(job.tag, name), job.path),
        pdfs=_pdfs(project, job.tag, name, job.path),
        lang=lang.tag,
        dir=lang.direction,
        missing=summary.missing,
        draft=content.review(project, name, job.tag) == DRAFT,
        epub=_epub(project, job.tag, name, job.path),
    )


def chooser(project: Project, job: Job) -> str:
    """Return the page on which readers choose their language."""
    source = project.config.source
    frame = frame_of(project, source, job.path, (), "index.html")
    tiles: tuple[list[Tile], list[Tile]] = ([], [])
    for lang in project.languages():
        tile = Tile(
            tag=lang.tag,
            endonym=lang.endonym,
            english=lang.english,
            dir=lang.direction,
            href=f"{lang.tag}/index.html",
            draft=content.is_draft(project, lang.tag),
        )
        tiles[not content.is_published_in(project, lang.tag)].append(tile)
    bare = replace(frame, home_href="", index_href="")
    return html.chooser(bare, content.words(project, source.tag), *tiles)


def coverage(project: Project, _job: Job) -> str:
    """Return the report of coverage."""
    return coverage_page(rows(project, project.config.targets), "index.html")
