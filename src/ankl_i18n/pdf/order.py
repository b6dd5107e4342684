"""Order: what is drawn where it stands, so that text is drawn in the order of reading.

CSS draws a box with `position: relative` after all others (CSS 2, appendix E). Programs that copy
or search a PDF read in the order of drawing. Nothing on our pages lies on anything else.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def in_place(dispatch: Callable[..., Any]) -> Callable[..., Any]:
    """Return `weasyprint.stacking._dispatch`, which leaves relative boxes among the others."""

    @wraps(dispatch)
    def dispatched(box: Any, *rest: Any) -> Any:
        style = box.style
        if style["position"] != "relative" or style["z_index"] != "auto":
            return dispatch(box, *rest)
        style["position"] = "static"
        try:
            return dispatch(box, *rest)
        finally:
            style["position"] = "relative"

    return dispatched
