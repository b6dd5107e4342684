"""A guide of the documentation as steps that a test can follow: files to save, commands to run.

A block of `sh` is run line by line. A block of `text` right after it is what it answers, where `…`
stands for anything. A block after "save this as `path`:" is that file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SAVED = re.compile(r"\b(?:save this|save this one)\s+as\s+`([^`]+)`:\s*\Z", re.IGNORECASE)
ANYTHING = "…"


@dataclass(frozen=True)
class File:
    """A file that the reader saves."""

    path: str
    content: str


@dataclass(frozen=True)
class Commands:
    """What the reader types, and what the program answers in the end."""

    lines: tuple[str, ...]
    answer: str = ""

    @property
    def fails(self) -> bool:
        """Whether the answer tells of errors, so that the last command has an exit code."""
        return bool(re.search(r"^\d+ errors?$", self.answer, re.MULTILINE))


def steps(guide: Path) -> Iterator[File | Commands]:
    """Yield what a reader of a guide does, in its order; every block must be understood."""
    text = guide.read_text(encoding="utf-8")
    waiting: Commands | None = None
    end = 0
    for block in FENCE.finditer(text):
        before, kind, content = text[end : block.start()], block[1], block[2]
        end = block.end()
        saved = SAVED.search(before)
        if kind == "text":
            assert waiting, f"an answer without a command: {content}"
            yield Commands(waiting.lines, content)
            waiting = None
            continue
        if waiting:
            yield waiting
            waiting = None
        if kind == "sh":
            waiting = Commands(tuple(content.splitlines()))
        else:
            assert saved, f"a block that nobody knows what to do with: {content}"
            yield File(saved[1], content)
    if waiting:
        yield waiting


def says(answer: str, printed: str) -> bool:
    """Tell whether all lines of an answer were printed, one right after the other."""
    parts = (re.escape(part) for part in answer.rstrip("\n").split(ANYTHING))
    pattern = "[^\n]*".join(parts)
    return bool(re.search(rf"^{pattern}$", printed, re.MULTILINE))
