"""Queries: what was found out is used again while all that it was told is the same."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankl_i18n.coverage.figures import Counts, LeafletCoverage, SectionCoverage, Tally
from ankl_i18n.engine.cache import Cache
from ankl_i18n.engine.codec import decode, encode
from ankl_i18n.engine.memory import Memory
from ankl_i18n.engine.queries import Queries, input_query, memory_query, query, value_name
from ankl_i18n.errors import Location, Problem, Severity

NUMBERS: dict[str, int] = {}
RUNS: list[str] = []


@dataclass(frozen=True, slots=True)
class Limits:
    """Settings of a project."""

    root: Path
    large: int = 10
    unused: str = ""

    def is_large(self, number: int) -> bool:
        return number > self.large


@dataclass(frozen=True, slots=True)
class Total:
    """A record that a query returns."""

    sum: int
    names: tuple[str, ...]


class Numbers(Queries):
    """What is known of some numbers."""

    def __init__(self, folder: Path, program: str = "1", **settings: Any) -> None:
        limits = Limits(folder, **settings)
        super().__init__(lambda: Cache(folder / "cache", lambda _: program), folder,
                         {"setting": limits})  # fmt: skip
        self.limits = self.tracked("setting", limits)


@input_query
def number(_numbers: Numbers, name: str) -> int:
    RUNS.append(f"number {name}")
    return NUMBERS[name]


@query
def total(numbers: Numbers) -> Total:
    RUNS.append("total")
    return Total(sum(number(numbers, name) for name in "ab"), ("a", "b"))


@query
def is_large(numbers: Numbers) -> bool:
    RUNS.append("is_large")
    return numbers.limits.is_large(total(numbers).sum)


@memory_query(1)
def text(numbers: Numbers, name: str) -> str:
    RUNS.append(f"text {name}")
    path = numbers.root / name
    numbers.depend_on_file(path)
    return path.read_text(encoding="utf-8")


@memory_query(2)
def both(numbers: Numbers, name: str) -> str:
    RUNS.append(f"both {name}")
    return text(numbers, name)


@query
def length(numbers: Numbers, name: str) -> int:
    RUNS.append(f"length {name}")
    return len(text(numbers, name))


@query
def square(_numbers: Numbers, digits: str) -> int:
    RUNS.append("square")
    return int(digits) ** 2


def runs(numbers: Numbers) -> tuple[bool, list[str]]:
    """Return whether the sum is large, and which queries had to run for it."""
    RUNS.clear()
    answer = is_large(numbers)
    numbers.close()
    return answer, [run for run in RUNS if not run.startswith("number")]


def test_queries_run_again_only_where_something_changed(tmp_path: Path) -> None:
    NUMBERS.update(a=1, b=2)
    for change, answer, expected in (
        ({}, False, ["is_large", "total"]),
        ({}, False, []),
        ({"a": 2}, False, ["total", "is_large"]),
        ({"b": 1, "a": 3}, False, ["total"]),  # the sum is the same
        ({"b": 20}, True, ["total", "is_large"]),
    ):
        NUMBERS.update(change)
        assert runs(Numbers(tmp_path)) == (answer, expected)
    assert runs(Numbers(tmp_path, program="2")) == (True, ["is_large", "total"])


def test_a_setting_is_depended_on_by_being_read(tmp_path: Path) -> None:
    NUMBERS.update(a=1, b=2)
    assert runs(Numbers(tmp_path)) == (False, ["is_large", "total"])
    assert runs(Numbers(tmp_path, unused="other")) == (False, [])
    assert runs(Numbers(tmp_path, large=2)) == (True, ["is_large"])


def test_why_a_value_changed(tmp_path: Path) -> None:
    NUMBERS.update(a=1, b=2)
    runs(Numbers(tmp_path))
    NUMBERS["b"] = 20
    numbers = Numbers(tmp_path)
    assert not numbers.is_fresh(value_name(is_large))
    assert numbers.why(value_name(is_large)) == ["total", "number b"]


def test_an_input_is_looked_at_once_a_run(tmp_path: Path) -> None:
    NUMBERS.update(a=1, b=2)
    numbers = Numbers(tmp_path)
    RUNS.clear()
    assert [number(numbers, "a"), number(numbers, "a")] == [1, 1]
    assert RUNS == ["number a"]


def test_what_is_asked_of_memory_is_depended_on_though_it_was_there(tmp_path: Path) -> None:
    for name in "xy":
        (tmp_path / name).write_text(name, encoding="utf-8")
    numbers = Numbers(tmp_path)
    RUNS.clear()
    assert text(numbers, "x") == "x"
    assert length(numbers, "x") == 1
    assert RUNS == ["text x", "length x"]
    assert text(numbers, "y") == "y"  # there is room for one
    assert text(numbers, "x") == "x"
    assert RUNS.count("text x") == 2
    numbers.close()
    (tmp_path / "x").write_text("longer", encoding="utf-8")
    assert length(Numbers(tmp_path), "x") == 6


def test_what_another_process_remembered_is_not_found_out_again(tmp_path: Path) -> None:
    for name in "xy":
        (tmp_path / name).write_text(name, encoding="utf-8")
    theirs, ours = Numbers(tmp_path), Numbers(tmp_path)
    assert [both(theirs, name) for name in "xy"] == ["x", "y"]
    RUNS.clear()
    for key, value in theirs.memory(both).items():
        ours.memory(both).set(key, value)
    assert [both(ours, name) for name in "xy"] == ["x", "y"]
    assert RUNS == []


def test_a_forgotten_value_is_looked_at_again(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("ankl_i18n.engine.queries.RECENT", 3)
    numbers = Numbers(tmp_path)
    RUNS.clear()
    for _ in range(2):
        assert [square(numbers, str(n)) for n in range(9)] == [n**2 for n in range(9)]
    assert len(RUNS) == 9
    assert numbers.is_fresh(value_name(square, "0"))


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers()), max_size=40))
def test_memory_gives_what_was_set_last(changes: list[tuple[str, int]]) -> None:
    memory, known = Memory(2, spill=True), {}
    for name, value in changes:
        memory.set((name,), value)
        known[name] = value
        assert all(memory.get((one,)) == known.get(one) for one in "abcdef")
    assert len(memory.items()) <= 2


PROBLEMS = st.builds(
    Problem,
    st.text(),
    st.sampled_from(Severity),
    st.text(),
    st.builds(Location, st.text(), st.integers(), st.integers()),
    st.text(),
)
TALLIES = st.builds(Tally, st.integers(), st.integers(), st.integers())
COUNTS = st.builds(Counts, TALLIES, TALLIES)
SECTIONS = st.builds(SectionCoverage, st.text(), st.text(), st.booleans(), COUNTS)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (tuple[Problem, ...], st.lists(PROBLEMS, max_size=3).map(tuple)),
        (LeafletCoverage, st.builds(LeafletCoverage, st.text(), st.text(), COUNTS,
                                    st.lists(SECTIONS, max_size=2).map(tuple))),
        (tuple[tuple[Problem, str], ...], st.lists(st.tuples(PROBLEMS, st.text())).map(tuple)),
        (Mapping[str, tuple[str, ...]], st.dictionaries(st.text(), st.tuples(st.text()))),
        (datetime.date | None, st.none() | st.dates()),
    ],
    ids=["problems", "coverage", "pairs", "mapping", "date"],
)  # fmt: skip
def test_the_codec_gives_back_what_it_got(kind: Any, values: Any) -> None:
    @given(values)
    def check(value: Any) -> None:
        assert decode(kind, json.loads(json.dumps(encode(value)))) == value

    check()


def test_the_codec_refuses_what_it_cannot_keep() -> None:
    with pytest.raises(TypeError):
        encode(object())
    with pytest.raises(TypeError):
        decode(object, 1)
