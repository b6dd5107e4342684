"""References to pages: lines are laid out again when their numbers are known, pages seldom.

WeasyPrint lays out each page with a reference twice more: once when the number is known, and once
when the count of pages is. Here only the lines with another number are, with the width that they
had. Where one of them ends elsewhere now, its page is laid out again, as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from typing import Any, Final

from weasyprint.css.targets import TargetCollector
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, page
from weasyprint.layout.absolute import AbsolutePlaceholder

_collect_anchor, _collect = (
    TargetCollector.collect_anchor,
    TargetCollector.collect_missing_counters,
)
_iter_line_boxes, _make_all_pages = inline.iter_line_boxes, page.make_all_pages
SAME_EVERYWHERE: Final = frozenset({"string", "attr()", "leader()"})
# What is laid out until pages are there.
GUESS: Final = 8
INLINE: Final = (boxes.LineBox, boxes.InlineBox)
# Boxes that may be as wide as what is in them. Columns of tables are what they were at first.
FITTING: Final = (boxes.FlexContainerBox, boxes.GridContainerBox, boxes.AtomicInlineLevelBox)


def collect_anchor(self: Any, name: Any) -> None:
    """Remember a place that something may refer to. Upstream: a better guess than 0."""
    _collect_anchor(self, name)
    item = self.target_lookup_items.get(name)
    if item is not None:
        item.cached_page_counter_values = {"page": [GUESS]}


def collect_missing_counters(  # noqa: PLR0913, PLR0917 - as WeasyPrint has them
    self: Any, box: Any, kind: str, parse_again: Callable[[], None], missing: Any, targets: Any
) -> None:
    """Remember what a box must be told when pages are there.

    Upstream: ask which counters have changed, and not whether any has.
    """
    if kind != "content" or not targets or not _tells_pages(box):
        _collect(self, box, kind, parse_again, missing, targets)
    elif self.collecting:
        box.missing_link = box
        _references(self)[box] = parse_again


def _references(collector: Any) -> dict[Any, Callable[[], None]]:
    """Return boxes that tell pages, and what has each of them tell what is known by now."""
    return collector.__dict__.setdefault("references", {})  # type: ignore[no-any-return]


def _tells_pages(box: Any) -> bool:
    """Tell whether the content of a box is about pages of other places, and of nothing else."""
    return all(
        kind in SAME_EVERYWHERE or (kind == "target-counter()" and value[1] == "page")
        for kind, value in box.style["content"]
    )


def iter_line_boxes(  # noqa: PLR0913, PLR0917 - as WeasyPrint has them
    context: Any, linebox: Any, y: float, bottom: float, skip: Any, block: Any,
    absolute: list[Any], fixed: list[Any], *first: Any,
) -> Iterator[Any]:  # fmt: skip
    """Yield lines; those with references know what they were made of. Upstream: the same."""
    references = _references(context.target_collector)
    lines = _iter_line_boxes(context, linebox, y, bottom, skip, block, absolute, fixed, *first)
    for line, resume_at in lines:
        if references and not context.excluded_shapes and _has(line, references):
            made_of = linebox, y, bottom, skip, block.copy(), *first
            line.made = made_of, line.position_x, line.position_y
        y, skip, first = line.position_y + line.height, resume_at, (None, None)
        yield line, resume_at


def _has(box: Any, references: Container[Any]) -> bool:
    """Tell whether a line, or what is in it, has a reference among its own text."""
    return box.missing_link in references or any(
        _has(child, references) for child in box.children if isinstance(box, INLINE)
    )


def make_all_pages(context: Any, *args: Any) -> Iterator[Any]:
    """Make the pages, and fill in their numbers. Upstream: the same."""
    pages = list(_make_all_pages(context, *args))
    for item in context.target_collector.target_lookup_items.values():
        if item.page_maker_index is None:  # it is on no page
            item.cached_page_counter_values = {}
    references = _references(context.target_collector)
    changed = {box for box, parse_again in references.items() if _is_other(box, parse_again)}
    for number, one in enumerate(pages if changed else ()):
        lines = {id(line): (line, fits) for line, fits in _referring(one, changed)}
        if not all(_laid_out_again(line, context, fits=fits) for line, fits in lines.values()):
            context.page_maker[number][-1]["content_changed"] = True
            context.tables.clear()  # the widths of their columns, for other numbers
    return iter(pages)


def _is_other(box: Any, parse_again: Callable[[], None]) -> bool:
    """Have a reference tell what is known by now; tell whether that is something else."""
    before = _text(box)
    parse_again()
    return _text(box) != before


def _text(box: Any) -> str:
    return box.text if isinstance(box, boxes.TextBox) else "".join(map(_text, box.children))


def _referring(page: Any, changed: Container[Any]) -> Iterator[tuple[Any, bool]]:
    """Yield the line of each reference, and whether something may be as wide as it is.

    What is in no line of text stands for itself.
    """
    waiting: list[tuple[Any, Any, bool]] = [(page, page, False)]
    while waiting:
        box, line, fits = waiting.pop()
        if type(box) is AbsolutePlaceholder:
            box = box._box
        if not isinstance(box, boxes.InlineBox):
            line = box
        if box.missing_link in changed:
            yield line, fits
        fits = fits or isinstance(box, FITTING) or not box.is_in_normal_flow()
        waiting += [(child, line, fits) for child in box.children]


def _laid_out_again(line: Any, context: Any, *, fits: bool) -> bool:
    """Lay out a line with other numbers; tell whether all others may stay where they are."""
    if "made" not in vars(line):
        return False
    (*made_of, letter, first), x, y = line.made
    outside: tuple[list[Any], list[Any]] = [], []
    context.create_block_formatting_context()  # nothing floats in it
    lines = _iter_line_boxes(context, *made_of, *outside, letter, first)
    other, resume_at = next(lines, (None, None))
    context.finish_block_formatting_context()
    if other is None or any(outside) or resume_at != line.resume_at:
        return False
    if other.height != line.height or (fits and other.width != line.width):
        return False
    other.translate(line.position_x - x, line.position_y - y)
    vars(line).update(vars(other))
    return True
