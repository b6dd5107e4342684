"""The copies of a process: how they start, take turns and end; `copies.each` is the way in."""

from __future__ import annotations

import gc
import os
import select
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import active_children, get_context, parent_process
from typing import Any, Final, TypeVar

Work = TypeVar("Work")
Made = TypeVar("Made")
# The bytes of one turn, and how many a pipe takes whole or not at all (pipe(7)).
TURN: Final = 4
TURNS: Final = select.PIPE_BUF // TURN
# What a copy does; set in copies alone.
_COPY: list[Any] = []


def divided(  # noqa: PLR0913, PLR0917 - the arguments of `copies.each`
    function: Callable[[Work], Made], works: Sequence[Work], copies: int,
    in_copy: Callable[[Work], Made], start: Callable[[], None], first: Callable[[], None],
) -> list[Made]:  # fmt: skip
    """Return what `copies.each` does, with copies."""
    with _turns(len(works)) as turns:

        def copy() -> dict[int, Made]:
            return {n: in_copy(works[n]) for n in turns}

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
    children = {*active_children()} - but
    for child in children:
        child.kill()
    for child in children:
        child.join()


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
