"""What a PO file is made of: `Entry`, `Catalog` and the header's fields.

An `Entry` is polib's object plus the place it came from, so everything written for polib
works on it. Change its attributes freely: the writer compares them with a snapshot taken
when the file was read, and copies the bytes of every entry that did not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping
from copy import copy
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any

import polib

HEADER_ORDER = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Plural-Forms",
    "X-Generator",
)
"""Header fields in the order GNU gettext writes them (manual, "Filling in the Header Entry")."""

# The beginning of a field within the value of another one: a `\n` was lost between the two.
_STUCK = re.compile(rf"(?:\\\\n)?(?=(?:{'|'.join(HEADER_ORDER)}|X-[A-Z][A-Za-z0-9-]*):[ \t])")
_FIELD = re.compile(r"([^\s:]+)[ \t]*:[ \t]*(.*)")


class State(StrEnum):
    """What may be done with a message: only a translated one is ever shown to readers."""

    TRANSLATED = "translated"
    FUZZY = "fuzzy"
    UNTRANSLATED = "untranslated"
    OBSOLETE = "obsolete"


_MESSAGE = slice(0, 9)
"""The part of `Entry.fields` that is not written in comments."""


Key = tuple[str | None, str]
"""What identifies a message in a catalog: its msgctxt and its msgid."""


class Entry(polib.POEntry):
    """One message with its comments: `polib.POEntry` and where it was in the file.

    `line` is the 1-based line of its msgid, 0 for an entry that was not read from a file.
    `span` is the byte range `(start, end)` in `Catalog.data` of the whole entry with its
    comments and last line end, None for a new entry. `lead` is the byte where the blank
    lines before it begin. `source` is the bytes it was read from, `body` where in them the
    comments end and the fields begin (`#|` too), -1 if there is no such place.
    """

    def __init__(  # noqa: PLR0913 - polib's fields, by polib's names
        self, *, msgid: str = "", msgstr: str = "", msgctxt: str | None = None,
        msgid_plural: str = "", msgstr_plural: dict[int, str] | None = None,
        obsolete: bool = False, tcomment: str = "", comment: str = "",
        occurrences: list[tuple[str, str]] | None = None, flags: list[str] | None = None,
        previous_msgctxt: str | None = None, previous_msgid: str | None = None,
        previous_msgid_plural: str | None = None, line: int = 0,
        span: tuple[int, int] | None = None, lead: int = 0, source: bytes = b"", body: int = -1,
    ) -> None:  # fmt: skip
        # Not by polib's constructor, which takes four times as long for every entry there is.
        self.msgid = msgid
        self.msgstr = msgstr
        self.msgctxt = msgctxt  # type: ignore[assignment]  # polib's type lacks None
        self.msgid_plural = msgid_plural
        self.msgstr_plural = {} if msgstr_plural is None else msgstr_plural
        self.obsolete = obsolete
        self.encoding = "utf-8"
        self.tcomment = tcomment
        self.comment = comment
        self.occurrences = [] if occurrences is None else occurrences
        self.flags = [] if flags is None else flags
        self.previous_msgctxt = previous_msgctxt
        self.previous_msgid = previous_msgid
        self.previous_msgid_plural = previous_msgid_plural
        self.linenum = line or None
        self.line = line
        self.span = span
        self.lead = lead
        self.source = source
        self.body = body
        self._snapshot = self.fields() if source else ()

    def fields(self) -> tuple[Any, ...]:
        """Return everything the file says of this message as one comparable value."""
        return (
            self.msgctxt,
            self.msgid,
            self.msgid_plural,
            self.msgstr,
            tuple(sorted(self.msgstr_plural.items())) if self.msgstr_plural else (),
            self.obsolete,
            self.previous_msgctxt,
            self.previous_msgid,
            self.previous_msgid_plural,
            self.tcomment,
            self.comment,
            tuple(self.occurrences),
            tuple(self.flags),
        )

    @property
    def changed(self) -> bool:
        """Whether the entry is new or differs from what its bytes say."""
        return self.fields() != self._snapshot

    @property
    def only_comments_changed(self) -> bool:
        """Whether the part of `source` from `body` on still says what the entry does."""
        was, now = self._snapshot, self.fields()
        return (
            self.body >= 0
            and now[_MESSAGE] == was[_MESSAGE]
            and ("no-wrap" in was[-1]) == ("no-wrap" in now[-1])
        )

    def detached(self, *, keep_source: bool = False) -> Entry:
        """Return a copy that belongs to no file, so will be written again.

        With `keep_source` it is written as it is in the file that it is from.
        """
        twin = copy(self)
        twin.msgstr_plural = dict(self.msgstr_plural)
        twin.occurrences, twin.flags = list(self.occurrences), list(self.flags)
        twin.linenum, twin.line, twin.span, twin.lead = None, 0, None, 0
        if not keep_source:
            twin.source, twin.body, twin._snapshot = b"", -1, ()
        return twin

    def place_as(self, saved: Entry) -> None:
        """Take the place in the file of `saved`, the entry read back after writing this one."""
        self.line, self.span, self.lead = saved.line, saved.span, saved.lead
        self.source, self.body, self._snapshot = saved.source, saved.body, saved._snapshot

    def key(self) -> Key:
        """Return `(msgctxt, msgid)`; msgctxt None and "" are different messages."""
        return self.msgctxt, self.msgid

    @property
    def forms(self) -> tuple[str, ...]:
        """The msgstr, or every msgstr[i] in order of i."""
        if self.msgid_plural or self.msgstr_plural:
            return tuple(text for _, text in sorted(self.msgstr_plural.items()))
        return (self.msgstr,)

    def is_fuzzy(self) -> bool:
        """Return whether any flag is "fuzzy", however it is spelled."""
        return bool(self.flags) and any("fuzzy" in flag.casefold().split() for flag in self.flags)

    @property
    def fuzzy(self) -> bool:
        """The fuzzy flag; setting it adds the flag first or removes every spelling of it."""
        return self.is_fuzzy()

    @fuzzy.setter
    def fuzzy(self, value: bool) -> None:
        if value != self.is_fuzzy():
            others = [flag for flag in self.flags if "fuzzy" not in flag.casefold().split()]
            self.flags = ["fuzzy", *others] if value else others

    def state(self) -> State:
        """Return the message's state; a plural message is translated when all forms are."""
        if self.obsolete:
            return State.OBSOLETE
        if not (self.msgid_plural or self.msgstr_plural):  # nearly always
            if not self.msgstr:
                return State.UNTRANSLATED
            return State.FUZZY if self.flags and self.is_fuzzy() else State.TRANSLATED
        forms = self.forms
        if not any(forms):
            return State.UNTRANSLATED
        if self.is_fuzzy():
            return State.FUZZY
        return State.TRANSLATED if all(forms) else State.UNTRANSLATED

    def translated(self) -> bool:
        """Return whether `state()` is `State.TRANSLATED`."""
        return self.state() is State.TRANSLATED

    # polib compares and hashes by content; two entries here are the same only if identical.
    __eq__ = object.__eq__
    __ne__ = object.__ne__
    __hash__ = object.__hash__


