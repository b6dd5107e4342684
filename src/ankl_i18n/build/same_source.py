"""What a leaflet's source says, also when it can no longer be parsed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ankl_i18n.engine.cache import digest, digest_all
from ankl_i18n.review.content import OTHER
from ankl_i18n.source import Document, frontmatter
from ankl_i18n.source.directives import COMMENT
from ankl_i18n.source.fence import split

# A line that begins a field of front matter, its colon may be missing.
NAMES: Final = "|".join([*frontmatter.FIELDS, "text", "href", "lang"])
FIELD: Final = re.compile(rf"\s*(?:-\s+)?(?:[\w-]+\s*:|(?:{NAMES})\b)\s*")
# What begins a text of several lines.
BLOCK: Final = re.compile(r"^\s*[|>][-+0-9]*\s")
ITEM: Final = re.compile(r"\s*-\s+")


def source_digest(document: Document) -> str:
    """Return the digest of all the words of a leaflet's source, translated or not."""
    segments = (f"{segment.msgctxt}\0{segment.msgid}" for segment in document.segments)
    rest = (COMMENT.sub("", t.content) for t in document.tokens if t.type in OTHER)
    return digest_all([*segments, *rest])


def recorded(document: Document, source: str) -> dict[str, Any]:
    """Return what is kept of a source, to know its words when it cannot be parsed any more."""
    body = split(source)[1].lstrip("\n")
    front = [segment.msgid for segment in document.segments if segment.slot[0] == "front"]
    return {
        "digest": source_digest(document),
        "body": [len(body), digest(body.encode(errors="surrogatepass"))],
        "front": [_settled(text) for text in front],
        "pieces": [(segment.msgctxt, segment.msgid, segment.skip) for segment in document.segments],
    }


def is_same_source(remembered: Mapping[str, Any], source: str | None) -> bool:
    """Tell whether a source that cannot be parsed has the words of the one that was kept.

    Its body must be the same to the letter, and each text of the front matter must be in it. Of
    a file that cannot be opened (None) nobody knows that it changed.
    """
    if source is None:
        return True
    length, body = remembered["body"]
    head = source[: len(source) - length]
    now = source[len(source) - length :] if length else ""
    is_same = digest(now.encode(errors="surrogatepass")) == body
    return is_same and set(remembered["front"]) <= set(_front_texts(head.splitlines()))


def _front_texts(lines: Sequence[str]) -> list[str]:
    """Return the texts of front matter that may be no valid YAML."""
    texts = [""]
    for line in lines:
        field = FIELD.match(line) or ITEM.match(line)
        if field or line.startswith("---"):
            texts.append(line[field.end() :] if field else "")
        else:
            texts[-1] += f" {line}"
    return [_settled(BLOCK.sub("", text)) for text in texts]


def _settled(text: str) -> str:
    """Return a text without the quotes and line breaks that YAML may put into it."""
    return " ".join(text.replace("''", "'").replace('\\"', '"').split()).strip("'\"")
