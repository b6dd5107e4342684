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


@dataclass(frozen=True, slots=True)
class Segmented:
    """What segmenting finds.

    `cut` holds the titles and alt texts cut out of each inline token, by its index;
    `required` are the ids of required sections.
    """

    segments: tuple[Segment, ...]
    cut: Mapping[int, tuple[LinkTitle, ...]]
    required: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass
class _Rules:
    """The directives in force: for which tokens, and what they say."""

    notes: tuple[str, ...] = ()
    context: str | None = None
    skip: bool = False
    end: int = -1


def segment(
    tokens: Sequence[Token], env: Mapping[str, Any], sections: Sequence[Section], path: str
) -> Segmented:
    """Return the segments of a document's blocks.

    Inline tokens receive their simplified content; nothing else in `tokens` changes.
    """
    walk = _Walk(env, sections, path)
    for i, token in enumerate(tokens):
        walk.step(i, token, tokens)
    required = frozenset(walk.required)
    segments = tuple(
        replace(found, required=True) if found.section_id in required else found
        for found in walk.found
    )
    return Segmented(segments, walk.cut, required, tuple(walk.problems))


class _Walk:
    """One walk over the block tokens of a document."""

    def __init__(self, env: Mapping[str, Any], sections: Sequence[Section], path: str) -> None:
        self.env = env
        self.sections = sections
        self.path = path
        self.by_start = {section.start: section for section in sections}
        self.here: Section | None = None
        self.stack: list[str] = []
        self.pending = _Rules()
        self.inner = _Rules()
        self.found: list[Segment] = []
        self.cut: dict[int, tuple[LinkTitle, ...]] = {}
        self.required: set[str] = set()
        self.problems: list[Problem] = []

    def step(self, i: int, token: Token, tokens: Sequence[Token]) -> None:
        self.here = self.by_start.get(i, self.here)
        if token.type == "html_block":
            self.obey(token)
        elif self.pending != _Rules() and i > self.inner.end:
            self.inner = replace(self.pending, end=_block_end(tokens, i))
            self.pending = _Rules()
        if token.nesting > 0:
            self.stack.append(token.type)
        elif token.nesting < 0:
            self.stack.pop()
        rules = self.inner if i <= self.inner.end else _Rules()
        self.found += [self.finished(piece, rules) for piece in self.pieces(i, token)]

    def obey(self, token: Token) -> None:
        """Carry out the directives of an HTML block."""
        for directive in directives(token.content, _line(token)):
            problem = wrong(directive, self.path)
            if problem:
                self.problems.append(problem)
            elif directive.verb == "note":
                self.pending.notes += (directive.text,)
            elif directive.verb == "context":
                self.pending.context = directive.text
            elif directive.verb == "skip":
                self.pending.skip = True
            elif self.here:
                self.required.update(s.id for s in _with_subsections(self.here, self.sections))
            else:
                where = Location(self.path, directive.line)
                hint = "write it below the heading of the section that must be translated"
                self.problems.append(
                    error("directive", "required stands outside any section", where, hint)
                )

    def pieces(self, i: int, token: Token) -> Iterator[Segment]:
        """Yield the segments of one block token."""
        line = _line(token)
        if token.type == "inline":
            token.content, titles = simplify(token.content, self.env)
            if _is_seen(token.content):
                yield Segment(("block", i), token.content, _kind(self.stack), line)
            if titles:
                self.cut[i] = titles
            for n, title in enumerate(titles):
                yield Segment((title.kind, i, n), title.text, _title_kind(title), line)
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

    def finished(self, piece: Segment, rules: _Rules) -> Segment:
        """Return the segment with its section and what the directives say of it."""
        in_body = self.here and piece.slot[0] not in ("abbreviation", "meaning")
        title, name = (self.here.title, self.here.id) if self.here and in_body else ("", "")
        short = piece.kind in NEED_CONTEXT and len(piece.msgid.split()) <= SHORT
        return replace(
            piece,
            section=title,
            section_id=name,
            msgctxt=rules.context or piece.msgctxt or (name if short and name else None),
            notes=rules.notes,
            skip=rules.skip,
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


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _with_subsections(section: Section, sections: Sequence[Section]) -> list[Section]:
    """Return a section and its subsections."""
    found = [section]
    for other in sections[sections.index(section) + 1 :]:
        if other.level <= section.level:
            break
        found.append(other)
    return found


def _block_end(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the token that closes the block opened at `start`."""
    depth = 0
    for i in range(start, len(tokens)):
        depth += tokens[i].nesting
        if depth <= 0:
            return i
    return len(tokens) - 1


def _is_seen(content: str) -> bool:
    """Tell whether a reader sees any of a piece of inline Markdown."""
    return bool(MARKS.sub("", ADDRESS.sub("", content)) or plain(content).strip())


def _kind(stack: Sequence[str]) -> str:
    return next((KINDS[name] for name in reversed(stack) if name in KINDS), "paragraph")


def _title_kind(title: LinkTitle) -> str:
    if title.kind == "alt":
        return "alt text"
    return "caption" if title.tag == "img" else "link title"
