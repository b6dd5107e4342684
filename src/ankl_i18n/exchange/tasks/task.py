"""A task: which words somebody was asked about, under which ids.

Its file stays with the coordinator, in a folder that git ignores. For a blind task the file's
SHA-256 is committed before the task goes out: so anybody can see later that the ids meant the
same words then.
"""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from ankl_i18n.catalogs.po import disk
from ankl_i18n.catalogs.project import Project
from ankl_i18n.errors import CatalogError
from ankl_i18n.exchange.archive import refuse
from ankl_i18n.review.git import GitError
from ankl_i18n.review.hashes import message_hash, message_key
from ankl_i18n.review.history import digest_brought
from ankl_i18n.review.ledger import DIGEST, FOLDER, keep_bytes
from ankl_i18n.review.records import ReviewedMessage

PRIVATE: Final = "review-tasks"
MARK: Final = "task-1"
BLIND, VERDICTS, PACKET = "blind", "verdicts", "packet"
# Fields of a message that a task keeps.
KEPT: Final = ("key", "hash", "msgid", "msgstr", "msgctxt", "msgid_plural", "text")


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody is asked: `messages` by the ids of the lines that they are on.

    `source` and `language` are tags, `of` the names of the acts that it is about.
    """

    kind: str
    id: str
    source: str
    language: str
    leaflet: str
    messages: Mapping[str, ReviewedMessage]
    of: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"{self.kind}-{self.id}"


def new_id() -> str:
    """Return an id that tells nothing."""
    return secrets.token_hex(5)


def numbered(messages: Iterable[ReviewedMessage]) -> dict[str, ReviewedMessage]:
    """Return messages by ids that tell nothing, in their order."""
    by_name: dict[str, ReviewedMessage] = {}
    for message in messages:
        name = new_id()
        while name in by_name:
            name = new_id()
        by_name[name] = message
    return by_name


def keep(project: Project, task: Task) -> Path:
    """Write a task's file, and for a blind one what is to be committed; return the task's path."""
    folder = project.root / PRIVATE
    ignore = folder / ".gitignore"
    if not ignore.exists():
        disk.put(ignore, b"*\n", None)
    data = _data(task)
    path = folder / f"{task.name}.task.json"
    disk.put(path, data, disk.content(path))
    if task.kind == BLIND:
        line = f"{sha256(data).hexdigest()}  {task.name}.task.json\n".encode()
        keep_bytes(project.root)
        disk.put(commitment(project, task), line, None)
    return path


def commitment(project: Project, task: Task) -> Path:
    """Return the path of the digest of a task's file, as sha256sum(1) writes and checks it."""
    return project.root / FOLDER / task.language / task.leaflet / f"{task.name}{DIGEST}"


def sent_task(project: Project, kind: str, name: str) -> Task:
    """Return the task that a form was made for. Raises `CatalogError`.

    The file of a blind task must be the one whose digest was committed, where there is a
    repository.
    """
    shown = f"{PRIVATE}/{kind}-{name}.task.json"
    path = project.root / shown
    if not name.isalnum() or not kind.isalnum() or not path.is_file():
        hint = f"it is on the computer of whoever made the task; put it into {PRIVATE}/"
        raise CatalogError.of("review", "this task's file is not here", shown, hint)
    data = path.read_bytes()
    task = _task(data, shown)
    if task.kind == BLIND:
        told = disk.content(commitment(project, task))
        if not told or told.split()[:1] != [sha256(data).hexdigest().encode()]:
            where = project.config.relative(commitment(project, task))
            message = f"this is not the file whose digest is in {where}"
            hint = "an answer counts only for the words that were sent out"
            raise CatalogError.of("review", message, shown, hint)
        with suppress(GitError):
            committed(project, task)
    return task


def committed(project: Project, task: Task) -> datetime.date:
    """Return the day (UTC) of the commit that brought the digest of a blind task.

    Raises `CatalogError` if none has, and `GitError` where there is no repository.
    """
    path = project.config.relative(commitment(project, task))
    digest = digest_brought(project, path)
    if digest is None:
        message = "the digest of this task was not committed before it was sent, or not as it is"
        hint = f"commit it now (git add {path}), and send the task only then; "
        hint += "if it was sent already, make a new one: `ankl-i18n review blind`"
        raise CatalogError.of("review", message, path, hint)
    return digest.day


def _data(task: Task) -> bytes:
    lines = {
        name: {one: value for one in KEPT if (value := getattr(message, one)) not in (None, "")}
        for name, message in task.messages.items()
    }
    about = {
        field.name: getattr(task, field.name) for field in fields(task) if field.name != "messages"
    }
    content = {"ankl-i18n": MARK, **about, "messages": lines}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _task(data: bytes, path: str) -> Task:
    try:
        task: dict[str, Any] = json.loads(data)
        messages = {name: _message(task, one) for name, one in task["messages"].items()}
        return Task(
            task["kind"], task["id"], task["source"], task["language"], task["leaflet"],
            messages, tuple(task["of"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        line = wrong.lineno if isinstance(wrong, json.JSONDecodeError) else 0
        why = f"{wrong} is missing" if isinstance(wrong, KeyError) else str(wrong)
        hint = "bring it back from a copy, or make a new task: `ankl-i18n review blind`"
        raise refuse(path, f"the task's file is damaged: {why}", hint, line) from None


def _message(task: dict[str, Any], one: dict[str, Any]) -> ReviewedMessage:
    made = ReviewedMessage(**{**one, "msgstr": tuple(one["msgstr"])})
    read = message_hash(
        task["source"], task["language"], made.msgctxt, made.msgid, made.msgid_plural or None,
        made.msgstr,
    )  # fmt: skip
    if (made.key, made.hash) != (message_key(made.msgctxt, made.msgid), read):
        raise ValueError(f"the digest of a message is wrong: {made.msgid[:60]!r}")
    return made
