"""The translation memory: what it finds, what it offers, and what it counts."""

import io
import json
import sqlite3
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import sample_project
from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.project import Project
from ankl_i18n.cli import main
from ankl_i18n.errors import CatalogError
from ankl_i18n.exchange import leverage, tmx
from ankl_i18n.exchange.memory import DATABASE, add_file, family_of, opened
from ankl_i18n.exchange.pending import keep
from ankl_i18n.exchange.tmx import Translation
from ankl_i18n.languages import language
from ankl_i18n.settings import load

ROOT = Path(__file__).parents[2]
SETTINGS = """
[tool.ankl_i18n]
languages = ["fr", "zh-Hans"]
front-matter = "free"
"""
LEAFLET = """---
title: {title}
---

# {title}

{text}
"""
DRAIN = "Wash your hands before you touch the drain, every morning and evening."
CAST = "Wash your hands before you touch the cast, every morning and evening."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two leaflets, the first of them translated."""
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    (tmp_path / "source").mkdir()
    for name, text in (("drain", DRAIN), ("cast", f"{CAST}\n\n[Call us](tel:+15550100).")):
        page = LEAFLET.format(title=f"Your {name}", text=text)
        (tmp_path / "source" / f"{name}.md").write_text(page)
    for command in (["extract"], ["add", "fr", "zh-Hans"]):
        assert run(tmp_path, *command).exit_code == 0
    translate(
        tmp_path, "drain", DRAIN, "Lavez-vous les mains avant de toucher le drain, matin et soir."
    )
    return Project(load(tmp_path))


def run(root: Path, *command: str):
    return CliRunner().invoke(main, ["--project", str(root), *command])


def translate(root: Path, name: str, msgid: str, msgstr: str, *, fuzzy: bool = False) -> None:
    path = root / f"locale/fr/LC_MESSAGES/{name}.po"
    catalog = po.read(path)
    (entry,) = (one for one in catalog.entries if one.msgid == msgid)
    entry.msgstr, entry.fuzzy = msgstr, fuzzy
    po.save(catalog, path)


def entry_of(root: Path, name: str, msgid: str) -> po.Entry:
    catalog = po.read(root / f"locale/fr/LC_MESSAGES/{name}.po")
    return next(one for one in catalog.entries if one.msgid == msgid)


def found(project: Project, text: str, tag: str = "fr") -> list[tuple[int, str]]:
    memory, problems = opened(project)
    assert problems == []
    with memory:
        return [(one.percent, one.source) for one in memory.search(text, tag)]


def test_a_text_is_found_by_how_near_it_is(project: Project) -> None:
    assert found(project, DRAIN) == [(100, DRAIN)]
    ((percent, source),) = found(project, CAST)
    assert (75 <= percent <= 99, source) == (True, DRAIN)
    assert found(project, "Something else.") == found(project, CAST, "zh-Hans") == []


def test_only_the_same_text_is_all_of_it(project: Project) -> None:
    for other in (DRAIN + " ", DRAIN.replace("W", "w"), DRAIN.replace(".", "!")):
        assert all(percent < 100 for percent, _ in found(project, other))


def test_other_numbers_are_told(project: Project) -> None:
    (project.root / "tm").mkdir()
    data = tmx.write(
        [tmx.Translation("en", "Take 5 mg of it a day.", "fr", "5 mg par jour.")], "en"
    )
    (project.root / "tm/old.tmx").write_bytes(data)
    memory, _ = opened(project)
    with memory:
        match = memory.search("Take 50 mg of it a day.", "fr")[0]
    assert (match.numbers, match.percent, match.origin) == (True, 97, "tm/old.tmx")


def test_what_is_fuzzy_is_not_in_the_memory(project: Project) -> None:
    translate(project.root, "drain", DRAIN, "Lavez-vous les mains.", fuzzy=True)
    assert found(project, DRAIN) == []


def test_the_memory_follows_its_files(project: Project) -> None:
    assert found(project, DRAIN)
    translate(project.root, "drain", DRAIN, "")
    assert found(project, DRAIN) == []
    translate(project.root, "drain", DRAIN, "Nouveau.")
    assert found(project, DRAIN) == [(100, DRAIN)]


@pytest.mark.parametrize("damage", [b"", b"not a database" * 100, None])
def test_a_damaged_index_is_made_again(project: Project, damage: bytes | None) -> None:
    assert found(project, DRAIN)
    path = project.root / DATABASE
    if damage is None:
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA user_version = 99")
        database.close()
    else:
        path.write_bytes(damage)
    assert found(project, DRAIN) == [(100, DRAIN)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("fr", "fr-CA", True), ("zh-Hans", "zh-CN", True), ("zh-Hans", "zh-Hant", False),
     ("sr-Latn", "sr", False), ("fr_FR", "fr", True), ("pt", "es", False)],
)  # fmt: skip
def test_languages_whose_texts_can_be_used_for_one_another(
    one: str, other: str, same: bool
) -> None:
    assert (family_of(one) == family_of(other)) is same


def test_update_offers_the_memory_as_fuzzy_and_says_where_it_is_from(project: Project) -> None:
    before = entry_of(project.root, "cast", CAST)
    assert run(project.root, "update", "fr").exit_code == 0
    assert entry_of(project.root, "cast", CAST).forms == before.forms == ("",)
    assert run(project.root, "update", "fr", "--memory").exit_code == 0
    entry = entry_of(project.root, "cast", CAST)
    assert (entry.msgstr, entry.is_fuzzy()) == (entry_of(project.root, "drain", DRAIN).msgstr, True)
    assert entry.previous_msgid == DRAIN
    assert entry.tcomment.startswith("Memory: 9")
    assert entry.tcomment.endswith(" %, drain")


def test_the_note_leaves_when_the_text_is_finished(project: Project) -> None:
    run(project.root, "update", "fr", "--memory")
    translate(project.root, "cast", CAST, "Lavez-vous les mains avant de toucher le plâtre.")
    run(project.root, "update", "fr", "--memory")
    assert entry_of(project.root, "cast", CAST).tcomment == ""


def test_an_offer_that_has_lost_a_link_is_none(project: Project) -> None:
    (project.root / "tm").mkdir()
    lost = tmx.Translation("en", "[Call us](tel:+15550100).", "fr", "Appelez-nous.")
    (project.root / "tm/old.tmx").write_bytes(tmx.write([lost], "en"))
    run(project.root, "update", "fr", "--memory")
    assert entry_of(project.root, "cast", "[Call us](tel:+15550100).").forms == ("",)


def test_add_offers_the_memory_too(project: Project) -> None:
    (project.root / "tm").mkdir()
    known = tmx.Translation("en", CAST, "es-MX", "Lávese las manos.")
    (project.root / "tm/old.tmx").write_bytes(tmx.write([known], "en"))
    assert run(project.root, "add", "es", "--memory").exit_code == 0
    path = project.root / "locale/es/LC_MESSAGES/cast.po"
    assert 'msgstr "Lávese las manos."' in path.read_text()


def test_words_are_counted_in_bands(project: Project) -> None:
    ((made,), problems) = leverage.report(project, [language("fr")])
    assert problems == []
    words = dict(zip(leverage.table([made])[0], leverage.table([made])[1], strict=True))
    # "Your cast" (also the heading), "Call us" and "Your drain" are new; what is left is CAST.
    assert words["95–99 %"] + words["85–94 %"] == len(CAST.split()) == 12
    assert words["words"] - 12 == words["new"] + words[leverage.REPETITION] + words["50–74 %"]
    assert made.strings.total() == words["strings"]
    assert json.loads(leverage.as_json([made]))["leverage"]["fr"]["words"]["new"] == words["new"]
    sheet = openpyxl.load_workbook(io.BytesIO(leverage.as_xlsx([made])))["Leverage"]
    assert sheet["A2"].value == "fr"
    assert leverage.as_csv([made]).splitlines()[1].startswith("fr,")


def test_repetitions_count_apart(project: Project) -> None:
    before = leverage.report(project, [language("zh-Hans")])[0][0].words
    page = project.root / "source/second.md"
    page.write_text(LEAFLET.format(title="Second", text=CAST))
    run(project.root, "extract")
    run(project.root, "update")
    after = leverage.report(Project(load(project.root)), [language("zh-Hans")])[0][0].words
    assert after["repetitions"] - before["repetitions"] == len([*CAST.split(), "Second"])


def test_a_file_of_the_memory_is_copied_whole_or_not(project: Project, tmp_path: Path) -> None:
    good = tmp_path / "good.tmx"
    good.write_bytes(tmx.write([tmx.Translation("en", "A", "fr", "B")], "en"))
    count, made = add_file(project, good)
    assert (count, made.read_bytes()) == (1, good.read_bytes())
    broken = tmp_path / "broken.tmx"
    broken.write_bytes(good.read_bytes()[:-20])
    for path in (broken, tmp_path / "none.tmx"):
        with pytest.raises(CatalogError):
            add_file(project, path)
    (tmp_path / "other").mkdir()
    other = tmp_path / "other/good.tmx"
    other.write_bytes(tmx.write([tmx.Translation("en", "A", "fr", "C")], "en"))
    with pytest.raises(CatalogError, match="different file with this name"):
        add_file(project, other)
    assert [path.name for path in (project.root / "tm").iterdir()] == ["good.tmx"]


def test_the_command(project: Project, tmp_path: Path) -> None:
    assert "100 %  drain" in run(project.root, "tm", "search", DRAIN, "--language", "fr").output
    assert "Nothing like it" in run(project.root, "tm", "search", "Nothing.").output
    assert [line.split()[1] for line in run(project.root, "tm", "stats").output.splitlines()] == [
        "fr", "zh-Hans",
    ]  # fmt: skip
    assert run(project.root, "tm", "pending").output == "No suggestions are waiting.\n"
    made = run(project.root, "tm", "export", "fr", "--output", str(tmp_path / "out"))
    assert made.exit_code == 0
    (unit,) = tmx.parse((tmp_path / "out/drain.fr.tmx").read_bytes(), "x")
    assert (unit.source, unit.target_tag) == (DRAIN, "fr")
    assert run(project.root, "stats", "fr", "--leverage").exit_code == 0


def test_coverage_says_how_many_suggestions_wait(tmp_path: Path) -> None:
    project = sample_project.make(tmp_path)
    waiting = Translation("en", "Call us.", "fr", "Appelez-nous.")
    keep(Project(load(tmp_path)), "drain", language("fr"), [waiting])
    assert "Suggestions waiting for review: 1 for drain in fr." in project.run("coverage").output
    found = json.loads(project.run("coverage", "--format", "json").stdout)
    counts = {
        (one["tag"], leaflet["domain"]): leaflet["suggestions"]
        for one in found["languages"]
        for leaflet in one["leaflets"]
    }
    assert {key for key, count in counts.items() if count} == {("fr", "drain")}
