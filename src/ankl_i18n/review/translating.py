"""Acts of those who translate: they say who did, where git's authors are others."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.catalogs.po import Key
from ankl_i18n.catalogs.project import Project, today
from ankl_i18n.review.content import content
from ankl_i18n.review.ledger import write
from ankl_i18n.review.making import check_reviewer, reviewed
from ankl_i18n.review.records import MESSAGE, Act, Kind


def translated(
    project: Project, domain: str, tag: str, keys: Collection[Key], who: str
) -> Iterator[Act]:
    """Write that somebody translated messages of a domain, as they are now; yield each act.

    There is one for each leaflet. Raises `SettingsError` for an id that is nobody's.
    """
    day = datetime.date.fromisoformat(today(project))
    for name in leaflets.readable(project):
        if files.domain_of(project, name) != domain:
            continue
        texts = content(project, name, tag).texts
        messages = [
            reviewed(text) for text in texts if text.is_shown and (text.msgctxt, text.msgid) in keys
        ]
        if messages:
            act = Act(Kind.TRANSLATE, tag, name, who, day, MESSAGE, messages=tuple(messages))
            check_reviewer(project, act)
            yield write(project, act)
