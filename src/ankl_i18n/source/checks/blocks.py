"""Checks of blocks: headings, pictures without words, tables without a caption, what gets lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from ankl_i18n.source.active_html import is_script, tag_of, why_active
from ankl_i18n.source.checks.records import Finding, Leaflet, Surroundings
from ankl_i18n.source.directives import COMMENT

TAG: Final = re.compile(r"<[a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>?")
COMMENTED: Final = re.compile(r"<!--.*?-->", re.DOTALL)


def heading_levels(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Headings that skip a level: screen readers and contents would show a gap."""
    tokens = leaflet.document.tokens
    last = 1 if leaflet.whole else 0
    for section in leaflet.document.sections:
        where = tokens[section.start].map
        line = where[0] + 1 if where else 0
        if leaflet.whole and section.level == 1:
            yield line, "the title must be the only heading of level 1", f"write ## {section.title}"
        elif last and section.level > last + 1:
            above = f"one of level {last}" if last > 1 or not leaflet.whole else "the title"
            hint = f"write {'#' * (last + 1)} {section.title}"
            yield line, f"a heading of level {section.level} follows {above}", hint
        last = section.level


def alt_texts(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Pictures that say nothing to readers who cannot see them (WCAG 2.2, 1.1.1)."""
    for passage in leaflet.passages:
        cut = leaflet.document.cut.get(passage.index, ())
        described = {(text.href, text.occurrence) for text in cut if text.kind == "alt"}
        seen: Counter[str] = Counter()
        for src in passage.text.images:
            if (src, seen[src]) not in described:
                hint = f"write what can be seen: ![A small round cell]({src})"
                yield passage.line, f"the picture {src} has no alt text", hint
            seen[src] += 1


def captions(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Tables without a caption: readers who hear them do not know what they are about."""
    tokens = leaflet.document.tokens
    for i, token in enumerate(tokens):
        if token.type == "table_open" and tokens[i + 1].type != "caption_open":
            line = token.map[0] + 1 if token.map else 0
            hint = "write a paragraph before it: Table: What it shows"
            yield line, "the table has no caption", hint


def directives(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Directives within a paragraph or heading, where they direct nothing."""
    for passage in leaflet.passages:
        for tag in passage.text.tags:
            if COMMENT.match(tag):
                message = f"{tag} is inside other text and has no effect"
                yield passage.line, message, "write it on a line of its own"


def active_html(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Event handlers and addresses of scripts: the pages' policy forbids what they do."""
    hint = "remove it; pages are text and pictures"
    tags = [(tag, passage.line) for passage in leaflet.passages for tag in passage.text.tags]
    for token in leaflet.document.tokens:
        if token.type == "html_block" and token.map:
            for match in TAG.finditer(COMMENTED.sub(_blank, token.content)):
                line = token.map[0] + 1 + token.content.count("\n", 0, match.start())
                tags.append((match[0], line))
    for written, line in tags:
        tag = tag_of(written)
        what = why_active("", tag.attributes) if tag else ""
        if what:
            yield line, f"{what} has no effect on the pages", hint
    for href, line in leaflet.links():
        if is_script(href):
            yield line, f"{href} is the address of a script; pages leave it out", hint


def _blank(comment: re.Match[str]) -> str:
    """Return a comment's spaces and lines, so that all else stays in its place."""
    return re.sub(r"[^\n]", " ", comment[0])


def comments(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Comments that nobody closes: all that follows would be a part of them, and not be seen."""
    for token in leaflet.document.tokens:
        if token.type == "html_block" and token.map and "<!--" in token.content:
            begin = token.content.rindex("<!--")
            if "-->" not in token.content[begin:]:
                line = token.map[0] + 1 + token.content.count("\n", 0, begin)
                yield line, "the comment is not closed; nobody sees what follows", "end it with -->"


def footnotes(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Marks without a footnote, which readers would see, and footnotes that nobody would."""
    notes: dict[str, int] = {}
    for token in leaflet.document.tokens:
        if token.type == "footnote_reference_open":
            label = str(token.meta["label"])
            line = token.map[0] + 1 if token.map else 0
            if label in notes:
                other = f"the footnote [^{label}] is already defined in line {notes[label]}"
                yield line, f"{other}; nobody sees that one", "give one of the two another mark"
            notes[label] = line
    marked = set()
    for passage in leaflet.passages:
        for mark in passage.text.footnotes:
            label = mark[2:-1]
            marked.add(label)
            in_code = any(mark in code for code in passage.text.codes)
            if label not in notes and mark.startswith("[^") and not in_code:
                hint = f"write a line {mark}: The note."
                yield passage.line, f"there is no footnote {mark}", hint
    for label, line in notes.items():
        if label not in marked:
            hint = f"write [^{label}] in the text, or delete the footnote"
            yield line, f"nothing leads to the footnote [^{label}]; nobody sees it", hint
