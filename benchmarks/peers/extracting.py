"""Extraction: one template from the Markdown files in `source`."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Final

from benchmarks import peers
from benchmarks.peers import Inputs, Peer, each

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SOURCE: Final = "source"
SETTINGS: Final = """\
[tool.ankl_i18n]
name = "Benchmark"
languages = {tags}
source-dir = {source}
template-path = "po/messages.pot"
catalog-path = "po/{{gettext_id}}.po"
domain = "messages"
front-matter = "free"
context = "never"
publish-at = 0
check-errors = "report"
"""
CONF: Final = """\
project = "Benchmark"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
gettext_compact = "messages"
locale_dirs = ["../locale"]
"""
CONTENTS: Final = "# Contents\n\n```{toctree}\n:glob:\n\n**\n```\n"
BOOK: Final = """\
[book]
title = "Benchmark"
language = "en"
[preprocessor.gettext]
after = ["links"]
"""


def settings(tags: Sequence[str], source: str = SOURCE) -> str:
    """Return the settings of a book that others wrote, with a catalog for each language."""
    return SETTINGS.format(tags=json.dumps([*tags]), source=json.dumps(source))


def files(given: Inputs) -> list[str]:
    """Return the names of the Markdown files, from the folder of the inputs."""
    found = (given.root / SOURCE).rglob("*.md")
    return sorted(path.relative_to(given.root).as_posix() for path in found)


def messages(output: Path) -> str:
    """Count the messages of a template, or of all in a folder; a first msgid is the header's."""
    paths = sorted(output.rglob("*.po*")) if output.is_dir() else [output]
    count = 0
    for path in paths:
        lines = path.read_text(encoding="utf-8").splitlines()
        count += sum(line.startswith("msgid ") for line in lines) - 1
    return str(count)


def _ours(given: Inputs) -> Sequence[str]:
    (given.root / "pyproject.toml").write_text(settings([given.tag]), encoding="utf-8")
    return [*peers.ANKL.command, "extract", "--quiet"]


def _updatepo(given: Inputs) -> Sequence[str]:
    """Extraction alone; with no file to update it neither merges nor translates."""
    masters = [part for name in files(given) for part in ("-m", name)]
    command = [*peers.UPDATEPO.command, "-f", "text", "-o", "markdown"]
    return [*command, *masters, "-p", "updatepo.pot"]


def _po4a(given: Inputs) -> Sequence[str]:
    """The one program that po4a recommends in place of po4a-updatepo, without languages."""
    head = ["[po4a_langs]", "[po4a_paths] po4a.pot", '[po4a_alias:md] text opt:"-o markdown"']
    lines = [*head, *(f"[type: md] {name}" for name in files(given))]
    (given.root / "po4a.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [*peers.PO4A.command, "--quiet", "--no-translations", "po4a.cfg"]


def _mdpo(given: Inputs) -> Sequence[str]:
    return [*peers.MD2PO.command, *files(given), "-p", "mdpo.pot", "--save", "--quiet"]


def _toolkit(_given: Inputs) -> Sequence[str]:
    options = ["--pot", "--progress=none", "--multifile=onefile", "--duplicates=merge"]
    return [*peers.TOOLKIT_MD2PO.command, *options, SOURCE, "-o", "toolkit.pot"]


def _md_gettext(_given: Inputs) -> Sequence[str]:
    program = peers.MD_GETTEXT.command[0]
    return each(f"{SOURCE}/*.md", f'mkdir -p md-gettext; {program} extract "$f" md-gettext/$n.pot')


def sphinx(given: Inputs) -> Sequence[str]:
    """Sphinx wants a list of the files, and its settings beside them: a copy of its own."""
    folder = given.root / "sphinx" / SOURCE
    shutil.copytree(given.root / SOURCE, folder, dirs_exist_ok=True)
    (folder / "index.md").write_text(CONTENTS, encoding="utf-8")
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    build = [*peers.SPHINX.command, "--quiet", "-E", "-j", "auto", "-d", "sphinx/doctrees"]
    return [*build, "-b", "gettext", f"sphinx/{SOURCE}", "sphinx/gettext"]


def mdbook(given: Inputs) -> Sequence[str]:
    """mdBook wants a table of contents beside the files: a copy of its own."""
    folder = given.root / "mdbook"
    shutil.copytree(given.root / SOURCE, folder / "src", dirs_exist_ok=True)
    names = (name.removeprefix(f"{SOURCE}/") for name in files(given))
    contents = "\n".join(f"- [{name.replace('_', ' ')}]({name})" for name in names)
    (folder / "src" / "SUMMARY.md").write_text(f"# Summary\n\n{contents}\n", encoding="utf-8")
    (folder / "book.toml").write_text(BOOK, encoding="utf-8")
    return mdbook_command('{"xgettext": {}}', "mdbook/po")


def mdbook_command(output: str, target: str, *settings: str) -> Sequence[str]:
    """Return the command that runs mdBook with its helpers; `output` is that setting as JSON."""
    path = f"PATH={peers.CARGO / 'bin'}:{os.environ['PATH']}"
    command = [*peers.MDBOOK.command, "build", "mdbook", "--dest-dir", target]
    return ["env", path, "MDBOOK_LOG=error", f"MDBOOK_OUTPUT={output}", *settings, *command]


PEERS: Final = (
    Peer("ankl-i18n extract", peers.ANKL, _ours, "po/messages.pot"),
    Peer("po4a-updatepo", peers.UPDATEPO, _updatepo, "updatepo.pot",
         "by line patterns; a table is one message"),
    Peer("po4a", peers.PO4A, _po4a, "po4a.pot", "by line patterns; a table is one message"),
    Peer("mdpo: md2po", peers.MD2PO, _mdpo, "mdpo.pot"),
    Peer("translate-toolkit: md2po", peers.TOOLKIT_MD2PO, _toolkit, "toolkit.pot"),
    Peer("md-gettext extract", peers.MD_GETTEXT, _md_gettext, "md-gettext",
         "starts for each file, a template for each: repeated messages count each time"),
    Peer("Sphinx: gettext builder, MyST", peers.SPHINX, sphinx, "sphinx/gettext",
         "reads the whole book: links between files are resolved", also=("sphinx/doctrees",)),
    Peer("mdbook-i18n-helpers", peers.MDBOOK, mdbook, "mdbook/po",
         "program code, compiled (Rust)"),
)  # fmt: skip
