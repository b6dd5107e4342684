"""Work divided between this process and copies of it (fork(2)), which start in milliseconds.

A copy knows all that this process knows. One that fails or is killed costs time alone: this
process then does what is missing, and meets what was wrong.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import threading
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Work = TypeVar("Work")
Made = TypeVar("Made")
# The bytes of one turn, and how many a pipe takes whole or not at all (pipe(7)).
TURN: Final = 4
TURNS: Final = select.PIPE_BUF // TURN
# What a copy does; set in copies alone.
_COPY: Final[list[Callable[[], Any]]] = []


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
    there: Callable[[Work], Made] | None = None,
    start: Callable[[], None] = _nothing, first: Callable[[], None] = _nothing,
) -> list[Made]:  # fmt: skip
    """Return what a function returns for each piece of work; up to so many copies do some.

    This process calls `first`, and then does its share. A copy calls `start`, and then `there`
    instead of `function` if that is given; what it returns is pickled.
    """
    if copies < 1:
        first()
        return [function(work) for work in works]
    with _turns(len(works)) as turns:

        def copy() -> dict[int, Made]:
            return {n: (there or function)(works[n]) for n in turns}

        with _pool(copies, start, copy) as pool:
            futures = _submitted(pool, copies)
            first()
            made = {n: function(works[n]) for n in turns}
            for future in futures:
                with suppress(Exception):  # it failed: its part is done below
                    made |= future.result()
        return [made[n] if n in made else function(work) for n, work in enumerate(works)]


@contextmanager
def _turns(count: int) -> Iterator[Iterator[int]]:
    """Give the numbers below `count`, each to only one of all processes that ask for the next.

    They wait in a pipe, which takes so few turns whole, and gives each away once (pipe(7)).
    """
    source, target = os.pipe()
    os.write(target, b"".join(n.to_bytes(TURN, "little") for n in range(min(count, TURNS))))
    os.close(target)
    try:
        yield (
            number
            for turn in iter(lambda: os.read(source, TURN), b"")
            for number in range(int.from_bytes(turn, "little"), count, TURNS)
        )
    finally:
        os.close(source)


@contextmanager
def _pool(
    count: int, start: Callable[[], None], copy: Callable[[], Any]
) -> Iterator[ProcessPoolExecutor]:
    """Give copies that run `copy`; whatever interrupts the block ends them at once."""
    before = {*active_children()}
    pool = ProcessPoolExecutor(count, get_context("fork"), _begin, (start, copy))
    try:
        yield pool
    except BaseException:
        _kill(before)
        raise
    finally:
        pool.shutdown()


def _kill(but: set[Any]) -> None:
    for child in {*active_children()} - but:
        child.kill()


def _submitted(pool: ProcessPoolExecutor, count: int) -> list[Future[Any]]:
    """Return what copies will have found out; nothing where they cannot start."""
    before = {*active_children()}
    try:
        return [pool.submit(_run) for _ in range(count)]
    except (BrokenExecutor, OSError):  # too many processes, or too little memory
        _kill(before)
        return []


def _begin(start: Callable[[], None], copy: Callable[[], Any]) -> None:
    """Begin as a copy."""
    gc.disable()  # what is garbage here may be closed in the other process, and only there
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    start()
    _COPY.append(copy)


def _end_with_parent() -> None:
    """Wait for the end of the process that this is a copy of, even if it was killed."""
    if parent := parent_process():
        with suppress(OSError):
            parent.join()
        os._exit(1)


def _run() -> Any:
    return _COPY[-1]()
