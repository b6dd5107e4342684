"""Work divided between this process and copies of it (fork(2)), which start in milliseconds.

A copy knows all that this process knows, and sends what it found out at its end, whole or not
at all. One that fails or is killed costs time alone: nothing came of its part, so that whoever
needs it does it then, and meets what was wrong.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Work = TypeVar("Work")
Made = TypeVar("Made")
# The bytes of one turn, and the turns that a pipe takes whole or not at all (pipe(7)).
TURN: Final = 4
TOGETHER: Final = select.PIPE_BUF // TURN


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


@dataclass(slots=True)
class _Copy:
    process: int
    pipe: int


class Copies(Generic[Work]):
    """Up to `count` copies that do pieces of work; use it in a `with` statement.

    Each piece is done once: by a copy, which calls `start` and then `do`, or by this process,
    which takes what is `left`. A copy sends what `found` returns (what `pickle` can write). Only
    as many pieces are divided as a pipe holds turns, mostly 16,384; those behind are all left.
    Leaving the `with` statement ends all copies.
    """

    def __init__(
        self, works: Sequence[Work], do: Callable[[Work], None], found: Callable[[], Any],
        *, count: int, start: Callable[[], None] = _nothing,
    ) -> None:  # fmt: skip
        self._works, self._do, self._found = works, do, found
        self._begin, self._count = start, count
        self._copies: list[_Copy] = []
        self._turns, self._divided = -1, 0

    def __enter__(self) -> Copies[Work]:
        self._turns, turns = os.pipe()
        os.set_blocking(turns, False)  # a pipe may hold little, and nobody reads yet
        with suppress(BlockingIOError):
            for first in range(0, len(self._works), TOGETHER):
                numbers = range(first, min(first + TOGETHER, len(self._works)))
                os.write(turns, b"".join(number.to_bytes(TURN, "little") for number in numbers))
                self._divided = numbers.stop
        os.close(turns)
        try:
            for _ in range(self._count):
                self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._turns)
        for copy in self._copies:
            os.kill(copy.process, signal.SIGKILL)
            _end(copy)
        self._copies.clear()

    def left(self) -> Iterator[Work]:
        """Yield pieces of work that nobody has taken yet."""
        yield from self._next()
        yield from self._works[self._divided :]

    def _next(self) -> Iterator[Work]:
        while turn := os.read(self._turns, TURN):
            yield self._works[int.from_bytes(turn, "little")]

    def found(self) -> Iterator[Any]:
        """Wait for the copies, and yield what each of them found out; nothing of failed ones."""
        while self._copies:
            copy = self._copies[0]
            with open(copy.pipe, "rb", closefd=False) as pipe:
                data = pipe.read()
            del self._copies[0]
            if _end(copy):
                yield pickle.loads(data)  # noqa: S301 - of our own making, of this minute

    def _start(self) -> None:
        pipe, into = os.pipe()
        # Whoever is interrupted between the lines knows which of the two processes it is.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process = os.fork()
            if process == 0:
                self._be_copy(into, [pipe, *(copy.pipe for copy in self._copies)])
            self._copies.append(_Copy(process, pipe))
        except OSError:  # too many processes, or too little memory: then there are fewer
            os.close(pipe)
        finally:
            os.close(into)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _be_copy(self, into: int, pipes: Sequence[int]) -> None:
        """Do work until there is none; never returns, for this process is not the caller's.

        `pipes` are those that only the other process reads: who writes would wait for ever after
        its death for a reader that it is itself.
        """
        status = 1
        gc.disable()  # what is garbage here may be closed in the other process, and only there
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            for theirs in pipes:
                os.close(theirs)
            self._begin()
            for work in self._next():
                self._do(work)
            with open(into, "wb") as pipe:
                pickle.dump(self._found(), pipe, pickle.HIGHEST_PROTOCOL)
            status = 0
        finally:
            os._exit(status)


def each(function: Callable[[Work], Made], works: Sequence[Work], *, copies: int) -> list[Made]:
    """Return what a function returns for each piece of work; up to so many copies do some."""
    made: dict[int, Made] = {}

    def do(number: int) -> None:
        made[number] = function(works[number])

    with Copies(range(len(works)), do, lambda: made, count=copies) as divided:
        for number in divided.left():
            do(number)
        for theirs in divided.found():
            made |= theirs
    return [made[number] if number in made else function(work) for number, work in enumerate(works)]


def _end(copy: _Copy) -> bool:
    """Wait for the end of a copy; return whether it did all that it began."""
    os.close(copy.pipe)
    with suppress(ChildProcessError):
        return os.waitpid(copy.process, 0)[1] == 0
    return False
