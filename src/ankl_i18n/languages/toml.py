"""Where things are in TOML files, for messages about them (TOML 1.0)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ankl_i18n.errors import Location

# Where tomllib says an error is.
LINE: Final = re.compile(r"\(at line (\d+)")
# A table's header and the key before a value, and a part of them.
PART: Final = re.compile(r"""\s*(?:"[^"]*"|'[^']*'|[\w-]+)\s*""")
HEADER: Final = re.compile(r"""\s*\[([^\[\]]+)\]""")
KEY: Final = re.compile(rf"""({PART.pattern}(?:\.{PART.pattern})*)=""")


def place_of(wrong: ValueError, path: str) -> Location:
    """Return where in a file the error is that tomllib raised."""
    line = LINE.search(str(wrong))
    return Location(path, int(line[1]) if line else 0)


def line_of(names: Sequence[str], text: str, *, above: int = 0) -> int:
    """Return the line of a key (1-based), or of the nearest table around it, or 0.

    `names` lead to it through tables; so many of them do not count `above` it. Of a key in an
    inline table it is the line of that table.
    """
    inside: tuple[str, ...] = ()
    best, line = above, 0
    for number, written in enumerate(text.splitlines(), 1):
        header = HEADER.match(written)
        if header:
            here = inside = _parts(header[1])
        elif key := KEY.match(written):
            here = (*inside, *_parts(key[1]))
        else:
            continue
        shared = min(len(here), len(names))
        if shared > best and here[:shared] == tuple(names[:shared]):
            best, line = shared, number
    return line


def _parts(dotted: str) -> tuple[str, ...]:
    """Return the parts of a dotted key."""
    return tuple(part.strip().strip("\"'") for part in PART.findall(dotted))
