"""The block rule for plain paragraphs, most blocks there are, which spares them all the others.

Every line of a plain paragraph begins with a letter, so that no other rule could begin there or
end the paragraph: the tokens are those of the usual rule.
"""

from __future__ import annotations

from string import ascii_letters
from typing import Final

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

LETTERS: Final = frozenset(ascii_letters)
# After a line or a line and a blank one, these make it a term (`deflist`).
MEANINGS: Final = frozenset(":~")


def plain_paragraph(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Block rule for paragraphs whose lines all begin with letters; it comes before all others."""
    if silent or not _begins(state, start, LETTERS) or state.is_code_block(start):
        return False
    line, end = start + 1, state.lineMax
    while line < end and not state.isEmpty(line):
        if not _begins(state, line, LETTERS):
            return False
        line += 1
    if line == start + 1 and line + 1 < end and _begins(state, line + 1, MEANINGS):
        return False
    content = mdTrim(state.getLines(start, line, state.blkIndent, False))
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content, [start, line], []
    state.push("paragraph_close", "p", -1)
    return True


def _begins(state: StateBlock, line: int, signs: frozenset[str]) -> bool:
    """Tell whether a line begins with one of some signs, spaces aside."""
    begin = state.bMarks[line] + state.tShift[line]
    return state.src[begin : begin + 1] in signs