def _apart(line: str) -> list[str]:
    """Return a line of a header, or the fields that ran together in it."""
    name, colon, value = line.partition(":")
    if value.count(":") == 0:
        return [line]
    first, *others = _STUCK.split(value)
    return [name + colon + first, *others]


class Headers(MutableMapping[str, str]):
    r"""The header entry's `Name: value` lines as an ordered mapping.

    Names compare as written. Setting a field replaces its line or inserts it in GNU's
    order; every other line, known or not, stays as it is. A line with two fields, which lost
    a `\n`, counts as two.
    """

    def __init__(self, header: Entry) -> None:
        self._header = header

    def _lines(self) -> list[str]:
        return [part for line in self._header.msgstr.split("\n") for part in _apart(line)]

    def stuck(self) -> Iterator[tuple[str, str]]:
        """Yield the names of two fields that are on one line, the first one's first."""
        for line in self._header.msgstr.split("\n"):
            for one, other in pairwise(_apart(line)):
                yield one.partition(":")[0], other.partition(":")[0]

    def take_apart(self) -> None:
        """Give each field a line of its own."""
        if any(self.stuck()):
            self._store(self._lines())

    def _store(self, lines: list[str]) -> None:
        text = "\n".join(lines)
        self._header.msgstr = text if text.endswith("\n") or not text else text + "\n"

    def _find(self, name: str) -> int | None:
        for index, line in enumerate(self._lines()):
            match = _FIELD.match(line)
            if match and match[1] == name:
                return index
        return None

    def __getitem__(self, name: str) -> str:
        index = self._find(name)
        if index is None:
            raise KeyError(name)
        match = _FIELD.match(self._lines()[index])
        return match[2].rstrip() if match else ""

    def __setitem__(self, name: str, value: str) -> None:
        if "\n" in name + value or not _FIELD.fullmatch(f"{name}: {value}"):
            raise ValueError(f"not a header field: {name!r}: {value!r}")
        lines, index = self._lines(), self._find(name)
        if index is None:
            lines.insert(self._place(name, lines), f"{name}: {value}")
        elif self[name] != value:
            lines[index] = f"{name}: {value}"
        self._store(lines)

    @staticmethod
    def _place(name: str, lines: list[str]) -> int:
        end = len(lines) - 1 if lines and not lines[-1] else len(lines)
        if name not in HEADER_ORDER:
            return end
        later = HEADER_ORDER[HEADER_ORDER.index(name) + 1 :]
        places = [i for i, line in enumerate(lines) if (m := _FIELD.match(line)) and m[1] in later]
        return places[0] if places else end

    def __delitem__(self, name: str) -> None:
        index = self._find(name)
        if index is None:
            raise KeyError(name)
        lines = self._lines()
        del lines[index]
        self._store(lines)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(m[1] for line in self._lines() if (m := _FIELD.match(line))))

    def __len__(self) -> int:
        return len(list(iter(self)))


@dataclass(slots=True)
class Catalog:
    """One PO or POT file.

    `path` names it in messages. `data` is the file as read, or for a new catalog the file
    it replaces (`b""`: none). `header` is the entry with the empty msgid, never in
    `entries`. `newline` ends new lines, `charset` encodes new text, `bom` is whether a
    UTF-8 byte order mark begins the file, `trailing` is the bytes after the last entry.
    `wrap` is whether new text is wrapped at 79 columns, None to follow what `data` does.
    """

    path: str
    data: bytes
    header: Entry
    entries: list[Entry] = field(default_factory=list)
    newline: str = "\n"
    charset: str = "utf-8"
    bom: bool = False
    trailing: bytes = b""
    wrap: bool | None = None

    @property
    def headers(self) -> Headers:
        """The header's fields; setting one changes only the header entry."""
        return Headers(self.header)


def new(path: str, headers: Mapping[str, str], *, replaces: bytes = b"") -> Catalog:
    """Return a catalog without messages, its header fields in the order given.

    `replaces` is the present content of the file this catalog is meant to replace as a
    whole; without it, saving where a file exists already merges the two.
    """
    header = Entry(msgid="", msgstr="".join(f"{k}: {v}\n" for k, v in headers.items()))
    return Catalog(path=path, data=replaces, header=header)
