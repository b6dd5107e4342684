"""Codes of leaflets: from what stands on paper to what it was, and whether it is still so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ankl_i18n.catalogs import leaflets
from ankl_i18n.errors import Location, SettingsError, error
from ankl_i18n.review.content import content
from ankl_i18n.review.ledger import ledger, tags
from ankl_i18n.review.records import Act, Content, Kind

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for.

    `acts` are the `publish` acts that name it, oldest first; `now` is the leaflet as it is today,
    None if there is none any more; `current` is whether the code is still that of today.
    """

    code: str
    leaflet: str
    tag: str
    acts: tuple[Act, ...]
    now: Content | None

    @property
    def current(self) -> bool:
        """Whether the leaflet still says what it said under this code."""
        return self.now is not None and self.now.code == self.code


def look_up(project: Project, code: str) -> Code | None:
    """Return what a code stands for: of what was published, or of what is there today."""
    acts = sorted((act for act in published(project) if act.code == code), key=lambda act: act.date)
    if acts:
        last = acts[-1]
        is_readable = leaflets.is_readable(project, last.leaflet)
        now = content(project, last.leaflet, last.language) if is_readable else None
        return Code(code, last.leaflet, last.language, tuple(acts), now)
    for shown in _today(project):
        if shown.code == code:
            return Code(code, shown.leaflet, shown.tag, (), shown)
    return None


def published(project: Project) -> Iterator[Act]:
    """Yield all `publish` acts."""
    for tag in tags(project):
        yield from (act for act in ledger(project, tag).acts if act.act is Kind.PUBLISH)


def check_code(project: Project, shown: Content) -> None:
    """Raise `SettingsError` if the code of a leaflet is that of another one, too."""
    others = [
        f"{act.leaflet} in {act.language} ({act.edition})"
        for act in published(project)
        if act.code == shown.code and act.root != shown.root
    ]
    others += [
        f"{one.leaflet} in {one.tag}"
        for one in _today(project)
        if one.code == shown.code and one.root != shown.root
    ]
    if others:
        message = f"the code {shown.code} is that of {others[0]}, too"
        hint = "change a word of one of them, such as its version: two leaflets need two codes"
        raise SettingsError(error("review", message, Location(shown.leaflet), hint))


def _today(project: Project) -> Iterator[Content]:
    for name in leaflets.readable(project):
        for target in project.config.targets:
            yield content(project, name, target.tag)
