"""What a build does: jobs, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass

from ankl_i18n.errors import Problem


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """One output: the name of its kind (`build.outputs`), its path in the build folder.

    With `leads_to` it is a notice that the leaflet was withdrawn; readers are sent to that path.
    """

    kind: str
    path: str
    tag: str = ""
    name: str = ""
    paper: str = ""
    edition: str = ""
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """One finished job: what was wrong with it, and whether its file changed.

    `reasons` say why it was looked at again, from what changed for it down to the file that
    did; none: it was up to date. `seconds` is what it was expected to take; it is `unsound` if it
    may end otherwise next time.
    """

    job: Job
    changed: bool
    problems: tuple[Problem, ...] = ()
    reasons: tuple[str, ...] = ()
    seconds: float = 0
    unsound: bool = False
