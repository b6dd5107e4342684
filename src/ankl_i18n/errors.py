"""Problems found in input, and the one small exception tree that carries them.

Bad input is data: stages collect `Problem` records and callers decide once.
Only the command line turns them into text and an exit code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Severity(StrEnum):
    """How bad a problem is: an error stops publication, a hint is only advice."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file.

    `path` is as the user would type it; `line` and `column` count from 1, 0 is unknown.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `path[:line[:column]]`, the form editors and terminals can follow."""
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the input.

    `kind` is a short stable identifier ("po-syntax", "numbers"), `message` says what is
    wrong, `location` where, `hint` what to do next, `context` shows the offending text.
    """

    kind: str
    severity: Severity
    message: str
    location: Location
    hint: str = ""
    context: str = ""

    def __str__(self) -> str:
        """Return the one-line form `place: severity: message [kind]`."""
        return f"{self.location}: {self.severity}: {self.message} [{self.kind}]"


@dataclass(frozen=True, slots=True)
class Silenced:
    """A problem that a translator has answered, and the reason given."""

    problem: Problem
    reason: str


class AnklError(Exception):
    """Base of all expected failures; `problems` says what is wrong and where."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def of(
        cls, kind: str, message: str, location: Location | str, hint: str = "", context: str = ""
    ) -> Self:
        """Return the failure of one error; the arguments are those of `error`."""
        return cls(error(kind, message, location, hint, context))


class SettingsError(AnklError):
    """The settings or the command's arguments are wrong (exit code 2)."""


class SourceError(AnklError):
    """A leaflet's source cannot be used as it stands."""


class CatalogError(AnklError):
    """A catalog cannot be read or saved without losing something."""


class RenderError(AnklError):
    """A page or PDF cannot be made without a hole in it."""


def error(
    kind: str, message: str, location: Location | str, hint: str = "", context: str = ""
) -> Problem:
    """Return a `Problem` of severity error; a text for its location is a path, or an argument."""
    where = Location(location) if isinstance(location, str) else location
    return Problem(kind, Severity.ERROR, message, where, hint, context)
