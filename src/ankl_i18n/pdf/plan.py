"""What is known of a laid-out document before it is drawn: what is content, where lines end.

Boxes are WeasyPrint's (`weasyprint.formatting_structure.boxes`), named by their `id`: they live
as long as their document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder


@dataclass(frozen=True, slots=True)
class Plan:
    """What drawing needs to know.

    `artifacts` maps boxes that are no content to the properties of their artifact, `line_ends`
    are the last text boxes of lines that another line of the same block follows. `every_line`
    is set where the structure tree must have the text of every line: in right-to-left pages,
    where readers of the glyphs alone reverse ligatures, brackets and ranges of numbers.
    """

    artifacts: dict[int, pydyf.Dictionary | None]
    line_ends: frozenset[int]
    every_line: bool


def plan(document: Any, direction: str) -> Plan:
    """Return the plan of a laid-out `weasyprint.Document`.

    `direction` is that of the page's language, "ltr" or "rtl".
    """
    artifacts: dict[int, pydyf.Dictionary | None] = {}
    line_ends: set[int] = set()
    headers: set[int] = set()
    for page in document.pages:
        for child, inner in parts(page):
            if isinstance(child, boxes.MarginBox):
                artifacts |= dict.fromkeys(map(id, inner), _furniture(child))
                continue
            for box in inner:
                line_ends.update(_line_ends(box))
                if _is_decoration(box) or _is_repeated(box, headers):
                    artifacts |= dict.fromkeys(map(id, descendants(box)))
    return Plan(artifacts, frozenset(line_ends), direction == "rtl")


def parts(page: Any) -> list[tuple[Any, list[Any]]]:
    """Return the flow of a page (`weasyprint.Page`) and the boxes in its margins.

    Each comes with all boxes in it. They are looked for once.
    """
    if "parts" not in vars(page):
        page.parts = [(child, [*descendants(child)]) for child in page._page_box.children]
    return page.parts  # type: ignore[no-any-return]


def descendants(box: Any) -> Iterator[Any]:
    """Yield a box and all boxes in it, those taken out of the flow too."""
    waiting = [box]
    while waiting:
        one = waiting.pop()
        if type(one) is AbsolutePlaceholder:
            one = one._box
        yield one
        waiting += reversed(one.children)


def _furniture(margin: Any) -> pydyf.Dictionary:
    """Return the properties of a running header or footer (ISO 32000-1, 14.8.2.2)."""
    kind = "/Header" if margin.at_keyword.startswith("@top") else "/Footer"
    return pydyf.Dictionary({"Type": "/Pagination", "Subtype": kind})


def _line_ends(block: Any) -> Iterator[int]:
    lines = [child for child in getattr(block, "children", ()) if isinstance(child, boxes.LineBox)]
    for line in lines[:-1]:
        texts = [box for box in descendants(line) if isinstance(box, boxes.TextBox)]
        if texts:
            yield id(texts[-1])


def _is_decoration(box: Any) -> bool:
    """Tell whether a box says nothing (WAI-ARIA 1.2 `aria-hidden`, HTML empty `alt`)."""
    if box.element is None:
        return False
    attributes = box.element.attrib
    no_alt = box.element_tag == "img" and attributes.get("alt") == ""
    return bool(no_alt or attributes.get("aria-hidden") == "true")


def _is_repeated(box: Any, seen: set[int]) -> bool:
    """Tell whether a table's head or foot is there again because the table goes on."""
    if not isinstance(box, boxes.TableRowGroupBox) or not (box.is_header or box.is_footer):
        return False
    again = id(box.element) in seen
    seen.add(id(box.element))
    return again
