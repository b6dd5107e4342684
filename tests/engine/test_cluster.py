"""A real scheduler and two real workers on this machine; they are killed, stopped and changed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from distributed import Client
from test_incremental import WORK

from ankl_i18n.build.run import build
from ankl_i18n.catalogs.project import Project
from ankl_i18n.engine import cluster, cluster_worker, identity
from ankl_i18n.engine.cluster import Cluster, ClusterError
from ankl_i18n.engine.workers import Limits
from ankl_i18n.pdf import paper
from ankl_i18n.pdf.paper import PrintJob
from ankl_i18n.settings import Options, load
from bad_work import page, work
from patience import PATIENCE
from sample_project import EPOCH, SampleProject, make
from stuck_work import always_stuck, stuck_once

HOST = "127.0.0.1"
LIMITS = Limits(0.7, 200)
DASK = {
    "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "3s",  # Dask waits for 5 s at least
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
}


@dataclass
class Dask:
    """A scheduler's address, and the processes of its workers, each in a session of its own."""

    address: str
    workers: list[subprocess.Popen[bytes]]

    def worker_processes(self) -> list[int]:
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(1)
            return list(client.run(os.getpid).values())


@contextmanager
def nobody():
    """An address where nothing listens, and nothing else will meanwhile."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        yield f"tcp://{HOST}:{found.getsockname()[1]}"


@contextmanager
def something(answer: bytes):
    """An address of something else than a scheduler, which says one thing to one caller."""

    over = threading.Event()

    def speak() -> None:
        with suppress(OSError):  # nobody called, or hung up
            caller, _ = server.accept()
            with caller:
                caller.sendall(answer)
                caller.recv(10**6)
                over.wait()

    with socket.create_server((HOST, 0)) as server:
        server.settimeout(PATIENCE)
        speaker = threading.Thread(target=speak)
        speaker.start()
        yield f"tcp://{HOST}:{server.getsockname()[1]}"
        over.set()
        speaker.join()


@contextmanager
def scheduler(folder: Path):
    """A scheduler's process and its address, on a port that the system chose for it."""
    folder.mkdir(exist_ok=True)
    said = folder / "scheduler.json"
    options = ("--host", HOST, "--port", "0", "--scheduler-file", str(said))
    with started("scheduler", *options) as process:
        end = time.monotonic() + PATIENCE
        address = ""
        while not address:
            with suppress(OSError, ValueError):
                address = json.loads(said.read_text(encoding="utf-8"))["address"]
            assert time.monotonic() < end, "the scheduler did not start"
            time.sleep(0.05)
        yield process, address


@contextmanager
def started(*arguments: str, **env: str):
    """Run `dask ...` in a session of its own; all of it ends with the `with` statement."""
    path = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
        env={**os.environ, **DASK, "PYTHONPATH": path, "SOURCE_DATE_EPOCH": EPOCH, **env},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        kill(process, signal.SIGKILL)
        process.wait()


def kill(process: subprocess.Popen[bytes], how: int) -> None:
    """Send a signal to a process and its children: as if the machine was lost."""
    os.killpg(process.pid, how)


