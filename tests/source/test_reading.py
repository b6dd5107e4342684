"""How easy texts are to read: sentences, syllables, grades, and the table that is published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ankl_i18n.cli import main
from ankl_i18n.languages import language
from ankl_i18n.languages.reader import use
from ankl_i18n.source import parse
from ankl_i18n.source.checks import Surroundings, check_sources
from ankl_i18n.source.english import grade, sentences, singular, syllables, words
from ankl_i18n.source.reading import readings, whole

ROOT = Path(__file__).parents[2]
# As dictionaries count them.
SYLLABLES = {
    1: "cell made named bruise called makes bones there 38 don't",
    2: "table people treated likely closely disease body's NK-cell offered acute",
    3: "leukemia telephone infection hospitals natural granular measurement",
    4: "temperature emergency thermometer",
    5: "chemotherapy coagulation",
}


@pytest.mark.parametrize(("count", "those"), SYLLABLES.items())
def test_syllables(count, those):
    assert {word: syllables(word) for word in those.split()} == dict.fromkeys(those.split(), count)


def test_full_stops_that_end_no_sentence():
    text = "Dr. Ali saw 3.5 ml of it, e.g. in a cup. Was it 38 °C? “Yes.” He left, i.e. went home"
    assert list(sentences(text)) == [
        "Dr. Ali saw 3.5 ml of it, e.g. in a cup.",
        "Was it 38 °C?",
        "“Yes.”",
        "He left, i.e. went home",
    ]
    assert sentences("— …") == ()


def test_words():
    assert words("The NK-cell’s 100.4 °F (don't!) and/or 1,000") == [
        "The", "NK-cell’s", "100.4", "F", "don't", "and/or", "1,000",
    ]  # fmt: skip
    assert [singular(one) for one in ("Biopsies", "cell’s", "T-cells", "analysis", "abscess")] == [
        "biopsy", "cell", "t-cell", "analysis", "abscess",
    ]  # fmt: skip


def test_the_grade_is_that_of_the_formula():
    # 6 words in 1 sentence and 6 syllables; 2 words with 5 + 1 syllables.
    assert grade(["The cat sat on the mat."]) == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert grade(["Chemotherapy helps."]) == pytest.approx(0.39 * 2 + 11.8 * 3 - 15.59)
    assert grade(["Chemotherapy helps."], {"chemotherapy"}) == pytest.approx(
        0.39 * 2 + 11.8 * 1.5 - 15.59
    )
    assert grade([]) == 0


SECTIONS = """# Title of it

One two three. Four five.

## Second {#second}

- Six seven eight
- Nine

| a | b |
|---|---|
| c | d e |

Leukemia {#leukemia}
: A cancer.

`code` and [a link](#second).

```
code that is not read
```
"""


def test_sections_have_their_sentences():
    document = parse(SECTIONS, "a.md", "a", front_matter="free")
    found = [(one.title, one.line, one.sentences, one.words) for one in readings(document)]
    assert found == [("Title of it", 3, 2, 5), ("Second", 7, 8, 15)]
    assert whole(document).words == 20
    assert whole(document).longest == 4


def test_the_published_table_is_that_of_the_command(monkeypatch):
    monkeypatch.chdir(ROOT)
    shown = CliRunner().invoke(main, ["reading", "--format", "markdown"])
    assert shown.exit_code == 0
    assert shown.output in (ROOT / "docs" / "pemat.md").read_text(encoding="utf-8")


def invoke(root: Path, *arguments: str):
    return CliRunner().invoke(main, ["--project", str(root), "reading", *arguments])


def project(root: Path, source: str = "en") -> Path:
    (root / "source").mkdir()
    text = f'[tool.ankl_i18n]\nsource-language = "{source}"\nlanguages = ["fr"]\n'
    (root / "pyproject.toml").write_text(f'{text}front-matter = "free"\n', encoding="utf-8")
    (root / "source" / "a.md").write_text("# A | B\n\nDrink water.\n", encoding="utf-8")
    (root / "source" / "b.md").write_text("# B\n\n## C | D\n\nRest.\n", encoding="utf-8")
    return root


def test_the_command_shows_what_is_asked_for(tmp_path):
    root = project(tmp_path)
    found = json.loads(invoke(root, "--format", "json", "--leaflet", "b").output)
    assert [one["name"] for one in found["leaflets"]] == ["b"]
    assert found["leaflets"][0]["sections"][0]["title"] == "C | D"
    assert "| b | C \\| D | 1 | 1 | 1 | -3.4 |" in invoke(root, "--format", "markdown").output
    assert invoke(root, "--leaflet", "none").exit_code == 2


def test_a_leaflet_that_cannot_be_read_hides_no_other(tmp_path):
    root = project(tmp_path)
    (root / "source" / "b.md").write_bytes(b"\xff")
    found = invoke(root)
    assert found.exit_code == 1
    assert "source/b.md" in found.stderr
    assert "Drink" not in found.stdout
    assert "a        A | B " in found.stdout


def test_other_languages_have_no_grade(tmp_path):
    found = invoke(project(tmp_path, "de"))
    assert found.exit_code == 2
    assert "reading grades are for English" in found.stderr


WORDY = "# A\n\nDo not take 2 at night unless you have pyrexia, an ECG and [more](b.md).\n"


def kinds(tag: str) -> list[str]:
    documents = {"a": parse(WORDY, "a.md", "a", front_matter="free")}
    around = Surroundings(
        documents, frozenset({"a", "b"}), bool, whole=False, language=language(tag)
    )
    return sorted(one.kind for one in check_sources(around) if one.kind != "unread-link")


def test_english_words_are_looked_for_in_english_leaflets_alone():
    english = ["abbreviation-undefined", "bare-number", "double-negation", "medical-word"]
    assert kinds("en") == kinds("en-GB") == [*english, "vague-link"]
    assert kinds("de") == []


@pytest.fixture
def own_files():
    """Forget the language files of a project again."""
    yield
    use(())


def test_a_project_turns_a_check_off(tmp_path, own_files):
    root = project(tmp_path)
    (root / "source" / "a.md").write_text(WORDY, encoding="utf-8")
    (root / "languages").mkdir()
    text = '[checks]\nmedical-word = "silent"\nvague-link = "warning"\n'
    (root / "languages" / "en.toml").write_text(text, encoding="utf-8")
    found = CliRunner().invoke(main, ["--project", str(root), "check", "en", "--severity", "hint"])
    assert "medical-word" not in found.stderr
    assert "warning: the link 'more' does not say where it leads" in found.stderr
    assert "hint: 2 of what?" in found.stderr
