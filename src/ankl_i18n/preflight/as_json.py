"""The findings as JSON: stable, in a fixed order, without times of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from ankl_i18n.preflight.records import Finding, Verdict

VERSION: Final = 1


def verdicts_json(verdicts: Iterable[Verdict]) -> str:
    """Return the verdicts in the order given (docs/command-line.md describes the fields)."""
    content = {"version": VERSION, "files": [_file(verdict) for verdict in verdicts]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _file(verdict: Verdict) -> dict[str, Any]:
    output = verdict.output
    return {
        "path": output.path,
        "kind": output.kind,
        "language": output.language.tag,
        "leaflet": output.name,
        "paper": output.paper or None,
        "edition": output.edition or None,
        "pages": verdict.pages or None,
        "bytes": verdict.size,
        "messages": {"wanted": verdict.wanted, "read": verdict.read},
        "problems": [_problem(finding) for finding in verdict.findings],
    }


def _problem(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": str(finding.severity),
        "page": finding.page or None,
        "message": finding.message,
        "hint": finding.hint,
    }
