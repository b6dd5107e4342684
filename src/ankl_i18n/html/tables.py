"""Tables as lists, for columns too narrow for them: each row an item, each cell below its header.

Nothing is lost and nothing is squeezed: a list has room for letters of any size, and read
aloud it names the header before each cell.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

from markdown_it.token import Token


def stacked(tokens: Sequence[Token], columns: int) -> list[Token]:
    """Return block tokens in which tables of more than some columns are lists.

    A caption becomes a paragraph of the class `caption`, a header one of the class `label`.
    """
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        end = _close(tokens, i) if tokens[i].type == "table_open" else i
        table = tokens[i : end + 1]
        if end > i and _columns(table) > columns:
            out += _list(table)
        else:
            out += table
        i = end + 1
    return out


def _close(tokens: Sequence[Token], start: int) -> int:
    return next(i for i in range(start, len(tokens)) if tokens[i].type == "table_close")


def _columns(table: Sequence[Token]) -> int:
    return sum(token.type == "th_open" for token in table)


def _list(table: Sequence[Token]) -> Iterator[Token]:
    headers: list[list[Token]] = []
    column = 0
    for i, token in enumerate(table):
        if token.type == "caption_open":
            yield from _paragraph(table, i, "caption")
        elif token.type == "th_open":
            headers.append(_paragraph(table, i, "label"))
        elif token.type == "tbody_open":
            yield Token("bullet_list_open", "ul", 1, attrs={"class": "stacked"}, block=True)
        elif token.type == "tbody_close":
            yield Token("bullet_list_close", "ul", -1, block=True)
        elif token.type == "tr_open" and i and table[i - 1].type != "thead_open":
            column = 0
            yield Token("list_item_open", "li", 1, block=True)
        elif token.type == "tr_close" and table[i + 1].type != "thead_close":
            yield Token("list_item_close", "li", -1, block=True)
        elif token.type == "td_open":
            yield from copy.deepcopy(headers[column])
            yield from _paragraph(table, i, "")
            column += 1


def _paragraph(table: Sequence[Token], i: int, name: str) -> list[Token]:
    """Return the cell or caption opened at `i` as a paragraph; nothing if it is empty."""
    if not table[i + 1].content:
        return []
    classes = [name, str(table[i].attrs.get("class", ""))]
    attributes = {key: value for key, value in table[i].attrs.items() if key != "style"}
    if any(classes):
        attributes["class"] = " ".join(filter(None, classes))
    opening = Token("paragraph_open", "p", 1, attrs=attributes, map=table[i].map, block=True)
    return [opening, table[i + 1], Token("paragraph_close", "p", -1, block=True)]
