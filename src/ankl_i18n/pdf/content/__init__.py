"""What a page draws, in few words: the content streams of a PDF (ISO 32000-1, 8.2 and 9.4).

WeasyPrint saves and restores the state of graphics around every line that it draws, and begins
every line of text again. Here nothing is said that is known already: colours and widths only
where they change, text from where the line before it stood, one piece of marked content for
lines that belong to one element. Numbers are rounded to a hundredth of a pixel, whatever the
scale. Operators that are not known here stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from ankl_i18n.pdf.content.order import in_reading_order
from ankl_i18n.pdf.content.reader import items_of
from ankl_i18n.pdf.content.strokes import joined, set_rules_apart
from ankl_i18n.pdf.content.writer import Writer


def rewritten(
    parts: Sequence[Any], parents: Sequence[Any], ranks: Mapping[bytes | int, int], *, is_page: bool
) -> tuple[list[bytes], dict[int, int]]:
    """Return a content stream that draws the same, and the new MCID of each old one.

    `parents` are the structure elements that its marked content belongs to, by MCID; `ranks` the
    places of content in the order of reading, by MCID or by the operator that draws it.
    """
    items = [*items_of(parts, is_page=is_page)]
    if is_page:
        set_rules_apart(items)
    items = joined(in_reading_order(items, ranks))
    writer = Writer(parents, is_page=is_page)
    for marks, group in groupby(items, lambda item: writer.joined(item.marks)):
        writer.write(marks, list(group))
    writer.finish()
    return writer.out, writer.mcids
