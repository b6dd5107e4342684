"""Localizing: catalogs and the Markdown files in `source` become pages in another language.

Every program gets a catalog of its own messages, made from its own template: all translated,
by one rule (`ankl_i18n.languages.pseudo`). So all of them have everything to do, however they
cut texts.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polib

from ankl_i18n.languages import language
from ankl_i18n.languages.pseudo import ACCENTS, pseudo
from benchmarks import peers
from benchmarks.measure import run
from benchmarks.peers import Inputs, Peer, each, extracting, tolerant

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE: Final = extracting.SOURCE
# Letters of the translation that French, the language of the programs' own words, lacks.
ACCENTED: Final = frozenset(map(ACCENTS.get, map(ord, "dfw")))
HTML: Final = '{"html": {}}'


def translated(output: Path) -> str:
    """Count the pages in which letters of the translation stand."""
    paths = (path for path in output.rglob("*") if path.suffix in (".html", ".md"))
    found = list(filter(_is_translated, paths))
    kinds = " and ".join(sorted({path.suffix[1:] for path in found}))
    return f"{len(found)} {kinds}"


def _is_translated(path: Path) -> bool:
    return not set(map(ord, path.read_text(encoding="utf-8"))).isdisjoint(ACCENTED)


def _extracted(given: Inputs, name: str) -> Path:
    """Run the extraction of that name; return what it wrote."""
    peer = next(one for one in extracting.PEERS if one.name == name)
    contender = peer.contender(given)
    contender.prepare()
    run(contender.command, contender.folder)
    return contender.output


def _filled(template: Path, catalog: Path, tag: str) -> polib.POFile:
    """Write a template as a catalog with all messages translated."""
    read = polib.pofile(str(template))
    read.metadata |= {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": language(tag).gettext_id,
        "Plural-Forms": language(tag).plural_forms,
    }
    for entry in read:
        text = entry.msgid.rstrip("\n")  # both must end alike
        entry.msgstr = pseudo(text, language(tag)) + entry.msgid[len(text) :]
    catalog.parent.mkdir(parents=True, exist_ok=True)
    read.save(str(catalog))
    return read


def _ours(given: Inputs) -> Sequence[str]:
    template = _extracted(given, "ankl-i18n extract")
    _filled(template, template.with_name(f"{language(given.tag).gettext_id}.po"), given.tag)
    build = [*peers.ANKL.command, "build", given.tag, "--only", "html", "--quiet"]
    # Where there are errors, such as links to files that are not there, the rest is made.
    return tolerant(*build)


def _po4a(given: Inputs) -> Sequence[str]:
    template = _extracted(given, "po4a")
    _filled(template, given.root / f"po4a.{given.tag}.po", given.tag)
    head = [
        f"[po4a_langs] {given.tag}",
        f"[po4a_paths] po4a.pot {given.tag}:po4a.{given.tag}.po",
        '[po4a_alias:md] text opt:"-o markdown"',
    ]
    names = (f"[type: md] {name} {given.tag}:po4a/{name}" for name in extracting.files(given))
    settings = given.root / "localize.cfg"
    settings.write_text("\n".join([*head, *names]) + "\n", encoding="utf-8")
    return [*peers.PO4A.command, "--quiet", "--no-update", settings.name]


def _mdpo(given: Inputs) -> Sequence[str]:
    """A catalog for each file, with the messages that refer to it."""
    catalog = _filled(_extracted(given, "mdpo: md2po"), given.root / "mdpo.po", given.tag)
    entries: dict[str, list[polib.POEntry]] = defaultdict(list)
    for entry in catalog:
        for name in dict.fromkeys(name.partition(":")[0] for name, _ in entry.occurrences):
            entries[name].append(entry)
    for name, chosen in entries.items():
        one = polib.POFile()
        one.metadata = catalog.metadata
        one.extend(chosen)
        path = given.root / "mdpo-po" / f"{name}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        one.save(str(path))
    arguments = '"$f" --pofiles "mdpo-po/$f.po" --save "mdpo/$f" --quiet'
    return each(f"{SOURCE}/*.md", f"{_folder('mdpo')}; {peers.PO2MD.command[0]} {arguments}")


def _md_gettext(given: Inputs) -> Sequence[str]:
    """A catalog for each file, numbered in their order."""
    for path in _extracted(given, "md-gettext extract").glob("*.pot"):
        _filled(path, given.root / "md-gettext-po" / f"{path.stem}.po", given.tag)
    arguments = 'generate "$f" md-gettext-po/$n.po "md-gettext/$f"'
    program = peers.MD_GETTEXT.command[0]
    return each(f"{SOURCE}/*.md", f"{_folder('md-gettext')}; {program} {arguments}")


def _folder(name: str) -> str:
    return f'mkdir -p "$(dirname "{name}/$f")"'


def _toolkit(given: Inputs) -> Sequence[str]:
    """A catalog for each file, in folders like theirs."""
    options = ["--pot", "--progress=none", SOURCE, "toolkit-pot"]
    run([*peers.TOOLKIT_MD2PO.command, *options], given.root)
    templates = given.root / "toolkit-pot"
    for path in templates.rglob("*.pot"):
        name = path.relative_to(templates).with_suffix(".po")
        _filled(path, given.root / "toolkit-po" / name, given.tag)
    folders = ["-t", SOURCE, "-i", "toolkit-po", "-o", "toolkit"]
    return [*peers.TOOLKIT_PO2MD.command, "--progress=none", *folders]


def _sphinx(given: Inputs) -> Sequence[str]:
    template = _extracted(given, "Sphinx: gettext builder, MyST") / "messages.pot"
    name = f"sphinx/locale/{language(given.tag).gettext_id}/LC_MESSAGES/messages.po"
    _filled(template, given.root / name, given.tag)
    *build, _, source, _ = extracting.sphinx(given)
    return [*build, "html", "-D", f"language={given.tag}", source, "sphinx/html"]


def _mdbook(given: Inputs) -> Sequence[str]:
    template = _extracted(given, "mdbook-i18n-helpers") / "messages.pot"
    folder = given.root / "mdbook" / "po"
    shutil.copyfile(template, given.root / "mdbook.pot")
    _filled(given.root / "mdbook.pot", folder / f"{given.tag}.po", given.tag)
    return extracting.mdbook_command(HTML, "mdbook/book", f"MDBOOK_BOOK__LANGUAGE={given.tag}")


PEERS: Final = (
    Peer("ankl-i18n build --only html", peers.ANKL, _ours, "build",
         "HTML; checks every translation, marks what is not translated", also=(".cache",)),
    Peer("po4a --no-update", peers.PO4A, _po4a, "po4a", "Markdown"),
    Peer("mdpo: po2md", peers.PO2MD, _mdpo, "mdpo", "Markdown; starts for each file"),
    Peer("translate-toolkit: po2md", peers.TOOLKIT_PO2MD, _toolkit, "toolkit", "Markdown"),
    Peer("md-gettext generate", peers.MD_GETTEXT, _md_gettext, "md-gettext",
         "Markdown; starts for each file"),
    Peer("Sphinx: html builder, MyST", peers.SPHINX, _sphinx, "sphinx/html",
         "HTML with an index and a search", also=("sphinx/doctrees",)),
    Peer("mdbook-i18n-helpers", peers.MDBOOK, _mdbook, "mdbook/book",
         "HTML without search; program code, compiled (Rust)"),
)  # fmt: skip
