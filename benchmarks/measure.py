"""Run commands and say what they cost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LAUNCHER: Final = (sys.executable, "-I", "-S", str(Path(__file__).parent / "launch.py"))
# Tools that take longer than this many seconds run less often: `SLOW_ROUNDS` times in all.
SLOW: Final = 5.0
SLOW_ROUNDS: Final = 3


class CommandError(Exception):
    """A measured command ended with an error; its text holds what the command printed."""


class TooSlowError(Exception):
    """A measured command was stopped because it took longer than it may."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one run cost: seconds on the clock, seconds of processor time, MiB of memory.

    Processor time is that of the process and all its children, user and system together;
    memory is the peak of the largest one of them (getrusage(2), `ru_maxrss`). Less than 9 MiB
    cannot be told.
    """

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Contender:
    """A tool under measurement: it runs in `folder` and writes `output`, a file or a folder.

    Before each run `output` is removed, or made a copy of the file `before` where that is given;
    what `also` names is removed too.
    """

    name: str
    version: str
    command: Sequence[str]
    folder: Path
    output: Path
    before: Path | None = None
    note: str = ""
    also: Sequence[Path] = ()

    def prepare(self) -> None:
        """Bring the output into the state that every run starts from."""
        for path in (self.output, *self.also):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        self.output.parent.mkdir(parents=True, exist_ok=True)
        if self.before:
            shutil.copyfile(self.before, self.output)


@dataclass(slots=True)
class Taken:
    """The samples of one contender, or why there are none.

    `stopped` is after how many seconds it was stopped; 0: it was not.
    """

    samples: list[Sample] = field(default_factory=list)
    failure: str = ""
    stopped: float = 0


def run(command: Sequence[str], folder: Path, limit: float | None = None) -> Sample:
    """Run a command to its end and return its cost.

    Raises `CommandError`, and `TooSlowError` after `limit` seconds.
    """
    with TemporaryDirectory(prefix="ankl-cost-") as made:
        report, printed = Path(made) / "cost", Path(made) / "printed"
        with printed.open("wb") as target:
            process = subprocess.Popen(
                [*LAUNCHER, str(report), *command],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=target,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                process.wait(limit)
            except BaseException as stop:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                if isinstance(stop, subprocess.TimeoutExpired):
                    raise TooSlowError(f"stopped after {limit:.0f} s") from stop
                raise
        if process.returncode:
            end = printed.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise CommandError(f"{' '.join(command[:6])} ... failed:\n{end}")
        return Sample(*map(float, report.read_text(encoding="ascii").split()))


def alternate(
    contenders: Sequence[Contender], rounds: int, limit: float | None = None
) -> list[Taken]:
    """Measure all contenders in turns, A B A B ..., and return what each cost.

    Turns spread whatever else the machine does over all of them. Each runs once beforehand,
    so that files and compiled code are in the caches; of a tool that takes longer than `SLOW`
    this run counts. The first contender must not fail, nor take longer than `limit` seconds:
    raises what `run` raises.
    """
    taken = [Taken() for _ in contenders]
    for turn in range(rounds + 1):
        for contender, costs in zip(contenders, taken, strict=True):
            is_slow = any(sample.wall > SLOW for sample in costs.samples)
            if (
                costs.failure
                or costs.stopped
                or (is_slow and len(costs.samples) >= min(rounds, SLOW_ROUNDS))
            ):
                continue
            contender.prepare()
            try:
                sample = run(contender.command, contender.folder, limit)
            except CommandError as failure:
                if contender is contenders[0]:
                    raise
                costs.failure = str(failure)
                continue
            except TooSlowError:
                if contender is contenders[0]:
                    raise
                costs.stopped = limit or 0
                continue
            if turn or sample.wall > SLOW:
                costs.samples.append(sample)
    return taken


def typical(samples: Sequence[Sample], cost: Callable[[Sample], float]) -> float:
    """Return the median of one cost."""
    return median(map(cost, samples))


def ratio(
    ours: Sequence[Sample], theirs: Sequence[Sample], cost: Callable[[Sample], float]
) -> float:
    """Return how many times as much theirs cost: the median of the ratios within each turn.

    Where one of them ran more often than the other: the ratio of their medians.
    """
    if len(ours) != len(theirs):
        return typical(theirs, cost) / typical(ours, cost)
    return median(cost(b) / cost(a) for a, b in zip(ours, theirs, strict=True))
