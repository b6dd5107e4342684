"""Text that readers see inside raw HTML blocks, found without changing a byte around it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(script|style)\b.*?(?:</\1\s*>|\Z)|<[!?/a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>?",
    re.DOTALL | re.IGNORECASE,
)
SEEN_ATTRIBUTE = re.compile(
    r"""\b(?:alt|title|aria-label)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE
)


def spans(block: str) -> list[tuple[int, int]]:
    """Return the spans of the texts in an HTML block: character data, alt and title values."""
    found: list[tuple[int, int]] = []
    position = 0
    for markup in MARKUP.finditer(block):
        found.append(_stripped(block, position, markup.start()))
        if not markup[1] and not markup[0].startswith("<!"):
            found += (
                _stripped(
                    block, markup.start() + value.start(1) + 1, markup.start() + value.end(1) - 1
                )
                for value in SEEN_ATTRIBUTE.finditer(markup[0])
            )
        position = markup.end()
    found.append(_stripped(block, position, len(block)))
    # What follows a broken tag is not text: no browser shows it as such.
    return [(start, end) for start, end in found if start < end and "<" not in block[start:end]]


def texts(block: str) -> list[str]:
    """Return the texts of an HTML block as a reader sees them, on one line each."""
    return [" ".join(html.unescape(block[start:end]).split()) for start, end in spans(block)]


def replace(block: str, new: Sequence[str]) -> str:
    """Return the block with its texts replaced by new ones, escaped, in the same order."""
    parts: list[str] = []
    position = 0
    for (start, end), text in zip(spans(block), new, strict=True):
        parts += (block[position:start], html.escape(text))
        position = end
    return "".join([*parts, block[position:]])


def _stripped(block: str, start: int, end: int) -> tuple[int, int]:
    piece = block[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
