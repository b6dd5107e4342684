"""Processes that are warm and can be lost: each piece of work has limits, and fails alone.

Workers are forked from a small server that has imported the renderer once, so that they share
it and a new one takes milliseconds. A worker that takes too long is ended by its own alarm
clock, one that asks for too much memory is refused it; either way the piece of work ends with a
`Problem`, and another worker takes its place.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing import connection, forkserver, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from ankl_i18n.errors import AnklError, Location, Problem, error

MEGABYTE: Final = 1024**2
# A worker that holds more than this when it has done its work makes room for a new one.
IDLE_MEGABYTES: Final = 100
# What a worker may take beyond its time (s): to start, on a busy machine, and to tell.
GRACE: Final = 30.0
# How much longer than its processor time a piece of work may take on the clock.
BUSY: Final = 5
# How a worker ends when its time is over.
CLOCKS: Final = (-signal.SIGPROF, -signal.SIGALRM)
PAUSE: Final = 0.1
Work = TypeVar("Work")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take: seconds of processor time, megabytes beyond a worker's own.

    0 is no limit. On the clock it may take `BUSY` times as long: others may use the computer, too.
    """

    seconds: float = 60
    megabytes: int = 1024

    @property
    def clock(self) -> float:
        """The longest on the clock (s)."""
        return self.seconds * BUSY


@dataclass(frozen=True, slots=True)
class Result(Generic[Work]):
    """What came of a piece of work: its output, or what went wrong; `seconds` on the clock.

    `sound` is false where the same work might end otherwise another time.
    """

    work: Work
    output: Any
    problems: tuple[Problem, ...]
    seconds: float
    sound: bool = True


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a worker says of its work, and whether it stays for more."""

    output: Any
    problems: tuple[Problem, ...] = ()
    sound: bool = True
    stays: bool = True


@dataclass(slots=True, eq=False)
class _Worker:
    process: Any
    pipe: Connection
    works: Iterator[Any]
    work: Any = None
    begin: float = 0


def get_ready(preload: tuple[str, ...]) -> Any:
    """Start the server of workers, which imports `preload`, unless it runs; return its context.

    Whoever will need workers soon calls this first: the imports take half a second. Raises
    `WorkerError` where no process can be started.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*preload])
    with _startable():
        resource_tracker.ensure_running()  # it lets interrupts through at its end
        # Who is interrupted while it imports says so at length; its parent ends it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


@contextmanager
def _startable() -> Iterator[None]:
    """Raise `WorkerError` where no process can be started."""
    try:
        yield
    except (EOFError, OSError) as wrong:  # a server that cannot fork ends, and says nothing
        why = str(wrong) or "the system refuses it"
        message = f"no process can be started to make PDFs: {why}"
        hint = "check the limits (`ulimit -a`) and the folder for temporary files"
        raise WorkerError.of("pdf", message, "--jobs", hint) from wrong


class WorkerError(AnklError):
    """There can be no workers."""


