"""What the workbench remembers besides the catalogs: drafts, and what each save took away.

Both are lists of lines in the project's cache folder. A line is written at once, so that a crash
of the browser, the server or the machine loses at most what was typed since.
"""

from __future__ import annotations

import json
import os
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ankl_i18n.catalogs.project import CACHE

FOLDER: Final = f"{CACHE}/workbench"
# Saves that can be undone; older ones are forgotten when the workbench starts.
KEPT: Final = 2000


@dataclass(frozen=True, slots=True)
class Lines:
    """A file of JSON lines; one that was cut off by a crash is passed over."""

    path: Path

    def read(self) -> Iterator[dict[str, Any]]:
        """Yield the lines."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return
        for line in data.splitlines():
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict):
                yield value

    def add(self, line: dict[str, Any], *, sure: bool = False) -> None:
        """Write a line; if it must be `sure`, it is on the disk afterwards."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            size = os.fstat(handle).st_size
            broken = bool(size) and os.pread(handle, 1, size - 1) != b"\n"
            text = json.dumps(line, ensure_ascii=False)
            os.write(handle, (b"\n" if broken else b"") + f"{text}\n".encode())
            if sure:
                os.fsync(handle)
        finally:
            os.close(handle)

    def keep(self, lines: list[dict[str, Any]]) -> None:
        """Put some lines in the place of all."""
        new = self.path.with_suffix(".new")
        new.unlink(missing_ok=True)
        for line in lines:
            Lines(new).add(line)
        if lines:
            new.replace(self.path)
        else:
            self.path.unlink(missing_ok=True)


class Drafts:
    """Translations that were typed and not saved, by language and message."""

    def __init__(self, root: Path) -> None:
        self.lines = Lines(root / FOLDER / "drafts.jsonl")
        self.known: dict[tuple[str, str], dict[str, Any]] = {}
        for line in self.lines.read():
            self._take(line)
        self.lines.keep(list(self.known.values()))

    def put(self, tag: str, name: str, forms: tuple[str, ...], base: str) -> None:
        """Remember what is being typed, and the version that it was based on."""
        line = {"tag": tag, "name": name, "forms": list(forms), "base": base}
        if self.known.get((tag, name)) != line:
            self._take(line)
            self.lines.add(line)

    def drop(self, tag: str, name: str) -> None:
        """Forget a draft: it was saved, or given up."""
        if (tag, name) in self.known:
            line = {"tag": tag, "name": name, "forms": None, "base": ""}
            self._take(line)
            self.lines.add(line)

    def get(self, tag: str, name: str) -> dict[str, Any] | None:
        """Return a draft: its forms and what they were based on."""
        return self.known.get((tag, name))

    def _take(self, line: dict[str, Any]) -> None:
        place = str(line.get("tag")), str(line.get("name"))
        if line.get("forms"):
            self.known[place] = line
        else:
            self.known.pop(place, None)


class Answers:
    """What was said and is not handed in yet, by task and by text."""

    def __init__(self, root: Path) -> None:
        self.lines = Lines(root / FOLDER / "answers.jsonl")
        self.known: dict[str, dict[str, dict[str, Any]]] = {}
        for line in self.lines.read():
            self._take(line)
        self.lines.keep(
            [
                {"task": task, "name": name, "said": answer}
                for task, answers in self.known.items()
                for name, answer in answers.items()
            ]
        )

    def of(self, task: str) -> dict[str, dict[str, Any]]:
        """Return what was said in a task, by text."""
        return dict(self.known.get(task, {}))

    def put(self, task: str, name: str, answer: dict[str, Any] | None) -> None:
        """Remember what is said of a text; None forgets it."""
        line = {"task": task, "name": name, "said": answer}
        self._take(line)
        self.lines.add(line)

    def _take(self, line: dict[str, Any]) -> None:
        of_task = self.known.setdefault(str(line.get("task")), {})
        name, answer = str(line.get("name")), line.get("said")
        if isinstance(answer, dict):
            of_task[name] = answer
        else:
            of_task.pop(name, None)


class Undo:
    """What each save put in the place of what, latest last."""

    def __init__(self, root: Path) -> None:
        self.lines = Lines(root / FOLDER / "undo.jsonl")
        self.done: list[dict[str, Any]] = []
        for line in self.lines.read():
            self._take(line)
        self.done = self.done[-KEPT:]
        self.lines.keep(self.done)

    def add(self, line: dict[str, Any]) -> None:
        """Remember what a save is about to do."""
        self._take(line)
        self.lines.add(line, sure=True)

    def last(self, tag: str, names: Container[str]) -> dict[str, Any] | None:
        """Return the last save in a language, of one of some messages, that is not undone."""
        mine = (one for one in reversed(self.done) if one.get("tag") == tag)
        return next((one for one in mine if one.get("name") in names), None)

    def drop(self, line: dict[str, Any]) -> None:
        """Remember that a save was undone, or can no longer be."""
        self.add({"undone": line.get("id")})

    def _take(self, line: dict[str, Any]) -> None:
        if "undone" in line:
            self.done = [one for one in self.done if one.get("id") != line["undone"]]
        else:
            self.done.append(line)
