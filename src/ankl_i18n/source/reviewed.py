"""What of a translation is HTML: the tags that its source text has, and nothing else.

A translator writes words. A tag, a comment or an outside picture that the author did not write
at this place is shown as text, however deep it stands, because the rules here decide while the
parser meets it: in link labels, alt texts and inline footnotes, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, html_inline, image
from markdown_it.token import Token

from ankl_i18n.source.active_html import VOID, tag_of, why_active

# An address that leads out of the source folder.
OUTSIDE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
# Elements of which nothing in a translation may become a part: their content is not text.
NO_TEXT: Final = frozenset({"script", "style"})
FOREIGN: Final = frozenset({"svg", "math"})
# Where the inline rules find what is reviewed of the text that they parse, and how deep it is.
KEY: Final = "reviewed"
DEPTH: Final = "depth"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The raw HTML tags and the addresses of pictures that a source text has.

    `unpaired` are those of the tags that open or close nothing in the source text either.
    """

    tags: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    unpaired: frozenset[str] = frozenset()


def reviewed(tags: Iterable[str], pictures: Iterable[str]) -> Reviewed:
    """Return what a translation may repeat of its source's tags and pictures."""
    return Reviewed(frozenset(filter(_may_hold_text, tags)), frozenset(pictures))


def _may_hold_text(tag: str) -> bool:
    name = tag_of(tag)
    return name is None or not (name.name in NO_TEXT or why_active(name.name, name.attributes))


def add_rules(md: MarkdownIt) -> None:
    """Let a parser show as text what is not reviewed, where its environment says what is."""
    md.inline.ruler.at("html_inline", _html)
    md.inline.ruler.at("image", _picture)
    md.inline.ruler2.push("paired tags", _paired)


def _html(state: StateInline, silent: bool) -> bool:
    """Inline rule: a tag of the source, or its letters."""
    start, level = state.pos, state.linkLevel
    is_one = html_inline(state, silent)
    known: Reviewed | None = state.env.get(KEY)
    written = state.src[start : state.pos]
    if is_one and not silent and known and written not in known.tags:
        state.linkLevel = level
        _show(state, written)
    return is_one


def _picture(state: StateInline, silent: bool) -> bool:
    """Inline rule: a picture of the source folder or of the source text, or its letters."""
    start = state.pos
    is_one = nested(image, state, silent)
    known: Reviewed | None = state.env.get(KEY)
    if is_one and not silent and known:
        address = str(state.tokens[-1].attrs["src"])
        state.tokens[-1].meta[KEY] = known  # of its title, too
        if OUTSIDE.match(address) and address not in known.pictures:
            _show(state, state.src[start : state.pos])
    return is_one


def nested(rule: Callable[..., bool], state: StateInline, silent: bool) -> bool:
    """Run a rule that parses a text within the text, up to the depth that marks may have."""
    depth = state.env.get(DEPTH, 0)
    if depth >= state.md.options.maxNesting:
        return False
    state.env[DEPTH] = depth + 1
    is_one = rule(state, silent)
    state.env[DEPTH] = depth
    return is_one


def _show(state: StateInline, written: str) -> None:
    """Put letters in the place of the token that a rule has just made."""
    state.tokens.pop()
    state.pending += written


def _paired(state: StateInline) -> None:
    """Rule after the others: tags that open or close nothing would reach beyond their text."""
    known: Reviewed | None = state.env.get(KEY)
    if known is None:
        return
    for token in _unpaired(state.tokens):
        if token.content not in known.unpaired:
            token.type = "text"


@dataclass(slots=True)
class _Open:
    """The tags that are open within a mark, with their names, and how many of each name."""

    tags: list[tuple[str, Token]] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)


def _unpaired(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield tags without a partner; that of one within a mark is within it, too."""
    levels = [_Open()]
    for token in tokens:
        if token.type == "html_inline":
            yield from _pair(token, levels[-1])
        elif token.nesting > 0:
            levels.append(_Open())
        elif token.nesting < 0 and len(levels) > 1:
            yield from (one for _, one in levels.pop().tags)
    for opened in levels:
        yield from (one for _, one in opened.tags)


def _pair(token: Token, opened: _Open) -> Iterator[Token]:
    """Take a tag into account; yield what stays open before the tag that it closes."""
    tag = tag_of(token.content)
    if tag is None or (tag.name in VOID and not tag.closes):
        return
    if not tag.closes:
        in_drawing = any(opened.names[name] for name in FOREIGN)
        if not (in_drawing and token.content.endswith("/>")):
            opened.tags.append((tag.name, token))
            opened.names[tag.name] += 1
    elif opened.names[tag.name]:
        name = ""
        while name != tag.name:
            name, last = opened.tags.pop()
            opened.names[name] -= 1
            if name != tag.name:
                yield last
    else:
        yield token
