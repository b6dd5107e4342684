"""From block tokens to segments: each piece of text that a reader sees, exactly once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.document.directives import directives, wrong
from ankl_i18n.document.html_text import texts
from ankl_i18n.document.inline import simplify
from ankl_i18n.document.markdown import plain
from ankl_i18n.document.records import LinkTitle, Section, Segment
from ankl_i18n.errors import Location, error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from ankl_i18n.errors import Problem
    from ankl_i18n.frontmatter import FrontMatter

# What a segment is, by the innermost block around it that has a name.
KINDS: Final = {
    "heading_open": "heading",
    "caption_open": "caption",
    "callout_title_open": "call-out title",
    "th_open": "table header",
    "td_open": "table cell",
    "dt_open": "term",
    "dd_open": "meaning",
    "list_item_open": "list item",
    "footnote_reference_open": "footnote",
    "blockquote_open": "quotation",
    "container_callout_open": "call-out",
}
# Kinds whose short texts may need another translation elsewhere.
NEED_CONTEXT: Final = frozenset({"heading", "table header", "table cell", "term"})
SHORT: Final = 2
# Parts of inline Markdown that no reader sees: addresses, tags and marks.
ADDRESS = re.compile(r"\]\((?:<[^>]*>|[^()\s]*)\)")
MARKS = re.compile(r"<[^>]*>|[\s\[\]!()*_`~\\]+")


@dataclass
class _Rules:
    """The directives in force: for which tokens, and what they say."""

    notes: tuple[str, ...] = ()
    context: str | None = None
    skip: bool = False
    end: int = -1


def segment(
    tokens: Sequence[Token],
    env: Mapping[str, Any],
    front: FrontMatter,
    sections: Sequence[Section],
    path: str,
    context: str,
    problems: list[Problem],
) -> tuple[tuple[Segment, ...], dict[int, tuple[LinkTitle, ...]], frozenset[str]]:
    """Return the segments, what was cut out of each block, and the ids of required sections.

    Inline tokens receive their simplified content; nothing else in `tokens` changes.
    """
    required: set[str] = set()
    cut: dict[int, tuple[LinkTitle, ...]] = {}
    found = list(front_segments(front))
    stack: list[str] = []
    pending, inner = _Rules(), _Rules()
    here: Section | None = None
    by_start = {section.start: section for section in sections}
    for i, token in enumerate(tokens):
        here = by_start.get(i, here)
        if token.type == "html_block":
            _obey(token, path, problems, pending, required, _enclosing(here, sections))
        elif pending != _Rules() and i > inner.end:
            inner, pending = replace(pending, end=_block_end(tokens, i)), _Rules()
        if token.nesting > 0:
            stack.append(token.type)
        elif token.nesting < 0:
            stack.pop()
        rules = inner if i <= inner.end else _Rules()
        for piece in _pieces(i, token, stack, env, cut):
            found.append(_finished(piece, here, rules, context))
    required_ids = frozenset(required)
    return (
        tuple(replace(s, required=True) if s.section_id in required_ids else s for s in found),
        cut,
        required_ids,
    )


def front_segments(front: FrontMatter) -> Iterator[Segment]:
    """Yield the segments of the front matter, in reading order."""
    for name in ("title", "summary", "audience"):
        text = getattr(front, name)
        if text and (name != "title" or text.line):
            yield Segment(("front", name), text.text, name, text.line)
    for name, kind in (("trail", "trail"), ("links", "link"), ("references", "reference")):
        for i, link in enumerate(getattr(front, name)):
            if not link.lang:
                yield Segment(("front", name, i), link.text.text, kind, link.text.line)


def _obey(
    token: Token,
    path: str,
    problems: list[Problem],
    pending: _Rules,
    required: set[str],
    enclosing: Sequence[Section],
) -> None:
    """Carry out the directives of an HTML block."""
    line = token.map[0] + 1 if token.map else 0
    for directive in directives(token.content, line):
        problem = wrong(directive, path)
        if problem:
            problems.append(problem)
        elif directive.verb == "note":
            pending.notes += (directive.text,)
        elif directive.verb == "context":
            pending.context = directive.text
        elif directive.verb == "skip":
            pending.skip = True
        elif enclosing:
            required.update(section.id for section in enclosing)
        else:
            hint = "write it below the heading of the section that must be translated"
            problems.append(error("directive", "required stands outside any section", Location(path, line), hint))


def _enclosing(here: Section | None, sections: Sequence[Section]) -> list[Section]:
    """Return a section and its subsections."""
    if here is None:
        return []
    found = [here]
    for section in sections[sections.index(here) + 1 :]:
        if section.level <= here.level:
            break
        found.append(section)
    return found


def _block_end(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the token that closes the block opened at `start`."""
    depth = 0
    for i in range(start, len(tokens)):
        depth += tokens[i].nesting
        if depth <= 0:
            return i
    return len(tokens) - 1


def _pieces(
    i: int,
    token: Token,
    stack: Sequence[str],
    env: Mapping[str, Any],
    cut: dict[int, tuple[LinkTitle, ...]],
) -> Iterator[Segment]:
    """Yield the segments of one block token."""
    line = token.map[0] + 1 if token.map else 0
    if token.type == "inline":
        token.content, titles = simplify(token.content, env)
        if _is_seen(token.content):
            yield Segment(("block", i), token.content, _kind(stack), line)
        if titles:
            cut[i] = titles
        for n, title in enumerate(titles):
            is_caption = title.kind == "title" and title.tag == "img"
            kind = "alt text" if title.kind == "alt" else "caption" if is_caption else "link title"
            yield Segment((title.kind, i, n), title.text, kind, line)
    elif token.type in ("fence", "code_block"):
        if token.content.strip():
            yield Segment(("block", i), token.content.rstrip("\n"), "code block", line)
    elif token.type == "html_block":
        for n, text in enumerate(texts(token.content)):
            yield Segment(("html", i, n), text, "text", line)
    elif token.type == "abbreviation":
        short, meaning = token.meta["short"], token.meta["meaning"]
        yield Segment(("abbreviation", i), short, "abbreviation", line, msgctxt="abbreviation")
        yield Segment(("meaning", i), meaning, f"meaning of {short}", line)


def _is_seen(content: str) -> bool:
    """Tell whether a reader sees any of a piece of inline Markdown."""
    return bool(MARKS.sub("", ADDRESS.sub("", content)) or plain(content).strip())


def _kind(stack: Sequence[str]) -> str:
    return next((KINDS[name] for name in reversed(stack) if name in KINDS), "paragraph")


def _finished(piece: Segment, here: Section | None, rules: _Rules, context: str) -> Segment:
    """Return the segment with its section and what the directives say of it."""
    in_body = here and piece.slot[0] not in ("abbreviation", "meaning")
    section, section_id = (here.title, here.id) if here and in_body else ("", "")
    short = piece.kind in NEED_CONTEXT and len(piece.msgid.split()) <= SHORT
    msgctxt = rules.context or piece.msgctxt or (section_id if short and section_id else None)
    return replace(
        piece,
        section=section,
        section_id=section_id,
        msgctxt=msgctxt if context == "auto" else None,
        notes=rules.notes,
        skip=rules.skip,
    )
