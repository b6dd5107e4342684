"""The order of problems in every report, and how many there are of each severity."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

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


def from_the_top(root: Path) -> Callable[[Problem], Problem]:
    """Return what makes the paths of problems start at the top of the git repository.

    `root` is the project's folder. Paths stay as they are if it lies in no repository.
    """
    project = root.resolve()
    tops = (folder for folder in (project, *project.parents) if (folder / ".git").exists())
    below = project.relative_to(next(tops, project)).as_posix()

    def moved(problem: Problem) -> Problem:
        path = posixpath.normpath(posixpath.join(below, problem.location.path))
        return replace(problem, location=replace(problem.location, path=path))

    return moved


RANKS = {severity: rank for rank, severity in enumerate(Severity)}


def tally(problems: Iterable[Problem]) -> str:
    """Return how many problems there are ("2 errors, 1 hint"), or "no problems"."""
    count = Counter(problem.severity for problem in problems)
    return ", ".join(counted(count[s], str(s)) for s in Severity if count[s]) or "no problems"
