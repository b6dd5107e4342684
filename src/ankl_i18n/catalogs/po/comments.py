"""What is in the comments of an entry: references and flags."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypedDict

_FLAG = re.compile(r"range:\s*[^\s,]+|[^\s,]+")
_REFERENCE = re.compile(
    r"(?:\u2068([^\u2069]*)\u2069|([^\s:](?:[^\s:]|:(?!\s*[0-9]+(?:\s|$)))*|:))"
    r"(?::\s*([0-9]+)(?=\s|$))?"
)


class Fields(TypedDict):
    """What comments say, by the names that polib has for it."""

    tcomment: str
    comment: str
    occurrences: list[tuple[str, str]]
    flags: list[str]


def fields(lines: Iterable[str]) -> Fields:
    """Return what comment lines say; they are given without the `#` and without their ends."""
    translator: list[str] = []
    extracted: list[str] = []
    occurrences: list[tuple[str, str]] = []
    flags_seen: list[str] = []
    for line in lines:
        kind = line[:1]
        if kind == ".":
            extracted.append(line[1:].removeprefix(" "))
        elif kind == ":":
            occurrences += references(line[1:])
        elif kind and kind in ",=!":
            flags_seen += [flag for flag in flags(line[1:]) if flag not in flags_seen]
        else:
            translator.append(line.removeprefix(" "))
    return {
        "tcomment": "\n".join(translator),
        "comment": "\n".join(extracted),
        "occurrences": occurrences,
        "flags": flags_seen,
    }


def flags(text: str) -> list[str]:
    """Return the flags of a `#,` comment, separated by commas or spaces."""
    return _FLAG.findall(text)


@lru_cache(maxsize=1024)
def references(text: str) -> tuple[tuple[str, str], ...]:
    """Return the `(file, line)` pairs of a `#:` comment; line is "" where none is given.

    A name with spaces is enclosed in U+2068 and U+2069, which are no part of it.
    """
    if "\u2068" in text or ": " in text or ":\t" in text:
        return tuple((m[1] or m[2], m[3] or "") for m in _REFERENCE.finditer(text))
    pairs = []
    for word in text.split():
        file, colon, line = word.rpartition(":")
        pairs.append((file, line) if colon and file and line.isdecimal() else (word, ""))
    return tuple(pairs)
