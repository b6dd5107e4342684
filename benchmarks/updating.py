"""Updating a catalog side by side with msgmerge: the same template, the same old catalog."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import polib

from ankl_i18n.languages import language
from benchmarks.measure import Contender, alternate
from benchmarks.report import machine, table, version

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS: Final = """\
[tool.ankl_i18n]
name = "Benchmark"
languages = [{tag}]
source-dir = {source}
template-path = "po/messages.pot"
catalog-path = "po/{{gettext_id}}.po"
domain = "messages"
front-matter = "free"
context = "never"
"""


def compare(root: Path, source: Path, catalog: Path, tag: str, rounds: int) -> str:
    """Extract a template from `source`, then measure merging it into a catalog."""
    quoted = {"tag": json.dumps(tag), "source": json.dumps(str(source))}
    (root / "pyproject.toml").write_text(SETTINGS.format(**quoted), encoding="utf-8")
    (root / "po").mkdir()
    old = root / "old.po"
    shutil.copyfile(catalog, old)
    ours = [sys.executable, "-m", "ankl_i18n"]
    subprocess.run([*ours, "extract", "--quiet"], cwd=root, check=True)
    updated, merged = root / "po" / f"{language(tag).gettext_id}.po", root / "merged.po"
    # --previous: msgmerge keeps the old msgid of fuzzy messages, as ankl-i18n always does.
    merge = ["msgmerge", "--quiet", "--previous", "-o", str(merged), str(old), "po/messages.pot"]
    update = [*ours, "update", tag, "--quiet"]
    contenders = [
        Contender("ankl-i18n update", version([*ours, "--version"]), update, root, updated, old),
        Contender("msgmerge", version(["msgmerge", "--version"]), merge, root, merged),
    ]
    samples = alternate(contenders, rounds)
    what = f"template: {_count(root / 'po/messages.pot')}; catalog before: {_count(old)}"
    results = [_count(contender.output) for contender in contenders]
    return "\n".join([what, *machine(rounds), "", *table("result", contenders, results, samples)])


def _count(path: Path) -> str:
    found = polib.pofile(str(path))
    parts = {
        "translated": len(found.translated_entries()),
        "fuzzy": len(found.fuzzy_entries()),
        "untranslated": len(found.untranslated_entries()),
    }
    return ", ".join(f"{count} {name}" for name, count in parts.items() if count)
