"""Bounds of amounts in words: at least, or less, not more than."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from ankl_i18n.checks.amounts import Amount, amounts, in_small, joins
from ankl_i18n.checks.negation import Denials, denials
from ankl_i18n.checks.number_values import Reading
from ankl_i18n.languages import Language
from ankl_i18n.languages.patterns import Finder, finder

_SIDES: Final = ("before", "after")
# How far from a number words of its bound stand: words, most characters, those without spaces.
_REACH: Final = 5
_LETTERS: Final = 64
# A "not" may stand farther off.
_FAR: Final = 160
_UNSPACED: Final = 32
_NAMES: Final = {
    "at-least": "≥", "more": ">", "at-most": "≤", "less": "<", "about": "~",
    "within": "within", "none": "",
}  # fmt: skip
_TO_MORE: Final = re.compile(r"\s*(?:[(][^()]*[)]\s*)?(?:to|through|[–-])\s*\d")
# What may stand between the words of a bound and its number: "more than the 5".
_FILLER: Final = re.compile(
    r"\W*(?:(?:the|a|an|about|of|ages?|aged|last|de|des|du|den|der|las|los|os|as)\b\W*)*\w{0,3}\W*"
)
# What makes at most of more than, also from afar: do not use it on one place for more than 5 days.
_FORBIDDEN: Final = re.compile(
    r"\b(?:do not|must not|should not|may not|never|cannot)\b|\b(?:do|must|should|ca)n['’]t\b"
)
# Whom a bound is about that a "not" does not turn: do not give it to children under 2.
_OF_WHOM: Final = re.compile(
    r"\b(?:child(?:ren)?|bab(?:y|ies)|infants?|toddlers?|people|persons?|patients?|adults?"
    r"|teenagers?|any(?:one|body)|no(?:body|[ -]one)|someone|those|women|girls|boys|who(?:se)?"
    r"|aged?|ages|older|younger|weigh(?:s|ing)?|if|when)\b"
)
# What the opposite of a bound is, or another bound: not more than.
DENIED: Final = {">": "≤", "<": "≥"}
_NO_ONE: Final = re.compile(r"\b(?:no|none|nobody|neither)\b")
# How far from a number words after it are surely about it, and how far about no other number.
_OWN: Final = 12
_ADJOINING: Final = 4
_WORD_END: Final = re.compile(r"(?<=\S)\s+")
# What no bound reaches over: the end of a sentence or clause.
_STOP: Final = re.compile(r"[.;:!?。；：！？।۔؛؟။፡።](?=\s|$)|[。；！？।۔။።]|\n")
_OPENS: Final = re.compile(r"[\s\u00a0\u202f]*[(（\[][^\d()（）\[\]]{0,6}")
_CLOSES: Final = re.compile(r"[^()（）]{0,12}[)）\]]")


@lru_cache(maxsize=8192)
def plain_values(text: str, language: Language) -> tuple[Reading, ...] | None:
    """Return the values of a text whose amounts are numbers, each another one; None for a text
    with units, bounds, minus signs or ranges.
    """
    known = bounded(text, language)
    values = tuple(one.readings[0] for one in known)
    more = any(one.unit or one.bound or one.negative or one.joined for one in known)
    return None if more or len(set(values)) < len(values) else values


@dataclass(frozen=True, slots=True)
class _Bound:
    """What words near a number say: surely of it (`own`), and perhaps (`near`)."""

    own: str = ""
    near: frozenset[str] = frozenset()
    held: bool = False


_NO_BOUND: Final = _Bound()


@cache
def _bound_words(language: Language, side: str) -> Finder[str]:
    """Return what finds the words of bounds that stand before or after a number, with the signs
    of what they mean.
    """
    data = language.data
    table: Mapping[str, tuple[str, ...]] = getattr(data, f"bounds_{side}")
    words = {word: _NAMES[name] for name, forms in table.items() for word in forms}
    return finder(words, spaces=data.script.spaces)  # "no more than" before "more than"


@lru_cache(maxsize=8192)
def bounded(text: str, language: Language) -> tuple[Amount, ...]:
    """Return the amounts of a text, in their order, with the bounds that words near them say."""
    known = amounts(text, language)
    bounds = _bounds(text, known, language) if known else ()
    return tuple(map(_with_bound, known, bounds)) if bounds else known


def _with_bound(one: Amount, bound: _Bound) -> Amount:
    return one._replace(bound=one.bound or bound.own, near=bound.near, held=bound.held)


def _bounds(text: str, numbers: Sequence[Amount], language: Language) -> list[_Bound]:
    """Return the bound of each number by the words near it; nothing where there is no such word."""
    lowered = in_small(text)
    ends = [one.end for one in numbers]
    starts = [*(one.start for one in numbers), len(text)]
    between = " ".join(lowered[i:j] for i, j in zip((0, *ends), starts, strict=True))
    if not any(_bound_words(language, side).expression.search(between) for side in _SIDES):
        return []
    bounds = [_NO_BOUND] * len(numbers)
    words_near = _words_near(lowered, numbers, ends, language)
    denies = denials(language)
    for i, run in enumerate(numbers):
        beside = {one.place for one in words_near[max(0, i - 1) : i + 2]} - {
            words_near[i].place,
            None,
        }
        bounds[i] = _bound(words_near[i], [place for place in beside if place], denies)
        if bounds[i].own == "≤" and _TO_MORE.match(lowered, ends[i]):
            bounds[i] = _NO_BOUND  # "up to 4 metres (13 feet) to 8 metres": a range
        if bounds[i].own == "≤" and i and joins(language).fullmatch(text, ends[i - 1], run.start):
            bounds[i] = _Bound("", bounds[i].near)  # "from 51 up to 60": the end of a range
    for i in range(len(numbers) - 2, -1, -1):
        # 38 °C (100.4 °F) or higher: the bound of the second is that of the first, too.
        opened = _OPENS.fullmatch(text[ends[i] : numbers[i + 1].start])
        if opened and _CLOSES.match(text, ends[i + 1]):
            one, other = bounds[i], bounds[i + 1]
            near = one.near | other.near
            bounds[i] = _Bound(one.own or other.own, near)
            bounds[i + 1] = _Bound(other.own or one.own, near)
    return bounds


class _Word(NamedTuple):
    """The sign of a bound that a word means, and where the word stands beside its number."""

    sign: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of bounds on both sides of a number, which are at `first` and `end` in the text.

    `own` is the word that is this number's, `place` where it stands, if that is right beside it.
    `far` is what stands before `ahead` in its clause, and behind `behind` where verbs come last.
    """

    far: str
    ahead: str
    left: Sequence[_Word]
    behind: str
    right: Sequence[_Word]
    first: int
    end: int
    own: _Word | None
    place: tuple[int, int] | None


