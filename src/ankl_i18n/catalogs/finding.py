"""The one lookup of a message in a catalog: for pages, coverage and review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

from ankl_i18n.catalogs.sameness import is_code, loose, loose_key

if TYPE_CHECKING:
    from ankl_i18n.catalogs.po import Catalog, Entry, Key

Value = TypeVar("Value")


class Keyed(Protocol):
    """Anything that names a message: a `Segment` or a template's `Message`."""

    @property
    def key(self) -> Key:
        """The message's msgctxt and msgid."""


def find(mapping: Mapping[Key, Value], message: Keyed) -> Value | None:
    """Return what a mapping holds for a message, or None.

    A message with a msgctxt is looked up without it only where the catalog does not have it
    at all: while it waits there for a translator, the text of another place cannot be in.
    """
    return find_key(mapping, message.key)


def find_key(mapping: Mapping[Key, Value], key: Key) -> Value | None:
    """Return what a mapping holds for the message of a key, as `find` does."""
    if key in mapping:  # nearly always
        return mapping[key]
    msgctxt, msgid = key
    keys: list[Key] = [(None, msgid)]
    if not is_code(msgid):
        other = loose(msgid)
        keys = [(msgctxt, other), *keys, (None, other)]
    return next((mapping[key] for key in keys if key in mapping), None)


def live(catalog: Catalog | None) -> dict[Key, Entry]:
    """Return the entries of a catalog that are not obsolete, by what identifies them.

    Without a catalog (None) there are none.
    """
    entries = catalog.entries if catalog else ()
    return {entry.key(): entry for entry in entries if not entry.obsolete}


def findable(by_key: dict[Key, Value], catalog: Catalog | None) -> dict[Key, Value]:
    """Return what is known of messages, also by what identifies them whatever their white space.

    Where two differ in nothing else, the first is found; the text of code is never loosened.
    """
    loosened: dict[Key, Value] = {}
    for key, entry in live(catalog).items():
        other = loose_key(key)
        if other != key and key in by_key and not entry.comment.endswith("code block"):
            loosened.setdefault(other, by_key[key])
    return {**loosened, **by_key}
