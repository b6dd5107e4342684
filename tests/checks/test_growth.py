"""The work of every check grows in proportion to the length of a text.

Calls are counted, not seconds: they are the same on a busy machine. What one regular expression
does inside shows in no count; `python -m benchmarks check-growth` takes the time of long texts.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from benchmarks.check_growth import CHANGED, PIECES, repeated

from ankl_i18n.checks.records import Pair
from ankl_i18n.checks.table import CHECKS
from ankl_i18n.checks.traits import Traits
from ankl_i18n.languages import language
from ankl_i18n.source.texts import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from ankl_i18n.languages import Language

SHORT, TIMES = 700, 3
# Calls that do not depend on the length, and how much more than in proportion they may grow.
CONSTANT, SLACK = 250, 1.35
ENGLISH, FRENCH = language("en"), language("fr")


def calls(act: Callable[[], object]) -> int:
    """Return how many functions, of Python and of C, are called while something is done."""
    count = 0

    def profile(_frame: object, event: str, _what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


def steps(before: str, after: str, spoken: Language = FRENCH) -> dict[str, int]:
    """Return the calls of reading two texts, of finding their traits, and of each check."""
    found = {"read": calls(lambda: (read(before), read(after)))}
    find = Traits(spoken, ENGLISH, 1.0).find
    found["traits"] = calls(lambda: find(before, after, markup=True))
    pair = Pair(before, after, read(before), read(after), spoken, ENGLISH, frozenset())
    for one in CHECKS:
        found[one.kind] = calls(lambda find=one.find: list(find(pair)))  # type: ignore[misc]
    return found


@pytest.mark.parametrize("name", PIECES)
@pytest.mark.parametrize("side", ["source", "translation", "both"])
def test_the_work_of_each_check_grows_with_the_length(name: str, side: str) -> None:
    piece = PIECES[name]

    def texts(length: int) -> tuple[str, str]:
        long, other = repeated(piece, length), "Take 2 tablets, not more. "
        before = other if side == "translation" else long
        return before, other.replace("2", "4") if side == "source" else f"{long}!"

    steps(*texts(SHORT + SHORT // 2))  # compiles the expressions
    little, much = steps(*texts(SHORT)), steps(*texts(SHORT * TIMES))
    assert not {
        kind: (little[kind], count)
        for kind, count in much.items()
        if count > SLACK * TIMES * little[kind] + CONSTANT
    }


@pytest.mark.parametrize("name", CHANGED)
@pytest.mark.parametrize("tag", ["fr", "hi", "zh", "ar"])
def test_the_work_grows_with_the_length_where_every_number_has_changed(tag: str, name: str) -> None:
    def counted(length: int) -> dict[str, int]:
        before, after = (repeated(piece, length) for piece in CHANGED[name])
        return steps(before, after, language(tag))

    counted(SHORT + SHORT // 2)  # compiles the expressions
    little, much = counted(SHORT), counted(SHORT * TIMES)
    assert not {
        kind: (little[kind], count)
        for kind, count in much.items()
        if count > SLACK * TIMES * little[kind] + CONSTANT
    }


def test_calls_that_grow_faster_are_seen() -> None:
    def every_pair(length: int) -> int:
        return calls(lambda: [len("") for _ in range(length) for _ in range(length)])

    assert every_pair(SHORT) > SLACK * TIMES * every_pair(SHORT // TIMES) + CONSTANT
