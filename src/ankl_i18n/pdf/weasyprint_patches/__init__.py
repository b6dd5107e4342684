"""The same layout in less time: pieces of WeasyPrint that ask the same question again and again.

WeasyPrint (70.0) is patient where a leaflet is not: it shapes each line of text four times, works
out the same widths a hundred thousand times, and lays all entries of a glossary out anew for every
height that its columns might have. `faster` puts pieces in place of its own that come to the same
(`test_weasyprint_shim.py`). Each says *Upstream* how WeasyPrint itself could do it; any other
release than the one that they were written for is left as it is.

Answers are kept on styles (WeasyPrint's dictionaries of CSS properties), since there are few of
them and they outlive a document: leaflets with the same style sheets share them.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import weasyprint

from ankl_i18n.pdf.weasyprint_patches import (
    columns,
    drawing,
    files,
    lines,
    memory,
    parsing,
    sizes,
    styles,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PINNED: Final = "70.0"
MISSING: Final = object()


@contextmanager
def faster() -> Iterator[None]:
    """Have WeasyPrint work with `PIECES`: one document at a time in each process."""
    places = _places() if weasyprint.__version__ == PINNED else []
    for owner, name, _, ours in places:
        setattr(owner, name, ours)
    try:
        yield
    finally:
        for owner, name, theirs, _ in places:
            if theirs is MISSING:
                delattr(owner, name)
            else:
                setattr(owner, name, theirs)
        memory.let_go()


# Whose, which, and what stands in its place: in its module and in all that import it by name.
PIECES: Final[tuple[tuple[Any, str, Any], ...]] = (
    *parsing.PIECES, *styles.PIECES, *sizes.PIECES, *columns.PIECES, *lines.PIECES, *drawing.PIECES,
    *files.PIECES, *memory.PIECES,
)  # fmt: skip
_found: list[tuple[Any, str, Any, Any]] = []


def _places() -> list[tuple[Any, str, Any, Any]]:
    """Return where each piece is named: owner, name, WeasyPrint's and ours."""
    if not _found:
        modules = [module for name, module in sys.modules.items() if name.startswith("weasyprint")]
        for owner, name, ours in PIECES:
            theirs = getattr(owner, name, MISSING)
            owners = [owner]
            if not isinstance(owner, type):
                others = (one for one in modules if one.__dict__.get(name) is theirs)
                owners += [one for one in others if one is not owner]
            _found.extend((one, name, theirs, ours) for one in owners)
    return _found