def _words_near(
    text: str, numbers: Sequence[Amount], ends: Sequence[int], language: Language
) -> list[_Said]:
    """Return the words of bounds near each number."""
    before, after = (_bound_words(language, side) for side in _SIDES)
    spaces = language.data.script.spaces
    reach = _LETTERS if spaces else _UNSPACED
    verb_last = not language.data.negation.clauses
    words_near: list[_Said] = []
    for i, run in enumerate(numbers):
        last = ends[i - 1] if i else 0
        limit = numbers[i + 1].start if i + 1 < len(numbers) else len(text)
        ahead = _after_stop(text[max(run.start - reach, last) : run.start])
        behind = _before_stop(text[ends[i] : min(ends[i] + reach, limit)])
        near = len(behind)
        if spaces:
            ahead, near = _last_words(ahead), len(_first_words(behind))
        far = _after_stop(text[max(run.start - _FAR, last) : run.start - len(ahead)])
        far = far[far.rfind(",") + 1 :]
        if verb_last:
            beyond = _before_stop(text[ends[i] + near : limit])
            far += " " + beyond.partition(",")[0]
        ends_at = (run.start, ends[i])
        words_near.append(_words_beside(before, (far, ahead), after, (behind, near), *ends_at))
    return words_near


def _words_beside(  # noqa: PLR0913, PLR0917
    before: Finder[str],
    preceding: tuple[str, str],
    after: Finder[str],
    following: tuple[str, int],
    start: int,
    end: int,
) -> _Said:
    """Return the words of bounds beside a number.

    `preceding` is what stands before it, far and near, `following` the text behind it, and how
    much of it is near: words must begin there.
    """
    (far, ahead), (behind, reach) = preceding, following
    left = [_Word(before.value(one), *one.span()) for one in before.find(ahead)]
    right = [
        _Word(after.value(one), *one.span()) for one in after.find(behind) if one.start() < reach
    ]
    behind = behind[: max(reach, right[-1].end if right else 0)]
    first = start - len(ahead)
    own, at = None, 0
    if left and _FILLER.fullmatch(ahead, left[-1].end):
        own, at = left[-1], first
    follows = right and right[0].start <= _OWN and "," not in behind[: right[0].start]
    if follows and not (own and own.sign in ("≥", "≤", ">", "<")):
        own, at = right[0], end
    place = None
    if own and (own.start if at == end else len(ahead) - own.end) <= _ADJOINING:
        place = at + own.start, at + own.end
    return _Said(far, ahead, left, behind, right, first, end, own, place)


