"""Where lines end: a text is laid out once to measure it, and again line by line to draw it.

WeasyPrint lays each line out three or four times before it knows how long it is.
"""

from __future__ import annotations

import re
from math import inf
from typing import Any, Final

from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango

ffi.cdef("""
    void pango_layout_line_index_to_x (
        PangoLayoutLine *line, int index, gboolean trailing, int *x_pos);
    gboolean pango_layout_line_x_to_index (
        PangoLayoutLine *line, int x_pos, int *index, int *trailing);
""")

# Characters that change the place of others, or end a line: right-to-left ones, controls, marks
# that nobody sees, and a space at the end that is not a plain one.
MOVING: Final = re.compile(
    "[\0-\x1f\x7f-\x9f\xad\u0590-\u08ff\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufb1d-\ufdff"
    "\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]|\xa0$"
)
# Scripts whose words are found in dictionaries, by what is before and after them: no more of
# a text must be looked at than WeasyPrint does.
IN_DICTIONARIES: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
# What is closer to the end of a line is for Pango to decide: 1 px. Letters at the ends of lines
# may be a little narrower or wider than between others.
CLOSE: Final = TO_UNITS
# WeasyPrint looks at this many letters for each em of the width of a line.
LETTERS: Final = 4
# Longer texts take too long to look through for each of their lines.
MOST_LETTERS: Final = 5000


def split(  # noqa: PLR0913, PLR0917 - as WeasyPrint has them
    text: str, style: Any, context: Any, max_width: Any, spacing: float,
    is_line_start: bool = True, minimum: bool = False,
) -> Any:  # fmt: skip
    """Return the first line of a text as `split_first_line` does, None for what only that can."""
    del is_line_start  # says what to do with words longer than lines
    if context is None or minimum or spacing or len(text) > MOST_LETTERS:
        return None
    if max_width is None or max_width == inf:
        return None
    if not _is_simple(text, style):
        return None
    measured = context.__dict__.get("measured")
    place = measured.place(text) if measured and measured.style is style else 0
    if not place or measured.width_from(place) <= max_width:
        letters = _letters(text, style, max_width)
        if not letters:
            return None
        place, measured = 0, Measured(text[:letters], style, max_width)
        if measured.width <= max_width:
            return measured.whole() if letters >= len(text) else None
        context.measured = measured if letters >= len(text) else None
    return measured.cut(text, place, max_width)


def _letters(text: str, style: Any, max_width: float) -> int:
    """Return how many letters of a text are looked at to find the end of its first line.

    0 stands for: those of a few words.
    """
    if not IN_DICTIONARIES.search(text):
        return len(text)
    ems = max_width / style["font_size"]
    return 0 if ems < LETTERS else int(ems * LETTERS)


def _is_simple(text: str, style: Any) -> bool:
    try:
        is_simple = style.is_simple
    except AttributeError:
        is_simple = style.is_simple = (
            style["white_space"] == "normal"
            and style["direction"] == "ltr"
            and style["hyphens"] != "auto"
            and style["word_break"] == "normal"
            and style["font_size"] > 0
        )
    prepared = style.__dict__.get("prepared")
    return is_simple and prepared is not None and prepared.is_plain and not MOVING.search(text)


class Measured:
    """A text in one line, as long as it is; places are indices of characters."""

    def __init__(self, text: str, style: Any, max_width: float) -> None:
        self.text, self.style = text, style
        self.layout = line_break.Layout(style, 0, max_width)
        self.layout.set_text(text)
        self.line, _ = self.layout.get_first_line()
        self.width: float = line_break.line_size(self.line, style)[0]

    def place(self, text: str) -> int:
        """Return where a text begins if it is the rest of this one, or else 0."""
        ours, theirs = self.text.rstrip(" "), text.rstrip(" ")
        return len(ours) - len(theirs) if ours.endswith(theirs) else 0

    def width_from(self, place: int) -> float:
        """Return how wide the text is from a place on, in pixels."""
        return self.width - float(self._x(place) * FROM_UNITS)

    def whole(self) -> Any:
        """Return the text as a line of its own."""
        return line_break.first_line_metrics(
            self.line, self.text, self.layout, None, True, self.style
        )

    def cut(self, text: str, place: int, max_width: float) -> Any:
        """Return the first line of a text that begins at a place, None if it is a close call."""
        target = self._x(place) + int(max_width * TO_UNITS)
        notes = pango.pango_layout_get_log_attrs_readonly(self.layout.layout, ffi.NULL) + place
        count = len(self.text) - place

        def reach(index: int) -> int:
            return self._x(place + len(text[:index].rstrip(" "))) - target

        def breaks_from(index: int) -> int:
            return next((i for i in range(index, count) if notes[i].is_line_break), count)

        following = breaks_from(self._at(target) - place + 1)
        end = next((i for i in range(following - 1, 0, -1) if notes[i].is_line_break), 0)
        if reach(following) <= 0:  # the line ends in a space
            end, following = following, breaks_from(following + 1)
        if not 0 < end < count or reach(end) > -CLOSE or reach(following) < CLOSE:
            return None
        layout = line_break.Layout(self.style, 0, max_width)
        layout.set_text(text[:end].rstrip(" "))
        line, _ = layout.get_first_line()
        found = line_break.first_line_metrics(line, text, layout, None, True, self.style)
        return *found[:2], len(text[:end].encode()), *found[3:]

    def _x(self, place: int) -> int:
        found = ffi.new("int *")
        index = len(self.text[:place].encode())
        pango.pango_layout_line_index_to_x(self.line, index, False, found)
        return int(found[0])

    def _at(self, x: int) -> int:
        index, trailing = ffi.new("int *"), ffi.new("int *")
        pango.pango_layout_line_x_to_index(self.line, x, index, trailing)
        return len(self.text.encode()[: index[0]].decode())
