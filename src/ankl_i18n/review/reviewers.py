"""`reviews/reviewers.toml`: who may review what, by ids; names only with consent."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ankl_i18n.catalogs.project import Project
from ankl_i18n.engine.queries import query
from ankl_i18n.engine.regular import read_file
from ankl_i18n.errors import Location, Problem, error
from ankl_i18n.languages import UnknownLanguageError, language
from ankl_i18n.languages.toml import line_of, place_of
from ankl_i18n.review.act_files import ID
from ankl_i18n.review.records import PROGRAM, UNKNOWN, Reviewer
from ankl_i18n.settings.review import ROLES

PATH: Final = "reviews/reviewers.toml"
TRANSLATOR, COORDINATOR = "translator", "coordinator"
# Who has an id: those who sign, and those who write and record.
PARTS: Final = (*ROLES, TRANSLATOR, COORDINATOR)
KNOWN: Final = ("roles", "languages", "from", "until", "revoked", "name", "consent", "git")


@dataclass(frozen=True, slots=True)
class Reviewers:
    """The reviewers by their ids, and what is wrong with others."""

    by_id: Mapping[str, Reviewer]
    problems: tuple[Problem, ...] = ()


@query
def reviewers(project: Project) -> Reviewers:
    """Return the reviewers of a project; none where there is no such file."""
    path = project.root / PATH
    if not project.depend_on_file(path):
        return Reviewers({})
    try:
        text = read_file(path).decode("utf-8-sig")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as bad:
        where = place_of(bad, PATH) if isinstance(bad, ValueError) else Location(PATH)
        return Reviewers({}, (error("review", f"cannot be read: {bad}", where),))
    by_id: dict[str, Reviewer] = {}
    problems: list[Problem] = []
    for name, fields in table.items():
        wrong = list(_wrong(name, fields))
        for field, message in wrong:
            where = Location(PATH, line_of((name, field), text))
            problems.append(error("review", f"{name}: {message}", where))
        if not wrong:
            by_id[name] = Reviewer(
                name,
                tuple(fields["roles"]),
                tuple(language(tag).tag for tag in fields.get("languages", ())),
                fields.get("from"),
                fields.get("until"),
                fields.get("revoked"),
                fields.get("name", ""),
                fields.get("consent"),
                tuple(fields.get("git", ())),
            )
    return Reviewers(by_id, tuple(problems))


def _wrong(name: str, fields: Any) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a reviewer: the field and the message."""
    if not isinstance(fields, Mapping):
        yield "", "write a table for each reviewer: [r-7f3a]"
        return
    if not ID.fullmatch(name) or name in (UNKNOWN, PROGRAM):
        yield "", "an id has lower-case letters, digits and hyphens, at most 40"
    for field, value in fields.items():
        if field not in KNOWN:
            yield field, f"unknown field {field!r}; known fields: {', '.join(KNOWN)}"
        elif why := _wrong_field(field, value):
            yield field, f"{field}: {why}"
    if not fields.get("roles"):
        yield "", f"write roles = [ … ], some of {', '.join(PARTS)}"
    since, until = fields.get("from"), fields.get("until")
    if type(since) is datetime.date is type(until) and since > until:
        yield "until", "from must be before until"


def _wrong_field(field: str, value: Any) -> str:
    if field in {"from", "until", "revoked", "consent"}:
        return "" if type(value) is datetime.date else "write a day, without quotes: 2026-01-31"
    if field == "name":
        return "" if isinstance(value, str) else "write a text in quotes"
    if not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        return "write a list of texts"
    if field == "roles":
        unknown = [one for one in value if one not in PARTS]
        return f"no such role: {unknown[0]}; known roles: {', '.join(PARTS)}" if unknown else ""
    return _wrong_tags(value) if field == "languages" else ""


def _wrong_tags(tags: list[str]) -> str:
    try:
        for tag in tags:
            language(tag)
    except UnknownLanguageError as unknown:
        return str(unknown)
    return ""
