"""Structure elements that say nothing but where lines begin: taken away (ISO 32000-1, 14.7).

WeasyPrint makes an element of every line, and of every `strong`, `em` and `bdi`, which PDF knows
nothing of. Lines that have their own text become one text, so that words at line ends stay
together; those that need none are in their paragraph directly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pydyf

# Elements that may contain text themselves (ISO 32000-1, 14.8.4.3 and 14.8.4.4).
HOLD_TEXT: Final = frozenset({
    "/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/LBody", "/Lbl", "/TD", "/TH", "/Caption",
    "/Span", "/Link",
})  # fmt: skip
# What an element has that says nothing about its content.
PLAIN: Final = frozenset({"Type", "S", "K", "Pg", "P"})
SILENT: Final = ("/Span", "/NonStruct")


def merge_spans(pdf: Any) -> None:
    """Take away spans of a `pydyf.PDF` that say nothing but where lines begin."""
    root = _resolve(pdf, pdf.catalog["StructTreeRoot"])
    numbers = _resolve(pdf, root["ParentTree"])["Nums"]
    pages = {page: numbers[2 * i + 1] for i, page in enumerate(pdf.page_references)}
    merger = _Merger(pdf, pages)
    for kid in root["K"]:
        merger.merge(_resolve(pdf, kid))


def _resolve(pdf: Any, reference: Any) -> Any:
    """Return the object that a reference such as `b"12 0 R"` names."""
    return pdf.objects[int(reference[: -len(" 0 R")])]


class _Merger:
    """Merges the kids of elements; `parents` has those of marked content, by page."""

    def __init__(self, pdf: Any, parents: Mapping[Any, Any]) -> None:
        self.pdf = pdf
        self.parents = parents

    def merge(self, element: Any) -> None:
        """Merge the kids of an element, those of its kids first."""
        for kid in element["K"]:
            if not isinstance(kid, int) and "K" in _resolve(self.pdf, kid):
                self.merge(_resolve(self.pdf, kid))
        kids = pydyf.Array(self._own(element))
        element["K"] = kids
        if element.get("S") in HOLD_TEXT:
            element["K"] = pydyf.Array()
            for kid in kids:
                self._add(element, kid)
            self._take_text(element)

    def _own(self, element: Any) -> Iterator[Any]:
        """Yield the kids of an element, and those of kids that say nothing in place of these."""
        for kid in element["K"]:
            inner = None if isinstance(kid, int) else _resolve(self.pdf, kid)
            if (
                inner is None
                or inner.get("S") not in SILENT
                or not inner.keys() <= PLAIN
                or any(isinstance(one, int) for one in inner["K"])
            ):
                yield kid
            else:
                for one in inner["K"]:
                    if "P" in _resolve(self.pdf, one):
                        _resolve(self.pdf, one)["P"] = element.reference
                yield from inner["K"]
                inner.clear()

    def _add(self, element: Any, kid: Any) -> None:
        """Add a kid to an element: itself, its content, or into the span before it."""
        span = None if isinstance(kid, int) else _resolve(self.pdf, kid)
        kids = element["K"]
        if span is None or not _is_text(span):
            kids.append(kid)
        elif "ActualText" not in span:
            self._move(span, element, kids, kid)
        elif kids and not isinstance(kids[-1], int) and _is_told(_resolve(self.pdf, kids[-1])):
            before = _resolve(self.pdf, kids[-1])
            told = before["ActualText"].string + span["ActualText"].string
            if self._move(span, before, before["K"], kid, kids):
                before["ActualText"] = pydyf.String(told)
        else:
            kids.append(kid)

    def _move(self, span: Any, target: Any, places: Any, kid: Any, kids: Any = None) -> bool:
        """Move the content of a span into another element, if it is on the same page."""
        if span["Pg"] != target["Pg"]:
            (places if kids is None else kids).append(kid)
            return False
        places.extend(span["K"])
        for mcid in span["K"]:
            self.parents[span["Pg"]][mcid] = target.reference
        span.clear()
        return True

    def _take_text(self, element: Any) -> None:
        """Give an element the text of the span that is all it holds."""
        if len(element["K"]) != 1 or isinstance(element["K"][0], int) or "ActualText" in element:
            return
        span = _resolve(self.pdf, element["K"][0])
        if _is_told(span) and span["Pg"] == element["Pg"]:
            text = span["ActualText"]
            element["K"] = pydyf.Array()
            self._move(span, element, element["K"], None)
            element["ActualText"] = text


def _is_text(element: Any) -> bool:
    """Tell whether an element is a span of text alone, without language or other properties."""
    return (
        element.get("S") in SILENT
        and element.keys() <= PLAIN | {"ActualText"}
        and all(isinstance(kid, int) for kid in element["K"])
    )


def _is_told(element: Any) -> bool:
    return "ActualText" in element and _is_text(element)
