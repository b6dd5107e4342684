"""Problems and coverage as JUnit XML, which build servers show as results of tests.

There is no standard of it. What is written here is what Jenkins, GitLab and GitHub's actions read
in common: Jenkins' schema (xunit plugin, junit-10.xsd), and GitLab Docs, "Unit test reports".
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from ankl_i18n.errors import Problem, Severity, Silenced
from ankl_i18n.report.problems import in_order
from ankl_i18n.report.text import in_xml, visible

if TYPE_CHECKING:
    from ankl_i18n.coverage.rows import Row

FAILED: Final = "failure"
SKIPPED: Final = "skipped"
PASSED: Final = "system-out"
"""Elements in a test case; only the last one says that it passed."""


@dataclass(frozen=True, slots=True)
class Case:
    """One result: `result` names its element, `message` is its first line, `more` the rest."""

    suite: str
    name: str
    result: str = PASSED
    kind: str = ""
    message: str = ""
    more: str = ""
    line: int = 0


def problems_junit(
    problems: Iterable[Problem], silenced: Iterable[Silenced] = (), files: Iterable[str] = ()
) -> str:
    """Return one suite for each file, and one test for each problem in it.

    Errors are failures, silenced problems are skipped, and warnings and hints pass; so does each
    of `files`, the paths that were looked at, without any. Names of tests stay the same when the
    lines above a problem change.
    """
    reasons = {silence.problem: silence.reason for silence in silenced}
    cases = [_problem(one, reasons.get(one)) for one in in_order([*problems, *reasons])]
    clean = {*files} - {case.suite for case in cases}
    cases += [Case(path, "no problems") for path in clean]
    return _document("ankl-i18n check", cases)


def coverage_junit(rows: Iterable[Row], problems: Iterable[Problem] = ()) -> str:
    """Return one suite for each language, and one test for each leaflet in it.

    A leaflet that is published passes, one that is not yet is skipped. `problems` are failures in
    suites of their own, one for each file.
    """
    cases = [_row(row) for row in rows]
    cases += [_problem(one, None) for one in in_order(problems)]
    return _document("ankl-i18n coverage", cases)


def _problem(problem: Problem, reason: str | None) -> Case:
    place = problem.location
    lines = [str(place), *problem.context.split("\n"), problem.hint]
    more = "\n".join(visible(line) for line in lines if line)
    result = FAILED if problem.severity is Severity.ERROR else PASSED
    headline = visible(problem.message)
    name = f"{headline} [{problem.kind}]"
    if reason is not None:
        result, headline = SKIPPED, visible(reason)
    elif result == PASSED:
        more = f"{problem.severity}: {more}"
    return Case(visible(place.path), name, result, problem.kind, headline, more, place.line)


def _row(row: Row) -> Case:
    words = row.coverage.counts.words
    more = f"{words.translated} of {words.total} words translated ({words.percent}%)"
    more += f"; words reviewed: {row.review}" if row.reviewed else ""
    why = visible("; ".join(row.reasons or ()))
    result = SKIPPED if why else PASSED
    return Case(visible(row.name), visible(row.coverage.domain), result, "coverage", why, more)


def _document(name: str, cases: Sequence[Case]) -> str:
    suites = ET.Element("testsuites", {"name": name, **_totals(cases)})
    cases = sorted(cases, key=lambda case: case.suite)  # it keeps the order inside
    for suite, group in groupby(cases, key=lambda case: case.suite):
        listed = list(group)
        element = ET.SubElement(suites, "testsuite", {"name": in_xml(suite), **_totals(listed)})
        seen: Counter[str] = Counter()
        for case in listed:
            seen[case.name] += 1
            element.append(_case(case, seen[case.name]))
    ET.indent(suites)
    text = ET.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _case(case: Case, number: int) -> ET.Element:
    name = case.name if number == 1 else f"{case.name} ({number})"
    place = {"file": case.suite, "line": str(case.line)} if case.line else {}
    written = {"classname": case.suite, "name": name, "time": "0", **place}
    element = ET.Element("testcase", {key: in_xml(value) for key, value in written.items()})
    if case.result == PASSED:
        if case.more:
            ET.SubElement(element, PASSED).text = in_xml(case.more)
        return element
    about = {"message": in_xml(case.message)}
    if case.result == FAILED:
        about["type"] = case.kind
    ET.SubElement(element, case.result, about).text = in_xml(case.more)
    return element


def _totals(cases: Sequence[Case]) -> dict[str, str]:
    count = Counter(case.result for case in cases)
    numbers = {"tests": len(cases), "failures": count[FAILED], "errors": 0}
    numbers["skipped"] = count[SKIPPED]
    return {name: str(number) for name, number in numbers.items()} | {"time": "0"}
