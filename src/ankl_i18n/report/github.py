"""Problems as GitHub annotations, shown beside the lines of a pull request.

Source: GitHub Docs, "Workflow commands for GitHub Actions"; the escapes are those of
actions/toolkit (packages/core/src/command.ts).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ankl_i18n.errors import Problem, Severity
from ankl_i18n.report.problems import RANKS, in_order
from ankl_i18n.report.text import visible

COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
IN_MESSAGE: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
IN_PROPERTY: Final = IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def github_annotations(problems: Iterable[Problem]) -> str:
    """Return one workflow command a line, errors first: GitHub shows only the first ten.

    Paths must be relative to the repository's root.
    """
    worst_first = sorted(in_order(problems), key=lambda problem: RANKS[problem.severity])
    return "".join(f"{_command(problem)}\n" for problem in worst_first)


def _command(problem: Problem) -> str:
    place = problem.location
    properties: dict[str, str | int] = {"file": place.path, "line": place.line, "col": place.column}
    written = {name: value for name, value in properties.items() if value}
    written["title"] = problem.kind
    listed = ",".join(f"{n}={visible(str(v)).translate(IN_PROPERTY)}" for n, v in written.items())
    parts = (problem.message, problem.context, problem.hint)
    message = "\n".join(visible(part) for part in parts if part)
    return f"::{COMMANDS[problem.severity]} {listed}::{message.translate(IN_MESSAGE)}"
