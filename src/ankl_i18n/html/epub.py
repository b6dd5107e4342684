"""E-books: EPUB 3.3 of a leaflet's page, for programs in which people read books.

The page itself says everything; here it becomes XHTML, its pictures and fonts files of the book
(EPUB 3.3, W3C), and what only a website has is left out. The same page gives the same bytes.
"""

from __future__ import annotations

import base64
import datetime
import io
import mimetypes
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote_to_bytes
from xml.etree.ElementTree import Element, SubElement, tostring

import tinyhtml5
from markupsafe import Markup

from ankl_i18n.html.templating import environment, style_sheets
from ankl_i18n.html.words import Words
from ankl_i18n.languages import Language

XHTML: Final = "http://www.w3.org/1999/xhtml"
MIMETYPE: Final = "application/epub+zip"
# Zip files cannot say less than a day of the year 1980.
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
CONTAINER: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
# What of a page is for a website: its own table of contents, and other files.
LEFT_OUT: Final = frozenset({"toc", "downloads", "skip-link"})
DATA: Final = re.compile(r"data:([^;,]*)((?:;[^,]*)?),(.*)", re.DOTALL)
CSS_DATA: Final = re.compile(r"url\((data:[^)]*)\)")
# Characters that XML 1.0 does not have (2.2).
NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
OUTSIDE: Final = ("https:", "http:", "mailto:", "tel:")
REFERRING: Final = ("aria-labelledby", "aria-describedby", "headers", "for")


@dataclass(frozen=True, slots=True)
class About:
    """What an e-book says of itself.

    `identifier` is a URN, the same for every edition; `modified` the day its text last changed.
    `source` is the address of the page; empty texts are left out.
    """

    language: Language
    identifier: str
    title: str
    modified: datetime.date
    published: datetime.date | None = None
    summary: str = ""
    publisher: str = ""
    licence: str = ""
    source: str = ""


@dataclass(slots=True)
class Files:
    """The files that pages had inside them: their paths in the book, by type and bytes."""

    paths: dict[tuple[str, bytes], str] = field(default_factory=dict)

    def add(self, address: str) -> str:
        """Return the path of what a `data:` address holds (RFC 2397)."""
        match = DATA.fullmatch(address)
        kind, parameters, data = match.groups() if match else ("", "", "")
        encoded = unquote_to_bytes(data)
        content = base64.b64decode(encoded) if ";base64" in parameters else encoded
        folder = "fonts" if kind.startswith("font/") else "pictures"
        ending = mimetypes.guess_extension(kind) or ""
        place = f"{folder}/{len(self.paths) + 1}{ending}"
        return self.paths.setdefault((kind, content), place)


@dataclass(frozen=True, slots=True)
class Place:
    """A heading of the book: its id, its text, and those within its section."""

    id: str
    text: str


def epub(page: str, css: str, about: About, words: Words) -> bytes:
    """Return an EPUB of a leaflet's page; `css` is the publisher's, `words` name its contents."""
    files = Files()
    body = _body(page, files)
    look = f"{style_sheets(('epub',))}\n{CSS_DATA.sub(lambda one: _font(one[1], files), css)}"
    context: dict[str, Any] = {
        "about": about,
        "places": list(_places(body)),
        "files": [(path, kind) for (kind, _), path in files.paths.items()],
        "has_pictures": any(kind.startswith("image/") for kind, _ in files.paths),
        "_": words.text,
    }
    parts: dict[str, bytes] = {
        "META-INF/container.xml": CONTAINER.encode(),
        "EPUB/package.opf": _filled("package.opf.j2", context),
        "EPUB/nav.xhtml": _filled("nav.xhtml.j2", context),
        "EPUB/leaflet.xhtml": _document(body, about),
        "EPUB/style.css": look.encode(),
        **{f"EPUB/{path}": data for (_, data), path in files.paths.items()},
    }
    return _zipped(parts)


def _font(address: str, files: Files) -> str:
    return f"url({files.add(address)})"


