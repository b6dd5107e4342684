"""What a PDF is made of, for assistive technology: corrections to WeasyPrint's structure tree.

WeasyPrint builds the tree box by box. `describing` makes it leave out artifacts and remember
which box each element came from; `finish` then runs the corrections of `CORRECTIONS`, in order,
over all elements. Elements are `pydyf.Dictionary` (ISO 32000-1, 14.7.2), their children (`K`)
references, or numbers of marked content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import pydyf

from ankl_i18n.pdf.spans import merge_spans

if TYPE_CHECKING:
    from ankl_i18n.languages import Language
    from ankl_i18n.pdf.text import Reading

PRINT: Final = 4  # annotation flag (ISO 32000-1, table 165)
SCOPES: Final = {"row": "/Row", "rowgroup": "/Row"}
# Elements that WeasyPrint makes again for each page they are on.
SPLIT: Final = frozenset({
    "/P", "/L", "/LI", "/LBody", "/Lbl", "/Table", "/THead", "/TBody", "/TFoot", "/TR", "/TH",
    "/TD", "/Div", "/Sect", "/Part", "/Art", "/BlockQuote", "/Caption",
    "/H1", "/H2", "/H3", "/H4", "/H5", "/H6",
})  # fmt: skip


def describing(
    build: Callable[..., Iterator[Any]], reading: Reading
) -> Callable[..., Iterator[Any]]:
    """Return WeasyPrint's `_build_box_tree`, without artifacts, each element knowing its `box`."""

    def described(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
        box = getattr(box, "_box", box)
        if id(box) in reading.plan.artifacts:
            for row in getattr(box, "children", ()):
                for cell in getattr(row, "children", ()):
                    cell.mark = pydyf.Dictionary({"A": pydyf.Dictionary()})
            return
        for element in build(box, parent, *rest):
            if not hasattr(element, "box"):
                element.box = box
            yield element

    return described


def finish(pdf: Any, reading: Reading, language: Language) -> None:
    """Correct the structure tree and what belongs to it, just before the PDF is written."""
    described = [item for item in pdf.objects if hasattr(item, "box")]
    for correct in CORRECTIONS:
        correct(pdf, [element for element in described if element])
    _nest_lists(pdf, [element for element in described if element])
    _set_texts(pdf, reading.lines)
    merge_spans(pdf)
    for element in described:
        del element.box
    if language.direction == "rtl":
        pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Annot":
            item["F"] = PRINT


def _resolve(pdf: Any, reference: Any) -> Any:
    """Return the object that a reference such as `b"12 0 R"` names."""
    return pdf.objects[int(reference[: -len(" 0 R")])]


def _unwrap_anonymous(pdf: Any, elements: Sequence[Any]) -> None:
    """Take away the elements of boxes that layout puts inside an element's own box."""
    for element in reversed(elements):
        outer = _resolve(pdf, element["P"])
        same = element["S"] == outer["S"] and element.box.element is outer.box.element
        if same and element.box.element is not None and not _has_content(element):
            at = outer["K"].index(element.reference)
            outer["K"][at : at + 1] = element["K"]
            _father(pdf, outer, element["K"])
            element.clear()


def _has_content(element: Any) -> bool:
    """Tell whether an element holds marked content itself; the parent tree then names it."""
    return any(isinstance(kid, int) for kid in element["K"])


def _scope_headers(_pdf: Any, elements: Sequence[Any]) -> None:
    """Say for each header cell what it heads; this replaces lists of headers in each cell."""
    for element in elements:
        if element["S"] == "/TH":
            scope = element.box.element.get("scope", "")
            element["A"]["Scope"] = SCOPES.get(scope, "/Column")
        elif element["S"] == "/TD":
            element["A"].pop("Headers", None)
            if len(element["A"]) == 1:
                del element["A"]


def _wrap_item_bodies(pdf: Any, elements: Sequence[Any]) -> None:
    """Put into a body what is in a list item by itself, such as paragraphs."""
    for element in elements:
        if element["S"] != "/LI":
            continue
        loose = [kid for kid in element["K"] if _resolve(pdf, kid)["S"] not in ("/Lbl", "/LBody")]
        if loose:
            body = _new_element(pdf, "/LBody", element)
            at = element["K"].index(loose[0])
            element["K"][:] = [kid for kid in element["K"] if kid not in loose]
            element["K"].insert(at, body.reference)
            _adopt(pdf, body, loose)


def _nest_lists(pdf: Any, elements: Sequence[Any]) -> None:
    """Put a list inside a list item into the body of that item; WeasyPrint puts it after."""
    for element in elements:
        if element.get("S") != "/L":
            continue
        item = None
        for kid in list(element["K"]):
            inner = _resolve(pdf, kid)
            if inner["S"] == "/LI":
                item = inner
            elif inner["S"] == "/L" and item is not None:
                element["K"].remove(kid)
                _adopt(pdf, _body(pdf, item), [kid])


def _body(pdf: Any, item: Any) -> Any:
    """Return the last body of a list item; one that has none gets one."""
    for kid in reversed(item["K"]):
        if _resolve(pdf, kid)["S"] == "/LBody":
            return _resolve(pdf, kid)
    body = _new_element(pdf, "/LBody", item)
    item["K"].append(body.reference)
    return body


def _place_figures(pdf: Any, elements: Sequence[Any]) -> None:
    """Give each picture its place on the page in points from below, not in pixels from above."""
    for element in elements:
        if element["S"] == "/Figure":
            height = _resolve(pdf, element["Pg"])["MediaBox"][3]
            left, top, right, bottom = (0.75 * side for side in element["A"]["BBox"])
            element["A"]["BBox"] = pydyf.Array([left, height - bottom, right, height - top])


def _name_languages(_pdf: Any, elements: Sequence[Any]) -> None:
    """Name the language of each element that has a `lang` of its own."""
    for element in elements:
        language = element.box.element is not None and element.box.element.get("lang")
        if language:
            element["Lang"] = pydyf.String(language)


def _keep_one_link(pdf: Any, elements: Sequence[Any]) -> None:
    """Remove the annotations that WeasyPrint makes for boxes inside a link, beside the link's."""
    for element in elements:
        annotation = element.box.link_annotation
        if annotation is None or element["S"] == "/Link":
            continue
        if not _is_in_link(pdf, element):
            element["S"] = "/Link"
            continue
        _resolve(pdf, element["Pg"])["Annots"].remove(annotation.reference)
        element["K"][:] = [kid for kid in element["K"] if not _is_annotation(pdf, kid)]
        annotation.clear()


def _is_in_link(pdf: Any, element: Any) -> bool:
    outer = _resolve(pdf, element["P"])
    return hasattr(outer, "box") and (outer["S"] == "/Link" or _is_in_link(pdf, outer))


def _describe_links(pdf: Any, elements: Sequence[Any]) -> None:
    """Describe each link by its words (ISO 14289-1, 7.18.5); what leads nowhere is not a link."""
    for element in elements:
        if element["S"] != "/Link":
            continue
        annotation = element.box.link_annotation
        if annotation is None:
            if not any(_is_annotation(pdf, kid) for kid in element["K"]):
                element["S"] = "/Span"
            continue
        words = " ".join("".join(element.box.element.itertext()).split())
        if words:
            annotation["Contents"] = pydyf.String(words)


def _is_annotation(pdf: Any, kid: Any) -> bool:
    return not isinstance(kid, int) and _resolve(pdf, kid).get("Type") == "/OBJR"


def _join_split(pdf: Any, elements: Sequence[Any]) -> None:
    """Join the parts of an element that is on several pages."""
    first: dict[tuple[int, str], Any] = {}
    for element in elements:
        if element["S"] not in SPLIT or element.box.element is None:
            continue
        key = (id(element.box.element), element["S"])
        whole = first.setdefault(key, element)
        same_page = element["Pg"] == whole["Pg"]
        if whole is element or same_page or _has_content(element) or _has_content(whole):
            continue
        _resolve(pdf, element["P"])["K"].remove(element.reference)
        _adopt(pdf, whole, element["K"])
        element.clear()


def _adopt(pdf: Any, parent: Any, kids: Sequence[Any]) -> None:
    _father(pdf, parent, kids)
    parent["K"].extend(kids)


def _father(pdf: Any, parent: Any, kids: Sequence[Any]) -> None:
    for kid in kids:
        child = _resolve(pdf, kid)
        if "P" in child:
            child["P"] = parent.reference


def _pair_terms(pdf: Any, elements: Sequence[Any]) -> None:
    """Make each term of a description list the label of its item, and what follows its body."""
    for element in elements:
        if element.get("S") != "/L" or element.box.element_tag != "dl":
            continue
        items = pydyf.Array()
        for kid in element["K"]:
            group = _resolve(pdf, kid)
            if group["S"] == "/Div":  # HTML may group a term and its descriptions
                _father(pdf, element, group["K"])
                items.extend(group["K"])
                group.clear()
            else:
                items.append(kid)
        element["K"] = _paired(pdf, items)


def _paired(pdf: Any, items: Sequence[Any]) -> pydyf.Array:
    """Return the items that begin with a term, each with the descriptions that follow it.

    Where terms run on into their descriptions, each line of either is an item by itself, and the
    white space between them is none: both go with what is before.
    """
    paired = pydyf.Array()
    last = None
    for kid in items:
        item = _resolve(pdf, kid)
        element = item.box.element if hasattr(item, "box") else last
        if paired and element is last:
            part = _resolve(pdf, _resolve(pdf, paired[-1])["K"][-1])
            _adopt(pdf, part, _texts(pdf, item) if hasattr(item, "box") else [kid])
        elif paired and item.box.element_tag == "dd":
            _adopt(pdf, _resolve(pdf, paired[-1]), item["K"])
            item.clear()
        elif hasattr(item, "box"):
            if item.box.element_tag == "dt":
                for body in item["K"]:
                    _resolve(pdf, body)["S"] = "/Lbl"
            paired.append(kid)
        last = element
    return paired


def _texts(pdf: Any, item: Any) -> list[Any]:
    """Take the contents out of a list item of one body, and leave both empty."""
    contents = []
    for kid in item["K"]:
        body = _resolve(pdf, kid)
        contents += body["K"]
        body.clear()
    item.clear()
    return contents


CORRECTIONS: Final[tuple[Callable[[Any, Sequence[Any]], None], ...]] = (
    _unwrap_anonymous,
    _place_figures,
    _scope_headers,
    _name_languages,
    _keep_one_link,
    _describe_links,
    _join_split,
    _wrap_item_bodies,
    _pair_terms,
)


def _new_element(pdf: Any, tag: str, parent: Any) -> Any:
    """Return a new element with the page of its parent, in which the caller puts it."""
    kids = pydyf.Array()
    own = {"Type": "/StructElem", "S": tag, "K": kids, "Pg": parent["Pg"], "P": parent.reference}
    element = pydyf.Dictionary(own)
    pdf.add_object(element)
    return element


def _set_texts(pdf: Any, pages: Sequence[Mapping[int, str]]) -> None:
    """Give the structure elements of lines their text, where the font alone would not tell it."""
    root = _resolve(pdf, pdf.catalog["StructTreeRoot"])
    by_page = _resolve(pdf, root["ParentTree"])["Nums"]
    for number, lines in enumerate(pages):
        parents = by_page[2 * number + 1]
        for mcid, text in lines.items():
            element = _resolve(pdf, parents[mcid])
            if element["S"] == "/Link":
                element = _span_in(pdf, element, mcid)
                parents[mcid] = element.reference
            element["ActualText"] = pydyf.String(text)


def _span_in(pdf: Any, link: Any, mcid: int) -> Any:
    """Put marked content of a link into an element of its own."""
    span = _new_element(pdf, "/Span", link)
    span["K"].append(mcid)
    link["K"][link["K"].index(mcid)] = span.reference
    return span
