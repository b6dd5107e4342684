"""From Markdown to a `Document`: block tokens, ids, sections and segments.

Reading order of this module: `parse` runs the steps, each step is one function.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count, pairwise
from typing import Any, Final

from markdown_it.token import Token

from ankl_i18n.errors import Location, Problem, Severity, SourceError, error
from ankl_i18n.source import fence, frontmatter, markdown
from ankl_i18n.source.callouts import wrong_callouts
from ankl_i18n.source.frontmatter import FrontMatter, Text
from ankl_i18n.source.lost_cells import lost_cells
from ankl_i18n.source.records import Document, Section
from ankl_i18n.source.segments import front_segments, line_of, segment
from ankl_i18n.source.tasks import mark_tasks
from ankl_i18n.source.texts import LIMIT

ID: Final = re.compile(r"(?<!\s)\s*+\{#([^\s{}]+)\}\s*$")
CAPTION: Final = re.compile(r"Table:\s+")


def parse(
    source: str, path: str, name: str, *, front_matter: str = "leaflet", context: str = "auto"
) -> Document:
    """Return the document of a Markdown source.

    `front_matter` is "leaflet" (the whole typed record is required) or "free"; `context` is
    "auto" or "never" (no msgctxt). Raises `SourceError` with every problem found.
    """
    head, body = fence.split(source)
    blocks = markdown.parse_blocks(body, env := dict[str, Any]())
    whole = front_matter == "leaflet"
    severity = Severity.ERROR if whole else Severity.WARNING
    mistakes = wrong_callouts(blocks, body, path, severity)
    mistakes += lost_cells(blocks, body, path, severity)
    if unread := fence.unrecognized(source, path):
        mistakes.append(replace(unread, severity=severity))
    problems = mistakes[:] if whole else []
    if too_long := [*_too_long(blocks, path)]:
        raise SourceError([*problems, *too_long])
    tokens = _with_callout_titles(blocks, path, problems)
    _mark_captions(tokens)
    mark_tasks(tokens)
    terms = _give_ids(tokens, path, problems)
    try:
        title = Text(_first_heading(tokens, name), 0)
        front = frontmatter.read(head, path) if whole else frontmatter.title_only(head, path, title)
    except SourceError as wrong:
        problems += () if unread else wrong.problems
        front = FrontMatter(Text(name, 0))
    sections = _sections(tokens)
    of = segment(tokens, env, sections, path, context=context)
    if problems := [*problems, *of.problems]:
        raise SourceError(problems)
    return Document(
        path, name, front, tuple(tokens), env,
        segments=(*front_segments(front), *of.segments),
        sections=tuple(replace(s, required=s.id in of.required) for s in sections),
        abbreviations=tuple(_abbreviations(tokens)), terms=terms, cut=of.cut,
        problems=tuple(mistakes),
    )  # fmt: skip


def _abbreviations(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    for token in tokens:
        if token.type == "abbreviation":
            yield token.meta["short"], token.meta["meaning"]


def _too_long(blocks: Sequence[Token], path: str) -> Iterator[Problem]:
    """Yield a problem for each block whose text is longer than any that people write."""
    for token in blocks:
        if (size := len(token.content)) > LIMIT:
            message = f"a text of {size:,} characters; {LIMIT:,} is the limit"
            hint = "divide it into paragraphs"
            yield error("too-long", message, Location(path, line_of(token)), hint)


def _first_heading(tokens: Sequence[Token], name: str) -> str:
    for before, token in pairwise(tokens):
        if before.type == "heading_open" and token.content:
            return token.content
    return name


def _with_callout_titles(tokens: list[Token], path: str, problems: list[Problem]) -> list[Token]:
    """Give each call-out a title: an inline token of its own after the opening one."""
    out: list[Token] = []
    for token in tokens:
        out.append(token)
        if token.type != "container_callout_open":
            continue
        kind, _, title = token.info.strip().partition(" ")
        token.meta = {"kind": kind}
        if not title.strip():
            hint = f"write ::: {kind} Title"
            problems.append(
                error("call-out", "a call-out needs a title", Location(path, line_of(token)), hint)
            )
        inline = Token("inline", "", 0, content=title.strip(), map=token.map, children=[])
        opening = Token("callout_title_open", "p", 1, block=True)
        out += (opening, inline, Token("callout_title_close", "p", -1, block=True))
    return out


def _mark_captions(tokens: list[Token]) -> None:
    """Turn a paragraph `Table: …` right before a table into that table's caption."""
    for i in range(len(tokens) - 3):
        if tokens[i + 3].type != "table_open":
            continue
        opening, inline, closing, table = tokens[i : i + 4]
        match = CAPTION.match(inline.content) if opening.type == "paragraph_open" else None
        if not match:
            continue
        inline.content = inline.content[match.end() :]
        opening.type, closing.type = "caption_open", "caption_close"
        opening.tag = closing.tag = "caption"
        # A caption is the first child of its table (HTML 4.9.2).
        tokens[i : i + 4] = [table, opening, inline, closing]


def _give_ids(tokens: Sequence[Token], path: str, problems: list[Problem]) -> frozenset[str]:
    """Set the ids of headings and glossary terms from the source text; return the terms' ids."""
    seen: set[str] = set()
    terms: set[str] = set()
    for opening, inline in pairwise(tokens):
        if opening.type not in ("heading_open", "dt_open") or inline.type != "inline":
            continue
        match = ID.search(inline.content)
        if match:
            name = match[1]
            inline.content = inline.content[: match.start()]
            if name in seen:
                where = Location(path, line_of(inline))
                hint = "give one of the two another {#id}"
                problems.append(error("id", f"the id {name!r} is used twice", where, hint))
        else:
            name = _unused(slug(inline.content), seen)
        seen.add(name)
        opening.attrSet("id", name)
        if opening.type == "dt_open":
            terms.add(name)
    return frozenset(terms)


def slug(text: str) -> str:
    """Return an id made from a heading: lower case, words joined by hyphens."""
    return re.sub(r"[\s_]+", "-", re.sub(r"[^\w\s-]", "", text).strip().lower()) or "section"


def _unused(name: str, seen: set[str]) -> str:
    numbered = (f"{name}-{number}" for number in count(2))
    return next(one for one in chain([name], numbered) if one not in seen)


def _sections(tokens: Sequence[Token]) -> tuple[Section, ...]:
    starts = [i for i, token in enumerate(tokens) if token.type == "heading_open"]
    return tuple(
        Section(str(tokens[i].attrs["id"]), tokens[i + 1].content, int(tokens[i].tag[1]), i, end)
        for i, end in pairwise([*starts, len(tokens)])
    )
