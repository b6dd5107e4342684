"""Where review stands, as rows for people and programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.words import Edit, word_diff
from ankl_i18n.languages import language
from ankl_i18n.review.figures import RoleFigures, of_leaflet, of_sections
from ankl_i18n.review.records import LeafletState, ReviewedMessage, ReviewState, RoleState, Text
from ankl_i18n.review.state import state

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project

ONLY_SPACES = "only spaces changed"


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
    """Yield how each leaflet stands in each language."""
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
    for one in leaflets:
        whole = [Row(one.tag, one.leaflet, figures) for figures in of_leaflet(one, policy)]
        parts = of_sections(one, policy) if sections else ()
        made += whole
        made += [
            Row(one.tag, one.leaflet, figures, part.title, part.id)
            for part in parts
            for figures in part.roles
        ]
    return [row for row in made if not role or row.figures.role == role]


def open_texts(leaflet: LeafletState, role: str = "") -> list[Open]:
    """Return the texts of a leaflet that are not signed by a role, or by any that is needed."""
    return [
        _open(one.text, name, how)
        for one in leaflet.messages
        for name, how in one.roles.items()
        if role in ("", name) and how.state is not ReviewState.SIGNED
    ]


def _open(text: Text, role: str, state: RoleState) -> Open:
    before = state.before
    if before is None:
        return Open(text, role, state, state.reason)
    old, new = _pair(before, text)
    note = ONLY_SPACES if "".join(old.split()) == "".join(new.split()) else ""
    return Open(text, role, state, note, word_diff(old, new))


def _pair(before: ReviewedMessage, text: Text) -> tuple[str, str]:
    """Return what changed, before and after: the source text if it did, else the translation."""
    if before.msgid != text.msgid:
        return before.msgid, text.msgid
    if before.msgctxt != text.msgctxt:
        return f"{before.msgctxt or ''}: {before.msgid}", f"{text.msgctxt or ''}: {text.msgid}"
    return " | ".join(before.msgstr), " | ".join(text.forms)
