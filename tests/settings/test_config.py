"""Settings: every wrong value is told with its file and line; good ones are read."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from ankl_i18n.errors import SettingsError
from ankl_i18n.settings import Config, load
from expected_problems import expected, found
from sample_project import REPOSITORY, run

CASES = Path(__file__).parents[1] / "cases" / "settings"
SETTINGS = sorted(field.name.replace("_", "-") for field in fields(Config) if field.name != "root")


def settings(folder: Path, text: str) -> Path:
    path = folder / "pyproject.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path):
    with pytest.raises(SettingsError) as wrong:
        load(folder)
    return wrong.value.problems


@pytest.mark.parametrize("case", sorted(CASES.glob("*.toml")), ids=lambda case: case.stem)
def test_wrong_settings(case, tmp_path):
    text = case.read_text(encoding="utf-8")
    path = settings(tmp_path, text)
    wrong = problems(tmp_path)
    assert found(wrong) == expected(text)
    assert {problem.location.path for problem in wrong} == {str(path)}


def test_every_setting_has_a_wrong_value():
    table = tomllib.loads((CASES / "wrong-type.toml").read_text(encoding="utf-8"))
    assert sorted(table["tool"]["ankl_i18n"]) == SETTINGS


def test_unknown_setting_names_the_known_ones(tmp_path):
    settings(tmp_path, "[tool.ankl_i18n]\nlangauges = []\n")
    assert problems(tmp_path)[0].hint == "known settings: " + ", ".join(SETTINGS)


def test_missing_file(tmp_path):
    (problem,) = problems(tmp_path)
    assert problem.message == "no settings: there is no such file"
    assert problem.location.path == str(tmp_path / "pyproject.toml")
    assert "ankl-i18n init" in problem.hint


def test_a_file_in_place_of_the_folder(tmp_path):
    (problem,) = problems(settings(tmp_path, ""))
    assert problem.message == "no settings: Not a directory"


def test_a_folder_in_place_of_the_file(tmp_path):
    (tmp_path / "pyproject.toml").mkdir()
    assert problems(tmp_path)[0].message == "no settings: Is a directory"


def test_not_utf_8(tmp_path):
    (tmp_path / "pyproject.toml").write_bytes(b'[tool.ankl_i18n]\nname = "Fran\xe7ais"\n')
    assert "not valid TOML: 'utf-8' codec" in problems(tmp_path)[0].message


@pytest.mark.parametrize("command", ["extract", "update", "check", "coverage", "build"])
def test_wrong_settings_end_every_command(command, tmp_path):
    settings(tmp_path, '[tool.ankl_i18n]\npapers = ["a5"]\n')
    result = run(command, "--project", str(tmp_path))
    assert result.exit_code == 2
    assert f"{tmp_path / 'pyproject.toml'}:2: error: papers: write some of" in result.stderr


def test_defaults(tmp_path):
    settings(tmp_path, "[tool.ankl_i18n]\n")
    assert load(tmp_path) == Config(tmp_path.resolve())


def test_values(tmp_path):
    settings(
        tmp_path,
        "[tool.ankl_i18n]\n"
        'languages = ["fr", "zh-TW", "pt_BR"]\n'
        'papers = ["letter"]\n'
        "publish-at = 90\n"
        "[tool.ankl_i18n.publish-at-by-language]\n"
        "zh-Hant = 99.5\n",
    )
    config = load(tmp_path)
    assert config.languages == ("fr", "zh-Hant", "pt-BR")
    assert config.papers == ("letter",)
    assert config.threshold("fr") == 90
    assert config.threshold("zh-Hant") == 99.5


def test_one_catalog_for_all_leaflets(tmp_path):
    settings(
        tmp_path,
        "[tool.ankl_i18n]\n"
        'domain = "messages"\n'
        'template-path = "po/messages.pot"\n'
        'catalog-path = "po/{gettext_id}.po"\n',
    )
    config = load(tmp_path)
    assert config.catalog("messages", "zh_Hant") == tmp_path.resolve() / "po" / "zh_Hant.po"


def test_the_repository_has_good_settings():
    assert load(REPOSITORY).languages
