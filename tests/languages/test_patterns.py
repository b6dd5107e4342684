"""Expressions of words: what lets them pass over a text quickly changes nothing that they find."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from ankl_i18n.checks.leftovers import BOUNDARY, GLUED, MAY_BE_GLUED, may_be_leftover
from ankl_i18n.checks.number_values import RUN
from ankl_i18n.languages import patterns
from ankl_i18n.languages.reader import language_data, tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ankl_i18n.languages.records import LanguageData

BETWEEN = ["", "", " ", " ", "  ", ".", "s", "-", "1 ", "\u0301", "\u064b", "\u09bc"]


def tables(data: LanguageData) -> Iterator[dict[str, str]]:
    """Yield some words of a language with tags of what they mean, as checks search for them."""
    known: list[Mapping[str, tuple[str, ...]]] = [
        data.bounds_before, data.bounds_after, data.counted, data.units,
        {"denies": data.negation.words + data.negation.maybe}, {"empty": data.negation.empty},
    ]  # fmt: skip
    known += [{"one": words, "other": data.meanings_loose.get(name, ())}
              for name, words in data.meanings.items()]  # fmt: skip
    for table in known:
        words = {word: name for name, some in table.items() for word in some}
        if words:
            yield words


def written(chance: random.Random, words: Mapping[str, str]) -> str:
    """Return a text of pieces of words, and of what may stand between them."""
    pieces = [piece for word in words for piece in re.split(r"[*()|/]", word) if piece]
    some = chance.choices(pieces, k=chance.randint(1, 9))
    return "".join(piece + chance.choice(BETWEEN) for piece in some).lower()


def found(known: patterns.Finder[str], text: str) -> list[tuple[tuple[int, int], str]]:
    return [(one.span(), known.value(one)) for one in known.find(text)]


@pytest.mark.parametrize("tag", tags())
def test_what_words_begin_with_changes_nothing(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, chance, hits = language_data(tag), random.Random(tag), 0
    for words in tables(data):
        fast = patterns.finder(words, spaces=data.script.spaces)
        with monkeypatch.context() as plainly:
            plainly.setattr(patterns, "ahead", lambda _: "")
            plain = patterns.finder(words, spaces=data.script.spaces)
        for text in [written(chance, words) for _ in range(25)]:
            assert found(fast, text) == found(plain, text), (text, words)
            hits += len(found(plain, text))
    assert hits or not data.meanings


@pytest.mark.parametrize("tag", tags())
def test_where_a_word_is_found_one_of_its_literals_is(tag: str) -> None:
    data, chance = language_data(tag), random.Random(tag)
    for words in tables(data):
        known = patterns.finder({word: word for word in words}, spaces=data.script.spaces)
        for text in [written(chance, words) for _ in range(25)]:
            for word, place in [(known.value(one), one) for one in known.find(text)]:
                assert any(map(place[0].__contains__, patterns.literals(word))), (text, word)


@pytest.mark.parametrize(
    ("word", "literals"),
    [
        ("once", {"once"}),
        ("with a meal", {"meal"}),
        ("(a|be|)fore* the (end|start)", {"fore"}),
        ("(a|(b|c)d)e", {"e"}),
        ("(a|b)", {""}),
        ("পড়ার", {"ার"}),  # a letter with a dot is typed in two ways
        ("/n['’]t\\b/", {"n"}),
        ("/(?<!no )\\b(?:more|less) than/", {"more than", "less than"}),
        ("/[紧緊]急/", {"紧", "緊"}),
        ("/a?b/", {""}),
    ],
)
def test_the_literals_of_a_word(word: str, literals: set[str]) -> None:
    assert patterns.literals(word) == literals


def test_words_with_groups_of_their_own_stand_for_what_they_do() -> None:
    known = patterns.finder(
        {"/(un)?(safe|sure)/": "sure", "late": "late", "/(?P<when>now)/": "now"}
    )
    assert [known.value(one) for one in known.find("late, unsafe, now, sure")] == [
        "late", "sure", "now", "sure",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("once", "o"),
        ("*wise", "w"),
        ("(a|be|)fore", "abf"),
        ("(a|(b|c)d)e", "abc"),
        ("/n['’]t\\b/", "n"),
        ("/\\bno(?! one)/", "n"),
        ("/(?<!no )\\b(?:more|less) than/", "ml"),
        ("/[紧緊]急/", "紧緊"),
        ("/(?=多亿)/", "多"),
        ("/[^a]b/", ""),
        ("/\\d of/", ""),
        ("/a?b/", ""),
        ("/^b/", ""),
    ],
)
def test_what_a_word_begins_with(word: str, letters: str) -> None:
    assert patterns.first_letters(word) == frozenset(letters)


SIGNS = [
    *".!?؟۔।॥…。！？\n/| \"'”»",
    "Ab",
    "abc ",
    "abcd",
    "سلام",
    "नमस्ते",
    "15%",
    "U.S.",
    "1,5",
    "3/4",
]


def test_a_quick_look_misses_no_leftover() -> None:
    chance, hits = random.Random(1), 0
    for _ in range(3000):
        text = "".join(chance.choices(SIGNS, k=chance.randint(1, 24)))
        if GLUED.search(text):
            hits += 1
            assert MAY_BE_GLUED.search(text), text
        low, high = int(len(text) * 0.3), int(len(text) * 0.7) + 1
        ends = [one.end() for one in BOUNDARY.finditer(text, 0, high)]
        if len(text) >= 16 and any(low <= end <= high for end in ends):
            hits += 1
            assert may_be_leftover(text, ""), text
    assert hits > 500


def test_numbers_are_found_wherever_they_begin() -> None:
    plain = re.compile(RUN.pattern.replace("(?=[.\\d])", "", 1))
    chance = random.Random(2)
    for _ in range(2000):
        text = "".join(chance.choices([*"0123459.,/'’ (<-~a", "\u00a0", "120/80"], k=14))
        assert [one.span() for one in RUN.finditer(text)] == [
            one.span() for one in plain.finditer(text)
        ]
