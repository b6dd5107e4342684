"""Sizes of boxes: what their style says of them is found out once."""

from __future__ import annotations

from typing import Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.layout import percent

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
        sizes, *said = style.sizes
        if said != [style["width"], style["height"]]:  # layout set them since
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
