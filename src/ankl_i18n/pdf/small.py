"""Small files: a phone on a hospital's network loads a leaflet, and its text, in a moment.

Nothing that can be seen or read changes. The rest of what makes a PDF small is in `fonts.py`
(subsets), `text.py` (no adjustments of zero) and `tags.py` (no needless elements).
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import pydyf

from ankl_i18n.pdf.content import rewritten
from ankl_i18n.pdf.text import Page
from ankl_i18n.pdf.write import write

REFERENCE: Final = re.compile(rb"\d+ 0 R")


def make_small(pdf: Any) -> None:
    """Shorten what a `pydyf.PDF` holds that is not written yet."""
    _rewrite_contents(pdf)
    _point_straight(pdf)
    _share_groups(pdf)
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary):
            _leave_out_entries(pdf, item)
    _leave_out_unused(pdf)
    pdf.write = partial(write, weakref.proxy(pdf))


def _rewrite_contents(pdf: Any) -> None:
    """Write what pages and drawings on them draw in fewer words, marked content joined."""
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    parents = pdf.objects[_number(root["ParentTree"])]["Nums"]
    owners = [parents[2 * place + 1] for place in range(len(pdf.page_references))]
    kids: dict[bytes, dict[int, Any]] = {}
    leaves = [pdf.objects[_number(page)] for page in pdf.page_references]
    contents = [pdf.objects[_number(leaf["Contents"])] for leaf in leaves]
    drawings = [item for item in pdf.objects if isinstance(item, Page) and _has_content(item)]
    drawings = [item for item in drawings if item not in contents]
    ranks = _ranks(pdf, drawings)
    for place, (page, content) in enumerate(zip(pdf.page_references, contents, strict=True)):
        content.stream, mcids = rewritten(content.stream, owners[place], ranks[page], is_page=True)
        parents[2 * place + 1] = _renumbered(owners[place], mcids)
        kids[page] = dict(mcids)
    for drawing in drawings:
        page = pdf.page_references[drawing.place]
        kids[page] |= _rewrite_drawing(drawing, page, owners[drawing.place], ranks[page], parents)
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("S") and "K" in item and "Pg" in item:
            item["K"] = pydyf.Array(_new_kids(item["K"], kids[item["Pg"]]))


def _has_content(drawing: Page) -> bool:
    return any(not isinstance(part, bytes) for part in drawing.stream)


def _ranks(pdf: Any, drawings: Sequence[Page]) -> dict[bytes, dict[bytes | int, int]]:
    """Return, for each page, the places of its content in the order of reading.

    By MCID, and for drawings by the operator that draws them.
    """
    ranks: dict[bytes, dict[bytes | int, int]] = {page: {} for page in pdf.page_references}
    waiting: list[Any] = [pdf.catalog["StructTreeRoot"]]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            page, mcid = item
            ranks[page][mcid] = len(ranks[page])
        else:
            element = pdf.objects[_number(item)]
            kids = reversed(element.get("K", ()))
            waiting += [(element["Pg"], kid) if isinstance(kid, int) else kid for kid in kids]
    for drawing in drawings:
        known = ranks[pdf.page_references[drawing.place]]
        own = [known.get(part["MCID"]) for part in drawing.stream if _is_content(part)]
        first = min((rank for rank in own if rank is not None), default=None)
        if first is not None:
            known.setdefault(b"/%s Do" % drawing.id.encode(), first)
    return ranks


def _is_content(part: Any) -> bool:
    return isinstance(part, dict) and "MCID" in part


def _rewrite_drawing(
    drawing: Page,
    page: bytes,
    owners: Sequence[Any],
    ranks: Mapping[bytes | int, int],
    parents: list[Any],
) -> dict[int, Any]:
    """Rewrite a drawing on a page; return references to its marked content by old MCIDs.

    Drawings with marked content have entries of their own in the parent tree (14.7.4.4).
    """
    drawing.stream, mcids = rewritten(drawing.stream, owners, ranks, is_page=False)
    if not mcids:
        return {}
    drawing.extra["StructParents"] = key = max(parents[::2]) + 1
    parents += [key, _renumbered(owners, mcids)]
    place = {"Type": "/MCR", "Pg": page, "Stm": drawing.reference}
    references = [pydyf.Dictionary(place | {"MCID": new}) for new in range(len(parents[-1]))]
    return {old: references[new] for old, new in mcids.items()}


def _new_kids(kids: Iterable[Any], new: Mapping[int, Any]) -> Iterable[Any]:
    """Return the kids of an element, marked content by its new numbers, each once."""
    numbered = [new.get(kid) if isinstance(kid, int) else kid for kid in kids]
    return {
        id(kid) if isinstance(kid, dict) else kid: kid for kid in numbered if kid is not None
    }.values()


def _renumbered(parents: Sequence[Any], mcids: Mapping[int, int]) -> pydyf.Array:
    """Return the parents of marked content by its new numbers."""
    by_number = {new: parents[old] for old, new in mcids.items()}
    return pydyf.Array(by_number[number] for number in sorted(by_number))


def _number(reference: Any) -> int:
    """Return the number of the object that a reference such as `b"12 0 R"` names."""
    return int(reference[: -len(" 0 R")])


def _point_straight(pdf: Any) -> None:
    """Have links inside the document point to places, not to names of places."""
    names = pdf.catalog.pop("Names", {}).get("Dests", {}).get("Names", [])
    places = {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Annot" and "Dest" in item:
            item["Dest"] = pydyf.Array(places[item["Dest"].string])


def _share_groups(pdf: Any) -> None:
    """Describe the same kind of transparency (table 147) once for all drawings."""
    shared: dict[bytes, bytes] = {}
    for item in [one for one in pdf.objects if isinstance(one, pydyf.Stream)]:
        if item.extra.get("Type") == "/XObject":
            del item.extra["Type"]
        group = item.extra.get("Group")
        if isinstance(group, dict):
            described = pydyf.Dictionary(group)
            if described.data not in shared:
                pdf.add_object(described)
                shared[described.data] = described.reference
            item.extra["Group"] = shared[described.data]


def _leave_out_unused(pdf: Any) -> None:
    """Leave out objects that nothing leads to any more, and number the others again."""
    named: list[tuple[Any, Any, int]] = []
    used = {0, pdf.catalog.number, pdf.pages.number, *pdf.pages["Kids"][::3]}
    waiting = [pdf.info, *(pdf.objects[number] for number in used if number)]
    while waiting:
        for place in _references(_inner(waiting.pop())):
            named.append(place)
            if place[2] not in used:
                used.add(place[2])
                waiting.append(pdf.objects[place[2]])
    order = {number: place for place, number in enumerate(_reading_order(pdf))}
    remaining = [item for item in pdf.objects if item.number in used]
    remaining.sort(key=lambda item: (item.number > 0, *_kind(item), order.get(item.number, 0)))
    numbers = {item.number: i for i, item in enumerate(remaining)}
    for i, item in enumerate(remaining):
        item.number = i
    references = [b"%d 0 R" % number for number in range(len(pdf.objects))]
    for holder, key, number in named:
        holder[key] = references[numbers[number]]
    pdf.pages["Kids"][::3] = [numbers[page] for page in pdf.pages["Kids"][::3]]
    pdf.objects[:] = remaining


def _kind(item: Any) -> tuple[bool, bool, str]:
    """Return what like objects have in common: they stand together, streams first."""
    entries = _inner(item) if isinstance(_inner(item), dict) else {}
    is_element = "S" in entries and "P" in entries
    return not isinstance(item, pydyf.Stream), is_element, str(entries.get("Type", ""))


def _reading_order(pdf: Any) -> Iterator[int]:
    """Yield the numbers of the elements of the structure tree in order of reading."""
    waiting = [pdf.objects[_number(pdf.catalog["StructTreeRoot"])]]
    while waiting:
        item = waiting.pop()
        yield item.number
        kids = [kid for kid in item.get("K", ()) if isinstance(kid, bytes)]
        waiting += [pdf.objects[_number(kid)] for kid in reversed(kids)]


def _references(item: Any) -> Iterator[tuple[Any, Any, int]]:
    """Yield where a dictionary or an array names objects: its holder, its key, the number."""
    for key, value in item.items() if isinstance(item, dict) else enumerate(item):
        if isinstance(value, bytes):
            if REFERENCE.fullmatch(value):
                yield item, key, _number(value)
        elif isinstance(value, (dict, list)):
            yield from _references(value)


def _inner(item: Any) -> Any:
    """Return the dictionary of a stream, or the dictionary or array itself."""
    return item.extra if isinstance(item, pydyf.Stream) else item


def _leave_out_entries(pdf: Any, item: Any) -> None:
    """Leave out what readers know without being told (ISO 32000-1, tables 30, 164, 323)."""
    kind = item.get("Type")
    if kind == "/StructElem":
        del item["Type"]
        kids = item["K"]
        if not any(isinstance(kid, int) for kid in kids):
            item.pop("Pg", None)
        for place, kid in enumerate(kids):
            if isinstance(kid, bytes) and pdf.objects[_number(kid)].get("Type") == "/OBJR":
                kids[place] = _brief(pdf.objects[_number(kid)], item)
    elif kind == "/Annot":
        del item["Type"]
        if isinstance(item.get("A"), dict):
            item["A"].pop("Type", None)
    elif kind == "/Page":
        for name in ("TrimBox", "BleedBox"):
            if item.get(name) == item["MediaBox"]:
                del item[name]


def _brief(reference: Any, element: Any) -> pydyf.Dictionary:
    """Return a reference to an annotation, to be in its element itself."""
    brief = pydyf.Dictionary({"Type": "/OBJR", "Obj": reference["Obj"]})
    if reference.get("Pg", element.get("Pg")) != element.get("Pg"):
        brief["Pg"] = reference["Pg"]
    return brief
