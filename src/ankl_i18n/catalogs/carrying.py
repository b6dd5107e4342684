"""Which old messages say what new ones say: their translations are carried over, and stay valid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs.sameness import is_code, loose, skeleton, soft_breaks, with_new_addresses

if TYPE_CHECKING:
    from ankl_i18n.catalogs.po import Entry, Key

    # What two messages have in common that say the same.
    Common = tuple[str | None, str, str]


def _code(msgid: str) -> str:
    return msgid.strip("\n")


# In this order: line breaks at the ends, other white space, other addresses as well.
RULES: Final[tuple[Callable[[str], str], ...]] = (_code, loose, skeleton)


def counterparts(
    sources: Iterable[Entry], entries: Iterable[Entry], known: Container[Key]
) -> Mapping[Key, Entry]:
    """Return the entry whose translation holds for each message that is not `known`, if any.

    `sources` are a template's messages, `entries` a catalog's. An entry that no message names
    serves once; of several the first, live ones before obsolete ones.
    """
    new = [source for source in sources if source.key() not in known]
    partners: dict[Key, Entry] = {}
    if not new:
        return partners
    wanted = {source.key() for source in sources}
    spare = [entry for entry in entries if any(entry.forms) and entry.key() not in wanted]
    spare.sort(key=lambda entry: bool(entry.obsolete))
    served: set[int] = set()
    for rule in RULES:
        waiting: dict[Common, list[Entry]] = defaultdict(list)
        for entry in spare:
            if id(entry) not in served:
                waiting[_common(entry, rule)].append(entry)
        for source in new:
            if source.key() not in partners and (rule is _code or not _is_code(source)):
                for old in waiting.get(_common(source, rule), ()):
                    if id(old) not in served and carried(old, source):
                        partners[source.key()] = old
                        served.add(id(old))
                        break
    return partners


def _is_code(source: Entry) -> bool:
    return source.comment.endswith("code block") or is_code(source.msgid)


def _common(entry: Entry, rule: Callable[[str], str]) -> Common:
    return entry.msgctxt, rule(entry.msgid), rule(entry.msgid_plural or "")


def carried(old: Entry, new: Entry) -> tuple[str, dict[str, str]] | None:
    """Return the translation of `new`, that of `old`, and the new addresses with the old ones.

    None if it does not hold. White space alone makes no difference, fuzzy or not.
    """
    if loose(old.msgid) == loose(new.msgid):
        return _in_its_breaks(old.msgstr, new.msgid), {}
    if new.msgid_plural or old.is_fuzzy():
        return None
    moved = with_new_addresses(old.msgstr, loose(old.msgid), loose(new.msgid))
    return moved and (_in_its_breaks(moved[0], new.msgid), moved[1])


def _in_its_breaks(msgstr: str, msgid: str) -> str:
    """Return a translation with line breaks where its source may have them."""
    if not msgid.startswith("\n"):
        msgstr = msgstr.lstrip("\n")
    if not msgid.endswith("\n"):
        msgstr = msgstr.rstrip("\n")
    return msgstr if is_code(msgid) else soft_breaks(msgstr)
