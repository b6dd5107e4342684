"""What a page draws, in few words: the content streams of a PDF (ISO 32000-1, 8.2 and 9.4).

WeasyPrint saves and restores the state of graphics around every line that it draws, and begins
every line of text anew. Here nothing is said that is known already: colours and widths only
where they change, text from where the line before it stood, one piece of marked content for
lines that belong to one element. Numbers are rounded to a hundredth of a pixel.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.pdf.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ankl_i18n.pdf.glyphs import Setting
    from ankl_i18n.pdf.text import Run

# Operators that set one thing, and what they set.
SETS: Final = {
    b"rg": "fill", b"g": "fill", b"k": "fill", b"RG": "line", b"G": "line", b"K": "line",
    b"w": "width", b"J": "cap", b"j": "join", b"M": "miter", b"d": "dash", b"Tr": "mode",
}  # fmt: skip
COLOURS: Final = {b"cs": "fill", b"scn": "fill", b"CS": "line", b"SCN": "line"}
# What filling, drawing lines and setting text depends on.
FILLS: Final = ("fill", "fill alpha")
LINES: Final = ("line", "line alpha", "width", "cap", "join", "miter", "dash")
# What a page begins with (ISO 32000-1, table 52); a drawing on it may begin with anything.
DEFAULTS: Final = {
    "fill": b"0 0 0 rg", "line": b"0 0 0 RG", "width": b"1 w", "cap": b"0 J", "join": b"0 j",
    "miter": b"10 M", "dash": b"[] 0 d", "fill alpha": b"/a1.0 gs", "line alpha": b"/A1.0 gs",
    "mode": b"0 Tr",
}  # fmt: skip
PATHS: Final = frozenset((b"m", b"l", b"c", b"v", b"y", b"h", b"re", b"W", b"W*"))
PAINTS: Final[Mapping[bytes, tuple[str, ...]]] = {
    b"f": FILLS, b"F": FILLS, b"f*": FILLS, b"S": LINES, b"s": LINES, b"n": (),
    **dict.fromkeys((b"B", b"B*", b"b", b"b*"), FILLS + LINES),
}  # fmt: skip
ALPHA: Final = re.compile(rb"/([aA])[\d.]+ gs")
# A row of dots or dashes, and how far from dot to dot nobody sees where they begin, in pixels.
PHASE: Final = re.compile(rb"\[([\d.]+) ([\d.]+)\] (-?[\d.]+) d")
SMALL: Final = 4
DECIMAL: Final = re.compile(rb"-?\d*\.\d+")
ARTIFACT: Final = b"/Artifact BMC"
# Text between lines: its own alone, or with a line around its letters (table 106).
PLAIN, THICK = b"0 Tr", b"2 Tr"
NEAR: Final = 0.06  # pixels that nobody sees
EM: Final = 1000
SPECIAL: Final = re.compile(rb"[\\()\r]")
ESCAPED: Final = {b"\\": rb"\\", b"(": rb"\(", b")": rb"\)", b"\r": rb"\r"}

State = dict[str, bytes | None]
# The marked content that something stands in: its operators, or its MCID, from the outermost in.
Marks = tuple[bytes | int, ...]


@dataclass(slots=True, eq=False)
class Item:
    """Something drawn, with the state it is drawn in and the marked content it stands in.

    `what` is text, a path, or operators as they are; nothing where marked content is empty.
    """

    marks: Marks
    state: State
    needs: tuple[str, ...] = ()
    what: Text | list[bytes] = field(default_factory=list)


def rewritten(
    parts: Sequence[Any], parents: Sequence[Any], *, is_page: bool
) -> tuple[list[bytes], dict[int, int]]:
    """Return a content stream that draws the same, and the new MCID of each old one.

    `parents` are the structure elements that its marked content belongs to, by MCID.
    """
    items = _rules_last([*_items(_tokens(parts), is_page=is_page)])
    writer = Writer(parents, is_page=is_page)
    for marks, group in groupby(items, lambda item: writer.joined(item.marks)):
        writer.write(marks, list(group))
    writer.finish()
    return writer.out, writer.mcids


def number(value: float) -> bytes:
    """Return a number as short as can be, to a hundredth."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    if text[:2] == "0.":
        text = text[1:]
    elif text[:3] == "-0.":
        text = "-" + text[2:]
    return text.encode() if text != "-0" else b"0"


