"""The records of an exchange: what goes out with a message, and what comes back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from ankl_i18n.catalogs.po import Entry, State

KEY_DIGITS: Final = 16
BASE_DIGITS: Final = 12
# The state of a translation as the last letter of its base.
LETTERS: Final = {State.UNTRANSLATED: "u", State.FUZZY: "f", State.TRANSLATED: "t"}
STATES: Final = {letter: state for state, letter in LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Unit:
    """A message as it goes out.

    `key` names the message and `base` the translation that goes out with it, see `key_of` and
    `base_of`. `sources` are the msgid and, if it counts something, its plural; `targets` are the
    forms in the language's order, each empty if it is not translated; `counts` are sample numbers
    of each form. `notes` are from the author, `remarks` from translators; `previous` is the source
    that a fuzzy translation was made for. `section` is the heading that it is under.
    A `locked` unit is for reading only.
    """

    key: str
    base: str
    msgctxt: str | None
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    state: State
    counts: tuple[tuple[int, ...], ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    previous: str | None = None
    section: str = ""
    locked: bool = False

    def source(self, form: int) -> str:
        """Return what a form translates: the plural, but for a form of the number one alone."""
        single = len(self.sources) == 1 or (form < len(self.counts) and self.counts[form] == (1,))
        return self.sources[0 if single else 1]

    def remarks_for(self, form: int) -> tuple[str, ...]:
        """Return what translators of a form should read, line by line."""
        counts = self.counts[form] if form < len(self.counts) else ()
        return (
            *((f"Context: {self.msgctxt}",) if self.msgctxt else ()),
            *((f"for {', '.join(map(str, counts))}, …",) if counts else ()),
            *self.notes,
            *self.remarks,
            *((f"Was: {self.previous}",) if self.previous is not None else ()),
        )

    @property
    def id(self) -> str:
        """What every format takes along: the key and the base."""
        return f"{self.key}-{self.base}"


@dataclass(frozen=True, slots=True)
class Package:
    """What goes out of one catalog in one language.

    `source` and `target` are tags of languages (BCP 47); `original` is the path of the catalog
    in its project, `domain` its name, `title` what the leaflet is called. `rtl` tells whether the
    translation runs from right to left.
    """

    domain: str
    original: str
    title: str
    source: str
    target: str
    units: tuple[Unit, ...]
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One message as it came back.

    `key` and `base` are empty where the file has lost them. `sources` and `targets` are its texts;
    `state` is None where the format has none. `place` is the line of a text file, or the row of a
    table, counted from 1. `wrong` says what is broken in it, in words for translators.
    """

    key: str
    base: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    state: State | None = None
    place: int = 0
    wrong: tuple[str, ...] = ()
    msgctxt: str | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back in one file of one catalog; `original` and `domain` as they went out."""

    domain: str
    original: str
    source: str
    target: str
    rows: tuple[Row, ...]


def key_of(msgctxt: str | None, msgid: str) -> str:
    """Return what names a message: the beginning of SHA-256 of its context and text.

    A message without context is another one than a message whose context is empty.
    """
    parts = ("0" if msgctxt is None else f"1{msgctxt}", msgid)
    return _digest(parts)[:KEY_DIGITS]


def base_of(entry: Entry) -> str:
    """Return what names a translation: the beginning of SHA-256 of its forms, and its state."""
    return text_base(entry.forms) + LETTERS.get(entry.state(), "u")


def text_base(forms: tuple[str, ...]) -> str:
    """Return the part of a base that names the texts alone."""
    return _digest(trimmed(forms))[:BASE_DIGITS]


def trimmed(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Return forms without empty ones at the end: catalogs may leave those out."""
    while forms and not forms[-1]:
        forms = forms[:-1]
    return forms


def split_id(name: str) -> tuple[str, str]:
    """Return key and base of a unit's id, both empty if it is none."""
    key, _, base = name.partition("-")
    is_id = len(key) == KEY_DIGITS and len(base) == BASE_DIGITS + 1
    return (key, base) if is_id and base[-1] in STATES else ("", "")


def _digest(parts: tuple[str, ...]) -> str:
    made = hashlib.sha256(b"ankl-exchange-1")
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8, "big") + data)
    return made.hexdigest()
