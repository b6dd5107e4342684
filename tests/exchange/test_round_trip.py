"""What goes out in each format comes back as it was, and an edit comes back as exactly that."""

import re
import shutil
from pathlib import Path

import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.project import Project
from ankl_i18n.exchange.codes import codes, split
from ankl_i18n.exchange.formats import FORMATS
from ankl_i18n.exchange.pack import Selection
from ankl_i18n.exchange.returns import Fate
from ankl_i18n.exchange.run import export, imported
from ankl_i18n.languages import language
from ankl_i18n.settings import load

ROOT = Path(__file__).parents[2]
ALL = Selection()
LANGUAGES = ("fr", "ar", "ja", "km")
FORM = {form.name: form for form in FORMATS}
READ = [form.name for form in FORMATS if form.read]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for name in ("source", "locale"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return Project(load(tmp_path))


def catalogs(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted((root / "locale").rglob("*.po"))}


def go_out(project: Project, form: str, chosen: Selection = ALL) -> list[Path]:
    tags = map(language, LANGUAGES)
    return [one.path for one in export(project, tags, FORM[form], chosen, project.root / "out")]


@pytest.mark.parametrize("form", READ)
def test_what_was_not_edited_changes_nothing(project: Project, form: str) -> None:
    before = catalogs(project.root)
    paths = go_out(project, form)
    assert len(paths) == 3 * len(LANGUAGES)
    for path in paths:
        for one in imported(project, path, path.name, write=True):
            assert {outcome.fate for outcome in one.plan.outcomes} == {Fate.SAME}
            assert (one.plan.problems, one.plan.missing) == ((), 0)
    assert catalogs(project.root) == before
    assert not (project.root / "tm").exists()


def test_an_edit_comes_back_as_that_edit(project: Project) -> None:
    (path,) = (path for path in go_out(project, "xliff") if path.name == "ankl.fr.xlf")
    text = path.read_text(encoding="utf-8")
    old = "Leucémie agressive à cellules NK (ANKL)"
    path.write_text(text.replace(f">{old}</target>", ">Leucémie NK agressive (ANKL)</target>"))
    catalog = project.root / "locale/fr/LC_MESSAGES/ankl.po"
    before = catalog.read_text(encoding="utf-8")
    imported(project, path, path.name, write=False)
    assert catalog.read_text(encoding="utf-8") == before
    (done,) = imported(project, path, path.name, write=True)
    assert done.plan.count(Fate.TAKEN) == 1
    lines = zip(before.splitlines(), catalog.read_text(encoding="utf-8").splitlines(), strict=True)
    changed = [new for was, new in lines if was != new]
    assert changed[-1] == 'msgstr "Leucémie NK agressive (ANKL)"'
    assert [line.split(":")[0] for line in changed[:-1]] == ['"PO-Revision-Date']


def test_what_somebody_else_wrote_stays_and_the_files_text_waits(project: Project) -> None:
    (path,) = (path for path in go_out(project, "xliff") if path.name == "ankl.fr.xlf")
    text = path.read_text(encoding="utf-8")
    old = "Leucémie agressive à cellules NK (ANKL)"
    path.write_text(text.replace(f">{old}</target>", ">Leucémie de l’agence</target>"))
    catalog = project.root / "locale/fr/LC_MESSAGES/ankl.po"
    catalog.write_text(catalog.read_text().replace(f'msgstr "{old}"', 'msgstr "Leucémie à moi"'))
    (done,) = imported(project, path, path.name, write=True)
    assert done.plan.count(Fate.PENDING) == 1
    assert [problem.location.line for problem in done.plan.problems] == [5]
    assert "Leucémie à moi" in catalog.read_text()
    assert "Leucémie de l’agence" in (project.root / "tm/pending/ankl.fr.tmx").read_text()


def test_a_lost_code_is_told_by_row_and_not_taken(project: Project) -> None:
    (path,) = (path for path in go_out(project, "xliff") if path.name == "ankl.fr.xlf")
    text = path.read_text(encoding="utf-8")
    target = re.search(r"<target[^>]*>[^\n]*?(<ept id=\"\d+\">\]\([^<]*\)</ept>)", text)
    assert target
    broken = target[0].replace(target[1], "")
    path.write_text(text.replace(target[0], broken, 1))
    (done,) = imported(project, path, path.name, write=True)
    assert done.plan.count(Fate.PENDING) == 1
    assert "is lost" in done.plan.problems[0].message


def test_codes_are_told_apart_from_text_and_lose_nothing() -> None:
    for path in sorted((ROOT / "locale").rglob("*.po")):
        for entry in po.read(path).entries:
            for text in (entry.msgid, *entry.forms):
                assert "".join(piece.text for piece in split(text)) == text
    assert codes("5 * 3 and [words] and **not** [a](b(c)) `x*y`") == (
        "**", "**", "[", "](b(c))", "`x*y`",
    )  # fmt: skip
