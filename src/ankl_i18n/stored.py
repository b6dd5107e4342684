"""Records as values of facts, which are JSON, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ankl_i18n.errors import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ankl_i18n.coverage import Counts, LeafletCoverage


def from_problems(problems: Iterable[Problem]) -> list[list[Any]]:
    """Return problems as JSON: a list of their fields for each."""
    return [
        [p.kind, p.severity, p.message, p.location.path, p.location.line, p.location.column,
         p.hint, p.context]
        for p in problems
    ]  # fmt: skip


def to_problems(values: Iterable[Sequence[Any]]) -> list[Problem]:
    """Return the problems that `from_problems` made a value of."""
    return [
        Problem(kind, Severity(severity), message, Location(path, line, column), hint, context)
        for kind, severity, message, path, line, column, hint, context in values
    ]


def from_coverage(coverage: LeafletCoverage) -> list[Any]:
    """Return how far a leaflet is as JSON."""
    sections = [[s.id, s.title, s.required, _figures(s.counts)] for s in coverage.sections]
    return [coverage.domain, coverage.tag, _figures(coverage.counts), sections]


def to_coverage(value: Sequence[Any]) -> LeafletCoverage:
    """Return the record that `from_coverage` made a value of."""
    from ankl_i18n.coverage import LeafletCoverage, SectionCoverage

    domain, tag, figures, sections = value
    covered = (
        SectionCoverage(name, title, required, _counts(counts))
        for name, title, required, counts in sections
    )
    return LeafletCoverage(domain, tag, _counts(figures), tuple(covered))


def _figures(counts: Counts) -> list[int]:
    both = (counts.messages, counts.words)
    return [figure for t in both for figure in (t.translated, t.fuzzy, t.untranslated)]


def _counts(figures: Sequence[int]) -> Counts:
    from ankl_i18n.coverage import Counts, Tally

    return Counts(Tally(*figures[:3]), Tally(*figures[3:]))
