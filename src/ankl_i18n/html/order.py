"""Glossaries in the order of each language, if the source has them in the order of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from markdown_it.token import Token

from ankl_i18n.html.localize import Localized
from ankl_i18n.languages.collation import in_order
from ankl_i18n.source import markdown

# Shorter lists may be in the order of the alphabet by chance.
FEWEST: Final = 5


def alphabetical(localized: Localized) -> Localized:
    """Return a leaflet whose glossaries are in the order of its language.

    Only those do that are in that of the source's language there; in others the order says
    something. Blocks are still those of the source, one by one: it comes before they are moved.
    """
    if localized.language == localized.source:
        return localized
    tokens, source = list(localized.tokens), localized.document.tokens
    for begin, end in _lists(source):
        entries = list(_entries(source, begin, end))
        before = [markdown.plain(source[start + 1].content) for start, _ in entries]
        places = list(range(len(entries)))
        if len(entries) < FEWEST or in_order(before, localized.source) != places:
            continue
        after = [markdown.plain(tokens[start + 1].content) for start, _ in entries]
        moved = [entries[place] for place in in_order(after, localized.language)]
        whole = [token for start, stop in moved for token in localized.tokens[start:stop]]
        tokens[begin + 1 : end] = whole
    return replace(localized, tokens=tuple(tokens))


def _lists(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where the definition lists of a leaflet begin and end that are in no other block."""
    begin = 0
    for i, token in enumerate(tokens):
        if token.type == "dl_open" and token.level == 0:
            begin = i
        elif token.type == "dl_close" and token.level == 0:
            yield begin, i


def _entries(tokens: Sequence[Token], begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the entries of a list begin and end: terms, and what they mean."""
    level = tokens[begin].level + 1
    starts = [
        i for i in range(begin + 1, end)
        if tokens[i].type == "dt_open" and tokens[i].level == level
        and tokens[i - 1].type != "dt_close"
    ]  # fmt: skip
    yield from zip(starts, [*starts[1:], end], strict=True)
