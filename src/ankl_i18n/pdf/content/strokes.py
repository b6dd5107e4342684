"""Fewer operators: rules and strokes that can be drawn together, and clips that cut nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from ankl_i18n.pdf.content.items import DEFAULTS, LINES, NEAR, Item, number
from ankl_i18n.pdf.text import Text

# A line, and what decoration begins with.
RULE: Final = (b"m", b"l", b"S")
ARTIFACT: Final = b"/Artifact BMC"
# How WeasyPrint draws one side of a border.
SIDE: Final = [b"m", b"l", b"l", b"l", b"W*", b"n", b"re", b"re", b"f*"]


def set_rules_apart(items: Sequence[Item]) -> None:
    """Make rules under words decoration: they part no text, and stand together behind it."""
    with_text = {item.marks for item in items if isinstance(item.what, Text)}
    for item in items:
        if isinstance(item.what, Text):
            with_text.discard(item.marks)  # what follows is drawn over it
        elif item.marks in with_text and len(item.what) == len(RULE) and _is_stroke(item):
            item.marks = (ARTIFACT,)


def joined(items: Iterable[Item]) -> list[Item]:
    """Return items, strokes that follow each other in the same state as one."""
    joined: list[Item] = []
    for item in items:
        if joined and _is_stroke(item) and _are_alike(joined[-1], item):
            joined[-1] = replace(item, what=[*joined[-1].what[:-1], *item.what])  # type: ignore[index, misc]
        else:
            joined.append(item)
    return joined


def _is_stroke(item: Item) -> bool:
    return isinstance(item.what, list) and item.what[-1:] == [RULE[-1]]


def _are_alike(one: Item, stroke: Item) -> bool:
    """Tell whether an item is a stroke that is the same in one with another.

    What shines through is darker where strokes cross.
    """
    return (
        _is_stroke(one)
        and one.marks == stroke.marks
        and all(one.state[name] == stroke.state[name] for name in LINES)
        and stroke.state["line alpha"] == DEFAULTS["line alpha"]
    )


def unclipped(group: list[Item]) -> list[Item]:
    """Return a group without a clip where its path can be filled instead."""
    if len(group) != len((b"q", b"W n", b"f", b"Q")):
        return group
    clip, filled = group[1].what, group[2].what
    if not isinstance(clip, list) or not isinstance(filled, list):
        return group
    if filled[-1:] == [b"f"] and clip == [*filled[:-1], b"W", b"n"]:
        return [group[2]]
    side = _side(clip, filled)
    return [replace(group[2], what=[side, b"f"])] if side else group


def _side(clip: Sequence[bytes], filled: Sequence[bytes]) -> bytes:
    """Return the rectangle that is one side of a border, or nothing.

    WeasyPrint fills all between two rectangles, clipped to the side.
    """
    operators = [one.rpartition(b" ")[2] for one in (*clip, *filled)]
    if operators != SIDE:
        return b""
    points = [[*map(float, one.split()[:2])] for one in clip[: -len((b"W*", b"n"))]]
    across, down = (sorted({point[axis] for point in points}) for axis in (0, 1))
    inner, outer = ([*map(float, one.split()[:4])] for one in filled[:2])
    if len(across) != 2 or len(down) != 2:  # noqa: PLR2004 - it slants where it meets another
        return b""
    spans = ((across[0], across[1]), (down[0], down[1]))
    is_beside = any(
        end < inner[axis] + NEAR or start > inner[axis] + inner[axis + 2] - NEAR
        for axis, (start, end) in enumerate(spans)
    )
    is_within = all(
        outer[axis] - NEAR < start and end < outer[axis] + outer[axis + 2] + NEAR
        for axis, (start, end) in enumerate(spans)
    )
    if not (is_beside and is_within):
        return b""
    sizes = (across[0], down[0], across[1] - across[0], down[1] - down[0])
    return b" ".join((*map(number, sizes), b"re"))
