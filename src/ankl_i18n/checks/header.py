"""Check of a catalog's header: that it is there, whole, and declares what the file is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankl_i18n.catalogs.header import declared_charset
from ankl_i18n.catalogs.po import Catalog, Entry
from ankl_i18n.checks.records import Finding, Whole
from ankl_i18n.languages import Language

UPDATE: Final = "Run `ankl-i18n update`, which completes headers."
ASCII: Final = frozenset({"ascii", "us-ascii", "ansi_x3.4-1968"})


def header(whole: Whole, _: Language) -> Iterator[tuple[Entry, Finding]]:
    """A header that is missing, or that other tools cannot read the file by."""
    catalog = whole.catalog
    if not catalog.data.strip() and not catalog.header.msgstr:
        hint = "Restore it if it had translations; `ankl-i18n update` fills it again."
        yield catalog.header, ("the file is empty", hint)
        return
    for what in _wrong(catalog):
        yield catalog.header, (what, UPDATE)


def _wrong(catalog: Catalog) -> Iterator[str]:
    if not catalog.header.msgstr.strip():
        yield "the catalog has no header"
        return
    for name, stuck in catalog.headers.stuck():
        yield rf"the header's line {name} lacks its \n; {stuck} is stuck to it"
    charset = declared_charset(catalog)
    if not charset and catalog.data:
        yield "the header does not state the charset of the file"
    elif charset.lower() in ASCII:
        yield f"the header declares charset={charset}, which has only English letters"
