"""Case files that name their own problems: `#! MESSAGE` at the end of the line that is wrong.

`#7! MESSAGE` names line 7 from anywhere, and line 0 a problem of the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ankl_i18n.errors import Problem

MARK = re.compile(r"#(\d*)! (.*)$")


def expected(text: str) -> list[tuple[int, str]]:
    """Return the line and message of every problem that a case file names."""
    return sorted(_marks(text))


def found(problems: Iterable[Problem]) -> list[tuple[int, str]]:
    """Return problems in the form of `expected`."""
    return sorted((problem.location.line, problem.message) for problem in problems)


def _marks(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        mark = MARK.search(line)
        if mark:
            yield int(mark[1] or number), mark[2]
