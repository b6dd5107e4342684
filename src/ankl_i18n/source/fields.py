"""Fields such as `{ward-phone}` in a leaflet's texts, and what is in their place.

A value is plain text: whatever Markdown or HTML it looks like is shown as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from markdown_it.token import Token

from ankl_i18n.settings.publisher.kinds import dialled
from ankl_i18n.source import markdown

# A field has a hyphen in its name: so a brace in other texts is none.
FIELD: Final = re.compile(r"\{([a-z][a-z0-9]*(?:-[a-z0-9]+)+)\}")
# Stands for a field that is not filled in, until the page is written: a character that no text
# has (Unicode 23.7, Noncharacters). Then it is a line to write on.
BLANK: Final = "\ufdd0"
# The same for a telephone number.
TELEPHONE_BLANK: Final = "\ufdd1"
BLANKS: Final = (BLANK, TELEPHONE_BLANK)
# An author's own line to write on.
WRITTEN_LINE: Final = re.compile("_{5,}")
# Where there can be no line: in a title, in what is read aloud in a picture's place.
BLANK_WORDS: Final = "…"
PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
TELEPHONE: Final = "telephone"


@dataclass(frozen=True, slots=True)
class Fields:
    """What fields are filled in with, by their names; `telephones` are those that can be tapped.

    `in_source` is for texts that are still in the source language.
    """

    values: Mapping[str, str]
    in_source: Mapping[str, str]
    telephones: frozenset[str] = frozenset()

    def value(self, name: str) -> str:
        """Return what is in the place of a field."""
        blank = TELEPHONE_BLANK if name in self.telephones else BLANK
        return self.values.get(name, blank)

    @property
    def of_source(self) -> Fields:
        """The same for a text in the source language."""
        return Fields(self.in_source, self.in_source, self.telephones)


def fields_in(text: str) -> list[str]:
    """Return the names of the fields in a text, in its order.

    >>> fields_in("Call {ward-phone} or {night-phone}, not {0} {x}.")
    ['ward-phone', 'night-phone']
    """
    return FIELD.findall(text) if "{" in text else []


def fill_code(text: str, fields: Fields) -> str:
    """Return a block of code with its fields filled in."""
    return FIELD.sub(lambda name: fields.value(name[1]), text)


def fill_html(text: str, fields: Fields) -> str:
    """Return HTML with its fields filled in."""
    return FIELD.sub(lambda name: escape(fields.value(name[1])), text)


def fill_inline(text: str, fields: Fields) -> str:
    """Return inline Markdown with its fields filled in."""
    places = _places(markdown.parse_inline(text))

    def value(name: re.Match[str]) -> str:
        filled, place = fields.value(name[1]), next(places, "text")
        if place == "code":
            return filled
        shown = PUNCTUATION.sub(r"\\\1", filled)
        is_call = place == "text" and name[1] in fields.telephones and filled not in BLANKS
        return f"[{shown}]({dialled(filled)})" if is_call else shown

    return FIELD.sub(value, text)


def _places(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield where each field of a text stands: "text", "link" (within one) or "code"."""
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type == "code_inline":
            yield from ("code" for _ in FIELD.findall(token.content))
        elif token.type == "image":
            yield from ("link" for _ in _places(token.children or ()))
        elif token.children:
            yield from _places(token.children)
        elif token.type in ("text", "html_inline"):
            within = "link" if depth or token.type == "html_inline" else "text"
            yield from (within for _ in FIELD.findall(token.content))
