"""Copies of this process: everything is done once, whatever becomes of them."""

from __future__ import annotations

import functools
import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import active_children, get_context
from typing import TYPE_CHECKING, Any

import pytest

from ankl_i18n.coverage import prepare as status
from ankl_i18n.engine.cache import Cache
from ankl_i18n.engine.copies import each, processors
from ankl_i18n.engine.queries import Queries, query, value_name
from patience import PATIENCE
from sample_project import make, run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


HERE = os.getpid()
FORK = get_context("fork")


def who(piece: int) -> tuple[int, int]:
    """Return a piece of work and the process that did it."""
    return piece, os.getpid()


@pytest.mark.parametrize("copies", [0, 1, 3])
@pytest.mark.parametrize("count", [0, 1, 50, 5000])
def test_each_piece_is_done_once_and_in_order(tmp_path: Path, count: int, copies: int) -> None:
    log = tmp_path / "log"
    log.touch()

    def do(piece: int) -> int:
        with log.open("a") as file:
            file.write(f"{piece}\n")
        return piece * 2

    assert each(do, range(count), copies=copies) == [2 * piece for piece in range(count)]
    assert sorted(map(int, log.read_text().split())) == list(range(count))


def test_a_process_with_threads_is_not_copied() -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert processors() == 1
    finally:
        end.set()
        thread.join()
    code = "from ankl_i18n.engine.copies import processors; print(processors())"
    alone = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(alone.stdout) == len(os.sched_getaffinity(0))


def test_no_thread_is_left_behind() -> None:
    before = threading.active_count()
    each(who, range(10), copies=2)
    assert threading.active_count() == before
    assert not active_children()


def test_copies_do_some_of_it_and_this_process_the_rest() -> None:
    met, came = FORK.Barrier(3), set[int]()

    def do(piece: int) -> tuple[int, int]:
        if os.getpid() not in came:  # each waits with its first piece until the others have one
            came.add(os.getpid())
            met.wait(PATIENCE)
        return who(piece)

    made = each(do, range(500), copies=2)
    assert [piece for piece, _ in made] == list(range(500))
    workers = {process for _, process in made}
    assert HERE in workers
    assert len(workers) == 3


def test_what_is_first_is_done_here() -> None:
    first: list[int] = []
    started: list[int] = []
    each(who, [1], copies=1, first=lambda: first.append(1), start=lambda: started.append(1))
    assert first == [1]
    assert started == []


def fail(_: int) -> tuple[int, int]:
    raise MemoryError


def be_killed(_: int) -> tuple[int, int]:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def unwritable(_: int) -> object:
    return lambda: None


@pytest.mark.parametrize("there", [fail, be_killed, unwritable])
def test_a_copy_that_fails_costs_time_alone(there: Callable[[int], tuple[int, int]]) -> None:
    assert each(who, range(20), copies=2, in_copy=there) == [(piece, HERE) for piece in range(20)]


def test_copies_that_cannot_begin_cost_time_alone() -> None:
    def start() -> None:
        raise RuntimeError

    assert each(who, range(20), copies=2, start=start) == [(piece, HERE) for piece in range(20)]


def test_what_is_wrong_is_met_here() -> None:
    with pytest.raises(MemoryError):
        each(fail, range(20), copies=2)
    assert not active_children()


def test_copies_end_when_this_process_is_interrupted() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        each(time.sleep, [3600], copies=1, first=interrupted)
    assert not active_children()


KILLED = """\
import os, signal, time
from ankl_i18n.engine.copies import each

parent, (begun, begin) = os.getpid(), os.pipe()

def die():
    os.read(begun, 1)
    os.kill(parent, signal.SIGKILL)

def do(piece):
    os.write(begin, b"x")
    while os.getppid() == parent:
        time.sleep(0.01)
    return bytes(1_000_000)

each(do, [1, 2, 3], copies=2, first=die)
"""


def test_copies_end_when_nobody_reads_them() -> None:
    # They hold its output open: who reads it to its end waits for them, too.
    command = [sys.executable, "-c", KILLED]
    ran = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)
    assert ran.returncode == -signal.SIGKILL


@pytest.mark.parametrize("started", [0, 1])
def test_all_is_done_when_not_all_can_start(monkeypatch: pytest.MonkeyPatch, started: int) -> None:
    fork, copies = os.fork, []

    def refused() -> int:
        if len(copies) == started:
            raise BlockingIOError
        copies.append(fork())
        return copies[-1]

    monkeypatch.setattr(os, "fork", refused)
    assert each(who, range(9), copies=2) == [(piece, HERE) for piece in range(9)]
    assert not active_children()


SQUARES: list[str] = []


@query
def square(_queries: Queries, number: str) -> int:
    SQUARES.append(number)
    return int(number) ** 2


def test_a_copy_leaves_the_database_alone(tmp_path: Path) -> None:
    def opened() -> Queries:
        return Queries(lambda: Cache(tmp_path / "cache"), tmp_path, {})

    queries, taken = opened(), FORK.Event()
    square(queries, "3")
    queries.cache.save()

    def there(number: int) -> list[object]:
        taken.set()
        square(queries, str(number))
        queries.cache.save()
        return queries.news()

    def here(_: int) -> list[object]:
        raise AssertionError

    name = value_name(square, str(10**20))
    start, wait = queries.cache.be_apart, functools.partial(taken.wait, PATIENCE)
    (news,) = each(here, [10**20], copies=1, in_copy=there, start=start, first=wait)
    assert queries.last(name) is None
    queries.take(news)
    assert square(queries, str(10**20)) == 10**40
    assert SQUARES == ["3"]
    queries.close()
    assert opened().last(name) == 10**40


@pytest.mark.parametrize("command", ["check", "coverage"])
@pytest.mark.parametrize("processors", [1, 3])
def test_reports_are_the_same_whoever_makes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, processors: int
) -> None:
    project = make(tmp_path)
    alone = project.run(command, "--format", "json")
    (project.root / ".cache").rename(tmp_path / "gone")
    monkeypatch.setattr(status, "processors", lambda: processors)
    monkeypatch.setattr(status, "MEGABYTE", 1)
    assert project.run(command, "--format", "json").stdout == alone.stdout


SETTINGS = """\
[tool.ankl_i18n]
name = "A book"
languages = ["fr", "de"]
source-dir = "source"
template-path = "po/messages.pot"
catalog-path = "po/{gettext_id}.po"
domain = "messages"
front-matter = "free"
"""


def test_nothing_is_copied_when_all_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "po").mkdir()
    (tmp_path / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "source/a.md").write_text("# One\n\nTwo words.\n", encoding="utf-8")
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalog = header + 'msgid "One"\nmsgstr "Un"\n'
    for name in ("fr", "de"):
        (tmp_path / f"po/{name}.po").write_text(catalog, encoding="utf-8")
    started: list[int] = []

    def counted(function: Any, works: Sequence[Any], **more: Any) -> list[Any]:
        started.append(len(works))
        return each(function, works, **more)

    monkeypatch.setattr(status, "processors", lambda: 3)
    monkeypatch.setattr(status, "MEGABYTE", 1)
    monkeypatch.setattr(status, "each", counted)
    for command, times in (("coverage", 1), ("coverage", 1), ("check", 1), ("coverage", 1)):
        run(command, "--project", str(tmp_path))
        assert len(started) == times
