"""The amounts of a translation against those of its source, in any order.

Each amount of the source is paired with one of the translation of the same value, and of the
same unit and bound if there is one. What is left on both sides is explained, where it can be:
by words, decades, other calendars. All of it takes time in proportion to the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final, NamedTuple

from ankl_i18n.checks.addresses import without_phones
from ankl_i18n.checks.amount_bounds import bounded
from ankl_i18n.checks.amount_explained import unexplained
from ankl_i18n.checks.amounts import Amount, amounts
from ankl_i18n.checks.clocks import in_source_time
from ankl_i18n.checks.english_numbers import in_digits
from ankl_i18n.checks.number_values import Reading, is_fraction_text
from ankl_i18n.checks.number_words import says_other_scale
from ankl_i18n.checks.records import Pair, base, once, respelled
from ankl_i18n.languages import Language
from ankl_i18n.source.texts import NAME, ascii_digits, names_in

HAS_NUMBER: Final = re.compile(r"[\d¼-¾⅐-⅞]")
# A group of thousands that went astray: 58, 000.
_STRAY: Final = re.compile(r"(?<=\d), (?=0\d\d(?!\d))")
_FULL_HOUR: Final = re.compile(r"(?<=\d)[:፡]00(?![:፡\d])")
# "B12", but not the first half of "Table1.1".
_NAME: Final = re.compile(NAME.pattern + r"(?![.,]?\d)")
_DIGITS: Final = re.compile(r"\d+")
_TWO_RUNS: Final = re.compile(r"(\d+)\s(\d+)(?!\d)")
# Numbers of so many digits need no groups.
_ALONE: Final = 3
# How many amounts of one value are compared to find the best partner.
_TRIED: Final = 8


class Comparison(NamedTuple):
    """What became of the amounts of a source text.

    `pairs` are amounts of both texts with the same value; `missing` and `extra` are values that one
    text alone has, with the amount that each is from; `fewer` are said less often than in the
    source. `foreign` are numbers as written, as readers will read them, and what they had been.
    `whole` tells that every amount has a partner; `split` are numbers as written that a white space
    cuts in two (2240 191), and what they had been.
    """

    pairs: tuple[tuple[Amount, Amount], ...] = ()
    missing: tuple[tuple[str, Amount], ...] = ()
    extra: tuple[tuple[str, Amount], ...] = ()
    fewer: tuple[tuple[str, Amount], ...] = ()
    foreign: tuple[tuple[str, str, str], ...] = ()
    whole: bool = False
    split: tuple[tuple[str, str], ...] = ()


NOTHING: Final = Comparison()


@once
def compared(pair: Pair) -> Comparison:
    """Return the comparison of a pair's amounts."""
    both = number_texts(pair)
    return compare(*both, pair.before.raw, pair.source, pair.language) if both else NOTHING


@once
def number_texts(pair: Pair) -> tuple[str, str] | None:
    """Return both texts with digits 0-9, without telephone numbers, the source's names (B12)
    and full hours' minutes; None where neither has numbers.

    What is left out becomes spaces.
    """
    before, after = pair.before, pair.after
    if not HAS_NUMBER.search(before.prose) and not HAS_NUMBER.search(after.prose):
        return None
    ours, theirs = before.prose, respelled(after.prose, pair.language)
    if base(pair.source) == "en" == base(pair.language):
        ours, theirs = in_digits(ours), in_digits(theirs)
    theirs = in_source_time(ours, ascii_digits(theirs), pair.source, pair.language).text
    return number_text(ours, before.raw), number_text(theirs, before.raw)


@lru_cache(maxsize=8192)
def number_text(text: str, raw: str) -> str:
    """Return a text for `number_texts`; `raw` is the source as written, with its names."""
    text = without_phones(ascii_digits(unicodedata.normalize("NFC", text)), raw)
    text = _STRAY.sub(",", text) if ", 0" in text else text
    names = names_in(raw)
    if names:
        text = _NAME.sub(lambda m: " " * len(m[0]) if m[0] in names else m[0], text)
    return _FULL_HOUR.sub("   ", text) if "00" in text else text


