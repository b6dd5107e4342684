"""From the bytes of a PO file to its lines of text, losing nothing."""

from __future__ import annotations

import codecs
import re

from ankl_i18n.errors import CatalogError, Location

MAX_BYTES = 100_000_000
"""Larger files are refused: a catalog of every leaflet ever written is smaller."""

BOM = codecs.BOM_UTF8

_HEADER_STRINGS = re.compile(rb'^[ \t]*(?:msgstr[ \t]*)?"(.*)"[ \t]*\r?$', re.MULTILINE)
_HEADER_END = re.compile(rb"[\r\n][ \t]*(?:msgid|msgctxt|#[~|])")
# Up to the name of the next field, if the `\n` between the two was lost.
_CHARSET = re.compile(rb'charset=((?:(?![A-Z][a-z]+(?:-[A-Z][a-z]+)*:|X-[A-Z])[^\s;\\"])+)')
_MAX_HEADER = 100_000

ASCII_SUPERSETS = frozenset(
    {"ascii", "utf-8", "big5", "big5hkscs", "gb18030", "gb2312", "gbk", "euc_jp", "euc_kr"}
    | {"johab", "shift_jis", "koi8-r", "koi8-t", "koi8-u", "tis-620"}
    | {f"iso8859-{part}" for part in range(1, 17)}
    | {f"cp{page}" for page in (850, 866, 874, 932, 949, 950, *range(1250, 1259))}
)
"""Python's names of the charsets gettext allows (manual, "Charset conversion")."""


def split_lines(data: bytes) -> list[bytes]:
    """Return the lines with their ends; CR, LF and CRLF each end a line."""
    return data.splitlines(keepends=True)


def check_bytes(data: bytes, path: str) -> None:
    """Raise CatalogError if a file is too large or holds NUL, so is not a text at all."""
    check_size(len(data), path)
    position = data.find(0)
    if position >= 0:
        hint = "Save the file again as UTF-8 text; UTF-16 is not allowed, and NUL ends a C string."
        raise _refusal("the file holds a NUL character", data, position, path, hint)


def check_size(size: int, path: str) -> None:
    """Raise CatalogError if a file's size, in bytes, is more than `MAX_BYTES`."""
    if size > MAX_BYTES:
        message = f"the file has {size:,} bytes, more than the {MAX_BYTES:,} allowed"
        hint = "Split the catalog, or check that this is the file you meant."
        raise CatalogError.of("po-size", message, path, hint)


def detect(data: bytes, path: str) -> str:
    """Return Python's name of the charset the header declares, "utf-8" if it declares none.

    Raises CatalogError when the charset is unknown or contradicts the bytes: bytes that
    cannot be decoded, or a legacy charset over text that is plainly UTF-8.
    """
    declared, position = _declared(data)
    name = declared or "UTF-8"
    try:
        charset = codecs.lookup(name).name
    except LookupError:
        charset = ""
    if charset not in ASCII_SUPERSETS:
        message = f"the header declares the unknown charset {name!r}"
        hint = "Save the file as UTF-8 and write charset=UTF-8 in the header's Content-Type."
        raise _refusal(message, data, position, path, hint)
    _check_decodes(data, path, name, charset)
    return "utf-8" if charset == "ascii" else charset


def _declared(data: bytes) -> tuple[str, int]:
    """Return the charset in the first entry's strings and where that entry is, or ("", 0)."""
    head = data[:_MAX_HEADER]
    start = head.find(b"msgid")
    if start < 0:
        return "", 0
    end = _HEADER_END.search(head, start)
    block = head[start : end.start() if end else len(head)]
    match = _CHARSET.search(b"".join(_HEADER_STRINGS.findall(block)))
    if not match or match[1] == b"CHARSET":  # the template's placeholder
        return "", 0
    return match[1].decode("ascii", "replace"), max(data.find(b"charset=", start), start)


def _check_decodes(data: bytes, path: str, name: str, charset: str) -> None:
    try:
        data.decode(charset)
    except UnicodeDecodeError as failure:
        if charset == "ascii":
            _refuse_utf8(data, path, name)
        message = f"the byte 0x{data[failure.start]:02x} is not {name} text"
        hint = f"Save the file as {name}, or declare in the header the charset it really has."
        raise _refusal(message, data, failure.start, path, hint) from None
    if charset not in {"utf-8", "ascii"} and not data.isascii():
        _refuse_utf8(data, path, name)


def _refuse_utf8(data: bytes, path: str, name: str) -> None:
    """Raise CatalogError if a text of another charset, by its header, is plainly UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return
    position = next(i for i, byte in enumerate(data) if byte > 127)  # noqa: PLR2004
    message = f"the header declares {name}, but the text is UTF-8"
    hint = "Write charset=UTF-8 in the header's Content-Type."
    raise _refusal(message, data, position, path, hint)


def _refusal(message: str, data: bytes, position: int, path: str, hint: str) -> CatalogError:
    """Return the error about a byte of a file: its place, and its line as far as it is text."""
    before = split_lines(data[:position] + b"x")
    where = Location(path, len(before), len(before[-1]))  # in bytes: they cannot be decoded
    line = split_lines(data)[len(before) - 1].decode("utf-8", "replace")
    context = line.rstrip("\r\n").replace("\0", "␀")[:200]
    return CatalogError.of("po-encoding", message, where, hint, context)