def _rounded(found: re.Match[bytes]) -> bytes:
    return number(float(found[0]))


def _shade(found: re.Match[bytes]) -> bytes:
    """Return a part of a colour to a thousandth: screens tell 255 apart."""
    return f"{float(found[0]):.3f}".rstrip("0").rstrip(".").removeprefix("0").encode() or b"0"


def _phase(dash: bytes) -> bytes:
    """Return a pattern of dashes that begins with its first, if its dots are small."""
    found = PHASE.fullmatch(dash)
    is_small = found and float(found[1]) + float(found[2]) < SMALL
    return b"[%s %s] 0 d" % (found[1], found[2]) if found and is_small else dash


# ---- From operators to what they draw ----


def _tokens(parts: Sequence[Any]) -> list[tuple[bytes, Any]]:
    """Return operators and their operands, saved states that take nothing back left out."""
    tokens: list[tuple[bytes, Any]] = []
    operands: list[Any] = []
    for part in parts:
        if isinstance(part, Text):
            tokens.append((b"Text", part))
        elif not isinstance(part, bytes):
            operands.append(part)
        elif operands:
            tag, *properties = operands
            operands = []
            tokens.append((part, (tag.encode(), *properties)))
        else:
            tokens.append((part.rpartition(b" ")[2], part))
    return tokens


def _lasting(tokens: Sequence[tuple[bytes, Any]]) -> set[int]:
    """Return the places of `q` that take back what nothing else can: clips and matrices."""
    opened: list[int] = []
    needed: set[int] = set()
    for place, (operator, operation) in enumerate(tokens):
        if operator == b"q":
            opened.append(place)
        elif operator == b"Q":
            opened.pop()
        elif opened and _lasts(operator, operation):
            needed.add(opened[-1])
    return needed


def _lasts(operator: bytes, operation: Any) -> bool:
    """Tell whether an operator sets what only `Q` takes back."""
    is_state = operator == b"gs" and not ALPHA.fullmatch(operation)
    return is_state or operator in (b"cm", b"W", b"W*", b"ri", b"i", *COLOURS)


def _items(  # noqa: C901, PLR0912 - a row for each kind of operator
    tokens: Sequence[tuple[bytes, Any]], *, is_page: bool
) -> Iterator[Item]:
    """Yield what is drawn."""
    lasting = _lasting(tokens)
    state: State = dict(DEFAULTS) if is_page else dict.fromkeys(DEFAULTS)
    saved: list[tuple[bool, State]] = []
    path: list[bytes] = []
    marks: Marks = ()
    is_empty = False
    for place, (operator, operation) in enumerate(tokens):
        if operator in SETS:
            said = _phase(operation) if operator == b"d" else operation
            state = state | {SETS[operator]: DECIMAL.sub(_shade, said)}
        elif operator == b"gs" and (alpha := ALPHA.fullmatch(operation)):
            state = state | {"fill alpha" if alpha[1] == b"a" else "line alpha": operation}
        elif operator in PATHS:
            path.append(DECIMAL.sub(_rounded, operation))
        elif operator in PAINTS:
            is_empty = False
            yield Item(marks, state, PAINTS[operator], [*path, operator])
            path = []
        elif operator == b"Text":
            is_empty = False
            yield Item(marks, state, FILLS, operation)
        elif operator == b"q":
            saved.append((place in lasting, state))
            if place in lasting:
                yield Item(marks, state, (), [b"q"])
        elif operator == b"Q":
            was_lasting, state = saved.pop()
            if was_lasting:
                yield Item(marks, state, (), [b"Q"])
        elif operator in (b"BDC", b"BMC"):
            marks = (*marks, _mark(operation))
            is_empty = True
        elif operator == b"EMC":
            if is_empty:
                yield Item(marks, state)
            marks, is_empty = marks[:-1], False
        else:
            is_empty = False
            if operator in COLOURS:
                state = state | {COLOURS[operator]: None}
            elif operator != b"cm":
                yield Item(marks, state, FILLS + LINES, [operation])
                continue
            yield Item(marks, state, (), [operation])


