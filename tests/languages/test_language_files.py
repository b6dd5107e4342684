"""Files of languages: every one is right, a wrong one is told with its line, a new one works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ankl_i18n.errors import SettingsError
from ankl_i18n.languages import language, reader, records
from ankl_i18n.languages.patterns import pattern
from ankl_i18n.languages.reader import OWN, SYMBOLS, language_data, scripts, tags, units

CASES = Path(__file__).parents[1] / "cases" / "languages" / "wrong"
DOCUMENTED = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")


def lists(value: object) -> list[tuple[str, ...]]:
    """Return every list of words of a record, at any depth."""
    if isinstance(value, tuple):
        return [value] if all(isinstance(one, str) for one in value) else []
    inner = value.values() if isinstance(value, dict) else ()
    if hasattr(value, "__slots__"):
        inner = [getattr(value, name) for name in value.__slots__]
    return [found for one in inner for found in lists(one)]


@pytest.mark.parametrize("tag", tags())
def test_every_file_is_right(tag: str) -> None:
    data = language_data(tag)
    assert data.tag == tag
    assert len(data.writing.quotes.split(" ")) == 4
    assert len(data.writing.length) == 2
    assert set(data.units) | set(data.units_before) <= set(units())
    for words in lists(data):
        pattern(words, spaces=data.script.spaces)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_wrong_file_is_told_with_its_line_and_what_to_do(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    line = text[: text.index("#!")].count("\n") + 1
    wrong = tmp_path / "sw.toml"
    wrong.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        language_data("sw", (*OWN, tmp_path))
    (problem,) = caught.value.problems
    assert (problem.location.path, problem.location.line) == (str(wrong), line)
    assert f"{problem.message} > {problem.hint}".startswith(re.findall(r"#! (.*)", text)[0])


def test_one_file_adds_a_language(tmp_path: Path) -> None:
    (tmp_path / "haw.toml").write_text('script = "Latin"\n[negation]\nwords = ["ʻaʻole"]\n')
    data = language_data("haw", (*OWN, tmp_path))
    assert (data.tag, data.script.font) == ("haw", "Noto Sans")
    assert data.negation.words == ("ʻaʻole",)


def test_a_project_changes_one_field_and_keeps_the_others(tmp_path: Path) -> None:
    (tmp_path / "fr.toml").write_text('[negation]\nempty = ["pas de souci"]\n')
    data = language_data("fr", (*OWN, tmp_path))
    assert data.negation.empty == ("pas de souci",)
    assert data.negation.words == language_data("fr").negation.words
    assert data.writing == language_data("fr").writing


@pytest.mark.parametrize(
    ("tag", "nearest"),
    [("pt-BR", "pt"), ("zh-Hant-TW", "zh-Hant"), ("ar-EG", "ar"), ("tlh", "tlh")],
)
def test_a_region_is_like_its_language(tag: str, nearest: str) -> None:
    assert language_data(tag).tag == nearest


def test_what_two_regions_share_is_written_once() -> None:
    assert language_data("zh-HK").numbers == language_data("zh").numbers
    assert language_data("zh-HK").writing.quotes == language_data("zh-Hant").writing.quotes


def test_only_what_is_asked_for_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = reader.read_file.__wrapped__
    monkeypatch.setattr(reader, "read_file", lambda file: read.append(file.tag) or original(file))
    reader.read_language.__wrapped__("zh-Hant-HK", OWN)
    assert set(read) == {"zh", "zh-Hant", "zh-HK", "zh-Hant-HK"}


@pytest.mark.parametrize(
    ("words", "spaces", "text", "found"),
    [
        (("pas",), True, "passer pas", ["pas"]),
        (("aucun*",), True, "aucune", ["aucune"[:5]]),
        (("*los",), True, "schmerzlos los", ["los", "los"]),
        (("un(e|)",), True, "une un unes", ["une", "un"]),
        (("न",), True, "नहीं न", ["न"]),
        (("不",), False, "我不去", ["不"]),
        (("at  least",), True, "at least", ["at least"]),
        ((r"/\bd\d/",), True, "d1", ["d1"]),
        ((), True, "anything", []),
    ],
)
def test_words(words: tuple[str, ...], spaces: bool, text: str, found: list[str]) -> None:
    assert pattern(words, spaces=spaces).findall(text) == found


def test_every_field_is_documented() -> None:
    tables = [records.LanguageData, records.Script, records.Unit]
    tables += [records.Writing, records.Numbers, records.Dates, records.Negation]
    for table in tables:
        for name in reader._types(table):
            assert f"`{name}`" in DOCUMENTED or f"`[{name}]`" in DOCUMENTED, name


def test_scripts_begin_with_a_font_and_the_signs_have_theirs() -> None:
    assert all(script.font in script.stack for script in scripts().values())
    assert len(SYMBOLS) == 3


def test_the_pseudo_languages_have_the_words_of_english() -> None:
    assert language("qps-ploc").data.tag == "en"
