"""What a page says: a leaflet in a language, the interface strings, what lists say of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.build.jobs import is_listed, listed, page_path
from ankl_i18n.build.wording import text
from ankl_i18n.catalogs import files, leaflets, sites
from ankl_i18n.catalogs.project import Project, today
from ankl_i18n.coverage import publication
from ankl_i18n.coverage.publication import DRAFT
from ankl_i18n.engine.cache import LASTING, digest_of
from ankl_i18n.engine.codec import decode
from ankl_i18n.engine.queries import memory_query, name_of, query
from ankl_i18n.html.words import Words
from ankl_i18n.languages import Language, language
from ankl_i18n.languages.pseudo import pseudo

if TYPE_CHECKING:
    from ankl_i18n.html.localize import Localized

RECENT = 64
# What lists say of a leaflet, kept as long as its last good page.
SUMMARY: Final = f"{LASTING} summary"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list of leaflets says of one (HTML), and how many of these are not translated."""

    title_html: str
    summary_html: str
    missing: int


def localized(project: Project, name: str, tag: str) -> Localized:
    """Return a leaflet in a language."""
    from ankl_i18n.html.localize import localize

    return _localized(project, localize, name, tag)


def _localized(
    project: Project, localize: Callable[..., Localized], name: str, tag: str
) -> Localized:
    document = leaflets.document(project, name)
    text(project, name, tag)
    local = sites.values(project, tag)
    with project.traced():  # the text is all that counts
        translate = publication.translator(project, files.domain_of(project, name), tag)
        return localize(document, language(tag), project.config.source, translate, local)


def words(project: Project, tag: str) -> Words:
    """Return the interface strings in a language."""
    words_digest(project, tag)
    with project.traced():
        return _words(project, tag)


def house_words(project: Project, tag: str) -> Words:
    """Return the publisher's texts in a language."""
    from ankl_i18n.catalogs.usable import may_be_shown

    lang, source = language(tag), project.config.source
    if lang.is_pseudo:
        return Words(lang, source, _Pseudo(lang), lambda _: 0)
    catalog = publication.catalog_of(project, files.publisher_domain(project), tag)
    entries = filter(may_be_shown, catalog.entries if catalog else ())
    return Words(lang, source, {entry.msgid: entry.forms for entry in entries}, lambda _: 0)


@query
def words_digest(project: Project, tag: str) -> str:
    """Return the digest of the interface strings in a language."""
    rules = [catalog.headers.get("Plural-Forms") for catalog in files.ui_catalogs(project, tag)]
    interface = _words(project, tag)
    return _digest([interface.forms, rules, sorted(interface.drafts)])


@memory_query(RECENT)
def _words(project: Project, tag: str) -> Words:
    from ankl_i18n.catalogs.po import parse_plural_forms
    from ankl_i18n.catalogs.template import is_reviewed
    from ankl_i18n.catalogs.usable import may_be_shown

    lang, english = language(tag), language("en")
    if lang.is_pseudo:
        return Words(lang, english, _Pseudo(lang), lambda n: int(n != 1))
    plural = parse_plural_forms(lang.plural_forms).index
    forms: dict[str, tuple[str, ...]] = {}
    plurals: dict[str, Callable[[int], int]] = {}
    drafts: set[str] = set()
    for catalog in reversed(files.ui_catalogs(project, tag)):
        rule = catalog.headers.get("Plural-Forms") or lang.plural_forms
        index = parse_plural_forms(rule).index
        for entry in filter(may_be_shown, catalog.entries):
            forms[entry.msgid], plurals[entry.msgid] = entry.forms, index
            (drafts.discard if is_reviewed(catalog) else drafts.add)(entry.msgid)
    return Words(lang, english, forms, plural, plurals, drafts)


def review(project: Project, name: str, tag: str) -> str:
    """Return the state of review of a leaflet: "source", "draft" or "reviewed"."""
    if tag == project.config.source.tag:
        return "source"
    return publication.review_of_leaflet(project, name, tag)


@query
def is_overdue(project: Project, name: str) -> bool:
    """Tell whether the day of a leaflet's next check is past."""
    due = leaflets.leaflet(project, name).due
    return due is not None and today(project) > due


@query
def summary(project: Project, name: str, tag: str) -> Summary:
    """Return what a list of leaflets says of one."""
    from ankl_i18n.html import page
    from ankl_i18n.html.localize import localize_texts

    texts = _localized(project, localize_texts, name, tag)
    title, about = (str(page.front_html(texts, name)) for name in ("title", "summary"))
    return Summary(title, about, texts.missing)


def last_summary(project: Project, name: str, tag: str) -> Summary:
    """Return what a list of leaflets says of one, or last said if it can no longer be read."""
    if leaflets.is_readable(project, name):
        return summary(project, name, tag)
    last = project.last(name_of(SUMMARY, project.place(page_path(tag, name))))
    return decode(Summary, last) if last else Summary(escape(name), "", 0)


def remember_summary(project: Project, name: str, tag: str) -> None:
    """Keep what lists say of a leaflet whose page was just made, for as long as it stays."""
    with project.traced():
        place = project.place(page_path(tag, name))
        project.keep(name_of(SUMMARY, place), summary(project, name, tag), {})


@query
def reason(project: Project, name: str, tag: str) -> str:
    """Return why a leaflet was withdrawn (HTML), "" if that is not known."""
    from ankl_i18n.html import page
    from ankl_i18n.html.localize import localize_texts

    if not leaflets.is_readable(project, name):
        return ""
    return str(page.reason(_localized(project, localize_texts, name, tag)))


@query
def is_published_in(project: Project, tag: str) -> bool:
    """Tell whether any leaflet is published in a language."""
    return bool(listed(project, tag))


@query
def is_draft(project: Project, tag: str) -> bool:
    """Tell whether any leaflet that is published in a language is a draft."""
    names = listed(project, tag)
    return any(review(project, name, tag) == DRAFT for name in names)


@query
def alternates(project: Project, name: str) -> tuple[str, ...]:
    """Return the languages that a leaflet is published in; if withdrawn, those that say so."""
    tags = (lang.tag for lang in project.languages())
    if leaflets.withdrawn(project, name):
        return tuple(tags)
    return tuple(tag for tag in tags if is_listed(project, name, tag))


class _Pseudo(dict[str, tuple[str, ...]]):
    """Every msgid, disguised when asked for."""

    def __init__(self, lang: Language) -> None:
        super().__init__()
        self.lang = lang

    def get(self, msgid: str, _default: object = None) -> tuple[str, ...]:
        return (pseudo(msgid, self.lang),)


def _digest(value: Any) -> str:
    return digest_of(json.dumps(value, ensure_ascii=False))
