"""Merging two versions of a catalog that began as the same one: what git asks a driver to do.

Message by message, and in each message what readers get, what translators say and what the
source says apart. Two different translations stay both, in a fuzzy message, with the marks of
msgcat between them: every gettext tool reads such a file, and no reader gets to see either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final, TypeVar

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.header import DRAFT, REVIEW_STATE
from ankl_i18n.catalogs.po import Catalog, Entry, Key
from ankl_i18n.catalogs.po.threeway import by_key, ordered
from ankl_i18n.catalogs.usable import MSGCAT

T = TypeVar("T")
# Header fields of which the later holds.
DATES: Final = frozenset({"POT-Creation-Date", "PO-Revision-Date"})
OURS: Final = f"{MSGCAT}  ours  {MSGCAT}\n"
THEIRS: Final = f"{MSGCAT}  theirs  {MSGCAT}\n"


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged catalog, in the style of ours, and the messages that both translated differently."""

    catalog: Catalog
    conflicts: tuple[Entry, ...]


def merge(base: Catalog, ours: Catalog, theirs: Catalog) -> Merged:
    """Return what ours and theirs have made of base; nothing that either wrote is lost."""
    charset = ours.charset if ours.charset == theirs.charset else "utf-8"
    made = replace(ours, charset=charset, entries=[], trailing=_trailing(base, ours, theirs))
    same_style = po.style(made) == po.style(theirs)
    before, mine, other = (by_key(catalog) for catalog in (base, ours, theirs))
    _follow_renamed(before, mine, other)
    _follow_renamed(before, other, mine)
    conflicts: list[Entry] = []
    for key in ordered(mine, other):
        old, our, their = before.get(key), mine.get(key), other.get(key)
        entry = _merged(old, our, their, conflicts)
        if entry is not None:
            is_theirs = entry is their
            made.entries.append(entry.detached(keep_source=same_style) if is_theirs else entry)
    if charset != ours.charset:
        made.entries = [entry.detached() for entry in made.entries]
    made.header = _header(base, ours, theirs)
    return Merged(made, tuple(conflicts))


def _merged(
    old: Entry | None, our: Entry | None, their: Entry | None, conflicts: list[Entry]
) -> Entry | None:
    """Return what became of a message; None if nobody wants it any more."""
    if our is None or their is None:
        return _of_one_side(old, our or their)
    if our.fields() == their.fields() or (old and their.fields() == old.fields()):
        return our
    if old and our.fields() == old.fields():
        return their
    made, was = our.detached(), old or po.Entry()
    made.obsolete = _chosen(bool(was.obsolete), bool(our.obsolete), bool(their.obsolete))
    made.comment = _chosen(was.comment, our.comment, their.comment)
    made.occurrences = _chosen(was.occurrences, our.occurrences, their.occurrences)
    made.tcomment = _all_lines(was.tcomment, our.tcomment, their.tcomment)
    new = (flag for flag in _others(their) if flag not in _others(was))
    made.flags = list(dict.fromkeys([*_others(our), *new]))
    if not _translate(made, was, our, their):
        conflicts.append(made)
    return made


def _of_one_side(old: Entry | None, theirs: Entry | None) -> Entry | None:
    """Return a message that one side alone has: it is new, or the other deleted it."""
    if old is None or theirs is None:
        return theirs
    if theirs.fields() == old.fields() or theirs.forms == old.forms:
        return None
    restored = theirs.detached()  # deleted here, translated there: `update` may need it again
    restored.obsolete, restored.occurrences, restored.comment = True, [], ""
    return restored


def _translate(entry: Entry, old: Entry, our: Entry, their: Entry) -> bool:
    """Give a message its translation; return False if both sides have another one."""
    was = old.forms
    if our.msgid_plural != their.msgid_plural or not any(their.forms):
        return _take(entry, our)
    if not any(our.forms) or (our.forms == was and their.forms != was):
        return _take(entry, their)
    if our.forms == their.forms:
        either = our.is_fuzzy() or their.is_fuzzy()
        one_side = _chosen(old.is_fuzzy(), our.is_fuzzy(), their.is_fuzzy())
        is_fuzzy = one_side if our.forms == was else either
        return _take(entry, our if our.is_fuzzy() == is_fuzzy else their)
    if their.forms == was:
        return _take(entry, our)
    _take(entry, our)
    joined = [
        _joined(one, other) for one, other in zip_longest(our.forms, their.forms, fillvalue="")
    ]
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(joined))
    else:
        entry.msgstr = joined[0]
    entry.fuzzy = True
    return False


