"""Memory: what a layout leaves behind goes back at once, not when rings of objects are found.

To look for rings takes a thirtieth of the time of a PDF.
"""

from __future__ import annotations

from typing import Any, Final

from weasyprint.images import SVGImage
from weasyprint.layout import LayoutContext

_begin = LayoutContext.__init__
_contexts: Final[list[Any]] = []


def begin(self: Any, *args: Any) -> None:
    """Begin a layout. Upstream: pictures need no more of it than its fonts."""
    _begin(self, *args)
    _contexts.append(self)


def let_go() -> None:
    """Take apart what layouts that are over hold."""
    for context in _contexts:
        images = context.get_image_from_uri.keywords["cache"]
        for image in images.values():
            if isinstance(image, SVGImage):
                vars(image._svg).clear()
                vars(image).clear()
        images.clear()  # other layouts of the document have them, too
        vars(context.target_collector).clear()
        vars(context).clear()
    _contexts.clear()