def _filled(template: str, context: Mapping[str, Any]) -> bytes:
    return environment().get_template(template).render(**context).encode()


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a container: its type first and as it is, the rest small (OCF, EPUB 3.3, 4.2)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, data in {"mimetype": MIMETYPE.encode(), **parts}.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            book.writestr(entry, data, kind, 9)
    return out.getvalue()


# --- from HTML to XHTML ---------------------------------------------------------------------------


def _body(page: str, files: Files) -> Element:
    """Return the body of a page as it is in a book."""
    tree = tinyhtml5.parse(page, namespace_html_elements=False)
    body = Element("body")
    for part in tree.iter():
        named = str(part.get("class", "")).split() if isinstance(part.tag, str) else []
        is_top = "house-top" in named
        if is_top or part.tag == "main" or ("house" in named and part.tag == "section"):
            body.append(_copied(part, files))
    return body


def _copied(element: Any, files: Files) -> Element:
    """Return an element and all in it that belongs into a book."""
    new = Element(str(element.tag))
    new.text, new.tail = _xml(element.text), _xml(element.tail)
    for name, value in element.attrib.items():
        _take(new, name, value, files)
    for child in element:
        if not _belongs(child):
            _append_text(new, child.tail)
        elif child.tag == "picture":  # a book has one look
            new.append(_copied(next(one for one in child if one.tag == "img"), files))
            _append_text(new, child.tail)
        else:
            new.append(_copied(child, files))
    if new.tag == "a" and "href" not in new.attrib:
        new.tag = "span"
        for name in ("hreflang", "type", "rel", "target"):
            new.attrib.pop(name, None)
    return new


def _belongs(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("script", "style", "template"):
        return False
    return not LEFT_OUT & {*element.get("class", "").split()}


def _append_text(parent: Element, text: str | None) -> None:
    """Add a text behind the last child of an element."""
    if text and len(parent):
        parent[-1].tail = (parent[-1].tail or "") + _xml(text)
    elif text:
        parent.text = (parent.text or "") + _xml(text)


def _take(new: Element, name: str, value: str, files: Files) -> None:
    """Take over an attribute, as it is in XHTML and in a book."""
    value = _xml(value)
    if name == "id":
        new.set("id", _xml_id(value))
    elif name in REFERRING:
        new.set(name, " ".join(map(_xml_id, value.split())))
    elif name == "href":
        if value.startswith("#"):
            new.set("href", f"#{_xml_id(value[1:])}")
        elif value.startswith(OUTSIDE):
            new.set("href", value)
    elif name == "src":
        new.set("src", files.add(value) if value.startswith("data:") else value)
    elif name == "lang":
        new.set("lang", value)
        new.set("xml:lang", value)
    elif name != "tabindex" and re.fullmatch(r"[a-z][a-z0-9-]*", name):
        new.set(name, value)


def _xml(text: str | None) -> str:
    return NO_XML.sub("", text or "")


def _xml_id(name: str) -> str:
    """Return an id as XML has them (NCName): without colons, and a letter first."""
    name = re.sub(r"[^\w.-]", lambda match: f"_{ord(match[0]):x}_", name)
    return name if re.match(r"[^\W\d]", name) else f"_{name}"


def _places(body: Element) -> Iterator[Place]:
    """Yield the headings of the table of contents."""
    for heading in body.iter("h2"):
        if name := heading.get("id"):
            yield Place(name, " ".join("".join(heading.itertext()).split()))


def _document(body: Element, about: About) -> bytes:
    """Return the page of the book."""
    lang = about.language
    named = {"lang": lang.tag, "xml:lang": lang.tag, "dir": lang.direction}
    root = Element("html", {"xmlns": XHTML, **named})
    head = SubElement(root, "head")
    SubElement(head, "title").text = about.title
    SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": "style.css"})
    root.append(body)
    html = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{html}\n'.encode()


def title_of(html: Markup | str) -> str:
    """Return a text of a page without its marks."""
    return Markup(html).striptags()  # noqa: S704 - taken apart
