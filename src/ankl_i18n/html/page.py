"""Pages of each kind, from localized leaflets."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from ankl_i18n.html.body import body
from ankl_i18n.html.danger import MARK
from ankl_i18n.html.dates import Date
from ankl_i18n.html.linked_data import Facts
from ankl_i18n.html.localize import Localized
from ankl_i18n.html.marks import marked
from ankl_i18n.html.markup import inline_html
from ankl_i18n.html.records import (
    Card,
    Edition,
    Frame,
    Heading,
    LeafletPage,
    Notice,
    Step,
    Tile,
    Way,
)
from ankl_i18n.html.surroundings import Surroundings
from ankl_i18n.html.tables import stacked
from ankl_i18n.html.templating import render
from ankl_i18n.html.words import Words
from ankl_i18n.languages import Language, language
from ankl_i18n.source import Slot
from ankl_i18n.source.active_html import is_script
from ankl_i18n.source.frontmatter import Link, Text, values

# Columns that a table may have in large print; wider ones become lists.
LARGE_COLUMNS = 2


def leaflet(localized: Localized, around: Surroundings, frame: Frame, edition: Edition) -> str:
    """Return the HTML of a leaflet's page. Raises `RenderError` as `body.body` does."""
    page = leaflet_page(localized, around, frame, edition)
    return render("leaflet.html.j2", around.words, page=page)


def index(frame: Frame, words: Words, cards: Sequence[Card]) -> str:
    """Return the list of all leaflets in one language."""
    return render("index.html.j2", words, page=frame, leaflets=cards)


def chooser(frame: Frame, words: Words, tiles: Sequence[Tile], unpublished: Sequence[Tile]) -> str:
    """Return the page on which readers choose their language."""
    return render("chooser.html.j2", words, page=frame, languages=tiles, unpublished=unpublished)


def withdrawn(frame: Frame, words: Words, notice: Notice) -> str:
    """Return the page that is in the place of a leaflet that may no longer be shown."""
    return render("withdrawn.html.j2", words, page=frame, notice=notice)


def not_found(frame: Frame, words: Words, ways: Sequence[Way]) -> str:
    """Return the page that is shown where there is none."""
    return render("notfound.html.j2", words, page=frame, ways=ways)


def accessibility(frame: Frame, words: Words) -> str:
    """Return the page that says how everybody can read the others."""
    return render("accessibility.html.j2", words, page=frame)


def moved(frame: Frame, words: Words, title_html: str, href: str, target: Language) -> str:
    """Return the page at the old address of a leaflet, which leads to its page in a language."""
    shown = Markup(title_html)  # noqa: S704 - made by page.front_html
    plain = shown.striptags()
    return render(
        "moved.html.j2", words, page=frame, title=plain, title_html=shown, href=href, target=target
    )


def reason(localized: Localized) -> Markup:
    """Return why a leaflet was withdrawn, empty if that is not known."""
    known = localized.document.front.withdrawn_because
    return front_html(localized, "withdrawn_because") if known else Markup()


def leaflet_page(
    localized: Localized, around: Surroundings, frame: Frame, edition: Edition
) -> LeafletPage:
    """Return what the template of a leaflet reads. Raises `RenderError` as `body.body` does."""
    front = localized.document.front
    if frame.large_print:
        localized = replace(localized, tokens=tuple(stacked(localized.tokens, LARGE_COLUMNS)))
    html = body(localized, around, skip_title=not front.title.line)
    lead, _, rest = html.rpartition(MARK)
    return LeafletPage(
        frame=frame,
        front={
            name: _shown(localized, name, value, around, frame) for name, _, value in values(front)
        },
        title=localized.plain(front_slot(localized, "title"), front.title.text),
        source_title=localized.source_title,
        toc=_contents(localized),
        lead=Markup(lead),  # noqa: S704
        rest=Markup(rest),  # noqa: S704
        missing=localized.missing,
        licence_html=_in_source(localized, edition.licence),
        facts=_facts(localized, frame, edition),
        of=edition,
    )


