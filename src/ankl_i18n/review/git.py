"""Asking git: argument lists, no shell, nothing of the repository's settings runs (git(1))."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ankl_i18n.catalogs.project import Project
from ankl_i18n.engine.queries import input_query

SECONDS: Final = 300
# No hooks, no monitor of files, no signatures in logs, names of files as they are; nothing that
# somebody has set for themselves hides commits or files.
SAFE: Final = (
    "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false",
    "-c", "core.quotePath=false", "-c", "log.showRoot=true", "-c", "log.follow=false",
    "-c", "diff.orderFile=/dev/null",
)  # fmt: skip
# What commits changed: against each parent of merges, without renames, as ids of contents.
CHANGES: Final = (
    "--full-history", "--diff-merges=separate", "--no-renames", "--raw", "--no-abbrev",
    "--topo-order", "--reverse", "--no-color",
)  # fmt: skip
QUIET: Final = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
    "GIT_NO_REPLACE_OBJECTS": "1", "GIT_LITERAL_PATHSPECS": "0",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """Where the history of a project stands.

    `commit` is the id of its last commit, "" where nothing is known: `why` says why. A `shallow`
    clone has only the last part of the history.
    """

    commit: str = ""
    shallow: bool = False
    why: str = ""


class GitError(Exception):
    """Git could not say what it was asked; the message is its own."""


def run(root: Path, *arguments: str, data: bytes = b"") -> bytes:
    """Return what git prints when it is run in a folder. Raises `GitError`."""
    command = ["git", *SAFE, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - no shell; callers put "--" before paths
            command, cwd=root, input=data, capture_output=True, check=False, timeout=SECONDS,
            env=os.environ | QUIET,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as bad:
        raise GitError(str(bad)) from bad
    if done.returncode:
        raise GitError(done.stderr.decode(errors="replace").strip().split("\n")[0])
    return done.stdout


@input_query
def head(project: Project) -> Head:
    """Return where the history of a project stands."""
    try:
        answer = run(project.root, "rev-parse", "--is-shallow-repository", "--verify", "HEAD")
    except GitError as wrong:
        return Head(why=str(wrong) or "there is no commit")
    shallow, commit = answer.decode().split()
    return Head(commit, shallow == "true")
