"""XML from strangers: a small tree with line numbers, and nothing but what the file itself holds.

Document types are refused, and with them entities of one's own (they could grow without end or
name other files); the name of TMX's own is let pass in a memory, and never read. Files and trees
beyond all that a translation needs are refused, too. Comments and processing instructions are left
out. The parser is Python's own (xml.parsers.expat).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final
from xml.parsers import expat

from ankl_i18n.errors import CatalogError, Location

MEGABYTE: Final = 1 << 20
LARGEST: Final = 256 * MEGABYTE
DEEPEST: Final = 100
XML_NAMESPACE: Final = "http://www.w3.org/XML/1998/namespace"
KIND: Final = "exchange-xml"
_TMX: Final = re.compile(r"(?:[\w.:/-]*/)?tmx\d*\.dtd")


@dataclass(slots=True)
class Node:
    """An element: its name without namespace, its attributes, and texts and elements in it.

    `line` is counted from 1. Names of attributes have no namespace but for `xml:`.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    children: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text within, that of elements too."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def nodes(self, *names: str) -> Iterator[Node]:
        """Yield the elements right below, all or those of some names."""
        for child in self.children:
            if isinstance(child, Node) and (not names or child.name in names):
                yield child

    def first(self, name: str) -> Node | None:
        """Return the first element of a name right below."""
        return next(self.nodes(name), None)

    def all(self, *names: str) -> Iterator[Node]:
        """Yield the elements of some names below, in the order of the file."""
        stack = [self]
        while stack:
            node = stack.pop()
            if node is not self and node.name in names:
                yield node
            stack.extend(reversed(list(node.nodes())))

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""
        return self.attributes.get(name, default)


class _Builder:
    def __init__(self, path: str, wanted: str = "") -> None:
        self.path = path
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.SkippedEntityHandler = self._entity
        self.root: Node | None = None
        self.open: list[Node] = []
        self.wanted, self.done = wanted, list[Node]()

    def wrong(self, message: str, hint: str) -> CatalogError:
        return CatalogError.of(
            KIND, message, Location(self.path, self.parser.CurrentLineNumber), hint
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        named = {_attribute(key): value for key, value in attributes.items()}
        node = Node(local, namespace, named, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)
        if len(self.open) > DEEPEST:
            message = f"more than {DEEPEST} levels of elements"
            raise self.wrong(message, "no translation tool writes such a file")

    def _end(self, _name: str) -> None:
        node = self.open.pop()
        if node.name == self.wanted and self.open:
            self.open[-1].children.pop()
            self.done.append(node)

    def _text(self, text: str) -> None:
        children = self.open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += text
        else:
            children.append(text)

    def _doctype(self, name: str, address: str | None, _: Any, has_own: int) -> None:
        # Many tools name the one of TMX in their memories; nobody reads it.
        if not has_own and name == "tmx" and _TMX.fullmatch(address or ""):
            return
        message = "the file has a document type (<!DOCTYPE …>), which may read other files"
        raise self.wrong(message, "delete that line, or ask the sender for a file without one")

    def _entity(self, name: str, _is_parameter: int) -> None:
        raise self.wrong(f"&{name}; refers to text that is not in the file", "write the text")


def read(data: bytes, path: str) -> Node:
    """Return the root of an XML file; `path` is its name in messages.

    Raises `CatalogError` with the line of what is not well-formed, or not safe.
    """
    builder = _Builder(path)
    if len(data) > LARGEST:
        message = f"the file is larger than {LARGEST // MEGABYTE} MB"
        raise builder.wrong(message, "export fewer leaflets into one file")
    _feed(builder, data, is_last=True)
    if builder.root is None:
        raise builder.wrong("the file is empty", "export it again")
    return builder.root


def stream(file: BinaryIO, path: str, name: str) -> Iterator[tuple[Node, Node]]:
    """Yield the root of a file with each element of a name in it, however large the file is.

    The elements are not in the root: memory contains one piece of the file at a time. Raises
    `CatalogError` as `read` does, after elements before the fault were yielded.
    """
    builder = _Builder(path, name)
    while True:
        data = file.read(MEGABYTE)
        _feed(builder, data, is_last=not data)
        if builder.root is None and not data:
            raise builder.wrong("the file is empty", "export it again")
        for node in builder.done:
            if builder.root:
                yield builder.root, node
        builder.done.clear()
        if not data:
            return


def _feed(builder: _Builder, data: bytes, *, is_last: bool) -> None:
    try:
        builder.parser.Parse(data, is_last)
    except expat.ExpatError as wrong:
        message = f"this XML cannot be read: {expat.ErrorString(wrong.code)}"
        where = Location(builder.path, wrong.lineno, wrong.offset + 1)
        hint = "export it from the translation tool again; nothing was imported"
        raise CatalogError.of(KIND, message, where, hint) from None
    except (LookupError, UnicodeError, ValueError) as wrong:
        raise builder.wrong(
            f"the file's encoding cannot be read: {wrong}", "save it as UTF-8"
        ) from None


def _attribute(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return f"xml:{local}" if namespace == XML_NAMESPACE else local
