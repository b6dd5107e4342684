"""Problems on a terminal by file, or as plain lines anywhere else: source above translation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.text import Text

from ankl_i18n.errors import Problem, Severity, Silenced
from ankl_i18n.report.columns import plain
from ankl_i18n.report.problems import RANKS, in_order, tally
from ankl_i18n.report.text import counted, visible

if TYPE_CHECKING:
    from rich.console import Console


COLOURS: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
Labels = tuple[str, str]
"""What is before a source text and before its translation."""
LABELS: Final[Labels] = ("msgid", "msgstr")


def problem_list(
    problems: Iterable[Problem],
    console: Console,
    sources: Mapping[str, str] | None = None,
    labels: Mapping[str, Labels] | None = None,
) -> None:
    """Print problems by file, with the text they are about, what to do next, and their number.

    `sources` contains the text of files by path, for problems that do not carry their own line.
    `labels` contains the languages of a catalog's msgids and msgstrs, by path.
    """
    ordered = in_order(problems)
    for path, group in groupby(ordered, key=lambda problem: problem.location.path):
        if console.is_terminal:
            plain(console, visible(path), "bold")
        for problem in group:
            plain(console, _headline(problem, full=not console.is_terminal))
            source = problem.context or _source_line(problem, sources or {})
            for line in _quoted(source, (labels or {}).get(path, LABELS)):
                plain(console, line)
            if problem.hint:
                plain(console, f"    help: {visible(problem.hint)}")
        if console.is_terminal:
            plain(console, "")
    if ordered:
        worst = min((problem.severity for problem in ordered), key=RANKS.__getitem__)
        plain(console, tally(ordered), COLOURS[worst])


def silenced_list(silenced: Iterable[Silenced], console: Console) -> None:
    """Print what translators silenced, with their reasons, one line each."""
    by_problem = {silence.problem: silence for silence in silenced}
    ordered = [by_problem[problem] for problem in in_order(by_problem)]
    if ordered:
        plain(console, f"Silenced by translators: {counted(len(ordered), 'problem')}")
    for one in ordered:
        place, kind = visible(str(one.problem.location)), one.problem.kind
        headline = f"{visible(one.problem.message)} [{kind}]"
        plain(console, f"  {place}: {headline}: {visible(one.reason)}")


def hidden_count(hidden: Collection[Problem], console: Console) -> None:
    """Print how many problems are not shown, if there are any."""
    if hidden:
        plain(console, f"Not shown: {tally(hidden)} (see --severity)")


def _headline(problem: Problem, *, full: bool) -> Text:
    """Return a problem in one line: with its path (`full`), or below a heading that is it."""
    place = problem.location
    numbers = ":".join(str(number) for number in (place.line, place.column) if number)
    return Text.assemble(
        f"{visible(str(place))}: " if full else f"  {numbers:<8}",
        (str(problem.severity), COLOURS[problem.severity]),
        f": {visible(problem.message)} ",
        (f"[{problem.kind}]", "dim"),
    )


def _quoted(context: str, labels: Labels) -> list[str]:
    """Return the lines that show a text: a source and its translation, or one line of a file."""
    msgid, newline, msgstr = context.strip().partition("\n")
    if not msgid:
        return []
    if not newline:
        return [f"    | {visible(msgid)}"]
    width = max(map(len, labels))
    pairs = zip(labels, (msgid, msgstr), strict=True)
    return [f"    {label:<{width}} | {visible(text)}".rstrip() for label, text in pairs]


def _source_line(problem: Problem, sources: Mapping[str, str]) -> str:
    lines = sources.get(problem.location.path, "").split("\n")
    number = problem.location.line
    return lines[number - 1] if 0 < number <= len(lines) else ""
