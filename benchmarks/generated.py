"""Plain Markdown made from nothing: files that are the same on every machine."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SEED: Final = 20240229
WHO: Final = ("the nurse", "your doctor", "a pharmacist", "your family", "the clinic", "a visitor")
DOES: Final = ("explains", "checks", "repeats", "writes down", "measures", "asks about")
WHAT: Final = (
    "the dose", "every side effect", "your blood count", "the temperature", "the next visit",
    "a sore mouth", "the tablets", "the name of the **medicine**", "what you ate",
    "the [emergency number](contact.md)", "_any_ new pain", "the `batch` number",
)  # fmt: skip
WHEN: Final = (
    "before breakfast", "every {n} hours", "on day {n} of the cycle", "within {n} minutes",
    "above {n}.5 °C", "for {n} weeks", "at night", "after the infusion",
)  # fmt: skip
HEADINGS: Final = ("When to call", "What to expect", "Your treatment", "At home", "Food and drink")


def write(folder: Path, files: int) -> None:
    """Write that many Markdown files into a folder, ten to a subfolder."""
    for number in range(files):
        path = folder / f"part-{number // 10:02}" / f"leaflet-{number:03}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(leaflet(number), encoding="utf-8")


def leaflet(number: int) -> str:
    """Return one leaflet: headings, paragraphs, lists, a table, a call for code."""
    dice = random.Random(SEED + number)
    blocks = [f"# {dice.choice(HEADINGS)}, part {number}"]
    for section in range(dice.randint(2, 5)):
        blocks.append(f"## {dice.choice(HEADINGS)} {number}.{section}")
        blocks += (dice.choice(BLOCKS)(dice) for _ in range(dice.randint(2, 5)))
    return "\n\n".join(blocks) + "\n"


def _sentence(dice: random.Random) -> str:
    when = dice.choice(WHEN).format(n=dice.randint(1, 48))
    text = f"{dice.choice(WHO)} {dice.choice(DOES)} {dice.choice(WHAT)} {when}."
    return text[0].upper() + text[1:]


def _sentences(dice: random.Random, count: int) -> Iterator[str]:
    return (_sentence(dice) for _ in range(count))


def _paragraph(dice: random.Random) -> str:
    return "\n".join(_sentences(dice, dice.randint(2, 6)))


def _list(dice: random.Random) -> str:
    return "\n".join(f"- {sentence}" for sentence in _sentences(dice, dice.randint(3, 6)))


def _steps(dice: random.Random) -> str:
    steps = _sentences(dice, dice.randint(3, 5))
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))


def _table(dice: random.Random) -> str:
    rows = (f"| {dice.choice(WHAT)} | {_sentence(dice)} |" for _ in range(dice.randint(2, 5)))
    return "\n".join(["| What | How |", "| --- | --- |", *rows])


def _quotation(dice: random.Random) -> str:
    return f"> {_sentence(dice)}"


def _code(dice: random.Random) -> str:
    return f"```text\n{dice.choice(WHO)}: +41 44 {dice.randint(100, 999)}\n```"


BLOCKS: Final[tuple[Callable[[random.Random], str], ...]] = (
    _paragraph, _paragraph, _paragraph, _list, _list, _steps, _table, _quotation, _code,
)  # fmt: skip
