"""Whether export and import cost the same memory for few leaflets and for many."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.corpus import LANGUAGES, Corpus, write
from benchmarks.report import machine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STEPS: Final = ("export", "import")
HEAD: Final = (
    "| leaflets × languages | files | export: memory | for each file "
    "| import: memory | for each file |",
    "| ---: | ---: | ---: | ---: | ---: | ---: |",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step cost: MiB at its peak, and seconds of processor time."""

    memory: float
    seconds: float


def measure(
    root: Path, sizes: Iterable[int], languages: int, sections: int, form: str
) -> Iterator[str]:
    """Yield the report on projects of so many leaflets each, line by line."""
    yield f"leaflets of {sections} sections, {form}"
    yield machine(1)[0]
    yield ""
    yield from HEAD
    for size in sizes:
        folder = root / str(size)
        tags = LANGUAGES[:languages]
        write(folder, Corpus(size, tags, share=0.5, sections=sections))
        costs = [step_cost(folder, step, form) for step in STEPS]
        files = len(list((folder / "export").iterdir()))
        cells = (f"{one.memory:.0f} MiB | {one.seconds / files * 1000:.1f} ms" for one in costs)
        yield f"| {size:,} × {languages} | {files:,} | {' | '.join(cells)} |"


def step_cost(folder: Path, step: str, form: str) -> Cost:
    """Export or import a project in a process of its own, and return the cost."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.exchange_scale", str(folder), step, form],
        cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def _run(folder: Path, step: str, form: str) -> None:
    """Do a step as the command does, and print what it cost this process."""
    from ankl_i18n.cli import main

    made = sorted(str(path) for path in (folder / "export").glob("*"))
    arguments = ["export", "--format", form] if step == "export" else ["import", "--write", *made]
    with suppress(SystemExit):  # the checks find errors in translations that say nothing
        main([*arguments, "--quiet", "--project", str(folder)])
    used = resource.getrusage(resource.RUSAGE_SELF)
    cost = {"memory": used.ru_maxrss / 1024, "seconds": used.ru_utime + used.ru_stime}
    sys.stdout.write(f"{json.dumps(cost)}\n")


if __name__ == "__main__":
    _run(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