def _mark(operation: tuple[Any, ...]) -> bytes | int:
    """Return the MCID of marked content, or the operator that begins it."""
    tag, *properties = operation
    if not properties or properties[0] is None:
        return bytes(tag) + b" BMC"
    if "MCID" in properties[0]:
        return int(properties[0]["MCID"])
    return bytes(tag + properties[0].data + b"BDC")


# ---- What is drawn, drawn with less ----


def _rules_last(items: Sequence[Item]) -> list[Item]:
    """Return items, lines under and through letters after the texts around, as decoration.

    So texts need not be interrupted for them; they are in the colour of their letters.
    """
    found: list[Item] = []
    rules: list[Item] = []
    for before, item, after in zip([None, *items], items, [*items[1:], None], strict=False):
        if isinstance(item.what, Text):
            found.append(item)
        elif _is_rule(item) and (_is_text_of(item, before) or _is_text_of(item, after)):
            rules.append(Item((ARTIFACT,), item.state, item.needs, item.what))
        else:
            found += [*rules, item]
            rules = []
    joined: list[Item] = []
    for item in [*found, *rules]:
        joined.append(item)
        if len(joined) > 1:
            _join(joined)
    return joined


def _is_rule(item: Item) -> bool:
    what = item.what
    if isinstance(what, Text) or len(what) != 3 or what[2] != b"S" or len(item.marks) != 1:  # noqa: PLR2004
        return False
    return what[0].endswith(b" m") and what[1].endswith(b" l")


def _is_text_of(rule: Item, item: Item | None) -> bool:
    return item is not None and isinstance(item.what, Text) and item.marks == rule.marks


def _join(found: list[Item]) -> None:
    """Join what is painted the same way, one after another."""
    one, other = found[-2:]
    if isinstance(one.what, Text) or isinstance(other.what, Text) or one.marks != other.marks:
        return
    painter = one.what[-1:]
    if painter not in ([b"S"], [b"f"]) or other.what[-1:] != painter or not one.needs:
        return
    if all(one.state[name] == other.state[name] for name in one.needs):
        begins = other.what[1:] if _goes_on(one.what, other.what) else other.what
        one.what = [*one.what[:-1], *begins]
        found.pop()


def _goes_on(one: Sequence[bytes], other: Sequence[bytes]) -> bool:
    """Tell whether a line begins where another ends."""
    return one[-2].endswith(b" l") and other[0] == one[-2][:-1] + b"m"


# ---- From what is drawn to operators ----


