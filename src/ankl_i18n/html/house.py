"""The look of a publisher and what pages say of it: the record that templates read, its styles."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from ankl_i18n.languages import Language
from ankl_i18n.languages.style_sheet import css_text, font_rules
from ankl_i18n.settings.publisher import Contact, Helpline, Publisher
from ankl_i18n.settings.publisher.colours import style_sheet as colours_css
from ankl_i18n.settings.publisher.kinds import dialled
from ankl_i18n.settings.publisher.records import merged

if TYPE_CHECKING:
    from ankl_i18n.html.words import Words
    from ankl_i18n.settings.publisher.files import Files
    from ankl_i18n.settings.publisher.fonts import Face

# How wide corners and lines are, by the names of the settings.
CORNERS: Final = {
    "round": "",
    "square": ":root { --radius: 0; } .callout-community { border-radius: 0; }",
}
LINES: Final = ".site-header, .site-footer, .cover { border-block-start-width: %s; }"
RULES: Final = {
    "thick": "",
    "thin": f"{LINES % '1px'} .cover h1::after {{ block-size: 1px; }}",
    "none": f"{LINES % 0} .cover h1::after {{ content: none; }}",
}
# Room at the foot of PDF pages for the helpline.
FOOT: Final = """\
@page { margin-bottom: 25mm; }
@page large { margin-bottom: 38mm; }
@page half-a4 { margin-bottom: 21mm; }
@page half-letter { margin-bottom: 21mm; }
"""


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as addresses of pictures (`data:`), empty where there is none of its own."""

    file: str
    dark: str
    print: str
    alt: str


@dataclass(frozen=True, slots=True)
class Call:
    """A telephone number, as people read it and as it is dialled."""

    shown: str
    href: str


@dataclass(frozen=True, slots=True)
class Reach:
    """How to reach somebody; what is text is HTML in the page's language."""

    name: Markup
    telephone: Call | None
    hours: Markup
    email: str = ""
    address: tuple[str, ...] = ()
    address_language: Language | None = None
    on_paper: bool = False


@dataclass(frozen=True, slots=True)
class House:
    """A publisher on a page. What is text is HTML in the page's language.

    `feedback` is an address and `feedback_shown` how people read it, `plain_name` the name without
    marks. `css` is the publisher's look; `templates` are its own ones, their paths and texts.
    """

    name: Markup
    plain_name: str
    web: str
    logo: Logo | None
    contact: Reach
    helpline: Reach | None
    imprint: Markup
    disclaimer: Markup
    sponsor: Markup
    other_formats: Markup
    feedback: str
    feedback_shown: str
    css: Markup
    templates: tuple[tuple[str, str], ...] = ()


def house(publisher: Publisher, files: Files, tag: str, words: Words, *, paper: bool) -> House:
    """Return a publisher as pages in a language show it; `words` are its texts in that."""
    contact, own = merged(publisher.contact, tag)
    helpline, called = merged(publisher.helpline, tag)
    plain_name = words.attribute(publisher.name)
    return House(
        name=words.text(publisher.name),
        plain_name=plain_name,
        web=publisher.web,
        logo=_logo(files.pictures, words.attribute(publisher.logo.alt or publisher.name)),
        contact=_contact(contact, own, words),
        helpline=_helpline(helpline, called, words),
        imprint=_text(publisher.imprint, words),
        disclaimer=_text(publisher.disclaimer, words),
        sponsor=_text(publisher.sponsor, words),
        other_formats=_text(publisher.other_formats, words),
        feedback=_link(publisher.feedback),
        feedback_shown=publisher.feedback,
        css=Markup(_css(publisher, files, paper=paper)),  # noqa: S704 - checked when it was read
        templates=files.templates,
    )


def _text(text: str, words: Words) -> Markup:
    return words.text(text) if text else Markup()


def _link(address: str) -> str:
    """Return where a web or e-mail address leads."""
    return address if not address or address.startswith("https://") else f"mailto:{address}"


def _logo(pictures: Mapping[str, tuple[bytes, str]], alt: str) -> Logo | None:
    if "file" not in pictures:
        return None
    address = {name: data_address(*picture) for name, picture in pictures.items()}
    return Logo(address["file"], address.get("dark", ""), address.get("print", ""), alt)


def data_address(data: bytes, name: str) -> str:
    """Return the address of a file that is in the page itself (RFC 2397)."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _call(number: str) -> Call | None:
    return Call(number, dialled(number)) if number else None


def _in_words(text: str, name: str, own: frozenset[str], words: Words) -> Markup:
    """Return a text of the settings: as it is if it is written in the page's language."""
    return escape(text) if name in own else _text(text, words)


def _contact(contact: Contact, own: frozenset[str], words: Words) -> Reach:
    return Reach(
        name=Markup(),
        telephone=_call(contact.telephone),
        hours=_in_words(contact.hours, "hours", own, words),
        email=contact.email,
        address=contact.address,
        address_language=words.language if "address" in own else words.source,
    )


def _helpline(helpline: Helpline, own: frozenset[str], words: Words) -> Reach | None:
    if not helpline.telephone:
        return None
    return Reach(
        name=_in_words(helpline.name, "name", own, words),
        telephone=_call(helpline.telephone),
        hours=_in_words(helpline.hours, "hours", own, words),
        on_paper=helpline.on_paper,
    )


def _css(publisher: Publisher, files: Files, *, paper: bool) -> str:
    parts = [
        *_font_faces(files.fonts, paper=paper),
        colours_css(publisher.colours),
        CORNERS[publisher.corners],
        RULES[publisher.rules],
        FOOT if paper and publisher.helpline.on_paper else "",
        files.style_sheet,
    ]
    return "\n".join(filter(None, parts))


def _font_faces(fonts: Mapping[str, Sequence[tuple[Face, bytes]]], *, paper: bool) -> Iterator[str]:
    """Yield the rules that put fonts into the page and before those of their scripts."""
    first: dict[str, str] = {}
    for script, faces in fonts.items():
        for face, data in faces:
            if face.print_only and not paper:
                continue
            first[script] = face.family
            yield (
                f"@font-face {{ font-family: {css_text(face.family)}; font-weight: {face.weight}; "
                f"font-style: {'italic' if face.slanted else 'normal'}; "
                f"src: url({data_address(data, 'font.ttf')}); }}"
            )
    if first:
        yield font_rules(first)
