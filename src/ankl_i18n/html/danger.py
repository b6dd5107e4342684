"""On paper the danger box may come first, whatever it is in: nobody leafs through in a hurry.

Blocks are moved, so that everything that follows the order of a page follows them: tags, tables
of contents, numbers of pages, the first use of an abbreviation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from markdown_it.token import Token

from ankl_i18n.source.directives import COMMENT

OPEN: Final = "container_callout_open"
CLOSE: Final = "container_callout_close"
# The block after what was moved to the front, and what it is in HTML.
MARK_TYPE: Final = "end_of_lead"
MARK: Final = "<!--end of lead-->"


def danger_first(tokens: Iterable[Token]) -> list[Token]:
    """Return blocks with the first danger box before all others, but for a title, and a mark.

    Its section comes with it if it begins with the box, so that the heading goes on leading to
    it. Without such a box, or where it is within something else, nothing is moved.
    """
    whole = list(tokens)
    box = next((i for i, one in enumerate(whole) if _is_danger(one)), None)
    if box is None:
        return whole
    title = _title(whole)
    begin, end = _section(whole, box) or (box, _end_of(whole, box))
    whole[box] = replace(whole[box], meta={**whole[box].meta, "first": True})
    mark = Token(MARK_TYPE, "", 0, block=True, hidden=True)
    moved = whole[begin:end]
    return [*whole[:title], *moved, mark, *whole[title:begin], *whole[end:]]


def _is_danger(token: Token) -> bool:
    return token.type == OPEN and token.level == 0 and token.meta.get("kind") == "danger"


def _title(tokens: Sequence[Token]) -> int:
    """Return where the text begins: behind a title that is its first heading."""
    return 3 if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1" else 0


def _end_of(tokens: Sequence[Token], box: int) -> int:
    ends = (i for i in range(box, len(tokens)) if tokens[i].type == CLOSE and tokens[i].level == 0)
    return next(ends) + 1


def _section(tokens: Sequence[Token], box: int) -> tuple[int, int] | None:
    """Return the section that a box begins, as a slice; None if there is something before it."""
    begin = box - 1
    while begin >= 0 and _says_nothing(tokens[begin]):
        begin -= 1
    if begin < 0 or tokens[begin].type != "heading_close" or tokens[begin].tag == "h1":
        return None
    begin -= 2
    end = next((i for i in range(box, len(tokens)) if _ends(tokens[i], tokens[begin].tag)), None)
    return begin, len(tokens) if end is None else end


def _says_nothing(token: Token) -> bool:
    return token.type == "html_block" and not COMMENT.sub("", token.content).strip()


def _ends(token: Token, tag: str) -> bool:
    """Tell whether a block ends a section whose heading is of a kind, such as "h2"."""
    is_heading = token.type == "heading_open" and token.level == 0 and token.tag <= tag
    return is_heading or token.type == "footnote_block_open"
