"""Pages that read the same as HTML and as XML are read as XML, by a parser written in C.

HTML closes elements by itself, moves what stands in the wrong place, and knows names for letters
(WHATWG HTML, 13.2). `Reader` knows the elements that a leaflet is made of, and what may stand in
each of them so that none of that happens; any other page is read as ever.
"""

from __future__ import annotations

import re
from io import StringIO
from typing import Any, Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from weasyprint import tinyhtml5

_parse = tinyhtml5.parse
BEGIN: Final = "<!DOCTYPE html>"  # without it, tables may stand in paragraphs
VOID: Final = re.compile("<((?:br|hr|img|meta|wbr)(?: [^<>]*?)?) ?/?>")
SVG: Final = re.compile("<svg .*?</svg>", re.DOTALL)
# What XML reads otherwise, or not at all: tags that are not on one line, bare signs, names of
# letters, and other markup than tags.
UNLIKE: Final = re.compile(r"<[^<>]*[\n\t<]|>[^<]*>|&(?!(?:amp|lt|gt|quot|#34|#39);)|<[!?]|\r")
SPACE: Final = " \n\t"
SVG_NAME: Final = "{http://www.w3.org/2000/svg}"
XMLNS: Final = "{http://www.w3.org/2000/xmlns/}xmlns"

PHRASES: Final = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "svg", "time", "u",
    "var", "wbr",
})  # fmt: skip
FLOW: Final = PHRASES | {
    "address", "article", "aside", "blockquote", "div", "dl", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "section",
    "table", "ul",
}  # fmt: skip
TITLES: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SHAPES: Final = frozenset({"circle", "g", "path", "rect"})
# The attributes of drawings that are named the same in HTML.
DRAWN: Final = frozenset({
    "aria-hidden", "class", "cx", "cy", "d", "fill", "focusable", "height", "r", "rx", "ry",
    "stroke", "stroke-width", "transform", "viewBox", "width", "x", "xmlns", "y",
})  # fmt: skip
NOTHING: Final[frozenset[str]] = frozenset()
# What may stand in an element. "entry" is a `div` in a `dl`.
WITHIN: Final = (
    dict.fromkeys(PHRASES | TITLES | {"caption", "dt", "p"}, PHRASES)
    | dict.fromkeys((FLOW - PHRASES - TITLES - {"p"}) | {"body", "dd", "li", "td", "th"}, FLOW)
    | dict.fromkeys(("meta", "title", "br", "hr", "img", "wbr", "circle", "path", "rect"), NOTHING)
    | dict.fromkeys(("ol", "ul"), frozenset({"li"}))
    | dict.fromkeys(("tbody", "tfoot", "thead"), frozenset({"tr"}))
    | dict.fromkeys(("g", "svg"), SHAPES)
    | {
        "": frozenset({"html"}), "html": frozenset({"head", "body"}),
        "head": frozenset({"meta", "title"}),
        "dl": frozenset({"dt", "dd", "div"}), "entry": frozenset({"dt", "dd"}),
        "table": frozenset({"caption", "thead", "tbody", "tfoot"}), "tr": frozenset({"th", "td"}),
    }
)  # fmt: skip
# Where text would be moved elsewhere.
NO_TEXT: Final = frozenset({"html", "head", "table", "tbody", "tfoot", "thead", "tr"})


class _UnlikeError(Exception):
    """HTML reads the page otherwise than XML does."""


def parse(document: Any, **more: Any) -> Any:
    """Return the tree of a page, as `tinyhtml5.parse` does.

    Upstream: `weasyprint.HTML` could take a tree that is there already.
    """
    if more == {"namespace_html_elements": False} and isinstance(document, StringIO):
        try:
            return Reader().read(document.getvalue())
        except (_UnlikeError, expat.ExpatError, UnicodeError):
            pass
    return _parse(document, **more)


class Reader:
    """Builds the tree of one page. Raises `_UnlikeError` for what HTML might read otherwise."""

    def __init__(self) -> None:
        self.tree = TreeBuilder()
        self.open = [""]
        self.parts: list[str] = []  # of the page, as they begin
        self.after: list[str] = []  # spaces after the end of its body: HTML has them in it

    def read(self, text: str) -> Element:
        """Return the tree of a page."""
        if not text.startswith(BEGIN) or UNLIKE.search(text, len(BEGIN)):
            raise _UnlikeError
        if "/>" in VOID.sub("", SVG.sub("", text)):  # for HTML, that is only the beginning
            raise _UnlikeError
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(VOID.sub(r"<\1/>", text), True)
        if self.parts != ["head", "body"]:
            raise _UnlikeError
        body = self.tree.close()
        spaces = "".join((*self.after, text.rpartition(">")[2]))
        inner = list(body[1])
        if inner:
            inner[-1].tail = (inner[-1].tail or "") + spaces
        else:
            body[1].text = (body[1].text or "") + spaces
        return body

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        outer = self.open[-1]
        if name not in WITHIN[outer] or (name == "a" and "a" in self.open):
            raise _UnlikeError
        if outer == "html":
            self.parts.append(name)
        self.open.append("entry" if (outer, name) == ("dl", "div") else name)
        if name == "svg" or name in SHAPES:
            self._start_drawn(name, attributes)
        elif all(map(str.islower, attributes)):
            self.tree.start(name, attributes)
        else:
            raise _UnlikeError

    def _start_drawn(self, name: str, attributes: dict[str, str]) -> None:
        if not attributes.keys() <= DRAWN:
            raise _UnlikeError
        named = {XMLNS if key == "xmlns" else key: value for key, value in attributes.items()}
        self.tree.start(SVG_NAME + name, named)

    def _end(self, name: str) -> None:
        self.open.pop()
        self.tree.end(SVG_NAME + name if name == "svg" or name in SHAPES else name)

    def _text(self, text: str) -> None:
        outer = self.open[-1]
        if outer in NO_TEXT and text.strip(SPACE):
            raise _UnlikeError
        if outer != "html" or self.parts == ["head"]:
            self.tree.data(text)
        elif self.parts:
            self.after.append(text)
