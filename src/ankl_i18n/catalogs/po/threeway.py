"""Merging two sets of changes to one catalog, message by message, without losing either."""

from __future__ import annotations

from collections.abc import Mapping

from ankl_i18n.catalogs.po.records import Catalog, Entry, Headers, Key
from ankl_i18n.errors import CatalogError, Location, Problem, error

_DATES = frozenset({"POT-Creation-Date", "PO-Revision-Date"})
"""Header fields of which the later one holds when both sides changed it."""


def merge(base: Catalog, ours: Catalog, theirs: Catalog) -> Catalog:
    """Return `theirs` with what `ours` changed since `base`.

    A message changed, added or deleted on one side alone takes that side; changed alike
    on both, it is taken once. The order is ours, messages only they have are where
    they had them. Raises CatalogError for each message the two changed differently.
    """
    before, mine, theirs_by_key = (by_key(catalog) for catalog in (base, ours, theirs))
    problems: list[Problem] = []
    entries: list[Entry] = []
    for key in ordered(mine, theirs_by_key):
        old, our, their = before.get(key), mine.get(key), theirs_by_key.get(key)
        if _same(our, their) or _same(our, old):
            chosen = their
        elif _same(their, old):
            chosen = our.detached() if our else None
        else:
            problems.append(_conflict(ours.path, our, their))
            continue
        if chosen is not None:
            entries.append(chosen)
    header = _merge_headers(base, ours, theirs, problems)
    if problems:
        raise CatalogError(problems)
    return Catalog(
        path=theirs.path,
        data=theirs.data,
        header=header,
        entries=entries,
        newline=theirs.newline,
        charset=theirs.charset,
        bom=theirs.bom,
        trailing=theirs.trailing if ours.trailing == base.trailing else ours.trailing,
        wrap=ours.wrap,
    )


def by_key(catalog: Catalog) -> dict[Key, Entry]:
    """Return the entries of a catalog by what identifies them."""
    return {entry.key(): entry for entry in catalog.entries}


def _same(one: Entry | None, other: Entry | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.fields() == other.fields()


def ordered(mine: Mapping[Key, Entry], other: Mapping[Key, Entry]) -> list[Key]:
    """Return our keys in order, each of theirs that we lack after its neighbour there."""
    followers: dict[Key | None, list[Key]] = {}
    neighbour: Key | None = None
    for key in other:
        if key in mine:
            neighbour = key
        else:
            followers.setdefault(neighbour, []).append(key)
    ordered = followers.get(None, [])
    for key in mine:
        ordered += [key, *followers.get(key, [])]
    return ordered


def _merge_headers(base: Catalog, ours: Catalog, theirs: Catalog, problems: list[Problem]) -> Entry:
    old, our, their = base.header, ours.header, theirs.header
    if _same(our, their) or _same(our, old):
        return their
    if _same(their, old):
        return our.detached()
    merged = their.detached()
    if our.fields()[4:] not in (old.fields()[4:], their.fields()[4:]):
        problems.append(_conflict(ours.path, our, their))
    before, mine, target = Headers(old), Headers(our), Headers(merged)
    for name in {**mine, **before}:
        value, was, now = mine.get(name), before.get(name), target.get(name)
        if value in (was, now):
            continue
        if now == was or (name in _DATES and value is not None and value > (now or "")):
            if value is None:
                del target[name]
            else:
                target[name] = value
        elif name not in _DATES:
            problems.append(_conflict(ours.path, our, their, f"the header's {name}"))
    return merged


def _conflict(path: str, our: Entry | None, their: Entry | None, what: str = "") -> Problem:
    """Return the problem that says what each side has."""
    entry = their or our
    msgid = entry.msgid if entry else ""
    message = f"someone else changed {what or f'the message {msgid[:60]!r}'} in the meantime"
    hint = "Nothing was written. Run the command again: it will start from the file as it is now."
    context = f"in the file: {_shown(their)}; here: {_shown(our)}"
    return error("po-conflict", message, Location(path, their.line if their else 0), hint, context)


def _shown(entry: Entry | None) -> str:
    return "deleted" if entry is None else " | ".join(entry.forms)[:200]
