"""What is wrong with the ledger, and what nobody can know of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ankl_i18n.catalogs import files
from ankl_i18n.catalogs.project import Project
from ankl_i18n.engine.queries import query
from ankl_i18n.errors import Location, Problem, Severity
from ankl_i18n.languages import language
from ankl_i18n.review.codes import shared_codes
from ankl_i18n.review.counting import bench
from ankl_i18n.review.history import unknowable, vanished
from ankl_i18n.review.ledger import FOLDER, act_path, ledger
from ankl_i18n.review.ledger import tags as folders
from ankl_i18n.review.migrating import claims
from ankl_i18n.review.records import PROGRAM, UNKNOWN, Kind
from ankl_i18n.review.reviewers import reviewers
from ankl_i18n.review.ssh_signatures import signature, signer_problems
from ankl_i18n.settings.review import WARN

# Acts that somebody vouches for.
VOUCHED: Final = frozenset({Kind.SIGN, Kind.VERDICT, Kind.BACK_TRANSLATE})


@query
def errors(project: Project, tag: str) -> tuple[Problem, ...]:
    """Return what is wrong with the ledger of a language: nothing is published with it."""
    people = (*reviewers(project).problems, *signer_problems(project))
    wrong = (*people, *ledger(project, tag).problems)
    return tuple(dict.fromkeys((*wrong, *vanished(project, tag))))


def problems(project: Project, tags: Iterable[str]) -> list[Problem]:
    """Return what is wrong with the ledgers of some languages, and what cannot be known."""
    known = {lang.tag for lang in project.languages()}
    problems = [*unknowable(project), *_strange(project), *shared_codes(project)]
    for tag in tags:
        problems += errors(project, tag)
        problems += _claims(project, tag) if tag in known else ()
        if project.config.review.signatures == WARN:
            problems += unsigned(project, tag)
    return list(dict.fromkeys(problems))


def _strange(project: Project) -> Iterator[Problem]:
    """Yield a warning for each folder of acts that are in none of the project's languages."""
    known = {lang.tag for lang in project.languages()}
    for tag in folders(project):
        if tag not in known:
            message = f"these acts do not count: the project has no language {tag}"
            hint = "name the folder by the language's tag, or add the language"
            yield Problem("review", Severity.WARNING, message, Location(f"{FOLDER}/{tag}"), hint)


def _claims(project: Project, tag: str) -> Iterator[Problem]:
    """Yield a warning for each catalog whose header claims what no act says."""
    for shown in claims(project, tag):
        domain = files.domain_of(project, shown.leaflet)
        path = project.config.relative(files.catalog_path(project, domain, language(tag)))
        message = 'the header says "reviewed": with a review policy, that does not count'
        hint = "`ankl-i18n review migrate` records it; ask who reviewed it, and have them sign"
        yield Problem("review", Severity.WARNING, message, Location(path), hint)


def refused(project: Project, tag: str) -> Iterator[Problem]:
    """Yield a warning for each act that was made by nobody who may, as far as is known today."""
    judge = bench(project)
    for act in ledger(project, tag).acts:
        why = judge.refusal(act, act.role) if act.reviewer not in (UNKNOWN, PROGRAM) else ""
        if why:
            hint = "see reviews/reviewers.toml, and docs/review.md#what-counts"
            message = f"this act does not count: {why}"
            yield Problem("review", Severity.WARNING, message, Location(act_path(act)), hint)


def unsigned(project: Project, tag: str) -> Iterator[Problem]:
    """Yield a warning for each act without a good signature."""
    for act in ledger(project, tag).acts:
        good, why = signature(project, act) if act.act in VOUCHED else (True, "")
        if not good:
            hint = "`ankl-i18n review sign` shows how; see docs/review.md#signatures"
            yield Problem("review", Severity.WARNING, why, Location(act_path(act)), hint)
