"""Give every piece of a right-to-left text that runs its own way an element that says so.

The text of a block is looked at as one line, whatever elements it is cut into: "**5** mg" and
"H<sub>2</sub>O" are one piece each. `pieces` says where the pieces are; here they are wrapped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Final

from markdown_it.token import Token

from ankl_i18n.html.pieces import ARABIC_DIGIT, BREAK, Piece, Span, pieces
from ankl_i18n.languages import Language
from ankl_i18n.source.html_text import INLINE, MARKUP

# Elements that a measure was put in; their name is the way that it runs.
WAYS: Final = ("ltr", "rtl")
TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>", re.IGNORECASE)
VOID: Final = frozenset({"area", "br", "embed", "hr", "img", "input", "wbr"})
# Inline elements over which no piece goes.
VOID_TEXT: Final = frozenset({"br", "img"})
# Digits that make what joins them run right to left, whatever is around (UAX #9, N1).
ARABIC_NUMBER: Final = re.compile("[\u0660-\u0669]+(?:[٫٬.,][\u0660-\u0669]+)*")


@dataclass(slots=True)
class _Node:
    """An inline token, or an element: what opens it, what it holds, what closes it.

    `start` and `end` are its place in the line.
    """

    token: Token
    start: int = 0
    end: int = 0
    children: list[_Node] = field(default_factory=list)
    closing: Token | None = None


def directed(tokens: Sequence[Token], language: Language) -> list[Token]:
    """Return the inline tokens of a right-to-left text with its pieces wrapped."""
    root = _tree(tokens)
    line = "".join(_letters(root))
    whole = [(node.start, node.end) for node in _nodes(root) if _is_whole(node)]
    elements = [(node.start, node.end) for node in _nodes(root) if node.closing]
    parts = [
        part for piece in pieces(line, language, whole) for part in _fitted(piece, elements, line)
    ]
    return list(_flat(_wrapped(root, parts))) if parts else list(tokens)


def html_tokens(block: str) -> list[Token]:
    """Return a block of HTML as tokens: its texts, and its tags as they are."""
    out: list[Token] = []
    position = 0
    for markup in MARKUP.finditer(block):
        out += _unescaped(block[position : markup.start()])
        tag = Token("html_inline", "", 0, content=markup[0])
        tag.meta["breaks"] = (markup["name"] or "").lower() not in INLINE - VOID_TEXT
        out.append(tag)
        position = markup.end()
    return [*out, *_unescaped(block[position:])]


def _unescaped(text: str) -> list[Token]:
    return [_text(html.unescape(text))] if text else []


def _fitted(piece: Piece, elements: Sequence[Span], line: str) -> Iterator[Piece]:
    """Yield a piece in parts that each stand wholly inside or outside every element."""
    for start, end in elements:
        for edge, other in ((start, end), (end, start)):
            if piece.start < edge < piece.end and not piece.start <= other <= piece.end:
                yield from _fitted(_stripped(piece.start, edge, piece, line), elements, line)
                yield from _fitted(_stripped(edge, piece.end, piece, line), elements, line)
                return
    yield piece


def _stripped(start: int, end: int, piece: Piece, line: str) -> Piece:
    """Return a part of a piece without the space around it."""
    text = line[start:end]
    start += len(text) - len(text.lstrip())
    return Piece(start, start + len(text.strip()), piece.direction)


def isolated(tokens: list[Token], direction: str) -> list[Token]:
    """Return tokens in an element that runs one way, wherever it stands."""
    opening, closing = Token("span_open", "span", 1), Token("span_close", "span", -1)
    opening.attrs = {"dir": direction}
    return [opening, *tokens, closing]


def ordered(text: str) -> list[Token]:
    """Return a text that runs left to right, its Arabic-Indic numbers each by itself.

    Side by side, or with a sign in between, they would run right to left together.
    """
    out: list[Token] = []
    position = 0
    for number in ARABIC_NUMBER.finditer(text):
        if number.start() > position:
            out.append(_text(text[position : number.start()]))
        out += isolated([_text(number[0])], "ltr")
        position = number.end()
    return [*out, _text(text[position:])] if position < len(text) else out


def _tree(tokens: Sequence[Token]) -> list[_Node]:
    """Return tokens as elements, with the place of each in the line."""
    root: list[_Node] = []
    stack: list[_Node] = []
    place = 0
    for token in tokens:
        if _opens(token):
            stack.append(_Node(token, place))
        elif stack and _closes(token, stack[-1].token):
            element = stack.pop()
            element.end, element.closing = place, token
            (stack[-1].children if stack else root).append(element)
        else:
            leaf = _Node(token, place, place + len(_content(token)))
            place = leaf.end
            (stack[-1].children if stack else root).append(leaf)
    while stack:  # never closed: a tag without its end
        element = stack.pop()
        loose = [_Node(element.token, element.start, element.start), *element.children]
        (stack[-1].children if stack else root).extend(loose)
    return root


def _opens(token: Token) -> bool:
    if token.meta.get("breaks"):
        return False
    tag = TAG.fullmatch(token.content) if token.type == "html_inline" else None
    if tag:
        return not tag[1] and not tag[3] and tag[2].lower() not in VOID
    return token.nesting == 1


def _closes(token: Token, opening: Token) -> bool:
    """Tell whether a token is the end of what another one began."""
    if token.type != "html_inline":
        return token.nesting == -1 and opening.nesting == 1
    tag, begun = TAG.fullmatch(token.content), TAG.fullmatch(opening.content)
    return bool(tag and begun and tag[1] and tag[2].lower() == begun[2].lower())


def _content(token: Token) -> str:
    """Return what a token is in the line."""
    if token.type in ("text", "code_inline"):
        return token.content
    if token.type == "softbreak":
        return " "
    if token.meta.get("breaks"):
        return BREAK
    if token.type == "html_inline":
        tag = TAG.fullmatch(token.content)
        return BREAK if tag and tag[2].lower() in VOID - {"wbr"} else ""
    return BREAK if token.nesting == 0 else ""


def _letters(nodes: Iterable[_Node]) -> Iterator[str]:
    for node in nodes:
        yield from _letters(node.children) if node.closing else (_content(node.token),)


def _nodes(nodes: Iterable[_Node]) -> Iterator[_Node]:
    for node in nodes:
        yield node
        yield from _nodes(node.children)


def _is_whole(node: _Node) -> bool:
    return node.token.type == "span_open" and node.token.attrs.get("class") in WAYS


def _wrapped(nodes: Iterable[_Node], pieces: Sequence[Piece]) -> Iterator[_Node]:
    """Yield nodes with those in elements that make up a piece."""
    cut = [part for node in nodes for part in _cut(node, pieces)]
    for piece, together in groupby(cut, key=lambda node: _around(node, pieces)):
        inside = list(together)
        if piece is None:
            for node in inside:
                node.children = list(_wrapped(node.children, pieces))
                yield node
        elif len(inside) == 1 and _is_whole(inside[0]):
            yield inside[0]
        else:
            opening, *_, closing = isolated([], piece.direction)
            yield _Node(opening, piece.start, piece.end, list(_numbered(inside, piece)), closing)


def _around(node: _Node, part: Sequence[Piece]) -> Piece | None:
    """Return the piece that a node is a part of."""
    for piece in part:
        if piece.start <= node.start and node.end <= piece.end and node.start < piece.end:
            return piece
    return None


def _cut(node: _Node, part: Sequence[Piece]) -> Iterator[_Node]:
    """Yield a text in parts that are each inside or outside a piece."""
    if node.token.type != "text":
        yield node
        return
    edges = {edge for piece in part for edge in (piece.start, piece.end)}
    places = [node.start, *sorted(e for e in edges if node.start < e < node.end), node.end]
    for start, end in pairwise(places):
        yield _Node(_text(node.token.content[start - node.start : end - node.start]), start, end)


def _numbered(nodes: Iterable[_Node], piece: Piece) -> Iterator[_Node]:
    """Yield what a piece holds; in one that runs left to right `ordered`."""
    for node in nodes:
        if node.children:
            node.children = (
                node.children if _is_whole(node) else list(_numbered(node.children, piece))
            )
            yield node
        elif piece.direction == "ltr" and ARABIC_DIGIT.search(_content(node.token)):
            yield from (_Node(part) for part in ordered(node.token.content))
        else:
            yield node


def _flat(nodes: Iterable[_Node]) -> Iterator[Token]:
    for node in nodes:
        yield node.token
        yield from _flat(node.children)
        if node.closing:
            yield node.closing


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
