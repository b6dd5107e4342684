"""What changed of review since a revision: acts, keys, reviewers, policy (git-diff(1)).

The root of trust is who may merge: this is what they look at.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ankl_i18n.catalogs.project import Project
from ankl_i18n.errors import SettingsError
from ankl_i18n.review.git import GitError, run
from ankl_i18n.review.history import brought
from ankl_i18n.review.ledger import DIGEST, ENDING, FOLDER
from ankl_i18n.review.reviewers import PATH
from ankl_i18n.review.ssh_signatures import SIG, SIGNERS
from ankl_i18n.settings import SETTINGS_FILE

CHANGED: Final = {"A": "new", "D": "disappeared", "M": "changed", "T": "changed"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that changed: what it is, and what those who merge have to know.

    `wrong` ones break the rule that acts are only added.
    """

    what: str
    path: str
    note: str = ""
    wrong: bool = False


def audit(project: Project, since: str) -> list[Finding]:
    """Return what changed of review between a revision and the files as they are now.

    Raises `SettingsError` where git does not know the revision.
    """
    root = project.root
    try:
        commit = run(root, "rev-parse", "--verify", "--end-of-options", f"{since}^{{commit}}")
        return list(_findings(root, commit.decode().strip()))
    except GitError as wrong:
        hint = "name a commit, branch or tag; a shallow clone has only the last commits"
        raise SettingsError.of("git", f"{since!r}: {wrong}", "--since", hint) from wrong


def _findings(root: Path, commit: str) -> Iterator[Finding]:
    if not _is_ancestor(root, commit):
        note = "the history was rewritten since: what it dropped is compared with that revision"
        yield Finding("rewritten", "HEAD", note, wrong=True)
    seen: set[str] = set()
    day = run(root, "show", "--no-patch", "--format=%cs", commit).decode().strip()
    for status, path in _changes(root, commit):
        seen.add(path)
        yield from _finding(root, commit, status, path, day)
    for path in sorted(set(_brought_between(root, commit)) - seen):
        if not (root / path).exists():
            yield Finding("disappeared", path, "it was added and removed again", wrong=True)


def _is_ancestor(root: Path, commit: str) -> bool:
    try:
        run(root, "merge-base", "--is-ancestor", commit, "HEAD")
    except GitError:
        return False
    return True


def _brought_between(root: Path, commit: str) -> list[str]:
    """Return the acts that came after a commit, whether or not they are still there."""
    before = brought(root, commit)
    return [path for path in brought(root, "HEAD") if path not in before]


def _changes(root: Path, commit: str) -> Iterator[tuple[str, str]]:
    """Yield how each file of review changed since a commit, new ones that git does not know too."""
    listed = run(
        root, "diff", "-z", "--no-ext-diff", "--no-renames", "--name-status", "--relative", commit,
        "--", FOLDER, SETTINGS_FILE,
    ).decode(errors="surrogateescape").split("\0")  # fmt: skip
    yield from zip(listed[::2], listed[1::2], strict=False)
    others = run(root, "ls-files", "-z", "--others", "--exclude-standard", "--", FOLDER)
    yield from (("A", path) for path in others.decode(errors="surrogateescape").split("\0") if path)


def _finding(root: Path, commit: str, status: str, path: str, day: str) -> Iterator[Finding]:
    what = CHANGED.get(status[:1], status)
    if path == SETTINGS_FILE:
        yield from _settings(root, commit)
    elif path in (PATH, SIGNERS):
        name = "reviewers" if path == PATH else "keys"
        yield Finding(f"{name} {what}", path, _lines(root, commit, path))
    elif path.endswith((ENDING, SIG, DIGEST)):
        own = path.rpartition("/")[2][: len(day)]
        old = f"its day ({own}) lies before that revision ({day})"
        is_old = what == "new" and path.endswith(ENDING) and own < day
        yield Finding(f"act {what}", path, old if is_old else "", wrong=what != "new")


def _settings(root: Path, commit: str) -> Iterator[Finding]:
    """Yield how the policy changed, if it did."""
    old = _policy(_content(root, commit, SETTINGS_FILE))
    new = _policy((root / SETTINGS_FILE).read_bytes())
    if old != new:
        yield Finding("policy changed", SETTINGS_FILE, f"{_shown(old)} → {_shown(new)}")


def _policy(data: bytes) -> dict[str, Any] | None:
    try:
        table = tomllib.loads(data.decode()).get("tool", {}).get("ankl_i18n", {}).get("review")
    except ValueError:
        return None
    return table if isinstance(table, dict) else None


def _shown(policy: dict[str, Any] | None) -> str:
    if policy is None:
        return "none"
    return ", ".join(f"{name} = {value}" for name, value in sorted(policy.items())) or "as usual"


def _lines(root: Path, commit: str, path: str) -> str:
    """Return the lines that a file lost and gained, in one line."""
    old = _content(root, commit, path).decode(errors="replace").splitlines()
    file = root / path
    new = file.read_text(errors="replace").splitlines() if file.exists() else []
    lost = [f"-{line.strip()}" for line in old if line not in new and line.strip()]
    gained = [f"+{line.strip()}" for line in new if line not in old and line.strip()]
    return "  ".join([*lost, *gained])


def _content(root: Path, commit: str, path: str) -> bytes:
    try:
        return run(root, "show", f"{commit}:./{path}")
    except GitError:
        return b""
