"""The check of what links say: the words of a link are those of the term that it leads to.

A leaflet's own glossary tells how a catalog calls each term. Links in one list keep their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from ankl_i18n.checks.records import Term

if TYPE_CHECKING:
    from ankl_i18n.catalogs.po import Entry
    from ankl_i18n.checks.records import Finding, Pair

LINK: Final = re.compile(r"(?<![\\!])\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*)\)")
TERM: Final = "term"
# Two texts are the same term from here on, and surely another one up to there (rapidfuzz).
SAME, OTHER = 85.0, 60.0
# "The clinic or the pharmacy": so much stands between two links of one list.
BETWEEN: Final = re.compile(r"\W{0,3}(?:\w{1,8}\W{1,2}){0,3}")
LETTERS: Final = 3
_BRACKETS: Final = re.compile(r"\s*[(（].*?[)）]")


def terms_of(entries: Sequence[Entry]) -> tuple[Term, ...]:
    """Return the terms that a catalog's glossary explains."""
    return tuple(
        Term(_plain(entry.msgid), _plain(entry.msgstr))
        for entry in entries
        if entry.comment.rpartition("· ")[2].rpartition("\n")[2] == TERM
    )


def link_texts(pair: Pair) -> Iterator[Finding]:
    """The words of a link are not those of another term of the glossary."""
    ours, theirs = LINK.findall(pair.msgid), LINK.findall(pair.msgstr)
    found = next(_wrong_terms(ours, theirs, pair.terms), None) if pair.terms else None
    if found:
        yield found
    elif len(ours) > 1:
        yield from _swapped(pair.msgid, pair.msgstr)


def _plain(text: str) -> str:
    return _BRACKETS.sub("", text).replace("*", "").casefold().strip()


def _wrong_terms(
    ours: Sequence[tuple[str, str]], theirs: Sequence[tuple[str, str]], terms: Sequence[Term]
) -> Iterator[Finding]:
    said = {address: _plain(text) for text, address in theirs}
    for text, address in ours:
        own = _nearest(_plain(text), terms)
        here = said.get(address, "")
        if own is None or len(here) < LETTERS or _like(here, own.translation) > OTHER:
            continue
        other = max(
            (term for term in terms if term is not own and len(term.translation) >= LETTERS),
            key=lambda term: _like(here, term.translation),
            default=None,
        )
        if other and _like(here, other.translation) >= SAME:
            yield (
                f"the link to {address} says {here!r}, which is {other.source!r} in the glossary",
                f"Write the words for {own.source!r}: {own.translation}.",
            )


def _nearest(text: str, terms: Sequence[Term]) -> Term | None:
    """Return the term that a link's text in the source names."""
    best = max(terms, key=lambda term: fuzz.ratio(text, term.source))
    return best if fuzz.ratio(text, best.source) >= SAME else None


def _like(one: str, other: str) -> float:
    """Return how much two texts are the same, 0 to 100; one may be a part of the other."""
    if min(len(one), len(other)) < LETTERS:
        return 100.0 if one == other else 0.0
    whole, part = fuzz.ratio(one, other), fuzz.partial_ratio(one, other)
    return max(whole, part - 5) if len(one) * 2 > len(other) else whole


def _swapped(before: str, after: str) -> Iterator[Finding]:
    """Yield two links beside one another in a list that changed places."""
    places = {found[2]: found for found in LINK.finditer(after)}
    for one, other in pairwise(LINK.finditer(before)):
        here, there = places.get(one[2]), places.get(other[2])
        beside = BETWEEN.fullmatch(before, one.end(), other.start())
        if not (beside and here and there) or one[2] == other[2]:
            continue
        if there.end() <= here.start() and BETWEEN.fullmatch(after, there.end(), here.start()):
            yield (
                f"the links to {one[2]} and {other[2]} changed places",
                "Make sure that each address belongs to the words of its link.",
            )
