"""Where review stands, as rows for people and programs."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.words import Edit, word_diff
from ankl_i18n.languages import language
from ankl_i18n.review.figures import RoleFigures, of_leaflet, of_sections
from ankl_i18n.review.records import LeafletState, ReviewedMessage, ReviewState, RoleState, Text
from ankl_i18n.review.state import state

ONLY_SPACES = "only white space changed"


@dataclass(frozen=True, slots=True)
class Row:
    """How one role stands with a leaflet in a language, or with one `section` of it.

    `section` is its title and `section_id` its id; both are None for the whole leaflet.
    """

    tag: str
    leaflet: str
    figures: RoleFigures
    section: str | None = None
    section_id: str | None = None

    @property
    def name(self) -> str:
        """The language's name in English."""
        return language(self.tag).english


@dataclass(frozen=True, slots=True)
class Open:
    """A text that a role has not signed as it stands, and why.

    `edits` are how the translation, or else the source text, changed since it was signed.
    """

    text: Text
    role: str
    state: RoleState
    note: str = ""
    edits: tuple[Edit, ...] = ()


def states(
    project: Project, tags: Iterable[str], names: Sequence[str] = ()
) -> Iterator[LeafletState]:
    """Yield how each leaflet is in each language."""
    for tag in tags:
        for name in names or leaflets.readable(project):
            if leaflets.is_readable(project, name):
                yield state(project, name, tag)


def rows(
    project: Project, leaflets: Iterable[LeafletState], *, sections: bool = False, role: str = ""
) -> list[Row]:
    """Return a row for each leaflet, language and role, and with `sections` for each of them."""
    policy = project.config.review
    made: list[Row] = []
    for leaflet in leaflets:
        whole = [
            Row(leaflet.tag, leaflet.leaflet, figures) for figures in of_leaflet(leaflet, policy)
        ]
        parts = of_sections(leaflet, policy) if sections else ()
        made += whole
        made += [
            Row(leaflet.tag, leaflet.leaflet, figures, part.title, part.id)
            for part in parts
            for figures in part.roles
        ]
    return [row for row in made if not role or row.figures.role == role]


def open_texts(leaflet: LeafletState, role: str = "") -> list[Open]:
    """Return the texts of a leaflet that are not signed by a role, or by any that is needed."""
    return [
        _open(message.text, name, how)
        for message in leaflet.messages
        for name, how in message.roles.items()
        if role in ("", name) and how.state is not ReviewState.SIGNED
    ]


def _open(text: Text, role: str, state: RoleState) -> Open:
    before = state.before
    if before is None:
        return Open(text, role, state, state.reason)
    old, new = _pair(before, text)
    return Open(text, role, state, unseen(old, new), word_diff(old, new))


def unseen(old: str, new: str) -> str:
    """Return what changed between two texts that look the same, "" if it can be seen."""
    if "".join(old.split()) == "".join(new.split()):
        return ONLY_SPACES
    if unicodedata.normalize("NFC", old) == unicodedata.normalize("NFC", new):
        return "only the encoding of letters changed (Unicode normalization)"
    shown = [[one for one in text if not _is_hidden(one)] for text in (old, new)]
    if shown[0] == shown[1]:
        hidden = Counter(filter(_is_hidden, new))
        hidden.subtract(filter(_is_hidden, old))
        return f"only invisible characters changed: {_points(one for one in hidden if hidden[one])}"
    pairs = [(one, other) for one, other in zip(old, new, strict=False) if one != other]
    if len(old) == len(new) and all(_is_foreign(*pair) for pair in pairs):
        return f"letters of another script that may look alike: {_points(new for _, new in pairs)}"
    return ""


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f"


def _is_foreign(old: str, new: str) -> bool:
    """Tell whether a letter is where one of another script stood."""
    scripts = {unicodedata.name(one, one).partition(" ")[0] for one in (old, new)}
    return old.isalpha() and new.isalpha() and len(scripts) > 1


def _points(signs: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(f"U+{ord(sign):04X}" for sign in signs))


def _pair(before: ReviewedMessage, text: Text) -> tuple[str, str]:
    """Return what changed, before and after: the source text if it did, else the translation."""
    if before.msgid != text.msgid:
        return before.msgid, text.msgid
    if before.msgctxt != text.msgctxt:
        return f"{before.msgctxt or ''}: {before.msgid}", f"{text.msgctxt or ''}: {text.msgid}"
    return " | ".join(before.msgstr), " | ".join(text.forms)
