"""Borders of single sides drawn as boxes.

WeasyPrint draws one as the difference of two boxes seen through a third. Where a whole leaflet is
still in English, with a line at the side of each paragraph, that is a third of the file.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from weasyprint.draw.color import get_color

if TYPE_CHECKING:
    from collections.abc import Callable

SIDES: Final = ("top", "right", "bottom", "left")


def single_sides(draw_border: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return `weasyprint.draw.draw_border`, which fills solid sides that meet no other."""

    @wraps(draw_border)
    def drawn(stream: Any, box: Any) -> None:
        widths = {side: getattr(box, f"border_{side}_width") for side in SIDES}
        sides = [side for side, width in widths.items() if width]
        if sides and _is_simple(box, sides):
            for side in sides:
                _fill(stream, box, side, widths[side])
        else:
            draw_border(stream, box)

    return drawn


def _is_simple(box: Any, sides: list[str]) -> bool:
    style = box.style
    return (
        sides in (["top", "bottom"], ["right", "left"], *([side] for side in SIDES))
        and all(style[f"border_{side}_style"] == "solid" for side in sides)
        and style["visibility"] == "visible"
        and style["border_image_source"][0] == "none"
        and not style["column_rule_width"]
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
