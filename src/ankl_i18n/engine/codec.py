"""Problems as JSON, which facts are made of, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ankl_i18n.errors import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
