"""How the texts changed whose translations an update carried over or made fuzzy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from ankl_i18n.catalogs.diff import Field
from ankl_i18n.report.columns import plain
from ankl_i18n.report.differences import edits
from ankl_i18n.report.text import visible

if TYPE_CHECKING:
    from rich.console import Console

    from ankl_i18n.catalogs.renewal import Changes


def change_list(updates: Iterable[tuple[str, Changes]], console: Console, *, fuzzy: bool) -> None:
    """Print, file by file, the old and new texts word by word.

    Those whose translation was carried over are always there: someone should see that nothing
    but looks changed. With `fuzzy` those that translators have to look at follow.
    """
    coloured = console.color_system is not None and not console.no_color
    for path, changes in updates:
        groups = [("carried over", changes.carried), ("fuzzy", changes.fuzzy if fuzzy else [])]
        if not any(pairs for _, pairs in groups):
            continue
        plain(console, "")
        plain(console, visible(path), "bold")
        for name, pairs in groups:
            for old, new in pairs:
                text = edits(Field("msgid", old, new), coloured)
                plain(console, Text.assemble(f"  {name:<12} | ", text))
