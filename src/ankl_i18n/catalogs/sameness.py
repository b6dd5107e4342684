"""Texts that say the same to a reader: they differ in white space, or in where a link leads.

White space is that of Markdown: line breaks, runs of spaces and no-break spaces are a space, and
there is none at the ends; a hard line break stays one. Other tools keep the line breaks of the
source (po4a) or put one at the end.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ankl_i18n.catalogs.po import Key

NO_BREAK: Final = str.maketrans("\u00a0\u202f\u2007", "   ")
_NO_BREAK: Final = re.compile(r"[\u00a0\u202f\u2007]")
_ODD: Final = re.compile(r"[\n\r\t\u00a0\u202f\u2007]|  |^ | $")
_HARD_BREAK: Final = re.compile(r"(?:[ \t]*\\| {2,})\r?\n[ \t]*")
_SOFT_BREAK: Final = re.compile(r"(?<!\\)(?<!  )\r?\n[ \t]*")
_ADDRESS: Final = re.compile(
    r"(?P<before>\]\()(?P<to><[^<>\n]*>|(?:[^()\s<>]|\([^()\s]*\))+)(?=[\s)])"
    r"|(?P<auto><)(?P<web>https?://[^<>\s]*)(?=>)"
    r"|(?P<tag><[a-zA-Z][^<>]*?\s(?:href|src)=[\"'])(?P<value>[^\"'<>]*)(?=[\"'])"
)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WEB: Final = frozenset({"http", "https"})


def no_breaks(msgid: str) -> list[str]:
    """Return the no-break spaces of a text."""
    return _NO_BREAK.findall(msgid)


def is_code(msgid: str) -> bool:
    """Tell whether line breaks in a text of our own count: they do in blocks of code alone."""
    return "\n" in msgid.replace("\\\n", "")


def loose(msgid: str) -> str:
    """Return a text with its white space as this program writes it."""
    if not _ODD.search(msgid):  # nearly always
        return msgid
    lines = _HARD_BREAK.split(msgid.translate(NO_BREAK).strip())
    return "\\\n".join(" ".join(line.split()) for line in lines)


def soft_breaks(text: str) -> str:
    """Return a text with a space for each of its soft line breaks."""
    return _SOFT_BREAK.sub(" ", text)


def loose_key(key: Key) -> Key:
    """Return what identifies a message, whatever its white space."""
    return key[0], loose(key[1])


def skeleton(msgid: str) -> str:
    """Return a text without the addresses of its links, and whatever its white space."""
    return _ADDRESS.sub(_without, loose(msgid)) if "](" in msgid or "<" in msgid else loose(msgid)


def with_new_addresses(msgstr: str, old: str, new: str) -> tuple[str, dict[str, str]] | None:
    """Return a translation of `old` with the addresses of `new`, and those that it had.

    The two differ in addresses alone. None if that needs a look: if one of them is no web or file
    address, or a place in a page, or if the translation does not have just the old ones.
    """
    pairs = list(zip(_addresses(old), _addresses(new), strict=True))
    changed = {before: after for before, after in pairs if before != after}
    if not changed or any(changed.get(before, after) != after for before, after in pairs):
        return None
    if not all(_is_page(address) for pair in changed.items() for address in pair):
        return None
    if Counter(_addresses(msgstr)) != Counter(_addresses(old)):
        return None
    moved = _ADDRESS.sub(lambda match: _moved(match, changed), msgstr)
    return moved, {after: before for before, after in changed.items()}


def _addresses(text: str) -> list[str]:
    return [_of(match)[1] for match in _ADDRESS.finditer(text)]


def _of(match: re.Match[str]) -> tuple[str, str]:
    """Return what is before an address, and the address."""
    before = match["before"] or match["auto"] or match["tag"]
    return before, match["to"] or match["web"] or match["value"] or ""


def _without(match: re.Match[str]) -> str:
    return _of(match)[0]


def _moved(match: re.Match[str], changed: dict[str, str]) -> str:
    before, address = _of(match)
    return before + changed.get(address, address)


def _is_page(address: str) -> bool:
    """Tell whether an address is one of a web page or a file, and of no place in it."""
    bare = address.strip("<>")
    scheme = _SCHEME.match(bare)
    return bool(bare) and "#" not in bare and (not scheme or scheme[1].lower() in _WEB)
