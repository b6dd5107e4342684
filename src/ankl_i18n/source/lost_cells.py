"""Table cells that no reader would see: rows with more cells than the header has.

GitHub Flavored Markdown drops them in silence (4.10); a dose may be there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from ankl_i18n.errors import Location, Problem, Severity

HINT: Final = r"write \| for a | inside a cell, or give the table one more column"


def lost_cells(tokens: Sequence[Token], body: str, path: str, severity: Severity) -> list[Problem]:
    """Return a problem for each row of a table that has more cells than its header."""
    if not any(token.type == "table_open" for token in tokens):
        return []
    return [
        Problem("table-cells", severity, message, Location(path, line), HINT)
        for line, message in _rows(tokens, body.split("\n"))
    ]


def _rows(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    width = 0
    for token in tokens:
        if token.type == "table_open":
            width = 0
        elif token.type == "th_open":
            width += 1
        elif token.type == "tr_open" and token.map and width:
            line = token.map[0]
            lost = [cell for cell in _cells(lines[line])[width:] if cell]
            if lost:
                yield line + 1, f"more cells than the header has; nobody would see {lost[0]!r}"


def _cells(line: str) -> list[str]:
    """Return the cells of a row as markdown-it takes it apart; `>` of a quotation goes before."""
    cells = [cell.strip() for cell in escapedSplit(line.lstrip(" \t>").rstrip())]
    return cells[1:] if cells and not cells[0] else cells
