"""Small files: a phone on a hospital's network loads a leaflet, and its text, in a moment.

Nothing that can be seen or read changes. The rest of what makes a PDF small is in `fonts.py`
(subsets), `pdf_text.py` (no adjustments of zero) and `pdf_tags.py` (no needless elements).
"""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE
from typing import TYPE_CHECKING, Any, Final

import pydyf

from ankl_i18n.render.pdf_text import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Operators that place or paint (ISO 32000-1, annex A) and whose operands are coordinates,
# widths or colours: a thousandth of them is less than any printer or eye resolves.
DRAWING: Final = re.compile(rb"[-\d. ]+ (?:re|[mlcvywk]|Tm|RG|rg|K|G|g|d)")
REFERENCE: Final = re.compile(rb"\d+ 0 R")
LONG: Final = re.compile(rb"-?\d+\.\d{4,}")
# What a literal string may not hold as it is (7.3.4.2); a bare return would read as a newline.
SPECIAL: Final = re.compile(rb"[\\()\r]")


def make_small(pdf: Any) -> None:
    """Shorten what a `pydyf.PDF` holds that is not written yet."""
    _share_groups(pdf)
    _leave_out_unused(pdf)
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem":
            _forget_page(item)
        if isinstance(item, Page):
            item.stream = list(_short(item.stream))
        _pack(item)


def _share_groups(pdf: Any) -> None:
    """Give all drawings that are groups one description of what a group is.

    The signs of call-outs are many small drawings, and a stream's dictionary is not compressed.
    """
    shared: dict[bytes, bytes] = {}
    for item in list(pdf.objects):
        group = item.extra.get("Group") if isinstance(item, pydyf.Stream) else None
        if group is not None:
            if group.data not in shared:
                pdf.add_object(group)
                shared[group.data] = group.reference
            item.extra["Group"] = shared[group.data]
            item.extra.pop("Type", None)  # optional, and always /XObject


def _leave_out_unused(pdf: Any) -> None:
    """Leave out objects that nothing leads to any more, and number the others anew."""
    used = {0, *pdf.pages["Kids"][::3]}
    found = [pdf.catalog, pdf.pages, pdf.info, *(pdf.objects[page] for page in used)]
    used |= {pdf.catalog.number, pdf.pages.number}
    while found:
        for number in _references(found.pop()):
            if number not in used:
                used.add(number)
                found.append(pdf.objects[number])
    kept = [item for item in pdf.objects if item.number in used]
    numbers = {item.number: i for i, item in enumerate(kept)}
    for i, item in enumerate(kept):
        item.number = i
        _renumber(item, numbers)
    _renumber(pdf.info, numbers)
    pdf.pages["Kids"][::3] = [numbers[page] for page in pdf.pages["Kids"][::3]]
    pdf.objects[:] = kept


def _references(item: Any) -> Iterator[int]:
    """Yield the numbers of the objects that an object names."""
    for _, value in _places(item):
        if isinstance(value, bytes) and REFERENCE.fullmatch(value):
            yield int(value.split()[0])
        else:
            yield from _references(value)


def _renumber(item: Any, numbers: Mapping[int, int]) -> None:
    """Renumber the references that an object holds."""
    for key, value in _places(item):
        if isinstance(value, bytes) and REFERENCE.fullmatch(value):
            _inner(item)[key] = b"%d 0 R" % numbers[int(value.split()[0])]
        else:
            _renumber(value, numbers)


def _inner(item: Any) -> Any:
    """Return the dictionary of a stream, or the dictionary or array itself."""
    return item.extra if isinstance(item, pydyf.Stream) else item


def _places(item: Any) -> list[tuple[Any, Any]]:
    """Return keys and values of a stream's dictionary, a dictionary or an array."""
    item = _inner(item)
    if isinstance(item, dict):
        return list(item.items())
    return list(enumerate(item)) if isinstance(item, list) else []


def _forget_page(element: Any) -> None:
    """Leave out an element's page where it has no content of its own (ISO 32000-1, 14.7.2)."""
    if not any(isinstance(kid, int) for kid in element["K"]):
        element.pop("Pg", None)


class Packed(pydyf.String):  # type: ignore[misc]
    """A text string with two bytes for a letter, where pydyf's hexadecimal ones take four."""

    @property
    def data(self) -> bytes:
        """The string as it is written: Latin text as ASCII, all other text as UTF-16."""
        text = str(self.string)
        encoded = text.encode() if text.isascii() else BOM_UTF16_BE + text.encode("utf-16-be")
        escaped = SPECIAL.sub(lambda found: _ESCAPED[found[0]], encoded)
        return b"(" + escaped + b")"


_ESCAPED: Final = {b"\\": rb"\\", b"(": rb"\(", b")": rb"\)", b"\r": rb"\r"}


def _pack(item: Any) -> None:
    """Pack the strings of a dictionary or array, and of what it holds."""
    for key, value in _places(item):
        if type(value) is pydyf.String and isinstance(value.string, str):
            _inner(item)[key] = Packed(value.string)
        else:
            _pack(value)


def _short(stream: Iterable[Any]) -> Iterator[Any]:
    """Yield the operations of a content stream, numbers rounded to thousandths."""
    for part in stream:
        if isinstance(part, dict):
            _pack(part)
        if isinstance(part, bytes) and DRAWING.fullmatch(part):
            yield LONG.sub(_rounded, part)
        else:
            yield part


def _rounded(number: re.Match[bytes]) -> bytes:
    return f"{float(number[0]):.3f}".rstrip("0").rstrip(".").encode()
