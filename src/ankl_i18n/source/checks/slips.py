"""Checks of Markdown that is none: marks that readers would see as they were typed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from ankl_i18n.source.checks.records import Finding, Leaflet, Surroundings
from ankl_i18n.source.html_text import INLINE, parts
from ankl_i18n.source.texts import OBJECT, read

# A sign behind a backslash is meant; in its place stands punctuation, so that marks beside it stay.
ESCAPED: Final = re.compile(r"\\[!-/:-@\[-`{-~]")
MEANT: Final = "·"
TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
CODE: Final = re.compile(r"<(code|kbd|samp|tt|var)\b[^<>]*>.*?</\1>", re.DOTALL)
CLOSE: Final = "close the mark, with no space inside, or write a backslash before it"
DEAD: Final = "write **strong** or *emphasis*; this Markdown has no such mark"
LINK: Final = "write [text](address) without a space between the brackets"
# What readers would see, and what to do: the first that is found of each is reported.
SLIPS: Final = tuple(
    (re.compile(pattern), hint)
    for pattern, hint in (
        (r"<<<<<<<|>>>>>>>|={7}", "choose one of the two versions, then delete the marks of Git"),
        (r"\*\*+", CLOSE),
        (r"(?<![^\s(\[\"'“«])\*(?=[^\W\d_])", CLOSE),
        (r"(?<![\w_])__?(?=[^\W_])|(?<=[^\W_])__(?!_|\w)", CLOSE),
        (r"`+", CLOSE),
        (rf"\]\s*\((?=[^()]*(?:{OBJECT}|://|\.md\b|\.html\b|#|mailto:|tel:))|\]\(", LINK),
        (r"\)\[(?=[^\[\]]*(?:\ufffc|://|\.md\b))", "write [text](address): the text comes first"),
        (r"\]\[", "write the line [name]: address below, or [text](address)"),
        (r"\[![A-Za-z]+\]", "write ::: warning Title, the text, and a line :::"),
        (r"^\[[ xX]\]", "begin an item with - [ ] and a space, or write a backslash before it"),
        (r"~~", DEAD),
        (r"(?<!=)==(?=[^\W_])|(?<=\w)==(?!=)", DEAD),
        (r"(?<=\w)([~^])[\d+−-]+\1", "write the sign itself (H₂O, 10⁹), or <sub> and <sup>"),
        (r"\{[.#:][\w-]+[^{}]*\}", "delete it: only headings and terms have {#id}"),
        (r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});", "write the sign itself"),
        (rf"</?(?:{'|'.join(sorted(INLINE))})(?![\w-])", "close the tag with >"),
        (r"<!?\s*[-–—]+\s*\w*18n|\bi18n\s*:\s*[a-z]+|-->", "write a comment as <!-- words -->"),
    )
)


def slips(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Marks that Markdown did not understand: every reader would see them."""
    for raw, line in _texts(leaflet):
        yield from _slips_in(read(ESCAPED.sub(MEANT, raw)).prose, line)
    for token in leaflet.document.tokens:
        if token.type == "html_block" and token.map:
            for part in parts(token.content):
                line = token.map[0] + 1 + token.content.count("\n", 0, part.start)
                yield from _slips_in(html.unescape(TAG.sub("", CODE.sub("", part.msgid))), line)


def _slips_in(prose: str, line: int) -> Iterator[Finding]:
    for pattern, hint in SLIPS:
        mark = pattern.search(prose)
        if mark:
            seen = mark[0].replace(OBJECT, "").strip() or mark[0]
            yield line, f"readers will see {seen} itself", hint


def _texts(leaflet: Leaflet) -> Iterator[tuple[str, int]]:
    """Yield each text that is read as Markdown, with its line."""
    for segment in leaflet.document.segments:
        if segment.slot[0] in ("front", "alt", "meaning") and not segment.skip:
            yield segment.msgid, segment.line
    for passage in leaflet.passages:
        yield passage.text.raw, passage.line