class Writer:
    """Writes a content stream: `out` is what it has said, `said` what readers know by now."""

    def __init__(self, parents: Sequence[Any], *, is_page: bool) -> None:
        self.parents = parents
        self.mcids: dict[int, int] = {}
        self.last = -1
        self.out: list[bytes] = []
        self.said: State = dict(DEFAULTS) if is_page else dict.fromkeys(DEFAULTS)
        self.font: tuple[str, float] | None = None
        self.saved: list[tuple[State, tuple[str, float] | None]] = []
        self.opened: list[tuple[Any, bool]] = []
        self.in_text = False
        self.place = Place()

    def joined(self, marks: Marks) -> tuple[Any, ...]:
        """Return marks, MCIDs as the structure elements that they belong to."""
        return tuple((self.parents[mark],) if isinstance(mark, int) else mark for mark in marks)

    def write(self, marks: tuple[Any, ...], items: Sequence[Item]) -> None:
        """Write what stands in the same marked content."""
        is_text = len(marks) == 1 and all(isinstance(item.what, Text) for item in items)
        kept = 0
        while kept < min(len(marks), len(self.opened)) and marks[kept] == self.opened[kept][0]:
            kept += 1
        self._close(kept)
        if not is_text:
            self._leave_text()
        elif not self.in_text:
            self._enter_text()
        for depth in range(kept, len(marks)):
            self._open(marks[depth], items[0].marks[depth])
        for item in items:
            for mark in item.marks:
                if isinstance(mark, int):
                    self.mcids.setdefault(mark, self.last)
            if isinstance(item.what, Text):
                self._text(item.what, item.state)
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
            self.said, self.font = self.saved.pop()
            if self.out[-1] == b"q":
                self.out.pop()
                return
        elif operations == [b"q"]:
            self.saved.append((self.said, self.font))
        self._set(item.state, item.needs)
        self.out += operations
        if operations[-1].endswith((b"cs", b"scn", b"CS", b"SCN")):
            self.said = self.said | {COLOURS[operations[-1].rpartition(b" ")[2]]: None}

    def _set(self, state: State, names: Iterable[str]) -> None:
        for name in names:
            value = state[name]
            if value is not None and value != self.said[name]:
                self.out.append(value)
                self.said = self.said | {name: value}

    # ---- Text ----

    def _enter_text(self) -> None:
        self.out.append(b"BT")
        self.in_text = True
        self.place = Place()

    def _leave_text(self) -> None:
        if self.in_text:
            self.out.append(b"ET")
            self.in_text = False

    def _text(self, text: Text, state: State) -> None:
        if not self.in_text:
            self._enter_text()
        for run in text.runs:
            self._set_face(run.setting, state)
            self.out += self.place.moved(text.matrix, run.x + run.places[0] * run.setting.size / EM)
            self.out.append(self.place.shown(run))

    def _set_face(self, setting: Setting, state: State) -> None:
        """Set the font and how letters are filled; bold ones with a line around regular ones."""
        face, size = setting.face, setting.size
        wanted = state
        needs: tuple[str, ...] = (*FILLS, "mode")
        if face.thin is not None and state["mode"] in (PLAIN, None) and state["fill"]:
            ink = state["fill"].upper()
            width = number(size * face.thickness) + b" w"
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
            self.out.append(b"/%s %s Tf" % (name.encode(), number(size)))
            self.font = (name, size)


@dataclass(slots=True)
class Place:
    """Where text stands in a text object: the matrix of its line, and the pen on that line."""

    matrix: tuple[float, ...] = ()
    pen: float = 0

    def moved(self, matrix: tuple[float, ...], x: float) -> list[bytes]:
        """Move to a place on a line, if the pen is not there; return the operator that does.

        `matrix` is that of the line (ISO 32000-1, 9.4.2), `x` how far along it.
        """
        a, b, c, d, e, f = matrix
        e, f = e + a * x, f + b * x
        is_upright = not b and not c and a == 1 and abs(d) == 1
        if not self.matrix or self.matrix[:4] != matrix[:4] or not is_upright:
            digits = 1 if is_upright else 2
            self.matrix, self.pen = (a, b, c, d, round(e, digits), round(f, digits)), 0
            return [b" ".join(map(number, self.matrix)) + b" Tm"]
        right, down = e - self.matrix[4], (f - self.matrix[5]) * d
        if abs(down) < NEAR and abs(right - self.pen) < NEAR:
            return []
        right, down = round(right, 1), round(down, 1)
        self.matrix = (*matrix[:4], self.matrix[4] + right, self.matrix[5] + down * d)
        self.pen = 0
        return [number(right) + b" " + number(down) + b" Td"]

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
    return b"(" + SPECIAL.sub(_escaped, data) + b")"


def _escaped(found: re.Match[bytes]) -> bytes:
    return ESCAPED[found[0]]
