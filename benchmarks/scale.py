"""Whether a PDF costs the same in a small build and in a large one: time, and memory.

Leaflets in five languages are built from nothing, on two paper sizes. The planner (the process
that decides what is made, and writes it) is measured apart from the workers. With `paper=False`
its workers are replaced by a function that returns at once, so that the planner can be measured
at sizes that would take hours.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.corpus import Corpus, write
from benchmarks.report import machine

if TYPE_CHECKING:
    from ankl_i18n.build.records import Done

TAGS: Final = ("fr", "ar", "ja", "hi")
PAPERS: Final = ("a4", "letter")
PER_LEAFLET: Final = (len(TAGS) + 1) * len(PAPERS)
# How often the workers' memory and time are looked at, in seconds.
LOOK: Final = 0.25
TICKS: Final = os.sysconf("SC_CLK_TCK")
HEAD: Final = (
    "| PDFs | planner: for each PDF | memory "
    "| workers: for each PDF | for each more | largest worker | clock |",
    "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build cost: seconds of processor time and MiB of the planner and its workers.

    The planner's time is that from the first finished PDF to the last, without what a start
    costs; that of the workers includes it. `clock` is the whole build.
    """

    pdfs: int
    planner: float
    memory: float
    workers: float
    largest: float
    clock: float

    def row(self, smaller: Cost | None) -> str:
        """Return a row of the table; `smaller` is the cost of the build above it."""
        each = 1000 / max(self.pdfs - 1, 1)
        more = "–"
        if smaller and smaller.pdfs < self.pdfs:
            cost = (self.workers - smaller.workers) / (self.pdfs - smaller.pdfs)
            more = f"{cost * 1000:.0f} ms"
        return (
            f"| {self.pdfs:,} | {self.planner * each:.1f} ms | {self.memory:.0f} MiB "
            f"| {self.workers * each:.0f} ms | {more} | {self.largest:.0f} MiB "
            f"| {self.clock:.1f} s |"
        )


def measure(root: Path, sizes: Iterable[int], sections: int, *, paper: bool) -> Iterator[str]:
    """Yield the report on builds of about so many PDFs each, line by line."""
    made = "set on paper" if paper else "not set: the planner alone"
    yield f"leaflets of {sections} sections, {made}"
    yield machine(1)[0]
    yield ""
    yield from HEAD
    cost = None
    for size in sizes:
        folder = root / str(size)
        write(folder, Corpus(max(round(size / PER_LEAFLET), 1), TAGS, sections=sections))
        smaller, cost = cost, build_cost(folder, paper=paper)
        yield cost.row(smaller)


def build_cost(folder: Path, *, paper: bool) -> Cost:
    """Build a project in a process of its own, watch all that it starts, and return the cost."""
    command = [sys.executable, "-m", "benchmarks.scale", str(folder), "paper" if paper else ""]
    process = subprocess.Popen(
        command, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    seconds: dict[int, float] = {}
    largest = 0
    while process.poll() is None:
        for pid, (used, peak) in _others(process.pid).items():
            seconds[pid], largest = used, max(largest, peak)
        time.sleep(LOOK)
    said = json.loads(process.communicate()[0].splitlines()[-1])
    return Cost(
        pdfs=said["pdfs"], planner=said["seconds"], memory=said["memory"],
        workers=sum(seconds.values()), largest=largest / 1024, clock=said["clock"],
    )  # fmt: skip


def _others(session: int) -> dict[int, tuple[float, int]]:
    """Return processor time (s) and peak memory (KiB) of a session's processes but its first."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            status = (folder / "status").read_text()
        except OSError:
            continue
        if int(fields[3]) == session != int(folder.name) and "VmHWM" in status:
            peak = status.partition("VmHWM:")[2].split()[0]
            found[int(folder.name)] = ((int(fields[11]) + int(fields[12])) / TICKS, int(peak))
    return found


def _build(folder: Path, *, paper: bool) -> None:
    """Build a project, and print what it cost this process."""
    from ankl_i18n.build import printing
    from ankl_i18n.build.run import build
    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.engine import workers
    from ankl_i18n.settings import Options, load

    if not paper:
        printing._pool, workers.get_ready = lambda *_: _AtOnce(), lambda _: None
    first: list[float] = []
    pdfs = 0

    def progress(done: Done, _seconds: float) -> None:
        nonlocal pdfs
        if not first:
            first.append(time.process_time())
        pdfs += done.job.kind == "pdf" and not done.problems

    options = Options(only="pdf", papers=PAPERS, jobs=len(os.sched_getaffinity(0)))
    begin = time.monotonic()
    build(Project(load(folder), options), progress)
    cost = {
        "pdfs": pdfs,
        "seconds": time.process_time() - first[0],
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "clock": time.monotonic() - begin,
    }
    print(json.dumps(cost))


class _AtOnce:
    """A pool whose work is done at once: what comes back is as large as a small PDF."""

    def __enter__(self) -> _AtOnce:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, *works: Iterable[Any]) -> Iterator[Any]:
        from ankl_i18n.engine.workers import Result

        for work in chain.from_iterable(works):
            data = (f"%PDF-{work.paper}" + work.html).encode()[-20_000:]
            yield Result(work, data, (), 0.1)


if __name__ == "__main__":
    _build(Path(sys.argv[1]), paper=bool(sys.argv[2]))
