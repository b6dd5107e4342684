"""What the programs start from: files made from nothing, this project's own leaflets, or a book.

Each function fills a folder and says in a few words what is there.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ankl_i18n.build import outputs
from ankl_i18n.build.jobs import jobs
from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.template import leaflet_messages
from ankl_i18n.languages import language
from ankl_i18n.languages.pseudo import pseudo
from ankl_i18n.preflight.run import output_of
from ankl_i18n.settings import Options, load
from ankl_i18n.source import parse
from benchmarks import generated
from benchmarks.corpus import LANGUAGES, Corpus, write
from benchmarks.peers import OURS, extracting, updating
from benchmarks.typst_source import typst_source
from benchmarks.update_edits import edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ankl_i18n.catalogs.template import Message

PROJECT: Final = Path(__file__).parents[1]
SOURCE: Final = extracting.SOURCE
SEED: Final = 20240229
# Latin, Chinese, Arabic, Nastaliq and Thai letters.
PRINTED: Final = ("fr", "zh-Hans", "ar", "ur", "th")
SETTINGS: Final = """\
[tool.ankl_i18n]
name = "Patient leaflets"
languages = {tags}
licence = "CC BY 4.0"
check-errors = "report"
"""


def markdown(root: Path, files: int) -> str:
    """Write Markdown files made from nothing, and those that they link to."""
    generated.write(root / SOURCE, files)
    for folder in (root / SOURCE).iterdir():
        (folder / "contact.md").write_text("# Contact\n\nCall us.\n", encoding="utf-8")
    return _size(root)


def leaflets(root: Path) -> str:
    """Copy this project's leaflets without their front matter, which not all programs read."""
    shutil.copytree(PROJECT / SOURCE, root / SOURCE)
    for path in (root / SOURCE).glob("*.md"):
        text = path.read_text(encoding="utf-8").partition("\n---\n")[2]
        path.write_text(text, encoding="utf-8")
    return _size(root)


def book(root: Path, origin: Path) -> str:
    """Copy the Markdown files of a folder, so that all programs name them alike."""
    for path in sorted(origin.rglob("*.md")):
        copy = root / SOURCE / path.relative_to(origin)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return _size(root)


def _size(root: Path) -> str:
    sizes = [path.stat().st_size for path in (root / SOURCE).rglob("*.md")]
    return f"{len(sizes)} Markdown file{'s' * (len(sizes) != 1)}, {sum(sizes) / 1000:.0f} kB"


def edited(root: Path, fill: Callable[[Path], str], tag: str) -> str:
    """Write a catalog of the Markdown files that `fill` writes, and the template of an edited copy.

    `update_edits` edits: words, sentences and messages are changed, moved, joined, cut, removed.
    """
    fill(root)
    documents = []
    for path in sorted((root / SOURCE).rglob("*.md")):
        name = path.relative_to(root / SOURCE).with_suffix("").as_posix()
        text = path.read_text(encoding="utf-8")
        documents.append(parse(text, str(path), name, front_matter="free", context="never"))
    messages = leaflet_messages(documents)
    new = [one.message for one in edit(messages, (), SEED)]
    shutil.rmtree(root / SOURCE)
    _write(root / updating.TEMPLATE, new, "")
    _write(root / updating.OLD, messages, tag)
    return f"{len(messages)} messages before, {len(new)} after"


def _write(path: Path, messages: Iterable[Message], tag: str) -> None:
    """Write a catalog with everything translated, or a template where there is no language."""
    headers = {"Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
    if tag:
        spoken = language(tag)
        headers |= {"Language": spoken.gettext_id, "Plural-Forms": spoken.plural_forms}
    made = po.new(path.name, headers)
    for message in messages:
        entry = po.Entry(msgid=message.msgid, msgctxt=message.msgctxt)
        entry.comment = "\n".join(message.comments)
        entry.occurrences = [(reference, "") for reference in message.references]
        entry.msgstr = pseudo(message.msgid, language(tag)) if tag else ""
        made.entries.append(entry)
    path.write_bytes(po.write(made))


def revised(root: Path, origin: Path, catalog: Path, tag: str) -> str:
    """Extract the template of a book's Markdown files, and copy an older catalog of it."""
    book(root, origin)
    (root / "pyproject.toml").write_text(extracting.settings([tag]), encoding="utf-8")
    subprocess.run([*OURS, "extract", "--quiet"], cwd=root, check=True)
    shutil.copyfile(root / "po" / "messages.pot", root / updating.TEMPLATE)
    shutil.copyfile(catalog, root / updating.OLD)
    shutil.rmtree(root / SOURCE)
    before, after = root / updating.OLD, root / updating.TEMPLATE
    return f"before: {updating.states(before)}; after: {extracting.messages(after)} messages"


def own(root: Path, tags: Iterable[str]) -> str:
    """Copy this project's leaflets and their catalogs in some languages."""
    shutil.copytree(PROJECT / SOURCE, root / SOURCE)
    for tag in tags:
        folder = Path("locale") / language(tag).gettext_id / "LC_MESSAGES"
        (root / folder).mkdir(parents=True)
        for path in (root / SOURCE).glob("*.md"):
            name = folder / f"{path.stem}.po"
            shutil.copyfile(PROJECT / name, root / name)
    names = json.dumps(list(tags))
    (root / "pyproject.toml").write_text(SETTINGS.format(tags=names), encoding="utf-8")
    return _catalogs(root)


def catalogs(root: Path, leaflets: int, languages: int) -> str:
    """Write leaflets and catalogs made from nothing, seven tenths of them translated."""
    write(root, Corpus(leaflets, LANGUAGES[:languages], 0.7))
    return _catalogs(root)


def _catalogs(root: Path) -> str:
    sizes = [path.stat().st_size for path in root.glob("locale/*/LC_MESSAGES/*.po")]
    return f"{len(sizes)} catalogs, {sum(sizes) / 1000:.0f} kB"


def printed(root: Path, tags: tuple[str, ...]) -> str:
    """Copy this project's leaflets, and write their finished pages and Typst sources as well."""
    own(root, tags)
    for name in ("pages", "typst"):
        (root / name).mkdir()
    site = Project(load(root), Options(only="pdf", papers=("a4",), drafts=True))
    with site.traced():
        for job in jobs(site):
            name = f"{job.name}-{job.tag}"
            output = replace(output_of(site, job), file=root / "typst" / f"{name}.pdf")
            page = outputs.make(site, job)
            (root / "pages" / f"{name}.html").write_text(page, encoding="utf-8")
            source = typst_source(page, output)
            (root / "typst" / f"{name}.typ").write_text(source, encoding="utf-8")
    shutil.rmtree(root / ".cache", ignore_errors=True)
    return f"this project's leaflets on A4 ({', '.join(('en', *tags))})"
