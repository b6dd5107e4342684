"""Directives to the pipeline in Markdown comments: `<!-- i18n: note TEXT -->` and friends.

`note` and `context` belong to the next block, `skip` leaves the next block as it is,
`required` marks the section in which it stands. Each is alone in its lines, and before the
block that it is about, in the same list item, quotation or call-out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ankl_i18n.errors import Location, Problem, error

# Lookalikes too: a `required` that is misspelt must not go unnoticed.
NAME = r"(?=[\w|]*(?:8|10n))(?=\w*[iln])[il1|0n8m]{3,5}(?!\w)"
COMMENT = re.compile(rf"<!--[\s-]*({NAME}.*?)[\s-]*-->", re.DOTALL | re.IGNORECASE)
BEGINNING = re.compile(r"i18n:\s*")
VERBS = ("note", "context", "skip", "required")
REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
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
    for match in COMMENT.finditer(content, 0, content.rfind("-->") + 3):
        beginning = BEGINNING.match(match[1])
        told = match[1][beginning.end() :] if beginning else match[1]
        verb, _, text = told.partition(" ")
        at = line + content.count("\n", 0, match.start())
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


def says_more(content: str) -> bool:
    """Tell whether an HTML block holds anything but comments."""
    end = content.rfind("-->") + 3 if "-->" in content else 0  # what is open is not searched
    return bool((REMARK.sub("", content[:end]) + content[end:]).strip())


def within(directive: Directive, path: str) -> Problem:
    """Return the problem of a directive that is among other text, or in its tags."""
    message = f"the directive {directive.verb} is in a block of HTML with other text"
    hint = "write it on a line of its own, before the block, and a blank line after it"
    return error("directive", message, Location(path, directive.line), hint)


def without_block(directive: Directive, path: str) -> Problem:
    """Return the problem of a directive that is about nothing."""
    message = f"the directive {directive.verb} has no effect: no text follows it here"
    hint = "write it right before its block, in the same list item, quotation or call-out"
    return error("directive", message, Location(path, directive.line), hint)
