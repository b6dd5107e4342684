"""Checks of what stands around numbers: minus signs, bounds in signs and words, ranges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ankl_i18n.checks.amount_bounds import DENIED
from ankl_i18n.checks.amount_compare import compared, number_texts
from ankl_i18n.checks.amounts import DASH, Amount, amounts
from ankl_i18n.checks.bound_words import bound_words
from ankl_i18n.checks.days import is_day
from ankl_i18n.checks.records import Finding, Pair, doubtful_if, once, small_letters
from ankl_i18n.languages import Language
from ankl_i18n.languages.patterns import pattern

# So near, two amounts may share the words of a bound.
_SHARED: Final = 60
# "12 February–28 March"
_ENDS: Final = re.compile(r"[–—-]\s?[^\W\d]*\s?$")
_COMPARING: Final = re.compile(r"\s?\\?[<>≤≥]")
# What holds so much, and where "under" may be "at".
_CAPACITY: Final = re.compile(r"\bcapa(?:city|bility)\b[^.;:()]{0,40}$")
_AHEAD: Final = 64
_UNDER: Final = re.compile(r"\bunder\s+$")
# "Over 4 weeks" may be within them: not "for over 4 weeks".
_OVER: Final = re.compile(
    r"(?<!\bfor)(?<!\bof)(?<!\blast)(?<!\blasts)(?<!\blasting)(?<!\blasted)(?<!\btake)(?<!\btakes)"
    r"(?<!\btook)(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bwere)(?<!\bafter)(?<!\bin)(?<!\bto) over\s+$"
)
_TIMES: Final = frozenset(("second", "minute", "hour", "day", "week", "month"))
_DEGREES: Final = frozenset(("celsius", "fahrenheit", "degree"))
UP, DOWN, SIGNS = frozenset("≥>"), frozenset("≤<"), frozenset("≥>≤<~±")
WORDS: Final = {
    "≥": "at least", ">": "more than", "≤": "at most", "<": "less than", "~": "about", "±": "±",
}  # fmt: skip


def minus(pair: Pair) -> Iterator[Finding]:
    """A number below zero stays below zero, and no other gets there."""
    both = number_texts(pair)
    if not both or not any(sign in text for sign in "-–−﹣－" for text in both):
        return
    ours, theirs = (amounts(both[0], pair.source), amounts(both[1], pair.language))
    before, after = _counted(ours), _counted(theirs)
    if before == after:
        return
    says, says_source = _says_minus(both[1], pair.language), _says_minus(both[0], pair.source)
    for value in sorted(before):
        if before[value] > after.get(value, 0) and not says:
            yield f"−{value} lost its minus sign", f"Write −{value}."
    plain = {
        one.value for one in ours if not (one.named or one.negative or _hyphened(one, both[0]))
    }
    ends = {b.value for b in ours if _ENDS.search(both[0], max(0, b.start - _AHEAD), b.start)}
    ends |= {b.value for a, b in pairwise(ours) if a.joined}
    for value in sorted(after):
        if after[value] > before.get(value, 0) and value in plain - ends and not says_source:
            hint = f"Write {value} without a minus sign or a dash before it."
            yield f"{value} became −{value}", hint


def _hyphened(one: Amount, text: str) -> bool:
    """Tell whether a hyphen follows a number: 10- to 20-fold."""
    return "-" in one.text or text[one.end : one.end + 1] in ("-", "‑")


def _counted(amounts: tuple[Amount, ...]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in amounts:
        if one.negative:
            counts[one.value] = counts.get(one.value, 0) + 1
    return counts


def _says_minus(text: str, language: Language) -> bool:
    data = language.data
    words = pattern(data.numbers.minus, spaces=data.script.spaces)
    return bool(words.search(text.lower()))


def _turned(one: Amount, other: Amount) -> bool:
    """Tell whether a bound became its opposite, and no word near the number says the same."""
    ours, theirs = _unturned(one), _unturned(other)
    if one.held or (ours.bound != one.bound and theirs.bound != other.bound):
        one, other = ours, theirs
    for same, opposite in ((UP, DOWN), (DOWN, UP)):
        if one.bound in same and other.bound in opposite:
            signs = one.signed and other.signed
            return signs or (not (other.near & same) and not _is_year(one))
    return False


def _unturned(one: Amount) -> Amount:
    """Return an amount without what a "not" before its bound made of that."""
    said = next((said for said in one.near if DENIED.get(said) == one.bound), one.bound)
    return one._replace(bound=said, near=one.near - {DENIED.get(said, "")})


def _is_same_bound(one: Amount, other: Amount) -> bool:
    """Tell whether a bound may be there, somewhere near the number."""
    down = DOWN | {"within"}
    same = UP if one.bound in UP else down if one.bound in DOWN else {one.bound}
    return other.bound in same or bool(other.near & same)


def _is_bound_of(one: Amount, other: Amount) -> bool:
    """Tell whether words say what a sign says; where the source says it in a word near the
    sign, too, only those right beside the number count.
    """
    return _is_same_bound(one, other._replace(near=frozenset()) if one.bound in one.near else other)


def _is_year(one: Amount) -> bool:
    return bool(re.fullmatch("(?:19|20)\\d\\d", one.text)) and not one.unit


def comparisons(pair: Pair) -> Iterator[Finding]:
    """A sign that says less than does not become one that says more than."""
    for one, other in compared(pair).pairs:
        if _turned(one, other) and one.signed and other.signed and not _mirrored(pair):
            yield f"{one.bound} became {other.bound}", f"Write {one.bound} as in the source."


def _mirrored(pair: Pair) -> bool:
    return pair.language.direction == "rtl"


def bounds(pair: Pair) -> Iterator[Finding]:
    """38 °C or higher does not become 38 °C or lower, in signs or words."""
    for one, other in compared(pair).pairs:
        if _turned(one, other) and not (one.signed and other.signed):
            bound = WORDS[(_unturned(other) if one.held else other).bound]
            what = f"{WORDS[one.bound]} {one.text} became {bound} {other.text}"
            yield what, f"Write {WORDS[one.bound]}, as in the source."


def bounds_lost(pair: Pair) -> Iterator[Finding]:
    """A bound in words that is gone: at least 5 became 5."""
    data = pair.language.data
    if not (data.bounds_before or data.bounds_after) or pair.msgid == pair.msgstr:
        return
    pairs = compared(pair).pairs
    for place, (one, other) in enumerate(pairs):
        near = pairs[max(0, place - _SHARED // 2) : place + _SHARED // 2]
        lost = one.bound in UP | DOWN and not (
            one.signed or _is_same_bound(one, other) or _is_year(one)
        )
        if not lost or _turned(one, other):
            continue
        opposite = other.near & (DOWN if one.bound in UP else UP) and not other.bound
        if opposite or not (_is_shared(one, near) or _is_date(one, pair)):
            what = f"{WORDS[one.bound]} {one.text} became {other.text}"
            finding = what, f"Write {WORDS[one.bound]}, as in the source."
            yield doubtful_if(not opposite and _may_be_worded(one, pair), finding)


def _may_be_worded(one: Amount, pair: Pair) -> bool:
    """Tell whether a bound may be said apart from its number, or need not be said.

    "60 to 95" has bounds of its own, "under 20 °C and 40 % humidity" may be "at", "over 4 weeks"
    "within", and a capacity of up to 20 is one of 20.
    """
    both = number_texts(pair)
    ahead = both[0][max(0, one.start - _AHEAD) : one.start] if both else ""
    if one.joined or _CAPACITY.search(ahead) or (one.unit in _DEGREES and _UNDER.search(ahead)):
        return True
    if one.unit in _TIMES and _OVER.search(ahead):
        return True
    tag = "up" if one.bound in UP else "most" if one.bound == "≤" else "less"
    ours, theirs = (
        bound_words(text, language).get(tag, 0) - counts["up" if one.bound in UP else "down"]
        for text, language, counts in zip(
            small_letters(pair), (pair.source, pair.language), _sides(pair), strict=True
        )
    )
    return max(0, theirs) > max(0, ours)


@once
def _sides(pair: Pair) -> list[Counter[str]]:
    """Return how often the amounts of both texts are "up" (at least, more than) and "down"."""
    return [
        Counter("up" if one.bound in UP else "down" for one in side if one.bound in UP | DOWN)
        for side in zip(*compared(pair).pairs, strict=True)
    ]


def _is_date(one: Amount, pair: Pair) -> bool:
    """Tell whether a number is a day: "up to 23 January" says until when, not how much."""
    both = number_texts(pair)
    return both is not None and is_day(both[0], one.start, one.end, pair.source)


def _is_shared(one: Amount, pairs: Sequence[tuple[Amount, Amount]]) -> bool:
    """Tell whether a bound is kept with the next amount that has it, too: "3, and up to 5 days"."""
    same = [(a, b) for a, b in pairs if a is not one and a.bound == one.bound]
    return any(_is_same_bound(a, b) for a, b in same if abs(a.start - one.start) <= _SHARED)


def comparison_words(pair: Pair) -> Iterator[Finding]:
    """A comparison sign that is gone, and no word that says the same."""
    data = pair.language.data
    known = bool(data.bounds_before or data.bounds_after)
    for one, other in compared(pair).pairs:
        if not one.signed or one.bound not in SIGNS:
            continue
        if _turned(one, other) and other.signed and _mirrored(pair):
            hint = "Right-to-left text mirrors these signs; words are safer."
            yield f"{one.bound} became {other.bound}", hint
        elif not (other.signed or _is_bound_of(one, other)) and (known or one.bound == "±"):
            finding = f"the sign {one.bound} is missing", "Write the sign, or its meaning in words."
            yield doubtful_if(_mirrored(pair) and _sign_after(other, pair), finding)


def _sign_after(other: Amount, pair: Pair) -> bool:
    """Tell whether a sign stands behind a number: right-to-left text may show it before."""
    both = number_texts(pair)
    return bool(both and _COMPARING.match(both[1], other.end))


def ranges(pair: Pair) -> Iterator[Finding]:
    """A range keeps its order, and stays a range.

    Right-to-left text may show a range in either order: see `range_direction`.
    """
    for (one, low), (other, high) in _ranges(pair):
        text, turned = f"{one.value}–{other.value}", f"{other.value}–{one.value}"
        if _near(high, low) and not _shown_either_way(low, high, pair):
            yield f"the range {text} became {turned}", f"Write {text}."
        elif low.listed and _next_to(low, high):
            yield f"the range {text} became a list", f"Write {text}."
        elif one.joined and high.start == low.end:
            yield f"the sign between {one.value} and {other.value} is gone", f"Write {text}."
    if pair.markup:
        yield from _lists(pair)


def range_direction(pair: Pair) -> Iterator[Finding]:
    """A range that is turned round in right-to-left text, where it may show as meant.

    Where writers type ranges in either order, one is told that is not like the others of its text.
    """
    ranges = list(_ranges(pair)) if pair.language.direction == "rtl" else []
    straight = sum(low.start < high.start for (_, low), (_, high) in ranges)
    if straight > 1 or not pair.language.data.numbers.mirrored:
        for (one, low), (other, high) in ranges:
            if high.start < low.start and high.joined and _next_to(high, low):
                text = f"{one.value}–{other.value}"
                hint = "Type the smaller number first, as you would say it."
                finding = f"the range {text} is here as {other.value}–{one.value}", hint
                yield doubtful_if(pair.language.data.numbers.mirrored, finding)


def _shown_either_way(low: Amount, high: Amount, pair: Pair) -> bool:
    """Tell whether a dash joins a range that runs down in right-to-left text; words do not."""
    both = number_texts(pair)
    dash = both and high.joined and DASH.fullmatch(both[1], high.end, low.start)
    return bool(dash) and pair.language.direction == "rtl"


def _near(one: Amount, other: Amount) -> bool:
    """Tell whether a number comes right before another one, with a few letters between."""
    return 0 <= other.start - one.end <= len(" hanggang sa ")


def _next_to(one: Amount, other: Amount) -> bool:
    return 0 <= other.start - one.end <= len(" — ")


def _ranges(pair: Pair) -> Iterator[tuple[tuple[Amount, Amount], tuple[Amount, Amount]]]:
    """Yield the two ends of each range of the source that runs upwards, with their partners."""
    for first, second in pairwise(compared(pair).pairs):
        one, other = first[0], second[0]
        if one.joined and _near(one, other) and _number(one.value) < _number(other.value):
            yield first, second


def _number(value: str) -> float:
    return float(value) if value.replace(".", "", 1).isdecimal() else 0.0


def _lists(pair: Pair) -> Iterator[Finding]:
    """Yield ranges that stand as one number with a comma: 14-16 became 14,16."""
    both = number_texts(pair)
    ours = amounts(both[0], pair.source) if both else ()
    theirs = amounts(both[1], pair.language) if both else ()
    lists = {reading for one in theirs for reading in one.readings if len(reading) > 1}
    for one, other in pairwise(ours):
        if one.joined and (one.value, other.value) in lists:
            text = f"{one.value}–{other.value}"
            yield f"the range {text} became a list", f"Write {text}."
