"""The check of bounds by how often each text says them, where no pair of amounts tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ankl_i18n.checks import signs
from ankl_i18n.checks.bound_words import bounds_said, source_bounds
from ankl_i18n.checks.meanings import COMPARISON, meanings_in
from ankl_i18n.checks.records import Finding, Pair, small_letters
from ankl_i18n.checks.spelled import HINT, is_compared
from ankl_i18n.languages import Language

_UP: Final = "at least or more than"
_DOWN: Final = "at most or less than"


def bounds(pair: Pair) -> Iterator[Finding]:
    """Where one text says more and the other less of a number, a bound may be turned."""
    if not is_compared(pair):
        return
    before, after = small_letters(pair)
    ours = source_bounds(before, pair.source)
    said = ours.said
    if not any(said.values()):
        return
    theirs = bounds_said(after, pair.language)
    counted = (said["up"], said["less"] + said["most"])
    turned = _turned(said, counted, ours.until, theirs) if ours.spelled else ""
    if not turned and _turned(ours.surely, (0, 0), ours.until, theirs):
        turned = _turned(ours.surely, _perhaps(before, pair.source), ours.until, theirs)
        if turned and _is_told(pair, signs.bounds, signs.bounds_lost):
            return
    if turned and not _is_told(pair, signs.comparisons, signs.comparison_words):
        yield turned, HINT


def _is_told(pair: Pair, *checks: Callable[[Pair], Iterator[Finding]]) -> bool:
    return any(any(check(pair)) for check in checks)


def _turned(
    ours: Mapping[str, int], may_be: tuple[int, int], until: int, theirs: Mapping[str, int]
) -> str:
    """Return which bound became which, by how often each text says them; "" for none.

    `may_be` is how often the source may say more than anything, and less than anything.
    """
    up, less, most = (theirs.get(tag, 0) for tag in ("up", "less", "most"))
    if ours.get("up", 0) > up and less + max(0, most - until) > may_be[1]:
        return f"{_UP} may have become {_DOWN}"
    if ours.get("less", 0) + ours.get("most", 0) > less + most and up > may_be[0]:
        return f"{_DOWN} may have become {_UP}"
    return ""


def _perhaps(text: str, source: Language) -> tuple[int, int]:
    """Return how often words of a source may say more than anything, and less than anything."""
    bounds = bounds_said(text, source)
    said = meanings_in(text, source, COMPARISON, loose=True)
    up = max(bounds.get("up", 0), said.perhaps.get("more-than", 0))
    down = bounds.get("less", 0) + bounds.get("most", 0)
    return up, max(down, said.perhaps.get("less-than", 0))
