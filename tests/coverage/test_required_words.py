"""Words of the pages that readers need: a condition of publication, and of a good page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polib
import pytest

from ankl_i18n.catalogs.files import bundled_locale, required_ui, ui_sources
from ankl_i18n.catalogs.template import REQUIRED_UI, ui_messages
from sample_project import run

CASE = Path(__file__).parents[1] / "cases" / "required-words"
NEEDED = "words of the page not translated in locale/{}/LC_MESSAGES/{}.po: "


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A leaflet, whole in Danish, of a project that has no Danish words of pages."""
    shutil.copytree(CASE, tmp_path, dirs_exist_ok=True)
    run("extract", "--project", str(tmp_path))
    return tmp_path


def catalog(root: Path, name: str = "ui") -> polib.POFile:
    return polib.pofile(str(root / "locale" / "da" / "LC_MESSAGES" / f"{name}.po"))


def reasons(root: Path) -> list[str]:
    shown = run("coverage", "--format", "json", "--project", str(root)).stdout
    (danish,) = json.loads(shown)["languages"]
    return danish["leaflets"][0]["reasons"]


def translate(root: Path, msgids: set[str], name: str = "ui") -> None:
    """Translate messages of the pages; what they say does not matter."""
    run("update", "--project", str(root))
    words = catalog(root, name)
    for entry in words:
        if entry.msgid in msgids:
            entry.msgstr = "" if entry.msgid_plural else f"DA {entry.msgid}"
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, f"DA {entry.msgid_plural}")
    words.save()


REQUIRED = {msgid for _, msgid in required_ui()}


def test_what_is_required_is_marked_in_the_templates() -> None:
    marked = {one.key for one in ui_messages(ui_sources()) if REQUIRED_UI in one.comments}
    assert marked == set(required_ui())
    for msgid in ("Draft translation", "Not translated yet", "About this leaflet"):
        assert msgid in REQUIRED
    assert len(REQUIRED) < len(ui_messages(ui_sources()))


def test_what_is_required_comes_with_the_package_in_every_language() -> None:
    for path in bundled_locale().glob("*/LC_MESSAGES/ui.po"):
        there = {entry.msgid for entry in polib.pofile(str(path)).translated_entries()}
        assert there >= REQUIRED, path


def test_a_leaflet_is_not_published_with_words_in_english(root: Path) -> None:
    run("update", "--project", str(root))
    result = run("build", "--only", "html", "--project", str(root))
    assert not (root / "build" / "da" / "steps.html").exists()
    assert NEEDED.format("da", "ui") in " ".join(result.stdout.split()).replace("- ", "-")
    (reason,) = reasons(root)
    assert reason.startswith(NEEDED.format("da", "ui"))
    assert f"and {len(REQUIRED) - 2} more" in reason


def test_the_table_and_the_json_name_them(root: Path) -> None:
    run("update", "--project", str(root))
    shown = json.loads(run("coverage", "--format", "json", "--project", str(root)).stdout)
    (_, words) = shown["languages"][0]["leaflets"]
    (section,) = words["sections"]
    assert (section["title"], section["required"]) == (
        "What readers need to understand a page",
        True,
    )
    assert section["messages"]["untranslated"] == len(REQUIRED)
    assert not words["required_complete"]
    table = " ".join(run("coverage", "--project", str(root), COLUMNS="400").stdout.split())
    assert "not ready: What readers need to understand a page" in table


def test_one_of_them_missing_is_enough(root: Path) -> None:
    translate(root, REQUIRED - {"Draft translation"})
    assert reasons(root) == [NEEDED.format("da", "ui") + "“Draft translation”"]
    translate(root, REQUIRED)
    assert reasons(root) == []
    with_fuzzy = catalog(root)
    with_fuzzy.find("Draft translation").flags.append("fuzzy")
    with_fuzzy.save()
    assert reasons(root) == [NEEDED.format("da", "ui") + "“Draft translation”"]


def test_a_plural_needs_all_its_forms(root: Path) -> None:
    translate(root, REQUIRED)
    words = catalog(root)
    (plural,) = (entry for entry in words if entry.msgid_plural and entry.msgid in REQUIRED)
    plural.msgstr_plural[1] = ""
    words.save()
    assert "part of this leaflet" in reasons(root)[0]


def test_the_others_may_stay_english(root: Path) -> None:
    translate(root, REQUIRED)
    result = run("build", "--only", "html", "--project", str(root))
    assert result.exit_code == 0
    page = (root / "build" / "da" / "steps.html").read_text(encoding="utf-8")
    assert "DA About this leaflet" in page
    assert '<span class="untranslated" lang="en" dir="ltr">Version</span>' in page


def test_preflight_sees_a_notice_that_readers_cannot_read(root: Path) -> None:
    run("build", "--only", "html", "--drafts", "--project", str(root))
    shown = run("preflight", "--drafts", "--format", "json", "--project", str(root)).stdout
    assert "readers need these words in their language: “" in shown
    translate(root, REQUIRED)
    run("build", "--only", "html", "--drafts", "--project", str(root))
    shown = run("preflight", "--drafts", "--format", "json", "--project", str(root)).stdout
    assert "readers need these words" not in shown


def test_a_project_of_one_domain_translates_what_the_package_does_not_have(root: Path) -> None:
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text() + 'domain = "all"\n')
    (root / "locale/da/LC_MESSAGES/steps.po").rename(root / "locale/da/LC_MESSAGES/all.po")
    run("extract", "--project", str(root))
    own = NEEDED.format("da", "leaflet-pages")
    assert reasons(root)[0].startswith(own)
    run("update", "--project", str(root))
    translate(root, REQUIRED, "leaflet-pages")
    assert reasons(root) == []
    assert not (root / "locale/da/LC_MESSAGES/ui.po").exists()


def test_a_project_of_one_domain_has_no_more_files_for_languages_of_the_package(
    root: Path,
) -> None:
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("da", "fr") + 'domain = "all"\n')
    for command in ("extract", "update"):
        assert run(command, "--project", str(root)).exit_code == 0
    assert (root / "locale" / "fr" / "LC_MESSAGES" / "all.po").exists()
    assert [*(root / "locale").rglob("leaflet-pages*")] == []


def test_leaflets_in_another_language_have_its_words(root: Path) -> None:
    settings = root / "pyproject.toml"
    text = settings.read_text().replace('languages = ["da"]', 'languages = ["en"]')
    settings.write_text(text + 'source-language = "fr"\n')
    assert run("build", "--only", "html", "--drafts", "--project", str(root)).exit_code == 0
    page = (root / "build" / "fr" / "steps.html").read_text(encoding="utf-8")
    assert "À propos de" in page
    assert ">About this leaflet<" not in page
