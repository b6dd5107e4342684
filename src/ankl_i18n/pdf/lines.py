"""Lines: a correction to where WeasyPrint breaks them.

Where a text fits its line but for the space at its end, and a link or an abbreviation follows,
WeasyPrint (70) breaks the line after the first word of the text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any


def keeping(split: Callable[..., Any]) -> Callable[..., Any]:
    """Return `weasyprint.text.line_break.split_first_line`, which lets a last space hang over."""

    @wraps(split)
    def split_keeping(
        text: str, style: Any, context: Any, max_width: Any, *rest: Any, **more: Any
    ) -> Any:
        line = split(text, style, context, max_width, *rest, **more)
        _, _, resume_at, *_ = line
        if resume_at is None or max_width is None or not text.endswith(" "):
            return line
        _, _, cut, width, *_ = split(text.rstrip(" "), style, context, max_width, *rest, **more)
        if cut is not None or width > max_width:
            return line
        return split(text, style, context, None, *rest, **more)

    return split_keeping
