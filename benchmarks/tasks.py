"""What is measured: the tasks, who takes part in each, and on which inputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import inputs
from benchmarks.measure import Sample, alternate
from benchmarks.peers import Inputs, Peer, counting, extracting, localizing, printing, updating

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measure import Contender

MISSING: Final = "not measured: {source} would install it"


@dataclass(frozen=True, slots=True)
class Task:
    """One task: who takes part, ours first, and how to count what each made."""

    title: str
    counted: str
    peers: tuple[Peer, ...]
    count: Callable[[Path], str]


@dataclass(frozen=True, slots=True)
class Case:
    """A task on some inputs, which `fill` writes into a folder; it returns what is there."""

    task: str
    size: str
    fill: Callable[[Path], str]
    tag: str = "fr"


@dataclass(frozen=True, slots=True)
class Row:
    """What one program cost, and what it made.

    `failure` says why there are no samples; `stopped` is after how many seconds it was stopped.
    """

    name: str
    version: str
    note: str
    result: str = ""
    samples: list[Sample] = field(default_factory=list)
    failure: str = ""
    stopped: float = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """What came out of one case: `inputs` says what the programs started from."""

    task: str
    size: str
    inputs: str
    counted: str
    rows: list[Row]


TASKS: Final = {
    "extract": Task("Extract", "messages", extracting.PEERS, extracting.messages),
    "update": Task("Update", "result", updating.PEERS, updating.states),
    "coverage": Task("Coverage", "translated", counting.PEERS, counting.translated),
    "localize": Task("Localize", "pages", localizing.PEERS, localizing.translated),
    "pdf": Task("PDF", "result", printing.PEERS, printing.pages),
}
SIZES: Final = ("small", "large")


def cases(files: int, source: Path | None = None) -> Iterator[Case]:
    """Yield every task on this project's own leaflets and on many files.

    Those are made from nothing, or are the Markdown files in the folder `source`.
    """

    def many(root: Path) -> str:
        return inputs.book(root, source) if source else inputs.markdown(root, files)

    yield Case("extract", "small", inputs.leaflets)
    yield Case("extract", "large", many)
    yield Case("update", "small", lambda root: inputs.edited(root, inputs.leaflets, "fr"))
    yield Case("update", "large", lambda root: inputs.edited(root, many, "fr"))
    yield Case("coverage", "small", lambda root: inputs.own(root, inputs.PRINTED))
    yield Case("coverage", "large", lambda root: inputs.catalogs(root, max(files // 25, 1), 20))
    yield Case("localize", "small", inputs.leaflets)
    yield Case("localize", "large", many)
    yield Case("pdf", "small", lambda root: inputs.printed(root, ("fr",)))
    yield Case("pdf", "large", lambda root: inputs.printed(root, inputs.PRINTED))


def measured(
    case: Case, root: Path, rounds: int, limit: float | None, *, alone: bool = False
) -> Figures:
    """Measure all programs of a case in the folder `root`, which is empty.

    Programs that are not there, fail or take longer than `limit` seconds have a row that says
    so; ours must not. Raises `CommandError`, `TooSlowError`. `alone` leaves the others out.
    """
    task = TASKS[case.task]
    peers = task.peers[:1] if alone else task.peers
    given = Inputs(root, case.tag)
    described = case.fill(root)
    rows = [Row(peer.name, peer.program.version(), peer.note) for peer in peers]
    contenders: list[Contender] = []
    for number, (peer, row) in enumerate(zip(peers, rows, strict=True)):
        if row.version:
            contenders.append(peer.contender(given))
        else:
            rows[number] = replace(row, failure=MISSING.format(source=peer.program.source))
    for contender, taken in zip(contenders, alternate(contenders, rounds, limit), strict=True):
        number = next(n for n, row in enumerate(rows) if row.name == contender.name)
        is_done = not (taken.failure or taken.stopped)
        rows[number] = replace(
            rows[number],
            result=task.count(contender.output) if is_done else "",
            samples=taken.samples if is_done else [],
            failure=taken.failure,
            stopped=taken.stopped,
        )
    return Figures(case.task, case.size, described, task.counted, rows)
