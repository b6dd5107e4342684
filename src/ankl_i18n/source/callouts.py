"""Call-outs that are none: misspelt kinds, and call-outs that nobody closes.

Readers would see `::: dangr` itself, or a warning that swallows the rest of the leaflet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from ankl_i18n.errors import Location, Problem, Severity
from ankl_i18n.source.markdown import CALLOUTS

MARK: Final = re.compile(r"^ {0,3}:{3,}[ \t]*([^\s:]*)", re.MULTILINE)
KNOWN: Final = "write ::: KIND Title; the kinds are " + ", ".join(CALLOUTS)


def wrong_callouts(
    tokens: Sequence[Token], body: str, path: str, severity: Severity
) -> list[Problem]:
    """Return what is wrong with a leaflet's call-outs; paragraphs still hold their raw text."""
    if ":::" not in body:
        return []
    problems = [*_unknown(tokens), *_unclosed(tokens, body.split("\n"))]
    return [
        Problem("call-out", severity, message, Location(path, line), hint)
        for line, message, hint in sorted(problems)
    ]


def _unknown(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """Yield lines of text that begin with `:::`; the one that closes an unknown kind is its own."""
    opened = 0
    for token in tokens:
        if token.type != "inline" or not token.map:
            continue
        for mark in MARK.finditer(token.content):
            line = token.map[0] + 1 + token.content.count("\n", 0, mark.start())
            if not mark[1] and opened:
                opened -= 1
                continue
            opened += 1
            what = f"there is no call-out {mark[1]!r}" if mark[1] else "this call-out has no kind"
            yield line, what, KNOWN


def _unclosed(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield call-outs that end with their block or the leaflet, or share the end of one inside."""
    opened = [token for token in tokens if token.type == "container_callout_open" and token.map]
    ends = [token.map[1] for token in opened if token.map]
    for i, (token, end) in enumerate(zip(opened, ends, strict=True)):
        closing = lines[end].lstrip(" \t>") if end < len(lines) else ""
        if not closing.startswith(token.markup) or end in ends[i + 1 :]:
            hint = f"write a line {token.markup} after its text"
            yield (token.map or [0])[0] + 1, "the call-out is not closed", hint
