"""What spreadsheets, documents and pages share: one line a message, or a plural form of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from ankl_i18n.catalogs.po import State
from ankl_i18n.exchange.codes import UNWRITABLE
from ankl_i18n.exchange.units import Package, Returned, Row, split_id

COLUMNS: Final = ("No.", "Source", "Translation", "State", "Notes")
STATES: Final = {str(one): one for one in (State.UNTRANSLATED, State.FUZZY, State.TRANSLATED)}
# What a file says of itself.
ABOUT: Final = ("domain", "original", "source", "target")
# What stands for a character that such files cannot hold.
_NAMED: Final = re.compile("⟦U\\+([0-9A-F]{4,6})⟧")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table.

    `id` is the message's, with `[0]` behind it for the first plural form. `place` is the line's
    number in the file that came back, and `wrong` what is broken in it.
    """

    id: str
    source: str
    target: str
    state: str = ""
    notes: str = ""
    locked: bool = False
    place: int = 0
    wrong: tuple[str, ...] = ()


def lines(package: Package) -> Iterator[Line]:
    """Yield the lines of what goes out."""
    for unit in package.units:
        for form, target in enumerate(unit.targets):
            name = unit.id if len(unit.sources) == 1 else f"{unit.id}[{form}]"
            state = unit.state if target else State.UNTRANSLATED
            source = writable(unit.source(form))
            notes = writable("\n".join(filter(None, (unit.section, *unit.remarks_for(form)))))
            yield Line(name, source, writable(target), str(state), notes, unit.locked)


def about(package: Package) -> dict[str, str]:
    """Return what a file must say of itself."""
    return {name: str(getattr(package, name)) for name in ABOUT}


def returned(about: Mapping[str, str], lines: Iterable[Line]) -> Returned:
    """Return what came back; lines without id and translation are not about anything.

    Plural forms of one message belong together when they follow one another from the first on.
    """
    rows: list[Row] = []
    messages = (line for line in lines if line.id or line.target.strip())
    for _, forms in groupby(messages, key=_Message()):
        rows.append(_row(list(forms)))
    domain, original, source, target = (about.get(name, "") for name in ABOUT)
    return Returned(domain, original, source, target, tuple(rows))


class _Message:
    """Counts the messages that lines are of: a first form, or no form, begins another one."""

    def __init__(self) -> None:
        self.count, self.last = 0, ""

    def __call__(self, line: Line) -> int:
        name, _, form = line.id.partition("[")
        if not form or form == "0]" or name != self.last:
            self.count += 1
        self.last = name
        return self.count


def _row(forms: list[Line]) -> Row:
    states = {STATES.get(line.state.strip().lower()) for line in forms}
    return Row(
        *split_id(forms[0].id.partition("[")[0]),
        tuple(dict.fromkeys(written(line.source) for line in forms)),
        tuple(written(line.target) for line in forms),
        states.pop() if len(states) == 1 else None,
        forms[0].place,
        tuple(dict.fromkeys(message for line in forms for message in line.wrong)),
    )


def writable(text: str) -> str:
    """Return text with ⟦U+0007⟧ for each control character, which such files cannot hold."""
    return UNWRITABLE.sub(lambda match: f"⟦U+{ord(match[0]):04X}⟧", text)


def written(text: str) -> str:
    """Return text with its control characters; the inverse of `writable`."""
    return _NAMED.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return chr(number) if UNWRITABLE.fullmatch(chr(min(number, 0x10FFFF))) else match[0]
