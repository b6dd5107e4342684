"""The check of bounds by how often each text says them, where no pair of amounts tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ankl_i18n.checks import signs
from ankl_i18n.checks.bound_words import bound_words, source_bounds
from ankl_i18n.checks.meanings import COMPARISON, meanings_in
from ankl_i18n.checks.records import small_letters
from ankl_i18n.checks.spelled import HINT, is_compared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ankl_i18n.checks.records import Finding, Pair
    from ankl_i18n.languages import Language


def bounds(pair: Pair) -> Iterator[Finding]:
    """Where one text says more and the other less of a number, a bound may be turned."""
    if not is_compared(pair):
        return
    before, after = small_letters(pair)
    ours, theirs = source_bounds(before, pair.source), bound_words(after, pair.language)
    up, less, most = (theirs.get(tag, 0) for tag in ("up", "less", "most"))
    may_be_up, may_be_down = _perhaps(before, pair.source)
    if ours["up"] > up and less + max(0, most - ours["until"]) > may_be_down:
        told = "at least or more than may have become at most or less than", HINT
    elif ours["less"] + ours["most"] > less + most and up > may_be_up:
        told = "at most or less than may have become at least or more than", HINT
    else:
        return
    if not any(signs.bounds(pair)) and not any(signs.bounds_lost(pair)):
        yield told


def _perhaps(text: str, source: Language) -> tuple[int, int]:
    """Return how often words of a source may say more than anything, and less than anything."""
    bounds, said = bound_words(text, source), meanings_in(text, source, COMPARISON, loose=True)
    up = max(bounds.get("up", 0), said.perhaps.get("more-than", 0))
    down = bounds.get("less", 0) + bounds.get("most", 0)
    return up, max(down, said.perhaps.get("less-than", 0))