@contextmanager
def dask(folder: Path, workers: int = 2, **env: str):
    """A scheduler with its workers, of one thread each."""
    with ExitStack() as stack:
        _, address = stack.enter_context(scheduler(folder))
        options = ("--nthreads", "1", "--local-directory", str(folder), "--no-dashboard")
        all_workers = [
            stack.enter_context(started("worker", address, *options, **env)) for _ in range(workers)
        ]
        if workers:
            with Client(address, set_as_default=False, timeout=PATIENCE) as client:
                client.wait_for_workers(workers, timeout=PATIENCE)
        yield Dask(address, all_workers)


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """A scheduler on a busy machine may take its time."""
    monkeypatch.setattr(cluster, "PATIENCE", PATIENCE)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Two workers that start again when they are lost."""
    with dask(tmp_path_factory.mktemp("dask")) as two:
        yield two


def options(address: str = "", **others) -> Options:
    return Options(("fr", "ar"), jobs=2, scheduler=address, **others)


def copy(project: SampleProject, root: Path) -> SampleProject:
    shutil.copytree(project.root, root)
    return SampleProject(root)


# --- the same as here ---------------------------------------------------------------------------


@pytest.mark.pdf
def test_a_build_on_a_cluster_is_that_of_this_machine(pair, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    here = make(tmp_path / "here")
    there = copy(here, tmp_path / "there")
    build(Project(load(here.root), options()))
    victim = pair.worker_processes()[0]
    made = []

    def lose_a_worker(done, _seconds):
        made.append(done)
        if sum(one.job.kind == "pdf" for one in made) == 2:
            os.kill(victim, signal.SIGKILL)

    built = build(Project(load(there.root), options(pair.address)), lose_a_worker)
    assert not built.errors
    assert sum(one.job.kind == "pdf" for one in made) == 8
    assert there.built() == here.built()
    # Nobody is asked where nothing is to be done.
    again = build(Project(load(there.root), options("tcp://nobody:1")))
    assert not any(one.changed for one in again.done)


def test_bad_work_fails_alone(pair):
    names = [name for bad in WORK for name in (bad, f"after {bad}")]
    with Cluster(work, address=pair.address, limits=LIMITS) as pool:
        results = {result.work: result for result in pool.run(names)}
    assert set(results) == set(names)
    for name in names:
        said = [problem.message for problem in results[name].problems]
        assert said == ([WORK[name]] if WORK.get(name) else []), name
        assert results[name].output == (None if said else name.upper())


def test_work_is_taken_only_when_a_worker_is_free(pair):
    taken = []

    def works():
        for number in range(60):
            taken.append(number)
            yield str(number)

    with Cluster(work, address=pair.address, limits=LIMITS) as pool:
        for done, _ in enumerate(pool.run(works()), 1):
            assert len(taken) <= done + 2 * cluster.AHEAD
    assert len(taken) == 60


def test_the_same_work_twice(pair):
    with Cluster(work, address=pair.address, limits=LIMITS) as pool:
        assert [result.output for result in pool.run(["a", "a", "a"])] == ["A", "A", "A"]


def test_an_input_travels_once(pair, monkeypatch):
    style, text = f"<style>{'s' * 2000}</style>", "t" * 2000
    pages = [f"<html {n}><head>{style}</head><body>{text}{n // 2}" for n in range(6)]
    sent = []
    parted = {"cut": paper.cut, "join": paper.join}
    with Cluster(page, address=pair.address, limits=LIMITS, **parted) as pool:
        submit = pool._client.submit

        def watched(function, *arguments, **others):
            if function is str:
                sent.append(arguments[0])
            return submit(function, *arguments, **others)

        monkeypatch.setattr(pool._client, "submit", watched)
        jobs = [PrintJob(page, "en", "a4", "", "a.md") for page in pages]
        results = {result.work.html: result.output for result in pool.run(jobs)}
    assert results == {page: page for page in pages}
    assert sorted(sent) == sorted([style, *(f"</head><body>{text}{n}" for n in range(3))])


@pytest.mark.parametrize("html", ["", "x", "<head>", 'a<img src="data:x,' + "y" * 3000 + '">b'])
def test_pages_come_whole_out_of_their_parts(html):
    job = PrintJob(html, "en", "a4", "", "a.md")
    rest, parts = paper.cut(job)
    assert rest.html == ""
    assert paper.join(rest, parts) == job


# --- workers that are lost ----------------------------------------------------------------------


def test_a_worker_that_hangs_loses_nothing(pair):
    hang = pair.worker_processes()[0]
    with Cluster(work, address=pair.address, limits=LIMITS) as pool:
        results = []
        for result in pool.run(map(str, range(40))):
            results.append(result.output)
            if len(results) == 5:
                os.kill(hang, signal.SIGSTOP)
    assert sorted(results) == sorted(map(str, range(40)))


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_machine_that_is_lost_loses_nothing(tmp_path, how):
    with dask(tmp_path / "dask") as two, Cluster(work, address=two.address, limits=LIMITS) as pool:
        results = []
        for result in pool.run(map(str, range(40))):
            results.append(result.output)
            if len(results) == 5:
                kill(two.workers[0], how)
        assert sorted(results) == sorted(map(str, range(40)))


def test_work_that_hangs_with_its_thread_is_done_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "do", stuck_once)
    works = [str(tmp_path / name) for name in ("stuck", *"abcdef")]
    with dask(tmp_path / "dask") as two, Cluster(work, address=two.address, limits=LIMITS) as pool:
        # Once both workers have loaded the program, nothing takes long but what hangs.
        assert [result.output for result in pool.run(["warm"] * 4)] == ["WARM"] * 4
        monkeypatch.setattr(cluster, "ANSWERS", 4)
        results = {result.work: result.output for result in pool.run(works)}
        assert results == {path: Path(path).name.upper() for path in works}
        monkeypatch.setattr(cluster, "do", always_stuck)
        with pytest.raises(ClusterError, match=r"has finished anything for 7\.5 s"):
            list(pool.run(["a", "b"]))


def test_work_that_ends_its_workers_is_named_and_nothing_else(pair):
    works = ["deadly", *map(str, range(8))]
    with Cluster(work, address=pair.address, limits=LIMITS) as pool:
        results = {result.work: result for result in pool.run(works)}
    (problem,) = results.pop("deadly").problems
    assert problem.message == "2 workers of the cluster died while it was made"
    assert {name: result.output for name, result in results.items()} == {
        name: name for name in works[1:]
    }


@pytest.mark.slow
def test_a_scheduler_that_is_lost_is_named(tmp_path):
    with ExitStack() as stack:
        process, address = stack.enter_context(scheduler(tmp_path))
        stack.enter_context(started("worker", address, "--local-directory", str(tmp_path)))
        with (
            pytest.raises(ClusterError, match="the scheduler is no longer there"),
            Cluster(work, address=address, limits=LIMITS) as pool,
        ):
            for result in pool.run(map(str, range(2000))):
                if result.work == "20":
                    kill(process, signal.SIGKILL)


@pytest.mark.slow
def test_a_build_goes_on_when_workers_come_back(tmp_path):
    with dask(tmp_path / "dask", 1) as one:
        results = []
        with Cluster(work, address=one.address, limits=LIMITS) as pool:
            for result in pool.run(map(str, range(30))):
                results.append(result.output)
                if len(results) in {5, 15}:
                    for process in one.worker_processes():
                        os.kill(process, signal.SIGKILL)
        assert sorted(results) == sorted(map(str, range(30)))


@pytest.mark.slow
@pytest.mark.pdf
def test_an_interrupted_build_ends_at_once_and_is_taken_up(pair, tmp_path):
    project = make(tmp_path / "project")
    arguments = ("build", "--only", "pdf", "--scheduler", pair.address)
    process = subprocess.Popen(
        [sys.executable, "-m", "ankl_i18n", *arguments, "--project", project.root],
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    while not project.path("build/fr/drain-a4.pdf").exists() and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    project.run(*arguments)
    assert len(project.built()) == 16


# --- machines that differ -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """A worker that believes it has another WeasyPrint."""
    tmp_path = tmp_path_factory.mktemp("other")
    changed = tmp_path / "changed" / "sitecustomize.py"
    changed.parent.mkdir()
    changed.write_text(
        "from ankl_i18n.engine import identity\n"
        "real = identity.parts\n"
        "identity.parts = lambda cache: {**real(cache), 'weasyprint': '1.0'}\n",
        encoding="utf-8",
    )
    here = (str(changed.parent), str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", ""))
    path = os.pathsep.join(here)
    with dask(tmp_path / "dask", 1, PYTHONPATH=path) as one:
        yield one


def test_a_worker_that_differs_is_named_before_work_starts(other, tmp_path):
    project = make(tmp_path / "project")
    arguments = ("build", "fr", "--only", "pdf", "--scheduler", other.address)
    said = " ".join(project.run(*arguments, code=1).stderr.split())
    own = identity._versions(["weasyprint"])[0]
    assert "is not like this machine: " in said
    assert f"weasyprint 1.0 instead of {own.split()[1]}" in said
    assert project.built() == {}


def test_a_worker_that_comes_late_compares_itself(other, monkeypatch):
    monkeypatch.setattr(Cluster, "_compare", lambda *_: None)
    with (
        pytest.raises(ClusterError, match="is not like this machine"),
        Cluster(work, address=other.address, limits=LIMITS) as pool,
    ):
        list(pool.run(["a"]))


def test_what_a_machine_is(tmp_path):
    found = cluster_worker.machine()
    assert {"ankl-i18n", "fonts", "Python", "weasyprint", "libpango-1.0", "libharfbuzz"} <= {*found}
    assert all(found.values())


def test_a_worker_whose_program_changed_is_to_be_started_again(monkeypatch):
    monkeypatch.setattr(cluster_worker, "_machine", [{"fonts": "old"}])
    assert cluster_worker.OLD in cluster_worker.compared(cluster_worker.machine())


# --- no cluster ---------------------------------------------------------------------------------


def test_no_scheduler(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    project = make(tmp_path / "project")
    with nobody() as address:
        result = project.run("build", "fr", "--only", "pdf", "--scheduler", address, code=1)
    assert f"{address}: error: no scheduler answers" in " ".join(result.stderr.split())


def refused(address: str) -> str:
    with (
        pytest.raises(ClusterError, match="no scheduler answers") as wrong,
        Cluster(work, address=address, limits=LIMITS),
    ):
        pass
    return wrong.value.problems[0].message


def test_no_scheduler_of_that_name(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    before = threading.active_count()
    for address in ("nowhere.invalid:8786", "ftp://x:1", "tcp://", f"{HOST}:99999"):
        refused(address)
    assert threading.active_count() == before


def test_something_else_listens_there(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    monkeypatch.setattr(cluster, "LOOK", 0.5)
    before = threading.active_count()
    with something(b"") as silent:
        assert "what listens there says nothing in 1 s" in refused(silent)
    monkeypatch.setattr(cluster, "PATIENCE", PATIENCE)  # for what answers
    for answer in (b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x10" + bytes(7) + b"no message here!"):
        with something(answer) as other:
            assert "what listens there is something else" in refused(other)
    assert threading.active_count() == before


def test_a_client_that_cannot_start(tmp_path, monkeypatch):
    def client(*_, **__):
        raise AssertionError

    monkeypatch.setattr(cluster, "Client", client)
    with (
        dask(tmp_path, 0) as none,
        pytest.raises(ClusterError, match="no scheduler answers: AssertionError"),
        Cluster(work, address=none.address, limits=LIMITS),
    ):
        pass


def test_no_workers(tmp_path, monkeypatch):
    with dask(tmp_path, 0) as none:
        Client(none.address, set_as_default=False, timeout=PATIENCE).close()  # it is there
        wait = Client.wait_for_workers
        monkeypatch.setattr(Client, "wait_for_workers", lambda it, n, timeout: wait(it, n, 0.1))
        with (
            pytest.raises(ClusterError, match="the scheduler has no workers"),
            Cluster(work, address=none.address, limits=LIMITS),
        ):
            pass


def test_without_the_extra(tmp_path, monkeypatch):
    monkeypatch.setattr("ankl_i18n.cli.build.find_spec", lambda _: None)
    project = make(tmp_path / "project")
    result = project.run("build", "--scheduler", "tcp://x:1", code=2)
    assert "pip install 'ankl-i18n[cluster]'" in " ".join(result.stderr.split())
