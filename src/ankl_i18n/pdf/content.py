"""What a page draws, in few words: the content streams of a PDF (ISO 32000-1, 8.2 and 9.4).

WeasyPrint saves and restores the state of graphics around every line that it draws, and begins
every line of text again. Here nothing is said that is known already: colours and widths only
where they change, text from where the line before it stood, one piece of marked content for
lines that belong to one element. Numbers are rounded to a hundredth of a pixel, whatever the
scale. Operators that are not known here stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from math import ceil, log10
from operator import itemgetter
from typing import Any, Final

from ankl_i18n.pdf.glyphs import Setting
from ankl_i18n.pdf.text import Run, Text

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
# A line, and what decoration begins with.
RULE: Final = (b"m", b"l", b"S")
ARTIFACT: Final = b"/Artifact BMC"
# How WeasyPrint draws one side of a border.
SIDE: Final = [b"m", b"l", b"l", b"l", b"W*", b"n", b"re", b"re", b"f*"]
CLIPS: Final = frozenset((b"W", b"W*"))
PATHS: Final = CLIPS | {b"m", b"l", b"c", b"v", b"y", b"h", b"re"}
PAINTS: Final[Mapping[bytes, tuple[str, ...]]] = {
    b"f": FILLS, b"F": FILLS, b"f*": FILLS, b"S": LINES, b"s": LINES, b"n": (),
    **dict.fromkeys((b"B", b"B*", b"b", b"b*"), FILLS + LINES),
}  # fmt: skip
ALPHA: Final = re.compile(rb"/([aA])[\d.]+ gs")
DECIMAL: Final = re.compile(rb"-?\d*\.\d+")
# Text between lines: its own alone, or with a line around its letters (table 106).
PLAIN, THICK = b"0 Tr", b"2 Tr"
NEAR: Final = 0.06  # pixels that nobody sees
EM: Final = 1000
UNDER: Final = -1  # in the order of reading, where what is no content stands
DIGITS: Final = 2  # after the point, of lengths in pixels
FINE: Final = 5  # digits of how text is turned and stretched
PIXEL: Final = 0.75  # of a point
SPECIAL: Final = re.compile(rb"[\\()\r]")
ESCAPED: Final = {b"\\": rb"\\", b"(": rb"\(", b")": rb"\)", b"\r": rb"\r"}

State = dict[str, bytes | None]
# The marked content that something is in: its operators, or its MCID, from the outermost in.
Marks = tuple[bytes | int, ...]


@dataclass(slots=True, eq=False)
class Item:
    """Something drawn, with the state it is drawn in and the marked content it is in.

    `what` is text, a path, or operators as they are; nothing where marked content is empty.
    Lengths have so many `digits` after the point.
    """

    marks: Marks
    state: State
    needs: tuple[str, ...] = ()
    what: Text | list[bytes] = field(default_factory=list)
    digits: int = DIGITS


def rewritten(
    parts: Sequence[Any], parents: Sequence[Any], ranks: Mapping[bytes | int, int], *, is_page: bool
) -> tuple[list[bytes], dict[int, int]]:
    """Return a content stream that draws the same, and the new MCID of each old one.

    `parents` are the structure elements that its marked content belongs to, by MCID; `ranks` the
    places of content in the order of reading, by MCID or by the operator that draws it.
    """
    items = [*Reader(is_page=is_page).items([*_tokens(parts)])]
    if is_page:
        _set_rules_apart(items)
    items = _joined(in_reading_order(items, ranks))
    writer = Writer(parents, is_page=is_page)
    for marks, group in groupby(items, lambda item: writer.joined(item.marks)):
        writer.write(marks, list(group))
    writer.finish()
    return writer.out, writer.mcids


def number(value: float, digits: int = DIGITS) -> bytes:
    """Return a number as short as can be, with so many digits after the point."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    if text[:2] == "0.":
        text = text[1:]
    elif text[:3] == "-0.":
        text = "-" + text[2:]
    return text.encode() if text != "-0" else b"0"


@lru_cache(maxsize=8192)  # pictures are the same in all languages
def _rounded(operation: bytes, digits: int) -> bytes:
    return DECIMAL.sub(lambda match: number(float(match[0]), digits), operation)


def _shade(match: re.Match[bytes]) -> bytes:
    """Return a part of a colour to a thousandth: screens tell 255 apart."""
    return f"{float(match[0]):.3f}".rstrip("0").rstrip(".").removeprefix("0").encode() or b"0"


def _digits(scale: float) -> int:
    """Return how many digits tell a hundredth of a pixel at some scale (points in a unit)."""
    return DIGITS + max(0, ceil(log10(scale / PIXEL))) if scale > 0 else DIGITS


def _scaled(operation: bytes, scale: float) -> float:
    """Return how many points a unit has, at most, after a change of the matrix (`cm`)."""
    return scale * max(abs(float(value)) for value in operation.split()[:4])


# ---- From operators to what they draw ----


