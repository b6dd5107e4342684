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
    from collections.abc import Iterable, Iterator

# Operators that place or paint (ISO 32000-1, annex A) and whose operands are coordinates,
# widths or colours: a thousandth of them is less than any printer or eye resolves.
DRAWING: Final = re.compile(rb"[-\d. ]+ (?:re|[mlcvywk]|Tm|RG|rg|K|G|g|d)")
LONG: Final = re.compile(rb"-?\d+\.\d{4,}")
# What a literal string may not hold as it is (7.3.4.2); a bare return would read as a newline.
SPECIAL: Final = re.compile(rb"[\\()\r]")


def make_small(pdf: Any) -> None:
    """Shorten numbers and strings of a `pydyf.PDF` that is not written yet."""
    for item in pdf.objects:
        if isinstance(item, Page):
            item.stream = list(_short(item.stream))
        elif isinstance(item, dict | list):
            _pack(item)


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
    places = item.items() if isinstance(item, dict) else enumerate(item)
    for key, value in list(places):
        if type(value) is pydyf.String and isinstance(value.string, str):
            item[key] = Packed(value.string)
        elif isinstance(value, dict | list):
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
