"""How the time of an update grows: catalogs of 1,000, 10,000 and 100,000 messages."""

from __future__ import annotations

import gc
import random
from time import process_time
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.renewal import update
from ankl_i18n.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIZES: Final = (1_000, 10_000, 100_000)
SEED: Final = 20240229
EDITED: Final = 0.1
WORDS: Final = 20_000
# How much more than in line with the size the time may grow.
ALLOWED: Final = 1.3
HEADERS: Final = {"Language": "fr", "Content-Type": "text/plain; charset=UTF-8"}
SYLLABLES: Final = tuple(a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an"))


def compare(root: Path, rounds: int) -> str:
    """Return a table: for each size the processor time of reading, updating and saving."""
    for size in SIZES:
        _write(root, size)
    gc.disable()  # as the command does
    times = {size: [_update(root, size) for _ in range(rounds)] for size in SIZES}
    lines = ["| messages | processor | for each message | grows |", "| ---: | ---: | ---: | ---: |"]
    base = 0.0
    for size in SIZES:
        taken = min(times[size])
        each = taken / size
        base = base or each
        lines.append(
            f"| {size:,} | {taken:.2f} s | {each * 1e6:.0f} µs | {each / base:.2f} times linear |"
        )
    return "\n".join(lines)


def _write(root: Path, size: int) -> None:
    chance = random.Random(SEED)
    vocabulary = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(WORDS)]
    # Few words are frequent, most are rare (Zipf's law).
    weights = [1 / rank for rank in range(1, WORDS + 1)]
    texts = list(dict.fromkeys(_texts(chance, vocabulary, weights, size)))
    edited = set(chance.sample(range(len(texts)), int(len(texts) * EDITED)))
    new = [_edited(chance, t, vocabulary) if n in edited else t for n, t in enumerate(texts)]
    made = po.new("old.po", HEADERS)
    made.entries = [_entry(place, text, f"T{place}") for place, text in enumerate(texts)]
    (root / f"{size}.po").write_bytes(po.write(made))
    made.entries = [_entry(place, text, "") for place, text in enumerate(dict.fromkeys(new))]
    (root / f"{size}.pot").write_bytes(po.write(made))


def _texts(
    chance: random.Random, vocabulary: list[str], weights: list[float], size: int
) -> Iterator[str]:
    totals = list(_sums(weights))
    for _ in range(size):
        yield " ".join(chance.choices(vocabulary, cum_weights=totals, k=chance.randint(3, 30)))


def _sums(weights: list[float]) -> Iterator[float]:
    total = 0.0
    for weight in weights:
        total += weight
        yield total


def _edited(chance: random.Random, text: str, vocabulary: list[str]) -> str:
    words = text.split(" ")
    words[chance.randrange(len(words))] = chance.choice(vocabulary)
    return " ".join(words)


def _entry(place: int, text: str, msgstr: str) -> po.Entry:
    comment = f"Section: Part {place // 20} · paragraph"
    return po.Entry(msgid=text, msgstr=msgstr, comment=comment, occurrences=[("book.md", "")])


def _update(root: Path, size: int) -> float:
    path = root / "work.po"
    path.write_bytes((root / f"{size}.po").read_bytes())
    begin = process_time()
    catalog = po.read(path)
    update(catalog, po.read(root / f"{size}.pot"), language("fr"))
    po.save(catalog, path)
    return process_time() - begin
