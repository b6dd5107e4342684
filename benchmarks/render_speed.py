"""How long a leaflet takes to render in each language: ours, WeasyPrint's, Typst's, Chromium's.

Every maker but Chromium runs in a process of its own for each language, so that memory is that of
this language; the process is warm: it has made the same PDF before. Chromium is many processes: one
that is started already opens the page and prints it, and the processor time of all is counted.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version as installed
from pathlib import Path
from typing import Final

from ankl_i18n.build import outputs
from ankl_i18n.build.jobs import jobs
from ankl_i18n.catalogs.project import Project
from ankl_i18n.languages import Language, language
from ankl_i18n.languages.reader import language_data
from ankl_i18n.preflight.run import output_of
from ankl_i18n.settings import Options, load
from benchmarks.measure import run
from benchmarks.report import machine, version
from benchmarks.typst_source import typst_source

MILLISECOND: Final = 1000
TICK: Final = MILLISECOND / os.sysconf("SC_CLK_TCK")
# Targets: processor time of a warm render, by how the name of a script's font begins; the time
# by the clock for each PDF of a whole build on two cores; memory of a worker; times Typst.
TARGETS: Final = {
    "Noto Sans CJK": 150, "Noto Sans Thai": 150, "Noto Naskh Arabic": 250,
    "Noto Nastaliq Urdu": 350,
}  # fmt: skip
LATIN: Final = ("Noto Sans", 150)
WHOLE, MEGABYTES, TIMES_TYPST = 120, 100, 1.2
HEAD: Final = (
    "language", "pages", "ankl-i18n", "target", "WeasyPrint", "Typst", "times Typst",
    "by the clock", "Chromium", "Chromium by the clock", "memory",
)  # fmt: skip
NOTE: Final = (
    "ms of processor time, best of the rounds (median), of Chromium the mean; by the clock: ms, "
    "best; memory in MB. WeasyPrint is `write_pdf(pdf_variant='pdf/ua-1')` of the same "
    "page, Typst gets the same text and structure."
)


@dataclass(frozen=True, slots=True)
class Task:
    """A page to render; the same messages as Typst source are in a file beside it."""

    language: Language
    page: Path
    rounds: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a maker took: milliseconds of each round but the first, peak memory in MB."""

    cpu: list[float]
    wall: list[float]
    megabytes: float

    def cell(self) -> str:
        """Return the best processor time and the median."""
        return f"{min(self.cpu):.0f} ({statistics.median(self.cpu):.0f})"


def compare(project: Path, name: str, folder: Path, tags: tuple[str, ...], rounds: int) -> str:
    """Return a Markdown table of a project's leaflet on A4, a row for each language."""
    lines = [*machine(rounds), *_versions(), "", NOTE, "", *_table([HEAD])]
    lines[-1:] = [lines[-1], f"| {' | '.join(['---', *['---:'] * (len(HEAD) - 1)])} |"]
    with Chromium() as chromium:
        for task in _tasks(project, name, folder, tags, rounds):
            lines += _table([_row(task, chromium)])
    return "\n".join(lines)


def _versions() -> Iterator[str]:
    yield (
        f"WeasyPrint {installed('weasyprint')}, Typst {installed('typst')}, "
        f"Chromium {version(['chromium', '--version'])}"
    )


def _tasks(
    project: Path, name: str, folder: Path, tags: tuple[str, ...], rounds: int
) -> list[Task]:
    site = Project(load(project), Options(tags, only="pdf", papers=("a4",), drafts=True))
    with site.traced():
        named = [job for job in jobs(site) if job.name == name]
        tasks = []
        for job in named:
            page = folder / f"{job.tag}.html"
            html = outputs.make(site, job)
            page.write_text(html, encoding="utf-8")
            source = typst_source(html, output_of(site, job))
            page.with_suffix(".typ").write_text(source, encoding="utf-8")
            tasks.append(Task(language(job.tag), page, rounds))
        return tasks


