"""Reading what is about to be saved: it must say what the catalog says, entry by entry."""

from __future__ import annotations

from ankl_i18n.catalogs.po.charset import BOM, check_bytes, detect
from ankl_i18n.catalogs.po.plain import entry_at
from ankl_i18n.catalogs.po.reader import parse
from ankl_i18n.catalogs.po.records import Catalog, Entry
from ankl_i18n.catalogs.po.writer import written
from ankl_i18n.errors import CatalogError


def read_back(data: bytes, catalog: Catalog) -> list[Entry]:
    """Return the entries that `data` holds, which are those that `written` yields of `catalog`.

    Raises CatalogError unless `data` reads, by the charset that it declares, as exactly these
    entries, each with its texts and its state, in their order.
    """
    check_bytes(data, catalog.path)
    detect(data, catalog.path)
    return _plain_entries(data, catalog) or _entries(data, catalog)


def _plain_entries(data: bytes, catalog: Catalog) -> list[Entry]:
    """Return the entries, quickly; none if one of them is not plain or anything is wrong."""
    entries = list(written(catalog))
    if catalog.charset != "utf-8" or len({entry.key() for entry in entries}) < len(entries):
        return []
    read: list[Entry] = []
    end, line = len(BOM) if catalog.bom else 0, 1
    for entry in entries:
        start = end
        while data[start : start + 1] == b"\n":
            start += 1
        entry_read = entry_at(data, start, end, line + start - end)
        if not entry_read or not entry_read.span or entry_read.fields() != entry.fields():
            return []
        read.append(entry_read)
        line += data.count(b"\n", end, entry_read.span[1])
        end = entry_read.span[1]
    if data[end:].strip() != catalog.trailing.strip() or catalog.header not in entries:
        return []
    # What is asked of a header besides, the reader knows.
    return read if parse(read[0].source, catalog.path).header.msgstr else []


def _entries(data: bytes, catalog: Catalog) -> list[Entry]:
    """Return the entries, read by lines where that is needed."""
    saved = parse(data, catalog.path)
    ours, theirs = list(written(catalog)), list(written(saved))
    pairs = zip(ours, theirs, strict=False)
    wrong = next((one for one, other in pairs if _meaning(one) != _meaning(other)), None)
    if wrong is None and len(ours) == len(theirs):
        return theirs
    message = "the catalog would not read back as it was written; nothing is saved"
    hint = "A comment, reference or flag of the message holds what no PO file can."
    context = repr(wrong.msgid[:200]) if wrong else ""
    raise CatalogError.of("po-write", message, catalog.path, hint, context)


def _meaning(entry: Entry) -> tuple[object, ...]:
    return entry.key(), entry.forms, entry.msgid_plural or "", entry.obsolete, entry.is_fuzzy()
