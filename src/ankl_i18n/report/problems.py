"""The order of problems in every report, and how many there are of each severity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ankl_i18n.errors import Problem, Severity
from ankl_i18n.report.text import counted


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems by file, line and column; the same one is listed once."""

    def place(problem: Problem) -> tuple[object, ...]:
        return problem.location, RANKS[problem.severity], problem.kind, problem.message

    return sorted(dict.fromkeys(problems), key=place)


def at_least(problems: Iterable[Problem], severity: Severity) -> list[Problem]:
    """Return the problems that are as bad as `severity` or worse."""
    return [problem for problem in problems if RANKS[problem.severity] <= RANKS[severity]]


RANKS = {severity: rank for rank, severity in enumerate(Severity)}


def tally(problems: Iterable[Problem]) -> str:
    """Return how many problems there are ("2 errors, 1 hint"), or "no problems"."""
    count = Counter(problem.severity for problem in problems)
    return ", ".join(counted(count[s], str(s)) for s in Severity if count[s]) or "no problems"
