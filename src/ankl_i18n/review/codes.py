"""Codes of leaflets: from what is on paper to what it was, and whether it is still so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.renamed import renamed
from ankl_i18n.errors import Problem, SettingsError, error
from ankl_i18n.review.around import around
from ankl_i18n.review.content import content
from ankl_i18n.review.ledger import act_path, ledger, tags
from ankl_i18n.review.records import Act, Content, Kind, Text


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for.

    `leaflet` is the name that it has today; `acts` are the `publish` acts that name the code,
    oldest first; `now` is the leaflet as it is today, None if there is none any more; `current` is
    whether the code is still that of today. `house` are the publisher's texts around it today.
    """

    code: str
    leaflet: str
    tag: str
    acts: tuple[Act, ...]
    now: Content | None
    house: tuple[Text, ...] = ()

    @property
    def published(self) -> dict[str, str]:
        """The texts that were published last under the code, by key."""
        messages = self.acts[-1].messages if self.acts else ()
        return {message.key: " ".join(message.msgstr) or message.msgid for message in messages}

    @property
    def today(self) -> dict[str, str]:
        """The texts of today, by key: the publisher's only where they were recorded then, too."""
        texts = self.now.texts if self.now else ()
        own = {text.key for text in texts}
        recorded = any(one.key in self.published and one.key not in own for one in self.house)
        listed = (*texts, *(self.house if recorded else ()))
        return {one.key: " ".join(one.forms) or one.msgid for one in listed}

    @property
    def is_same_around(self) -> bool:
        """Whether the publisher's texts are those that were recorded."""
        return not self.current or not self.acts or self.published == self.today

    @property
    def current(self) -> bool:
        """Whether the leaflet still says what it said under this code."""
        return self.now is not None and self.now.code == self.code


def look_up(project: Project, code: str) -> Code | None:
    """Return what a code stands for: of what was published, or of what is there today."""
    acts = sorted((act for act in published(project) if act.code == code), key=lambda act: act.date)
    if acts:
        last = acts[-1]
        name = _name_today(project, last)
        tags = [target.tag for target in project.config.targets]
        is_readable = leaflets.is_readable(project, name) and last.language in tags
        now = content(project, name, last.language) if is_readable else None
        return Code(code, name, last.language, tuple(acts), now, around(project, last.language))
    for shown in _today(project):
        if shown.code == code:
            return Code(code, shown.leaflet, shown.tag, (), shown)
    return None


def _name_today(project: Project, act: Act) -> str:
    """Return the name that a leaflet has today: by the redirects, or because it says the same."""
    name = renamed(project).get(act.leaflet, act.leaflet)
    if leaflets.is_readable(project, name):
        return name
    others = leaflets.readable(project)
    return next(
        (one for one in others if content(project, one, act.language).root == act.root), name
    )


def published(project: Project) -> Iterator[Act]:
    """Yield all `publish` acts."""
    for tag in tags(project):
        yield from (act for act in ledger(project, tag).acts if act.act is Kind.PUBLISH)


def shared_codes(project: Project) -> Iterator[Problem]:
    """Yield an error for each act that published another text under a code of before."""
    roots: dict[str, str] = {}
    for act in sorted(published(project), key=lambda act: (act.date, act.name)):
        if roots.setdefault(act.code, act.root) != act.root:
            message = (
                f"the code {act.code} is that of another text, too: nobody can tell them apart"
            )
            hint = "withdraw one of the two, and change a word of its leaflet"
            yield error("review", message, act_path(act), hint)


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
        raise SettingsError.of("review", message, shown.leaflet, hint)


def _today(project: Project) -> Iterator[Content]:
    for name in leaflets.readable(project):
        for target in project.config.targets:
            yield content(project, name, target.tag)
