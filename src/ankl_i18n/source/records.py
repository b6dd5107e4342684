"""The records that a parsed leaflet is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token

from ankl_i18n.errors import Problem
from ankl_i18n.source.frontmatter import FrontMatter

# Where a segment's text lives, so that localizing puts it back exactly there:
# ("block", token), ("alt" | "title", token, n-th one), ("html", token, n-th one),
# ("front", field, item) or ("abbreviation" | "meaning", n-th one).
Slot = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text that a reader sees, and that becomes one message.

    `msgid` is inline Markdown on one line; `msgctxt` is None where the text needs no context;
    `kind` says what it is ("heading", "list item"), `section` the heading it is under
    (source text) and `section_id` that heading's id; `line` is 1-based; `notes` are the
    author's words to translators; `required` segments must be translated before their
    language is published; `skip` segments are shown as they are and never translated.
    """

    slot: Slot
    msgid: str
    kind: str
    line: int
    section: str = ""
    section_id: str = ""
    msgctxt: str | None = None
    notes: tuple[str, ...] = ()
    required: bool = False
    skip: bool = False

    @property
    def key(self) -> tuple[str | None, str]:
        """What identifies the message in a catalog."""
        return self.msgctxt, self.msgid


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what follows it, up to the next heading.

    `start` and `end` are indexes of tokens; `required` covers its subsections too.
    """

    id: str
    title: str
    level: int
    start: int
    end: int
    required: bool = False


@dataclass(frozen=True, slots=True)
class LinkTitle:
    """A title or alt text that was cut out of a piece of inline Markdown.

    `kind` is "title" or "alt", `tag` is "a" or "img"; `href` is the normalized address and
    `occurrence` counts the links or images before it with the same address.
    """

    kind: str
    tag: str
    href: str
    occurrence: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A leaflet: block tokens whose inline text is still raw Markdown, and its segments.

    `name` is its path in the source folder without `.md`; `env` is markdown-it's environment
    (references, footnotes); `abbreviations` are pairs of a
    short form and its meaning; `terms` are the ids of glossary entries; `images` are the
    addresses of its images; `cut` contains the titles and alt texts cut out of each block token;
    `problems` are what is wrong and stops nothing.
    """

    path: str
    name: str
    front: FrontMatter
    tokens: tuple[Token, ...]
    env: Mapping[str, Any]
    segments: tuple[Segment, ...]
    sections: tuple[Section, ...]
    abbreviations: tuple[tuple[str, str], ...] = ()
    terms: frozenset[str] = frozenset()
    cut: Mapping[int, tuple[LinkTitle, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
