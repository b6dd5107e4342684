"""A PDF's bytes: objects said briefly, in an order in which they are alike (ISO 32000-1, 7.5).

All that is not a stream is in one object stream, element after element in order of reading, so
that each is compressed by what came before it.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE
from collections.abc import Iterable
from hashlib import md5
from typing import IO, Any, Final

import deflate
import pydyf

from ankl_i18n.pdf.content.writer import literal

# Letters of PDFDocEncoding (ISO 32000-1, annex D) other than those of ASCII and Latin-1.
MARKS: Final = dict(zip(
    "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", range(0x80, 0x9F), strict=True
)) | {"€": 0xA0}  # fmt: skip
LATIN: Final = {letter: ord(letter) for letter in map(chr, (*range(32, 127), *range(161, 256)))}
LETTERS: Final = LATIN | MARKS
SOFT_HYPHEN: Final = "\xad"  # stands for nothing in PDFDocEncoding
DELIMITERS: Final = b"/[(<"  # need no space before them
FAR: Final = 10  # from here on, a number is a length in points, and a hundredth is enough
LEVEL: Final = 10  # of libdeflate: 12 takes twice the time, and saves a 200th
PREDICTOR: Final = 12  # each row as its difference from the row before (7.4.4.4)


def text_string(text: str) -> bytes:
    """Return a text string (7.9.2.2): a byte for a letter where PDF has one, UTF-16 otherwise."""
    if all(letter in LETTERS for letter in text) and SOFT_HYPHEN not in text:
        encoded = bytes(LETTERS[letter] for letter in text)
    else:
        encoded = BOM_UTF16_BE + text.encode("utf-16-be")
    return literal(encoded)


def serialized(item: Any) -> bytes:
    """Return what a PDF has for a value: a dictionary, an array, a string, a number, a name."""
    if isinstance(item, bytes):
        return item
    if isinstance(item, dict):
        return b"<<" + b"".join(_entry(key, value) for key, value in item.items()) + b">>"
    if isinstance(item, list):
        return b"[" + _spaced(map(serialized, item)) + b"]"
    if isinstance(item, pydyf.String):
        return text_string(item.string) if isinstance(item.string, str) else bytes(item.data)
    if isinstance(item, float):
        text = f"{item:.{2 if abs(item) >= FAR else 5}f}".rstrip("0").rstrip(".")
        return text.encode() if text not in ("", "-0") else b"0"
    return bytes(item.data) if isinstance(item, pydyf.Object) else str(item).encode()


def _entry(key: str, value: Any) -> bytes:
    data = serialized(value)
    return b"/" + key.encode() + (b"" if data[0] in DELIMITERS else b" ") + data


def _spaced(values: Iterable[bytes]) -> bytes:
    """Return the values of an array, with a space where they would run together."""
    text = b""
    for value in values:
        text += (b" " if text and value[0] not in DELIMITERS else b"") + value
    return text


def stream(data: bytes, extra: dict[str, Any], *, compress: bool = True) -> bytes:
    """Return a stream of some data, its dictionary before it."""
    if compress:
        data = bytes(deflate.zlib_compress(data, LEVEL))
        extra = extra | {"Filter": "/FlateDecode"}
    return serialized(extra | {"Length": len(data)}) + b"stream\n" + data + b"\nendstream"


def write(pdf: Any, output: IO[bytes], version: Any, _identifier: Any, _compress: bool) -> None:
    """Write a `pydyf.PDF`, in place of its own `write`.

    Its objects are numbered in the order in which they are written.
    """
    pdf.add_object(pdf.info)
    places: dict[int, int] = {}
    packed = [item for item in pdf.objects[1:] if not isinstance(item, pydyf.Stream)]
    body = b"%%PDF-%s\n%%\xf0\x9f\x96\xa4\n" % (version or "1.7").encode()
    for item in pdf.objects[1:]:
        if isinstance(item, pydyf.Stream):
            places[item.number] = len(body)
            parts = (part if isinstance(part, bytes) else serialized(part) for part in item.stream)
            data = stream(b"\n".join(parts), dict(item.extra), compress=item.compress)
            body += b"%d 0 obj\n" % item.number + data + b"\nendobj\n"
    holder = len(pdf.objects)
    places[holder] = len(body)
    body += b"%d 0 obj\n" % holder + _object_stream(packed) + b"\nendobj\n"
    start = len(body)
    identifier = text_string(md5(body, usedforsecurity=False).hexdigest())
    trailer = {
        "Root": pdf.catalog.reference,
        "Info": pdf.info.reference,
        "ID": [identifier, identifier],
    }
    places[holder + 1] = start
    rows = {item.number: (2, holder, index) for index, item in enumerate(packed)}
    rows |= {number: (1, place, 0) for number, place in places.items()}
    listed = [rows.get(number, (0, 0, 0)) for number in range(holder + 2)]
    body += b"%d 0 obj\n" % (holder + 1) + _table(listed, trailer) + b"\nendobj\n"
    output.write(body + b"startxref\n%d\n%%%%EOF\n" % start)


def _object_stream(items: list[Any]) -> bytes:
    """Return an object stream (7.5.7)."""
    texts = [serialized(item) for item in items]
    head, place = b"", 0
    for item, text in zip(items, texts, strict=True):
        head += b"%d %d " % (item.number, place)
        place += len(text) + 1
    extra = {"Type": "/ObjStm", "N": len(items), "First": len(head)}
    return stream(head + b"\n".join(texts), extra)


def _table(rows: list[tuple[int, int, int]], trailer: dict[str, Any]) -> bytes:
    """Return a cross-reference stream (7.5.8): for each object, where it stands."""
    widths = [1, *((max(row[i] for row in rows).bit_length() + 7) // 8 or 1 for i in (1, 2))]
    before = bytes(sum(widths))
    data = b""
    for row in rows:
        line = b"".join(
            value.to_bytes(width, "big") for value, width in zip(row, widths, strict=True)
        )
        data += b"\2" + bytes((a - b) % 256 for a, b in zip(line, before, strict=True))
        before = line
    parameters = {"Predictor": PREDICTOR, "Columns": len(before)}
    extra = {"Type": "/XRef", "Size": len(rows), "W": widths, "DecodeParms": parameters}
    return stream(data, extra | trailer)