def _tokens(parts: Sequence[Any]) -> Iterator[tuple[bytes, Any]]:
    """Yield operators, each with itself and its operands as they are to be written.

    Those of marked content are in parts: a tag, perhaps properties, and the operator.
    """
    for place, part in enumerate(parts):
        if isinstance(part, Text):
            yield b"Text", part
        elif part in (b"BMC", b"BDC"):
            first = place - (1 if part == b"BMC" else 2)
            yield part, (parts[first].encode(), *parts[first + 1 : place])
        elif isinstance(part, bytes):
            yield part.rpartition(b" ")[2], part
        elif (
            b"BMC" not in parts[place + 1 : place + 2]
            and b"BDC" not in parts[place + 1 : place + 3]
        ):
            operation = str(part).encode()  # not all of WeasyPrint's are bytes
            yield operation.rpartition(b" ")[2], operation


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


class Reader:
    """Reads operators one after another: what they draw, in which state, in which content."""

    def __init__(self, *, is_page: bool) -> None:
        self.state: State = dict(DEFAULTS) if is_page else dict.fromkeys(DEFAULTS)
        self.saved: list[tuple[bool, State, float]] = []
        self.scale, self.digits = 1.0 if is_page else PIXEL, DIGITS
        self.path: list[bytes] = []
        self.marks: Marks = ()
        self.is_empty = False

    def items(  # noqa: C901 - a row for each kind of operator
        self, tokens: Sequence[tuple[bytes, Any]]
    ) -> Iterator[Item]:
        """Yield what is drawn."""
        lasting = _lasting(tokens)
        for place, (operator, operation) in enumerate(tokens):
            if operator in SETS or (operator == b"gs" and ALPHA.fullmatch(operation)):
                self._set(operator, operation)
            elif operator in PATHS:
                self.path.append(_rounded(operation, self.digits))
            elif operator in (b"BDC", b"BMC"):
                self.marks = (*self.marks, _mark(operation))
                self.is_empty = True
            elif operator == b"EMC":
                if self.is_empty:
                    yield self._item((), [])
                self.marks = self.marks[:-1]
                self.is_empty = False
            elif operator == b"q":
                self.saved.append((place in lasting, self.state, self.scale))
                if place in lasting:
                    yield self._item((), [b"q"])
            elif operator == b"Q":
                was_lasting, self.state, self.scale = self.saved.pop()
                self.digits = _digits(self.scale)
                if was_lasting:
                    yield self._item((), [b"Q"])
            else:
                yield self._drawn(operator, operation)

    def _set(self, operator: bytes, operation: bytes) -> None:
        if operator == b"gs":
            name = "fill alpha" if operation.startswith(b"/a") else "line alpha"
        else:
            name = SETS[operator]
        if name in ("fill", "line"):
            operation = DECIMAL.sub(_shade, operation)
        elif operator != b"gs":
            operation = _rounded(operation, self.digits + 1)
        self.state = self.state | {name: operation}

    def _drawn(self, operator: bytes, operation: Any) -> Item:
        """Return what an operator draws, or the operator itself where it changes more."""
        self.is_empty = False
        if operator in PAINTS:
            path, self.path = [*self.path, operator], []
            return self._item(PAINTS[operator], path)
        if operator == b"Text":
            return self._item(FILLS, operation)
        if operator == b"cm":
            self.scale = _scaled(operation, self.scale)
            self.digits = _digits(self.scale)
        elif operator in COLOURS:
            self.state = self.state | {COLOURS[operator]: None}
        else:
            return self._item(FILLS + LINES, [operation])
        return self._item((), [operation])

    def _item(self, needs: tuple[str, ...], what: Text | list[bytes]) -> Item:
        return Item(self.marks, self.state, needs, what, self.digits)


def _mark(operation: tuple[Any, ...]) -> bytes | int:
    """Return the MCID of marked content, or the operator that begins it."""
    tag, *properties = operation
    if not properties or properties[0] is None:
        return bytes(tag) + b" BMC"
    if "MCID" in properties[0]:
        return int(properties[0]["MCID"])
    return bytes(tag + properties[0].data + b"BDC")


# ---- Fewer operators ----


def _set_rules_apart(items: Sequence[Item]) -> None:
    """Make rules under words decoration: they part no text, and stand together behind it."""
    with_text = {item.marks for item in items if isinstance(item.what, Text)}
    for item in items:
        if isinstance(item.what, Text):
            with_text.discard(item.marks)  # what follows is drawn over it
        elif item.marks in with_text and len(item.what) == len(RULE) and _is_stroke(item):
            item.marks = (ARTIFACT,)


def _joined(items: Iterable[Item]) -> list[Item]:
    """Return items, strokes that follow each other in the same state as one."""
    joined: list[Item] = []
    for item in items:
        if joined and _is_stroke(item) and _are_alike(joined[-1], item):
            joined[-1] = replace(item, what=[*joined[-1].what[:-1], *item.what])  # type: ignore[index, misc]
        else:
            joined.append(item)
    return joined


