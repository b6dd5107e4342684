"""Words looked up in texts: what is found is what one expression of them all finds."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from ankl_i18n.languages import patterns
from ankl_i18n.languages.lookup import Lookup
from ankl_i18n.languages.reader import families, language_data, tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ankl_i18n.languages.records import LanguageData

BETWEEN = ["", "", " ", " ", "  ", "\u00a0", ".", "s", "-", "1 ", "\u0301", "\u064b", "\u09bc"]


def tables(data: LanguageData) -> Iterator[dict[str, str]]:
    """Yield the words of each family of a language, with what they mean."""
    for family in families().values():
        words = {
            word: meaning
            for meaning in family.meanings
            for word in (*data.meanings.get(meaning, ()), *data.meanings_loose.get(meaning, ()))
        }
        if words:
            yield words


def written(chance: random.Random, words: Mapping[str, str]) -> str:
    """Return a text of words, of pieces of them, and of what may stand between them."""
    pieces = [piece for word in words for piece in re.split(r"[*()|/]", word) if piece]
    whole = [re.sub(r"\([^()]*\)|\*", "", word) for word in words if word[0] != "/"]
    some = chance.choices(pieces + whole, k=chance.randint(1, 9))
    return "".join(piece + chance.choice(BETWEEN) for piece in some).lower()


@pytest.mark.parametrize("tag", tags())
def test_what_is_found_is_what_an_expression_finds(tag: str) -> None:
    data, chance, hits = language_data(tag), random.Random(tag), 0
    for words in tables(data):
        known = Lookup(words, spaces=data.script.spaces)
        plain = patterns.finder(words, spaces=data.script.spaces)
        for text in [written(chance, words) for _ in range(20)]:
            begin = chance.randint(0, min(3, len(text)))
            end = chance.randint(begin, len(text))
            for place in ((), (begin,), (begin, end)):
                expected = [(*one.span(), plain.value(one)) for one in plain.find(text, *place)]
                assert [one[:3] for one in known.find(text, *place)] == expected, (text, words)
                hits += len(expected)
    assert hits or not data.meanings


def test_of_words_in_one_another_the_first_is_found() -> None:
    known = Lookup({"less than": "bound", "less": "amount", "no less*": "denied", "than": "other"})
    found = [one.value for one in known.find("no lesser, less than, less  than, less")]
    assert found == ["denied", "bound", "bound", "amount"]
    assert not known.find("lessthan, unless")


def test_whether_a_text_has_any_of_some_words() -> None:
    known = Lookup({"before (a|the) meal": 1, "after*": 2})
    assert known.has_any(lambda value: value > 1)("soon afterwards")
    assert not known.has_any(lambda value: value > 1)("thereafter, or before the meal")
    assert not known.has_any(lambda _: False)("after, or before the meal")


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("Once*", ["once"]),
        ("(a|be|)fore", ["afore", "before", "fore"]),
        ("x(a|(b|c)d)", ["xa", "xbd", "xa", "xcd"]),
        ("\u09dc", ["\u09a1\u09bc", "\u09dc"]),  # a letter with a dot, in both ways to type it
        ("go* on", []),
        ("/on/", []),
    ],
)
def test_the_forms_of_a_word(word: str, forms: list[str]) -> None:
    assert patterns.forms(word) == forms
