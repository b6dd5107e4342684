"""Records that page templates read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any, cast

from markupsafe import Markup, escape

from ankl_i18n.html.editions import LARGE_PRINT, STANDARD
from ankl_i18n.html.linked_data import Facts, linked_data, open_graph
from ankl_i18n.html.signed import Signed
from ankl_i18n.html.templating import PAGED_STYLES, STYLES, style_sheets
from ankl_i18n.languages import Language
from ankl_i18n.languages.pseudo import RTL_FONT
from ankl_i18n.languages.style_sheet import more, symbols

if TYPE_CHECKING:
    from ankl_i18n.html.house import House

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
    missing: int
    licence_html: Markup
    facts: Facts
    of: Edition

    def __getattr__(self, name: str) -> Any:
        """Templates read the front matter, the frame and the edition as the page's own fields."""
        front = object.__getattribute__(self, "front")
        if name in front:
            return front[name]
        return getattr(self.of if name in Edition.__dataclass_fields__ else self.frame, name)

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
        return self.of.review == "draft"

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
    qr: Markup | str = ""
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
