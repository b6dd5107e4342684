"""The text that a reader of HTML or Markdown sees, apart from the product's own code."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from markdown_it import MarkdownIt

MARKDOWN: Final = MarkdownIt("commonmark").enable("table")
HIDDEN: Final = frozenset({"script", "style", "head", "svg", "template", "pre"})
INLINE: Final = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img"),
        *("ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup"),
        *("time", "u", "var", "wbr"),
    )
)
# Signs that take no room on the page: soft hyphen, zero width space, joiner of words, marks
# and isolates of direction.
NO_WIDTH: Final = re.compile("[\u00ad\u200b\u200e\u200f\u2060\u2066-\u2069\ufeff]")
FRONT_MATTER: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def normal(text: str) -> str:
    """Return a text with one space for any run of white space, and no signs without width."""
    return " ".join(NO_WIDTH.sub("", text).split())


def blocks(html: str) -> list[str]:
    """Return the text of each block of a page: paragraph, list item, heading, cell, ...

    Alt texts count, preformatted code does not. A page's text is that of its <main>, if any.
    """
    main = re.search(r"<main\b.*</main>", html, re.DOTALL)
    reader = _Reader()
    reader.feed(main[0] if main else html)
    reader.close()
    reader.end_block()
    return reader.blocks


def message(text: str) -> str:
    """Return what a reader sees of a message's inline Markdown."""
    return " ".join(blocks(MARKDOWN.renderInline(text)))


def prose(source: str) -> list[str]:
    """Return the blocks of a Markdown source outside of its code."""
    return blocks(MARKDOWN.render(FRONT_MATTER.sub("", source)))


def code(source: str) -> str:
    """Return all code blocks of a Markdown source as one normalized text."""
    tokens = MARKDOWN.parse(FRONT_MATTER.sub("", source))
    return normal("\n".join(t.content for t in tokens if t.type in ("fence", "code_block")))


class _Reader(HTMLParser):
    """Gathers text block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._text: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._text.append(" ")
        elif tag not in INLINE:
            self.end_block()
        if tag == "img":
            self._text.append(dict(attrs).get("alt") or "")
        self._hidden += tag in HIDDEN

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.end_block()
        self._hidden -= tag in HIDDEN

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._text.append(data)

    def end_block(self) -> None:
        text = normal("".join(self._text))
        self._text.clear()
        if text:
            self.blocks.append(text)
