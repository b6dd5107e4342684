"""From block tokens to segments: each piece of text that a reader sees, exactly once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from markdown_it.token import Token

from ankl_i18n.errors import Location, Problem, error
from ankl_i18n.source.directives import (
    Directive,
    directives,
    says_more,
    within,
    without_block,
    wrong,
)
from ankl_i18n.source.frontmatter import FrontMatter, Text, values
from ankl_i18n.source.html_text import is_blank, parts
from ankl_i18n.source.inline import simplify
from ankl_i18n.source.markdown import plain
from ankl_i18n.source.records import LinkTitle, Section, Segment, Slot

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
# Single tokens that are blocks with a text of their own, or ought to have one.
WITH_TEXT: Final = frozenset({"inline", "fence", "code_block", "abbreviation"})
# Parts of inline Markdown that no reader sees: addresses, tags and marks.
ADDRESS = re.compile(r"\]\((?:<[^>]*>|[^()\s]*)\)")
MARKS = re.compile(r"<[^>]*>|[\s\[\]!()*_`~\\]+")


@dataclass(frozen=True, slots=True)
class Segmented:
    """What segmenting finds.

    `cut` contains the titles and alt texts cut out of each inline token, by its index;
    `required` are the ids of required sections.
    """

    segments: tuple[Segment, ...]
    cut: Mapping[int, tuple[LinkTitle, ...]]
    required: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass
class _Rules:
    """What directives say of one block, up to the token `end`; `used` when it has a text."""

    given: tuple[Directive, ...]
    end: int
    used: bool = False

    def told(self, verb: str) -> tuple[str, ...]:
        """Return the texts of the directives of one kind."""
        return tuple(directive.text for directive in self.given if directive.verb == verb)


# What will be a segment: its slot, msgid, kind, line and msgctxt.
_Piece = tuple[Slot, str, str, int, str | None]


def segment(
    tokens: Sequence[Token], env: Mapping[str, Any], sections: Sequence[Section], path: str,
    *, context: str = "auto",
) -> Segmented:  # fmt: skip
    """Return the segments of a document's blocks; `context` is as for `parse`.

    Inline tokens receive their simplified content; nothing else in `tokens` changes.
    """
    walk = _Walk(env, sections, path, context)
    for i, token in enumerate(tokens):
        walk.step(i, token, tokens)
    walk.end()
    required = frozenset(walk.required)
    segments = tuple(
        replace(one, required=True) if one.section_id in required else one for one in walk.segments
    )
    return Segmented(segments, walk.cut, required, tuple(walk.problems))


class _Walk:
    """One walk over the block tokens of a document."""

    def __init__(
        self, env: Mapping[str, Any], sections: Sequence[Section], path: str, context: str
    ) -> None:
        self.env = env
        self.context = context
        self.sections = sections
        self.path = path
        self.by_start = {section.start: section for section in sections}
        self.here: Section | None = None
        self.stack: list[str] = []
        self.pending: list[Directive] = []
        self.rules: list[_Rules] = []
        self.segments: list[Segment] = []
        self.cut: dict[int, tuple[LinkTitle, ...]] = {}
        self.required: set[str] = set()
        self.problems: list[Problem] = []

    def step(self, i: int, token: Token, tokens: Sequence[Token]) -> None:
        self.here = self.by_start.get(i, self.here)
        while self.rules and i > self.rules[-1].end:
            self.leave(self.rules.pop())
        pieces = list(self.pieces(i, token))
        if token.type == "html_block":
            self.obey(token)
        if token.nesting < 0:
            self.stack.pop()
            self.refuse()
        elif self.pending and (pieces or token.nesting > 0 or token.type in WITH_TEXT):
            self.rules.append(_Rules(tuple(self.pending), _block_end(tokens, i)))
            self.pending = []
        if token.nesting > 0:
            self.stack.append(token.type)
        for slot, msgid, kind, line, msgctxt in pieces:
            self.segments.append(self.finished(slot, msgid, kind, line, msgctxt))

    def end(self) -> None:
        """Report directives that the end of the document leaves without a block."""
        while self.rules:
            self.leave(self.rules.pop())
        self.refuse()

    def leave(self, rules: _Rules) -> None:
        """Report directives whose block had no text."""
        if not rules.used:
            self.problems += (without_block(directive, self.path) for directive in rules.given)

    def refuse(self) -> None:
        """Report the directives that no block follows."""
        self.problems += (without_block(one, self.path) for one in self.pending)
        self.pending = []

    def obey(self, token: Token) -> None:
        """Carry out the directives of an HTML block."""
        mixed = says_more(token.content)
        for directive in directives(token.content, line_of(token)):
            problem = wrong(directive, self.path)
            if problem or mixed:
                self.problems.append(problem or within(directive, self.path))
            elif directive.verb != "required":
                self.pending.append(directive)
            elif self.here:
                self.required.update(s.id for s in _with_subsections(self.here, self.sections))
            else:
                where = Location(self.path, directive.line)
                hint = "write it below the heading of the section that must be translated"
                self.problems.append(
                    error("directive", "required is outside any section", where, hint)
                )

    def pieces(self, i: int, token: Token) -> Iterator[_Piece]:
        """Yield the texts of one block token."""
        line = line_of(token)
        if token.type == "inline":
            token.content, titles = simplify(token.content, self.env)
            if _is_seen(token.content):
                yield ("block", i), token.content, _kind(self.stack), line, None
            if titles:
                self.cut[i] = titles
            for n, title in enumerate(titles):
                yield (title.kind, i, n), title.text, _title_kind(title), line, None
        elif token.type in ("fence", "code_block"):
            if token.content.strip():
                yield ("block", i), token.content.rstrip("\n"), "code block", line, None
        elif token.type == "html_block":
            for n, part in enumerate(parts(token.content)):
                below = token.content.count("\n", 0, part.start)
                yield ("html", i, n), part.msgid, "text", line + below, None
        elif token.type == "abbreviation":
            short, meaning = token.meta["short"], token.meta["meaning"]
            yield ("abbreviation", i), short, "abbreviation", line, "abbreviation"
            yield ("meaning", i), meaning, f"meaning of {short}", line, None

    def finished(
        self, slot: Slot, msgid: str, kind: str, line: int, msgctxt: str | None
    ) -> Segment:
        """Return a segment with its section and what the directives say of it."""
        in_body = self.here and slot[0] not in ("abbreviation", "meaning")
        title, name = (self.here.title, self.here.id) if self.here and in_body else ("", "")
        short = kind in NEED_CONTEXT and len(msgid.split()) <= SHORT
        for rules in self.rules:
            rules.used = True
        contexts, notes, skips = (
            [text for rules in self.rules for text in rules.told(verb)]
            for verb in ("context", "note", "skip")
        )
        if self.context == "never":
            msgctxt = None
        else:
            given = contexts[-1] if contexts else msgctxt
            msgctxt = given or (name if short and name else None)
        return Segment(
            slot, msgid, kind, line, title, name, msgctxt, tuple(notes), skip=bool(skips)
        )


def front_segments(front: FrontMatter) -> Iterator[Segment]:
    """Yield the segments of the front matter, in reading order."""
    for name, row, value in values(front):
        if isinstance(value, Text) and row.kind and value.line:
            yield Segment(
                ("front", name), value.text, row.kind, value.line, notes=_told(front, value)
            )
        for i, link in enumerate(value if row.kind and isinstance(value, tuple) else ()):
            if not link.lang:
                text, notes = link.text, _told(front, link.text)
                yield Segment(("front", name, i), text.text, row.kind, text.line, notes=notes)


def _told(front: FrontMatter, text: Text) -> tuple[str, ...]:
    """Return what the author tells translators of a text of the front matter."""
    return tuple(note for line, note in front.notes if line == text.line)


def line_of(token: Token) -> int:
    """Return the line of a block, 0 if that is not known."""
    return token.map[0] + 1 if token.map else 0


def _with_subsections(section: Section, sections: Sequence[Section]) -> list[Section]:
    """Return a section and its subsections."""
    segments = [section]
    for other in sections[sections.index(section) + 1 :]:
        if other.level <= section.level:
            break
        segments.append(other)
    return segments


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
    if content[:1].isalnum():  # nearly always
        return True
    seen = MARKS.sub("", ADDRESS.sub("", content))
    return ("&" not in seen and not is_blank(seen)) or not is_blank(plain(content))


def _kind(stack: Sequence[str]) -> str:
    return next((KINDS[name] for name in reversed(stack) if name in KINDS), "paragraph")


def _title_kind(title: LinkTitle) -> str:
    if title.kind == "alt":
        return "alt text"
    return "caption" if title.tag == "img" else "link title"
