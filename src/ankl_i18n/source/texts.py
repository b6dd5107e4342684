"""One text of a message, read as inline Markdown: what is shown and what is only marked up."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from markdown_it.token import Token

from ankl_i18n.source import markdown
from ankl_i18n.source.reviewed import Reviewed, reviewed
from ankl_i18n.source.spans import CODE, SPECIAL, simple

# Characters of the longest text that is read: some twenty pages in one paragraph.
LIMIT: Final = 50_000
# Words of prose, not names or code: they are between spaces and begin in lower case.
PLAIN_WORD: Final = re.compile(r"(?<!\S)[\"'(“«]*[^\W\dA-Z_][^\W\d_]{2,}[\"').,:;!?”»]*(?!\S)")
# An ASCII address ends where another script begins: no space follows it in Chinese.
ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]\"'`\u0080-\U0010ffff]*[^\s<>()\[\]\"'`.,;:!?\u0080-\U0010ffff]"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
# Where a piece of code or an address stood in `prose`.
OBJECT: Final = CODE
# What inline tokens are to a reader, and what is shown where it is not their content.
KINDS: Final = {
    "text": ("text", ""),
    "text_special": ("text", ""),  # escapes and entities
    "softbreak": ("text", " "),
    "hardbreak": ("text", " "),
    "code_inline": ("code", ""),
    "html_inline": ("tag", ""),
    "em_open": ("em", "*"),
    "strong_open": ("strong", "**"),
    "footnote_ref": ("footnote", "^[...]"),
}
# What po4a calls code (Locale::Po4a::Text(3pm)).
CODE_TYPE: Final = re.compile(r"type: (?:fenced|verbatim|code|literal)", re.IGNORECASE)
FOOTNOTE: Final = re.compile(r"\[\^[^\[\]\s]+\]")
# Letters and digits that are one name: B12, CD56, i32. Not the "h" of 8h30.
NAME: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]+\d[A-Za-z0-9]*")
PLACEHOLDER: Final = re.compile(r"\{[\w-]*\}|%\d+\$[a-zA-Z]|%\(\w+\)[a-zA-Z]")


class Text(NamedTuple):
    """A text as parsed.

    `shown` is all that a reader sees; `prose` is that without code, addresses, footnote marks
    and placeholders (U+FFFC stands for each). `codes`, `links` and `images` hold contents and
    normalized addresses in order, `tags` raw HTML; `emphases` and `strongs` count; `hollow`
    contains the addresses of links without text; `addresses` are those written out; `depth`
    is how deep marks are nested. The text of an inline footnote is where its mark does; of
    alt texts and captions written in the text, only tags and images are counted.
    """

    raw: str
    shown: str
    prose: str
    codes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    hollow: tuple[str, ...] = ()
    addresses: frozenset[str] = frozenset()
    emphases: int = 0
    strongs: int = 0
    depth: int = 0


def is_markdown(msgid: str, kinds: str) -> bool:
    """Tell whether a message is inline Markdown rather than a code block.

    `kinds` is the extracted comment, which ends in what the text is. Inline msgids are on
    one line but for hard breaks, so any other line break means code, unless po4a says what it is.
    """
    if kinds.endswith("code block"):
        return False
    if "\n" not in msgid.replace("\\\n", ""):
        return True
    return "type: " in kinds and not CODE_TYPE.search(kinds)


@lru_cache(maxsize=8192)
def read(raw: str, markup: bool = True) -> Text:
    """Return a text as readers see it; without `markup`, it is shown as written."""
    if not (markup and SPECIAL.search(raw)):
        return _plain(raw)
    return _simple(raw) or _parsed(raw)


@lru_cache(maxsize=1024)
def reviewed_in(msgid: str) -> Reviewed:
    """Return what may be HTML in the translations of a source text."""
    before = read(msgid)
    known = reviewed(before.tags, before.images)
    unpaired = Counter(before.tags) - Counter(tags_shown(msgid, known))
    return replace(known, unpaired=known.tags & frozenset(unpaired))


def tags_shown(text: str, known: Reviewed) -> list[str]:
    """Return the tags of a translation that are HTML, by what is reviewed of its source text."""
    parts = _parts(markdown.parse_inline(text, known), known)
    return [content for kind, content in parts if kind == "tag"]


def _simple(raw: str) -> Text | None:
    """Return a text without nested marks, escapes and the like; None if it is not simple."""
    spans = simple(raw)
    if spans is None:
        return None
    marks = spans.emphases or spans.strongs or spans.links
    return Text(
        raw,
        spans.shown,
        _prose(spans.around),
        tuple(" ".join(code.split()) for code in spans.codes),
        spans.links,
        footnotes=tuple(FOOTNOTE.findall(spans.shown)) if "[^" in spans.shown else (),
        addresses=_addresses(spans.shown),
        emphases=spans.emphases,
        strongs=spans.strongs,
        depth=1 if marks else 0,
    )


def _parsed(raw: str) -> Text:
    tokens = markdown.parse_inline(raw)
    parts: list[tuple[str, str]] = list(_parts(tokens))
    chosen: dict[str, list[str]] = {}
    for kind, text in parts:
        chosen.setdefault(kind, []).append(text)
    shown = "".join(text for kind, text in parts if kind in ("text", "code"))
    prose = "".join(
        text if kind == "text" else OBJECT for kind, text in parts if kind in ("text", "code")
    )
    return Text(
        raw,
        shown,
        _prose(prose),
        tuple(" ".join(code.split()) for code in chosen.get("code", ())),
        tuple(chosen.get("link", ())),
        tuple(chosen.get("image", ())),
        tuple(chosen.get("tag", ())),
        (*FOOTNOTE.findall(shown), *chosen.get("footnote", ())),
        tuple(chosen.get("hollow", ())),
        _addresses(shown),
        len(chosen.get("em", ())),
        len(chosen.get("strong", ())),
        _depth(tokens),
    )


def _plain(raw: str) -> Text:
    return Text(raw, raw, _prose(raw), addresses=_addresses(raw))


def _addresses(shown: str) -> frozenset[str]:
    return frozenset(ADDRESS.findall(shown)) if _may_have_address(shown) else frozenset()


def _may_have_address(text: str) -> bool:
    return "@" in text or "://" in text or "www." in text


def _prose(text: str) -> str:
    if _may_have_address(text):
        text = ADDRESS.sub(OBJECT, text)
    if "[^" in text:
        text = FOOTNOTE.sub(OBJECT, text)
    return PLACEHOLDER.sub(OBJECT, text) if "{" in text or "%" in text else text


def _parts(tokens: Sequence[Token], known: Reviewed | None = None) -> Iterator[tuple[str, str]]:
    """Yield what a text is made of, as pairs of a kind and a content."""
    for i, token in enumerate(tokens):
        if token.type in KINDS:
            kind, content = KINDS[token.type]
            yield kind, content or token.content
        elif token.type == "link_open":
            href = str(token.attrs["href"])
            yield "link", href
            if tokens[i + 1].type == "link_close":
                yield "hollow", href
        elif token.type == "image":
            yield "image", str(token.attrs["src"])
            caption = markdown.parse_inline(str(token.attrs.get("title", "")), known)
            inside = _parts([*(token.children or ()), *caption], known)
            yield from ((kind, text) for kind, text in inside if kind in ("tag", "image"))
        if token.type == "footnote_ref" and token.children:
            yield "text", " "
            yield from _parts(token.children, known)
            yield "text", " "


def _depth(tokens: Sequence[Token]) -> int:
    """Return how deep marks are nested, those of inline footnotes within the text's own."""
    return max((t.level + (1 + _depth(t.children) if t.children else 0) for t in tokens), default=0)


