"""Pages: the records that page templates read, and the rendering of each kind of page."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, cast

from jinja2 import (
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
)
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from ankl_i18n.errors import AnklError, Location, RenderError, error
from ankl_i18n.html.body import body
from ankl_i18n.html.danger import MARK
from ankl_i18n.html.dates import Date
from ankl_i18n.html.editions import LARGE_PRINT, STANDARD
from ankl_i18n.html.linked_data import Facts, linked_data, open_graph
from ankl_i18n.html.marks import marked
from ankl_i18n.html.markup import Surroundings, inline_html, with_lines
from ankl_i18n.html.signed import Signed
from ankl_i18n.html.tables import stacked
from ankl_i18n.languages import language
from ankl_i18n.languages.pseudo import RTL_FONT
from ankl_i18n.languages.style_sheet import more, symbols
from ankl_i18n.source.active_html import is_script
from ankl_i18n.source.frontmatter import Link, Text, values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ankl_i18n.html.house import House
    from ankl_i18n.html.localize import Localized
    from ankl_i18n.html.words import Words
    from ankl_i18n.languages import Language
    from ankl_i18n.source import Slot

STYLES = ("leaflet", "scripts")
PAGED_STYLES = (*STYLES, "paged", "editions")
# What a browser may do for a page: show its own styles, and pictures that are inside it. Nothing
# is fetched, run, opened within it or sent (CSP Level 3; `<meta>`: HTML 4.2.5.3).
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'"
)
# How a page begins, in front of its policy: nothing that a browser shows or runs.
BEGINNING = re.compile(
    r"""\s*<!DOCTYPE html>\s*<html(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?>\s*<head>""", re.IGNORECASE
)
# The name under which a publisher's templates find those of this package.
PACKAGE = "ankl_i18n"
# Columns that a table may have in large print; wider ones become lists.
LARGE_COLUMNS = 2
# How much of a title runs on top of pages, in letters of usual width: they fit on a line.
RUNNING = 80
# What lies at the edge of the first page goes beyond it, for a print-shop (paged.css).
BLEED = """
@page {{ bleed: {0}mm; }}
.print-shop .cover {{ margin-block-start: -{0}mm; margin-inline: -{1}mm; padding-inline: {1}mm; }}
.print-shop .cover {{ border-block-start-width: {2}mm; }}
"""


@dataclass(frozen=True, slots=True)
class Step:
    """A link of the front matter: its text and its address (None: it leads nowhere).

    `language` is that of a text which is not in the page's.
    """

    text: Markup
    href: str | None
    language: Language | None = None

    @property
    def html(self) -> Markup:
        """The text, in a span of its language where that is not the page's."""
        return self._marked(self.text)

    @property
    def linked(self) -> Markup:
        """The text as a link, if it leads anywhere."""
        link = Markup('<a href="{}">{}</a>').format(self.href, self.text)
        return self._marked(link if self.href else self.text)

    def _marked(self, html: Markup) -> Markup:
        if self.language is None:
            return html
        own = self.language
        return Markup('<span lang="{}" dir="{}">{}</span>').format(own.tag, own.direction, html)


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents."""

    id: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in one of its languages.

    `href` leads there from this page; `address` is its place on the web, "" where nobody knows it.
    """

    tag: str
    endonym: str
    dir: str
    href: str
    current: bool
    x_default: bool
    address: str = ""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A link to a PDF of an edition, `label` being its paper size."""

    href: str
    label: str
    edition: str = STANDARD

    @property
    def large_print(self) -> bool:
        """Whether it is set in large type."""
        return self.edition == LARGE_PRINT


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has: its language, its look, its publisher and its neighbours.

    `paper` is None for a web page, "a4" or "letter" for a PDF; `edition` is one of
    `editions.EDITIONS`. Addresses are relative. `other_languages` are the tags of those that
    have a word in the page.
    """

    language: Language
    other_languages: tuple[str, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    home_href: str = ""
    index_href: str = ""
    address: str = ""
    feed_href: str = ""
    search_href: str = ""
    accessibility_href: str = ""
    robots: str = ""
    paper: str | None = None
    edition: str = STANDARD
    house: House | None = None
    bleed: float = 0

    @property
    def large_print(self) -> bool:
        """Whether the page is set in large type."""
        return self.edition == LARGE_PRINT

    @property
    def lang(self) -> str:
        """The page's BCP 47 tag."""
        return self.language.tag

    @property
    def dir(self) -> str:
        """The page's direction, "ltr" or "rtl"."""
        return self.language.direction

    @property
    def css(self) -> Markup:
        """The style sheets that the page needs, in their order."""
        letters = more(frozenset((self.lang, *self.other_languages)))
        sheets = style_sheets(PAGED_STYLES if self.paper else STYLES, letters)
        if self.language.is_pseudo:
            sheets += symbols(RTL_FONT)
        if self.bleed:
            sheets += BLEED.format(self.bleed, 20 + self.bleed, 8 + self.bleed)
        return Markup(sheets)  # noqa: S704

    @property
    def house_css(self) -> Markup:
        """The publisher's look: another style sheet, for the first one is that of all pages."""
        if not self.house:
            return Markup()
        return Markup(f"{style_sheets(('publisher',))}\n{self.house.css}")  # noqa: S704


@dataclass(frozen=True, slots=True)
class LeafletPage:
    """A leaflet as the template `leaflet.html.j2` reads it; see the template for each field.

    `lead` is the part of the text that is before all else, `rest` the other. `front` are the
    fields of the front matter by name; the title is plain text in `title`.
    """

    frame: Frame
    front: Mapping[str, Any]
    title: str
    source_title: str
    toc: tuple[Heading, ...]
    lead: Markup
    rest: Markup
    review: str
    missing: int
    overdue: bool
    pdfs: tuple[Pdf, ...]
    qr: Markup
    licence_html: Markup
    order: Order | None
    facts: Facts
    epub: str
    signed: Signed | None
    unsafe: bool

    def __getattr__(self, name: str) -> Any:
        """Templates read the fields of the front matter and of the frame as the page's own."""
        front = object.__getattribute__(self, "front")
        return front[name] if name in front else getattr(self.frame, name)

    @property
    def title_html(self) -> Markup:
        """The title."""
        return cast("Markup", self.front["title"])

    @property
    def body(self) -> Markup:
        """The whole text."""
        return self.lead + self.rest

    @property
    def trail(self) -> tuple[Step, ...]:
        """The trail; its last step is the leaflet itself."""
        steps = self.front["trail"]
        return (*steps, Step(self.title_html, None)) if steps else ()

    @property
    def linked_data(self) -> Markup:
        """What machines are told of the page: schema.org, as JSON that is safe in HTML."""
        return Markup(linked_data(self.facts))  # noqa: S704 - without any < or &

    @property
    def shared(self) -> tuple[tuple[str, str], ...]:
        """What is shown of the page where its address is shared (Open Graph)."""
        return open_graph(self.facts)

    @property
    def draft(self) -> bool:
        """Whether no professional has reviewed the translation."""
        return self.review == "draft"

    @property
    def running_html(self) -> Markup:
        """The title as it runs on top of pages; of a long one what fits on a line."""
        short = shortened(self.title, RUNNING)
        return self.title_html if short == self.title else escape(short)


@dataclass(frozen=True, slots=True)
class Order:
    """The number under which a leaflet is ordered, and its barcode as SVG (may be empty)."""

    number: str
    code: Markup | str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A leaflet in a list of leaflets."""

    title_html: Markup
    summary_html: Markup
    href: str
    pdfs: tuple[Pdf, ...]
    lang: str
    dir: str
    missing: int
    draft: bool
    epub: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A language in the list of languages."""

    tag: str
    endonym: str
    english: str
    dir: str
    href: str
    draft: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader is told instead of a leaflet that was withdrawn.

    `title_html` is the leaflet's title, empty if it is not known. `href` leads to the leaflet
    in the language `target`, or to a list of leaflets (None); `address` is that on the web.
    One withdrawn `for_good`, by its publisher, says why (`reason`, empty if it is not known).
    """

    title_html: Markup
    href: str
    target: Language | None
    address: str = ""
    for_good: bool = False
    reason: Markup = field(default_factory=Markup)


@dataclass(frozen=True, slots=True)
class Way:
    """What readers of a language are told where there is no page, and the list they can go to."""

    language: Language
    says: Markup
    leads: Markup
    href: str


@dataclass(frozen=True, slots=True)
class Edition:
    """What a leaflet page is made for, besides its text: review, age, licence, PDFs, address.

    It is `medical` unless its leaflet has front matter of free form: that says nothing of it.
    `epub` is where its e-book is, "" where there is none. `signed` says who has checked it, None
    where there is no policy of review; `unsafe` that a change which can harm is not translated yet.
    """

    review: str
    overdue: bool
    licence: str
    pdfs: tuple[Pdf, ...]
    qr: str
    order: Order | None = None
    medical: bool = True
    epub: str = ""
    signed: Signed | None = None
    unsafe: bool = False


def shortened(text: str, room: int) -> str:
    """Return as much of a text as has room, in letters of usual width, up to the end of a word.

    Letters of East Asia count twice, marks on letters not at all (UAX 11).
    """
    widths = list(accumulate(map(_width, text)))
    if not text or widths[-1] <= room:
        return text
    end = next(i for i, width in enumerate(widths) if width > room - 1)
    head = text[:end]
    if not text[end].isspace() and len(words := head.rsplit(maxsplit=1)) > 1:
        head = words[0]
    return head.rstrip(" :;,.–—-：；，、。") + "…"


def _width(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "FW" else 1


@lru_cache(maxsize=4)
def environment(own: tuple[tuple[str, str], ...] = ()) -> Environment:
    """Return the Jinja environment: autoescape on, undefined names are errors.

    `own` are a publisher's templates, by path and text, in place of those of this package that
    have their names; these are also there as `ankl_i18n/NAME`, to be extended. They run in a
    sandbox.
    """
    by_name = {path.rpartition("/")[2]: (text, path, lambda: True) for path, text in own}
    package = PackageLoader("ankl_i18n.html", "templates")
    loaders = [FunctionLoader(by_name.get), package, PrefixLoader({PACKAGE: package})]
    kind = SandboxedEnvironment if own else Environment
    return kind(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def style_sheets(names: tuple[str, ...], letters: str = "") -> str:
    """Return the named style sheets, one after the other; `letters` goes on from "scripts"."""
    folder = files("ankl_i18n.html") / "styles"
    texts = {name: (folder / f"{name}.css").read_text(encoding="utf-8") for name in names}
    return "\n".join(text + letters * (name == "scripts") for name, text in texts.items())


def leaflet(localized: Localized, around: Surroundings, frame: Frame, edition: Edition) -> str:
    """Return the HTML of a leaflet's page. Raises `RenderError` as `body.body` does."""
    page = leaflet_page(localized, around, frame, edition)
    return render("leaflet.html.j2", around.words, page=page)


def index(frame: Frame, words: Words, cards: Sequence[Card]) -> str:
    """Return the list of all leaflets in one language."""
    return render("index.html.j2", words, page=frame, leaflets=cards)


def card(localized: Localized, *, href: str, pdfs: tuple[Pdf, ...], draft: bool) -> Card:
    """Return the card of a leaflet: its title and summary, and where it is."""
    lang = localized.language
    return Card(
        title_html=_front(localized, "title"),
        summary_html=_front(localized, "summary"),
        href=href,
        pdfs=pdfs,
        lang=lang.tag,
        dir=lang.direction,
        missing=localized.missing,
        draft=draft,
    )


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
    shown = Markup(title_html)  # noqa: S704 - made by html.card
    plain = shown.striptags()
    return render(
        "moved.html.j2", words, page=frame, title=plain, title_html=shown, href=href, target=target
    )


def reason(localized: Localized) -> Markup:
    """Return why a leaflet was withdrawn, empty if that is not known."""
    known = localized.document.front.withdrawn_because
    return _front(localized, "withdrawn_because") if known else Markup()


def render(template: str, words: Words, *, policy: str = POLICY, **context: Any) -> str:
    """Return a page: a template with interface strings and what else it asks for, then its policy.

    Raises `RenderError` for what is wrong with a template of the publisher.
    """
    functions = {"_": words.text, "_a": words.attribute, "_n": words.number, "_o": words.originals}
    house: House | None = context["page"].house
    own = house.templates if house else ()
    try:
        loaded = environment(own).get_template(template)
        html = loaded.render(**functions, **context)
        html = with_lines(html, words, on_paper=bool(context["page"].paper))
        return guarded(html, loaded.filename or template, policy)
    except Exception as bad:  # whatever a template does
        where = _failed(bad, [path for path, _ in own])
        if where is None or isinstance(bad, AnklError):
            raise
        raise RenderError(error("template", f"this page template fails: {bad}", where)) from bad


def _failed(bad: Exception, own: Sequence[str]) -> Location | None:
    """Return where in one of some page templates an exception came up; None if in none."""
    if isinstance(bad, TemplateSyntaxError) and bad.filename and bad.filename in own:
        return Location(bad.filename, bad.lineno)
    lines = [(frame.filename, frame.lineno or 0) for frame in extract_tb(bad.__traceback__)]
    return next((Location(*line) for line in reversed(lines) if line[0] in own), None)


def guarded(html: str, template: str, policy: str = POLICY) -> str:
    """Return a page with its policy in front of all else in its head, whatever a template does.

    Raises `RenderError` for a page in which something would come before it.
    """
    begin = BEGINNING.match(html)
    if not begin:
        hint = f"extend {PACKAGE}/base.html.j2, or begin as it does: see docs/publisher.md"
        message = "a page must begin with <!DOCTYPE html>, <html …> and <head>, and nothing else"
        raise RenderError(error("template", message, Location(template), hint))
    first = (
        f'\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    )
    return html[: begin.end()] + first + html[begin.end() :]


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
        review=edition.review,
        missing=localized.missing,
        overdue=edition.overdue,
        pdfs=edition.pdfs,
        qr=Markup(edition.qr),  # noqa: S704
        licence_html=_in_source(localized, edition.licence),
        order=edition.order,
        facts=_facts(localized, frame, edition),
        epub=edition.epub,
        signed=edition.signed,
        unsafe=edition.unsafe,
    )


def _facts(localized: Localized, frame: Frame, edition: Edition) -> Facts:
    """Return what machines are told of a leaflet's page."""
    front, house = localized.document.front, frame.house
    original = next((one.address for one in frame.alternates if one.x_default), "")
    return Facts(
        title=localized.plain(front_slot(localized, "title"), front.title.text),
        summary=_front(localized, "summary").striptags(),
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


def _front_text(localized: Localized, name: str) -> str:
    text = getattr(localized.document.front, name)
    return localized.texts.get(front_slot(localized, name), text.text if text else "")


def front_slot(localized: Localized, name: str) -> Slot:
    """Return the slot of a field; a title that the front matter lacks is the first heading."""
    sections = localized.document.sections
    if name == "title" and not localized.document.front.title.line and sections:
        return ("block", sections[0].start + 1)
    return ("front", name)


def _front(localized: Localized, name: str) -> Markup:
    return _marked(localized, front_slot(localized, name), _front_text(localized, name))


def _shown(localized: Localized, name: str, value: Any, around: Surroundings, frame: Frame) -> Any:
    """Return a field of the front matter as readers see it."""
    if isinstance(value, Text):
        return _front(localized, name)
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
