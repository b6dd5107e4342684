"""From what is drawn to operators: nothing is said that readers know already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ankl_i18n.pdf.content.items import (
    COLOURS,
    DEFAULTS,
    DIGITS,
    FILLS,
    LINES,
    NEAR,
    Item,
    Marks,
    State,
    number,
)
from ankl_i18n.pdf.glyphs import Setting
from ankl_i18n.pdf.text import Run, Text

# Text between lines: its own alone, or with a line around its letters (table 106).
PLAIN, THICK = b"0 Tr", b"2 Tr"
EM: Final = 1000
FINE: Final = 5  # digits of how text is turned and stretched
SPECIAL: Final = re.compile(rb"[\\()\r]")
ESCAPED: Final = {b"\\": rb"\\", b"(": rb"\(", b")": rb"\)", b"\r": rb"\r"}


class Writer:
    """Writes a content stream: `out` is what it has said, `said` what readers know by now."""

    def __init__(self, parents: Sequence[Any], *, is_page: bool) -> None:
        self.parents = parents
        self.mcids: dict[int, int] = {}
        self.last = -1
        self.out: list[bytes] = []
        self.state: State = dict(DEFAULTS) if is_page else dict.fromkeys(DEFAULTS)
        self.font: tuple[str, float] | None = None
        self.saved: list[tuple[State, tuple[str, float] | None]] = []
        self.opened: list[tuple[Any, bool]] = []
        self.in_text = False
        self.place = Place()

    def joined(self, marks: Marks) -> tuple[Any, ...]:
        """Return marks, MCIDs as the structure elements that they belong to."""
        return tuple((self.parents[mark],) if isinstance(mark, int) else mark for mark in marks)

    def write(self, marks: tuple[Any, ...], items: Sequence[Item]) -> None:
        """Write what is in the same marked content."""
        is_text = len(marks) == 1 and all(isinstance(item.what, Text) for item in items)
        common = 0
        while (
            common < min(len(marks), len(self.opened)) and marks[common] == self.opened[common][0]
        ):
            common += 1
        self._close(common)
        if not is_text:
            self._leave_text()
        elif not self.in_text:
            self._enter_text()
        for depth in range(common, len(marks)):
            self._open(marks[depth], items[0].marks[depth])
        for item in items:
            for mark in item.marks:
                if isinstance(mark, int):
                    self.mcids.setdefault(mark, self.last)
            if isinstance(item.what, Text):
                self._text(item.what, item)
            elif item.what:
                self._draw(item.what, item)

    def finish(self) -> None:
        """End what is still open."""
        self._close(0)
        self._leave_text()

    # ---- Marked content ----

    def _open(self, mark: Any, first: bytes | int) -> None:
        if isinstance(first, int):
            self.last += 1
            self.mcids[first] = self.last
            self.out.append(b"/P<</MCID %d>>BDC" % self.last)
        else:
            self.out.append(first)
        self.opened.append((mark, self.in_text))

    def _close(self, depth: int) -> None:
        while len(self.opened) > depth:
            _, is_inside = self.opened.pop()
            if not is_inside:
                self._leave_text()
            self.out.append(b"EMC")

    # ---- Graphics ----

    def _draw(self, operations: Sequence[bytes], item: Item) -> None:
        self._leave_text()
        if operations == [b"Q"]:
            self.state, self.font = self.saved.pop()
            if self.out[-1] == b"q":
                self.out.pop()
                return
        elif operations == [b"q"]:
            self.saved.append((self.state, self.font))
        self._set(item.state, item.needs)
        self.out += operations
        if operations[-1].endswith((b"cs", b"scn", b"CS", b"SCN")):
            self.state = self.state | {COLOURS[operations[-1].rpartition(b" ")[2]]: None}

    def _set(self, state: State, names: Iterable[str]) -> None:
        for name in names:
            value = state[name]
            if value is not None and value != self.state[name]:
                self.out.append(value)
                self.state = self.state | {name: value}

    # ---- Text ----

    def _enter_text(self) -> None:
        self.out.append(b"BT")
        self.in_text = True
        self.place = Place()

    def _leave_text(self) -> None:
        if self.in_text:
            self.out.append(b"ET")
            self.in_text = False

    def _text(self, text: Text, item: Item) -> None:
        if not self.in_text:
            self._enter_text()
        for run in text.runs:
            self._set_face(run.setting, item)
            x = run.x + run.places[0] * run.setting.size / EM
            self.out += self.place.moved(text.matrix, x, item.digits)
            self.out.append(self.place.shown(run))

    def _set_face(self, setting: Setting, item: Item) -> None:
        """Set the font and how letters are filled; bold ones with a line around regular ones."""
        face, size, state = setting.face, setting.size, item.state
        wanted = state
        needs: tuple[str, ...] = (*FILLS, "mode")
        if face.thin is not None and state["mode"] in (PLAIN, None) and state["fill"]:
            ink = state["fill"].upper()
            width = number(size * face.thickness, item.digits) + b" w"
            wanted = state | {
                "mode": THICK, "line": ink, "width": width, "join": b"1 j", "dash": b"[] 0 d",
            }  # fmt: skip
            alpha = state["fill alpha"]
            wanted["line alpha"] = alpha and alpha.replace(b"/a", b"/A")
        if wanted["mode"] not in (PLAIN, None):
            needs += LINES
        self._set(wanted, needs)
        name = (face if face.thin is None else face.thin).name
        if self.font != (name, size):
            self.out.append(b"/%s %s Tf" % (name.encode(), number(size, item.digits)))
            self.font = (name, size)


@dataclass(slots=True)
class Place:
    """Where text is in a text object: the matrix of its line, and the pen on that line."""

    matrix: tuple[float, ...] = ()
    pen: float = 0

    def moved(self, matrix: tuple[float, ...], x: float, digits: int) -> list[bytes]:
        """Move to a place on a line, if the pen is not there; return the operator that does.

        `matrix` is that of the line (ISO 32000-1, 9.4.2), `x` how far along it; lengths have so
        many `digits`, and one less in upright text.
        """
        a, b, c, d, e, f = matrix
        e, f = e + a * x, f + b * x
        is_upright = not b and not c and a == 1 and abs(d) == 1
        if not self.matrix or self.matrix[:4] != matrix[:4] or not is_upright:
            e, f = round(e, digits - is_upright), round(f, digits - is_upright)
            self.matrix, self.pen = (a, b, c, d, e, f), 0
            shape = [number(value, FINE) for value in matrix[:4]]
            return [b" ".join((*shape, number(e, digits), number(f, digits), b"Tm"))]
        right, down = e - self.matrix[4], (f - self.matrix[5]) * d
        near = NEAR * 10 ** (DIGITS - digits)
        if abs(down) < near and abs(right - self.pen) < near:
            return []
        right, down = round(right, digits - 1), round(down, digits - 1)
        self.matrix = (*matrix[:4], self.matrix[4] + right, self.matrix[5] + down * d)
        self.pen = 0
        return [number(right, digits) + b" " + number(down, digits) + b" Td"]

    def shown(self, run: Run) -> bytes:
        """Return the operator that shows a run, from the pen on."""
        face, units = run.setting.face, run.units
        if face.thin is not None:
            face = face.thin
            units = [face.units[unit.shape, unit.text] for unit in units]
        step, near = face.step, face.step - 0.5
        shown: list[bytes] = []
        codes: list[int] = []
        pen = run.places[0]
        begin = pen
        for unit, place in zip(units, run.places, strict=True):
            gap = pen - place
            if not -near < gap < near and codes:
                whole = round(gap)
                if abs(whole) >= step:
                    shown += [_string(codes, face.bytes), b"%d" % whole]
                    codes = []
                    pen -= whole
            codes.append(unit.code)
            pen += unit.width
        self.pen += (pen - begin) * run.setting.size / EM
        shown.append(_string(codes, face.bytes))
        return shown[0] + b"Tj" if len(shown) == 1 else b"[" + b"".join(shown) + b"]TJ"


def _string(codes: Sequence[int], size: int) -> bytes:
    """Return a literal string (ISO 32000-1, 7.3.4.2) of codes of one byte or two."""
    data = bytes(codes) if size == 1 else b"".join([code.to_bytes(2, "big") for code in codes])
    return literal(data)


def literal(data: bytes) -> bytes:
    """Return a literal string (ISO 32000-1, 7.3.4.2) of some bytes."""
    return b"(" + SPECIAL.sub(lambda match: ESCAPED[match[0]], data) + b")"
