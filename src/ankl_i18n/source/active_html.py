"""What in HTML acts by itself: runs, opens another page within this one, or sends something.

Leaflets have none of it: a page is text and pictures, and its policy forbids the rest.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

# Elements without content (HTML 13.1.2).
VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
})  # fmt: skip
# Scripts, pages within a page, plug-ins, forms, and what changes where addresses lead.
ACTIVE: Final = frozenset({
    "script", "iframe", "frame", "frameset", "fencedframe", "portal", "object", "embed",
    "applet", "base", "form",
})  # fmt: skip
# Attributes that contain an address which is opened, fetched or sent to (HTML, SVG, MathML).
ADDRESSES: Final = frozenset({
    "href", "src", "xlink:href", "action", "formaction", "data", "poster", "background", "cite",
    "longdesc", "codebase", "classid", "profile", "usemap", "icon", "manifest", "lowsrc", "dynsrc",
    "ping", "from", "to", "by", "values", "altimg",
})  # fmt: skip
# A browser leaves out controls and spaces at the beginning, tabs and line ends anywhere
# (URL standard, 4.4).
_LEFT_OUT: Final = re.compile(r"^[\x00-\x20]+|[\t\n\r]+")
_SCRIPT: Final = re.compile(
    r"(?:javascript|vbscript|livescript|mocha):|data:(?!image/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,])",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*)")
_ATTRIBUTE: Final = re.compile(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+)))?"""
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its name in lower case, its attributes with entities resolved."""

    name: str
    closes: bool
    attributes: Mapping[str, str]


def tag_of(written: str) -> Tag | None:
    """Return a tag as it is written in HTML; None for a comment, declaration or instruction."""
    match = _TAG.match(written)
    if not match:
        return None
    attributes = {
        one["name"].lower(): html.unescape(one["double"] or one["single"] or one["bare"] or "")
        for one in _ATTRIBUTE.finditer(written, match.end())
    }
    return Tag(match["name"].lower(), bool(match["close"]), attributes)


def why_active(name: str, attributes: Mapping[str, str]) -> str:
    """Return what of an element acts by itself, "" if nothing does; names are in lower case."""
    if name in ACTIVE:
        return f"<{name}>"
    if name == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        return "<meta> that leads on"
    return next(_active(attributes.items()), "")


def _active(attributes: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in attributes:
        if name.startswith("on"):
            yield f"the event handler {name}"
        elif name == "srcdoc" or (name in ADDRESSES and is_script(value)):
            yield f"the script address in {name}"


def is_script(address: str) -> bool:
    """Tell whether opening an address would run something."""
    return bool(_SCRIPT.match(_LEFT_OUT.sub("", address)))
