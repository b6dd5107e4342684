"""Run commands and say what they cost."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from statistics import median
from tempfile import TemporaryFile
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


class CommandError(Exception):
    """A measured command ended with an error; its text holds what the command printed."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one run cost: seconds on the clock, seconds of processor time, MiB of memory.

    Processor time is that of the process and all its children, user and system together;
    memory is the peak of the largest one of them (getrusage(2), `ru_maxrss`).
    """

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Contender:
    """A tool under measurement: it runs in `folder` and writes the file `output`.

    Before each run `output` is removed, or made a copy of the file `before` where that is given.
    """

    name: str
    version: str
    command: Sequence[str]
    folder: Path
    output: Path
    before: Path | None = None

    def prepare(self) -> None:
        """Bring the output into the state that every run starts from."""
        self.output.unlink(missing_ok=True)
        if self.before:
            shutil.copyfile(self.before, self.output)


def run(command: Sequence[str], folder: Path) -> Sample:
    """Run a command to its end and return its cost. Raises `CommandError`."""
    with TemporaryFile() as printed:
        begin = perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=printed, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            printed.seek(0)
            end = printed.read().decode(errors="replace")[-2000:]
            raise CommandError(f"{' '.join(command[:6])} ... failed:\n{end}")
    # Linux counts ru_maxrss in KiB.
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def alternate(contenders: Sequence[Contender], rounds: int) -> list[list[Sample]]:
    """Return the samples of each contender, taken in turns: A B A B ...

    Turns spread whatever else the machine does over all of them. Each runs once beforehand,
    so that files and compiled code are in the caches.
    """
    samples: list[list[Sample]] = [[] for _ in contenders]
    for turn in range(rounds + 1):
        for contender, taken in zip(contenders, samples, strict=True):
            contender.prepare()
            sample = run(contender.command, contender.folder)
            if turn:
                taken.append(sample)
    return samples


def typical(samples: Sequence[Sample], cost: Callable[[Sample], float]) -> float:
    """Return the median of one cost."""
    return median(map(cost, samples))


def ratio(
    ours: Sequence[Sample], theirs: Sequence[Sample], cost: Callable[[Sample], float]
) -> float:
    """Return how many times as much theirs cost: the median of the ratios within each turn."""
    return median(cost(b) / cost(a) for a, b in zip(ours, theirs, strict=True))
