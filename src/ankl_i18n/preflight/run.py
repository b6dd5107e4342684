"""Which files there are to judge, and judging them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape
from itertools import product
from typing import Final, cast

from ankl_i18n.build import content, last_good
from ankl_i18n.build.house import order
from ankl_i18n.build.jobs import is_shown, jobs, last_good_files, papers, readers_jobs, selected
from ankl_i18n.build.outputs import is_wanted, kind_of
from ankl_i18n.build.records import Job
from ankl_i18n.build.signed import qr_address, signed
from ankl_i18n.build.surroundings import surroundings
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.house import font
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage.problems import links_of
from ankl_i18n.coverage.publication import missing_words
from ankl_i18n.engine.copies import each, processors
from ankl_i18n.errors import SettingsError, Severity
from ankl_i18n.html.editions import PROOF, STANDARD
from ankl_i18n.html.markup import leaflet_reference, page_reference
from ankl_i18n.html.plain_text import TAG, plain_text
from ankl_i18n.html.references import TITLE
from ankl_i18n.html.typography import meanings
from ankl_i18n.languages import language
from ankl_i18n.preflight.reading import Paper
from ankl_i18n.preflight.records import Finding, Kind, Output, Verdict
from ankl_i18n.preflight.table import CHECKS, READERS
from ankl_i18n.preflight.text_checks import unread
from ankl_i18n.settings.publisher.records import merged

DRAFT_NOTICE: Final = "Draft translation"  # templates/leaflet.html.j2
WITHDRAWN_NOTICE: Final = "This leaflet was withdrawn"  # templates/withdrawn.html.j2
USE_NO_MORE: Final = "Do not use it any more, on screen or on paper."
# Texts that a browser or screen reader has, but no page: titles of links, descriptions of
# pictures, what abbreviations mean.
HIDDEN: Final = {"title", "alt", "meaning"}
# More pages than the source's, by this factor, are worth a look.
LONGER: Final = 1.6


def preflight(project: Project, processes: int = 1) -> list[Verdict]:
    """Return what is wrong with the finished files that the project's options name.

    Looked at are all published leaflets as pages and PDFs, and other editions that are there.
    Each of the `processes` judges one file at a time. Raises `SettingsError` if nothing was built.
    """
    outputs = list(_outputs(project))
    if not any(output.file.exists() for output in outputs):
        hint = "build leaflets first: ankl-i18n build"
        raise SettingsError.of("missing", "nothing was built", project.config.build_dir, hint)
    verdicts = each(judge, outputs, copies=min(processes, processors()) - 1)
    return sorted(compared(verdicts), key=lambda verdict: verdict.output.path)


def _outputs(project: Project) -> Iterator[Output]:
    """Yield the files to judge: all that readers must find, and other editions made."""
    with project.traced():
        for job in jobs(project, all_kinds=True):
            if job.kind not in READERS:
                continue
            is_asked = is_wanted(project, kind_of(job).format) and job.edition in ("", STANDARD)
            output = output_of(project, job)
            if is_asked or output.file.exists():
                yield output
        yield from _notices(project)


def _notices(project: Project) -> Iterator[Output]:
    """Yield the files that must say that their leaflet is no longer shown.

    Those of a leaflet that its publisher has withdrawn must be there, too.
    """
    drafts = last_good.drafts(project)
    for name, lang in product(leaflets.names(project), selected(project)):
        if is_shown(project, name, lang.tag):
            continue
        left = last_good_files(project, lang.tag, name)
        for job in readers_jobs(lang.tag, name):
            must_be = bool(leaflets.withdrawn(project, name)) and _is_usual(project, job)
            exists = (project.build_root / job.path).exists() and job.path not in drafts
            if job.kind in READERS and job.path not in left and (must_be or exists):
                yield _notice(project, job)


def _is_usual(project: Project, job: Job) -> bool:
    """Tell whether a build makes a file unless it is told otherwise."""
    usual = not job.paper or (job.paper in papers(project) and job.edition == STANDARD)
    return usual and bool(kind_of(job).notice)


def _notice(project: Project, job: Job) -> Output:
    """Return what the notice of a leaflet should be that is no longer shown."""
    words = content.words(project, job.tag)
    for_good = leaflets.withdrawn(project, job.name)
    reason = content.reason(project, job.name, job.tag) if for_good else ""
    texts = (words.attribute(USE_NO_MORE) if for_good else "", unescape(TAG.sub("", reason)))
    return replace(
        _file(project, job),
        title=words.attribute(WITHDRAWN_NOTICE),
        messages=tuple(filter(None, texts)),
        alternates=content.alternates(project, job.name),
        withdrawn=words.attribute(WITHDRAWN_NOTICE),
    )


def output_of(project: Project, job: Job) -> Output:
    """Return what the file of a job should be."""
    document = leaflets.document(project, job.name)
    localized = content.localized(project, job.name, job.tag)
    wanted = (piece for piece in document.segments if piece.slot[0] not in HIDDEN)
    texts = (plain_text(localized, segment) for segment in wanted)
    return replace(
        _file(project, job),
        title=localized.plain(("front", "title")),
        messages=() if job.edition == PROOF else tuple(dict.fromkeys(filter(None, texts))),
        is_draft=content.review(project, job.name, job.tag) == "draft",
        explained=tuple(meanings(localized).values()),
        references=references(project, job.name, job.tag) if job.paper else (),
        address=qr_address(project, job.name, job.tag) if job.kind == "pdf" else "",
        signed=_signed(project, job),
        alternates=content.alternates(project, job.name),
        order=_order(project, job),
    )


def _signed(project: Project, job: Job) -> tuple[str, ...]:
    """Return what a file says of its review: the days, and what these are worth now."""
    block = signed(project, job.name, job.tag)
    if block is None or job.edition == PROOF:
        return ()
    words = content.words(project, job.tag)
    rows = [*block.rows, *([block.until] if block.until else [])]
    notes = (words.attribute(row.note) for row in rows if row.note)
    labels = (words.attribute(row.label) for row in rows)
    texts = (block.shown_code, *labels, *(row.day.text for row in rows), *notes)
    return tuple(dict.fromkeys(texts))


def _file(project: Project, job: Job) -> Output:
    """Return what the file of a job should be, whatever it says."""
    file, lang = project.build_root / job.path, language(job.tag)
    return Output(
        file=file,
        path=os.path.relpath(file),
        kind=cast("Kind", job.kind),
        language=lang,
        source=project.config.source,
        name=job.name,
        title="",
        messages=(),
        notice=content.words(project, job.tag).attribute(DRAFT_NOTICE),
        is_draft=False,
        foreign=() if lang == project.config.source else missing_words(project, job.tag),
        publisher=_published_by(project, job),
        fonts=_fonts(project),
        paper=job.paper,
        edition=job.edition,
    )


def references(project: Project, name: str, tag: str) -> tuple[str, ...]:
    """Return what is printed after links of a leaflet; `references.PAGE` stands for a number."""
    words, around = content.words(project, tag), surroundings(project, name, language(tag), ".pdf")
    references = [page_reference(words)]
    for address in sorted(links_of(project, name).addresses):
        target = around.leaflet(address.partition("#")[0].removesuffix(".md"))
        if target and target.title_html:
            title = unescape(TAG.sub("", target.title_html))
            references.append(leaflet_reference(words).replace(TITLE, title))
    return tuple(dict.fromkeys(references))


def _published_by(project: Project, job: Job) -> tuple[str, ...]:
    """Return the texts of the publisher that must be in a file, in its language."""
    publisher = project.config.publisher
    if not publisher:
        return ()
    words = content.house_words(project, job.tag)
    helpline, _ = merged(publisher.helpline, job.tag)
    texts = filter(None, (publisher.name, publisher.disclaimer, publisher.imprint))
    return (*map(words.attribute, texts), *filter(None, [helpline.telephone]))


def _fonts(project: Project) -> tuple[str, ...]:
    """Return the families of the publisher's own fonts."""
    paths = dict.fromkeys(p for some in project.config.publisher.fonts.values() for p in some)
    return tuple(font(project, path)[0].family for path in paths)


