"""Sizes and places of boxes: what their style says of them is found out once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, percent, preferred
from weasyprint.layout import float as floats

ACROSS: Final = (
    "margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left",
    "padding_right", "padding_top", "padding_bottom", "width", "min_width", "max_width",
    "height", "min_height", "max_height",
)  # fmt: skip
BORDERS: Final = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_resolve_percentages = percent.resolve_percentages


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set the sizes of a box; where a style has no percentages, all its boxes have the same.

    Upstream: ask of a style once whether any of these properties depends on the container.
    """
    style = box.style
    try:
        sizes, *declared = style.sizes
        if declared != [style["width"], style["height"]]:  # layout set them since
            sizes = _sizes(style)
    except AttributeError:
        sizes = _sizes(style)
    if sizes is None or type(box) is boxes.PageBox:
        _resolve_percentages(box, containing_block)
    else:
        fields = box.__dict__
        fields.get("_box", box).__dict__.update(sizes)  # a placeholder stands for its box


def _sizes(style: Any) -> dict[str, Any] | None:
    """Return what a style sets the sizes of its boxes to, None if that depends on the box."""
    sizes = None if style["border_collapse"] == "collapse" else _in_pixels(style)
    if sizes is not None:
        sizes |= {name: style[name] for name in BORDERS}
        box = _Sized(style, sizes)
        percent.adjust_box_sizing(box, "width")
        percent.adjust_box_sizing(box, "height")
        sizes = {name: getattr(box, name) for name in sizes}
    style.sizes = sizes, style["width"], style["height"]
    return sizes


def _in_pixels(style: Any) -> dict[str, Any] | None:
    sizes = {}
    for name in ACROSS:
        value = style[name]
        if value == "auto":
            sizes[name] = 0 if name.startswith("min") else "auto"
        elif getattr(value, "unit", "%") == "%":
            return None
        else:
            sizes[name] = value.value
    return sizes


class _Sized:
    """A box that has nothing but its sizes."""

    def __init__(self, style: Any, sizes: dict[str, Any]) -> None:
        self.__dict__.update(sizes)
        self.style = style


_is_in_normal_flow = boxes.Box.is_in_normal_flow


def is_in_normal_flow(self: Any) -> bool:
    """Tell whether a box is in the normal flow. Upstream: ask a style once."""
    try:
        return bool(self.style.is_in_flow)
    except AttributeError:
        self.style.is_in_flow = _is_in_normal_flow(self)
        return bool(self.style.is_in_flow)


_avoid_collisions = floats.avoid_collisions


def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
    """Return where a box can stand. Upstream: return early where nothing floats."""
    if context.excluded_shapes or box.is_floated():
        return _avoid_collisions(context, box, containing_block, outer)
    left = containing_block.content_box_x()
    right = left + containing_block.width
    if not outer:
        left += box.margin_left
        right -= box.margin_right
    x, y = left, box.position_y if outer else box.border_box_y()
    if containing_block.style["direction"] == "rtl":
        is_line = isinstance(box, boxes.LineBox)
        x = right if is_line else right - (box.margin_width() if outer else box.border_width())
    if outer:
        return x, y, right - left
    return x - box.margin_left, y - box.margin_top, right - left


def collapse_margin(adjoining_margins: Iterable[Any]) -> Any:
    """Return what adjoining margins collapse to. Upstream: the same, in one loop."""
    most = least = 0
    for margin in adjoining_margins:
        if margin > most:
            most = margin
        elif margin < least:
            least = margin
    return most + least


def shrink_to_fit(context: Any, box: Any, available: Any) -> Any:
    """Return the width of a box as wide as its content. Upstream: the least width comes last.

    Where there is room for the content as it is (CSS 2, 10.3.5), it says nothing.
    """
    most = preferred.max_content_width(context, box, outer=False)
    if most <= available:
        return most
    return min(max(preferred.min_content_width(context, box, outer=False), available), most)


_layout_box_backgrounds = background.layout_box_backgrounds
RADII: Final = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)


def layout_box_backgrounds(
    page: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
) -> None:
    """Place the backgrounds of a box and of those in it. Upstream: ask a style once for any."""
    if box is page or style is not None or not _is_bare(box.style):
        _layout_box_backgrounds(page, box, get_image, layout_children, style)
        return
    fields = getattr(box, "_box", box).__dict__  # a placeholder stands for its box
    fields.update(dict.fromkeys(RADII, (0, 0)), background=None)
    if layout_children:
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image)


def _is_bare(style: Any) -> bool:
    """Tell whether boxes of a style have square corners and nothing behind their text."""
    try:
        return bool(style.is_bare)
    except AttributeError:
        sources = style["border_image_source"], style["mask_border_source"]
        style.is_bare = (
            not style["box_shadow"]
            and not get_color(style, "background_color").alpha
            and not any(kind == "url" or value for kind, value in style["background_image"])
            and all(kind == "none" for kind, *_ in sources)
            and all((0, "px") in style[name] for name in RADII)
        )
        return bool(style.is_bare)
