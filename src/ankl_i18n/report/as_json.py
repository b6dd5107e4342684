"""Reports as JSON: stable, in a fixed order, without times of their own (docs/coverage.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs.po import Entry
from ankl_i18n.catalogs.words import word_diff
from ankl_i18n.coverage.figures import Counts, SectionCoverage, Tally, total
from ankl_i18n.coverage.stats import Amount, Figures, Stats
from ankl_i18n.errors import Problem, Silenced
from ankl_i18n.report.problems import in_order
from ankl_i18n.report.stats import by_language
from ankl_i18n.report.stats import total as total_figures

if TYPE_CHECKING:
    from ankl_i18n.catalogs.diff import Difference
    from ankl_i18n.coverage.rows import Row
    from ankl_i18n.review.figures import RoleFigures
    from ankl_i18n.source.reading import Reading

VERSION: Final = 1


def coverage_json(rows: Iterable[Row]) -> str:
    """Return the coverage of languages and leaflets, sorted by tag and domain."""
    by_tag: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.language.tag, row.coverage.domain)):
        by_tag.setdefault(row.language.tag, []).append(row)
    return _text({"languages": [_language(group) for group in by_tag.values()]})


def problems_json(problems: Iterable[Problem], silenced: Iterable[Silenced] = ()) -> str:
    """Return problems and silenced ones, each sorted by path, line and column."""
    reasons = {silence.problem: silence.reason for silence in silenced}
    return _text(
        {
            "problems": [problem_json(problem) for problem in in_order(problems)],
            "silenced": [problem_json(one) | {"reason": reasons[one]} for one in in_order(reasons)],
        }
    )


def differences_json(differences: Sequence[Difference], paths: tuple[str, str]) -> str:
    """Return what changed between two catalogs, in the order given."""
    old, new = paths
    listed = [_difference(difference) for difference in differences]
    return _text({"old": old, "new": new, "same": not listed, "differences": listed})


def stats_json(stats: Sequence[Stats]) -> str:
    """Return the figures of catalogs by language, in the order given."""
    return _text({"languages": [_language_stats(group) for group in by_language(stats)]})


def reading_json(readings: Mapping[str, Sequence[Reading]]) -> str:
    """Return how easy each section is to read; the last of a leaflet's is the whole leaflet."""
    leaflets = [
        {"name": name, "sections": [asdict(one) for one in those[:-1]], "all": asdict(those[-1])}
        for name, those in readings.items()
    ]
    return _text({"leaflets": leaflets})


def _text(content: dict[str, object]) -> str:
    content = {"version": VERSION} | content
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _language(rows: list[Row]) -> dict[str, object]:
    language = rows[0].language
    return {
        "tag": language.tag,
        "english": language.english,
        "endonym": language.endonym,
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
        "suggestions": row.suggestions,
        "sections": [_section(section) for section in row.coverage.sections],
        **({"reviewed": reviewed(row.reviewed)} if row.reviewed else {}),
        **_counts(row.coverage.counts),
    }


def reviewed(roles: Iterable[RoleFigures]) -> dict[str, object]:
    """Return how each role stands, by its name: words and messages by state."""
    return {
        role_figures.role: {
            "needed": role_figures.needed,
            "enough": role_figures.enough,
            "percent": role_figures.percent,
            "total": role_figures.total,
            "words": dict(role_figures.words),
            "messages": dict(role_figures.messages),
            "reviewers": list(role_figures.reviewers),
            "newest": role_figures.newest.isoformat() if role_figures.newest else None,
            "until": role_figures.until.isoformat() if role_figures.until else None,
            "how": list(role_figures.how),
        }
        for role_figures in roles
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


def problem_json(problem: Problem) -> dict[str, object]:
    """Return a problem as the reports have it."""
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


def _difference(difference: Difference) -> dict[str, object]:
    sides = zip(("old", "new"), (difference.old, difference.new), strict=True)
    return {
        "change": str(difference.change),
        **{side: _side(entry) if entry else None for side, entry in sides},
        "fields": [
            {
                "name": field.name,
                "old": field.old,
                "new": field.new,
                "edits": [
                    {"old": edit.old, "new": edit.new} for edit in word_diff(field.old, field.new)
                ],
            }
            for field in difference.fields
        ],
    }


def _side(entry: Entry) -> dict[str, object]:
    return {
        "line": entry.line,
        "msgctxt": entry.msgctxt,
        "msgid": entry.msgid,
        "state": str(entry.state()),
    }


def _language_stats(group: Sequence[Stats]) -> dict[str, object]:
    language = group[0].language
    return {
        "tag": language.tag,
        "english": language.english,
        "catalogs": [_catalog_stats(one) for one in group],
        **_figures(total_figures(group)),
    }


def _catalog_stats(stats: Stats) -> dict[str, object]:
    return {
        "domain": stats.domain,
        "path": stats.path,
        "review": stats.review,
        "last_translator": stats.last_translator,
        "revised": stats.revised,
        "oldest_fuzzy": stats.oldest_fuzzy.isoformat() if stats.oldest_fuzzy else None,
        **_figures(stats.figures),
    }


def _figures(figures: Figures) -> dict[str, object]:
    return {
        "messages": _tally(figures.messages),
        "obsolete": figures.obsolete,
        "msgid": _amount(figures.msgid),
        "msgstr": _amount(figures.msgstr),
    }


def _amount(amount: Amount) -> dict[str, int | None]:
    return {"words": amount.words, "characters": amount.characters}
