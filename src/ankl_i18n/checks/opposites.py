"""The checks of words that must not become their opposite, by what `meanings_changed` finds.

What the evidence is weak for is doubtful; see `evidence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from ankl_i18n.checks import signs, spelled_bounds
from ankl_i18n.checks.evidence import is_denied, is_displaced, is_sure
from ankl_i18n.checks.exchanged import exchanged
from ankl_i18n.checks.meanings import (
    DATES,
    DOSE,
    DUTY,
    INTERVAL,
    ORDER,
    PART,
    REACH,
    RHYTHM,
    SEQUENCE,
    URGENCY,
    meanings_in,
    opposite_families,
    touched,
)
from ankl_i18n.checks.meanings_changed import changed, changed_in_links, hidden, lost, without_spans
from ankl_i18n.checks.negation import denials
from ankl_i18n.checks.negation_words import ENGLISH_LIMIT
from ankl_i18n.checks.records import Finding, Pair, doubtful_if, small_letters
from ankl_i18n.checks.spelled import number_words
from ankl_i18n.languages import Language
from ankl_i18n.languages.reader import families

NAMES: Final = {
    "at-once": "straight away",
    "spinal-cord": "spinal cord",
    "bone-marrow": "bone marrow",
    "more-than": "more than",
    "less-than": "less than",
    "each": "every",
    "empty-stomach": "empty stomach",
    "full-stomach": "with food",
    "lasting": "for so long",
    "away": "out of the reach of children",
    "inhale": "breathe in",
    "exhale": "breathe out",
    "switch-on": "on",
    "switch-off": "off",
    "under-skin": "under the skin",
    "need-not": "need not",
    "must-not": "must not",
}
_OF_BOUNDS: Final = ({"more-than", "less-than"}, {"above", "below"})
# What many languages say with a word for "before", and no other: not "before you are allowed to".
_BEFORE: Final = re.compile(
    r"\bbefore (?:and after\b|\w+ing\b|\d"
    r"|(?:breakfast|lunch|dinner|supper|bed(?:time)?|meals?|food)"
    r"|you (?!are|can|could|may|will)\w+ "
    r"|(?:the|a|an|each|every|your|any)(?: \w+){1,2}"
    r"(?:[.,;:)]|$| (?:in|of|at|on|and|is|are|was|were)\b))"
)
# Half of what one takes is said with a word for half, or in digits.
_HALF: Final = re.compile(
    r"\bhalf (?:an? |of an? |the |of the )?(?:usual |normal )?(?:tablet|pill|capsule|dose|ampoule"
    r"|sachet|patch|glass|cup|(?:tea|table)?spoon)"
)
_HALVES: Final = re.compile(r"[½/%]|\d[.,٫]\d")
_DIGIT: Final = re.compile(r"\d")


def is_quiet(pair: Pair) -> bool:
    """Tell whether no check of meanings would find a thing: nothing was changed, and the source
    says nothing that may be lost.
    """
    linked = "](" in pair.msgid and "](" in pair.msgstr
    may_be_lost = _says_more(small_letters(pair)[0], pair.source)
    return not (
        linked
        or may_be_lost
        or any(changed(pair, families()))
        or any(hidden(pair, opposite_families()))
        or exchanged(pair)
    )


@lru_cache(maxsize=16384)
def _says_more(before: str, source: Language) -> bool:
    """Tell whether a source says what is looked for in its translation, changed or not: what may
    be lost, and times of its amounts.
    """
    names = touched(before, source)
    lost = any(
        meanings_in(before, source, name).surely.keys() & {*families()[name].lost} for name in names
    )
    return lost or (ORDER in names and bool(_DIGIT.search(before)))


def opposites(pair: Pair) -> Iterator[Finding]:
    """Left does not become right, better does not become worse."""
    others = opposite_families()
    linked = dict.fromkeys((*changed_in_links(pair, others), *changed(pair, (SEQUENCE,))))
    yield from (finding(*change) for change in linked if not is_denied(pair, *change))
    told = [
        one
        for one in dict.fromkeys(changed(pair, others))
        if one not in linked and not _is_bound(pair, *one)
    ]
    yield from _weighed(pair, told)
    if not told and not linked:
        displaced = (one for one in hidden(pair, others) if is_displaced(pair, *one))
        yield from (finding(*one) for one in displaced if not is_denied(pair, *one))
    for one, other in exchanged(pair):
        text = f"{NAMES.get(one, one)!r} and {NAMES.get(other, other)!r}"
        yield f"{text} may have been exchanged", f"Say {text} of what the source says them of."
    yield from _out_of_reach(pair)
    if _HALF.search(small_letters(pair)[0]) and not _HALVES.search(pair.after.shown):
        yield from _lost(pair, PART)


def _is_bound(pair: Pair, meaning: str, other: str) -> bool:
    """Tell whether "above" became "below" in a bound, which other checks report."""
    if {meaning, other} not in _OF_BOUNDS:
        return False
    # "Do not store it above 25 °C" may well be "below 25 °C".
    if meaning in ("above", "below") and ENGLISH_LIMIT.search(pair.before.prose):
        return True
    return any(signs.bounds(pair)) or any(spelled_bounds.bounds(pair))


def _out_of_reach(pair: Pair) -> Iterator[Finding]:
    """What is kept away from children is not left within reach: "away", "where they cannot"."""
    words = denials(pair.language)
    if not (words and words.perhaps.search(small_letters(pair)[1])):
        yield from _lost(pair, REACH)


def time_order(pair: Pair) -> Iterator[Finding]:
    """Before meals does not become after meals, and "before" is not lost."""
    findings = [finding(*change) for change in dict.fromkeys(changed(pair, (ORDER,)))]
    yield from findings or (_lost(pair, ORDER) if _BEFORE.search(small_letters(pair)[0]) else ())


def frequency(pair: Pair) -> Iterator[Finding]:
    """Every day does not become every week, once not twice, "every 8 hours" not "for 8 hours"."""
    findings = [finding(*change) for change in dict.fromkeys(changed(pair, (*RHYTHM, INTERVAL)))]
    yield from findings or (*_lost(pair, DOSE), *_lost(pair, INTERVAL))


def urgency(pair: Pair) -> Iterator[Finding]:
    """What must be done, and straight away, is not said to be done later, or perhaps."""
    findings = list(_weighed(pair, changed(pair, (URGENCY, DUTY))))
    yield from findings or _lost(pair, URGENCY)


def dates(pair: Pair) -> Iterator[Finding]:
    """A month or a day of the week stays the same one."""
    for meaning, other in dict.fromkeys(changed(pair, DATES)):
        yield (
            f"{meaning.title()} became {other.title()}",
            f"Write {meaning.title()}, as in the source.",
        )


def finding(meaning: str, other: str) -> Finding:
    """Return what to tell of a meaning that became another one."""
    one, another = NAMES.get(meaning, meaning), NAMES.get(other, other)
    return f"{one!r} became {another!r}", f"Say {one}, as in the source."


def _weighed(pair: Pair, changes: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    for meaning, other in dict.fromkeys(changes):
        if is_denied(pair, meaning, other):
            continue
        told = finding(meaning, other)
        yield doubtful_if(not is_sure(pair, meaning, other), told)


def _lost(pair: Pair, name: str) -> Iterator[Finding]:
    for meaning in lost(pair, name):
        text = NAMES.get(meaning, meaning)
        finding = f"the source says {text!r}; the translation has no word for it", f"Say {text}."
        twice = meaning == "twice" and _has_two(pair)
        yield doubtful_if(twice, finding)


def _has_two(pair: Pair) -> bool:
    """Tell whether a translation has a word for two, but not of "two days" and the like."""
    after = without_spans(small_letters(pair)[1], pair.language)
    return bool(number_words(after, pair.language).get(2))
