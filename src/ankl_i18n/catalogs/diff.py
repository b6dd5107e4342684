"""What changed between two versions of a catalog, message by message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ankl_i18n.catalogs.matching import match
from ankl_i18n.catalogs.po import Catalog, Entry, State

if TYPE_CHECKING:
    from ankl_i18n.catalogs.template import Key


class Change(StrEnum):
    """What happened to a message; `header` is the catalog's header."""

    HEADER = "header"
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a message that is not the same: its name, and both texts, "" for none."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One message that is not the same in both catalogs.

    `old` is None for one that was added, `new` for one that was removed. A reworded message
    has another msgid or msgctxt than before; it is added and removed in one. `fields` are the
    parts that differ; those of an added or removed message are its msgid and msgstr.
    """

    change: Change
    old: Entry | None
    new: Entry | None
    fields: tuple[Field, ...]

    @property
    def states(self) -> tuple[State | None, State | None]:
        """The state before and after."""
        old, new = self.old, self.new
        return old.state() if old else None, new.state() if new else None


def compare(old: Catalog, new: Catalog) -> list[Difference]:
    """Return the differences in the order of the new catalog, removed messages last.

    The order of messages, their references (`#:`) and how lines are wrapped do not count.
    """
    header = _header(old, new)
    pairs, added, removed = _paired(old.entries, new.entries)
    origin = dict(_reworded(added, removed, new))
    pairs |= origin
    differences = [Difference(Change.HEADER, old.header, new.header, header)] if header else []
    for entry in new.entries:
        difference = _difference(pairs.get(entry), entry)
        if difference:
            differences.append(difference)
    used = set(origin.values())
    differences += (_one(Change.REMOVED, entry) for entry in removed if entry not in used)
    return differences


def _paired(
    old: Iterable[Entry], new: Iterable[Entry]
) -> tuple[dict[Entry, Entry], list[Entry], list[Entry]]:
    """Return the old entry of each new one with the same key, and the rest of both sides."""
    waiting: dict[Key, list[Entry]] = defaultdict(list)
    for entry in sorted(old, key=_is_obsolete, reverse=True):
        waiting[entry.key()].append(entry)
    pairs = {
        entry: waiting[entry.key()].pop()
        for entry in sorted(new, key=_is_obsolete)
        if waiting[entry.key()]
    }
    matched = set(pairs.values())
    added = [entry for entry in new if entry not in pairs]
    return pairs, added, [entry for entry in old if entry not in matched]


def _is_obsolete(entry: Entry) -> bool:
    return bool(entry.obsolete)


def _reworded(
    added: Sequence[Entry], removed: Sequence[Entry], new: Catalog
) -> Iterator[tuple[Entry, Entry]]:
    """Yield new entries with the old ones that they were made from; each serves once.

    A previous msgid (`#|`) tells; without one it is the nearest text, if one is near enough.
    """
    spare = {entry.key(): entry for entry in removed if not entry.obsolete}
    left = [entry for entry in added if not entry.obsolete]
    for entry in added:
        stated = entry.previous_msgctxt, entry.previous_msgid or ""
        if stated in spare and not entry.obsolete:
            yield entry, spare.pop(stated)
            left.remove(entry)
    if not left or not spare:
        return
    known = {entry.key() for entry in new.entries} - {entry.key() for entry in left}
    nearest = match(
        [entry for entry in new.entries if not entry.obsolete],
        [_candidate(entry) for entry in spare.values()],
        known,
    )
    for entry in left:
        origin_of = nearest.get(entry.key())
        origin = spare.pop(origin_of.key(), None) if origin_of else None
        if origin:
            yield entry, origin


def _candidate(entry: Entry) -> Entry:
    """Return a copy that `match` accepts: it passes over entries without a translation."""
    twin = entry.detached()
    twin.msgstr, twin.msgstr_plural = "-", {}
    return twin


def _difference(old: Entry | None, new: Entry) -> Difference | None:
    if old is None:
        return _one(Change.ADDED, new)
    fields = tuple(_fields(old, new))
    if old.key() != new.key():
        return Difference(Change.REWORDED, old, new, fields)
    if fields or old.state() is not new.state():
        return Difference(Change.CHANGED, old, new, fields)
    return None


def _one(change: Change, entry: Entry) -> Difference:
    """Return the difference for a message that one side alone has."""
    texts = [(name, text) for name, text in _texts(entry).items() if text]
    if change is Change.ADDED:
        return Difference(change, None, entry, tuple(Field(n, "", text) for n, text in texts))
    return Difference(change, entry, None, tuple(Field(n, text, "") for n, text in texts))


def _texts(entry: Entry) -> dict[str, str]:
    """Return the texts of a message by the names that PO files give them."""
    texts = {"msgctxt": entry.msgctxt or "", "msgid": entry.msgid}
    if not entry.msgid_plural:
        return texts | {"msgstr": entry.msgstr}
    forms = {f"msgstr[{number}]": form for number, form in enumerate(entry.forms)}
    return texts | {"msgid_plural": entry.msgid_plural} | forms


def _comments(entry: Entry) -> dict[str, str]:
    fuzzy = entry.state() is State.FUZZY  # told as the state
    flags = [flag for flag in entry.flags if not (fuzzy and flag.casefold() == "fuzzy")]
    return {
        "translator comment": entry.tcomment or "",
        "extracted comment": entry.comment or "",
        "flags": ", ".join(sorted(flags)),
        "previous msgid": entry.previous_msgid or "",
    }


def _fields(old: Entry, new: Entry) -> Iterator[Field]:
    yield from _changed(_texts(old), _texts(new))
    reworded = old.key() != new.key()
    for field in _changed(_comments(old), _comments(new)):
        if not (reworded and field.name == "previous msgid"):  # the msgid says so already
            yield field


def _changed(old: dict[str, str], new: dict[str, str]) -> Iterator[Field]:
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name, ""), new.get(name, "")
        if before != after:
            yield Field(name, before, after)


def _header(old: Catalog, new: Catalog) -> tuple[Field, ...]:
    fields = _changed(dict(old.headers), dict(new.headers))
    return (*fields, *_changed(_comments(old.header), _comments(new.header)))
