"""Which messages may be shown to readers, and how much of a leaflet they are.

What is counted here as translated is what a localized page shows (`catalogs.finding`). Counting
is by distinct message (msgctxt and msgid) and by the words of its msgid that a reader sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from ankl_i18n.catalogs.finding import find_key, findable, live
from ankl_i18n.catalogs.po import Catalog, Entry, State
from ankl_i18n.catalogs.template import Key, Message
from ankl_i18n.catalogs.usable import may_be_shown
from ankl_i18n.coverage.figures import Counts, LeafletCoverage, SectionCoverage, Tally
from ankl_i18n.source import Segment
from ankl_i18n.source.markdown import plain
from ankl_i18n.source.texts import word_count

# The state of a message as its place in `_STATES`, and whether it has plural forms.
Standing = tuple[int, bool]
# In the order of `Tally`.
_STATES: Final = (State.TRANSLATED, State.FUZZY, State.UNTRANSLATED)
_UNTRANSLATED: Final = _STATES.index(State.UNTRANSLATED)
_STANDINGS: Final = {
    (state, plural): (place, plural)
    for place, state in enumerate(_STATES)
    for plural in (False, True)
}


@dataclass(frozen=True, slots=True)
class Outline:
    """What there is to translate, each message once, whatever the language.

    `keys`, `plurals` (whether a message has plural forms) and `words` (of its msgid) go
    together; `sections` are their ids, titles without marks, whether they are required, and
    the places of their messages in `keys`.
    """

    keys: tuple[Key, ...]
    plurals: tuple[bool, ...]
    words: tuple[int, ...]
    sections: tuple[tuple[str, str, bool, tuple[int, ...]], ...]


def translations(catalog: Catalog | None) -> Mapping[Key, str | None]:
    """Return the msgstr of each message of a catalog, None where it must not be shown.

    Fuzzy, empty and blank translations are never shown. Obsolete messages are left out, and
    so are plural ones, whose form depends on a number.
    """
    shown = {
        key: entry.msgstr.strip("\n") if may_be_shown(entry) else None
        for key, entry in live(catalog).items()
        if not entry.msgid_plural
    }
    return findable(shown, catalog)


def outline(
    messages: Iterable[Segment | Message], needed: Mapping[str, Iterable[Key]] | None = None
) -> Outline:
    """Return what there is to translate in the segments of a domain's documents.

    `messages` may also be those of a template, for interface strings, which have no document; of
    them `needed` names required sections. Skipped segments do not count.
    """
    places: dict[Key, int] = {}
    plurals: list[bool] = []
    sections: dict[tuple[str, str], dict[int, None]] = {}
    required: set[tuple[str, str]] = set()
    for message in messages:
        segment = message if isinstance(message, Segment) else None
        if segment and segment.skip:
            continue
        number = places.setdefault(message.key, len(places))
        if number == len(plurals):
            plurals.append(not isinstance(message, Segment) and bool(message.msgid_plural))
        if segment:
            place = segment.section_id, segment.section
            sections.setdefault(place, {})[number] = None
            if segment.required:
                required.add(place)
    for title, keys in (needed or {}).items():
        required.add(("", title))
        places_of = {places[key]: None for key in keys if key in places}
        sections["", title] = places_of
    return Outline(
        tuple(places),
        tuple(plurals),
        tuple(word_count(msgid) for _, msgid in places),
        tuple(
            (place[0], plain(place[1]), place in required, tuple(numbers))
            for place, numbers in sections.items()
        ),
    )


def coverage(
    domain: str, outline: Outline, standings: Mapping[Key, Standing], tag: str
) -> LeafletCoverage:
    """Return how far a catalog of these `standings` covers what there is to translate."""
    states = list(map(partial(_state, standings), outline.keys, outline.plurals))
    covered = (
        SectionCoverage(name, title, required, _counts(states, outline.words, numbers))
        for name, title, required, numbers in outline.sections
    )
    whole = _counts(states, outline.words, range(len(states)))
    return LeafletCoverage(domain, tag, whole, tuple(covered))


def standings(catalog: Catalog | None) -> dict[Key, Standing]:
    """Return how each message of a catalog stands; obsolete ones are left out."""
    shown = {
        key: _STANDINGS[_shown_state(entry), bool(entry.msgid_plural)]
        for key, entry in live(catalog).items()
    }
    return findable(shown, catalog)


def combined(catalogs: Iterable[Catalog]) -> dict[Key, Standing]:
    """Return how messages stand that are taken from the nearest of some catalogs that has them."""
    nearest: dict[Key, Standing] = {}
    for catalog in catalogs:
        for key, standing in standings(catalog).items():
            if key not in nearest or (nearest[key][0] and not standing[0]):
                nearest[key] = standing
    return nearest


def _shown_state(entry: Entry) -> State:
    """Return the state of a message that is not obsolete; a blank text is none."""
    state = entry.state()
    return state if state is State.FUZZY or may_be_shown(entry) else State.UNTRANSLATED


def _state(standings: Mapping[Key, Standing], key: Key, is_plural: bool) -> int:
    """Return the state of a message as its place in `_STATES`."""
    standing = find_key(standings, key)
    return standing[0] if standing and standing[1] == is_plural else _UNTRANSLATED


def _counts(states: Sequence[int], words: Sequence[int], numbers: Iterable[int]) -> Counts:
    messages, weights = [0] * len(_STATES), [0] * len(_STATES)
    for number in numbers:
        state = states[number]
        messages[state] += 1
        weights[state] += words[number]
    return Counts(Tally(*messages), Tally(*weights))
