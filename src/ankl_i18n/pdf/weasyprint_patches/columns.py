"""Columns of the same height: each of their children is laid out once, not for every height."""

from __future__ import annotations

from math import inf
from typing import Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

_block_box_layout, _block_level_layout = block.block_box_layout, block.block_level_layout
PLAIN: Final = (boxes.BlockBox, boxes.LineBox, boxes.InlineBox, boxes.TextBox)
# The place of `adjoining_margins` among the arguments after the box; the kept columns have none.
MARGINS: Final = 6


def block_box_layout(context: Any, box: Any, *args: Any, **more: Any) -> Any:
    """Lay out a block, and know of columns whether they are tried or kept.

    Upstream: `columns_layout` could tell so itself (`context.tried`, `context.is_trying`).
    """
    style = box.style
    if style["column_width"] != "auto" or style["column_count"] != "auto":
        before = context.__dict__.get("tried")
        context.tried = {}
        try:
            return _block_box_layout(context, box, *args, **more)
        finally:
            context.tried = before
    if not box.is_column:
        return _block_box_layout(context, box, *args, **more)
    context.is_trying = args[MARGINS] is not None
    bottom_space, skip_stack = args[:2]
    try:
        if not context.is_trying or bottom_space != inf:
            return _block_box_layout(context, box, *args, **more)
        key = repr(skip_stack)  # how high is what comes next: the same for all heights
        if key not in context.tried:
            context.tried[key] = _block_box_layout(context, box, *args, **more)
        return context.tried[key]
    finally:
        context.is_trying = False


def block_level_layout(  # noqa: PLR0913, PLR0917 - as WeasyPrint has them
    context: Any, box: Any, bottom_space: Any, skip_stack: Any, containing_block: Any,
    page_is_empty: bool = True, absolute_boxes: Any = None, fixed_boxes: Any = None,
    adjoining_margins: Any = None, *rest: Any, **more: Any,
) -> Any:  # fmt: skip
    """Lay out a block; while heights of columns are tried, each of their children once.

    A child that fits is as high as before, wherever it stands. What is tried is only measured,
    so that it need not be moved with all that is in it.
    """

    def laid_out() -> Any:
        return _block_level_layout(
            context, box, bottom_space, skip_stack, containing_block, page_is_empty,
            absolute_boxes, fixed_boxes, adjoining_margins, *rest, **more,
        )  # fmt: skip

    is_tried = getattr(containing_block, "is_column", False) and context.is_trying
    if not is_tried or skip_stack or any(rest) or more or context.excluded_shapes:
        return laid_out()
    key = box, page_is_empty, tuple(adjoining_margins or ()), containing_block.width
    x, y = box.position_x, box.position_y
    if key in context.tried:
        whole, old_x, old_y, next_page, margins, through = context.tried[key]
        bottom = whole.position_y + y - old_y + whole.margin_height()
        if not context.overflows_page(bottom_space, bottom):
            moved = whole.copy()
            moved.position_x += x - old_x
            moved.position_y += y - old_y
            return moved, None, dict(next_page), list(margins), through, None
    found = laid_out()
    whole, resume_at, next_page, margins, through, _ = found
    if whole is not None and resume_at is None and is_plain(whole):
        context.tried[key] = whole, x, y, dict(next_page), list(margins), through
    return found


def is_plain(box: Any) -> bool:
    """Tell whether there is nothing in a box that stands elsewhere, or hangs out of it."""
    return (
        type(box) in PLAIN
        and box.is_in_normal_flow()
        and box.footnote is None
        and getattr(box, "margin_bottom", 0) >= 0
        and all(map(is_plain, box.children))
    )


PIECES: Final = (
    (block, "block_box_layout", block_box_layout),
    (block, "block_level_layout", block_level_layout),
)
