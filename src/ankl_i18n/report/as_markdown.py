"""Problems and coverage as Markdown, for the summary of a job or a comment.

Source: GitHub Flavored Markdown Spec, "Tables (extension)". GitHub Docs, "Workflow commands":
the summary of a step must be smaller than 1 MiB.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from ankl_i18n.errors import Problem, Severity, Silenced
from ankl_i18n.report.problems import RANKS, in_order, tally
from ankl_i18n.report.text import counted, visible

if TYPE_CHECKING:
    from ankl_i18n.coverage.rows import Row

LIMIT: Final = 500_000
"""The most bytes of a table: there are two at most, and GitHub shows no summary over 1 MiB."""
MARKS: Final = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.HINT: "💡"}
# Signs of Markdown, HTML, links, emoji, mathematics and mentions. As character references they
# are never a part of a construct (CommonMark 0.31, 2.5), nor do they end a table's cell.
SPECIAL: Final = re.compile(r"[\\`*_\[\]<>#|~&@:$!]|(?<=www)\.", re.IGNORECASE)


def problems_markdown(problems: Iterable[Problem], silenced: Iterable[Silenced] = ()) -> str:
    """Return a heading that tells how many problems there are, and a table, errors first."""
    ordered = sorted(in_order(problems), key=lambda problem: RANKS[problem.severity])
    reasons = {silence.problem: silence.reason for silence in silenced}
    parts = [f"## ankl-i18n check: {tally(ordered)}\n"]
    if ordered:
        parts.append(table(("", "Where", "What", "Text"), map(_problem, ordered)))
    if reasons:
        lines = [(*_problem(one)[1:3], reasons[one]) for one in in_order(reasons)]
        parts.append(f"Silenced by translators: {counted(len(lines), 'problem')}\n")
        parts.append(table(("Where", "What", "Reason"), lines))
    return "\n".join(parts)


def coverage_markdown(rows: Sequence[Row], problems: Iterable[Problem] = ()) -> str:
    """Return a table with one line for each language and leaflet, and one of `problems`."""
    leaflets = [row for row in rows if row.is_leaflet]
    published = sum(bool(row.published) for row in leaflets)
    parts = [f"## ankl-i18n coverage: {published} of {len(leaflets)} published\n"]
    reviewed = any(row.reviewed for row in rows)
    columns = ("Language", "Leaflet", "Words", "Fuzzy", "Untranslated", "Published")
    lines = [(*_row(row), *([row.review] if reviewed else [])) for row in rows]
    parts.append(table((*columns, *(["Words reviewed"] if reviewed else [])), lines))
    ordered = in_order(problems)
    if ordered:
        parts.append(f"{tally(ordered)}\n")
        parts.append(table(("", "Where", "What", "Text"), map(_problem, ordered)))
    return "\n".join(parts)


def escaped(text: str) -> str:
    """Return a text on one line as Markdown that shows just this text, in a table too."""
    return SPECIAL.sub(lambda match: f"&#{ord(match[0])};", visible(text))


def _problem(problem: Problem) -> tuple[str, ...]:
    context = problem.context.strip().replace("\n", " → ")
    what = f"{problem.message} [{problem.kind}]"
    what_next = f"{what}. {problem.hint}" if problem.hint else what
    mark = f"{MARKS[problem.severity]} {problem.severity}"
    return mark, str(problem.location), what_next, context


def _row(row: Row) -> tuple[str, ...]:
    messages = row.coverage.counts.messages
    words = f"{row.coverage.counts.words.percent}%"
    figures = words, str(messages.fuzzy), str(messages.untranslated)
    return row.name, row.coverage.domain, *figures, row.publication


def table(columns: Sequence[str], lines: Iterable[Sequence[str]], raw: Collection[int] = ()) -> str:
    """Return a table of at most `LIMIT` bytes, and how many lines had no room.

    The cells of the columns `raw` are Markdown already.
    """
    written = [_line(columns), _line(["---"] * len(columns), range(len(columns)))]
    size, left = 0, 0
    for line in (_line(cells, raw) for cells in lines):
        size += len(line.encode("utf-8"))
        if size > LIMIT:
            left += 1
        else:
            written.append(line)
    return "".join(written) + (f"\n{left} more are not shown.\n" if left else "")


def _line(cells: Sequence[str], raw: Collection[int] = ()) -> str:
    shown = (cell if place in raw else escaped(cell) for place, cell in enumerate(cells))
    return f"| {' | '.join(shown)} |\n"
