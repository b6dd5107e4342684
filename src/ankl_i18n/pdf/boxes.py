"""Borders and backgrounds drawn with as few operators as show the same.

WeasyPrint draws the border of one side as the difference of two boxes seen through a third, a
dotted one as circles of four curves each, and a background as a box seen through two others. Here
they are one box or one line. Corners, pictures and shadows are WeasyPrint's.
"""

from __future__ import annotations

from math import floor
from typing import Any, Final

from weasyprint import draw
from weasyprint.draw.border import rounded_box
from weasyprint.draw.color import get_color

_draw_border, _draw_background = draw.draw_border, draw.draw_background
# Sides in the order in which they are drawn, each with those that it meets.
SIDES: Final = (
    ("bottom", ("left", "right")), ("left", ("top", "bottom")), ("right", ("top", "bottom")),
    ("top", ("left", "right")),
)  # fmt: skip
SHARP: Final = ((0, 0),) * 4  # corners
ROUND: Final = 1  # the ends of lines (ISO 32000-1, table 54)

# Left, top, width and height, in pixels.
Box = tuple[float, float, float, float]


def draw_border(stream: Any, box: Any) -> None:
    """Draw the borders of a box, in place of `weasyprint.draw.draw_border`."""
    style = box.style
    is_plain = style["border_image_source"][0] == "none" and not style["column_rule_width"]
    if is_plain and not (
        box.border_top_width
        or box.border_bottom_width
        or box.border_left_width
        or box.border_right_width
    ):
        return
    widths = {side: getattr(box, f"border_{side}_width") for side, _ in SIDES}
    if not (is_plain and style["visibility"] == "visible" and _is_simple(box, widths)):
        _draw_border(stream, box)
        return
    for side, width in widths.items():
        color = get_color(style, f"border_{side}_color")
        if width and color.alpha:
            with stream.artifact(), stream.stacked():
                draw_side = _dotted if style[f"border_{side}_style"] == "dotted" else _filled
                draw_side(stream, _edge(box, side, width), color)


def _is_simple(box: Any, widths: dict[str, float]) -> bool:
    """Tell whether each side of a border is a box or a row of dots, and meets no other side."""
    return all(
        box.style[f"border_{side}_style"] in ("solid", "dotted")
        and not any(widths[other] for other in others)
        for side, others in SIDES
        if widths[side]
    ) and not _is_rounded(box.rounded_border_box())


def _is_rounded(rounded_box: Any) -> bool:
    return any(map(any, rounded_box[4:]))


def _edge(box: Any, side: str, width: float) -> Box:
    """Return the box that the border of a side is."""
    x, y, right, bottom = box.rounded_border_box()[:4]
    if side in ("top", "bottom"):
        return x, y + bottom - width if side == "bottom" else y, right, width
    return x + right - width if side == "right" else x, y, width, bottom


def _filled(stream: Any, edge: Box, color: Any) -> None:
    stream.set_color(color)
    stream.rectangle(*edge)
    stream.fill()


def _dotted(stream: Any, edge: Box, color: Any) -> None:
    """Draw a row of dots, as far from one another as they are wide, or a little more."""
    x, y, *sides = edge
    size, length = min(sides), max(sides)
    count = floor(length / size / 2)
    step = (length - size) / count if count else size
    x, y = x + size / 2, y + size / 2
    far = (count + 0.25) * step  # a little more than to the last dot, lest it be rounded away
    stream.set_color(color, stroke=True)
    stream.set_line_width(round(size, 2))
    stream.set_line_cap(ROUND)
    stream.set_dash([0, step], 0)
    stream.move_to(x, y)
    stream.line_to(*((x + far, y) if sides[0] == length else (x, y + far)))
    stream.stroke()


def draw_background(
    stream: Any, background: Any, clip_box: bool = True, bleed: Any = None, marks: Any = ()
) -> None:
    """Draw the background of a box, in place of `weasyprint.draw.draw_background`."""
    if background is None or not background.layers:
        return
    if marks or not _is_plain(background, clip_box=clip_box):
        _draw_background(stream, background, clip_box, bleed, marks)
    elif background.color.alpha:
        last = background.layers[-1]
        box = last.clipped_boxes[0] if clip_box else (*last.painting_area, *SHARP)
        with stream.artifact(), stream.stacked():
            stream.set_color(background.color)
            rounded_box(stream, box)
            stream.fill()


def _is_plain(background: Any, *, clip_box: bool) -> bool:
    """Tell whether a background is a colour, and fills one box, which may be rounded."""
    last = background.layers[-1]
    is_colour = all(layer.image is None for layer in background.layers)
    is_colour = is_colour and not background.style["box_shadow"]
    boxes = [tuple(box[:4]) for box in last.clipped_boxes]
    return is_colour and (not clip_box or boxes == [tuple(last.painting_area)])
