"""Which changes of a text leave its translation as good as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.cosmetic import is_cosmetic, words
from sample_project import make

CASES = Path(__file__).parents[1] / "cases" / "cosmetic"


def pairs(name: str) -> list[tuple[str, ...]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" | ")) for line in lines]


@pytest.mark.parametrize(("old", "new"), pairs("yes.txt"))
def test_looks_alone(old: str, new: str) -> None:
    assert is_cosmetic(old, new)


@pytest.mark.parametrize(("old", "new"), pairs("no.txt"))
def test_more_than_looks(old: str, new: str) -> None:
    assert not is_cosmetic(old, new)
    assert not is_cosmetic(new, old)


def test_spaces_and_line_breaks() -> None:
    assert is_cosmetic("Wash\n your hands", "Wash your\u00a0hands")


def test_a_word_that_the_texts_still_use_was_no_mistake() -> None:
    old, new = "the colour of it", "the color of it"
    assert is_cosmetic(old, new)
    assert not is_cosmetic(old, new, set(words("The Colour, again.")))


def test_update_carries_over_on_request_and_tells(tmp_path: Path) -> None:
    project = make(tmp_path)
    source = project.path("source/drain.md")
    catalog = project.path("locale/fr/LC_MESSAGES/drain.po")
    entries = [entry for entry in po.read(catalog).entries if entry.translated()]
    looks = next(
        entry for entry in entries if entry.msgid.endswith(".") and "\n" not in entry.msgid
    )
    text = source.read_text(encoding="utf-8")
    assert text.count(looks.msgid) == 1
    source.write_text(text.replace(looks.msgid, looks.msgid.removesuffix(".")), encoding="utf-8")
    project.run("extract")
    said = project.run("update", "fr", "--carry-cosmetic").output
    assert "1 carried over, 0 fuzzy" in said
    assert f"carried over | {looks.msgid.removesuffix('.')}[-.-]" in said
    (new,) = [e for e in po.read(catalog).entries if e.msgid == looks.msgid.removesuffix(".")]
    assert new.translated()
    assert new.msgstr == looks.msgstr
    assert new.tcomment.endswith(f"Carried over: the text was “{looks.msgid}”")


def test_update_shows_changes_on_request(tmp_path: Path) -> None:
    project = make(tmp_path)
    source = project.path("source/drain.md")
    entries = po.read(project.path("locale/fr/LC_MESSAGES/drain.po")).entries
    old = next(e.msgid for e in entries if e.translated() and len(e.msgid.split()) > 6)
    first = old.split()[0]
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace(old, old.replace(first, "Changed", 1)), encoding="utf-8")
    project.run("extract")
    said = project.run("update", "fr", "--show-changes").output
    assert f"fuzzy        | [-{first}-]{{+Changed+}}" in said
