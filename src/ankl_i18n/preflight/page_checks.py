"""Checks of finished web pages: each yields what is wrong and what to do next."""

from __future__ import annotations

import json
import os
import posixpath
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from ankl_i18n.errors import Severity
from ankl_i18n.html.templating import POLICY
from ankl_i18n.preflight.page import Element, Page, is_data
from ankl_i18n.preflight.records import Finding
from ankl_i18n.settings.publisher.contrast import contrast, parsed
from ankl_i18n.source.active_html import why_active

Findings = Iterator[Finding]

REBUILD: Final = "build it again: ankl-i18n build"
# Attributes that make a browser fetch something for the page itself, on any element (HTML, SVG;
# obsolete ones, too).
FETCHING: Final = frozenset({
    "src", "srcset", "imagesrcset", "poster", "data", "background", "manifest", "icon", "lowsrc",
    "dynsrc", "code", "codebase", "archive", "classid", "profile", "ping",
})  # fmt: skip
LEADING: Final = frozenset({"a", "area"})  # whose address is opened when the reader wants it
NAMING: Final = {"alternate", "canonical"}  # links that name other pages and fetch nothing
# What a style sheet fetches, its escapes (CSS Syntax Level 3, 4.3.7) resolved.
FETCH: Final = re.compile(
    r"(?:url|image-set|src|image)\(\s*+['\"]?+\s*+(?!data:|#)([^)'\"]*)|@import\s+([^;]*)",
    re.IGNORECASE,
)
ESCAPE: Final = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
PROPERTY: Final = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,8})\s*;")
COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE: Final = re.compile(r"([^{};]*)(\{)|\}")
# At-rules whose colours count in each scheme.
MEDIA: Final = {
    "light": {"@media screen"},
    "dark": {"@media screen", "@media (prefers-color-scheme: dark)"},
    "paper": {"@media print"},
}
# Custom properties of the style sheet: text and what it is on, with the contrast that
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
        (page.root.get("lang") == output.language.tag, "it does not state its language"),
        (page.root.get("dir") == output.language.direction, "it does not state its direction"),
        ("title" in (element.tag for element in page.elements), "it has no title"),
    )
    for good, message in facts:
        if not good:
            yield _error("language", message, REBUILD)
    links = (element.attributes for element in page.elements if element.tag == "link")
    linked = {attributes["hreflang"] for attributes in links if "hreflang" in attributes}
    expected = {*output.alternates, "x-default"}
    if output.withdrawn and output.source.tag not in expected:
        expected.discard("x-default")
    for tag in sorted(expected - linked):
        yield _error("language", f"it does not link to its page in {tag}", REBUILD)
    for tag in sorted(linked - expected):
        yield _error("language", f"it links to a page in {tag}, which is not published", REBUILD)


def self_contained(page: Page) -> Findings:
    """A browser fetches nothing for it: it can be kept, sent and read without a network."""
    hint = "put the file into the source folder and name it by its path from the leaflet"
    messages = [
        f"it fetches {what}" for element in page.every_element for what in _fetched(element)
    ]
    messages += [
        f"its style sheet fetches {what}" for style in page.styles for what in _called(style)
    ]
    for message in dict.fromkeys(messages):
        yield _error("self-contained", message, hint)


def _fetched(element: Element) -> Iterator[str]:
    """Yield what an element makes a browser fetch, and the element."""
    for name, value in element.attributes.items():
        leads = element.tag in LEADING or (element.tag == "link" and _rel(element) in NAMING)
        is_address = name in FETCHING or (name in ("href", "xlink:href") and not leads)
        if is_address and value.strip() and not value.strip().startswith(("data:", "#")):
            yield f"{value} ({element.tag})"
        elif "(" in value:  # a style, or what SVG paints with
            yield from (f"{address} ({element.tag})" for address in _called(value))


def _rel(element: Element) -> str:
    return element.attributes.get("rel", "").lower()


def _called(style: str) -> Iterator[str]:
    """Yield the addresses that a style sheet fetches."""
    for match in FETCH.finditer(ESCAPE.sub(_resolved, style)):
        yield (match[1] or match[2] or "").strip()


