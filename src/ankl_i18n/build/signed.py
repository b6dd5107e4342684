"""What pages say of those who have checked a leaflet, out of the ledger of review."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Final

from ankl_i18n.build.jobs import address, page_path
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.html.signed import (
    CARRIED,
    EXPIRED,
    LABELS,
    TRANSLATED,
    UNTIL,
    VOID,
    WORTH,
    Row,
    Signed,
    row,
)
from ankl_i18n.languages import Language, language
from ankl_i18n.review import authors
from ankl_i18n.review.codes import published
from ankl_i18n.review.content import content
from ankl_i18n.review.counting import counted, named
from ankl_i18n.review.ledger import ledger
from ankl_i18n.review.records import Act, Content, Kind, ReviewState, RoleState
from ankl_i18n.review.reviewers import reviewers
from ankl_i18n.review.state import needed, state
from ankl_i18n.settings.review import NOTICE

FOLDER: Final = "verify"
COUNTS: Final = (ReviewState.SIGNED, ReviewState.CARRIED)
# What is said of a check, the worst first, by what any of its messages is.
NOTES: Final = (
    (ReviewState.VOID, VOID), (ReviewState.NONE, VOID), (ReviewState.EXPIRED, EXPIRED),
    (ReviewState.CARRIED, CARRIED),
)  # fmt: skip
# Any of these, and nothing is said of a role: it did not agree.
SILENT: Final = frozenset(
    {ReviewState.REJECTED, ReviewState.WITHDRAWN, ReviewState.REFUSED, ReviewState.UNKNOWN}
)


def signed(project: Project, name: str, tag: str) -> Signed | None:
    """Return what a page says of its review; None without a policy, and for the source."""
    if not project.config.review.is_set or project.is_untranslated(tag):
        return None
    shown = content(project, name, tag)
    languages = (project.config.source, language(tag))
    rows = [
        *_translated(project, shown, languages),
        *_roles(project, name, tag, languages),
        *_tested(project, shown, languages),
    ]
    order = list(LABELS.values())
    rows.sort(key=lambda one: order.index(one.label))
    return Signed(tuple(rows), _until(project, name, tag, languages), shown.code)


def is_unsafe(project: Project, name: str, tag: str) -> bool:
    """Tell whether a page says that a change which can harm is not translated yet."""
    is_told = project.config.review.safety_change == NOTICE
    return is_told and bool(publication.dangerous(project, name, tag))


def verify_path(code: str) -> str:
    """Return the path of the page of a code in the build folder."""
    return f"{FOLDER}/{code}.html"


def qr_address(project: Project, name: str, tag: str) -> str:
    """Return where the QR code of a leaflet leads: to the page of its code once that is published.

    That page leads to the newest version, so a paper of today still helps in years.
    """
    if project.config.review.is_set and not project.is_untranslated(tag):
        code = content(project, name, tag).code
        if any(act.code == code for act in published(project)):
            return address(project, verify_path(code))
    return address(project, page_path(tag, name))


def _roles(
    project: Project, name: str, tag: str, languages: tuple[Language, Language]
) -> Iterator[Row]:
    """Yield a row for each role that has read the leaflet, or what must be read of it."""
    for role, states_of in _roles_read(project, name, tag):
        states = {one.state for one in states_of}
        agreed = [one for one in states_of if one.state in (*COUNTS, ReviewState.EXPIRED)]
        agreed += [one for one in states_of if one.before and one.state is ReviewState.VOID]
        if role not in LABELS or states & SILENT or not agreed:
            continue
        days = [one.date for one in agreed if one.date]
        days = days or list(_days(project, tag, role, agreed))
        if days:
            note = next((WORTH[note] for state, note in NOTES if state in states), "")
            names = _names(project, [one.reviewer for one in agreed])
            yield row(LABELS[role], max(days), languages, names=names, note=note)


def _roles_read(project: Project, name: str, tag: str) -> Iterator[tuple[str, list[RoleState]]]:
    """Yield each role with how what it must read stands with it, or else all that it has read."""
    policy = project.config.review
    judged = state(project, name, tag)
    for role in judged.roles:
        of_role = [(one.text, one.roles[role]) for one in judged.messages if role in one.roles]
        wanted = [stands for text, stands in of_role if role in needed(policy, text)]
        yield role, wanted or [stands for _, stands in of_role]


def _days(
    project: Project, tag: str, role: str, states: Iterable[RoleState]
) -> Iterator[datetime.date]:
    """Yield the days on which a role agreed to words that are others now."""
    old = {one.before.hash for one in states if one.before}
    for act in ledger(project, tag).acts:
        if act.role == role and act.act is Kind.SIGN and any(m.hash in old for m in act.messages):
            yield act.date


def _until(
    project: Project, name: str, tag: str, languages: tuple[Language, Language]
) -> Row | None:
    """Return the first day on which a check that counts will end to count, None for none."""
    days = [
        one.until
        for _, states in _roles_read(project, name, tag)
        for one in states
        if one.until and one.state in COUNTS
    ]
    return row(UNTIL, min(days), languages) if days else None


def _translated(
    project: Project, shown: Content, languages: tuple[Language, Language]
) -> Iterator[Row]:
    """Yield when today's words were written, if somebody has put that down, or git knows it."""
    hashes = {text.hash for text in shown.texts}
    acts = [act for act in named(project, shown.tag, Kind.TRANSLATE) if _is_of(act, hashes)]
    if acts:
        names = _names(project, [act.reviewer for act in acts])
        yield row(LABELS[TRANSLATED], max(act.date for act in acts), languages, names=names)
    elif project.config.review.four_eyes:  # git is asked who translated
        known = authors.authors(project, shown.tag)
        texts = [text.forms for text in shown.texts if text.is_shown]
        if day := authors.finished(known, texts):
            people = reviewers(project).by_id
            ids = sorted({id_ for forms in texts for id_ in authors.ids(known, forms, people)})
            day_of = datetime.date.fromisoformat(day)
            yield row(LABELS[TRANSLATED], day_of, languages, names=_names(project, ids))


def _tested(
    project: Project, shown: Content, languages: tuple[Language, Language]
) -> Iterator[Row]:
    """Yield how many readers have tried the leaflet, the last time that any did."""
    acts = [
        act
        for act in counted(project, shown.tag, Kind.READERS_TESTED)
        if act.leaflet == shown.leaflet
    ]
    if acts:
        last = max(acts, key=lambda act: (act.date, act.name))
        note = "" if last.root == shown.root else WORTH[VOID]
        yield row(LABELS["reader-panel"], last.date, languages, note=note, readers=last.readers)


def _is_of(act: Act, hashes: set[str]) -> bool:
    return any(message.hash in hashes for message in act.messages)


def _names(project: Project, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the names of those who have agreed to be named."""
    known = reviewers(project).by_id
    people = (known.get(one) for one in dict.fromkeys(ids))
    return tuple(person.public_name for person in people if person and person.public_name)