def _bound(around: _Said, others: Sequence[tuple[int, int]], denies: Denials | None) -> _Bound:
    """Return the bound of a number; at the places in `others` stand words of its neighbours."""
    ahead, left, behind, right = around.ahead, around.left, around.behind, around.right
    if not left and not right:
        return _NO_BOUND
    own = around.own.sign if around.own else ""
    near = frozenset(
        one.sign
        for at, many in ((around.first, left), (around.end, right))
        for one in many
        if not any(at + one.start < high and low < at + one.end for low, high in others)
    )
    denied = own in DENIED and denies and _is_denied(ahead, left, behind, right, denies)
    far = (
        denies is not None
        and own in DENIED
        and bool(left or denies.last)
        and denies.surely.search(around.far)
    )
    if (denied or far) and _OF_WHOM.search(around.far + ahead):
        return _Bound(own, near, held=True)
    if denied:
        unsure = _NO_ONE.search(ahead)  # "no country tested more than 3 %"
        return _Bound("" if unsure else DENIED[own], near | {own, DENIED[own]})
    if far:
        near |= {own, DENIED[own]}
        own = DENIED[own] if own == ">" and _FORBIDDEN.search(around.far) else own
    if not own and denies and _is_denied(ahead, left, behind, right, denies):
        near |= {DENIED[one] for one in near & DENIED.keys()}  # "not more than tablets 4"
    return _Bound(own, near)


def _is_denied(
    ahead: str,
    left: Sequence[_Word],
    behind: str,
    right: Sequence[_Word],
    denies: Denials,
) -> bool:
    """Tell whether a "not" makes at most of more than: do not take more than 4 tablets."""
    before = ahead[: left[-1].start] if left else ""
    after = behind[right[0].end :] if right else behind if denies.last else ""
    return bool(denies.surely.search(before) or denies.surely.search(after))


def _last_words(text: str) -> str:
    words = _WORD_END.finditer(text)
    ends = [word.end() for word in words]
    return text[ends[-_REACH - 1] :] if len(ends) > _REACH else text


def _first_words(text: str) -> str:
    for i, word in enumerate(_WORD_END.finditer(text)):
        if i == _REACH:
            return text[: word.start()]
    return text


def _after_stop(text: str) -> str:
    stops = [stop.end() for stop in _STOP.finditer(text)]
    return text[stops[-1] :] if stops else text


def _before_stop(text: str) -> str:
    stop = _STOP.search(text)
    return text[: stop.start()] if stop else text


def without_bounds(text: str, language: Language) -> str:
    """Return a text in small letters without what stands after numbers, such as "or more"."""
    return _bound_words(language, "after").expression.sub(" ", text)
