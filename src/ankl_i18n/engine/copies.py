"""Work divided between this process and copies of it (fork(2)), which start in milliseconds.

A copy knows all that this process knows. One that fails or is killed costs time alone: this
process then does what is missing, and meets what was wrong.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

Work = TypeVar("Work")
Made = TypeVar("Made")


def processors() -> int:
    """Return how many processes can run at once; 1 where this process cannot be copied.

    One with other threads cannot: what these hold locked stays locked in a copy (fork(2)).
    """
    if not hasattr(os, "fork") or _threads() > 1:
        return 1
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _threads() -> int:
    """Return how many threads this process has, those of C libraries too (proc(5), on Linux)."""
    tasks = Path("/proc/self/task")
    return sum(1 for _ in tasks.iterdir()) if tasks.is_dir() else threading.active_count()


def _nothing() -> None:
    """Do nothing."""


def each(  # noqa: PLR0913 - each is a hook of its own
    function: Callable[[Work], Made], works: Sequence[Work], *, copies: int,
    in_copy: Callable[[Work], Made] | None = None,
    start: Callable[[], None] = _nothing, first: Callable[[], None] = _nothing,
) -> list[Made]:  # fmt: skip
    """Return what a function returns for each piece of work; up to so many copies do some.

    This process calls `first`, and then does its share. A copy calls `start`, and then `in_copy`
    instead of `function` if that is given; what it returns is pickled.
    """
    if copies < 1:
        first()
        return [function(work) for work in works]
    from ankl_i18n.engine.forks import divided

    return divided(function, works, copies, in_copy or function, start, first)