def compare(before: str, after: str, raw: str, source: Language, language: Language) -> Comparison:
    """Compare the amounts of two texts with digits 0-9; `raw` is the source as written."""
    ours, theirs = bounded(before, source), amounts(after, language)
    values = [one.readings[0] for one in ours]
    is_simple = len(set(values)) == len(values) and values == [one.readings[0] for one in theirs]
    partners = {} if is_simple else _partners(ours, theirs, after, language)
    if any(one.bound for one in ours):  # no check asks for a bound that is not in the source
        theirs = bounded(after, language)
    if is_simple:  # nearly always
        return Comparison(tuple(zip(ours, theirs, strict=True)), whole=True)
    pairs = tuple((ours[i], theirs[j]) for i, j in sorted(partners.items()))
    used = {*partners.values()}
    left = [one for i, one in enumerate(ours) if i not in partners]
    right = [one for j, one in enumerate(theirs) if j not in used]
    split = _take_split(left, right, after)
    if not left and not right:
        return Comparison(pairs, whole=not split, split=split)
    left = [_as_scaled(one, after, language) for one in left]
    missing, extra, foreign = _matched(left, [_as_scaled(one) for one in right])
    ours_values = {value for one in ours for reading in _whole(one) for value in reading}
    theirs_values = {value for one in theirs for reading in one.readings for value in reading}
    fewer: tuple[tuple[str, Amount], ...] = ()
    if not (missing and extra):  # to say the same number more or less often is no change
        fewer = tuple(pair for pair in missing if pair[0] in theirs_values and not _is_part(*pair))
        missing = [pair for pair in missing if pair[0] not in theirs_values or _is_part(*pair)]
    elif {value for value, _ in extra} <= ours_values and any(
        v in theirs_values for v, _ in missing
    ):
        extra = []
        fewer = tuple(pair for pair in missing if pair[0] in theirs_values)
        missing = [pair for pair in missing if pair[0] not in theirs_values]
    if extra and not missing:
        ours_values.update(_DIGITS.findall(before))
        ours_values.update(part for name in NAME.findall(raw) for part in _DIGITS.findall(name))
        extra = [pair for pair in extra if pair[0] not in ours_values]
    kept_ones = {one for one, _ in pairs}
    missing, extra = unexplained(missing, extra, kept_ones, before, after, source, language)
    return Comparison(pairs, tuple(missing), tuple(extra), fewer, tuple(foreign), split=split)


def _take_split(left: list[Amount], right: list[Amount], after: str) -> tuple[tuple[str, str], ...]:
    """Take out amounts whose digits stand in two runs with one white space between: 2240 191."""
    split: list[tuple[str, str]] = []
    by_value: dict[str, deque[Amount]] = defaultdict(deque)
    for one in left:
        by_value[one.value].append(one)
    taken: set[Amount] = set()
    cut: set[Amount] = set()
    for one, other in [*zip(right, right, strict=True), *pairwise(right)]:
        written = _TWO_RUNS.match(after, one.start, other.end)
        digits = written[1] + written[2] if written else ""
        if written and len(digits) > _ALONE and by_value.get(digits):
            same = by_value[digits].popleft()
            split.append((written[0], same.text))
            taken.add(same)
            cut |= {one, other}
    if split:
        left[:] = [one for one in left if one not in taken]
        right[:] = [one for one in right if one not in cut]
    return tuple(split)


def _whole(one: Amount) -> Sequence[Reading]:
    """Return the readings of an amount, but for the two numbers of a fraction."""
    return one.readings[:1] if is_fraction_text(one.text) else one.readings


def _partners(
    ours: Sequence[Amount], theirs: Sequence[Amount], after: str, language: Language
) -> dict[int, int]:
    """Pair amounts with a reading in common; return their places in both texts."""
    places: dict[Reading, deque[int]] = defaultdict(deque)
    for i, amount in enumerate(theirs):
        for reading in amount.readings:
            places[reading].append(i)
    used: set[int] = set()
    partners: dict[int, int] = {}
    for exact in (True, False):
        for i, amount in enumerate(ours):
            if i in partners:
                continue
            best = _best(amount, theirs, places, used, exact, after, language)
            if best is not None:
                partners[i] = best
                used.add(best)
    return partners


def _best(  # noqa: PLR0913, PLR0917
    amount: Amount,
    theirs: Sequence[Amount],
    places: dict[Reading, deque[int]],
    used: set[int],
    exact: bool,
    after: str,
    language: Language,
) -> int | None:
    """Return the place of an amount's best partner.

    `exact` asks for the same first reading, and of a name's number for that of a name. Otherwise
    the reading that they share is the first one of either.
    """
    readings = amount.readings[:1] if exact else _readable(amount, after, language)
    candidates: list[int] = []
    for reading in readings:
        queue = places.get(reading) or deque()
        while queue and queue[0] in used:
            queue.popleft()
        free = [
            j
            for j in islice(queue, 2 * _TRIED)
            if j not in used and not (exact and theirs[j].named != amount.named)
        ]
        ours = not exact and reading == amount.readings[0]
        candidates += [j for j in free[:_TRIED] if ours or theirs[j].readings[0] == reading]
    if len(candidates) > 1:
        known = bounded(after, language)
        return max(candidates, key=lambda j: _likeness(amount, known[j]))
    return candidates[0] if candidates else None


