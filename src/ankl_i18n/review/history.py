"""What git's history says of the ledger: since when an act is there, and which acts vanished."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ankl_i18n.engine.queries import query
from ankl_i18n.errors import Location, Problem, Severity, error
from ankl_i18n.review.git import GitError, head, run
from ankl_i18n.review.ledger import ENDING, FOLDER, act_paths

if TYPE_CHECKING:
    from pathlib import Path

    from ankl_i18n.catalogs.project import Project

START: Final = "\x01"


@dataclass(frozen=True, slots=True)
class History:
    """The acts that any commit brought: their paths, and when its author wrote it (ISO 8601).

    `why` says why nothing is known. Of a `shallow` clone only the last part is.
    """

    brought: Mapping[str, str] = field(default_factory=dict)
    shallow: bool = False
    why: str = ""


@query
def history(project: Project) -> History:
    """Return what the history up to the last commit says of acts."""
    now = head(project)
    if not now.commit:
        return History(why=now.why)
    try:
        return History(brought(project.root, now.commit), now.shallow)
    except GitError as wrong:
        return History(why=str(wrong))


def brought(root: Path, commit: str) -> dict[str, str]:
    """Return the acts that a commit and all before it brought, with the times of their authors.

    Merges are looked at from each side: what one of them left out was there. Raises `GitError`.
    """
    log = run(
        root, "log", "-z", "--full-history", "-m", "--no-renames", "--diff-filter=A",
        "--name-only", "--relative", "--topo-order", "--reverse", f"--format={START}%aI",
        commit, "--", FOLDER,
    )  # fmt: skip
    times: dict[str, str] = {}
    for part in log.decode(errors="surrogateescape").split(START)[1:]:
        time, _, names = part.partition("\0")
        for name in names.split("\0"):
            path = name.strip("\n")
            if path.endswith(ENDING) and path.count("/") > 1:
                times.setdefault(path, time.strip())
    return times


def day_brought(project: Project, path: str) -> datetime.date | None:
    """Return the day (UTC) of the commit that brought an act; None if there is none so far."""
    time = history(project).brought.get(path)
    return datetime.datetime.fromisoformat(time).astimezone(datetime.UTC).date() if time else None


@query
def vanished(project: Project, tag: str) -> tuple[Problem, ...]:
    """Return an error for each act in a language that was there once and is no more."""
    existing = set(act_paths(project, tag))
    gone = sorted(
        path
        for path in history(project).brought
        if path.startswith(f"{FOLDER}/{tag}/") and path not in existing
    )
    hint = "bring it back (git log --diff-filter=D shows who took it); write a withdraw instead"
    return tuple(error("review", "this act vanished", Location(path), hint) for path in gone)


@query
def unknowable(project: Project) -> tuple[Problem, ...]:
    """Return a warning where nobody can know whether acts have vanished."""
    known = history(project)
    if known.why:
        message = f"whether acts of review vanished cannot be known: {known.why}"
        hint = "keep the project in a git repository: it holds who changed what, and when"
    elif known.shallow:
        message = "whether acts of review vanished cannot be known: this clone is shallow"
        hint = "fetch the whole history: `git fetch --unshallow`, or fetch-depth: 0 in CI"
    else:
        return ()
    return (Problem("review", Severity.WARNING, message, Location(FOLDER), hint),)
