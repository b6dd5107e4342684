"""The feed of a language: leaflets that changed or were withdrawn, as Atom (RFC 4287).

Its days are those of the leaflets' front matter, so that the same leaflets make the same feed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from ankl_i18n.build import content
from ankl_i18n.build.jobs import INDEX, address, is_listed, page_path
from ankl_i18n.build.records import Job
from ankl_i18n.build.xml import ATOM, document
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.engine.queries import query
from ankl_i18n.languages import Language, language
from ankl_i18n.source.fields import BLANK

# So many leaflets are in a feed, the newest first.
NEWEST: Final = 100
TITLE: Final = "Leaflets for patients and families"
WITHDRAWN: Final = "This leaflet was withdrawn"
# What is in a feed for a fact that is written by hand.
GAP: Final = "…"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A leaflet that changed or was withdrawn, and on which day (ISO 8601)."""

    day: str
    name: str
    withdrawn: bool


def feed_path(tag: str) -> str:
    """Return the path of the feed of a language."""
    return f"{tag}/feed.xml"


def feeds(project: Project, languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the feed of each language."""
    for lang in languages:
        if has_feed(project, lang.tag):
            yield Job("feed", feed_path(lang.tag), lang.tag)


@query
def has_feed(project: Project, tag: str) -> bool:
    """Tell whether there is a feed of a language: addresses are known, and some day."""
    if not project.config.base_url or language(tag).is_pseudo:
        return False
    return any(_entry(project, name, tag) for name in leaflets.names(project))


def entries(project: Project, tag: str) -> list[Entry]:
    """Return what is in the feed of a language, the newest first."""
    known = (_entry(project, name, tag) for name in leaflets.names(project))
    by_name = sorted(filter(None, known), key=lambda entry: entry.name)
    return sorted(by_name, key=lambda entry: entry.day, reverse=True)[:NEWEST]


def _entry(project: Project, name: str, tag: str) -> Entry | None:
    withdrawn = leaflets.withdrawn(project, name)
    day = withdrawn or leaflets.leaflet(project, name).changed
    if day and (withdrawn or is_listed(project, name, tag)):
        with suppress(ValueError):  # a day in a leaflet that cannot be read may be none
            datetime.date.fromisoformat(day)
            return Entry(day, name, bool(withdrawn))
    return None


def feed(project: Project, job: Job) -> bytes:
    """Return the feed of a language."""
    words = content.words(project, job.tag)
    newest = entries(project, job.tag)
    root = Element("feed", {**ATOM, "xml:lang": job.tag})
    own = address(project, job.path)
    _text(root, "id", own)
    _text(root, "title", words.attribute(TITLE))
    _text(root, "updated", _moment(newest[0].day))
    _link(root, "self", own)
    _link(root, "alternate", address(project, page_path(job.tag, INDEX)))
    _text(SubElement(root, "author"), "name", _author(project, job.tag))
    _text(root, "generator", "ankl-i18n")
    for entry in newest:
        _add(root, project, entry, job.tag)
    return document(root)


def _author(project: Project, tag: str) -> str:
    publisher = project.config.publisher
    if not publisher:
        return project.config.name
    return content.house_words(project, tag).attribute(publisher.name)


def _add(root: Element, project: Project, entry: Entry, tag: str) -> None:
    """Add a leaflet to a feed."""
    href = address(project, page_path(tag, entry.name))
    texts = content.last_summary(project, entry.name, tag)
    title, summary = texts.title_html, texts.summary_html
    if entry.withdrawn:
        notice = content.words(project, tag).attribute(WITHDRAWN)
        title = f"{escape(notice)}: {title}"
        summary = content.reason(project, entry.name, tag)
    element = SubElement(root, "entry")
    _text(element, "id", href)
    _text(element, "title", title, "html")
    _text(element, "updated", _moment(entry.day))
    _link(element, "alternate", href)
    if summary:
        _text(element, "summary", summary, "html")


def _text(parent: Element, name: str, text: str, kind: str = "") -> None:
    element = SubElement(parent, name, {"type": kind} if kind else {})
    element.text = text.replace(BLANK, GAP)


def _link(parent: Element, relation: str, href: str) -> None:
    SubElement(parent, "link", {"rel": relation, "href": href})


def _moment(day: str) -> str:
    """Return the beginning of a day in UTC (RFC 3339)."""
    return f"{day}T00:00:00Z"
