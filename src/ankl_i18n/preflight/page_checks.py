"""Checks of finished web pages: each yields what is wrong and what to do next."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from ankl_i18n.errors import Severity
from ankl_i18n.preflight.colour import contrast, parsed
from ankl_i18n.preflight.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ankl_i18n.preflight.reading import Page

    Findings = Iterator[Finding]

REBUILD: Final = "build it again: ankl-i18n build"
# Attributes that make a browser fetch something for the page itself.
FETCHING: Final = {
    "img": ("src", "srcset"), "script": ("src",), "link": ("href",), "iframe": ("src",),
    "source": ("src", "srcset"), "video": ("src", "poster"), "audio": ("src",),
    "object": ("data",), "embed": ("src",), "input": ("src",),
}  # fmt: skip
NAMING: Final = {"alternate", "canonical"}  # links that name other pages and fetch nothing
FETCH: Final = re.compile(r"url\(\s*['\"]?(?!data:|#)([^)'\"]*)|@import\s+([^;]*)", re.IGNORECASE)
PROPERTY: Final = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,8})\s*;")
DARK: Final = "prefers-color-scheme: dark"
# Custom properties of the style sheet: text and what it stands on, with the contrast that
# WCAG 2.2 asks for (1.4.3 for text, 1.4.11 for marks).
PAIRS: Final = (
    ("ink", "page", 4.5), ("ink", "raised", 4.5), ("ink", "cover", 4.5), ("quiet", "page", 4.5),
    ("quiet", "cover", 4.5), ("brand", "page", 4.5), ("brand", "cover", 4.5),
    ("link", "page", 4.5), ("link", "cover", 4.5), ("visited", "page", 4.5),
    ("line", "page", 3.0), ("danger-ink", "danger", 4.5), ("danger", "danger-back", 3.0),
    ("warning", "warning-back", 4.5), ("info", "info-back", 4.5), ("tip", "tip-back", 4.5),
    ("story", "story-back", 4.5), ("community", "community-back", 4.5),
    ("ink", "danger-back", 4.5), ("ink", "warning-back", 4.5), ("ink", "info-back", 4.5),
    ("ink", "tip-back", 4.5), ("ink", "story-back", 4.5), ("ink", "community-back", 4.5),
    ("focus", "focus-back", 3.0),
)  # fmt: skip


def language(page: Page) -> Findings:
    """It says its language, direction and title, and leads to its other languages."""
    output = page.output
    facts = (
        (page.root.get("lang") == output.language.tag, "it does not say its language"),
        (page.root.get("dir") == output.language.direction, "it does not say its direction"),
        ("title" in (tag for tag, _ in page.elements), "it has no title"),
    )
    for good, message in facts:
        if not good:
            yield _error("language", message, REBUILD)
    there = {a["hreflang"] for tag, a in page.elements if tag == "link" and "hreflang" in a}
    for tag in sorted({*output.alternates, "x-default"} - there):
        yield _error("language", f"it does not lead to its page in {tag}", REBUILD)
    for tag in sorted(there - {*output.alternates, "x-default"}):
        yield _error("language", f"it leads to a page in {tag}, which is not published", REBUILD)


def self_contained(page: Page) -> Findings:
    """A browser fetches nothing for it: it can be kept, sent and read without a network."""
    hint = "put the file into the source folder and name it by its path from the leaflet"
    for tag, attributes in page.elements:
        if tag == "link" and attributes.get("rel") in NAMING:
            continue
        for name in FETCHING.get(tag, ()):
            address = attributes.get(name, "")
            if address and not address.startswith("data:"):
                yield _error("self-contained", f"it fetches {address} ({tag})", hint)
    for style in page.styles:
        for found in FETCH.finditer(style):
            address = (found[1] or found[2] or "").strip()
            yield _error("self-contained", f"its style sheet fetches {address}", hint)


def links(page: Page) -> Findings:
    """Links inside lead to files and places that exist, links outside are encrypted."""
    hint = "correct the link in the leaflet, or build all languages: ankl-i18n build"
    for tag, attributes in page.elements:
        is_link = tag in ("a", "area") or attributes.get("rel") in NAMING
        if not is_link or "href" not in attributes:
            continue
        address = attributes["href"]
        parts = urlsplit(address)
        if parts.scheme in ("https", "mailto", "tel", "data"):
            continue
        if parts.scheme or parts.netloc:
            secure = "write the address in the leaflet with https://"
            yield _error("links", f"a link leads to {address}", secure)
        elif not parts.path:
            if parts.fragment and unquote(parts.fragment) not in page.ids:
                yield _error("links", f"a link leads to {address}, which is not there", hint)
        elif not _target(page, parts.path).is_file():
            yield _error("links", f"a link leads to {address}, which is not there", hint)


def _target(page: Page, path: str) -> Path:
    """Return the file that a relative address leads to."""
    folder = page.output.file.parent
    return folder / posixpath.normpath(unquote(path))


def contrasts(page: Page) -> Findings:
    """The colours of text and what is behind it differ enough, in light and dark."""
    style = "\n".join(page.styles)
    light, _, dark = style.partition(DARK)
    colours = dict(reversed(PROPERTY.findall(light)))
    schemes = {"light": colours, "dark": colours | dict(reversed(PROPERTY.findall(dark)))}
    for scheme, values in schemes.items():
        for text, back, least in PAIRS:
            ratio = _ratio(values.get(text, ""), values.get(back, ""))
            if ratio is not None and ratio < least:
                shown = f"{int(ratio * 10) / 10}:1 ({scheme} colours)"
                message = f"--{text} on --{back} has a contrast of {shown}"
                yield _error("contrast", message, f"it must be {least}:1: change the style sheet")


def _ratio(text: str, back: str) -> float | None:
    """Return the contrast of two colours, None if one is not written in hexadecimal digits."""
    one, other = parsed(text), parsed(back)
    return contrast(one, other) if one and other else None


def _error(check: str, message: str, hint: str) -> Finding:
    return Finding(check, Severity.ERROR, 0, message, hint)
