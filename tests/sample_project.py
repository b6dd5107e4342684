"""A small project in a temporary folder: two leaflets, translated into three languages.

`make` copies tests/cases/project and fills its catalogs; each test then breaks what it is about.
"""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import lxml.html
from click.testing import CliRunner, Result

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.files import domain_names
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.update import add, extract
from ankl_i18n.cli import main
from ankl_i18n.languages import language
from ankl_i18n.settings import load

CASE = Path(__file__).parent / "cases" / "project"
REPOSITORY = Path(__file__).parents[1]
LANGUAGES = ("fr", "ar", "es")
LEAFLETS = ("drain", "drain-plan")
EPOCH = "1772366400"  # 1 March 2026: no leaflet of the sample is due for its next check


@dataclass(frozen=True)
class SampleProject:
    """The sample project in a folder that a test may change."""

    root: Path

    def run(self, *arguments: str, code: int | None = 0, **env: str) -> Result:
        """Run a command on the project; its exit code must be `code` (None: any)."""
        result = run(*arguments, "--project", str(self.root), **env)
        assert code in (None, result.exit_code), result.output
        return result

    def build(self, *options: str, code: int = 0) -> Result:
        """Build web pages in this process."""
        return self.run("build", "--only", "html", "--jobs", "1", *options, code=code)

    def path(self, name: str) -> Path:
        return self.root / name

    def text(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8")

    def page(self, tag: str, name: str) -> lxml.html.HtmlElement:
        """Return a built page."""
        return lxml.html.fromstring(self.path(f"build/{tag}/{name}.html").read_bytes())

    def built(self) -> dict[str, bytes]:
        """Return every file of the build folder."""
        folder = self.path("build")
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    def pages(self) -> dict[str, bytes]:
        """Return every page of the build folder."""
        return {name: data for name, data in self.built().items() if name.endswith(".html")}

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands in a file."""
        text = self.text(name)
        assert old in text, f"{name} does not hold {old!r}"
        self.path(name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def catalog(self, tag: str, domain: str) -> Path:
        return self.path(f"locale/{language(tag).gettext_id}/LC_MESSAGES/{domain}.po")

    @contextmanager
    def edit(self, tag: str, domain: str) -> Iterator[po.Catalog]:
        """Change a catalog and save it."""
        path = self.catalog(tag, domain)
        catalog = po.read(path)
        yield catalog
        po.save(catalog, path, root=self.root)

    def message(self, catalog: po.Catalog, msgid: str) -> po.Entry:
        return next(entry for entry in catalog.entries if entry.msgid == msgid)

    def translate(self, tag: str, domain: str, msgid: str, msgstr: str, *, fuzzy: bool = False):
        """Set a translation; an empty one makes the message untranslated."""
        with self.edit(tag, domain) as catalog:
            entry = self.message(catalog, msgid)
            entry.msgstr, entry.fuzzy = msgstr, fuzzy

    def words(self, tag: str, msgid: str) -> str:
        """Return what the project's catalog of interface strings says."""
        return self.message(po.read(self.catalog(tag, "ui")), msgid).msgstr


def run(*arguments: str, **env: str) -> Result:
    """Run the command line in this process."""
    return CliRunner(env={"SOURCE_DATE_EPOCH": EPOCH, **env}).invoke(main, arguments)


def make(root: Path, case: Path = CASE) -> SampleProject:
    """Write the sample project into a folder, or another one, every message of it translated."""
    shutil.copytree(_made(case), root, dirs_exist_ok=True, copy_function=shutil.copy)
    return SampleProject(root)


@functools.cache
def _made(case: Path) -> Path:
    """Return a folder with a sample project, made once in a process."""
    folder = tempfile.TemporaryDirectory(prefix="ankl-sample-")
    atexit.register(folder.cleanup)
    root = Path(folder.name) / "project"
    shutil.copytree(case, root)
    project = Project(load(root))
    assert not extract(project).problems
    assert not add(Project(load(root)), project.config.targets).problems
    sample = SampleProject(root)
    known = tomllib.loads((case / "translations.toml").read_text(encoding="utf-8"))
    for tag, translations in known.items():
        for domain in (name for name in domain_names(project) if name != "ui"):
            with sample.edit(tag, domain) as catalog:
                for entry in catalog.entries:
                    entry.msgstr = translations[entry.msgid]
        with sample.edit(tag, "ui") as catalog:
            _complete(catalog)
    return root


def _complete(catalog: po.Catalog) -> None:
    """Fill in interface strings so new that the package has no translation of them yet."""
    for entry in catalog.entries:
        if not all(entry.forms):
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, entry.msgid)
            entry.msgstr = "" if entry.msgid_plural else entry.msgid
