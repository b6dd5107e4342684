"""Numbers in words, as a language file has them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ankl_i18n.checks import spelled
from ankl_i18n.languages import language


@pytest.fixture(autouse=True)
def _own_words():
    spelled._numbers.cache_clear()
    yield
    spelled._numbers.cache_clear()


def test_a_form_with_brackets_is_left_to_other_checks(monkeypatch):
    hungarian = language("hu")
    numbers = replace(hungarian.data.numbers, words=("egy|hét(?= nap| óra)", "két"))
    data = replace(hungarian.data, numbers=numbers)
    monkeypatch.setattr(type(hungarian), "data", property(lambda _: data))
    found = list(spelled.number_places("egy hét és két nap", hungarian))
    assert found == [(1, 0, 3), (2, 11, 14)]
