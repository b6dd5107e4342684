"""Faults of words: bounds, units, opposites, and "not"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from benchmarks.planting.texts import Edit, Place
from benchmarks.planting.words import Rule, Sense, Swap, denials, phrase_pattern, senses

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from benchmarks.planting.words import Words

NEAR = 3  # characters between a number and its unit


def swapped(kind: str) -> Callable[[Place, random.Random], Iterator[Edit]]:
    """Return the planter of a kind whose words stand in the lists."""

    def plant(place: Place, _: random.Random) -> Iterator[Edit]:
        for sense in senses():
            if sense.kind == kind:
                yield from _exchanged(place, sense)

    return plant


def unit_lost(place: Place, _: random.Random) -> Iterator[Edit]:
    """5 mg becomes 5."""
    for sense in senses():
        if sense.kind == "unit-changed":
            yield from ((start, end, "") for start, end, _other in _exchanged(place, sense))


def _exchanged(place: Place, sense: Sense) -> Iterator[Edit]:
    """Exchange the words of a sense, where both texts have the one and not the other."""
    ones, others = place.words.swaps.get(sense.name, ((), ()))
    one, other = (len(side.findall(place.msgid)) for side in (sense.one, sense.other))
    if one == 1 and not other:
        yield from _replaced(place, ones, others, sense.kind)
    elif other == 1 and not one:
        yield from _replaced(place, others, ones, sense.kind)


def _replaced(
    place: Place, swaps: tuple[Swap, ...], against: tuple[Swap, ...], kind: str
) -> Iterator[Edit]:
    found = _longest(_found(place, swaps))
    apart = {(start, end) for start, end, _ in found}
    if len(found) != 1 or any(
        not any(low <= start and end <= high for low, high in apart)
        for start, end, _ in _found(place, against)
    ):
        return
    start, end, other = found[0]
    if kind != "unit-changed" or _beside_number(place.msgstr, start, end):
        yield (start, end, _in_case_of(place.msgstr[start:end], other))


def _found(place: Place, swaps: tuple[Swap, ...]) -> list[Edit]:
    joined = place.words.joined
    return [
        (match.start(), match.end(), swap.other.strip("*"))
        for swap in swaps
        for match in phrase_pattern(swap.phrase, joined).finditer(place.msgstr)
    ]


def _longest(found: list[Edit]) -> list[Edit]:
    """Leave out what lies inside of a longer phrase, or in the same place as an earlier one."""
    kept: list[Edit] = []
    for edit in sorted(found, key=lambda edit: edit[0] - edit[1]):
        if not any(low < edit[1] and edit[0] < high for low, high, _ in kept):
            kept.append(edit)
    return kept


def _beside_number(text: str, start: int, end: int) -> bool:
    """Tell whether a number stands just before or after a place."""
    return bool(re.search(rf"\d\D{{0,{NEAR}}}$", text[:start]) or re.match(r"\s?\d", text[end:]))


def _in_case_of(sample: str, word: str) -> str:
    return word[:1].upper() + word[1:] if sample[:1].isupper() else word


def negation_lost(place: Place, _: random.Random) -> Iterator[Edit]:
    """ "Do not stop" becomes "stop": the only "not" of both texts."""
    if _denies_once(place):
        yield from _ruled(place.msgstr, place.words.affirm)


def negation_added(place: Place, chance: random.Random) -> Iterator[Edit]:
    """ "You can" becomes "you cannot": neither text denies anything."""
    _drop, soft, any_ = denials()
    denial = place.words.denial
    if (
        any_.search(place.msgid)
        or soft.search(place.msgid)
        or not denial
        or denial.search(place.msgstr)
    ):
        return
    found = list(_ruled(place.msgstr, place.words.deny))
    if found:
        yield chance.choice(found)


def negation_moved(place: Place, chance: random.Random) -> Iterator[Edit]:
    """ "Do not stop, take" becomes "stop, do not take"."""
    if not _denies_once(place):
        return
    for start, end, text in _ruled(place.msgstr, place.words.affirm):
        other = [
            edit
            for edit in _ruled(place.msgstr, place.words.deny)
            if (edit[0] > end + 8 or edit[1] < start - 8)
            and re.search(
                r"[,;.،؛۔।、。，；:]", place.msgstr[min(end, edit[1]) : max(start, edit[0])]
            )
        ]
        if other:
            yield _both(place.msgstr, (start, end, text), chance.choice(other))


def _both(text: str, one: Edit, two: Edit) -> Edit:
    low, high = sorted((one, two))
    return (low[0], high[1], low[2] + text[low[1] : high[0]] + high[2])


def _denies_once(place: Place) -> bool:
    drop, _, any_ = denials()
    denial = place.words.denial
    if denial is None or len(any_.findall(place.msgid)) != 1 or not drop.search(place.msgid):
        return False
    return len(_denials(place.words, place.msgstr)) == 1


def _denials(words: Words, text: str) -> list[str]:
    """Return the denials of a text; French `ne … pas` counts once."""
    found = [match.group() for match in words.denial.finditer(text)] if words.denial else []
    if words.tag == "fr" and any(re.match(r"n[e'’]", one, re.IGNORECASE) for one in found):
        found = [one for one in found if one.lower() not in {"pas", "jamais", "rien"}]
    return found


def _ruled(text: str, rules: tuple[Rule, ...]) -> Iterator[Edit]:
    """Return what the first rule that fits a place makes of it; a text may have several places."""
    taken: list[tuple[int, int]] = []
    for rule in rules:
        for match in rule.pattern.finditer(text):
            if not any(low < match.end() and match.start() < high for low, high in taken):
                taken.append(match.span())
                yield (
                    match.start(),
                    match.end(),
                    _in_case_of(match.group(), match.expand(rule.replacement)),
                )
