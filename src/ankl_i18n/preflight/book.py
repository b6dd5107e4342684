"""A finished e-book as programs read it: its container, its package and its page."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final
from xml.etree.ElementTree import Element, fromstring

from ankl_i18n.errors import Severity
from ankl_i18n.preflight.reading import squeezed
from ankl_i18n.preflight.records import Finding, Output

OPF: Final = "{http://www.idpf.org/2007/opf}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
CONTAINER: Final = "{urn:oasis:names:tc:opendocument:xmlns:container}"
REBUILD: Final = "build it again: ankl-i18n build --only epub"
HEAD: Final = "{http://www.w3.org/1999/xhtml}head"


class Book:
    """An EPUB, its parts parsed. Raises what zipfile and the XML parser do for damaged ones."""

    def __init__(self, output: Output) -> None:
        self.output = output
        with zipfile.ZipFile(output.file) as archive:
            self.entries = archive.infolist()
            self.parts = {entry.filename: archive.read(entry) for entry in self.entries}
        (rootfile,) = _parsed(self.parts["META-INF/container.xml"]).iter(f"{CONTAINER}rootfile")
        self.place = str(rootfile.get("full-path"))
        self.package: Element = _parsed(self.parts[self.place])

    @cached_property
    def pages(self) -> dict[str, Element]:
        """The pages of the spine by their paths, in the order of reading."""
        items = {one.get("id"): one for one in self.package.iter(f"{OPF}item")}
        named = (items[one.get("idref")] for one in self.package.iter(f"{OPF}itemref"))
        paths = [self.path(str(one.get("href"))) for one in named]
        return {path: _parsed(self.parts[path]) for path in paths}

    @cached_property
    def text(self) -> str:
        """What can be read."""
        return squeezed("".join(text for page in self.pages.values() for text in _seen(page)))

    def path(self, href: str, base: str = "") -> str:
        """Return the path in the container of what a part refers to."""
        folder = posixpath.dirname(base or self.place)
        return posixpath.normpath(posixpath.join(folder, href.partition("#")[0]))

    def metadata(self, name: str) -> str:
        """Return what the package says of itself: the text of an element such as `title`."""
        return self.package.findtext(f".//{DC}{name}") or ""


def _parsed(part: bytes) -> Element:
    return fromstring(part)  # noqa: S314 - a build made it


def _seen(node: Any) -> Iterator[str]:
    if node.tag != HEAD:
        yield node.text or ""
        for child in node:
            yield from _seen(child)
            yield child.tail or ""


def container(book: Book) -> Iterator[Finding]:
    """Programs know it for an e-book: its type comes first, and as it is."""
    first = book.entries[0]
    good = first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
    if not good or book.parts["mimetype"] != b"application/epub+zip":
        yield _error("container", "it does not begin with its type")


def package(book: Book) -> Iterator[Finding]:
    """It says its title and language, and which way its pages are turned."""
    output = book.output
    spine = book.package.find(f"{OPF}spine")
    turned = spine.get("page-progression-direction") if spine is not None else None
    facts = (
        (book.metadata("language") == output.language.tag, "it does not state its language"),
        (squeezed(output.title) == squeezed(book.metadata("title")), "it does not state its title"),
        (bool(book.metadata("identifier")), "it has no identifier"),
        (turned == output.language.direction, "it states the wrong reading direction"),
    )
    for good, message in facts:
        if not good:
            yield _error("package", message)


def links(book: Book) -> Iterator[Finding]:
    """Links inside lead to places that exist; pictures and styles are in it."""
    for path, page in book.pages.items():
        ids = {node.get("id") for node in page.iter()}
        for node in page.iter():
            href = node.get("href", "")
            if href.startswith("#") and href[1:] not in ids:
                yield _error("links", f"a link leads to {href}, which is not in the book")
            for address in filter(None, (node.get("src"), node.get("srcset"))):
                if book.path(address, path) not in book.parts:
                    yield _error("links", f"{address} is not in the book")


def _error(check: str, message: str) -> Finding:
    return Finding(check, Severity.ERROR, 0, message, REBUILD)
