"""Which changes of a text leave its translation as good as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from ankl_i18n.cosmetic import is_cosmetic, words

CASES = Path(__file__).parent / "cases" / "cosmetic"


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
