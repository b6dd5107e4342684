"""Extraction side by side with po4a: the same Markdown files, one template each."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

from benchmarks.measure import Contender, alternate
from benchmarks.report import machine, table, version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SOURCE: Final = "source"
SETTINGS: Final = """\
[tool.ankl_i18n]
name = "Benchmark"
source-dir = "source"
template-path = "ours.pot"
domain = "messages"
front-matter = "free"
context = "never"
"""


def copy_markdown(origin: Path, target: Path) -> None:
    """Copy the Markdown files of a folder, so that all tools name them alike."""
    for path in sorted(origin.rglob("*.md")):
        copy = target / path.relative_to(origin)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def compare(root: Path, rounds: int, *, alone: bool) -> str:
    """Measure all tools on the Markdown files in `root`/source; return the report."""
    files = sorted(path.relative_to(root).as_posix() for path in (root / SOURCE).rglob("*.md"))
    contenders = [_ours(root), *([] if alone else (_updatepo(root, files), _po4a(root, files)))]
    samples = alternate(contenders, rounds)
    size = sum((root / name).stat().st_size for name in files)
    what = f"{len(files)} Markdown files, {size / 2**20:.2f} MiB"
    counts = [str(_messages(contender.output)) for contender in contenders]
    return "\n".join([what, *machine(rounds), "", *table("messages", contenders, counts, samples)])


def _ours(root: Path) -> Contender:
    (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    command = [sys.executable, "-m", "ankl_i18n"]
    return Contender(
        "ankl-i18n extract",
        version([*command, "--version"]),
        [*command, "extract", "--quiet"],
        root,
        root / "ours.pot",
    )


def _updatepo(root: Path, files: Sequence[str]) -> Contender:
    """Extraction alone; with no file to update it neither merges nor translates."""
    masters = [part for name in files for part in ("-m", name)]
    return Contender(
        "po4a-updatepo",
        version(["po4a-updatepo", "--version"]),
        ["po4a-updatepo", "-f", "text", "-o", "markdown", *masters, "-p", "updatepo.po"],
        root,
        root / "updatepo.po",
    )


def _po4a(root: Path, files: Sequence[str]) -> Contender:
    """The one program that po4a recommends in place of po4a-updatepo, without languages."""
    head = ["[po4a_langs]", "[po4a_paths] po4a.pot", '[po4a_alias:md] text opt:"-o markdown"']
    lines = [*head, *(f"[type: md] {name}" for name in files)]
    (root / "po4a.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Contender(
        "po4a",
        version(["po4a", "--version"]),
        ["po4a", "--quiet", "--no-translations", "po4a.cfg"],
        root,
        root / "po4a.pot",
    )


def _messages(path: Path) -> int:
    """Return the number of messages in a template; its first msgid is the header's."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return sum(line.startswith("msgid ") for line in lines) - 1
