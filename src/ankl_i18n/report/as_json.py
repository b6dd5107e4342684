"""Coverage and problems as JSON: stable, sorted, without times (docs/coverage.md)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from ankl_i18n.coverage import Counts, Tally, total
from ankl_i18n.report.problems import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ankl_i18n.coverage import SectionCoverage
    from ankl_i18n.errors import Problem
    from ankl_i18n.report.rows import Row

VERSION: Final = 1


def coverage_json(rows: Iterable[Row]) -> str:
    """Return the coverage of languages and leaflets, sorted by tag and domain."""
    by_tag: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.language.tag, row.coverage.domain)):
        by_tag.setdefault(row.language.tag, []).append(row)
    return _text({"languages": [_language(found) for found in by_tag.values()]})


def problems_json(problems: Iterable[Problem]) -> str:
    """Return problems, sorted by path, line and column."""
    return _text({"problems": [_problem(problem) for problem in in_order(problems)]})


def _text(content: dict[str, object]) -> str:
    content = {"version": VERSION} | content
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _language(rows: list[Row]) -> dict[str, object]:
    spoken = rows[0].language
    return {
        "tag": spoken.tag,
        "english": spoken.english,
        "endonym": spoken.endonym,
        "leaflets": [_leaflet(row) for row in rows],
        **_counts(total(row.coverage for row in rows)),
    }


def _leaflet(row: Row) -> dict[str, object]:
    return {
        "domain": row.coverage.domain,
        "published": row.published,
        "reasons": list(row.reasons or ()),
        "required_complete": row.coverage.required_complete,
        "problems": len(row.problems),
        "sections": [_section(section) for section in row.coverage.sections],
        **_counts(row.coverage.counts),
    }


def _section(section: SectionCoverage) -> dict[str, object]:
    return {
        "id": section.id,
        "title": section.title,
        "required": section.required,
        **_counts(section.counts),
    }


def _counts(counts: Counts) -> dict[str, object]:
    return {"messages": _tally(counts.messages), "words": _tally(counts.words)}


def _tally(tally: Tally) -> dict[str, int]:
    return {
        "total": tally.total,
        "translated": tally.translated,
        "fuzzy": tally.fuzzy,
        "untranslated": tally.untranslated,
        "percent": tally.percent,
    }


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "kind": problem.kind,
        "severity": str(problem.severity),
        "message": problem.message,
        "path": problem.location.path,
        "line": problem.location.line,
        "column": problem.location.column,
        "hint": problem.hint,
        "context": problem.context,
    }
