"""A worker of a Dask cluster: it does tasks in a pool of its own, like the machine that builds."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing import current_process
from pathlib import Path
from socket import gethostname
from typing import Any, Final, cast

from ankl_i18n.engine import identity
from ankl_i18n.engine.cache import Cache, digest
from ankl_i18n.engine.workers import Limits, Pool, Result

OLD: Final = "its program or fonts changed after it was started"
_own = threading.local()
_machine: list[dict[str, str]] = []


class UnlikeError(Exception):
    """A worker is not like the machine that builds; its text says in what."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is told: what to do with `work`, within what, and like which machine."""

    make: Callable[[Any], Any]
    join: Callable[[Any, Sequence[str]], Any]
    work: Any
    limits: Limits
    preload: tuple[str, ...]
    alike: str


def machine() -> dict[str, str]:
    """Return by name what outputs depend on here besides the project: see `identity.parts`."""
    with tempfile.TemporaryDirectory(prefix="ankl-i18n-") as folder:
        return identity.parts(Cache(Path(folder)))


def compared(other: dict[str, str]) -> str:
    """Return in what this machine is not like another; empty if it is."""
    now = machine()
    if not _machine:
        _machine.append(now)
    if now != _machine[0]:
        return f"{OLD} ({gethostname()})"
    return _difference(now, other)


def _difference(here: dict[str, str], other: dict[str, str]) -> str:
    lines = []
    for name in sorted({*here, *other}):
        theirs, ours = (one.get(name) or "none" for one in (here, other))
        if theirs != ours:
            lines.append(f"{name} {theirs} instead of {ours}")
    return f"{', '.join(lines)} ({gethostname()})" if lines else ""


def digest_of(parts: dict[str, str]) -> str:
    """Return the digest of what a machine is."""
    return digest(repr(sorted(parts.items())).encode())


def do(task: Task, *parts: str) -> Result[Any]:
    """Do a piece of work in this thread's own pool; in a worker of the cluster.

    Raises `UnlikeError` on a worker that came later and is not like the machine that builds.
    """
    if not _machine:
        _machine.append(machine())
    if digest_of(_machine[0]) != task.alike:
        raise UnlikeError(f"on {gethostname()} is not like this machine")
    (result,) = _pool(task).run([task.join(task.work, parts)])
    return replace(result, work=None)


def _pool(task: Task) -> Pool[Any]:
    """Return this thread's pool of one warm process with a task's limits."""
    terms = (task.make, task.limits, task.preload)
    if getattr(_own, "terms", None) != terms:
        if hasattr(_own, "pool"):
            _own.pool.__exit__()
        # Dask starts its workers as daemons, which may not have children of their own.
        current_process().daemon = False
        _own.pool = Pool(task.make, count=1, limits=task.limits, preload=task.preload)
        _own.terms = terms
    return cast("Pool[Any]", _own.pool)
