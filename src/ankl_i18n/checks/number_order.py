"""The check of the order of numbers: 1 tablet 2 times is not 2 tablets 1 time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.number_compare import number_texts
from ankl_i18n.checks.number_values import runs
from ankl_i18n.checks.records import Finding, Pair
from ankl_i18n.checks.signs import RANGE
from ankl_i18n.checks.units import amounts, changed

if TYPE_CHECKING:
    from ankl_i18n.languages import Language

# "1 in 10", "3 of the 5": many languages say the whole before its part.
_SHARE: Final = re.compile(
    r"\b(\d[\d.,]*)(?: \w+)?,? (?:in|out of|of)(?: every| each| the| these| your)? (\d[\d.,]*)"
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def order(pair: Pair) -> Iterator[Finding]:
    """The same numbers in another order, where no unit tells which is which."""
    both = number_texts(pair)
    if not both or not pair.markup:
        return
    ours, theirs = _values(both[0], pair.source), _values(both[1], pair.language)
    counts = Counter(ours), Counter(theirs)
    shared = {value for value in counts[0] if counts[0][value] == counts[1][value]}
    before, after = ([v for v in values if v in shared] for values in (ours, theirs))
    if before == after or any(changed(pair)):
        return
    if len(shared - _anchored(*both, pair)) > 1:
        yield (
            f"the numbers {', '.join(before)} stand here as {', '.join(after)}",
            "Make sure that each number still belongs to the same thing.",
        )


def _values(text: str, language: Language) -> list[str]:
    return ["/".join(run.readings[0]) for run in runs(text, language)]


def _anchored(before: str, after: str, pair: Pair) -> set[str]:
    """Return the values that cannot be confused, or that another check looks at.

    Their unit is the same, they are years, or the two ends of a range.
    """
    theirs = {(v, one.unit) for one in amounts(after, pair.language) for v in one.values}
    ours = {(v, one.unit) for one in amounts(before, pair.source) for v in one.values}
    together = (*_SHARE.findall(before), *RANGE.findall(before))
    shares = {part for found in together for part in found}
    years = {value for value in _values(before, pair.source) if _YEAR.fullmatch(value)}
    return {value for value, _ in ours & theirs} | shares | years