def _order(project: Project, job: Job) -> str:
    """Return what the barcode of a PDF says, "" if it has none."""
    ordered = order(project, job.name, job.tag, job.paper) if job.paper else None
    return ordered.number if ordered and project.config.publisher.barcode else ""


def judge(output: Output) -> Verdict:
    """Return what is wrong with a file."""
    hint = "build it: ankl-i18n build"
    if not output.file.is_file():
        missing = Finding("missing", Severity.ERROR, 0, "this file was not built", hint)
        return Verdict(output, (missing,))
    try:
        return _judged(output)
    except Exception as wrong:  # whatever libraries make of bytes that are no page and no PDF
        message = f"this file is damaged: {type(wrong).__name__}: {wrong}"
        return Verdict(output, (Finding("damaged", Severity.ERROR, 0, message, hint),))


def _judged(output: Output) -> Verdict:
    """Return what is wrong with a file that is there."""
    read = READERS[output.kind](output)
    checks = [
        check for check in CHECKS if check.kind == output.kind and output.edition in check.editions
    ]
    findings = tuple(finding for check in checks for finding in check.run(read))
    is_read = any(check.name == "text" for check in checks)
    return Verdict(
        output,
        findings,
        pages=len(read.objects.pages) if isinstance(read, Paper) else 0,
        size=output.file.stat().st_size,
        wanted=len(output.messages) if is_read else 0,
        read=len(output.messages) - len(unread(read)) if is_read else 0,
    )


def compared(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Yield the verdicts, with a warning for PDFs much longer than those of the source."""
    verdicts = list(verdicts)
    lengths = {
        _place(verdict.output): verdict.pages
        for verdict in verdicts
        if verdict.output.language == verdict.output.source
    }
    for verdict in verdicts:
        usual = lengths.get(_place(verdict.output), 0)
        if usual and verdict.pages > usual * LONGER:
            message = f"it has {verdict.pages} pages; in the source language it has {usual}"
            hint = "look for text that is set too large, or a translation that is too long"
            longer = Finding("pages", Severity.WARNING, 0, message, hint)
            yield replace(verdict, findings=(*verdict.findings, longer))
        else:
            yield verdict


def _place(output: Output) -> tuple[str, str, str]:
    return output.name, output.paper, output.edition
