"""Checks of addresses: leaflets, places in them, pictures, web sites."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from ankl_i18n.source.checks.records import Finding, Leaflet, Surroundings

LEAFLET: Final = ".md"
INDEX: Final = "index"
SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):|(//)", re.IGNORECASE)
# What every browser and telephone opens (RFC 9110, 6068, 3966, 5724).
SCHEMES: Final = frozenset({"https", "mailto", "tel", "sms"})
# Sections that the pages give every leaflet.
PAGE_IDS: Final = frozenset({"main", "more-help", "about-this-leaflet", "references", "licence"})


def missing(leaflet: Leaflet, around: Surroundings) -> Iterator[Finding]:
    """Leaflets and pictures that are not there; no page can be made."""
    for href, line in leaflet.links():
        path = _path(href)
        if path.endswith(LEAFLET) and _name(leaflet, path) not in around.names:
            hint = "fix the address, or write the text without a link"
            yield line, f"there is no leaflet {path}", hint
    folder = PurePosixPath(leaflet.document.name).parent
    for passage in leaflet.passages:
        for src in passage.text.images:
            if SCHEME.match(src):
                continue
            if not around.picture((folder / unquote(src)).as_posix()):
                hint = "put the file there, inside the source folder, or fix the address"
                yield passage.line, f"image not found: {src}", hint


def remote(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Pictures of other sites: pages fetch nothing, so readers get a link instead."""
    for passage in leaflet.passages:
        for src in filter(SCHEME.match, passage.text.images):
            message = f"this picture is on another site: readers get a link to it: {src}"
            hint = "save it in the source folder, if its licence allows that, and name it there"
            yield passage.line, message, hint


def unread(leaflet: Leaflet, around: Surroundings) -> Iterator[Finding]:
    """Links to leaflets that cannot be made; they lead to the list of leaflets instead."""
    for href, line in leaflet.links():
        path = _path(href)
        name = _name(leaflet, path)
        if path.endswith(LEAFLET) and name in around.names and name not in around.documents:
            message = f"links to {path}, which cannot be read: it leads to the list of leaflets"
            yield line, message, f"correct what is wrong in {path}"


def anchors(leaflet: Leaflet, around: Surroundings) -> Iterator[Finding]:
    """Links to places (`#…`) that no leaflet has."""
    for href, line in leaflet.links():
        path, _, fragment = href.partition("#")
        if not fragment or SCHEME.match(href) or (path and not path.endswith(LEAFLET)):
            continue
        places = around.places(_name(leaflet, path)) if path else leaflet.ids
        if places is not None and unquote(fragment) not in places | PAGE_IDS:
            where = f"{path} has" if path else "there is"
            hint = f"fix the address, or write {{#{unquote(fragment)}}} after the heading or term"
            yield line, f"{where} no heading or term #{unquote(fragment)}", hint


def pages(leaflet: Leaflet, around: Surroundings) -> Iterator[Finding]:
    """Addresses without https:// that are not leaflets: the pages have no other files."""
    front = {link.href for link, _ in leaflet.front_links()}
    for href, line in leaflet.links():
        path = _path(href)
        if not path or path.endswith(LEAFLET) or (href == INDEX and href in front):
            continue
        stem = path.removesuffix(".html")
        hint = "write the whole address with https://"
        if _name(leaflet, stem + LEAFLET) in around.names:
            hint = f"write {stem}{LEAFLET}"
        yield line, f"{href} leads to no leaflet", hint


def insecure(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Web addresses that others can read or change on the way, or that nothing opens."""
    written = ((a, p.line) for p in leaflet.passages for a in p.text.addresses - {*p.text.links})
    for href, line in (*leaflet.links(), *written):
        scheme = SCHEME.match(href)
        if scheme and (scheme[1] or "").lower() not in SCHEMES:
            yield line, f"{href} does not begin with https://", "write https:// if the site has it"


def _path(href: str) -> str:
    """Return the file that a link leads to, "" for other web sites and this leaflet."""
    return "" if SCHEME.match(href) else href.partition("#")[0]


def _name(leaflet: Leaflet, path: str) -> str:
    """Return the name of the leaflet at an address that is in another one."""
    folder = PurePosixPath(leaflet.document.name).parent
    return posixpath.normpath((folder / unquote(path).removesuffix(LEAFLET)).as_posix())