class Pool(Generic[Work]):
    """Up to `count` workers that do `make(work)`; use it in a `with` statement.

    `make` is a function of a module; `source` of a piece of work, if it has one, is the file
    that problems are about. `preload` names modules that workers share. Leaving the `with`
    statement ends all workers at once.
    """

    def __init__(
        self,
        make: Callable[[Work], Any],
        *,
        count: int,
        limits: Limits,
        preload: tuple[str, ...] = (),
    ) -> None:
        self.make, self.count, self.limits = make, count, limits
        self._workers: list[_Worker] = []
        self._waiting: deque[Iterator[Work]] = deque()
        self._context = get_ready(preload)

    def __enter__(self) -> Pool[Work]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def run(self, *works: Iterable[Work]) -> Iterator[Result[Work]]:
        """Yield results as they come; work is taken from `works` when a worker is free for it.

        A worker stays with one of the `works` as long as there is more of it: what is alike
        takes it less time. When no other is left it helps with one that another worker has.
        """
        self._waiting = deque(map(iter, works))
        more = True
        while True:
            while more and (worker := self._idle()):
                work = self._next(worker)
                if work is None:
                    more = False
                else:
                    self._give(worker, work)
            busy = {worker.pipe: worker for worker in self._workers if worker.work is not None}
            if not busy:
                return
            for pipe in connection.wait([*busy], self._rest(busy.values())):
                yield self._result(busy[pipe])  # type: ignore[index]

    def _rest(self, busy: Iterable[_Worker]) -> float | None:
        """Return how long (s) the next overdue worker has; those that have no time left are ended.

        A worker's own clock should have ended it `GRACE` ago; it is deaf to it, or hangs elsewhere.
        """
        if not self.limits.seconds:
            return None
        now = time.monotonic()
        rests = {worker: worker.begin + self.limits.clock + GRACE - now for worker in busy}
        for worker, rest in rests.items():
            if rest <= 0:
                worker.process.kill()
        return max(min(rests.values()), PAUSE)

    def _next(self, worker: _Worker) -> Work | None:
        """Return the next piece of work for a worker, or None if there is no more."""
        for following in worker.works:
            return following  # type: ignore[no-any-return]
        while self._waiting:
            worker.works = self._waiting.popleft()
            for work in worker.works:
                return work
        for other in self._workers:
            for work in other.works:
                worker.works = other.works
                return work
        return None

    def _idle(self) -> _Worker | None:
        """Return a worker that has nothing to do, a new one if there may be more; or None."""
        idle = next((worker for worker in self._workers if worker.work is None), None)
        if idle is None and len(self._workers) < self.count:
            idle = self._start()
        return idle

    def _start(self) -> _Worker:
        """Start a worker. Raises `WorkerError` where no process can be started."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self.make, self.limits), daemon=True
        )
        with _startable():
            process.start()
        theirs.close()
        worker = _Worker(process, ours, iter(()))
        self._workers.append(worker)
        return worker

    def _give(self, worker: _Worker, work: Work) -> None:
        worker.work, worker.begin = work, time.monotonic()
        with suppress(OSError):  # it died while idle: its result says so
            worker.pipe.send(work)

    def _result(self, worker: _Worker) -> Result[Work]:
        """Return what a worker did; one that will do no more is let go."""
        work: Work = worker.work
        worker.work = None
        try:
            answer: _Answer = worker.pipe.recv()
        except (EOFError, OSError):
            answer = _Answer(None, (self._death(worker, work),), sound=False, stays=False)
        if not answer.stays:
            self._workers.remove(worker)
            self._waiting.appendleft(worker.works)
            worker.process.kill()  # it has nothing left to do, whatever it does
            worker.process.join()
            worker.pipe.close()
        seconds = time.monotonic() - worker.begin
        return Result(work, answer.output, answer.problems, seconds, answer.sound)

    def _death(self, worker: _Worker, work: Work) -> Problem:
        worker.process.join()
        code = worker.process.exitcode or 0
        where = place_of(work)
        is_late = time.monotonic() - worker.begin > self.limits.clock + GRACE
        if code in CLOCKS or (self.limits.seconds and is_late):
            hint = "look for a very long word, table or list; --time-limit gives it more time"
            return error("time", f"it takes more than {self.limits.seconds:g} s", where, hint)
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        hint = "perhaps there was not enough memory"
        return error("pdf", f"the process that makes it ended ({name})", where, hint)


def _serve(pipe: Connection, make: Callable[[Any], Any], limits: Limits) -> None:
    """Do pieces of work until there are no more; in the worker's process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    _limit_memory(limits.megabytes)
    be_warm()
    while True:
        try:
            work = pipe.recv()
        except (EOFError, OSError):
            return
        signal.setitimer(signal.ITIMER_PROF, limits.seconds)
        signal.setitimer(signal.ITIMER_REAL, limits.clock)
        answer = _answer(make, work, limits)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        stays = answer.stays and _megabytes() < IDLE_MEGABYTES
        with suppress(BrokenPipeError):  # the parent was killed
            pipe.send(replace(answer, stays=stays))
        if not stays:
            return
        tidy()


def be_warm() -> None:
    """Keep the garbage collector from looking through what was imported, and away while we work.

    To look again and again took a tenth of the time of a PDF.
    """
    gc.freeze()
    gc.disable()


def tidy() -> None:
    """Collect what a piece of work left behind; what outlived another one is let be."""
    gc.collect(1)


def place_of(work: object) -> Location:
    """Return the file that problems with a piece of work are about."""
    return Location(str(getattr(work, "source", "")))


def _limit_memory(megabytes: int) -> None:
    """Refuse the process more memory than so much beyond what it has now (Linux)."""
    pages = _pages()
    if megabytes and pages:
        most = pages[0] * resource.getpagesize() + megabytes * MEGABYTE
        _, hard = resource.getrlimit(resource.RLIMIT_AS)  # nobody may go beyond that
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _megabytes() -> int:
    """Return how much memory the process holds, or 0 where that is not known."""
    pages = _pages()
    return pages[1] * resource.getpagesize() // MEGABYTE if pages else 0


def _pages() -> list[int]:
    """Return the process's pages, all and resident (Linux: proc(5), statm), or nothing."""
    status = Path("/proc/self/statm")
    return [int(n) for n in status.read_text(encoding="ascii").split()] if status.exists() else []


def _answer(make: Callable[[Any], Any], work: Any, limits: Limits) -> _Answer:
    """Do a piece of work, and return what came of it, whatever that is."""
    where = place_of(work)
    try:
        return _Answer(make(work))
    except AnklError as wrong:
        return _Answer(None, wrong.problems)
    except MemoryError:
        hint = "make its pictures smaller; --memory-limit gives it more"
        message = f"it needs more than {limits.megabytes} MB of memory"
        return _Answer(None, (error("memory", message, where, hint),), sound=False, stays=False)
    except RecursionError:
        message = "lists, quotations or tags are nested too deeply"
        return _Answer(None, (error("nesting", message, where),), stays=False)
    except Exception as wrong:
        message = f"it cannot be made: {type(wrong).__name__}: {wrong}"
        return _Answer(None, (error("pdf", message, where),), stays=False)
