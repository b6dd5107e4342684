"""Logos: what may not be in their files. Pages show them as pictures, not as part of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers import expat

PNG: Final = b"\x89PNG\r\n\x1a\n"
ACTIVE: Final = frozenset({"script", "foreignobject", "animate", "animatemotion", "set"})
# Letters are set in whatever font a device has.
LETTERS: Final = frozenset({"text", "tspan", "textpath"})


def wrong_picture(data: bytes, name: str) -> str:
    """Return what is wrong with the file of a logo, SVG or PNG by its name, or an empty string."""
    if name.lower().endswith(".png"):
        return "" if data.startswith(PNG) else "it is not a PNG image"
    svg = _Svg()
    try:
        svg.parser.Parse(data, True)
    except expat.ExpatError as bad:
        return f"it is not an SVG image: {bad}"
    return svg.wrong[0] if svg.wrong else ""


class _Svg:
    """One reading of an SVG picture; `wrong` is what was found, in its order."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.depth = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.begin
        self.parser.EntityDeclHandler = self.entity

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(":")[2].lower()
        if not self.depth:
            self.wrong += _wrong_root(tag, attributes)
        self.depth += 1
        self.wrong += _wrong_element(tag, attributes)

    def entity(self, *_: object) -> None:
        self.wrong.append("it declares entities")


def _wrong_root(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    if tag != "svg":
        yield "it is not an SVG image"
    elif "viewBox" not in attributes:
        yield "its element svg has no viewBox, so it cannot be made larger or smaller"


def _wrong_element(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    if tag in ACTIVE:
        yield f"it has an element {tag}: a logo is a still picture"
    if tag in LETTERS:
        yield "it has text, which each device sets in another font: turn the letters into paths"
    for name, value in attributes.items():
        own = name.rpartition(":")[2].lower()
        if own == "href" and not value.startswith(("#", "data:image/")):
            yield f"it refers to another file: {value}"
        if own.startswith("on"):
            yield f"it has an attribute {name}: a logo is a still picture"
