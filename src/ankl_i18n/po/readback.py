"""Reading what is about to be saved: it must say what the catalog says, entry by entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ankl_i18n.errors import CatalogError, Location, Problem, Severity
from ankl_i18n.po import comments
from ankl_i18n.po.charset import BOM, check_bytes
from ankl_i18n.po.plain import entry_at
from ankl_i18n.po.reader import parse
from ankl_i18n.po.writer import written

if TYPE_CHECKING:
    from ankl_i18n.po.plain import Plain
    from ankl_i18n.po.records import Catalog, Entry


class Place(NamedTuple):
    """Where an entry stands in a file: see `Entry`."""

    line: int
    span: tuple[int, int]
    lead: int
    source: bytes
    body: int


def read_back(data: bytes, catalog: Catalog) -> list[Place]:
    """Return where each of the entries that `written` yields stands in `data`.

    Raises CatalogError unless `data` reads as exactly these entries, each with its texts
    and its state, in their order.
    """
    check_bytes(data, catalog.path)
    return _plain_places(data, catalog) or _places(data, catalog)


def _plain_places(data: bytes, catalog: Catalog) -> list[Place]:
    """Return the places, found quickly; nothing if an entry is not plain or anything is wrong."""
    entries = list(written(catalog))
    if catalog.charset != "utf-8" or len({entry.key() for entry in entries}) < len(entries):
        return []
    places: list[Place] = []
    lead, line = len(BOM) if catalog.bom else 0, 1
    for entry in entries:
        start = lead
        while data[start : start + 1] == b"\n":
            start += 1
        found = entry_at(data, start)
        if not found or not _says(found, entry):
            return []
        first = line + data.count(b"\n", lead, found.first)
        source = data[start : found.end]
        places.append(Place(first, (start, found.end), lead, source, found.body - start))
        line += data.count(b"\n", lead, found.end)
        lead = found.end
    if data[lead:].strip() != catalog.trailing.strip() or catalog.header not in entries:
        return []
    # What is asked of a header besides, the reader knows.
    return places if parse(data[: places[0].span[1]], catalog.path).header.msgstr else []


def _says(found: Plain, entry: Entry) -> bool:
    said = comments.fields(found.comments)
    return (
        found.msgid == entry.msgid
        and found.msgstr == entry.msgstr
        and found.msgctxt == entry.msgctxt
        and found.obsolete == entry.obsolete
        and not entry.msgid_plural
        and not entry.msgstr_plural
        and said["tcomment"] == entry.tcomment
        and said["comment"] == entry.comment
        and sorted(said["flags"]) == sorted(entry.flags)
    )


def _places(data: bytes, catalog: Catalog) -> list[Place]:
    """Return the places, found by the reader that goes line by line where it must."""
    saved = parse(data, catalog.path)
    ours, theirs = list(written(catalog)), list(written(saved))
    pairs = zip(ours, theirs, strict=False)
    wrong = next((one for one, other in pairs if _meaning(one) != _meaning(other)), None)
    if wrong is None and len(ours) == len(theirs):
        return [Place(e.line, e.span or (0, 0), e.lead, e.source, e.body) for e in theirs]
    raise CatalogError(
        Problem(
            "po-write",
            Severity.ERROR,
            "the catalog would not read back as it was written; nothing is saved",
            Location(catalog.path),
            "A comment, reference or flag of the message holds what no PO file can.",
            repr(wrong.msgid[:200]) if wrong else "",
        )
    )


def _meaning(entry: Entry) -> tuple[object, ...]:
    return entry.key(), entry.forms, entry.msgid_plural or "", entry.obsolete, entry.is_fuzzy()
