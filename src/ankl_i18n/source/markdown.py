"""The Markdown dialect: CommonMark, tables, footnotes, definition lists, call-outs,
abbreviations and table captions, as markdown-it rules.

Parsing runs in two halves. `parse_blocks` applies the block rules alone; each inline token
keeps its raw Markdown in `content`. `parse_inlines` applies the rest of the rules later, when
the content has been localized, so no text can change the structure of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_inline

from ankl_i18n.source import reviewed
from ankl_i18n.source.paragraphs import plain_paragraph
from ankl_i18n.source.reviewed import Reviewed
from ankl_i18n.source.spans import SPECIAL, simple

CALLOUTS: Final = ("danger", "warning", "info", "tip", "story", "community")
ABBREVIATION = re.compile(r"\*\[([^\]]+)\]:[ \t]*(\S.*)")
BLOCK_RULES: Final = ("normalize", "block")


@cache
def parser() -> MarkdownIt:
    """Return the one configured parser; it contains no state between documents."""
    md = MarkdownIt("commonmark").enable("table")
    md.use(footnote_plugin).use(deflist_plugin)
    md.use(container_plugin, name="callout", marker=":", validate=_is_callout)
    md.block.ruler.before("table", "plain paragraph", plain_paragraph)
    md.block.ruler.before(
        "reference", "abbreviation", _abbreviation, {"alt": ["paragraph", "reference"]}
    )
    md.inline.ruler.at("footnote_inline", _inline_note)
    md.core.ruler.at("inline", _inlines)
    reviewed.add_rules(md)
    return md


@cache
def renderer() -> RendererHTML:
    """Return markdown-it's own renderer with the rules that the plug-ins add."""
    made = parser().renderer
    if not isinstance(made, RendererHTML):
        raise TypeError("markdown-it was configured without its HTML renderer")
    return made


def parse_blocks(source: str, env: MutableMapping[str, Any]) -> list[Token]:
    """Return the block tokens of a source; `env` receives references and footnotes."""
    md = parser()
    state = StateCore(source, md, env)
    for name, rule in zip(
        md.core.ruler.get_active_rules(), md.core.ruler.getRules(""), strict=True
    ):
        if name in BLOCK_RULES:
            rule(state)
    return state.tokens


def parse_inlines(tokens: Sequence[Token], env: MutableMapping[str, Any]) -> list[Token]:
    """Return the tokens with the children of every inline token parsed from its content.

    `meta["reviewed"]` of a translated one says what may be HTML in it; see `reviewed`.
    """
    md = parser()
    state = StateCore("", md, env, list(tokens))
    for name, rule in zip(
        md.core.ruler.get_active_rules(), md.core.ruler.getRules(""), strict=True
    ):
        if name not in BLOCK_RULES:
            rule(state)
    return state.tokens


def _inlines(state: StateCore) -> None:
    """Core rule: parse each inline token, a translated one by what is reviewed in it."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = token.children or []
            if not SPECIAL.search(token.content):  # most texts: no rule has anything to do
                if token.content:
                    token.children.append(Token("text", "", 0, content=token.content))
                continue
            state.env[reviewed.KEY] = token.meta.get(reviewed.KEY)
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def parse_inline(content: str, known: Reviewed | None = None) -> list[Token]:
    """Return the inline tokens of one piece of inline Markdown.

    `known` is what may be HTML in a translation; in a source text (None) all that looks so is.
    """
    children: list[Token] = []
    md = parser()
    md.inline.parse(content, md, {reviewed.KEY: known}, children)
    for child in children:
        if child.type == "text_special":  # an escape or entity, which text_join would make text
            child.type = "text"
    return children


def plain(text: str, known: Reviewed | None = None) -> str:
    """Return the words of a piece of inline Markdown, without marks and without its notes.

    `known` is as for `parse_inline`.
    """
    spans = simple(text)
    return spans.shown if spans else "".join(_words(parse_inline(text, known)))


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.children and token.type != "footnote_ref":
            yield from _words(token.children)


def passages(text: str, known: Reviewed | None = None) -> list[str]:
    """Return the words of a text between its inline footnotes, then those of each footnote.

    `known` is as for `parse_inline`.
    """
    return list(_passages(parse_inline(text, known))) if "^[" in text else [plain(text, known)]


def _passages(tokens: Sequence[Token]) -> Iterator[str]:
    begin, inside = 0, []
    for i, token in enumerate(tokens):
        if token.type == "footnote_ref":
            yield "".join(_words(tokens[begin:i]))
            begin = i + 1
            inside.append(token.children or [])
    yield "".join(_words(tokens[begin:]))
    for note in inside:
        yield from _passages(note)


def _inline_note(state: StateInline, silent: bool) -> bool:
    """Inline rule for `^[…]`: the note's text is found where the note stands, too."""
    is_one = reviewed.nested(footnote_inline, state, silent)
    if is_one and not silent:
        token = state.tokens[-1]
        token.children = state.env["footnotes"]["list"][token.meta["id"]]["tokens"]
    return is_one


def _is_callout(params: str, *_: object) -> bool:
    kind = params.strip().split(maxsplit=1)
    return bool(kind) and kind[0] in CALLOUTS


def _abbreviation(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Block rule for `*[CNS]: central nervous system` (PHP Markdown Extra, Abbreviations)."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = ABBREVIATION.fullmatch(line.rstrip())
    if not match:
        return False
    if not silent:
        token = state.push("abbreviation", "", 0)
        token.hidden = True
        token.map = [start, start + 1]
        token.meta = {"short": match[1].strip(), "meaning": match[2].strip()}
        state.line = start + 1
    return True
