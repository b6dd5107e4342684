"""A source against its back-translation, and English numbers in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.checks import KINDS as ALL_KINDS
from ankl_i18n.checks.back_translation import KINDS, compare
from ankl_i18n.checks.english_numbers import in_digits
from ankl_i18n.errors import Severity
from ankl_i18n.languages import language

ENGLISH = language("en")
PAIRS = Path(__file__).parents[2] / "benchmarks" / "data" / "back_translations"


def kinds(*pairs: tuple[str, str]) -> list[list[str]]:
    return [sorted(one.kind for one in found) for found in compare(pairs, ENGLISH)]


def test_each_pair_has_its_own_problems_in_its_place():
    pairs = [("Take 2 mg.", "Take 2 g."), ("Rest.", "Rest."), ("Do not stop.", "Stop.")]
    found = compare(pairs, ENGLISH, "back.csv")
    assert [[one.kind for one in those] for those in found] == [
        ["units-changed"], [], ["negation"],
    ]  # fmt: skip
    assert [str(one.location) for those in found for one in those] == ["back.csv:1", "back.csv:3"]
    assert all(one.hint for those in found for one in those)


def test_nothing_is_said_of_what_is_not_translated_back():
    assert compare([("Take 2 mg.", ""), ("", ""), ("", "Take 2 mg.")], ENGLISH)[:2] == [(), ()]
    assert compare([], ENGLISH) == []


def test_marks_and_style_are_not_its_business():
    assert kinds(("[Rest](a.md) for **5** days.", "rest  for five days !")) == [[]]


@pytest.mark.parametrize("tag", ["en", "en-GB", "en-CA"])
def test_every_english_is_english(tag):
    pairs = [("Do not take 2 tablets.", "Take three tablets.")]
    (found,) = compare(pairs, language(tag))
    assert "negation" in {one.kind for one in found}
    assert any(one.message.startswith("2 ") for one in found)


def test_a_sentence_is_missed_when_the_usual_length_is_known():
    source, back = (
        "Patient {} sees the nurse on this ward.",
        "The nurse sees patient {} on the ward.",
    )
    others = [(source.format(i), back.format(i)) for i in range(20, 45)]
    dropped = ("Ask the nurse on your ward. She can tell you more about it.", "Ask the ward nurse.")
    assert kinds(*others, dropped) == [*[[]] * 25, ["sentence-dropped"]]


def test_its_kinds_are_checks():
    assert KINDS <= ALL_KINDS


@pytest.mark.parametrize(("name", "alarms"), [("en", 0), ("en-later", 6)])
def test_faithful_back_translations_raise_few_alarms(name, alarms):
    """The figures of docs/checks.md: a change for the worse must be seen."""
    entries = po.read(PAIRS / f"{name}.po").entries
    found = compare([(one.msgid, one.msgstr) for one in entries], ENGLISH)
    bad = [those for those in found if any(p.severity is not Severity.HINT for p in those)]
    assert len(bad) <= alarms


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("Two liters, twenty-four hours, thirty days", "2 liters, 24 hours, 30 days"),
        ("one of them, no one, two-thirds, two hundred, second", None),
        ("two 500 mg tablets", None),
        ("Ninety nine and fourteen", "99 and 14"),
        ("often, tense, sixth", None),
    ],
)
def test_numbers_in_words_are_digits(text, digits):
    assert in_digits(text) == (digits or text)
