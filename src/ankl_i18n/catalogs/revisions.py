"""The text files of a project as they were in a revision of its git repository."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ankl_i18n.catalogs.history import SECONDS, line_times
from ankl_i18n.catalogs.leaflet_names import LIKE_MARKDOWN
from ankl_i18n.errors import SettingsError

# What is read of a revision; pictures and fonts may be large.
SUFFIXES: Final = frozenset({*LIKE_MARKDOWN, ".po", ".pot", ".toml", ".csv"})
REGULAR: Final = ("100644", "100755")


def sides(asked: str) -> tuple[str, str, bool]:
    """Return the old and the new revision of `OLD..NEW`, and whether `...` stood between them.

    As with git, a side that is left out is HEAD. The new one of a single revision is "": the files
    as they are now.
    """
    for dots in ("...", ".."):
        old, separator, new = asked.partition(dots)
        if separator:
            return old or "HEAD", new or "HEAD", dots == "..."
    return asked, "", False


def common(root: Path, one: str, other: str) -> str:
    """Return the commit that two revisions have come from. Raises `SettingsError`."""
    commits = [commit(root, one), commit(root, other)]
    try:
        return _git(root, "merge-base", *commits).decode().strip()
    except SettingsError:
        hint = "fetch more of the history: `git fetch --unshallow`"
        message = f"{one} and {other} have no commit in common here"
        raise SettingsError.of("git", message, str(root), hint) from None


def commit(root: Path, revision: str) -> str:
    """Return the hash of the commit that a revision names. Raises `SettingsError`."""
    try:
        wanted = f"{revision}^{{commit}}"
        named = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    except SettingsError:
        _git(root, "rev-parse", "--git-dir")  # there may be no repository at all
        message = f"there is no revision {revision!r} in this repository"
        hint = "`git log --oneline` lists them; a shallow clone has only the last ones"
        raise SettingsError.of("git", message, revision, hint) from None
    return named.decode().strip()


@contextmanager
def files_of(root: Path, revision: str) -> Iterator[Path]:
    """Yield a folder that contains a project's text files as they were; it is removed afterwards.

    `root` is the project's folder. Links are left out. Raises `SettingsError` where there is no
    repository, or no such revision.
    """
    named = commit(root, revision)
    prefix = _git(root, "rev-parse", "--show-prefix").decode().strip("\n")
    listed = _git(root, "ls-tree", "-r", "-z", "--full-tree", named).split(b"\0")
    entries = [entry for line in listed if line for entry in [_entry(line)] if entry]
    with TemporaryDirectory(prefix="ankl-i18n-") as name:
        folder = Path(name)
        for path, data in _contents(root, entries):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        (folder / prefix).mkdir(parents=True, exist_ok=True)
        yield folder / prefix


def last_change(
    root: Path, path: str, lines: Iterable[int], revision: str = ""
) -> datetime.date | None:
    """Return the day (UTC) on which some lines of a file were last changed; None if not known.

    `path` is relative to the project's folder. Without a revision the file as it is now counts.
    """
    times = line_times(root / path, revision)
    known = [times[line] for line in lines if line in times]
    return datetime.datetime.fromtimestamp(max(known), datetime.UTC).date() if known else None


def _entry(line: bytes) -> tuple[str, str] | None:
    """Return the path and the hash of a file that is read, from a line of git-ls-tree(1)."""
    told, _, name = line.partition(b"\t")
    mode, _, digest = told.decode().split(" ")
    path = name.decode(errors="surrogateescape")
    is_read = mode in REGULAR and Path(path).suffix.lower() in SUFFIXES
    return (path, digest) if is_read else None


def _contents(root: Path, wanted: list[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of files, by git-cat-file(1) with --batch."""
    asked = "".join(f"{digest}\n" for _, digest in wanted).encode()
    data = _git(root, "cat-file", "--batch", given=asked)
    start = 0
    for path, _ in wanted:
        head, _, _ = data[start : start + 200].partition(b"\n")
        start += len(head) + 1
        size = int(head.split(b" ")[2])
        yield path, data[start : start + size]
        start += size + 1


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return what git prints. Raises `SettingsError` with what it says is wrong."""
    command = ["git", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and revisions stand behind their option
            command, cwd=root, input=given, capture_output=True, check=True, timeout=SECONDS
        )
    except FileNotFoundError:
        why, hint = "git is not installed", "install git"
    except subprocess.CalledProcessError as wrong:
        output = wrong.stderr.decode(errors="replace").strip()
        why, hint = output or f"git {arguments[0]} failed", "run this in a git repository"
    except (OSError, subprocess.SubprocessError) as wrong:
        why, hint = str(wrong), ""
    else:
        return done.stdout
    raise SettingsError.of("git", why, str(root), hint)
