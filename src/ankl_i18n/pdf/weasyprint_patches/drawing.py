"""Drawing: what there is nothing to say of is asked of a style once."""

from __future__ import annotations

from typing import Any, Final

import pydyf
from weasyprint.draw import border

_draw_border, _page_references = border.draw_border, pydyf.PDF.page_references
SIDES: Final = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))


def draw_border(stream: Any, box: Any) -> None:
    """Draw the borders of a box. Upstream: look first whether its style has any."""
    style = box.style
    try:
        has_borders = style.has_borders
    except AttributeError:
        has_borders = style.has_borders = _has_borders(style)
    if has_borders:
        _draw_border(stream, box)


def _has_borders(style: Any) -> bool:
    """Tell whether boxes of a style may have borders: in some tables they depend on others."""
    return (
        style["border_collapse"] == "collapse"
        or style["column_rule_width"] != 0
        or style["border_image_source"][0] != "none"
        or any(style[side] for side in SIDES)
    )


def page_references(self: Any) -> tuple[bytes, ...]:
    """Name the pages. Upstream (pydyf): once, not for each element of the structure tree."""
    count = len(self.pages["Kids"])
    known: tuple[bytes, ...] = self.__dict__.get("known_pages", ())
    if 3 * len(known) != count:
        known = self.known_pages = _page_references.fget(self)
    return known