def _is_stroke(item: Item) -> bool:
    return isinstance(item.what, list) and item.what[-1:] == [RULE[-1]]


def _are_alike(one: Item, stroke: Item) -> bool:
    """Tell whether an item is a stroke that is the same in one with another.

    What shines through is darker where strokes cross.
    """
    return (
        _is_stroke(one)
        and one.marks == stroke.marks
        and all(one.state[name] == stroke.state[name] for name in LINES)
        and stroke.state["line alpha"] == DEFAULTS["line alpha"]
    )


def _unclipped(group: list[Item]) -> list[Item]:
    """Return a group without a clip where its path can be filled instead."""
    if len(group) != len((b"q", b"W n", b"f", b"Q")):
        return group
    clip, filled = group[1].what, group[2].what
    if not isinstance(clip, list) or not isinstance(filled, list):
        return group
    if filled[-1:] == [b"f"] and clip == [*filled[:-1], b"W", b"n"]:
        return [group[2]]
    side = _side(clip, filled)
    return [replace(group[2], what=[side, b"f"])] if side else group


def _side(clip: Sequence[bytes], filled: Sequence[bytes]) -> bytes:
    """Return the rectangle that is one side of a border, or nothing.

    WeasyPrint fills all between two rectangles, clipped to the side.
    """
    operators = [one.rpartition(b" ")[2] for one in (*clip, *filled)]
    if operators != SIDE:
        return b""
    points = [[*map(float, one.split()[:2])] for one in clip[: -len((b"W*", b"n"))]]
    across, down = (sorted({point[axis] for point in points}) for axis in (0, 1))
    inner, outer = ([*map(float, one.split()[:4])] for one in filled[:2])
    if len(across) != 2 or len(down) != 2:  # noqa: PLR2004 - it slants where it meets another
        return b""
    spans = ((across[0], across[1]), (down[0], down[1]))
    is_beside = any(
        end < inner[axis] + NEAR or start > inner[axis] + inner[axis + 2] - NEAR
        for axis, (start, end) in enumerate(spans)
    )
    is_within = all(
        outer[axis] - NEAR < start and end < outer[axis] + outer[axis + 2] + NEAR
        for axis, (start, end) in enumerate(spans)
    )
    if not (is_beside and is_within):
        return b""
    sizes = (across[0], down[0], across[1] - across[0], down[1] - down[0])
    return b" ".join((*map(number, sizes), b"re"))


# ---- In the order of reading ----


def in_reading_order(items: Iterable[Item], ranks: Mapping[bytes | int, int]) -> Iterator[Item]:
    """Yield what is drawn: first what is no content, such as backgrounds, then text as it is read.

    CSS draws boxes that are positioned, such as the signs of lists, after all others (CSS 2,
    appendix E), and programs that copy or search a PDF read in the order of drawing. Nothing on
    our pages lies on anything but backgrounds.
    """
    some: list[tuple[int, list[Item]]] = []
    latest = UNDER
    for found in _groups(items):
        group = found
        if len(found) > len((b"q", b"Q")):
            group = _unclipped([found[0], *in_reading_order(found[1:-1], ranks), found[-1]])
        if _changes_all(group[0]):
            yield from _sorted(some)
            yield from group
            some, latest = [], UNDER
        else:
            rank = _rank(group, ranks, latest)
            latest = max(latest, rank)
            some.append((rank, group))
    yield from _sorted(some)


def _sorted(some: Iterable[tuple[int, list[Item]]]) -> Iterator[Item]:
    for _, group in sorted(some, key=itemgetter(0)):
        yield from group


def _groups(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield what must stay together: what is between `q` and `Q`, or a single item."""
    group: list[Item] = []
    depth = 0
    for item in items:
        depth += (item.what == [b"q"]) - (item.what == [b"Q"])
        group.append(item)
        if not depth:
            yield group
            group = []


def _changes_all(item: Item) -> bool:
    """Tell whether an item is an operator that all following ones depend on."""
    if isinstance(item.what, Text) or item.needs or item.what in ([], [b"q"]):
        return False
    return item.what[-1] != b"n" or not CLIPS.isdisjoint(item.what)


def _rank(group: Sequence[Item], ranks: Mapping[bytes | int, int], latest: int) -> int:
    """Return where a group stands: with its first content, or after all before if it has text.

    Running headers have text that is no content, and groups of boxes may have any.
    """
    for item in group:
        drawn = [] if isinstance(item.what, Text) else item.what
        for one in (*item.marks, *drawn):
            if one in ranks:
                return ranks[one]
    return latest if any(map(_may_have_text, group)) else UNDER


def _may_have_text(item: Item) -> bool:
    """Tell whether an item is text, or a drawing that is not a mere decoration."""
    if isinstance(item.what, Text):
        return True
    return not item.marks and any(one.endswith(b" Do") for one in item.what)


# ---- From what is drawn to operators ----


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
    return b"(" + SPECIAL.sub(_escaped, data) + b")"


def _escaped(match: re.Match[bytes]) -> bytes:
    return ESCAPED[match[0]]
