"""How the time of each check grows with the length of a text, for texts that are hard to check.

A text of one piece, over and over, is set against nearly the same one, or another one. What takes
much more than four times as long for four times the length grows faster than it should.
"""

from __future__ import annotations

import gc
from time import process_time
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.records import Pair
from ankl_i18n.checks.table import CHECKS
from ankl_i18n.languages import language
from ankl_i18n.source.texts import LIMIT, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# What texts are made of: runs of one sign, words and numbers of every kind, marks that never close.
PIECES: Final = {
    "digits": "7", "numbers": "12 ", "thousands": "1,234 ", "split": "2240 191 ", "ratios": "1/2 ",
    "times": "1:", "lists": "1,", "amounts": "take 12 mg or more, ", "percent": "5% to 6% ",
    "ranges": "5-6 ", "bounds": "aged 5 or older ", "scales": "5+ million ", "minus": "x -5 ",
    "words for numbers": "two more than 2 ", "fractions": "one third, ", "names": "COVID-19 (",
    "days": "3 January 2020, ", "hours": "before 3 May at 5 pm, ", "telephone": "(555) 123-4567 ",
    "han": "三十八", "spaces": " ", "no-break": "\u00a0", "letters": "a", "capitals": "A",
    "words": "word ", "hyphens": "a-", "abbreviations": "U.S.", "acronyms": "DIC ",
    "denials": "do not, ", "sentences": "You must not stop. ", "alternatives": "or less ",
    "meanings": "left before, ", "full stops": ".", "dashes": "-", "quotation": '"',
    "brackets": "(", "pairs": "() ", "square": "[", "braces": "{", "percent signs": "%",
    "links": "[a](b) ", "stars": "*", "underscores": "_ ", "backticks": "`", "lines": "a\n",
    "less-than": "<", "tags": "<b>", "addresses": "a@", "entities": "&", "footnotes": "[^a] ",
}  # fmt: skip
# What becomes of one piece in a translation: every number has gone, and another one has come.
CHANGED: Final = {
    "numbers": ("5 million ", "7 million "), "scales": ("5 million ", "5 लाख 6万 "),
    "times": ("7 days ", "9 hours, "), "years": ("2019, ", "2562, "),
    "halves": ("2.5 mg, ", "3.5 mg, "), "groups": ("2,112; ", "2.112; "),
    "cut": ("22401 and ", "224 01 and "), "tens": ("38 and ", "thirty, eight, "),
    "han": ("38 and ", "三十七和"), "after or": ("12 and ", "or 2 or 5 "),
}  # fmt: skip
TIMES: Final = 4
# How much more than in proportion, and how many seconds, make it worth a line.
GROWS, SECONDS = 1.5, 0.1


def repeated(piece: str, length: int) -> str:
    """Return a text of at most so many characters: a piece, over and over."""
    return piece * (length // len(piece))


def measure(tags: Sequence[str], length: int = LIMIT) -> Iterator[str]:
    """Yield a line for each check that takes more than in proportion, in each of some languages."""
    for tag in tags:
        for name, pieces in _texts():
            little, much = (_seconds(tag, *pieces, size) for size in (length // TIMES, length))
            for kind, took in much.items():
                if took > SECONDS and took > GROWS * TIMES * little[kind]:
                    yield f"{tag}, {name}: {kind}: {little[kind]:.3f} s, then {took:.3f} s"


def _texts() -> Iterator[tuple[str, tuple[str, str]]]:
    yield from ((name, (piece, piece)) for name, piece in PIECES.items())
    yield from ((f"changed {name}", pieces) for name, pieces in CHANGED.items())


def _seconds(tag: str, ours: str, theirs: str, length: int) -> dict[str, float]:
    """Return the processor time of reading a text and its translation, and of each check."""
    before, after = repeated(ours, length), f"{repeated(theirs, length)}x"
    gc.collect()
    gc.disable()  # as the program does; one at random would be taken for growth
    found = {"read": _cost(lambda: (read(before), read(after)))}
    spoken, source = language(tag), language("en")
    pair = Pair(before, after, read(before), read(after), spoken, source, frozenset())
    for one in CHECKS:
        found[one.kind] = _cost(lambda find=one.find: list(find(pair)))  # type: ignore[misc]
    gc.enable()
    return found


def _cost(act: Callable[[], object]) -> float:
    start = process_time()
    act()
    return process_time() - start
