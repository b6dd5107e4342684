"""Acts in the making: the texts chosen, what reviewers agree to, and what the checks say."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from ankl_i18n import __version__
from ankl_i18n.catalogs import files, glossary
from ankl_i18n.catalogs.project import Project, now, today
from ankl_i18n.checks import check_all
from ankl_i18n.errors import AnklError, Problem, SettingsError, Severity
from ankl_i18n.languages import language
from ankl_i18n.review.hashes import root_of
from ankl_i18n.review.judging import Bench
from ankl_i18n.review.records import (
    LEAFLET,
    MESSAGE,
    SECTION,
    Act,
    Checks,
    Content,
    Kind,
    ReviewedMessage,
    Text,
)
from ankl_i18n.review.reviewers import PATH, reviewers

MEANING: Final = "meaning-1"
# What reviewers agree to, by the name of the wording and by role; never changed, only added to.
STATEMENTS: Final = {
    (MEANING, "reviser"): (
        "I have read every one of these texts beside its source. Each says what the source says, "
        "nothing more and nothing less, in words that its readers understand."
    ),
    (MEANING, "clinician"): (
        "I have read every one of these texts beside its source. What they tell patients to do is "
        "right as it stands: symptoms, numbers, units, medicines, and what must not be done."
    ),
    (MEANING, "editor"): (
        "I have read every one of these texts. They are plain, whole and free of mistakes."
    ),
    (MEANING, "reader-panel"): (
        "People for whom the leaflet is written have read every one of these texts and have said "
        "in their own words what they would do. They understood it."
    ),
}


def reviewed(text: Text, **more: str) -> ReviewedMessage:
    """Return a message as it is read now; `more` are further fields, such as a verdict."""
    return ReviewedMessage(
        text.key, text.hash, text.msgid, text.forms, text.msgctxt, text.msgid_plural, **more
    )


def chosen(
    content: Content, sections: Sequence[str] = (), msgids: Sequence[str] = ()
) -> list[tuple[str, tuple[Text, ...]]]:
    """Return the scopes of acts and the texts of each: the whole leaflet if nothing is named.

    Texts that readers get in the source language are left out: nobody can sign what is not there.
    Raises `SettingsError` for sections and messages that are not in the leaflet.
    """
    shown = [text for text in content.texts if text.is_shown]
    parts: list[tuple[str, tuple[Text, ...]]] = []
    known = [id_ for id_, _ in content.sections]
    for id_ in sections:
        if id_ not in known:
            hint = f"known: {', '.join(filter(None, known))}"
            raise _wrong(f"{content.leaflet} has no section {id_!r}", "--section", hint)
        parts.append((f"{SECTION}{id_}", tuple(t for t in shown if id_ in t.sections)))
    if msgids:
        parts.append((MESSAGE, tuple(_named(shown, msgid) for msgid in msgids)))
    return parts or [(LEAFLET, tuple(shown))]


def _named(texts: Sequence[Text], msgid: str) -> Text:
    """Return the text of a msgid, or of a key's beginning."""
    matching = [text for text in texts if text.msgid == msgid]
    matching = matching or [text for text in texts if text.key.startswith(msgid)]
    if len(matching) != 1:
        message = "no such text is translated" if not matching else "several texts match"
        hint = "name it by its whole msgid, or by its key; `ankl-i18n review status --messages`"
        raise _wrong(f"{message}: {msgid!r}", "--message", hint)
    return matching[0]


def agreed_root(content: Content, scopes: Iterable[tuple[str, tuple[Text, ...]]]) -> str:
    """Return the root of all that is signed at once: who writes it down has seen this and no other.

    Of a whole leaflet it is the leaflet's.
    """
    listed = [*scopes]
    if [scope for scope, _ in listed] == [LEAFLET]:
        return content.root
    return root_of((text.key, text.hash) for _, texts in listed for text in texts)


def new_act(  # noqa: PLR0913 - what an act consists of
    project: Project, kind: Kind, content: Content, scope: str,
    messages: Iterable[ReviewedMessage], *, reviewer: str, role: str = "", recorded_by: str = "",
    reason: str = "",
) -> Act:  # fmt: skip
    """Return an act of today about messages of a leaflet, not written yet."""
    about = tuple(messages)
    is_whole = scope == LEAFLET
    act = Act(
        kind, content.tag, content.leaflet, reviewer, datetime.date.fromisoformat(today(project)),
        scope, role, MEANING if kind is Kind.SIGN else "",
        content.root if is_whole else root_of((message.key, message.hash) for message in about),
        messages=about, recorded_by=recorded_by, reason=reason,
    )  # fmt: skip
    # Of an edition, the program's version says which interface strings were on the page.
    is_checked = kind in (Kind.SIGN, Kind.PUBLISH)
    return replace(act, checks=checks_of(project, act)) if is_checked else act


def checks_of(project: Project, act: Act) -> Checks:
    """Return what the checks say of the messages of an act today."""
    keys = {(message.msgctxt, message.msgid) for message in act.messages}
    problems, quiet = findings(project, act.leaflet, act.language, keys)
    wrong = sum(problem.severity is Severity.ERROR for problem in problems)
    return Checks(__version__, wrong, len(quiet))


def findings(
    project: Project, leaflet: str, tag: str, keys: set[tuple[str | None, str]]
) -> tuple[list[Problem], list[Problem]]:
    """Return what the checks find in messages of a leaflet, and what was silenced in them."""
    try:
        catalog = files.catalog(project, files.domain_of(project, leaflet), tag)
    except AnklError:
        return [], []
    if catalog is None:
        return [], []
    result = check_all(
        catalog, language(tag), project.config.source, glossary.entries(project, tag)
    )
    lines = {entry.line for entry in catalog.entries if entry.key() in keys}
    return (
        [problem for problem in result.problems if problem.location.line in lines],
        [one for one in result.silenced if one.location.line in lines],
    )


def check_reviewer(project: Project, act: Act) -> None:
    """Raise `SettingsError` if an act would not count because of who makes it."""
    people, day = reviewers(project).by_id, now().date()
    bench = Bench(project.config.review, people, day, lambda _: (False, ""))
    if why := bench.refusal(act, act.role):
        raise _wrong(f"this act would not count: {why}", PATH, f"see {PATH}, and docs/review.md")


def _wrong(message: str, option: str, hint: str = "") -> SettingsError:
    return SettingsError.of("review", message, option, hint)
