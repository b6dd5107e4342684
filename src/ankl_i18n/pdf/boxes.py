"""Borders of single sides drawn as boxes.

WeasyPrint draws one as the difference of two boxes seen through a third. Where a whole leaflet is
still in English, with a line at the side of each paragraph, that is a third of the file.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from weasyprint.draw.color import get_color

SIDES: Final = ("top", "right", "bottom", "left")
WIDTHS: Final = tuple((side, f"border_{side}_width") for side in SIDES)


def single_sides(draw_border: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return `weasyprint.draw.draw_border`, which fills solid sides that meet no other."""

    @wraps(draw_border)
    def drawn(stream: Any, box: Any) -> None:
        fields, style = box.__dict__, box.style
        widths = {side: fields.get(name, 0) for side, name in WIDTHS if fields.get(name, 0)}
        is_plain = style["border_image_source"][0] == "none" and not style["column_rule_width"]
        if not is_plain or (widths and not _is_simple(box, list(widths))):
            draw_border(stream, box)
        else:
            for side, width in widths.items():
                _fill(stream, box, side, width)

    return drawn


def _is_simple(box: Any, sides: list[str]) -> bool:
    style = box.style
    return (
        sides in (["top", "bottom"], ["right", "left"], *([side] for side in SIDES))
        and all(style[f"border_{side}_style"] == "solid" for side in sides)
        and style["visibility"] == "visible"
        and not any(map(any, box.rounded_border_box()[4:]))
    )


def _fill(stream: Any, box: Any, side: str, size: float) -> None:
    """Draw the border of a side, whose width is `size`."""
    color = get_color(box.style, f"border_{side}_color")
    x, y, width, height = box.rounded_border_box()[:4]
    if side in ("top", "bottom"):
        edge = (x, y + height - size if side == "bottom" else y, width, size)
    else:
        edge = (x + width - size if side == "right" else x, y, size, height)
    if color.alpha:
        with stream.artifact(), stream.stacked():
            stream.set_color(color)
            stream.rectangle(*edge)
            stream.fill()
