"""What changed between two catalogs, on a terminal in colour, elsewhere with [-old-]{+new+}.

The marks are those of `git diff --word-diff=plain` (git-diff(1)).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.text import Text

from ankl_i18n.catalogs.diff import Change, Difference, Field
from ankl_i18n.catalogs.words import word_diff
from ankl_i18n.report.columns import plain
from ankl_i18n.report.text import visible

if TYPE_CHECKING:
    from rich.console import Console


COLOURS: Final = {
    Change.HEADER: "bold",
    Change.ADDED: "bold green",
    Change.REMOVED: "bold red",
    Change.REWORDED: "bold yellow",
    Change.CHANGED: "bold cyan",
}
OLD: Final = "red strike"
NEW: Final = "green underline"


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
    parts = [f"{count[c]} {c}" for c in Change if count[c] and c is not Change.HEADER]
    return ", ".join([*parts, *(["header changed"] if count[Change.HEADER] else [])])


def _headline(difference: Difference) -> Text:
    """Return what happened, on which line (that of the old file for a removed one)."""
    named = (str(difference.change), COLOURS[difference.change])
    if difference.change is Change.HEADER:
        return Text.assemble(named)
    entry = difference.new or difference.old
    states = dict.fromkeys(str(state) for state in difference.states if state)
    line = f" line {entry.line}" if entry and entry.line else ""
    return Text.assemble(named, line, f": {' → '.join(states)}")


def _parts(difference: Difference, *, coloured: bool) -> list[tuple[str, Text]]:
    """Return the parts to show: what names the message, then all that changed."""
    fields = {field.name: field for field in difference.fields}
    same = {} if difference.change is Change.HEADER else _names(difference)
    whole = difference.change in {Change.ADDED, Change.REMOVED}
    shown: list[tuple[str, Text]] = []
    for name in dict.fromkeys([*same, *fields]):
        if name not in fields or whole:
            field = fields.get(name)
            text = (field.new or field.old) if field else same[name]
            shown.append((name, Text(visible(text))))
        else:
            shown.append((name, edits(fields[name], coloured)))
    return shown


def _names(difference: Difference) -> dict[str, str]:
    """Return what names a message, changed or not."""
    entry = difference.new or difference.old
    texts = {"msgctxt": entry.msgctxt or "", "msgid": entry.msgid} if entry else {}
    changed = {field.name for field in difference.fields}
    return {name: text for name, text in texts.items() if text or name in changed}


def edits(field: Field, coloured: bool) -> Text:
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
