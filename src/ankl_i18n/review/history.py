"""What git's history says of the ledger: since when an act is there, and which acts vanished."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha1, sha256
from pathlib import Path
from typing import Final

from ankl_i18n.catalogs.project import Project
from ankl_i18n.engine.queries import input_query, query
from ankl_i18n.engine.regular import read_file
from ankl_i18n.errors import Location, Problem, Severity, error
from ankl_i18n.review.git import CHANGES, GitError, head, run
from ankl_i18n.review.ledger import DIGEST, ENDING, FOLDER, act_paths, tags

START: Final = "\x01"
SHA1_DIGITS: Final = 40
UNKNOWN: Final = "it cannot be known whether acts of review have disappeared:"

# What stands for the content of a repository within this one (git-ls-tree(1)).
REPOSITORY: Final = b"160000 "


@dataclass(frozen=True, slots=True)
class Brought:
    """What a commit brought: when its author wrote it (ISO 8601), and the id of its content."""

    time: str
    blob: str

    @property
    def day(self) -> datetime.date:
        """The day of UTC."""
        return datetime.datetime.fromisoformat(self.time).astimezone(datetime.UTC).date()


@dataclass(frozen=True, slots=True)
class History:
    """The acts that any commit brought first, by their paths.

    `why` says why nothing is known. Of a `shallow` clone only the last part is.
    """

    brought: Mapping[str, Brought] = field(default_factory=dict)
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


def brought(root: Path, commit: str, ending: str = ENDING) -> dict[str, Brought]:
    """Return the acts that a commit and all before it brought, each as it was first.

    Merges are looked at from each side: what one of them left out was there. With another
    `ending` it is what else lies beside acts. Raises `GitError`.
    """
    log = run(
        root, "log", "-z", *CHANGES, "--diff-filter=A", "--relative", f"--format={START}%aI",
        commit, "--", FOLDER,
    )  # fmt: skip
    times: dict[str, Brought] = {}
    for part in log.decode(errors="surrogateescape").split(START)[1:]:
        time, _, rest = part.partition("\0")
        names = rest.strip("\n").split("\0")
        for about, path in zip(names[::2], names[1::2], strict=False):
            if path.endswith(ending) and path.count("/") > 1:
                times.setdefault(path, Brought(time.strip(), about.split()[3]))
    return times


def day_brought(project: Project, path: str) -> datetime.date | None:
    """Return the day (UTC) of the commit that brought an act; None if there is none so far."""
    known = history(project).brought.get(path)
    return known.day if known else None


def digest_brought(project: Project, path: str) -> Brought | None:
    """Return the commit that brought the digest of a blind task as it is now.

    None if there is none, or the digest was exchanged since. Raises `GitError` without a
    repository.
    """
    now = head(project)
    if not now.commit:
        raise GitError(now.why)
    known = brought(project.root, now.commit, DIGEST).get(path)
    return known if known and _blob(project, path, len(known.blob)) == known.blob else None


@query
def vanished(project: Project, tag: str) -> tuple[Problem, ...]:
    """Return an error for each act in a language that is no more, or is not what it was.

    The digits of its name tell that it was changed, unless somebody has made them match.
    """
    existing = set(act_paths(project, tag))
    problems: list[Problem] = []
    for path, first in sorted(history(project).brought.items()):
        if not path.startswith(f"{FOLDER}/{tag}/"):
            continue
        if path not in existing:
            hint = "bring it back (git log --diff-filter=D shows who removed it)"
            hint += "; withdraw it instead"
            problems.append(error("review", "this act has disappeared", path, hint))
        elif _blob(project, path, len(first.blob)) != first.blob:
            hint = "bring it back: git log --diff-filter=A shows the commit"
            message = "this act is not the one that a commit brought"
            problems.append(error("review", message, path, hint))
    return tuple(problems)


def _blob(project: Project, path: str, digits: int) -> str:
    """Return the id that git gives to the content of a file (gitformat-pack(5)), "" for none."""
    file = project.root / path
    project.depend_on_file(file)
    try:
        data = read_file(file)
    except OSError:
        return ""
    made = sha1(usedforsecurity=False) if digits == SHA1_DIGITS else sha256()
    made.update(b"blob %d\0" % len(data) + data)
    return made.hexdigest()


def tags_of(project: Project) -> tuple[str, ...]:
    """Return the languages that have, or once had, acts."""
    once = {path.split("/")[1] for path in history(project).brought}
    return tuple(sorted({*tags(project), *once}))


@input_query
def is_apart(project: Project) -> bool:
    """Tell whether the ledger, or a part of it, is in another repository (gitsubmodules(7))."""
    try:
        listed = run(project.root, "ls-files", "-z", "--stage", "--", FOLDER)
    except GitError:
        listed = b""
    inner = (project.root / FOLDER / ".git").exists()
    return inner or any(one.startswith(REPOSITORY) for one in listed.split(b"\0"))


@query
def unknowable(project: Project) -> tuple[Problem, ...]:
    """Return a warning where nobody can know whether acts have vanished."""
    known = history(project)
    if is_apart(project):
        message = f"{UNKNOWN} {FOLDER}/ is a repository of its own"
        hint = "keep the acts in the repository of the leaflets: who changed what is known together"
    elif known.why:
        message = f"{UNKNOWN} {known.why}"
        hint = "keep the project in a git repository: it holds who changed what, and when"
    elif known.shallow:
        message = f"{UNKNOWN} this clone is shallow"
        hint = "fetch the whole history: `git fetch --unshallow`, or fetch-depth: 0 in CI"
    else:
        return ()
    return (Problem("review", Severity.WARNING, message, Location(FOLDER), hint),)
