"""How long obsolete messages have been so, and letting go of old ones.

The number of updates is in a comment of the translator's, which all gettext tools keep. It
grows only when the template is another one than at the last update.
"""

from __future__ import annotations

import re
from typing import Final

from ankl_i18n.catalogs import po

MARK: Final = re.compile(r"^Obsolete for (\d{1,9}) updates?$", re.MULTILINE)


def drop_old(catalog: po.Catalog, most: int, *, is_new: bool) -> int:
    """Remove messages that were obsolete in more than `most` updates; return how many.

    `is_new`: the template is another one than at the last update.
    """
    remaining = []
    for entry in catalog.entries:
        match = MARK.search(entry.tcomment)
        if entry.obsolete:
            age = int(match[1]) + is_new if match else 1
            if age > most:
                continue
            _mark(entry, f"Obsolete for {age} update{'s' if age > 1 else ''}")
        elif match:
            _mark(entry, "")
        remaining.append(entry)
    dropped = len(catalog.entries) - len(remaining)
    catalog.entries = remaining
    return dropped


def _mark(entry: po.Entry, text: str) -> None:
    """Put a text in the place of the one that says how old a message is."""
    others = [line for line in entry.tcomment.split("\n") if line and not MARK.match(line)]
    comment = "\n".join([*others, *([text] if text else [])])
    if comment != entry.tcomment:
        entry.tcomment = comment
