"""Work done on other machines, by the workers of a Dask cluster (distributed.dask.org).

A `Cluster` offers what `workers.Pool` does. Its tasks run in pools of their own on the cluster's
workers, so that work has the same limits there as here. Large parts of it are inputs by content
hash: what several pieces of work hold travels once. Dask does the rest: it hands out tasks, moves
data, and repeats what was lost with a worker.

A cluster runs whatever its clients send it, and its results are trusted: it belongs on a
network of its own, or behind TLS.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import queue
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final, Generic, TypeVar, cast

from dask import config as dask_config
from distributed import Client, Future, KilledWorker, Security
from distributed.comm.core import connect

from ankl_i18n.engine.cache import digest
from ankl_i18n.engine.cluster_worker import Task, UnlikeError, compared, digest_of, do, machine
from ankl_i18n.engine.workers import MEGABYTE, Limits, Result, place_of
from ankl_i18n.errors import AnklError, Location, Problem, error

Work = TypeVar("Work")
# How long the scheduler, the first worker and the answers of all workers are waited for (s).
PATIENCE: Final = 10.0
ANSWERS: Final = 60.0
# How long a build goes on without any worker; they may be starting again (s).
ALONE: Final = 60.0
# How often it is looked whether the scheduler and workers are there, when nothing comes (s).
LOOK: Final = 2.0
# How often work is sent again whose data or result was lost with a worker.
TIMES: Final = 3
# Tasks that are on their way for each thread of a worker: enough that none is idle.
AHEAD: Final = 3
# Parts of so many characters may be shared by several pieces of work.
SHARED: Final = 1000
# Parts that are kept on the cluster for work to come, in bytes.
KEPT: Final = 64 * MEGABYTE
INSTALL: Final = "install the same versions and fonts on every machine, and start its workers again"


class ClusterError(AnklError):
    """The cluster cannot do the work, or not as this machine would."""


@dataclass(slots=True)
class _Sent(Generic[Work]):
    """A piece of work that is on its way, when it was sent and how often."""

    work: Work
    begin: float
    times: int = 1


class Cluster(Generic[Work]):
    """The workers of a cluster, which do `make(work)`; use it in a `with` statement.

    `address` is the scheduler's (`tcp://HOST:8786`). `cut` takes from a piece of work the texts
    that others may share, `join` puts them back; the rest is as for `workers.Pool`. Entering
    compares all workers with this machine and raises `ClusterError` if one is not like it, or
    none is there. Leaving lets go of what was not done.
    """

    def __init__(  # noqa: PLR0913 - what to do, where, within what, and how it is sent
        self,
        make: Callable[[Work], Any],
        *,
        address: str,
        limits: Limits,
        preload: tuple[str, ...] = (),
        cut: Callable[[Work], tuple[Work, Sequence[str]]] = lambda work: (work, ()),
        join: Callable[[Work, Sequence[str]], Work] | None = None,
    ) -> None:
        self._cut, self._join = cut, join or _whole
        self.make, self.address, self.limits, self.preload = make, address, limits, preload
        self._where = Location(address)
        self._sent: dict[Future[Any], _Sent[Work]] = {}
        self._ended: queue.SimpleQueue[Future[Any]] = queue.SimpleQueue()
        self._parts: OrderedDict[str, tuple[Future[Any], int]] = OrderedDict()
        self._suspects: list[_Sent[Work]] = []
        self._looked, self._threads = 0.0, 0
        self._heard = 0.0

    def __enter__(self) -> Cluster[Work]:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # problems say what matters
        self._client = self._connected()
        try:
            own = machine()
            self._alike = digest_of(own)
            self._compare(own)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # the scheduler may be gone
            self._let_go()
        self._parts.clear()
        with suppress(Exception):
            self._client.close(timeout=LOOK)

    def run(self, *works: Iterable[Work]) -> Iterator[Result[Work]]:
        """Yield results as they come; work is taken from `works` when a worker is free for it.

        Raises `ClusterError` if the scheduler, all workers or their likeness is lost.
        """
        waiting = chain.from_iterable(works)
        more = True
        self._heard = time.monotonic()
        while True:
            while more and len(self._sent) < self._room():
                try:
                    self._send(_Sent(next(waiting), time.monotonic()))
                except StopIteration:
                    more = False
            if not self._sent and not more:
                if not self._suspects:
                    return
                self._send(self._suspects.pop())  # alone: if workers die again, it is the cause
            ended = self._next()
            if ended is None:
                self._send_again()
            elif result := self._result(ended):
                yield result

    # --- the cluster ------------------------------------------------------------------------

    def _connected(self) -> Client:
        """Return a client of the scheduler, once it has a worker. Raises `ClusterError`."""
        failed = None
        try:
            asyncio.run(_knock(self.address))
            with dask_config.set({"distributed.comm.timeouts.connect": PATIENCE}):
                client = Client(self.address, timeout=PATIENCE, set_as_default=False)
        except (AssertionError, OSError, ValueError) as wrong:
            # Dask asserts that its thread starts within ten seconds; a busy machine may not do it.
            message = f"no scheduler answers: {str(wrong) or type(wrong).__name__}"
            hint = "start one with `dask scheduler`, and check its address and the firewall"
            failed = error("cluster", message, self._where, hint)
        if failed:  # the client that failed is closed now that its traceback is gone
            raise ClusterError(failed)
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as wrong:
            client.close(timeout=LOOK)
            raise ClusterError(self._no_workers()) from wrong
        return client

    def _no_workers(self) -> Problem:
        hint = f"start some with `dask worker {self.address}`"
        return error("cluster", "the scheduler has no workers", self._where, hint)

    def _compare(self, own: dict[str, str]) -> None:
        """Compare every worker with this machine. Raises `ClusterError` for those unlike it.

        A worker that does not answer may hang; if it comes back, its first task compares it.
        """
        asked = {
            address: self._client.submit(
                compared, own, workers=[address], allow_other_workers=False, pure=False
            )
            for address in self._workers()
        }
        problems = []
        answers = 0
        end = time.monotonic() + ANSWERS
        for address, future in asked.items():
            with suppress(TimeoutError):
                wrong = future.exception(timeout=max(end - time.monotonic(), 0.01))
                if isinstance(wrong, CancelledError):  # the worker went away meanwhile
                    continue
                answers += 1
                difference = self._unlikeness(wrong) if wrong else future.result()
                if difference:
                    message = f"the worker {address} is not like this machine: {difference}"
                    problems.append(error("cluster", message, self._where, INSTALL))
        if not answers:
            problems.append(error("cluster", "no worker answers", self._where))
        if problems:
            raise ClusterError(problems)

    def _unlikeness(self, wrong: BaseException) -> str:
        """Return why a worker could not even compare itself."""
        if isinstance(wrong, ImportError | AttributeError):
            return f"ankl-i18n is not installed there, or not this version of it ({wrong})"
        return f"{type(wrong).__name__}: {wrong}"

    # --- work -------------------------------------------------------------------------------

    def _room(self) -> int:
        """Return how many tasks may be on their way; workers come and go meanwhile."""
        now = time.monotonic()
        if now - self._looked > LOOK:
            self._looked, self._threads = now, sum(self._workers().values())
        return AHEAD * max(self._threads, 1)

    def _workers(self) -> dict[str, int]:
        """Return the addresses of workers and their threads; none if the scheduler is silent."""
        with suppress(OSError):
            return cast("dict[str, int]", self._client.nthreads(callback_timeout=ANSWERS))
        return {}

    def _send(self, sent: _Sent[Work]) -> None:
        rest, parts = self._cut(sent.work)
        task = Task(self.make, self._join, rest, self.limits, self.preload, self._alike)
        inputs = [self._input(part) if len(part) >= SHARED else part for part in parts]
        key = f"ankl-{digest(pickle.dumps((task, parts)))}-{sent.times}"
        future = self._client.submit(do, task, *inputs, key=key, retries=1)
        if future in self._sent:  # the same work twice at a time
            future = self._client.submit(do, task, *inputs, pure=False, retries=1)
        self._sent[future] = sent
        future.add_done_callback(self._ended.put)

    def _input(self, part: str) -> Future[Any]:
        """Return a part of work on the cluster, sent only if it is not there yet."""
        name = digest(part.encode(errors="surrogatepass"))
        if name in self._parts and self._parts[name][0].status in {"pending", "finished"}:
            self._parts.move_to_end(name)
            return self._parts[name][0]
        # A task, not scattered data: Dask has it done again if the worker that holds it is lost.
        future = self._client.submit(str, part, key=f"ankl-part-{name}")
        self._parts[name] = (future, len(part))
        size = sum(size for _, size in self._parts.values())
        while size > KEPT:
            size -= self._parts.popitem(last=False)[1][1]
        return future

    def _next(self) -> Future[Any] | None:
        """Return what has ended; wait for it. None if nothing did for longer than work may take.

        Raises `ClusterError` if nothing can come.
        """
        seen = time.monotonic()
        while True:
            try:
                ended = self._ended.get(timeout=LOOK)
            except queue.Empty:
                if self._client.status not in ("running", "connecting"):
                    raise ClusterError(self._lost()) from None
                if self._workers():
                    seen = time.monotonic()
                elif time.monotonic() - seen > ALONE:
                    raise ClusterError(self._no_workers()) from None
                if self.limits.seconds and time.monotonic() - self._heard > self._silence():
                    return None
            else:
                self._heard = time.monotonic()
                if ended in self._sent:  # or it was let go
                    return ended

    def _silence(self) -> float:
        """Return how long (s) nothing may end: every thread of the cluster does one thing."""
        return self.limits.clock + ANSWERS

    def _send_again(self) -> None:
        """Send everything again that is on its way. Raises `ClusterError` after `TIMES`."""
        again = [*self._sent.values()]
        if any(sent.times == TIMES for sent in again):
            message = f"no worker has finished anything for {self._silence():g} s"
            hint = "restart its workers; what was built is kept, and the next build continues"
            raise ClusterError.of("cluster", message, self._where, hint)
        self._let_go()
        self._parts.clear()
        self._heard = time.monotonic()
        for sent in again:
            self._send(replace(sent, times=sent.times + 1))

    def _let_go(self) -> None:
        """Have the cluster forget all work that is on its way."""
        on_its_way = [*self._sent]
        self._sent.clear()
        self._client.cancel(on_its_way, force=True)

    def _lost(self) -> Problem:
        hint = "what was built is kept; the next build continues from there"
        return error("cluster", "the scheduler is no longer there", self._where, hint)

    def _result(self, ended: Future[Any]) -> Result[Work] | None:
        """Return what came of a piece of work; None if it was sent again."""
        sent = self._sent.pop(ended)
        seconds = time.monotonic() - sent.begin
        try:
            return replace(cast("Result[Work]", ended.result(timeout=ANSWERS)), work=sent.work)
        except UnlikeError as wrong:
            raise ClusterError.of("cluster", f"the worker {wrong}", self._where, INSTALL) from wrong
        except KilledWorker as wrong:
            if sent.times < TIMES:
                self._suspects.append(replace(sent, times=TIMES))
                return None
            message = f"{wrong.allowed_failures + 1} workers of the cluster died while it was made"
            hint = "perhaps there was not enough memory"
            problem = error("cluster", message, place_of(sent.work), hint)
            return Result(sent.work, None, (problem,), seconds, sound=False)
        except Exception as wrong:
            if self._client.status != "running":
                raise ClusterError(self._lost()) from wrong
            if sent.times < TIMES:
                self._send(replace(sent, times=sent.times + 1))
                return None
            message = f"it cannot be made on the cluster: {type(wrong).__name__}: {wrong}"
            problem = error("cluster", message, place_of(sent.work))
            return Result(sent.work, None, (problem,), seconds, sound=False)


async def _knock(address: str) -> None:
    """See whether Dask answers at an address: a client waits for ever for what says nothing.

    Raises OSError if no scheduler answers within `PATIENCE`, and ValueError if it is no address.
    """
    arguments = Security().get_connection_args("client")
    answer = connect(address, timeout=PATIENCE, **arguments)
    try:
        comm = await asyncio.wait_for(answer, PATIENCE + LOOK)
    except TimeoutError:
        raise OSError(f"what listens there says nothing in {PATIENCE + LOOK:g} s") from None
    except (OSError, ValueError):
        raise
    except Exception as wrong:  # whatever Dask makes of bytes that are not its own
        raise OSError("what listens there is something else") from wrong
    comm.abort()


def _whole(work: Any, _parts: Sequence[str]) -> Any:
    """Return a piece of work that nothing was taken from."""
    return work