def _facts(localized: Localized, frame: Frame, edition: Edition) -> Facts:
    """Return what machines are told of a leaflet's page."""
    front, house = localized.document.front, frame.house
    original = next((one.address for one in frame.alternates if one.x_default), "")
    return Facts(
        title=localized.plain(front_slot(localized, "title"), front.title.text),
        summary=front_html(localized, "summary").striptags(),
        tag=frame.lang,
        address=frame.address,
        original="" if edition.review == "source" else original,
        published=front.published.isoformat() if front.published else "",
        updated=front.updated.isoformat() if front.updated else "",
        version=front.version,
        is_draft=edition.review == "draft",
        is_medical=edition.medical,
        publisher=house.plain_name if house else "",
        publisher_web=house.web if house else "",
    )


def front_slot(localized: Localized, name: str) -> Slot:
    """Return the slot of a field; a title that the front matter lacks is the first heading."""
    sections = localized.document.sections
    if name == "title" and not localized.document.front.title.line and sections:
        return ("block", sections[0].start + 1)
    return ("front", name)


def front_html(localized: Localized, name: str) -> Markup:
    """Return a text of the front matter as HTML, empty where there is none."""
    text, slot = getattr(localized.document.front, name), front_slot(localized, name)
    return _marked(localized, slot, localized.texts.get(slot, text.text if text else ""))


def _shown(localized: Localized, name: str, value: Any, around: Surroundings, frame: Frame) -> Any:
    """Return a field of the front matter as readers see it."""
    if isinstance(value, Text):
        return front_html(localized, name)
    if isinstance(value, datetime.date):
        return Date(value.isoformat(), localized.language.format_date(value))
    if isinstance(value, tuple):
        return tuple(
            Step(
                _item(localized, name, i, link),
                _href(link.href, around, frame),
                language(link.lang) if link.lang else None,
            )
            for i, link in enumerate(value)
        )
    return value


def _item(localized: Localized, name: str, i: int, link: Link) -> Markup:
    return _marked(
        localized, ("front", name, i), localized.texts.get(("front", name, i), link.text.text)
    )


def _marked(localized: Localized, slot: Slot, text: str) -> Markup:
    """Return inline Markdown as HTML, in a span of its own language where it is not the page's."""
    source, lang = localized.source, localized.language
    is_foreign = slot in localized.foreign
    known = localized.reviewed.get(slot)
    html = inline_html(text, source if is_foreign else lang, known)
    shown = Markup(marked(html, localized.marks.get(slot)))  # noqa: S704
    if not is_foreign:
        return shown
    return Markup('<span class="untranslated" lang="{}" dir="{}">{}</span>').format(
        source.tag, source.direction, shown
    )


def _in_source(localized: Localized, text: str) -> Markup:
    """Return a text of the settings, marked with the language that they are written in."""
    source = localized.source
    if localized.language == source or not text.strip():
        return escape(text.strip())
    return Markup('<span lang="{}" dir="{}">{}</span>').format(source.tag, source.direction, text)


def _href(href: str, around: Surroundings, frame: Frame) -> str | None:
    """Return the address that front matter means by `words.md#all`, `index` or an address."""
    if is_script(href):
        return None
    path, hash_mark, fragment = href.partition("#")
    if path.endswith(".md"):
        target = around.leaflet(path.removesuffix(".md"))
        place = "" if target is None or target.is_list else hash_mark + fragment
        return target.href + place if target else None
    return frame.index_href if href == "index" else href or None


def _contents(localized: Localized) -> tuple[Heading, ...]:
    entries = []
    for i, token in enumerate(localized.tokens):
        if token.type == "heading_open" and token.tag == "h2":
            slot = ("block", _source_index(localized, str(token.attrs["id"])))
            entries.append(
                Heading(
                    str(token.attrs["id"]),
                    _marked(localized, slot, localized.tokens[i + 1].content),
                )
            )
    return tuple(entries)


def _source_index(localized: Localized, name: str) -> int:
    """Return the index of a heading's inline token in the source document."""
    return next(s.start + 1 for s in localized.document.sections if s.id == name)
