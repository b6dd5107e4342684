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

# Lookalikes too: a `required` that is misspelt must not go unnoticed.
COMMENT = re.compile(r"<!--\s*([il][1l]?8n(?!\w).*?)\s*-->", re.DOTALL | re.IGNORECASE)
BEGINNING = re.compile(r"i18n:\s*")
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
        beginning = BEGINNING.match(found[1])
        told = found[1][beginning.end() :] if beginning else found[1]
        verb, _, text = told.partition(" ")
        at = line + content.count("\n", 0, found.start())
        verb = verb.rstrip(":")
        yield Directive(SYNONYMS.get(verb, verb), " ".join(text.split()), at)


def wrong(directive: Directive, path: str) -> Problem | None:
    """Return what is wrong with a directive, or None."""
    where = Location(path, directive.line)
    if directive.verb not in VERBS:
        hint = "write <!-- i18n: VERB -->, where VERB is " + ", ".join(VERBS[:-1])
        hint += f" or {VERBS[-1]}"
        return error("directive", f"unknown directive {directive.verb!r}", where, hint)
    if directive.verb in NEED_TEXT and not directive.text:
        hint = f"write <!-- i18n: {directive.verb} TEXT -->"
        return error("directive", f"{directive.verb} has no text", where, hint)
    return None
