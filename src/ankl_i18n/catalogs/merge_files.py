"""Merging three files as a merge driver of git does (gitattributes(5), Performing a merge)."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.merging import merge
from ankl_i18n.catalogs.po import disk
from ankl_i18n.catalogs.po.readback import read_back
from ankl_i18n.errors import CatalogError, Location, Problem, error

SECONDS: Final = 60
HINT: Final = "keep one of the two translations; delete the other, the markers and the flag fuzzy"


def merge_files(base: Path, ours: Path, theirs: Path, shown: str) -> list[Problem]:
    """Write into `ours` what it and `theirs` have made of `base`; return the conflicts.

    `shown` is the name of the file in messages. If one of them is not a catalog, the lines are
    merged instead, and conflicts are between git's marks. Raises OSError.
    """
    present = ours.read_bytes()
    versions = {"base": base.read_bytes(), "ours": present, "theirs": theirs.read_bytes()}
    try:
        before, mine, other = (
            po.parse(data, shown if side == "ours" else f"{shown} ({side})")
            for side, data in versions.items()
        )
        made = merge(before, mine, other)
        data = po.write(made.catalog)
        entries = read_back(data, made.catalog)
    except CatalogError as wrong:
        return [*wrong.problems, _by_lines(base, ours, theirs, shown)]
    if data != present:
        disk.replace(ours, data, present)
    lines = {entry.key(): entry.line for entry in entries}
    return [
        error("po-conflict", "both sides translated this message, differently",
              Location(shown, lines[entry.key()]), HINT)
        for entry in made.conflicts
    ]  # fmt: skip


def _by_lines(base: Path, ours: Path, theirs: Path, shown: str) -> Problem:
    """Merge lines, and return the problem that messages could not be."""
    labels = [part for name in ("ours", "base", "theirs") for part in ("-L", name)]
    command = ["git", "merge-file", *labels, *map(str, (ours, base, theirs))]
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=SECONDS)  # noqa: S603
        conflicts = done.returncode
    except subprocess.TimeoutExpired:
        conflicts = -1
    if conflicts == 0:
        message = "this catalog cannot be read; it was merged line by line instead"
        return error("po-conflict", message, shown, "fix it, then commit the merge")
    message = "this catalog cannot be read; it was merged line by line, with conflicts"
    hint = "resolve the conflicts between <<<<<<< and >>>>>>>, then commit the merge"
    return error("po-conflict", message, shown, hint)
