"""Copies of this process: everything is done once, whatever becomes of them."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from ankl_i18n.coverage import prepare as status
from ankl_i18n.engine.cache import Cache
from ankl_i18n.engine.copies import Copies, processors
from ankl_i18n.engine.queries import Queries, query, value_name
from sample_project import make, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def divided(count: int, copies: int, do: Callable[[int], None]) -> tuple[list[int], list[int]]:
    """Return which of so many pieces of work copies did, and which this process."""
    done: list[int] = []

    def work(piece: int) -> None:
        do(piece)
        done.append(piece)

    with Copies(range(count), work, lambda: done, count=copies) as made:
        for piece in made.left():
            done.append(piece)
            time.sleep(0.001)
        theirs = [piece for found in made.found() for piece in found]
    return theirs, done


@pytest.mark.parametrize("copies", [0, 1, 3])
@pytest.mark.parametrize("count", [0, 1, 50, 20_000])
def test_each_piece_is_done_once(count: int, copies: int) -> None:
    theirs, ours = divided(count, copies, lambda _: None) if count < 100 else _many(count, copies)
    assert sorted(theirs + ours) == list(range(count))


def test_pipes_that_hold_little(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = os.pipe

    def small() -> tuple[int, int]:
        ends = pipe()
        fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, 4096)
        return ends

    monkeypatch.setattr(os, "pipe", small)
    theirs, ours = _many(5000, 2)
    assert sorted(theirs + ours) == list(range(5000))
    assert {*range(1024, 5000)} <= {*ours}


def _many(count: int, copies: int) -> tuple[list[int], list[int]]:
    done: list[int] = []
    with Copies(range(count), done.append, lambda: done, count=copies) as made:
        done += made.left()
        return [piece for found in made.found() for piece in found], done


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


def test_copies_do_some_of_it() -> None:
    theirs, _ = divided(100, 2, lambda _: None)
    assert theirs


def fail(_: int) -> None:
    raise MemoryError


def be_killed(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("do", [fail, be_killed])
def test_nothing_comes_of_a_copy_that_fails(do: Callable[[int], None]) -> None:
    theirs, ours = divided(20, 2, do)
    assert theirs == []
    assert 18 <= len(ours) <= 20


def test_copies_end_with_the_block() -> None:
    def sleep(_: int) -> None:
        time.sleep(60)

    begin = time.monotonic()
    with (
        pytest.raises(KeyboardInterrupt),
        Copies([1], sleep, list, count=1) as made,
    ):
        (copy,) = made._copies
        raise KeyboardInterrupt
    assert time.monotonic() - begin < 10
    with pytest.raises(ProcessLookupError):
        os.kill(copy.process, 0)


KILLED = """\
import os, signal, time
from ankl_i18n.engine.copies import Copies, processors

def found():
    time.sleep(0.3)
    return bytes(1_000_000)

with Copies([1, 2, 3], print, found, count=2):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_copies_end_when_nobody_reads_them() -> None:
    # They hold its output open: who reads it to its end waits for them, too.
    command = [sys.executable, "-c", KILLED]
    ran = subprocess.run(command, capture_output=True, check=False, timeout=30)
    assert ran.returncode == -signal.SIGKILL


def test_copies_end_when_not_all_can_start(monkeypatch: pytest.MonkeyPatch) -> None:
    fork, copies = os.fork, []

    def interrupted() -> int:
        if copies:
            raise KeyboardInterrupt
        copies.append(fork())
        return copies[0]

    monkeypatch.setattr(os, "fork", interrupted)
    with pytest.raises(KeyboardInterrupt), Copies([1], time.sleep, list, count=2):
        pass
    with pytest.raises(ProcessLookupError):
        os.kill(copies[0], 0)


SQUARES: list[str] = []


@query
def square(_queries: Queries, number: str) -> int:
    SQUARES.append(number)
    return int(number) ** 2


def test_a_copy_leaves_the_database_alone(tmp_path: Path) -> None:
    def opened() -> Queries:
        return Queries(lambda: Cache(tmp_path / "cache"), tmp_path, {})

    queries = opened()
    square(queries, "3")
    queries.cache.save()

    def do(number: int) -> None:
        square(queries, str(number))
        queries.cache.save()

    name = value_name(square, str(10**20))
    start = queries.cache.be_apart
    with Copies([10**20], do, queries.news, count=1, start=start) as copies:
        (news,) = copies.found()
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

    class Counted(Copies[tuple[str, str]]):
        def __enter__(self) -> Counted:
            started.append(len(self._works))
            super().__enter__()
            return self

    monkeypatch.setattr(status, "processors", lambda: 3)
    monkeypatch.setattr(status, "MEGABYTE", 1)
    monkeypatch.setattr(status, "Copies", Counted)
    for command, times in (("coverage", 1), ("coverage", 1), ("check", 1), ("coverage", 1)):
        run(command, "--project", str(tmp_path))
        assert len(started) == times