class _Ascii(dict[int, str | int]):
    """Decimal digits, and full-width signs, to ASCII; filled as they are met."""

    def __missing__(self, code: int) -> str | int:
        """Return a digit's ASCII one, any other character as it is."""
        c = chr(code)
        digit = self[code] = str(unicodedata.decimal(c)) if c.isdecimal() else code
        return digit


_TO_ASCII: Final = _Ascii(
    {ord("．"): ".", ord("，"): ",", ord("＋"): "+", ord("／"): "/", ord("："): ":"}
)
_DIGIT: Final = re.compile("[\\d．，＋／：]")


@lru_cache(maxsize=16384)
def names_in(text: str) -> frozenset[str]:
    """Return the names with digits in a text, such as B12, their digits written 0-9."""
    return frozenset(NAME.findall(ascii_digits(text)))


@lru_cache(maxsize=4096)
def ascii_digits(text: str) -> str:
    """Return the text with all digits written 0-9, character by character."""
    if text.isascii() or "".join(_DIGIT.findall(text)).isascii():
        return text
    return text.translate(_TO_ASCII)


@lru_cache(maxsize=8192)
def word_count(msgid: str) -> int:
    """Return the number of words, split at white space, that a reader of a msgid sees.

    Markdown marks, tags and addresses do not count. Every message weighs at least one word.
    """
    # To the words it is all the same whether a line ends or goes on.
    simple_text = simple(msgid.replace("\n", " "))
    return max(len((simple_text or read(msgid)).shown.split()), 1)
