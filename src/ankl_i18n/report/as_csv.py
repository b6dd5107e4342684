"""Problems and coverage as CSV, for spreadsheets.

Source of the form: RFC 4180, in UTF-8 with the mark by which spreadsheet programs know it. What
makes a text a formula: OWASP, "CSV Injection".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from ankl_i18n.errors import Problem, Silenced
from ankl_i18n.report.problems import in_order
from ankl_i18n.report.text import visible
from ankl_i18n.review.records import BACK
from ankl_i18n.settings.review import ROLES

if TYPE_CHECKING:
    from ankl_i18n.coverage.figures import Tally
    from ankl_i18n.coverage.rows import Row

Cell = str | int
BYTE_ORDER_MARK: Final = "\ufeff"
# A cell begins at the start of the text, and for programs that expect another separator after that
# one, too; blanks do not count. The full-width signs begin formulas in East Asia.
FORMULA: Final = re.compile(r"^(\s*)(?=[=+\-@＝＋－＠])|([,;|][\s\"]*)(?=[=+\-@＝＋－＠])")

PROBLEM_COLUMNS: Final = (
    "severity", "kind", "path", "line", "column", "message", "context", "hint", "reason",
)  # fmt: skip
TALLY: Final = ("total", "translated", "fuzzy", "untranslated", "percent")
COVERAGE_COLUMNS: Final = (
    "tag", "english", "domain",
    *(f"words {name}" for name in TALLY),
    *(f"messages {name}" for name in TALLY),
    "required_complete", "published", "reasons", "problems", "suggestions",
)  # fmt: skip


def problems_csv(problems: Iterable[Problem], silenced: Iterable[Silenced] = ()) -> str:
    """Return one line for each problem, by path, line and column; silenced ones with a reason."""
    reasons = {silence.problem: silence.reason for silence in silenced}
    ordered = in_order([*problems, *reasons])
    return _table(PROBLEM_COLUMNS, (_problem(one, reasons.get(one, "")) for one in ordered))


def coverage_csv(rows: Iterable[Row]) -> str:
    """Return one line for each language and leaflet, in the order given.

    With a policy of review there are two columns more for each role: words signed, and percent.
    """
    listed = list(rows)
    read = {one.role for row in listed for one in row.reviewed}
    roles = [role for role in (*ROLES, BACK) if role in read]
    columns = [f"{what} by {role}" for role in roles for what in ("words signed", "percent signed")]
    lines = ([*_row(row), *_signed(row, roles)] for row in listed)
    return _table((*COVERAGE_COLUMNS, *columns), lines)


def inert(text: str) -> str:
    """Return a text on one line that no spreadsheet takes for a formula.

    An apostrophe comes before what would begin one.
    """
    return FORMULA.sub(r"\g<0>'", visible(text))


def _problem(problem: Problem, reason: str) -> list[Cell]:
    place = problem.location
    where: list[Cell] = [place.path, place.line or "", place.column or ""]
    context = problem.context.replace("\n", " | ")
    texts = [problem.message, context, problem.hint, reason]
    return [str(problem.severity), problem.kind, *where, *texts]


def _row(row: Row) -> list[Cell]:
    language, counts = row.language, row.coverage.counts
    published = {True: "yes", False: "no", None: ""}[row.published]
    return [
        language.tag,
        language.english,
        row.coverage.domain,
        *_tally(counts.words),
        *_tally(counts.messages),
        "yes" if row.coverage.required_complete else "no",
        published,
        "; ".join(row.reasons or ()),
        len(row.problems),
        row.suggestions,
    ]


def _signed(row: Row, roles: Iterable[str]) -> list[Cell]:
    by_role = {one.role: one for one in row.reviewed}
    figures = [by_role.get(role) for role in roles]
    return [
        cell
        for figure in figures
        for cell in ((figure.signed, figure.percent) if figure else ("", ""))
    ]


def _tally(tally: Tally) -> list[Cell]:
    return [tally.total, tally.translated, tally.fuzzy, tally.untranslated, tally.percent]


def _table(columns: Sequence[str], lines: Iterable[Sequence[Cell]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(columns)
    for line in lines:
        writer.writerow([inert(cell) if isinstance(cell, str) else cell for cell in line])
    return BYTE_ORDER_MARK + text.getvalue()
