"""Drawing: nothing is copied that is not changed, nothing is looked at that is not there."""

from __future__ import annotations

from typing import Any

import pydyf
from weasyprint import stacking
from weasyprint.draw import border
from weasyprint.formatting_structure import boxes

_draw_outline, _page_references = border.draw_outline, pydyf.PDF.page_references


def dispatch_children(box: Any, *rest: Any) -> Any:
    """Find what is drawn apart from a box. Upstream: copy only boxes that lose children to it."""
    if not isinstance(box, boxes.ParentBox):
        return box
    drawn = []
    is_same = True
    for child in box.children:
        child_drawn = stacking._dispatch(child, *rest)
        is_same = is_same and child_drawn is child
        if child_drawn is not None:
            drawn.append(child_drawn)
    return box if is_same else box.copy_with_children(drawn)


def draw_outline(stream: Any, box: Any) -> None:
    """Draw outlines. Upstream: look at the width first; few boxes have one."""
    if box.style["outline_width"]:
        _draw_outline(stream, box)
        return
    for child in box.children:
        if isinstance(child, boxes.Box):
            draw_outline(stream, child)


def page_references(self: Any) -> Any:
    """Name the pages. Upstream (pydyf): once, not for each element of the structure tree."""
    known = self.__dict__.get("known_pages", ())
    if len(known) != self.pages["Count"]:
        known = self.known_pages = _page_references.fget(self)
    return known
