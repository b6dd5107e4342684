"""How long the translation memory takes to answer when it is small, and when it is large."""

from __future__ import annotations

import random
import statistics
import time
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs.project import Project
from ankl_i18n.exchange.memory import opened
from ankl_i18n.settings import load
from benchmarks.report import machine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SEED: Final = 20240229
# English has few words that are everywhere and many that are rare (Zipf's law).
WORDS: Final = 20_000
LENGTH: Final = range(4, 25)
QUERIES: Final = 200
SETTINGS: Final = '[tool.ankl_i18n]\nname = "A memory"\nlanguages = ["fr"]\n'
UNIT: Final = (
    '<tu><tuv xml:lang="en"><seg>{0}</seg></tuv><tuv xml:lang="fr"><seg>{0}</seg></tuv></tu>\n'
)


def measure(root: Path, sizes: Iterable[int]) -> Iterator[str]:
    """Yield the report on memories of so many texts each, line by line."""
    yield machine(1)[0]
    yield ""
    yield "| texts | made in | an answer: median | slowest of twenty | against the first |"
    yield "| ---: | ---: | ---: | ---: | ---: |"
    first = 0.0
    for size in sizes:
        made, times = _times(root / str(size), size)
        median, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        first = first or median
        yield (
            f"| {size:,} | {made:.0f} s | {median * 1000:.1f} ms | {slow * 1000:.1f} ms "
            f"| {median / first:.1f} × |"
        )


def _times(folder: Path, size: int) -> tuple[float, list[float]]:
    """Return the processor time that a memory takes to be made, and that of each answer."""
    dice = random.Random(SEED)
    words = ["".join(dice.choices("etaoinshrdlu", k=dice.randint(2, 9))) for _ in range(WORDS)]
    weights = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))
    texts = (
        " ".join(dice.choices(words, cum_weights=weights, k=dice.choice(LENGTH))).capitalize() + "."
        for _ in range(size)
    )
    asked = _write(folder, texts, dice, size)
    start = time.process_time()
    memory, problems = opened(Project(load(folder)))
    made = time.process_time() - start
    assert not problems
    with memory:
        return made, [_time(memory.search, text) for text in asked]


def _time(search: object, text: str) -> float:
    assert callable(search)
    start = time.process_time()
    search(text, "fr")
    return time.process_time() - start


def _write(folder: Path, texts: Iterator[str], dice: random.Random, size: int) -> list[str]:
    """Write a memory; return texts like some in it, with a word changed in each."""
    (folder / "tm").mkdir(parents=True)
    (folder / "source").mkdir()
    (folder / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    chosen = set(dice.sample(range(size), QUERIES))
    asked = []
    with (folder / "tm" / "memory.tmx").open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="en"/><body>\n')
        for number, text in enumerate(texts):
            file.write(UNIT.format(text))
            if number in chosen:
                words = text.split()
                words[dice.randrange(len(words))] = "another"
                asked.append(" ".join(words))
        file.write("</body></tmx>\n")
    return asked
