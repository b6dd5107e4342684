"""A leaflet as its checks see it: passages of text with their lines, and what surrounds them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Final

from ankl_i18n.languages import Language, language
from ankl_i18n.source import Document
from ankl_i18n.source.frontmatter import Link, values
from ankl_i18n.source.texts import Text, read

# A line (1-based), what is wrong there, and how to put it right.
Finding = tuple[int, str, str]
# Blocks in which the pages explain no abbreviations and link no terms.
TITLES: Final = frozenset({"heading_open", "dt_open", "callout_title_open"})
HTML_ID: Final = re.compile(r"""<[a-z][^<>]*\s(?:id|name)\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, cell or the like.

    `text` is what it says, `line` (1-based) where its block begins; `index` is that of its
    token in the document; `title` tells a heading, term or title of a call-out.
    """

    text: Text
    line: int
    index: int
    title: bool


@dataclass(frozen=True)
class Leaflet:
    """A parsed leaflet with its passages; `whole` asks for all that leaflets must have."""

    document: Document
    whole: bool = True

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The texts of the leaflet's body, in reading order."""
        return tuple(self._passages())

    def _passages(self) -> Iterator[Passage]:
        stack: list[str] = []
        line = 0
        for i, token in enumerate(self.document.tokens):
            if token.map:
                line = token.map[0] + 1
            if token.nesting > 0:
                stack.append(token.type)
            elif token.nesting < 0:
                stack.pop()
            elif token.type == "inline":
                yield Passage(read(token.content), line, i, bool(TITLES & {*stack}))

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id that a link can lead to: headings, terms, raw HTML."""
        names = {str(token.attrs["id"]) for token in self.document.tokens if "id" in token.attrs}
        for token in self.document.tokens:
            if token.type in ("inline", "html_block"):
                names.update(HTML_ID.findall(token.content))
        return frozenset(names)

    @property
    def linked_places(self) -> frozenset[str]:
        """The addresses of places that the leaflet links to."""
        return frozenset(href for href, _ in self.links() if "#" in href)

    def front_links(self) -> Iterator[tuple[Link, int]]:
        """Yield the links of the front matter that have an address, with their lines."""
        lists = (value for *_, value in values(self.document.front) if isinstance(value, tuple))
        for link in chain.from_iterable(lists):
            if link.href:
                yield link, link.text.line

    def links(self) -> Iterator[tuple[str, int]]:
        """Yield the address of every link with its line."""
        for link, line in self.front_links():
            yield link.href, line
        for passage in self.passages:
            for href in passage.text.links:
                yield href, passage.line


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the leaflets of a project need to know of each other and of their pictures.

    `documents` by name are those that could be parsed; `names` are those of all leaflets;
    `picture` tells whether a picture is there for readers of every language, by its path in
    the source folder; `whole` tells whether leaflets have the whole front matter. `ids` finds
    the places of a leaflet that links can lead to, `linked` the addresses of places that any
    leaflet links to, where that is known without reading them.
    """

    documents: Mapping[str, Document]
    names: frozenset[str]
    picture: Callable[[str], bool]
    whole: bool = True
    ids: Callable[[str], frozenset[str]] | None = None
    linked: Callable[[], frozenset[str]] | None = None
    language: Language = field(default_factory=lambda: language("en"))
    grade: float = 0

    def places(self, name: str) -> frozenset[str] | None:
        """Return the ids that links to a leaflet can lead to; None where it cannot be read."""
        if name not in self.documents:
            return None
        return self.ids(name) if self.ids else Leaflet(self.documents[name]).ids

    def linked_places(self) -> frozenset[str]:
        """Return the addresses of places (`other.md#place`) that leaflets link to."""
        if self.linked:
            return self.linked()
        leaflets = (Leaflet(document) for document in self.documents.values())
        return frozenset().union(*(leaflet.linked_places for leaflet in leaflets))

    def leaflet(self, name: str) -> Leaflet | None:
        """Return a leaflet, or None where there is none that could be parsed."""
        document = self.documents.get(name)
        return Leaflet(document, self.whole) if document else None