def _readable(amount: Amount, after: str, language: Language) -> Sequence[Reading]:
    """Return the readings of a source's amount: 47 million is 47 only if a word says million."""
    if amount.zeros and says_other_scale(after, amount.zeros, language):
        return amount.readings[:1]
    return amount.readings


def _as_scaled(one: Amount, after: str = "", language: Language | None = None) -> Amount:
    """Return an amount with a word such as million by its first reading, if others are wrong."""
    if not one.zeros or (language and len(_readable(one, after, language)) > 1):
        return one
    return one._replace(readings=one.readings[:1])


def _likeness(one: Amount, other: Amount) -> tuple[int, int]:
    """Return how much two amounts of one value have in common, and then which comes first."""
    unit = (2 if one.unit else 1) if (one.unit, one.per) == (other.unit, other.per) else 0
    if unit == 0 and one.unit and other.unit:
        unit = -1
    bound = (2 if one.bound else 1) if one.bound == other.bound else 0
    if bound == 0 and one.bound in other.near:
        bound = 1
    return 2 * (unit + bound) + (one.joined == other.joined), -other.start


def _matched(
    ours: Sequence[Amount], theirs: Sequence[Amount]
) -> tuple[list[tuple[str, Amount]], list[tuple[str, Amount]], list[tuple[str, str, str]]]:
    """Match by value what has no partner; a date is several numbers, and so may a list be.

    First comes what has the same value by the other convention of decimals: 2,112 and 2.112.
    """
    misread: list[tuple[str, str, str]] = []
    by_reading: dict[Reading, deque[Amount]] = defaultdict(deque)
    for one in ours if any(other.foreign for other in theirs) else ():
        by_reading[one.readings[0]].append(one)
    taken: set[Amount] = set()
    alike: set[Amount] = set()
    for other in theirs:
        if other.foreign and by_reading.get(other.foreign):
            taken.add(by_reading[other.foreign].popleft())
            alike.add(other)
            misread.append((other.text, other.readings[0][0], other.foreign[0]))
    if misread:
        ours = [one for one in ours if one not in taken]
        theirs = [other for other in theirs if other not in alike]
    missing, extra, foreign = _matched_values(ours, theirs)
    return missing, extra, misread + foreign


def _matched_values(
    ours: Sequence[Amount], theirs: Sequence[Amount]
) -> tuple[list[tuple[str, Amount]], list[tuple[str, Amount]], list[tuple[str, str, str]]]:
    """Match by value, with the choice of readings that leaves the least."""
    results = [_matched_as(ours, theirs, choice) for choice in _choices(ours)]
    first = results[0]
    for other in results[1:]:
        whole = not any(_is_part(*pair) for pair in other[0])
        if whole and len(other[0]) + len(other[1]) < len(first[0]) + len(first[1]):
            first = other
    return first


def _choices(ours: Sequence[Amount]) -> tuple[int, ...]:
    return (0, 1, -1) if any(len(amount.readings) > 1 for amount in ours) else (0,)


def _matched_as(
    ours: Sequence[Amount], theirs: Sequence[Amount], choice: int
) -> tuple[list[tuple[str, Amount]], list[tuple[str, Amount]], list[tuple[str, str, str]]]:
    """Match with one choice of readings of the source's amounts."""
    wanted = [(value, one) for one in ours for value in _chosen(one, choice)]
    left = Counter(value for value, _ in wanted)
    extra: list[tuple[str, Amount]] = []
    foreign: list[tuple[str, str, str]] = []
    for one in theirs:
        fitting = next((r for r in one.readings if _fits(r, left)), None)
        if fitting is None and one.foreign and _fits(one.foreign, left):
            fitting = one.foreign
            foreign.append((one.text, one.readings[0][0], one.foreign[0]))
        if fitting is None and len(one.readings[0]) > 1:
            # A date may give its month as a number where the source names it.
            fitting = tuple(value for value in one.readings[0] if left[value] > 0)
            extra += ((value, one) for value in one.readings[0] if left[value] <= 0)
        if fitting is None:
            extra += ((value, one) for value in one.readings[0])
        else:
            for value in fitting:
                left[value] = max(0, left[value] - 1)
    missing: list[tuple[str, Amount]] = []
    for value, one in wanted:
        if left[value] > 0:
            left[value] -= 1
            missing.append((value, one))
    return missing, extra, foreign


def _fits(reading: Reading, left: Counter[str]) -> bool:
    """Tell whether all values of a reading are left, each as often as it has it."""
    return all(left[value] >= count for value, count in Counter(reading).items())


def _chosen(one: Amount, choice: int) -> Reading:
    known = one.readings
    return known[choice] if -len(known) <= choice < len(known) else known[0]


def _is_part(value: str, one: Amount) -> bool:
    """Tell whether a value is a part of a fraction: the 1 of ½ is none by itself."""
    return value != one.value and is_fraction_text(one.text)
