"""Formats table: name, ending of files, writer, reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ankl_i18n.exchange import csv_file, docx_file, html_file, memory_file, xliff, xliff2, xlsx
from ankl_i18n.exchange.names import ENDINGS
from ankl_i18n.exchange.units import Package, Returned


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `write` makes a file of one catalog in one language, `read` says what came back.

    `read` takes the bytes and the name of a file in messages, and raises `CatalogError`; it is
    None for a format that only goes out.
    """

    name: str
    write: Callable[[Package], bytes]
    read: Callable[[bytes, str], list[Returned]] | None

    @property
    def ending(self) -> str:
        """What the names of its files end with."""
        return ENDINGS[self.name]


FORMATS: Final = (
    Format("xliff", xliff.write, xliff.parse),
    Format("xliff2", xliff2.write, xliff2.parse),
    Format("xlsx", xlsx.write, xlsx.parse),
    Format("docx", docx_file.write, docx_file.parse),
    Format("csv", csv_file.write, csv_file.parse),
    Format("html", html_file.write, html_file.parse),
    Format("tmx", memory_file.write, None),
)
