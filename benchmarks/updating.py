"""Updating a catalog side by side with msgmerge and pot2po: same template, same old catalog."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import polib

from ankl_i18n.languages import language
from benchmarks.measure import Contender, alternate
from benchmarks.report import machine, table, version

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


# Where pot2po is installed, apart from everything else.
TOOLKIT: Final = Path(".cache/translate-toolkit")
# RapidFuzz makes it much faster, and is not among what it requires.
REQUIREMENTS: Final = ("translate-toolkit==3.20.4", "rapidfuzz>=3.9")


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
    exact = ["msgmerge", "-N", "--quiet", "-o", str(root / "exact.po"), str(old), "po/messages.pot"]
    pot2po = [_pot2po(), "--progress=none", "-t", str(old), "po/messages.pot", "pot2po.po"]
    gettext = version(["msgmerge", "--version"])
    contenders = [
        Contender("ankl-i18n update", version([*ours, "--version"]), update, root, updated, old),
        Contender("msgmerge -N (exact matches only)", gettext, exact, root, root / "exact.po"),
        Contender("pot2po", version([pot2po[0], "--version"]), pot2po, root, root / "pot2po.po"),
        Contender("msgmerge", gettext, merge, root, merged),
    ]
    samples = alternate(contenders, rounds)
    what = f"template: {_count(root / 'po/messages.pot')}; catalog before: {_count(old)}"
    results = [_count(contender.output) for contender in contenders]
    return "\n".join([what, *machine(rounds), "", *table("result", contenders, results, samples)])


def _pot2po() -> str:
    """Return the path of pot2po, in an environment of its own that is made if need be."""
    program = TOOLKIT.resolve() / "bin" / "pot2po"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", TOOLKIT], check=True)
        pip = [TOOLKIT / "bin" / "python", "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, *REQUIREMENTS], check=True)
    return str(program)


def _count(path: Path) -> str:
    found = polib.pofile(str(path))
    parts = {
        "translated": len(found.translated_entries()),
        "fuzzy": len(found.fuzzy_entries()),
        "untranslated": len(found.untranslated_entries()),
    }
    return ", ".join(f"{count} {name}" for name, count in parts.items() if count)
