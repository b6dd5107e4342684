"""A sample of many cases for the quick suite, the same everywhere; the slow suite runs all."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest

SEED = 20261122


def some(cases: Iterable[Any], count: int, always: Iterable[Any] = ()) -> list[Any]:
    """Return the cases for `parametrize`: all but `always` and `count` others are slow."""
    listed, quick = [*cases], [*always]
    quick += random.Random(SEED).sample([case for case in listed if case not in quick], count)
    return [case if case in quick else _slow(case) for case in listed]


def _slow(case: Any) -> Any:
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
