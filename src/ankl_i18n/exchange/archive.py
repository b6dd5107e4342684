"""Files from strangers: how they are refused, and zips of XML (XLSX, DOCX), bounded and safe."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from ankl_i18n.errors import CatalogError, Location
from ankl_i18n.exchange.xml_reader import LARGEST, MEGABYTE

MOST_PARTS: Final = 10_000
KIND: Final = "exchange-file"


def refuse(path: str, message: str, hint: str = "", line: int = 0) -> CatalogError:
    """Return the error that a file is refused whole."""
    hint = hint or "export it again; nothing was imported"
    return CatalogError.of(KIND, message, Location(path, line), hint)


def text_of(data: bytes, path: str, hint: str = "") -> str:
    """Return the text of a file in UTF-8. Raises `CatalogError` with the line of what is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise refuse(path, "this is not UTF-8", hint, line) from None


def opened(data: bytes, path: str, program: Callable[[io.BytesIO], object]) -> object:
    """Return what a library makes of an archive, once its parts are known to be harmless.

    Raises `CatalogError` for what is no archive, too large, has macros, document types, paths out
    of it, or is not what the library reads.
    """
    try:
        _look_at(data, path)
        return program(io.BytesIO(data))
    except CatalogError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as wrong:
        raise refuse(path, f"the file is damaged: {wrong}") from None
    except Exception as wrong:
        reason = str(wrong).strip().split("\n")[0] or type(wrong).__name__
        raise refuse(path, f"the file cannot be read: {reason}") from None


def _look_at(data: bytes, path: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
            raise refuse(path, f"unpacked, the file is larger than {LARGEST // MEGABYTE} MB")
        for part in parts:
            name = part.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/"):
                raise refuse(path, f"a part of the file leads out of it: {part.filename}")
            if name.lower().endswith("vbaproject.bin"):
                raise refuse(path, "the file has macros", "save it without macros (.xlsx, .docx)")
            if part.flag_bits & 1:
                raise refuse(path, "the file is encrypted", "save it without a password")
            if name.lower().endswith((".xml", ".rels")):
                _has_no_document_type(_content(archive, part, path), path, name)


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: str) -> bytes:
    with archive.open(part) as stream:
        content = stream.read(part.file_size + 1)
    if len(content) > part.file_size:
        raise refuse(path, f"{part.filename} is larger than the file says")
    return content


def _has_no_document_type(content: bytes, path: str, name: str) -> None:
    parser = expat.ParserCreate()

    def refuse_doctype(*_: object) -> None:
        raise refuse(path, f"{name} has a document type (<!DOCTYPE …>)")

    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as wrong:
        where = f"{name}, line {wrong.lineno}"
        raise refuse(path, f"{where}: {expat.ErrorString(wrong.code)}") from None
