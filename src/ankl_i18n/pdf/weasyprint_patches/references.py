"""References to pages: numbers are filled in where they stand, without another layout.

WeasyPrint lays out each page with a reference twice more: once when the number is known, and once
when the count of pages is. As a number mostly takes no more room than another, the lines stay as
they are. Where it does, its page is laid out again, as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from weasyprint.css.targets import TargetCollector
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, page

from ankl_i18n.pdf.plan import descendants

_collect_anchor, _collect = (
    TargetCollector.collect_anchor,
    TargetCollector.collect_missing_counters,
)
_make_all_pages = page.make_all_pages
SAME_EVERYWHERE: Final = frozenset({"string", "attr()", "leader()"})
# What is laid out until pages are there: most digits are as wide as this, but not the Arabic 0.
GUESS: Final = 5


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
        self.__dict__.setdefault("references", {})[box] = parse_again


def make_all_pages(context: Any, *args: Any) -> Iterator[Any]:
    """Make the pages, and fill in their numbers. Upstream: the same, where they are as wide."""
    pages = list(_make_all_pages(context, *args))
    references = context.target_collector.__dict__.get("references")
    for item in context.target_collector.target_lookup_items.values():
        if item.page_maker_index is None:  # it is on no page
            item.cached_page_counter_values = {}
    for box, (number, parts) in _places(pages, references).items():
        references[box]()
        if not _filled_in(parts, "".join(part.text for part in _texts(box)), context):
            context.page_maker[number][-1]["content_changed"] = True
    return iter(pages)


def _tells_pages(box: Any) -> bool:
    """Tell whether the content of a box is about pages of other places, and of nothing else."""
    return all(
        kind in SAME_EVERYWHERE or (kind == "target-counter()" and value[1] == "page")
        for kind, value in box.style["content"]
    )


def _places(pages: Iterable[Any], references: Any) -> dict[Any, tuple[int, list[Any]]]:
    """Return the page on which each reference begins, from 0, and the texts that it became."""
    places: dict[Any, tuple[int, list[Any]]] = {}
    for number, one in enumerate(pages if references else ()):
        for box in descendants(one):
            if box.missing_link in references:
                places.setdefault(box.missing_link, (number, []))[1].extend(_texts(box))
    return places


def _texts(box: Any) -> Iterator[Any]:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.LineBox):
            yield from _texts(child)


def _filled_in(parts: list[Any], text: str, context: Any) -> bool:
    """Have texts say another number; tell whether they do, and are as wide with it."""
    signs = [sign for sign in text if sign != " "]  # at the ends of lines there are none
    places = [(part, i) for part in parts for i, sign in enumerate(part.text) if sign != " "]
    if len(signs) != len(places):
        return False
    changed: dict[Any, list[str]] = {}
    for (part, i), sign in zip(places, signs, strict=True):
        if part.text[i] != sign:
            if not (part.text[i].isdecimal() and sign.isdecimal()):
                return False
            changed.setdefault(part, list(part.text))[i] = sign
    return all(_rewritten(part, "".join(signs), context) for part, signs in changed.items())


def _rewritten(part: Any, text: str, context: Any) -> bool:
    layout, _, rest, width, *_ = inline.split_first_line(text, part.style, context, None, 0)
    if rest is not None or width != part.width or part.justification_spacing:
        return False
    part.text, part.pango_layout = text, layout
    return True
