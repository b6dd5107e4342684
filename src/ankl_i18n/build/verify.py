"""The page of each code that was published: it stays for ever, and says what became of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ankl_i18n.build import content as pages
from ankl_i18n.build.jobs import page_path, relative
from ankl_i18n.build.records import Job
from ankl_i18n.build.signed import signed, verify_path
from ankl_i18n.build.surroundings import frame
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.errors import AnklError
from ankl_i18n.html.signed import Signed
from ankl_i18n.html.templating import render
from ankl_i18n.html.verify import Found, differences
from ankl_i18n.languages import Language, UnknownLanguageError, language
from ankl_i18n.review.codes import Code, look_up, published


def codes(project: Project, _languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the page of each code that was ever published, whatever became of its leaflet."""
    known: set[str] = set()
    for act in published(project):
        try:
            language(act.language)
        except UnknownLanguageError:
            continue
        if act.code.isalnum() and act.code not in known:
            known.add(act.code)
            yield Job("verify", verify_path(act.code), act.language, act.leaflet)


def verify(project: Project, job: Job) -> str:
    """Return the page of a code."""
    code = job.path.rpartition("/")[2].removesuffix(".html")
    looked_up = look_up(project, code)
    if looked_up is None:
        raise ValueError(f"nothing was published under {code}")
    lang = language(job.tag)
    state = _state(project, looked_up)
    around = replace(frame(project, lang, job.path, (), ""), robots="noindex")
    is_shown = state in {"current", "replaced"}
    title = pages.summary(project, looked_up.leaflet, looked_up.tag).title_html if is_shown else ""
    shown = Found(
        code=code,
        name=looked_up.leaflet,
        state=state,
        title=title,
        href=relative(page_path(looked_up.tag, looked_up.leaflet), job.path) if is_shown else "",
        newer=_newer(looked_up) if state == "replaced" else "",
        why=_reason(project, looked_up),
        signed=_signed(project, looked_up, state),
        changes=differences(looked_up.published, looked_up.today) if is_shown else (),
        staff=tuple(f"{act.date}: {act.edition} ({act.reviewer})" for act in looked_up.acts),
    )
    return render("verify.html.j2", pages.words(project, job.tag), page=around, found=shown)


def _state(project: Project, code: Code) -> str:
    """Return what became of a text: it is "current", "replaced", "withdrawn", or "held" back."""
    if leaflets.withdrawn(project, code.leaflet) or code.now is None:
        return "withdrawn"
    if not publication.is_published(project, code.leaflet, code.tag):
        return "held"
    return "current" if code.current else "replaced"


def _newer(asked: Code) -> str:
    code = asked.now.code if asked.now else ""
    return Signed((), None, code).shown_code


def _reason(project: Project, code: Code) -> str:
    try:
        return pages.reason(project, code.leaflet, code.tag)
    except AnklError:
        return ""


def _signed(project: Project, code: Code, state: str) -> Signed:
    """Return who has checked the text, as far as it is still that of today."""
    checks = signed(project, code.leaflet, code.tag) if state == "current" else None
    return checks or Signed((), None, code.code)
