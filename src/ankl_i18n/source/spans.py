"""Inline Markdown of the simplest kinds, nearly all there is, read by expressions.

A whole parser takes ten times as long. What is not certain, mistakes above all, is left to it:
`simple` returns None unless both read the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from markdown_it.common.normalize_url import normalizeLink, validateLink

# Where a piece of code stood.
CODE: Final = "\ufffc"
# What any inline rule of the dialect begins with.
SPECIAL: Final = re.compile(r"[\\`*_\[\]<&^\n]")
# Escapes, entities, tags, footnotes and line breaks are for the parser.
_HARD: Final = re.compile(rf"[\\<&^\n{CODE}]")
_MARK: Final = re.compile(r"[*_\[\]]")
# Marks beside these are marks for certain: letters and digits, spaces, common punctuation.
_LETTER: Final = r"[^\W_]"
_OUTSIDE: Final = r"(?:(?<![^ ])|(?<=[(\"'.,:;/-]))"
_BEHIND: Final = r"(?![^ .,:;!?)\"'/-])"
_TOKEN: Final = re.compile(
    rf"(?P<text>(?:[^*_\[\]]|(?<={_LETTER})_(?={_LETTER}))+)"
    r"|(?<!!)\[(?P<label>[^*_\[\]]+)\]\((?P<address>[^\s<>()\[\]*`\ufffc\x00-\x1f\x7f]+)\)"
    rf"|(?<!\*)(?P<stars>\*\*?)(?!\*)(?:(?={_LETTER})|(?<![^ ]\*)(?<![^ ]\*\*)(?=\S))"
    rf"(?P<strong>[^*_\[\]]+)(?:(?<={_LETTER})(?P=stars)(?!\*)|(?<=\S)(?P=stars){_BEHIND})"
    rf"|{_OUTSIDE}(?P<lines>__?)(?={_LETTER})(?P<em>[^*_\[\]]+)(?<={_LETTER})(?P=lines){_BEHIND}"
)


@dataclass(frozen=True, slots=True)
class Spans:
    """A piece of inline Markdown as read.

    `shown` is what readers see, `around` the same with `CODE` in place of each piece of code;
    `codes` and `links` (normalized addresses) are in order; `emphases` and `strongs` count.
    """

    shown: str
    around: str
    codes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    emphases: int = 0
    strongs: int = 0


def simple(raw: str) -> Spans | None:
    """Return a piece of inline Markdown as the parser would read it; None if it is not simple.

    No mark is within another, but for code in links and in emphasis.
    """
    around = raw
    codes: tuple[str, ...] = ()
    if "`" in raw:
        pieces = raw.split("`")
        if len(pieces) % 2 == 0 or "" in pieces[1:-1] or "\n" in raw or CODE in raw:
            return None
        around = CODE.join(pieces[::2])
        codes = tuple(map(_stripped, pieces[1::2]))
        if _HARD.search("".join(pieces[::2])):
            return None
    elif _HARD.search(raw):
        return None
    if not _MARK.search(around):
        return Spans(_filled(around, codes), around, codes)
    return _marked(around, codes)


def _marked(around: str, codes: tuple[str, ...]) -> Spans | None:
    """Return a text with links or emphasis, read from one to the next."""
    texts: list[str] = []
    links: list[str] = []
    counts = {1: 0, 2: 0}
    position = 0
    while position < len(around):
        match = _TOKEN.match(around, position)
        if not match:
            return None
        position = match.end()
        text, label, address, stars, strong, lines, em = match.groups()
        if address:
            href = _address(address)
            if href is None:
                return None
            links.append(href)
        elif not text:
            counts[len(stars or lines)] += 1
        texts.append(text or label or strong or em)
    words = "".join(texts)
    shown = _filled(words, codes)
    return Spans(shown, words, codes, tuple(links), counts[1], counts[2])


def _filled(around: str, codes: tuple[str, ...]) -> str:
    """Return a text with its code in its places."""
    if not codes:
        return around
    first, *rest = around.split(CODE)
    return "".join([first, *(part for pair in zip(codes, rest, strict=True) for part in pair)])


def _stripped(code: str) -> str:
    """Return what a code span shows: one space at both ends is none of it (CommonMark 6.1)."""
    return code[1:-1] if code[0] == code[-1] == " " and code.strip(" ") else code


@lru_cache(maxsize=4096)
def _address(written: str) -> str | None:
    """Return a link's normalized address, None where it is not allowed to be one."""
    href: str = normalizeLink(written)
    return href if validateLink(href) else None
