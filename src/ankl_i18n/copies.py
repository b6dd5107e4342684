"""Work divided between this process and copies of it (fork(2)), which start in milliseconds.

A copy knows all that this process knows, and sends what it found out at its end, whole or not
at all. One that fails or is killed costs time alone: nothing came of its part, so that whoever
needs it does it then, and meets what was wrong.
"""

from __future__ import annotations

import marshal
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Work = TypeVar("Work")
# The bytes of one turn; all turns fit into a pipe (pipe(7): 65,536 bytes).
TURN: Final = 4
MOST: Final = 65_536 // TURN


def processors() -> int:
    """Return how many processes can run at once; 1 where a process cannot be copied."""
    if not hasattr(os, "fork"):
        return 1
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@dataclass(slots=True)
class _Copy:
    process: int
    pipe: int


class Copies(Generic[Work]):
    """Up to `count` copies that do pieces of work; use it in a `with` statement.

    Each piece is done once: by a copy, which calls `start` and then `do`, or by this process,
    which takes what is `left`. A copy sends what `found` returns (what `marshal` can write). At
    most `MOST` pieces are divided; those behind are all left. Leaving the `with` statement ends
    all copies.
    """

    def __init__(
        self, works: Sequence[Work], do: Callable[[Work], None], found: Callable[[], Any],
        *, start: Callable[[], None], count: int,
    ) -> None:  # fmt: skip
        self._works, self._do, self._found = works, do, found
        self._begin, self._count = start, count
        self._copies: list[_Copy] = []
        self._turns = -1

    def __enter__(self) -> Copies[Work]:
        self._turns, turns = os.pipe()
        numbers = range(min(len(self._works), MOST))
        os.write(turns, b"".join(number.to_bytes(TURN, "little") for number in numbers))
        os.close(turns)
        for _ in range(self._count):
            self._start()
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
        yield from self._works[MOST:]

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
                yield marshal.loads(data)  # noqa: S302 - of our own making, of this minute

    def _start(self) -> None:
        pipe, into = os.pipe()
        try:
            process = os.fork()
        except OSError:  # too many processes, or too little memory: then there are fewer
            os.close(pipe)
            os.close(into)
            return
        if process == 0:
            self._be_copy(into)
        os.close(into)
        self._copies.append(_Copy(process, pipe))

    def _be_copy(self, into: int) -> None:
        """Do work until there is none; never returns, for this process is not the caller's."""
        status = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            self._begin()
            for work in self._next():
                self._do(work)
            with open(into, "wb") as pipe:
                pipe.write(marshal.dumps(self._found()))
            status = 0
        finally:
            os._exit(status)


def _end(copy: _Copy) -> bool:
    """Wait for the end of a copy; return whether it did all that it began."""
    os.close(copy.pipe)
    with suppress(ChildProcessError):
        return os.waitpid(copy.process, 0)[1] == 0
    return False
