"""Where review stands: as a table, as Markdown, as JSON and as a page for staff."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs.words import Edit
from ankl_i18n.html.records import Frame
from ankl_i18n.html.templating import environment
from ankl_i18n.languages import language
from ankl_i18n.report.as_json import VERSION, reviewed
from ankl_i18n.report.as_markdown import escaped, table
from ankl_i18n.report.columns import aligned, plain
from ankl_i18n.report.text import visible
from ankl_i18n.review.records import How, LeafletState, ReviewState

if TYPE_CHECKING:
    from rich.console import Console

    from ankl_i18n.review.status import Open, Row

COLUMNS: Final = (
    "Language", "Leaflet", "Role", "Words", "Signed", "Carried", "Void", "Expired", "Rejected",
    "Not read", "By", "Newest", "Until", "Enough",
)  # fmt: skip
NUMBERS: Final = range(3, 10)
COUNTED: Final = (
    ReviewState.SIGNED, ReviewState.CARRIED, ReviewState.VOID, ReviewState.EXPIRED,
    ReviewState.REJECTED,
)  # fmt: skip
NONE: Final = "–"
OUTSIDE: Final = "(outside sections)"
# How it is known that somebody agreed, as people are told.
WAYS: Final = {
    How.KEY: "with a key", How.PLAIN: "without a key", How.REPORTED: "reported by mail",
    How.HEADER: "by a header",
}  # fmt: skip


def status_table(rows: Sequence[Row], console: Console) -> None:
    """Print one line for each language, leaflet, section and role."""
    lines = [[visible(cell) for cell in _cells(row)] for row in rows]
    for line in aligned([COLUMNS, *lines], NUMBERS):
        plain(console, line)


def held_back(states: Iterable[LeafletState], console: Console) -> None:
    """Print why leaflets are held back, and which were signed in another order."""
    for state in states:
        if state.rearranged:
            name, roles = language(state.tag).english, ", ".join(state.rearranged)
            what = "signed as a whole with a different order, pictures, version or dates"
            plain(console, visible(f"{name}, {state.leaflet}: {what}: {roles}"))
        if state.reasons:
            name = language(state.tag).english
            plain(
                console, visible(f"Held back: {name}, {state.leaflet}: {'; '.join(state.reasons)}")
            )


def open_list(texts: Iterable[Open], console: Console) -> None:
    """Print each text that is not signed: how it stands, and what changed."""
    for text in texts:
        who = f", {text.state.reviewer} {text.state.date}" if text.state.reviewer else ""
        note = f": {text.note}" if text.note else ""
        plain(console, visible(f"{text.role}: {text.state.state}{who}{note}"))
        plain(console, visible(f"    {text.text.key[:8]}  {text.text.msgid}"))
        if text.edits:
            plain(console, visible(f"    {marked(text.edits)}"))
        elif text.text.forms:
            plain(console, visible(f"    {' | '.join(text.text.forms)}"))


def marked(edits: Iterable[Edit]) -> str:
    """Return a text with what was edited between marks (wdiff(1))."""
    return "".join(edit.old if edit.same else _edit(edit) for edit in edits)


def _edit(edit: Edit) -> str:
    old = f"[-{edit.old}-]" if edit.old else ""
    return old + (f"{{+{edit.new}+}}" if edit.new else "")


def status_markdown(rows: Sequence[Row], states: Sequence[LeafletState]) -> str:
    """Return a table, and why leaflets are held back."""
    good = sum(not state.reasons for state in states)
    parts = [f"## ankl-i18n review: {good} of {len(states)} not held back\n"]
    parts.append(table(COLUMNS, [_cells(row) for row in rows]))
    parts += [
        f"- {escaped(language(state.tag).english)}, {escaped(state.leaflet)}: "
        f"{escaped('; '.join(state.reasons))}"
        for state in states
        if state.reasons
    ]
    return "\n".join(parts) + "\n"


def status_json(
    rows: Sequence[Row], states: Sequence[LeafletState], texts: Sequence[tuple[LeafletState, Open]]
) -> str:
    """Return every leaflet with its roles, sections, and what is open in it."""
    listed = [
        {
            "tag": one.tag,
            "leaflet": one.leaflet,
            "code": one.content.code,
            "root": one.content.root,
            "reasons": list(one.reasons),
            "rearranged": list(one.rearranged),
            "roles": reviewed(row.figures for row in _of(rows, one) if row.section is None),
            "sections": [
                {"id": id_, "title": title, "roles": reviewed(
                    row.figures for row in _of(rows, one) if row.section_id == id_)}
                for id_, title in one.content.sections
                if any(row.section_id == id_ for row in _of(rows, one))
            ],
            "open": [_open(text) for state, text in texts if state is one],
        }
        for one in states
    ]  # fmt: skip
    content = {"version": VERSION, "leaflets": listed}
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _of(rows: Iterable[Row], state: LeafletState) -> list[Row]:
    return [row for row in rows if (row.tag, row.leaflet) == (state.tag, state.leaflet)]


def _open(one: Open) -> dict[str, object]:
    return {
        "key": one.text.key,
        "msgctxt": one.text.msgctxt,
        "msgid": one.text.msgid,
        "msgstr": list(one.text.forms),
        "role": one.role,
        "state": str(one.state.state),
        "act": one.state.act,
        "reviewer": one.state.reviewer,
        "note": one.note,
        "edits": [{"old": edit.old, "new": edit.new} for edit in one.edits],
    }


def status_page(rows: Sequence[Row], states: Sequence[LeafletState]) -> str:
    """Return a web page for staff, in English."""
    frame = Frame(language("en"), robots="noindex")
    template = environment().get_template("review.html.j2")
    held = [
        (f"{language(state.tag).english}, {state.leaflet}", state.reasons)
        for state in states
        if state.reasons
    ]
    lines = [_cells(row) for row in rows]
    return template.render(
        page=frame, columns=COLUMNS, numbers=NUMBERS, rows=lines, held=held, _=str, _a=str
    )


def _cells(row: Row) -> tuple[str, ...]:
    figures = row.figures
    named = row.leaflet if row.section is None else f"{row.leaflet}: {row.section or OUTSIDE}"
    counted = [figures.words.get(state, 0) for state in COUNTED]
    rest = figures.total - sum(counted)
    by = ", ".join(figures.reviewers)
    ways = ", ".join(WAYS[How(how)] for how in figures.how)
    return (
        row.name,
        named,
        figures.role,
        str(figures.total),
        f"{counted[0]} ({figures.percent}%)",
        *map(str, (*counted[1:], rest)),
        f"{by} ({ways})" if by else NONE,
        figures.newest.isoformat() if figures.newest else NONE,
        figures.until.isoformat() if figures.until else NONE,
        "yes" if figures.enough else "no" if figures.needed else NONE,
    )
