"""Flexible boxes in flexible boxes: the inner ones are laid out once, then moved."""

from __future__ import annotations

from typing import Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, flex

from ankl_i18n.render.weasyprint_shim.columns import is_plain

_flex_layout = flex.flex_layout


def flex_layout(
    context: Any, box: Any, bottom_space: Any, skip_stack: Any, containing_block: Any, *rest: Any
) -> Any:
    """Lay out a flexible box, or move what came of it before, on a page with room for it.

    Upstream: a flexible box lays its items out three times to measure them, and so an inner one
    its own nine times; what only measures need not be made anew.
    """

    def laid_out() -> Any:
        return _flex_layout(context, box, bottom_space, skip_stack, containing_block, *rest)

    if skip_stack or context.excluded_shapes:
        return laid_out()
    page_is_empty, *_, discard = rest
    around = (containing_block.width, containing_block.height, page_is_empty, discard)
    key = box, box.margin_top, box.margin_left, *around
    kept = context.__dict__.setdefault("flexible", {})
    x, y = box.position_x, box.position_y
    if key in kept:
        whole, old_x, old_y, (_, next_page, margins, through) = kept[key]
        if not context.overflows_page(
            bottom_space, whole.position_y + y - old_y + whole.margin_height()
        ):
            moved = whole.deepcopy()
            moved.translate(x - old_x, y - old_y)
            return moved, None, dict(next_page), list(margins), through
    found = laid_out()
    whole, resume_at, next_page, margins, through = found
    if whole is not None and resume_at is None and _is_plain(whole):
        kept[key] = whole.deepcopy(), x, y, (None, dict(next_page), list(margins), through)
    return found


def _is_plain(box: Any) -> bool:
    is_flexible = type(box) is boxes.FlexBox and box.is_in_normal_flow()
    return is_flexible and all(map(is_plain, box.children))


PIECES: Final = ((block, "flex_layout", flex_layout),)
