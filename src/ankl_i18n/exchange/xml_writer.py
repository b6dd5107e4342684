"""Writing XML: elements as text, with what XML 1.0 asks for escaped, and always the same bytes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from typing import Final

from ankl_i18n.exchange.codes import UNWRITABLE

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
# A parser makes spaces of tabs and line feeds in attributes (XML 1.0, 3.3.3).
_TEXT: Final = re.compile("[&<>]")
_VALUE: Final = re.compile('[&<>"\t\n]')
_NAMES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
# What stands for a character that XML cannot hold, in the content of a code.
_NUMBER: Final = re.compile(r"U\+([0-9A-F]{4,6})")


def element(name: str, attributes: Mapping[str, str | None], content: str | None = None) -> str:
    """Return an element; `content` is XML already, None for none.

    Attributes that are None are left out.
    """
    if content is None:
        return f"{opening(name, attributes)[:-1]}/>"
    return f"{opening(name, attributes)}{content}</{name}>"


def opening(name: str, attributes: Mapping[str, str | None]) -> str:
    """Return the tag that opens an element."""
    written = "".join(f' {key}="{value(it)}"' for key, it in attributes.items() if it is not None)
    return f"<{name}{written}>"


def lines(parts: Iterable[str]) -> str:
    """Return elements on a line each."""
    return "\n" + "\n".join(parts) + "\n"


def text(plain: str) -> str:
    """Return text as XML; characters that XML cannot hold become U+FFFD."""
    return _TEXT.sub(_reference, UNWRITABLE.sub("\ufffd", plain))


def value(plain: str) -> str:
    """Return an attribute's value as XML."""
    return _VALUE.sub(_reference, UNWRITABLE.sub("\ufffd", plain))


def code(written: str) -> str:
    """Return a code's content as XML: a character that XML cannot hold by its number."""
    return text(UNWRITABLE.sub(lambda match: f"U+{ord(match[0]):04X}", written))


def code_of(content: str) -> str:
    """Return the code that some content stands for; the inverse of `code`."""
    match = _NUMBER.fullmatch(content)
    number = int(match[1], 16) if match else 0
    is_one = number <= sys.maxunicode and UNWRITABLE.fullmatch(chr(number))
    return chr(number) if match and is_one else content


def _reference(match: re.Match[str]) -> str:
    return _NAMES.get(match[0]) or f"&#{ord(match[0])};"