def _take(entry: Entry, side: Entry) -> bool:
    entry.msgid_plural = side.msgid_plural
    entry.msgstr, entry.msgstr_plural = side.msgstr, dict(side.msgstr_plural)
    entry.fuzzy = side.is_fuzzy()
    entry.previous_msgctxt, entry.previous_msgid = side.previous_msgctxt, side.previous_msgid
    entry.previous_msgid_plural = side.previous_msgid_plural
    return True


def _joined(one: str, other: str) -> str:
    if one == other or not other:
        return one
    return f"{OURS}{one.rstrip(chr(10))}\n{THEIRS}{other}" if one else other


def _follow_renamed(
    before: Mapping[Key, Entry], mine: dict[Key, Entry], other: dict[Key, Entry]
) -> None:
    """Take a new translation along to the message that an update has made of the old one.

    `mine` was updated: the message has another msgid now, is fuzzy, and names the old one.
    """
    for entry in mine.values():
        key = entry.previous_msgctxt, entry.previous_msgid or ""
        old, theirs = before.get(key), other.get(key)
        renamed = entry.is_fuzzy() and entry.key() not in before and key not in mine
        if renamed and old and theirs and entry.forms == old.forms != theirs.forms:
            new = entry.detached()
            new.msgstr, new.msgstr_plural = theirs.msgstr, dict(theirs.msgstr_plural)
            new.tcomment = _all_lines(old.tcomment, entry.tcomment, theirs.tcomment)
            mine[entry.key()] = new
            del other[key]


def _chosen(old: T, our: T, their: T) -> T:
    """Return what one side alone changed, ours if both did."""
    return their if our == old else our


def _others(entry: Entry) -> list[str]:
    """Return the flags of an entry but for fuzzy."""
    return [flag for flag in entry.flags if "fuzzy" not in flag.casefold()]


def _all_lines(old: str, our: str, their: str) -> str:
    """Return a comment with the lines of both sides, but for those that one of them deleted."""
    if their in {our, old}:
        return our
    mine, other = our.split("\n"), their.split("\n")
    gone = {line for line in old.split("\n") if line not in mine or line not in other}
    lines = (line for line in dict.fromkeys([*mine, *other]) if line not in gone)
    return "\n".join(lines).strip("\n")


def _trailing(base: Catalog, ours: Catalog, theirs: Catalog) -> bytes:
    one, other = ours.trailing, theirs.trailing
    if other in (base.trailing, one) or not other.strip():
        return one
    return other if one == base.trailing else one.rstrip() + b"\n" + other.lstrip()


# -- the header --------------------------------------------------------------------------


def _header(base: Catalog, ours: Catalog, theirs: Catalog) -> Entry:
    """Return the header of both: of what both changed, what the later revision says."""
    if ours.header.fields() == theirs.header.fields() and ours.charset == theirs.charset:
        return ours.header
    entry = ours.header.detached()
    entry.tcomment = _all_lines(base.header.tcomment, entry.tcomment, theirs.header.tcomment)
    target, was, mine, other = po.Headers(entry), base.headers, ours.headers, theirs.headers
    later = other if _revision(other) > _revision(mine) else mine
    for name in dict.fromkeys((*mine, *other)):
        old, our, their = was.get(name), mine.get(name), other.get(name)
        value = our if their == old else their if our == old else later.get(name, our or their)
        if name in DATES:
            value = max(our or "", their or "")
        if value is not None:
            target[name] = value
        elif name in target:
            del target[name]
    if ours.charset != theirs.charset:
        target["Content-Type"] = "text/plain; charset=UTF-8"
    if _reviewed_without(base, ours, theirs) or _reviewed_without(base, theirs, ours):
        target[REVIEW_STATE] = DRAFT
    return entry if entry.fields() != ours.header.fields() else ours.header


def _revision(headers: po.Headers) -> str:
    return headers.get("PO-Revision-Date", "")


def _reviewed_without(base: Catalog, one: Catalog, other: Catalog) -> bool:
    """Tell whether a catalog was reviewed without the translations that the other side made."""
    states = [catalog.headers.get(REVIEW_STATE, "") for catalog in (base, one, other)]
    if states[1] in (states[0], states[2]):
        return False
    before = {entry.key(): entry.forms for entry in base.entries}
    return any(any(e.forms) and before.get(e.key()) != e.forms for e in other.entries)
