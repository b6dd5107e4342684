"""The page of a leaflet as a build would make it, with a translation that is being typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ankl_i18n.build import content, pages
from ankl_i18n.build.jobs import page_files
from ankl_i18n.build.surroundings import surroundings
from ankl_i18n.catalogs import files, leaflets, sites
from ankl_i18n.catalogs.po import Key
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.html.localize import localize
from ankl_i18n.html.surroundings import Surroundings, Target
from ankl_i18n.html.words import Words
from ankl_i18n.languages import Language, language
from ankl_i18n.settings import UI
from ankl_i18n.source import Segment
from ankl_i18n.workbench.names import key_name

# What stands for a picture that is not there: nothing (GIF89a, one transparent pixel).
NO_PICTURE: Final = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b"
)
# Translations that are being typed, by domain and message.
Drafts = dict[tuple[str, "Key"], tuple[str, ...]]


def page(  # noqa: PLR0913 - what is shown, and how
    project: Project, leaflet: str, tag: str, drafts: Drafts | None = None,
    *, marks: bool = True, menu: Sequence[str] | None = None,
) -> str:  # fmt: skip
    """Return a leaflet's page in a language, its texts marked with the names of their messages.

    `menu` are the languages it leads to, None for those it is published in. Without all these it
    is what `build` writes, byte by byte. Raises `RenderError`.
    """
    drafts = drafts or {}
    job = next(page_files(tag, leaflet))
    domain = files.domain_of(project, leaflet)
    document = leaflets.document(project, leaflet)
    sites.refuse(project, document, tag)
    known = publication.translator(project, domain, tag)

    def translate(segment: Segment) -> str | None:
        forms = drafts.get((domain, segment.key))
        return known(segment) if forms is None else forms[0].strip("\n") or None

    local = sites.values(project, tag)
    shown = localize(document, language(tag), project.config.source, translate, local)
    if marks:
        segments = [one for one in document.segments if not one.skip]
        names = {one.slot: key_name(domain, one.key) for one in segments}
        shown = replace(shown, marks=names)
    around = surroundings(project, leaflet, language(tag), job.path)
    words = _words(content.words(project, tag), drafts, marks=marks)
    around = replace(_forgiving(around, language(tag)), words=words)
    menu = content.alternates(project, leaflet) if menu is None else menu
    return pages.page_of(project, job, pages.arranged(project, job, shown), around, menu)


def _forgiving(around: Surroundings, lang: Language) -> Surroundings:
    """Return surroundings in which a link or picture that leads nowhere stops no page.

    A translator who has just mistyped an address must see the rest; the checks tell of it.
    """

    def leaflet(reference: str) -> Target | None:
        return around.leaflet(reference) or Target("#", lang)

    def asset(reference: str) -> tuple[bytes, str] | None:
        return around.asset(reference) or (NO_PICTURE, "missing.gif")

    return replace(around, leaflet=leaflet, asset=asset)


def _words(
    words: Words, drafts: Mapping[tuple[str, Key], tuple[str, ...]], *, marks: bool
) -> Words:
    """Return the interface strings with those that are being typed."""
    typed = {
        key[1]: forms for (domain, key), forms in drafts.items() if domain == UI and any(forms)
    }
    if typed:
        words = replace(words, forms={**words.forms, **typed})
    return replace(words, marks=_Marks()) if marks else words


class _Marks(dict[str, str]):
    """The name of each interface string."""

    def __contains__(self, msgid: object) -> bool:
        return isinstance(msgid, str)

    def __missing__(self, msgid: str) -> str:
        return key_name(UI, (None, msgid))
