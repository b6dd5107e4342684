"""Formats table: name, ending of files, writer, reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from ankl_i18n.exchange import xliff
from ankl_i18n.exchange.units import Package, Returned


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `write` makes a file of catalogs in one language, `read` says what came back.

    `read` takes the bytes and the name of a file in messages, and raises `CatalogError`; it is
    None for a format that only goes out.
    """

    name: str
    ending: str
    write: Callable[[Iterable[Package]], bytes]
    read: Callable[[bytes, str], list[Returned]] | None


FORMATS: Final = (Format("xliff", ".xlf", xliff.write, xliff.parse),)
