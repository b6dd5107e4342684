"""What a page draws, piece by piece, and the state of graphics that each piece depends on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ankl_i18n.pdf.text import Text

# What filling, drawing lines and setting text depends on.
FILLS: Final = ("fill", "fill alpha")
LINES: Final = ("line", "line alpha", "width", "cap", "join", "miter", "dash")
# What a page begins with (ISO 32000-1, table 52); a drawing on it may begin with anything.
DEFAULTS: Final = {
    "fill": b"0 0 0 rg", "line": b"0 0 0 RG", "width": b"1 w", "cap": b"0 J", "join": b"0 j",
    "miter": b"10 M", "dash": b"[] 0 d", "fill alpha": b"/a1.0 gs", "line alpha": b"/A1.0 gs",
    "mode": b"0 Tr",
}  # fmt: skip
CLIPS: Final = frozenset((b"W", b"W*"))
PAINTS: Final[Mapping[bytes, tuple[str, ...]]] = {
    b"f": FILLS, b"F": FILLS, b"f*": FILLS, b"S": LINES, b"s": LINES, b"n": (),
    **dict.fromkeys((b"B", b"B*", b"b", b"b*"), FILLS + LINES),
}  # fmt: skip
COLOURS: Final = {b"cs": "fill", b"scn": "fill", b"CS": "line", b"SCN": "line"}
NEAR: Final = 0.06  # pixels that nobody sees
DIGITS: Final = 2  # after the point, of lengths in pixels

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


def number(value: float, digits: int = DIGITS) -> bytes:
    """Return a number as short as can be, with so many digits after the point."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    if text[:2] == "0.":
        text = text[1:]
    elif text[:3] == "-0.":
        text = "-" + text[2:]
    return text.encode() if text != "-0" else b"0"