def _row(task: Task, chromium: Chromium) -> list[str]:
    ours, weasyprint, typst = (
        _alone(maker, task.page.with_suffix(suffix), task.rounds)
        for maker, suffix in (("ankl-i18n", ".html"), ("weasyprint", ".html"), ("typst", ".typ"))
    )
    target = _target(language_data(task.language.tag).script.font)
    best = min(ours.cpu)
    times = best / min(typst.cpu)
    chromium_cpu, chromium_clock = chromium.print(task)
    return [
        task.language.english, str(_pages(task)), _judged(ours.cell(), best <= (target or best)),
        str(target or "–"), weasyprint.cell(), typst.cell(),
        _judged(f"{times:.2f}", times <= TIMES_TYPST), f"{min(ours.wall):.0f}",
        _judged(f"{chromium_cpu:.0f}", best < chromium_cpu), f"{chromium_clock:.0f}",
        _judged(f"{ours.megabytes:.0f}", ours.megabytes <= MEGABYTES),
    ]  # fmt: skip


def _target(font: str) -> int | None:
    """Return the target of a script by its font, None if there is none."""
    named = (most for name, most in TARGETS.items() if font.startswith(name))
    return LATIN[1] if font == LATIN[0] else next(named, None)


def _judged(figure: str, is_met: bool) -> str:
    """Return a figure, marked where it misses its target."""
    return figure if is_met else f"**{figure}**"


def _table(rows: list[tuple[str, ...] | list[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in rows]


def _pages(task: Task) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(task.page.with_suffix(".pdf")))


# --- makers ----------------------------------------------------------------------------------


def _alone(maker: str, file: Path, rounds: int) -> Figures:
    """Return what a maker takes in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.render_one", maker, str(file), str(rounds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Figures(**json.loads(done.stdout))


class Chromium:
    """A browser that is started already."""

    def __init__(self) -> None:
        from selenium.webdriver import Chrome, ChromeOptions, ChromeService

        options = ChromeOptions()
        for option in ("--headless", "--no-sandbox", "--disable-gpu"):
            options.add_argument(option)
        service = ChromeService("/usr/bin/chromedriver")
        self.driver = Chrome(options, service)
        self.pid = service.process.pid

    def __enter__(self) -> Chromium:
        return self

    def __exit__(self, *_: object) -> None:
        self.driver.quit()

    def print(self, task: Task) -> tuple[float, float]:
        """Return the milliseconds of a page opened and printed: processor, mean; clock, best."""
        taken, begin = [], 0.0
        for turn in range(task.rounds + 1):
            if turn == 1:
                begin = self._processor()
            clock = time.perf_counter()
            self.driver.get(task.page.as_uri())
            self.driver.print_page()
            taken.append((time.perf_counter() - clock) * MILLISECOND)
        return (self._processor() - begin) / task.rounds, min(taken[1:])

    def _processor(self) -> float:
        """Return the milliseconds that all its processes have used (proc(5), stat)."""
        parents, used = {}, {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = path.read_text().rpartition(")")[2].split()
                pid = int(path.parent.name)
                parents[pid] = int(fields[1])
                used[pid] = sum(map(int, fields[11:15]))  # children that ended, too
        return sum(used[pid] for pid in used if self._is_ours(pid, parents)) * TICK

    def _is_ours(self, pid: int, parents: dict[int, int]) -> bool:
        while pid in parents and pid != self.pid:
            pid = parents[pid]
        return pid == self.pid


# --- the whole build -------------------------------------------------------------------------


def whole(project: Path, folder: Path, rounds: int) -> str:
    """Return what building everything from nothing takes, for each PDF, by the clock."""
    copy = folder / "project"
    site = Project(load(project), Options(drafts=True))
    for path in ("ankl-i18n.toml", "pyproject.toml", "source", "locale"):
        if (project / path).is_dir():
            shutil.copytree(project / path, copy / path)
        elif (project / path).is_file():
            copy.mkdir(exist_ok=True)
            shutil.copy(project / path, copy / path)
    count = sum(job.kind == "pdf" for job in jobs(site))
    workers = len(os.sched_getaffinity(0))
    command = [
        sys.executable,
        "-m",
        "ankl_i18n",
        "build",
        "--drafts",
        "--quiet",
        "--jobs",
        str(workers),
    ]
    samples = []
    for _ in range(rounds):
        for made in ("build", ".cache"):
            shutil.rmtree(copy / made, ignore_errors=True)
        samples.append(run(command, copy))
    wall, cpu = min(s.wall for s in samples), min(s.cpu for s in samples)
    each = wall / count * MILLISECOND
    return (
        f"Everything from nothing, {count} PDFs and their pages, {workers} at a time: "
        f"{wall:.1f} s by the clock, {cpu:.1f} s of processor time; "
        f"{_judged(f'{each:.0f}', each <= WHOLE)} ms by the clock for each PDF (target {WHOLE})."
    )
