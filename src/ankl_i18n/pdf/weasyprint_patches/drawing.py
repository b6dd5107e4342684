"""Drawing: nothing is copied that is not changed, nothing is said twice."""

from __future__ import annotations

from typing import Any, Final

import pydyf
from weasyprint import stacking
from weasyprint.draw import border
from weasyprint.formatting_structure import boxes

_draw_outline, _page_references = border.draw_outline, pydyf.PDF.page_references


def dispatch_children(box: Any, *rest: Any) -> Any:
    """Find what is drawn apart from a box. Upstream: copy only boxes that lose children to it."""
    if not isinstance(box, boxes.ParentBox):
        return box
    dispatch = stacking._dispatch
    kept = []
    is_same = True
    for child in box.children:
        found = dispatch(child, *rest)
        is_same = is_same and found is child
        if found is not None:
            kept.append(found)
    return box if is_same else box.copy_with_children(kept)


def draw_outline(stream: Any, box: Any) -> None:
    """Draw outlines. Upstream: look at the width first; few boxes have one."""
    if box.style["outline_width"]:
        _draw_outline(stream, box)
        return
    for child in box.children:
        if isinstance(child, boxes.Box):
            draw_outline(stream, child)


def page_references(self: Any) -> tuple[bytes, ...]:
    """Name the pages. Upstream (pydyf): once, not for each element of the structure tree."""
    count = self.pages["Count"]
    known = self.__dict__.get("known_pages", ())
    if len(known) != count:
        known = self.known_pages = _page_references.fget(self)
    return known  # type: ignore[no-any-return]


PIECES: Final = (
    (stacking, "_dispatch_children", dispatch_children),
    (border, "draw_outline", draw_outline),
    (pydyf.PDF, "page_references", property(page_references)),
)
