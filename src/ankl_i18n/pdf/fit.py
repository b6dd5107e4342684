"""Pages as full as they can be, and nothing beside them: what a style sheet cannot know.

A document is laid out, looked at, and laid out again where a box that should stay in one piece
leaves most of a page empty, or a table is wider than the paper. Few documents need it. Many need
more room for the box that should be on the first page; that page tells, and no more are laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from weasyprint.formatting_structure import boxes
from weasyprint.layout import page as layout

from ankl_i18n.errors import Location, Problem, error
from ankl_i18n.pdf.patching import Patch, patched
from ankl_i18n.pdf.plan import descendants, parts

MOST_ROUNDS: Final = 12
# Parts of a page: how much stays empty for a box in one piece that fits a page, and for one that
# does not; and how much of a page that one fills.
NEARLY_EMPTY, GAP, FULL = 0.6, 0.1, 0.85
NEAR: Final = 1.0  # pixels
BROKEN: Final = "; break-inside: auto"
LED: Final = "cover led"
# What a box goes through that should be on the first page, until it is there in one piece: less
# room around it and in it, then smaller letters.
FIRST, CLOSE = "first", "first close"
STEPS: Final = (FIRST, CLOSE, f"{CLOSE} tight", f"{CLOSE} tight tighter")
# What a table goes through until it fits: narrow columns, broken words, a list.
NARROW, WORDS = "narrow", "narrow broken"
FEW: Final = 4  # columns in which words may break and still be read

# Pages as all the boxes on each of them.
Pages = Sequence[Sequence[Any]]


def fitted(render: Callable[[], Any]) -> Any:
    """Return a document (`weasyprint.Document`) laid out so that its parts fit its pages.

    `render` lays out the same HTML again, whose elements are changed in between.
    """
    for _ in range(MOST_ROUNDS):
        try:
            with patched((Patch(layout, "remake_page", _judging),)):
                document = render()
        except _AgainError:
            continue
        pages = [[*_boxes(page)] for page in document.pages]
        if not (_fit_first(pages) or _narrow_tables(document) or _break_boxes(document)):
            return document
    return render()


class _AgainError(Exception):
    """A document is to be laid out again: what should be on its first page is not there."""


def _judging(remake: Callable[..., Any]) -> Callable[..., Any]:
    """Return WeasyPrint's function that lays out a page, which ends a layout that is in vain.

    Upstream: a layout could be asked for its first pages.
    """

    def remake_page(index: int, context: Any, root: Any, html: Any) -> Any:
        page, resume_at = remake(index, context, root, html)
        if index == 0 and _has_first(html.etree_element):
            made = [*descendants(page)]
            there = {box.element for box in made}
            others = [box for box in descendants(root) if box.element not in there]
            if not any(box.missing_link for box in made) and _fit_first([made, others]):
                raise _AgainError
        return page, resume_at

    return remake_page


def _has_first(root: Element) -> bool:
    return any(FIRST in element.get("class", "").split() for element in root.iter())


def problems(document: Any, where: Location) -> Iterator[Problem]:
    """Yield an error for each page with text beyond the edge of the paper."""
    for number, page in enumerate(document.pages, 1):
        paper = page._page_box
        right, bottom = paper.margin_width(), paper.margin_height()
        for text in _texts(_boxes(page)):
            is_off = text.position_x < -NEAR or text.position_x + text.width > right + NEAR
            if is_off or text.position_y + text.height > bottom + NEAR:
                hint = "write it with fewer columns, shorter words or a smaller picture"
                message = f"page {number} of the PDF: text is off the paper: {text.text.strip()!r}"
                yield error("off-page", message, where, hint)
                break


def _boxes(page: Any) -> Iterator[Any]:
    return chain.from_iterable(inner for _, inner in parts(page))


def _texts(every: Iterable[Any]) -> Iterator[Any]:
    for box in every:
        if isinstance(box, boxes.TextBox) and box.text.strip():
            yield box


# ---- Boxes in one piece ----


def _break_boxes(document: Any) -> bool:
    """Let the first box break that leaves too much of a page empty; tell whether there is one."""
    for one, other in pairwise(document.pages):
        page, following = one._page_box, other._page_box
        bottom = max((box.position_y + box.height for box in _flow(one)), default=0)
        end = page.content_box_y() + page.height
        empty = (end - bottom) / page.height
        if empty > GAP:
            box = _first_whole(following)
            is_tall = box is not None and box.height > FULL * following.height
            if box is not None and (is_tall or empty > NEARLY_EMPTY):
                box.element.set("style", box.element.get("style", "") + BROKEN)
                return True
    return False


def _fit_first(pages: Pages) -> bool:
    """Take the next step with what should be on the first page; tell whether there is one.

    Room is made for a picture that belongs to it, too, but its letters stay as they are.
    """
    places = list(_places(pages, _is_first))
    if not places or _is_broken(places[0][1].element):
        return False
    element, is_on_first = places[0][1].element, all(page == 0 for page, _ in places)
    base, step = _step(element)
    if is_on_first and (step or _first_picture(pages) == 0):
        return False
    is_last = step + 1 == len(STEPS)
    element.set("class", base + (FIRST if is_last else STEPS[step + 1]))
    for _, cover in _places(pages, _is_led):
        cover.element.set("class", LED if is_last else f"{LED} close")
    if is_last:
        element.set("style", element.get("style", "") + BROKEN)
    return True


def _step(element: Element) -> tuple[str, int]:
    """Return the classes of a box before those of `STEPS`, and its step."""
    classes = element.get("class", "")
    base = classes[: classes.index(FIRST, classes.index(" "))]
    return base, STEPS.index(classes[len(base) :])


def _places(pages: Pages, is_wanted: Callable[[Any], bool]) -> Iterator[tuple[int, Any]]:
    """Yield boxes, or the parts of them, with the number of their page from 0."""
    for number, page in enumerate(pages):
        for box in page:
            if isinstance(box, boxes.BlockLevelBox) and box.element is not None and is_wanted(box):
                yield number, box


def _is_first(box: Any) -> bool:
    """Tell whether a box was put before all else, and so begins on the first page."""
    return FIRST in box.element.get("class", "").split()


def _first_picture(pages: Pages) -> int:
    """Return the number of the page with the first picture of the section before all else, or 0."""
    figures = {
        figure for _, lead in _places(pages, _is_lead) for figure in lead.element.iter("figure")
    }
    return next((page for page, _ in _places(pages, lambda box: box.element in figures)), 0)


def _is_led(box: Any) -> bool:
    """Tell whether a box is the head of a leaflet above what was put before all else."""
    return bool(box.element.get("class", "").startswith(LED))


def _is_lead(box: Any) -> bool:
    return "lead" in box.element.get("class", "").split()


def _is_broken(element: Element) -> bool:
    return element.get("style", "").endswith(BROKEN)


def _flow(page: Any) -> Iterator[Any]:
    """Yield what is seen on a page between its margins: text and pictures."""
    for child, inner in parts(page):
        if not isinstance(child, boxes.MarginBox):
            for box in inner:
                if isinstance(box, (boxes.TextBox, boxes.ReplacedBox)):
                    yield box


def _first_whole(page: Any) -> Any:
    """Return the first box of a page that should not break, with nothing but headings before."""
    for child in page.children:
        if isinstance(child, boxes.MarginBox):
            continue
        for box in descendants(child):
            element = getattr(box, "element", None)
            if element is None or not isinstance(box, boxes.BlockLevelBox | boxes.TableRowBox):
                continue
            is_kept = box.style["break_inside"].startswith("avoid")
            if is_kept and not _is_broken(element):
                return box
            if box.style["break_inside"] == "auto" and _is_read(box):
                return None
    return None


def _is_read(box: Any) -> bool:
    """Tell whether a box is text that may be at the end of a page."""
    has_lines = any(isinstance(child, boxes.LineBox) for child in getattr(box, "children", ()))
    return has_lines and box.style["break_after"] == "auto"


# ---- Tables ----


def _narrow_tables(document: Any) -> bool:
    """Take the next step with each table that is wider than its page."""
    changed: list[Element] = []
    for page in document.pages:
        paper = page._page_box
        left, right = paper.content_box_x(), paper.content_box_x() + paper.width
        for table in _tables(page):
            wide = (
                text.position_x < left - NEAR or text.position_x + text.width > right + NEAR
                for text in _texts(descendants(table))
            )
            if table.element not in changed and any(wide):
                changed.append(table.element)
    for element in changed:
        _next_step(element)
    return bool(changed)


def _tables(page: Any) -> Iterator[Any]:
    for box in _boxes(page):
        if isinstance(box, boxes.TableBox) and box.element is not None:
            yield box


def _next_step(table: Element) -> None:
    """Make the columns of a table narrow, then break words in few columns, then make it a list."""
    columns = max((len(row) for row in table.iter("tr")), default=0)
    named = table.get("class", "")
    if not named.endswith((NARROW, WORDS)):
        table.set("class", f"{named} {NARROW}".strip())
    elif columns <= FEW and not named.endswith(WORDS):
        table.set("class", f"{named.removesuffix(NARROW)}{WORDS}")
    else:
        _be_list(table)


def _be_list(table: Element) -> None:
    """Make a list of a table: each row an item, each cell below its header."""
    caption = table.find("caption")
    rows = list(table.iter("tr"))
    heads = list(rows[0]) if table.find("thead") is not None else []
    body = rows[1:] if heads else rows
    for child in list(table):
        table.remove(child)
    table.tag = "div"
    table.attrib.pop("class", None)
    if caption is not None:
        _paragraph(table, caption, "caption")
    items = SubElement(table, "ul", {"class": "stacked"})
    for row in body:
        item = SubElement(items, "li")
        for place, cell in enumerate(row):
            if len(cell) or (cell.text or "").strip():
                if place < len(heads):
                    _paragraph(item, heads[place], "label")
                _paragraph(item, cell, "")


def _paragraph(parent: Element, content: Element, name: str) -> None:
    """Add a paragraph with the content of a cell or a caption."""
    attributes = {
        key: value for key, value in content.attrib.items() if key in ("lang", "dir", "id")
    }
    classes = f"{name} {content.get('class', '')}".strip()
    paragraph = SubElement(parent, "p", attributes | ({"class": classes} if classes else {}))
    paragraph.text = content.text
    paragraph.extend(content)
