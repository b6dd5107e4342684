"""What changed between two catalogs, on a terminal in colour, elsewhere with [-old-]{+new+}.

The marks are those of `git diff --word-diff=plain` (git-diff(1)).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rich.text import Text

from ankl_i18n.report.columns import plain
from ankl_i18n.report.text import visible
from ankl_i18n.tools.diff import Change
from ankl_i18n.tools.words import word_diff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from ankl_i18n.tools.diff import Difference, Field

COLOURS: Final = {
    Change.HEADER: "bold",
    Change.ADDED: "bold green",
    Change.REMOVED: "bold red",
    Change.REWORDED: "bold yellow",
    Change.CHANGED: "bold cyan",
}
OLD: Final = "red strike"
NEW: Final = "green underline"
# What names a message: shown even when it is the same on both sides.
NAMED_BY: Final = ("msgctxt", "msgid")


def difference_list(
    differences: Sequence[Difference], console: Console, paths: tuple[str, str]
) -> None:
    """Print differences message by message, with the texts word by word, and their number.

    `paths` are those of the old and the new catalog.
    """
    if not differences:
        return
    coloured = console.color_system is not None and not console.no_color
    plain(console, f"--- {visible(paths[0])}", "bold")
    plain(console, f"+++ {visible(paths[1])}", "bold")
    for difference in differences:
        plain(console, "")
        plain(console, _headline(difference))
        parts = _parts(difference, coloured=coloured)
        width = max(len(name) for name, _ in parts)
        for name, text in parts:
            plain(console, Text.assemble(f"  {name:<{width}} | ", text))
    plain(console, "")
    plain(console, counts(differences))


def counts(differences: Sequence[Difference]) -> str:
    """Return how many messages changed in which way ("2 added, 1 changed")."""
    count = Counter(difference.change for difference in differences)
    found = [f"{count[c]} {c}" for c in Change if count[c] and c is not Change.HEADER]
    return ", ".join([*found, *(["header changed"] if count[Change.HEADER] else [])])


def _headline(difference: Difference) -> Text:
    """Return what happened, on which line (that of the old file for a removed one)."""
    entry = difference.new or difference.old
    line = f" line {entry.line}" if entry and entry.line else ""
    states = [str(state) for state in difference.states if state]
    said = " → ".join(dict.fromkeys(states))
    if difference.change is Change.HEADER:
        said = ""
    named = (str(difference.change), COLOURS[difference.change])
    return Text.assemble(named, line, f": {said}" if said else "")


def _parts(difference: Difference, *, coloured: bool) -> list[tuple[str, Text]]:
    """Return the parts to show: what names the message, then all that changed."""
    entry = difference.new or difference.old
    fields = {field.name: field for field in difference.fields}
    whole = difference.change in {Change.ADDED, Change.REMOVED}
    shown: list[tuple[str, Text]] = []
    if entry and difference.change is not Change.HEADER:
        for name in NAMED_BY:
            text = getattr(entry, name)
            if text and name not in fields:
                shown.append((name, Text(visible(text))))
    for field in fields.values():
        text = field.new or field.old
        shown.append((field.name, Text(visible(text)) if whole else _edits(field, coloured)))
    return shown


def _edits(field: Field, coloured: bool) -> Text:
    """Return a text with its edits marked."""
    text = Text()
    for edit in word_diff(field.old, field.new):
        old, new = visible(edit.old), visible(edit.new)
        if edit.same:
            text.append(old)
            continue
        if old:
            text.append(old if coloured else f"[-{old}-]", OLD)
        if new:
            text.append(new if coloured else f"{{+{new}+}}", NEW)
    return text
