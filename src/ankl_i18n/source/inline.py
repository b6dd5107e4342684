"""Inline Markdown as translators see it.

`simplify` turns raw inline Markdown into a msgid: reference links become inline links, soft
line breaks become spaces, titles and alt texts are cut out to be messages of their own.
markdown-it's own inline rules find the places; the text between them is copied, so nothing
that it parses can be misread here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline, backtick, escape, image, link, newline
from markdown_it.token import Token

from ankl_i18n.source import markdown
from ankl_i18n.source.records import LinkTitle
from ankl_i18n.source.spans import simple

# What needs parsing: links, and line breaks that may be hard, or are in a tag or by a space.
BREAKS = re.compile(r"[ \t\\]\n|\n[ \t]|<[^>]*\n")
SPECIAL = re.compile(rf"\[|{BREAKS.pattern}")
PLAIN_DESTINATION = re.compile(r"[^\s<>()\\]+")


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `start` to `end` of the raw text with `text`."""

    start: int
    end: int
    text: str


@dataclass
class _Trace:
    """What the inline rules met in one text; nested texts (alt) are not traced."""

    text: str
    edits: list[Edit]
    titles: list[tuple[int, str, str, str, str]]


def simplify(raw: str, env: Mapping[str, Any]) -> tuple[str, tuple[LinkTitle, ...]]:
    """Return the msgid of a piece of raw inline Markdown, and the texts cut out of it.

    Soft line breaks become spaces and hard ones a backslash and a newline (CommonMark 6.7).
    """
    if not SPECIAL.search(raw):
        # No link, and every line break is between words or within code: a space either way.
        return raw.replace("\n", " "), ()
    if not BREAKS.search(raw) and simple(on_one_line := raw.replace("\n", " ")):
        return on_one_line, ()  # its links have neither titles nor references
    return traced(raw, env)


def traced(raw: str, env: Mapping[str, Any]) -> tuple[str, tuple[LinkTitle, ...]]:
    """Do what `simplify` does with the parser, whatever there is in the text."""
    trace = _Trace(raw, [], [])
    tracer = _tracer()
    children: list[Token] = []
    tracer.inline.parse(raw, tracer, _traced_env(env, trace), children)
    return _apply(raw, trace.edits), _occurrences(trace.titles)


def _traced_env(env: Mapping[str, Any], trace: _Trace) -> dict[str, Any]:
    """Return an environment in which references are known and footnotes are counted in vain."""
    footnotes = env.get("footnotes")
    counted = {"footnotes": {"refs": dict(footnotes["refs"]), "list": {}}} if footnotes else {}
    return {**env, **counted, "trace": trace}


def _apply(raw: str, edits: Sequence[Edit]) -> str:
    """Return the text with all edits made; the rest is copied."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < position:
            continue
        parts += (raw[position : edit.start], edit.text)
        position = edit.end
    parts.append(raw[position:])
    return "".join(parts)


def _occurrences(links: Sequence[tuple[int, str, str, str, str]]) -> tuple[LinkTitle, ...]:
    """Number titles and alt texts by address, in the order of the text."""
    seen: Counter[tuple[str, str]] = Counter()
    cut = []
    for _, tag, href, title, alt in sorted(links):
        occurrence = seen[tag, href]
        seen[tag, href] += 1
        for kind, text in (("alt", alt), ("title", title)):
            if text.strip():
                cut.append(LinkTitle(kind, tag, href, occurrence, text))
    return tuple(cut)


@cache
def _tracer() -> MarkdownIt:
    """Return a parser whose link, image and line-break rules write down what they meet."""
    md = markdown.parser.__wrapped__()
    md.inline.ruler.at("link", _traced_link(link, 0))
    md.inline.ruler.at("image", _traced_link(image, 1))
    md.inline.ruler.at("newline", _traced_break(newline))
    md.inline.ruler.at("escape", _traced_break(escape))
    md.inline.ruler.at("backticks", _traced_code)
    return md


def _traced_link(rule: Callable[..., bool], label: int) -> Callable[..., bool]:
    def traced(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        is_one = rule(state, silent)
        trace: _Trace = state.env["trace"]
        if is_one and not silent and state.src == trace.text:
            # A rule first flushes the pending text, then pushes its own token.
            first = state.tokens[count]
            token = state.tokens[count + 1] if first.type == "text" else first
            _note_link(state, trace, token, start + label)
        return is_one

    return traced


def _note_link(state: StateInline, trace: _Trace, token: Token, label_start: int) -> None:
    """Write down a link's title and alt text, and how to write the link without them."""
    src, end = state.src, state.pos
    label_end = parseLinkLabel(state, label_start)
    state.pos = end
    is_inline = end > label_end + 1 and src[label_end + 1] == "("
    tag = "img" if token.type == "image" else "a"
    href = str(token.attrs["src" if tag == "img" else "href"])
    title = str(token.attrs.get("title", ""))
    written = _destination(state, href, label_end + 2 if is_inline else -1)
    if tag == "img":
        alt = src[label_start + 1 : label_end].replace("\n", " ")
        trace.edits.append(Edit(label_start, end, f"[]({written})"))
    else:
        alt = ""
        if title or not is_inline:
            trace.edits.append(Edit(label_end + 1, end, f"({written})"))
    trace.titles.append((label_start, tag, href, title, alt))


def _destination(state: StateInline, href: str, begin: int) -> str:
    """Return the address as the author wrote it at `begin`, or as it was resolved."""
    if begin >= 0:
        while state.src[begin] in " \t\n":
            begin += 1
        destination = state.md.helpers.parseLinkDestination(state.src, begin, len(state.src))
        if destination.ok and state.md.normalizeLink(destination.str) == href:
            return state.src[begin : destination.pos]
    return href if PLAIN_DESTINATION.fullmatch(href) else f"<{href}>"


def _traced_break(rule: Callable[..., bool]) -> Callable[..., bool]:
    def traced(state: StateInline, silent: bool) -> bool:
        start = state.pos
        is_one = rule(state, silent)
        trace: _Trace = state.env["trace"]
        if (
            is_one
            and not silent
            and state.src == trace.text
            and "\n" in state.src[start : state.pos]
        ):
            hard = state.tokens[-1].type == "hardbreak"
            begin = len(state.src[:start].rstrip(" ")) if state.src[start] == "\n" else start
            trace.edits.append(Edit(begin, state.pos, "\\\n" if hard else " "))
        return is_one

    return traced


def _traced_code(state: StateInline, silent: bool) -> bool:
    """A line break in a code span is a space (CommonMark 6.1)."""
    start = state.pos
    is_one = backtick(state, silent)
    trace: _Trace = state.env["trace"]
    if is_one and not silent and state.src == trace.text and "\n" in state.src[start : state.pos]:
        span = state.src[start : state.pos].replace("\n", " ")
        trace.edits.append(Edit(start, state.pos, span))
    return is_one
