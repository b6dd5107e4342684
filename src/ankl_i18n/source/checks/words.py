"""Checks of the words that a leaflet explains: abbreviations and glossary terms."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from typing import Final

from ankl_i18n.source.checks.records import Finding, Leaflet, Passage, Surroundings
from ankl_i18n.source.markdown import plain
from ankl_i18n.source.texts import read

LINK: Final = re.compile(r"!?\[[^\[\]]*\]\([^()]*\)")
SHORT_FORM: Final = re.compile(r"\s*[(（].*?[)）]\s*$")


def abbreviations(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Abbreviations that are defined and stand nowhere in the text."""
    for token in leaflet.document.tokens:
        if token.type == "abbreviation":
            short = str(token.meta["short"])
            used = re.compile(rf"(?<!\w){re.escape(short)}(?!\w)")
            if not any(used.search(passage.text.shown) for passage in leaflet.passages):
                line = token.map[0] + 1 if token.map else 0
                yield line, f"{short} is defined and never used", f"Delete *[{short}]: …"


def unused_terms(leaflet: Leaflet, around: Surroundings) -> Iterator[Finding]:
    """Glossary terms that no leaflet links to and this one does not mention.

    A leaflet that is a list of words itself is left alone.
    """
    if _is_word_list(leaflet):
        return
    name = f"{leaflet.document.name.rpartition('/')[2]}.md"
    others = around.linked_places()
    for term in _terms(leaflet):
        linked = any(f"#{term.id}" in passage.text.links for passage in leaflet.passages)
        linked |= any(href.endswith(f"{name}#{term.id}") for href in others)
        if not linked and not any(
            term.pattern.search(passage.text.shown)
            for passage in leaflet.passages
            if passage.index not in term.own
        ):
            hint = f"link to it with [words](#{term.id}), or delete it"
            yield term.line, f"nothing links to the term {term.word!r} or mentions it", hint


def _is_word_list(leaflet: Leaflet) -> bool:
    """Tell whether the terms of a leaflet are what it is for, and not a glossary to its text.

    They are if it links to none of them, or if they are in more than one of its main sections:
    then they are in the order of their subjects, and read as they stand.
    """
    document = leaflet.document
    if not any(href.removeprefix("#") in document.terms for href, _ in leaflet.links()):
        return True
    top = min((section.level for section in document.sections), default=0)
    starts = [section.start for section in document.sections if section.level == top]
    terms = (i for i, token in enumerate(document.tokens) if token.type == "dt_open")
    return len({bisect(starts, i) for i in terms}) > 1


def late_links(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Terms that are in the text before the place where they are first linked."""
    passages = [passage for passage in leaflet.passages if not passage.title]
    for term in _terms(leaflet):
        mark = f"](#{term.id})"
        first = next((i for i, p in enumerate(passages) if mark in p.text.raw), None)
        if first is None:
            continue
        before = [(p, p.text.raw) for p in passages[:first] if p.index not in term.own]
        raw = passages[first].text.raw
        before.append((passages[first], raw[: raw.index(mark)].rpartition("[")[0]))
        used = next((p for p, text in before if term.pattern.search(_unlinked(text))), None)
        if used:
            later = f" in line {passages[first].line}" if passages[first] != used else ""
            message = f"{term.word!r} is used before it is linked{later}"
            yield used.line, message, f"link it here: [words](#{term.id})"


def _unlinked(raw: str) -> str:
    return read(LINK.sub("", raw)).prose


class _Term:
    """A glossary term: its id, line and word, how it is found, and its own passages."""

    def __init__(self, name: str, passage: Passage, meanings: set[int]) -> None:
        self.id = name
        self.line = passage.line
        self.word = SHORT_FORM.sub("", plain(passage.text.raw)).strip()
        self.own = {passage.index, *meanings}
        word = r"\s+".join(map(re.escape, self.word.split()))
        self.pattern = re.compile(rf"(?<!\w){word}(?:e?s)?(?!\w)", re.IGNORECASE)


def _terms(leaflet: Leaflet) -> Iterator[_Term]:
    tokens = leaflet.document.tokens
    by_index = {passage.index: passage for passage in leaflet.passages}
    for i, token in enumerate(tokens):
        if token.type != "dt_open" or i + 1 not in by_index:
            continue
        end = next(
            (j for j in range(i + 1, len(tokens)) if tokens[j].type in ("dt_open", "dl_close")),
            len(tokens),
        )
        yield _Term(str(token.attrs["id"]), by_index[i + 1], set(range(i + 1, end)))
