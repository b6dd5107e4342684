"""TMX 1.4b (LISA OSCAR, 26 April 2005): translation memories."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from ankl_i18n import __version__
from ankl_i18n.errors import CatalogError, Location
from ankl_i18n.exchange import inline, xml_reader
from ankl_i18n.exchange import xml_writer as xml
from ankl_i18n.exchange.xml_reader import Node


@dataclass(frozen=True, slots=True)
class Translation:
    """A text and what it is in another language; tags are those of BCP 47.

    `name` identifies it in its file, `origin` says where it is from, `context` is its msgctxt,
    `note` is for people, `line` where it is in a file, 0 for one that was not read.
    """

    source_tag: str
    source: str
    target_tag: str
    target: str
    name: str = ""
    origin: str = ""
    context: str | None = None
    note: str = ""
    line: int = 0


ORIGIN: Final = "x-origin"
CONTEXT: Final = "x-context"


def write(translations: Iterable[Translation], source_tag: str) -> bytes:
    """Return a memory of some translations from one language."""
    header = {
        "creationtool": "ankl-i18n", "creationtoolversion": __version__, "segtype": "block",
        "o-tmf": "gettext", "adminlang": "en", "srclang": source_tag, "datatype": "plaintext",
    }  # fmt: skip
    body = xml.element("body", {}, xml.lines(map(_unit, translations)))
    made = xml.element("tmx", {"version": "1.4"}, xml.lines([xml.element("header", header), body]))
    return f"{xml.DECLARATION}{made}\n".encode()


def _unit(translation: Translation) -> str:
    extra = [
        xml.element("prop", {"type": kind}, xml.text(value))
        for kind, value in ((ORIGIN, translation.origin or None), (CONTEXT, translation.context))
        if value is not None
    ]
    if translation.note:
        extra.insert(0, xml.element("note", {}, xml.text(translation.note)))
    texts = (
        xml.element("tuv", {"xml:lang": tag}, xml.element("seg", {}, segment))
        for tag, segment in (
            (translation.source_tag, inline.written(translation.source, alone="x")),
            (translation.target_tag, inline.written(translation.target, translation.source, "x")),
        )
    )
    return xml.element("tu", {"tuid": translation.name or None}, xml.lines([*extra, *texts]))


def parse(data: bytes, path: str) -> Iterator[Translation]:
    """Yield the translations of a memory; see `stream`."""
    yield from stream(io.BytesIO(data), path)


def stream(file: BinaryIO, path: str) -> Iterator[Translation]:
    """Yield the translations of a memory of any size; a unit in several languages is several.

    Raises `CatalogError` for what is no TMX, with the line and the unit.
    """
    for root, unit in xml_reader.stream(file, path, "tu"):
        if root.name != "tmx":
            message = f"this is not TMX: it begins with <{root.name}>"
            raise CatalogError.of("exchange", message, Location(path, root.line))
        header = root.first("header")
        source_tag = header.get("srclang", "*all*") if header else "*all*"
        yield from _translations(unit, unit.get("srclang") or source_tag, path)


def _translations(unit: Node, source_tag: str, path: str) -> Iterator[Translation]:
    texts: list[tuple[str, str]] = []
    for variant in unit.nodes("tuv"):
        tag = variant.get("xml:lang") or variant.get("lang")
        segment = variant.first("seg")
        if not tag or segment is None:
            message = f"unit {unit.get('tuid') or '?'}: a text without its language or its <seg>"
            raise CatalogError.of("exchange", message, Location(path, variant.line))
        texts.append((tag, inline.read(segment, [])))
    source = next((one for one in texts if one[0].lower() == source_tag.lower()), None)
    source = source or (texts[0] if texts else None)
    for text in texts:
        if source and text is not source:
            yield Translation(
                *source, *text, unit.get("tuid"), _property(unit, ORIGIN) or "",
                _property(unit, CONTEXT),
                "\n".join(note.text for note in unit.nodes("note")), unit.line,
            )  # fmt: skip


def _property(unit: Node, kind: str) -> str | None:
    return next((p.text for p in unit.nodes("prop") if p.get("type") == kind), None)
