"""What a change of the leaflets means: on a terminal, as JSON, as Markdown, for GitHub."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from rich.text import Text

from ankl_i18n.catalogs.diff import Field
from ankl_i18n.catalogs.words import word_diff
from ankl_i18n.checks.changes import Impact
from ankl_i18n.coverage.impact import Change, Kind, Report
from ankl_i18n.errors import Location, Problem, Severity
from ankl_i18n.report.as_json import VERSION, problem_json
from ankl_i18n.report.as_markdown import escaped, table
from ankl_i18n.report.columns import plain
from ankl_i18n.report.differences import edits
from ankl_i18n.report.github import github_annotations
from ankl_i18n.report.text import counted, visible

if TYPE_CHECKING:
    from rich.console import Console


COLOURS: Final = {Impact.SAFETY: "bold red", Impact.MEANING: "bold yellow", Impact.COSMETIC: "dim"}
SEVERITIES: Final = {
    Impact.SAFETY: Severity.WARNING,
    Impact.MEANING: Severity.HINT,
    Impact.COSMETIC: Severity.HINT,
}
# What is said of changes in an annotation.
KIND: Final = "impact"
SHOWN_TAGS: Final = 6


def impact_list(report: Report, console: Console) -> None:
    """Print the changes one by one, with the texts word by word, and what they add up to."""
    coloured = console.color_system is not None and not console.no_color
    for change in report.changes:
        head = Text.assemble(
            (str(change.impact), COLOURS[change.impact]),
            f"  {visible(change.path)}:{change.line}  {change.kind}",
            f"  ({', '.join(change.reasons)})" if change.reasons else "",
        )
        plain(console, head)
        plain(console, Text.assemble("  ", edits(Field("", change.old, change.new), coloured)))
        for line in details(change, report):
            plain(console, f"  {line}")
        plain(console, "")
    for line in summary(report):
        plain(console, line)


def update_summary(report: Report, console: Console) -> None:
    """Print what an update means: what it adds up to, and each change that can harm."""
    if not report.changes:
        return
    plain(console, "")
    for line in summary(report):
        plain(console, line)
    coloured = console.color_system is not None and not console.no_color
    for change in report.changes:
        if change.impact is Impact.SAFETY:
            head = (f"  {change.impact}", COLOURS[change.impact])
            place = f"  {visible(change.leaflet)} ({', '.join(change.reasons)}): "
            text = edits(Field("", change.old, change.new), coloured)
            plain(console, Text.assemble(head, place, text))


def summary(report: Report) -> list[str]:
    """Return what the changes add up to, a sentence a line."""
    if not report.changes:
        return ["No text of the leaflets changed."]
    parts = [f"{report.count(one)} {one}" for one in Impact if report.count(one)]
    lines = [f"{counted(len(report.changes), 'text')} changed: {', '.join(parts)}."]
    words = report.words
    if words:
        most, all_of_them = max(words.values()), sum(words.values())
        lines.append(
            f"To translate: {counted(most, 'word')} at most in a language,"
            f" {counted(all_of_them, 'word')} in {counted(len(words), 'language')}."
        )
    else:
        lines.append("There is nothing to translate.")
    days = max((change.days for change in report.changes), default=0)
    if days:
        lines.append(f"Translations have been out of date for up to {counted(days, 'day')}.")
    void = sum(change.void for change in report.changes)
    codes = dict.fromkeys(code for change in report.changes for code in change.in_print)
    if void:
        lines.append(f"Signed texts that have changed since: {void}.")
    if codes:
        lines.append(f"In print with an old text: {', '.join(codes)}.")
    return lines


def details(change: Change, report: Report) -> list[str]:
    """Return what is to be done about a change, and what it undoes."""
    lines = []
    if change.waiting:
        every = len(change.waiting) == len(report.languages) > 1
        tags = "every language" if every else _tags(change.waiting)
        lines.append(f"to translate: {counted(change.words, 'word')} in {tags}")
    if change.days:
        lines.append(f"out of date for {counted(change.days, 'day')}")
    if change.void:
        lines.append(f"no longer signed: {counted(change.void, 'act')}")
    if change.in_print:
        lines.append(f"in print with the old text: {', '.join(change.in_print)}")
    return lines


def _tags(tags: tuple[str, ...]) -> str:
    shown = ", ".join(tags[:SHOWN_TAGS])
    return f"{shown} and {len(tags) - SHOWN_TAGS} more" if len(tags) > SHOWN_TAGS else shown


def impact_json(report: Report) -> str:
    """Return all that is known of the changes, what matters most first."""
    content = {
        "version": VERSION,
        "old": report.old,
        "new": report.new,
        "counts": {str(one): report.count(one) for one in Impact},
        "words": dict(report.words),
        "changes": [_change(change) for change in report.changes],
        "problems": [problem_json(problem) for problem in report.problems],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _change(change: Change) -> dict[str, object]:
    return {
        "change": str(change.kind),
        "impact": str(change.impact),
        "reasons": list(change.reasons),
        "leaflet": change.leaflet,
        "path": change.path,
        "line": change.line,
        "section": change.section,
        "old": change.old,
        "new": change.new,
        "edits": [{"old": edit.old, "new": edit.new} for edit in word_diff(change.old, change.new)],
        "words": change.words,
        "languages": list(change.waiting),
        "changed": change.changed.isoformat() if change.changed else None,
        "days": change.days,
        "void": change.void,
        "in_print": list(change.in_print),
    }


def impact_markdown(report: Report) -> str:
    """Return a heading, what the changes add up to, and a table of them, for a pull request."""
    first, *rest = summary(report)
    parts = [f"## ankl-i18n impact: {first}\n", *(f"{line}\n" for line in rest)]
    if report.changes:
        columns = ("", "Where", "Text", "What to do")
        parts.append(table(columns, (_row(change, report) for change in report.changes), raw={2}))
    if report.problems:
        problems = ((str(problem.location), problem.message) for problem in report.problems)
        parts += ["Not compared:\n", table(("Where", "Why"), problems)]
    return "\n".join(parts)


def _row(change: Change, report: Report) -> tuple[str, ...]:
    why = f"{change.impact}: {', '.join(change.reasons)}" if change.reasons else str(change.impact)
    place = f"{change.path}:{change.line}"
    return why, place, _edited(change), "; ".join(details(change, report))


def _edited(change: Change) -> str:
    """Return a text with its edits marked, as Markdown (GFM strikes out between `~~`)."""
    if change.kind is not Kind.REWORDED:
        sign = "+" if change.kind is Kind.ADDED else "−"
        return f"{sign} {escaped(change.new or change.old)}"
    parts = []
    for edit in word_diff(change.old, change.new):
        if edit.same:
            parts.append(escaped(edit.old))
        else:
            parts.append(f"<del>{escaped(edit.old)}</del>" if edit.old.strip() else edit.old)
            parts.append(f"<ins>{escaped(edit.new)}</ins>" if edit.new.strip() else edit.new)
    return "".join(parts)


def impact_github(report: Report) -> str:
    """Return one annotation a change that is more than cosmetic, and the problems."""
    lines = [
        _problem(change, report)
        for change in report.changes
        if change.impact is not Impact.COSMETIC
    ]
    return github_annotations([*report.problems, *lines])


def _problem(change: Change, report: Report) -> Problem:
    why = f" ({', '.join(change.reasons)})" if change.reasons else ""
    verb = {Kind.ADDED: "is new", Kind.REMOVED: "was removed", Kind.REWORDED: "changed"}
    message = f"a text {verb[change.kind]}: {change.impact}{why}"
    # A removed text has no line in the new file.
    line = 0 if change.kind is Kind.REMOVED else change.line
    texts = "\n".join(filter(None, (change.old, change.new)))
    hint = "; ".join(details(change, report))
    where = Location(change.path, line)
    return Problem(KIND, SEVERITIES[change.impact], message, where, hint, texts)
