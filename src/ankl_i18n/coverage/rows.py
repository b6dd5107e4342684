"""One row of every coverage report: a leaflet in a language, and whether readers get it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ankl_i18n.catalogs.files import domain_of, own_domains
from ankl_i18n.catalogs.leaflets import withdrawn
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.coverage.figures import LeafletCoverage, publishable
from ankl_i18n.errors import Problem, Severity
from ankl_i18n.languages import Language, language

if TYPE_CHECKING:
    from ankl_i18n.review.figures import RoleFigures


@dataclass(frozen=True, slots=True)
class Row:
    """How far one leaflet is in one language.

    `reasons` say why it is not published: none when it is, None for interface strings, which are
    not published on their own. `problems` are those found in its catalog. `reviewed` is how each
    role stands with it, none without a policy of review. `suggestions` counts translations that
    wait for a person in `tm/pending/`.
    """

    language: Language
    coverage: LeafletCoverage
    reasons: tuple[str, ...] | None = ()
    problems: tuple[Problem, ...] = ()
    reviewed: tuple[RoleFigures, ...] = ()
    suggestions: int = 0

    @property
    def name(self) -> str:
        """The language's names, English first: the line then runs from left to right."""
        language = self.language
        own = "" if language.endonym == language.english else f" ({language.endonym})"
        return language.english + own

    @property
    def is_leaflet(self) -> bool:
        """Whether it is a leaflet: interface strings are not."""
        return self.reasons is not None

    @property
    def published(self) -> bool | None:
        """Whether readers get this leaflet in this language; None for interface strings."""
        return None if self.reasons is None else not self.reasons

    @property
    def publication(self) -> str:
        """Whether it is published, and why not: "yes", "no: ..." or "-" for interface strings."""
        if self.reasons is None:
            return "–"
        return f"no: {'; '.join(self.reasons)}" if self.reasons else "yes"

    @property
    def review(self) -> str:
        """How many of the words each role has signed: "reviser 80%, clinician 100%", or "-"."""
        return ", ".join(f"{one.role} {one.percent}%" for one in self.reviewed) or "–"

    @property
    def required(self) -> str:
        """The state of the required sections: "ready", "not ready: ..." or "-" for none."""
        if not any(section.required for section in self.coverage.sections):
            return "–"
        missing = ", ".join(section.title for section in self.coverage.missing_required)
        return f"not ready: {missing}" if missing else "ready"


def rows(project: Project, languages: Iterable[Language], chosen: Sequence[str] = ()) -> list[Row]:
    """Return one row of the coverage reports for each language and domain.

    With `chosen` there is one for each leaflet of these names instead, its domain that of others
    or not.
    """
    if chosen:
        return [
            _leaflet_row(project, name, language.tag) for language in languages for name in chosen
        ]
    names = [*publication.domains(project), *own_domains(project)]
    return [_row(project, name, language.tag) for language in languages for name in names]


def _leaflet_row(project: Project, name: str, tag: str) -> Row:
    covered = publication.coverage_of_leaflet(project, name, tag)
    return _judged(project, covered, domain_of(project, name), tag)


def _row(project: Project, domain: str, tag: str) -> Row:
    covered = publication.coverage_of(project, domain, tag)
    if domain in own_domains(project):
        return row(covered, None, publication.catalog_problems(project, domain, tag))
    return _judged(project, covered, domain, tag)


def _judged(project: Project, covered: LeafletCoverage, domain: str, tag: str) -> Row:
    """Return the row of a leaflet or domain of known coverage."""
    problems = publication.catalog_problems(project, domain, tag)
    reasons = ["the catalog cannot be read"] if publication.is_broken(project, domain, tag) else []
    day = withdrawn(project, covered.domain)
    reasons += [f"it was withdrawn ({day})"] if day else []
    reasons += publication.wordless(project, tag)
    policy = project.config.review
    names = publication.domains(project).get(domain, []) if policy.is_set else []
    names = [covered.domain] if covered.domain in names else names
    for name in names:
        reasons += publication.unreviewed(project, name, tag)
        reasons += publication.held(project, name, tag)
    block = project.config.check_errors == "block"
    made = row(covered, project.config.threshold(tag), problems, reasons, errors_block=block)
    if not names:
        return made
    from ankl_i18n.review.figures import merged, of_leaflet
    from ankl_i18n.review.state import state

    reviewed = (of_leaflet(state(project, name, tag), policy) for name in names)
    return replace(made, reviewed=merged(reviewed))


def row(
    coverage: LeafletCoverage,
    threshold: float | None,
    problems: Iterable[Problem] = (),
    reasons: Sequence[str] = (),
    *,
    errors_block: bool = True,
) -> Row:
    """Return the row of a leaflet in a language.

    `threshold` is the percentage of words needed to publish it, None for interface strings;
    `problems` are those of its catalog; with `errors_block` an error among them keeps the
    leaflet from being published. `reasons` are further ones that only the caller knows.
    """
    listed = tuple(problems)
    lang = language(coverage.tag)
    if threshold is None:
        return Row(lang, coverage, None, listed)
    errors = sum(problem.severity is Severity.ERROR for problem in listed)
    why = [*publishable(coverage, threshold), *reasons]
    if errors and errors_block:
        why.append(f"{errors} error{'s' if errors != 1 else ''} in the catalog")
    return Row(lang, coverage, tuple(why), listed)
