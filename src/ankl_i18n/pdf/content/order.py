"""What a page draws, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final

from ankl_i18n.pdf.content.items import CLIPS, Item
from ankl_i18n.pdf.content.strokes import unclipped
from ankl_i18n.pdf.text import Text

UNDER: Final = -1  # in the order of reading, where what is no content stands


def in_reading_order(items: Iterable[Item], ranks: Mapping[bytes | int, int]) -> Iterator[Item]:
    """Yield what is drawn: first what is no content, such as backgrounds, then text as it is read.

    CSS draws boxes that are positioned, such as the signs of lists, after all others (CSS 2,
    appendix E), and programs that copy or search a PDF read in the order of drawing. Nothing on
    our pages lies on anything but backgrounds.
    """
    some: list[tuple[int, list[Item]]] = []
    latest = UNDER
    for found in _groups(items):
        group = found
        if len(found) > len((b"q", b"Q")):
            group = unclipped([found[0], *in_reading_order(found[1:-1], ranks), found[-1]])
        if _changes_all(group[0]):
            yield from _sorted(some)
            yield from group
            some, latest = [], UNDER
        else:
            rank = _rank(group, ranks, latest)
            latest = max(latest, rank)
            some.append((rank, group))
    yield from _sorted(some)


def _sorted(some: Iterable[tuple[int, list[Item]]]) -> Iterator[Item]:
    for _, group in sorted(some, key=itemgetter(0)):
        yield from group


def _groups(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield what must stay together: what is between `q` and `Q`, or a single item."""
    group: list[Item] = []
    depth = 0
    for item in items:
        depth += (item.what == [b"q"]) - (item.what == [b"Q"])
        group.append(item)
        if not depth:
            yield group
            group = []


def _changes_all(item: Item) -> bool:
    """Tell whether an item is an operator that all following ones depend on."""
    if isinstance(item.what, Text) or item.needs or item.what in ([], [b"q"]):
        return False
    return item.what[-1] != b"n" or not CLIPS.isdisjoint(item.what)


def _rank(group: Sequence[Item], ranks: Mapping[bytes | int, int], latest: int) -> int:
    """Return where a group stands: with its first content, or after all before if it has text.

    Running headers have text that is no content, and groups of boxes may have any.
    """
    for item in group:
        drawn = [] if isinstance(item.what, Text) else item.what
        for one in (*item.marks, *drawn):
            if one in ranks:
                return ranks[one]
    return latest if any(map(_may_have_text, group)) else UNDER


def _may_have_text(item: Item) -> bool:
    """Tell whether an item is text, or a drawing that is not a mere decoration."""
    if isinstance(item.what, Text):
        return True
    return not item.marks and any(one.endswith(b" Do") for one in item.what)
