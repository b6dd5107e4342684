"""The Markdown dialect: CommonMark, tables, footnotes, definition lists, call-outs,
abbreviations and table captions, as markdown-it rules.

Parsing runs in two halves. `parse_blocks` applies the block rules alone; each inline token
keeps its raw Markdown in `content`. `parse_inlines` applies the rest of the rules later, when
the content has been localized, so no text can change the structure of the document.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from ankl_i18n.source.paragraphs import plain_paragraph
from ankl_i18n.source.spans import simple

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping, Sequence

    from markdown_it.rules_block import StateBlock

CALLOUTS: Final = ("danger", "warning", "info", "tip", "story", "community")
ABBREVIATION = re.compile(r"\*\[([^\]]+)\]:[ \t]*(\S.*)")
BLOCK_RULES: Final = ("normalize", "block")


@cache
def parser() -> MarkdownIt:
    """Return the one configured parser; it holds no state between documents."""
    md = MarkdownIt("commonmark").enable("table")
    md.use(footnote_plugin).use(deflist_plugin)
    md.use(container_plugin, name="callout", marker=":", validate=_is_callout)
    md.block.ruler.before("table", "plain paragraph", plain_paragraph)
    md.block.ruler.before(
        "reference", "abbreviation", _abbreviation, {"alt": ["paragraph", "reference"]}
    )
    return md


@cache
def renderer() -> RendererHTML:
    """Return markdown-it's own renderer with the rules that the plug-ins add."""
    made = parser().renderer
    if not isinstance(made, RendererHTML):
        message = "markdown-it was configured without its HTML renderer"
        raise TypeError(message)
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
    """Return the tokens with the children of every inline token parsed from its content."""
    md = parser()
    state = StateCore("", md, env, list(tokens))
    for name, rule in zip(
        md.core.ruler.get_active_rules(), md.core.ruler.getRules(""), strict=True
    ):
        if name not in BLOCK_RULES:
            rule(state)
    return state.tokens


def parse_inline(content: str, env: MutableMapping[str, Any]) -> list[Token]:
    """Return the inline tokens of one piece of inline Markdown."""
    children: list[Token] = []
    md = parser()
    md.inline.parse(content, md, env, children)
    for child in children:
        if child.type == "text_special":  # an escape or entity, which text_join would make text
            child.type = "text"
    return children


def plain(text: str) -> str:
    """Return the words of a piece of inline Markdown, without its marks."""
    found = simple(text)
    return found.shown if found else "".join(_words(parse_inline(text, {})))


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.children:
            yield from _words(token.children)


def _is_callout(params: str, *_: object) -> bool:
    kind = params.strip().split(maxsplit=1)
    return bool(kind) and kind[0] in CALLOUTS


def _abbreviation(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Block rule for `*[CNS]: central nervous system` (PHP Markdown Extra, Abbreviations)."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = ABBREVIATION.fullmatch(line.rstrip())
    if not found:
        return False
    if not silent:
        token = state.push("abbreviation", "", 0)
        token.hidden = True
        token.map = [start, start + 1]
        token.meta = {"short": found[1].strip(), "meaning": found[2].strip()}
        state.line = start + 1
    return True
