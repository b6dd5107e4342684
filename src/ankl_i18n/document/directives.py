"""Directives to the pipeline in Markdown comments: `<!-- i18n: note TEXT -->` and friends.

`note` and `context` belong to the next block, `skip` leaves the next block as it is,
`required` marks the section in which it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ankl_i18n.errors import Location, Problem, error

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMENT = re.compile(r"<!--\s*i18n:\s*(.*?)\s*-->", re.DOTALL)
VERBS = ("note", "context", "skip", "required")
NEED_TEXT = ("note", "context")
SYNONYMS = {"comment": "note"}  # as mdbook-i18n-helpers spells it


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive: its verb, the text after it, and its line (1-based)."""

    verb: str
    text: str
    line: int


def directives(content: str, line: int) -> Iterator[Directive]:
    """Yield the directives in an HTML block that begins on a line."""
    for found in COMMENT.finditer(content):
        verb, _, text = found[1].partition(" ")
        at = line + content.count("\n", 0, found.start())
        verb = verb.rstrip(":")
        yield Directive(SYNONYMS.get(verb, verb), " ".join(text.split()), at)


def wrong(directive: Directive, path: str) -> Problem | None:
    """Return what is wrong with a directive, or None."""
    where = Location(path, directive.line)
    if directive.verb not in VERBS:
        hint = "known directives: " + ", ".join(VERBS)
        return error("directive", f"unknown directive {directive.verb!r}", where, hint)
    if directive.verb in NEED_TEXT and not directive.text:
        hint = f"write <!-- i18n: {directive.verb} TEXT -->"
        return error("directive", f"{directive.verb} has no text", where, hint)
    return None
