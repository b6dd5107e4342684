"""Problems as SARIF, for code scanning and editors.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0". What GitHub
needs besides: GitHub Docs, "SARIF support for code scanning".
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Final
from urllib.parse import quote

from ankl_i18n import __version__
from ankl_i18n.checks.table import CATALOG_CHECKS, CHECKS
from ankl_i18n.errors import Problem, Severity, Silenced
from ankl_i18n.report.problems import in_order
from ankl_i18n.report.text import visible
from ankl_i18n.source.checks import SOURCE_CHECKS

VERSION: Final = "2.1.0"
SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
Object = dict[str, Any]


def sarif(problems: Iterable[Problem], silenced: Iterable[Silenced] = ()) -> str:
    """Return a SARIF log of one run: problems, and silenced ones as suppressed results.

    Paths must be relative to the repository's root.
    """
    reasons = {silence.problem: silence.reason for silence in silenced}
    ordered = in_order([*problems, *reasons])
    rules = _rules(ordered)
    places = {rule["id"]: place for place, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    results = []
    for problem in ordered:
        result = _result(problem, places[problem.kind], seen)
        if problem in reasons:
            suppression = {"kind": "inSource", "justification": visible(reasons[problem])}
            result["suppressions"] = [suppression]
        results.append(result)
    driver = {"name": "ankl-i18n", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SCHEMA, "version": VERSION, "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rules(problems: Iterable[Problem]) -> list[Object]:
    """Return what each check looks for, and the kinds of other problems, if there are any."""
    checks = (*CHECKS, *CATALOG_CHECKS, *SOURCE_CHECKS)
    rules = {check.kind: _rule(check.kind, check.severity, check.find) for check in checks}
    for problem in problems:
        if problem.kind not in rules:
            rules[problem.kind] = _rule(problem.kind, problem.severity)
    return list(rules.values())


def _rule(kind: str, severity: Severity, find: Callable[..., object] | None = None) -> Object:
    rule: Object = {"id": kind, "defaultConfiguration": {"level": LEVELS[severity]}}
    sentence = (inspect.getdoc(find) or "").partition("\n\n")[0].replace("\n", " ")
    if sentence:
        rule["shortDescription"] = {"text": sentence}
    return rule


def _result(problem: Problem, rule: int, seen: Counter[str]) -> Object:
    parts = (problem.message, *problem.context.split("\n"), problem.hint)
    return {
        "ruleId": problem.kind,
        "ruleIndex": rule,
        "level": LEVELS[problem.severity],
        "message": {"text": "\n".join(visible(part) for part in parts if part)},
        "locations": [{"physicalLocation": _location(problem)}],
        "partialFingerprints": {"problem/v1": _fingerprint(problem, seen)},
    }


def _location(problem: Problem) -> Object:
    """Return where a problem is; one of a whole file is on its first line."""
    place = problem.location
    region = {"startLine": place.line or 1}
    if place.line and place.column:
        region["startColumn"] = place.column
    return {"artifactLocation": {"uri": quote(place.path)}, "region": region}


def _fingerprint(problem: Problem, seen: Counter[str]) -> str:
    """Return what stays the same when the lines above a problem change."""
    parts = (problem.kind, problem.location.path, problem.message, problem.context)
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"
