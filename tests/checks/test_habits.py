"""What the other messages of a catalog tell of words that deny."""

import math

import pytest

from ankl_i18n.checks.added import reasons_alone
from ankl_i18n.checks.habits import Habits
from ankl_i18n.checks.negation import denials, denying, with_without
from ankl_i18n.languages import language

WORDS = denials(language("hi"))
PAIRS = {
    "Bake it without salt.": "इसे नमक के बिना सेंकें।",
    "Bake it without sugar.": "इसे चीनी के बिना सेंकें।",
    "Bake it without milk.": "इसे दूध के बिना सेंकें।",
    "Do not bake it.": "इसे न सेंकें।",
    "Do not fry it.": "इसे न तलें।",
    "Stir until it is smooth.": "तब तक चलाएँ जब तक गुठलियाँ न रहें।",
    "Wait until noon.": "दोपहर तक इंतज़ार करें।",
}


def habits_of(pairs: dict[str, str]) -> Habits:
    assert WORDS is not None
    return Habits(
        tuple(pairs),
        list(pairs.values()),
        reasons_alone,
        with_without,
        lambda text: denying(text, WORDS),
    )


@pytest.fixture
def habits() -> Habits:
    return habits_of(PAIRS)


def test_a_word_for_without_is_told_from_one_for_not(habits: Habits) -> None:
    assert habits.with_without("बिना", "Do not fry it.") > 0.5
    assert habits.with_without("न", "Bake it without milk.") < -0.5


def test_a_message_tells_nothing_about_itself(habits: Habits) -> None:
    salt = "Bake it without salt."
    others = habits_of({source: PAIRS[source] for source in PAIRS if source != salt})
    assert habits.with_without("बिना", salt) == others.with_without("बिना", "")


def test_an_unknown_word_is_of_no_kind(habits: Habits) -> None:
    assert abs(habits.with_without("नहीं", "")) < 0.3


def test_the_catalog_corrects_how_often_a_word_brings_a_not_along(habits: Habits) -> None:
    with_not = habits.chance("until", "Wait until noon.", 0.1)
    assert with_not > 0.1
    assert habits.chance("until", "Stir until it is smooth.", 0.1) < 0.1
    assert math.isclose(habits.chance("unless", "", 0.3), 0.3)
