"""Which messages may be shown to readers, and how much of a leaflet they are.

`translations` and `find` are the one lookup of a message in a catalog: what is counted here as
translated is what a localized page shows. Counting is by distinct message (msgctxt and msgid)
and by the words of its msgid that a reader sees.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from ankl_i18n.counts import Counts, LeafletCoverage, SectionCoverage, Tally
from ankl_i18n.document import Segment
from ankl_i18n.document.markdown import plain
from ankl_i18n.po import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ankl_i18n.catalog import Key, Message
    from ankl_i18n.po import Catalog, Entry

Value = TypeVar("Value")


class Keyed(Protocol):
    """Anything that names a message: a `Segment` or a template's `Message`."""

    @property
    def key(self) -> Key:
        """The message's msgctxt and msgid."""


def translations(catalog: Catalog | None) -> Mapping[Key, str | None]:
    """Return the msgstr of each message of a catalog, None where it must not be shown.

    Fuzzy, empty and blank translations are never shown. Obsolete messages are left out, and
    so are plural ones, whose form depends on a number.
    """
    return {
        key: entry.msgstr if may_be_shown(entry) else None
        for key, entry in live(catalog).items()
        if not entry.msgid_plural
    }


def find(mapping: Mapping[Key, Value], message: Keyed) -> Value | None:
    """Return what a mapping holds for a message, or None.

    A message with a msgctxt is looked up without it only where the catalog does not have it
    at all: while it waits there for a translator, the text of another place cannot stand in.
    """
    if message.key in mapping:
        return mapping[message.key]
    return mapping.get((None, message.key[1]))


def may_be_shown(entry: Entry) -> bool:
    """Tell whether a message is translated, not fuzzy, and none of its forms is blank."""
    return entry.state() is State.TRANSLATED and all(form.strip() for form in entry.forms)


def coverage(
    domain: str, messages: Iterable[Segment | Message], entries: Mapping[Key, Entry], tag: str
) -> LeafletCoverage:
    """Return how far the `live` entries of a catalog cover the segments of a domain's documents.

    `messages` may also be those of a template, for page words, which have no document.
    Skipped segments do not count.
    """
    states: dict[Key, State] = {}
    sections: dict[tuple[str, str], dict[Key, State]] = {}
    required: set[tuple[str, str]] = set()
    for message in messages:
        if isinstance(message, Segment) and message.skip:
            continue
        state = states[message.key] = _state(message, find(entries, message))
        if isinstance(message, Segment):
            place = message.section_id, message.section
            sections.setdefault(place, {})[message.key] = state
            if message.required:
                required.add(place)
    covered = (
        SectionCoverage(place[0], plain(place[1]), place in required, _counts(found))
        for place, found in sections.items()
    )
    return LeafletCoverage(domain, tag, _counts(states), tuple(covered))


@lru_cache(maxsize=8192)
def word_count(msgid: str) -> int:
    """Return the number of words, split at white space, that a reader of a msgid sees.

    Markdown marks, tags and addresses do not count. Every message weighs at least one word.
    """
    return max(len(plain(msgid).split()), 1)


def live(catalog: Catalog | None) -> dict[Key, Entry]:
    """Return the entries of a catalog that are not obsolete, by what identifies them.

    Without a catalog (None) there are none.
    """
    entries = catalog.entries if catalog else ()
    return {_canonical(entry.key()): entry for entry in entries if not entry.obsolete}


def _canonical(key: Key) -> Key:
    """Return a key with hard line breaks as `document` writes them.

    Other tools end the line with two spaces instead (CommonMark 6.7), which editors strip.
    """
    msgctxt, msgid = key
    return (msgctxt, msgid.replace("  \n", "\\\n")) if "\n" in msgid else key


def _state(message: Segment | Message, entry: Entry | None) -> State:
    """Return the state of a message whose entry was found, or not."""
    is_plural = not isinstance(message, Segment) and bool(message.msgid_plural)
    if entry is None or bool(entry.msgid_plural) != is_plural:
        return State.UNTRANSLATED
    state = entry.state()
    return state if state is State.FUZZY or may_be_shown(entry) else State.UNTRANSLATED


def _counts(states: Mapping[Key, State]) -> Counts:
    messages: Counter[State] = Counter(states.values())
    words: Counter[State] = Counter()
    for (_, msgid), state in states.items():
        words[state] += word_count(msgid)
    return Counts(_tally(messages), _tally(words))


def _tally(counter: Mapping[State, int]) -> Tally:
    return Tally(*(counter.get(s, 0) for s in (State.TRANSLATED, State.FUZZY, State.UNTRANSLATED)))
