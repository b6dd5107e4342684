"""What the settings say of a publisher. The names of fields are those of settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Final, TypeVar

R = TypeVar("R", "Contact", "Helpline")
# Code for print-shops and shelves: a barcode (ISO/IEC 15417), or a QR code (ISO/IEC 18004).
BARCODES: Final = ("", "code128", "qr")
CORNERS: Final = ("round", "square")
RULES: Final = ("thick", "thin", "none")


@dataclass(frozen=True, slots=True)
class Logo:
    """The pictures of a logo, as paths in the project: SVG or PNG.

    `dark` is for dark screens, `print` for paper (empty: `file` serves). `alt` says in words what
    it shows (empty: the publisher's name). A picture `file.TAG.ext` is for one language.
    """

    file: str = ""
    dark: str = ""
    print: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a publisher; `address` is a list of lines. `by_language` holds what differs."""

    telephone: str = ""
    email: str = ""
    hours: str = ""
    address: tuple[str, ...] = ()
    by_language: Mapping[str, Contact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Helpline:
    """A number to call, at the top of every page; with `on_paper` at the foot of PDF pages, too."""

    name: str = ""
    telephone: str = ""
    hours: str = ""
    on_paper: bool = False
    by_language: Mapping[str, Helpline] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours by their roles, as `#rrggbb`; an empty one is the program's own.

    `brand` is that of headings and buttons, `link` of links, `accent` of bars and bullets,
    `cover` is behind the title. `dark` and `paper` hold what differs there.
    """

    brand: str = ""
    link: str = ""
    accent: str = ""
    cover: str = ""
    dark: Colours | None = None
    paper: Colours | None = None


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the leaflets; without a name, nobody.

    Texts are in the source language and are translated in a catalog of their own.
    `order_numbers` maps a leaflet's name to its number, in which `{language}` and `{paper}` may
    stand. `style_sheet`, `templates` (a folder) and `fonts` are paths in the project; `fonts`
    maps a script (a name of languages/scripts.toml) to font files.
    """

    name: str = ""
    web: str = ""
    logo: Logo = field(default_factory=Logo)
    contact: Contact = field(default_factory=Contact)
    helpline: Helpline = field(default_factory=Helpline)
    imprint: str = ""
    disclaimer: str = ""
    sponsor: str = ""
    other_formats: str = ""
    feedback: str = ""
    order_numbers: Mapping[str, str] = field(default_factory=dict)
    barcode: str = ""
    colours: Colours = field(default_factory=Colours)
    fonts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    corners: str = "round"
    rules: str = "thick"
    style_sheet: str = ""
    templates: str = ""

    def __bool__(self) -> bool:
        """Tell whether there is a publisher."""
        return bool(self.name)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the texts to translate, each with a note for translators."""
        given = {
            self.name: "The name of the organisation that publishes the leaflets.",
            self.logo.alt: "Read aloud in the place of the publisher's logo.",
            self.contact.hours: "When the publisher can be reached.",
            self.helpline.name: "Stands before a telephone number that readers can call.",
            self.helpline.hours: "When the helpline can be called.",
            self.imprint: "Who is responsible for the leaflets, by law.",
            self.disclaimer: "What the leaflets are not meant for.",
            self.sponsor: "Who paid for the leaflets.",
            self.other_formats: "How to get the leaflets in other formats.",
        }
        yield from ((text, note) for text, note in given.items() if text)


def merged(general: R, tag: str) -> tuple[R, frozenset[str]]:
    """Return what holds in a language, and the names of the fields that are written in it."""
    own = general.by_language.get(tag)
    if own is None:
        return general, frozenset()
    names = (one.name for one in fields(own) if one.name not in ("by_language", "on_paper"))
    given = {name: getattr(own, name) for name in names if getattr(own, name)}
    return replace(general, **given), frozenset(given)
