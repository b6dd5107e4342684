"""The check of time order: before, after, during and within, in a text and beside its amounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from ankl_i18n.checks.amount_compare import compared, number_texts
from ankl_i18n.checks.amounts import Amount, in_small
from ankl_i18n.checks.meanings import ANOTHER, ORDER, words_of_family
from ankl_i18n.checks.opposites import finding, time_order
from ankl_i18n.checks.records import Finding, Pair
from ankl_i18n.languages import Language

# How far before and after an amount the words may stand that tell which time is meant; and how
# far before it they are looked for, in characters.
BEFORE, AFTER = 8, 4
REACH: Final = 24
_SAME: Final = frozenset(("during", "within"))
# "For 6 hours before it", "in the 6 hours after" are during these hours, too.
_LASTING: Final = re.compile(r"\b(?:for|in|over|throughout|the)(?: at least| about)? $")


def order(pair: Pair) -> Iterator[Finding]:
    """Before meals does not become after meals, nor within 2 hours after 2 hours."""
    told = list(time_order(pair))
    yield from told
    both = number_texts(pair) if not told and pair.markup and pair.msgid != pair.msgstr else None
    often = Counter(one.value for one, _ in compared(pair).pairs) if both else {}
    for one, other in compared(pair).pairs if both else ():
        if often[one.value] > 1:  # "before 5 pm here, after 5 pm there"
            continue
        ours = _beside(one, both[0], pair.source) if both else frozenset()
        theirs = _beside(other, both[1], pair.language) if both and len(ours) == 1 else frozenset()
        if (
            both
            and "during" in theirs
            and _LASTING.search(both[0].lower(), max(0, one.start - REACH), one.start)
        ):
            continue
        if len(theirs) == 1 and not theirs & ours and ours | theirs != _SAME:
            yield finding(min(ours), min(theirs))
            return


def _beside(one: Amount, text: str, language: Language) -> frozenset[str]:
    """Return what words right beside an amount say of its time; ANOTHER if one is not sure."""
    words = words_of_family(language, ORDER)
    meant: set[str] = set()
    start, end = max(0, one.start - REACH), one.end + 2 * REACH
    small = in_small(text)
    for hit in words.find(small, start, end):
        if hit.end <= one.start <= hit.end + BEFORE or (
            one.end <= hit.start <= one.end + AFTER and "," not in small[one.end : hit.start]
        ):
            meant |= hit.value if len(hit.value) == 1 else {ANOTHER, *hit.value}
    return frozenset(meant)
