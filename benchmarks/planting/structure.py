"""Faults of what is there: sentences, alternatives, conditions and links."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from benchmarks.planting.texts import LINK, Edit, Place
from benchmarks.planting.words import phrase_pattern

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

_END: Final = re.compile(r"(?<![A-Z.])[.!?](?=\s*[A-Z\[\"“*])")
_ENDS: Final = re.compile(r"(?<![A-Z.])[.!?؟](?=\s+\S)|[。！？।۔።៕။](?=\s*\S)")
_COMMA: Final = re.compile(r"[,،](?!\d)|[、，፣၊]")
_STOP: Final = re.compile(r"[,;:.!?،؛؟।۔。，、；：！？፣።៕၊။)(]")
_OR: Final = re.compile(
    r"(?<!whether )\bor (?!not\b|more|less|higher|lower|fewer|above|so\b)", re.IGNORECASE
)
_ASIDE: Final = re.compile(r"\b(?:for (?:example|instance)|however|respectively|i\.e|e\.g)\b")
_IF: Final = re.compile(r"\b(?:if|unless|provided that)\b", re.IGNORECASE)


def sentence_dropped(place: Place, chance: random.Random) -> Iterator[Edit]:
    """One of several sentences is left out."""
    ends = [match.end() for match in _ENDS.finditer(place.msgstr)]
    if ends and len(ends) == len(_END.findall(place.msgid)):
        edges = [0, *ends, len(place.msgstr)]
        spans = [(a, b) for a, b in itertools.pairwise(edges) if b - a >= 8]
        if spans:
            start, end = chance.choice(spans)
            if start == 0:
                end += len(place.msgstr[end:]) - len(place.msgstr[end:].lstrip())
            yield (start, end, "")


def alternative_dropped(place: Place, _: random.Random) -> Iterator[Edit]:
    """ "Fever, or chills" becomes "fever"."""
    if not place.once(_OR) or re.search(r"\b(?:either|whether)\b", place.msgid, re.IGNORECASE):
        return
    tail = _clause(place.msgid, _OR)
    found = [
        match
        for word in place.words.alternative
        for match in phrase_pattern(word, place.words.joined).finditer(place.msgstr)
    ]
    if tail is None or len({match.start() for match in found}) != 1:
        return
    match = max(found, key=lambda match: match.end())
    rest = place.msgstr[match.end() :]
    stop = _STOP.search(rest)
    length = stop.start() if stop else len(rest)
    if not 0.35 <= (length + 1) / (len(tail) + 1) <= 2.5 or len(rest[:length].split()) > 6:
        # The verb follows, or more: leave out the one word after "or".
        word = re.match(r"\s*[^\s,،、，]+", rest)
        if not word or place.words.joined:
            return
        length = word.end()
    start = match.start()
    while start and place.msgstr[start - 1] in " ,،、，":
        start -= 1
    if start and length:
        yield (start, match.end() + length, "")


def _clause(text: str, word: re.Pattern[str]) -> str | None:
    """Return what follows a word up to the next comma or stop."""
    match = word.search(text)
    if not match:
        return None
    rest = text[match.end() :]
    stop = _STOP.search(rest)
    return (rest[: stop.start()] if stop else rest).strip()


def item_dropped(place: Place, chance: random.Random) -> Iterator[Edit]:
    """One of three or more things between commas is left out."""
    commas = [match.start() for match in _COMMA.finditer(place.msgstr)]
    source = [match.start() for match in _COMMA.finditer(place.msgid)]
    if len(commas) != len(source) or len(commas) < 2:
        return
    spans = [
        (a, b)
        for (a, b), (c, d) in zip(
            itertools.pairwise(commas),
            itertools.pairwise(source),
            strict=True,
        )
        if 3 <= b - a <= 40 and 4 <= d - c <= 40 and not _ASIDE.search(place.msgid[c:d])
    ]
    if spans:
        yield (*chance.choice(spans), "")


def condition_dropped(place: Place, _: random.Random) -> Iterator[Edit]:
    """ "If you have a fever, call" becomes "call"."""
    if not place.once(_IF):
        return
    match = re.match(r"(?:if|unless)\b[^,]+,", place.msgid, re.IGNORECASE)
    commas = [found.end() for found in _COMMA.finditer(place.msgstr)]
    if match and place.msgid.count(",") == 1 and len(commas) == 1:
        share = commas[0] / len(place.msgstr) / (match.end() / len(place.msgid))
        if 0.5 <= share <= 2 and len(place.msgstr) - commas[0] > 4:
            rest = place.msgstr[commas[0] :]
            yield (0, commas[0] + len(rest) - len(rest.lstrip()), "")
    elif not match:
        yield from _last_condition(place)


def _last_condition(place: Place) -> Iterator[Edit]:
    """Leave out a condition at the end: "call if you have a fever" becomes "call"."""
    clause = _clause(place.msgid, _IF)
    if not clause or not place.msgid.rstrip(" .!?").endswith(clause):
        return
    found = {
        match.start()
        for word in place.words.conditions
        for match in phrase_pattern(word, place.words.joined).finditer(place.msgstr)
    }
    if len(found) == 1 and (start := found.pop()) > len(place.msgstr) / 4:
        end = len(place.msgstr.rstrip(" .!?।۔。።"))
        if not _STOP.search(place.msgstr[start:end]):
            yield (start, end, "")


def targets_swapped(place: Place, _: random.Random) -> Iterator[Edit]:
    """Two links lead where the other one should."""
    links = list(LINK.finditer(place.msgstr))
    for one, two in itertools.pairwise(links):
        if one.group(2) != two.group(2):
            between = place.msgstr[one.end(2) : two.start(2)]
            yield (one.start(2), two.end(2), two.group(2) + between + one.group(2))


def texts_swapped(place: Place, _: random.Random) -> Iterator[Edit]:
    """Two links have each other's text."""
    links = list(LINK.finditer(place.msgstr))
    for one, two in itertools.pairwise(links):
        if one.group(2) != two.group(2) and one.group(1).casefold() != two.group(1).casefold():
            between = place.msgstr[one.end(1) : two.start(1)]
            yield (one.start(1), two.end(1), two.group(1) + between + one.group(1))
