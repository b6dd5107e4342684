"""What git knows of the catalogs: their differences, and a commit of them, if somebody asks.

Git is called with lists of arguments; no hook and no monitor of the repository runs.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_SAFE: Final = (
    "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.pager=cat",
    "-c", "diff.external=", "-c", "commit.gpgSign=false",
)  # fmt: skip
PATIENCE: Final = 20


def diff(root: Path, paths: Sequence[str]) -> str | None:
    """Return how files differ from the last commit; None where there is no repository."""
    answer = _git(root, "diff", "--no-ext-diff", "--no-textconv", "HEAD", "--", *paths)
    return None if answer is None or answer.returncode else answer.stdout


def commit(root: Path, message: str, paths: Sequence[str]) -> str:
    """Commit some files and nothing else; return what went wrong, "" for nothing."""
    added = _git(root, "add", "--", *paths)
    if added is None:
        return "git is not installed"
    if added.returncode:
        return added.stderr.strip()
    done = _git(root, "commit", "--no-verify", "--only", "-m", message, "--", *paths)
    return (
        "" if done and not done.returncode else (done.stderr or done.stdout).strip() if done else ""
    )


def author(root: Path) -> str:
    """Return the name and address that commits are made with, "" if git does not know them."""
    values = [_git(root, "config", "--get", key) for key in ("user.name", "user.email")]
    name, mail = (
        value.stdout.strip() if value and not value.returncode else "" for value in values
    )
    return f"{name} <{mail}>" if name and mail else name


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str] | None:
    program = shutil.which("git")
    if program is None:
        return None
    try:
        return subprocess.run(  # noqa: S603 - a list of arguments, paths after "--"
            [program, *_SAFE, *arguments], cwd=root, capture_output=True, text=True,
            timeout=PATIENCE, check=False, errors="replace",
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
