"""Catalogs that say "reviewed" in their header: an act of a reviewer whom nobody knows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.catalogs.project import Project, today
from ankl_i18n.catalogs.template import is_reviewed
from ankl_i18n.errors import AnklError
from ankl_i18n.review.content import content
from ankl_i18n.review.ledger import ledger, write
from ankl_i18n.review.making import chosen, reviewed
from ankl_i18n.review.records import UNKNOWN, Act, Content, Kind

STATEMENT = "header-reviewed"


def migrated(project: Project, tags: Iterable[str]) -> list[Act]:
    """Write an act for each leaflet whose catalog says that it was reviewed; return these.

    It is about the words of today, of which no such act is there yet.
    """
    return [write(project, _act(project, shown)) for tag in tags for shown in claims(project, tag)]


def claims(project: Project, tag: str) -> list[Content]:
    """Return the leaflets whose header says "reviewed", and of which no act says so."""
    names = [one for one in leaflets.readable(project) if says_reviewed(project, one, tag)]
    contents = [content(project, name, tag) for name in names]
    return [shown for shown in contents if not _is_known(project, shown)]


def says_reviewed(project: Project, name: str, tag: str) -> bool:
    """Tell whether the header of a leaflet's catalog says that it was reviewed."""
    try:
        catalog = files.catalog(project, files.domain_of(project, name), tag)
    except AnklError:
        return False
    return catalog is not None and is_reviewed(catalog)


def _is_known(project: Project, shown: Content) -> bool:
    """Tell whether an act of the unknown reviewer covers all that readers get."""
    acts = [act for act in ledger(project, shown.tag).acts if act.reviewer == UNKNOWN]
    hashes = {message.hash for act in acts for message in act.messages}
    return {text.hash for text in shown.texts if text.is_shown} <= hashes


def _act(project: Project, shown: Content) -> Act:
    ((scope, texts),) = chosen(shown)
    return Act(
        Kind.SIGN,
        shown.tag,
        shown.leaflet,
        UNKNOWN,
        datetime.date.fromisoformat(today(project)),
        scope,
        statement=STATEMENT,
        root=shown.root,
        messages=tuple(map(reviewed, texts)),
    )