def _resolved(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else 0
    return escape[2] or (chr(code) if 0 < code <= sys.maxunicode else "\ufffd")


def active(page: Page) -> Findings:
    """Nothing in it acts by itself: no script, no page within it, no plug-in, no form."""
    hint = "remove it from the leaflet's Markdown; pages are text and pictures"
    others = (element for element in page.every_element if not is_data(element))
    active_parts = (why_active(element.tag, element.attributes) for element in others)
    for what in dict.fromkeys(filter(None, active_parts)):
        yield _error("active", f"it has {what}", hint)


def data(page: Page) -> Findings:
    """What it tells machines is JSON in schema.org's words, and says nothing of a review."""
    for block in page.data:
        try:
            told = json.loads(block)
        except ValueError as bad:
            yield _error("data", f"its structured data is not JSON: {bad}", REBUILD)
            continue
        if not isinstance(told, dict) or told.get("@context") != "https://schema.org":
            yield _error("data", "its structured data is not schema.org", REBUILD)
        elif claimed := sorted({"reviewedBy", "lastReviewed"} & told.keys()):
            message = f"its structured data claims a review that is not known ({claimed[0]})"
            yield _error("data", message, "remove it from the page template")


def policy(page: Page) -> Findings:
    """Its policy forbids scripts and fetching, before anything else is in its head."""
    first = [one.attributes for one in page.head[:2] if one.tag == "meta"]
    expected = [{"charset": "utf-8"}, {"http-equiv": "Content-Security-Policy", "content": POLICY}]
    if first != expected:
        yield _error("policy", "it does not begin with its Content Security Policy", REBUILD)


def links(page: Page) -> Findings:
    """Links inside lead to files and places that exist, links outside are encrypted."""
    hint = "correct the link in the leaflet, or build all languages: ankl-i18n build"
    for element in page.elements:
        address = element.attributes.get("href")
        if address is None or not (element.tag in LEADING or _rel(element) in NAMING):
            continue
        try:
            parts = urlsplit(address)
        except ValueError:
            yield _error("links", f"a link leads to {address}, which is not an address", hint)
            continue
        if parts.scheme in ("https", "mailto", "tel", "data"):
            continue
        if parts.scheme or parts.netloc:
            secure = "write the address in the leaflet with https://"
            yield _error("links", f"a link leads to {address}", secure)
        elif not parts.path:
            if parts.fragment and unquote(parts.fragment) not in page.ids:
                yield _error("links", f"a link leads to {address}, which does not exist", hint)
        elif not os.path.isfile(_target(page, parts.path)):  # noqa: PTH113 - takes any path
            yield _error("links", f"a link leads to {address}, which does not exist", hint)


def _target(page: Page, path: str) -> Path:
    """Return the file that a relative address leads to."""
    folder = page.output.file.parent
    return folder / posixpath.normpath(unquote(path))


def contrasts(page: Page) -> Findings:
    """The colours of text and what is behind it differ enough, in light, dark and on paper."""
    schemes: dict[str, dict[str, str]] = {scheme: {} for scheme in MEDIA}
    for style in page.styles:  # those of a publisher come after the program's own
        for conditions, declared in _roots(style):
            for scheme, media in MEDIA.items():
                if conditions <= media:
                    schemes[scheme] |= dict(PROPERTY.findall(declared))
    for scheme, values in schemes.items():
        for text, back, least in PAIRS:
            ratio = _ratio(values.get(text, ""), values.get(back, ""))
            if ratio is not None and ratio < least:
                shown = f"{int(ratio * 10) / 10}:1 ({scheme} colours)"
                message = f"--{text} on --{back} has a contrast of {shown}"
                yield _error("contrast", message, f"it must be {least}:1: change the style sheet")


def _roots(style: str) -> Iterator[tuple[set[str], str]]:
    """Yield what each rule of `:root` declares, and the at-rules around it."""
    around: list[str] = []
    for match in RULE.finditer(COMMENT.sub("", style)):
        if not match[2]:
            del around[-1:]
            continue
        if match[1].strip() == ":root":
            declared = match.string[match.end() :].partition("}")[0]
            yield {*around}, declared
        around.append(" ".join(match[1].split()))


def _ratio(text: str, back: str) -> float | None:
    """Return the contrast of two colours, None if one is not written in hexadecimal digits."""
    one, other = parsed(text), parsed(back)
    return contrast(one, other) if one and other else None


def _error(check: str, message: str, hint: str) -> Finding:
    return Finding(check, Severity.ERROR, 0, message, hint)
