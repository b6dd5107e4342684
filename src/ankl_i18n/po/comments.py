"""What stands in the comments of an entry: references and flags."""

from __future__ import annotations

import re

_FLAG = re.compile(r"range:\s*[^\s,]+|[^\s,]+")
_REFERENCE = re.compile(
    r"(?:\u2068([^\u2069]*)\u2069|([^\s:](?:[^\s:]|:(?!\s*[0-9]+(?:\s|$)))*|:))"
    r"(?::\s*([0-9]+)(?=\s|$))?"
)


def flags(text: str) -> list[str]:
    """Return the flags of a `#,` comment, separated by commas or spaces."""
    return _FLAG.findall(text)


def references(text: str) -> list[tuple[str, str]]:
    """Return the `(file, line)` pairs of a `#:` comment; line is "" where none is given.

    A name with spaces is enclosed in U+2068 and U+2069, which are no part of it.
    """
    if "\u2068" in text or ": " in text or ":\t" in text:
        return [(m[1] or m[2], m[3] or "") for m in _REFERENCE.finditer(text)]
    pairs = []
    for word in text.split():
        file, colon, line = word.rpartition(":")
        pairs.append((file, line) if colon and file and line.isdecimal() else (word, ""))
    return pairs
