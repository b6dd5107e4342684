"""The check of what links say: the words of a link are those of the term that it leads to.

A leaflet's own glossary tells how a catalog calls each term, and so do its other links to the same
place. Links keep their order, or nearly always.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
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
# From here on, they are the same but for an ending; the right term is clearly another one.
EXACT, CLEARLY = 92.0, 5.0
LETTERS: Final = 3
_BRACKETS: Final = re.compile(r"\s*[(（].*?[)）]")


def terms_of(entries: Sequence[Entry]) -> tuple[Term, ...]:
    """Return the terms that a catalog's glossary explains, and the words of its links."""
    return (
        *(
            Term(_plain(entry.msgid), _plain(entry.msgstr))
            for entry in entries
            if TERM in entry.comment
            and any(line.rpartition("· ")[2] == TERM for line in entry.comment.split("\n"))
        ),
        *(term for entry in entries if "#" in entry.msgid for term in _links(entry)),
    )


def _links(entry: Entry) -> Iterator[Term]:
    ours = {address: text for text, address in LINK.findall(entry.msgid)}
    for text, address in LINK.findall(entry.msgstr):
        if address in ours and "#" in address and "://" not in address:
            yield Term(_plain(ours[address]), _plain(text), address, entry.msgid)


def link_texts(pair: Pair) -> Iterator[Finding]:
    """The words of a link are not those of another term of the glossary."""
    ours, theirs = LINK.findall(pair.msgid), LINK.findall(pair.msgstr)
    terms = [term for term in pair.terms if term.msgid != pair.msgid]
    finding = next(_wrong_terms(ours, theirs, terms), None) if terms else None
    if finding:
        yield finding
    elif len(ours) > 1:
        yield from _swapped(pair, terms)


def _plain(text: str) -> str:
    return _BRACKETS.sub("", text).replace("*", "").casefold().strip()


def _wrong_terms(
    ours: Sequence[tuple[str, str]], theirs: Sequence[tuple[str, str]], terms: Sequence[Term]
) -> Iterator[Finding]:
    shown = {address: _plain(text) for text, address in theirs}
    for text, address in ours:
        own = _own(_plain(text), address, terms)
        here = shown.get(address, "")
        same = any(here == term.translation for term in own) or here == _plain(text)
        if same or len(here) < LETTERS:
            continue
        other = max(
            (term for term in terms if _is_other(term, _plain(text), address, own)),
            key=lambda term: (fuzz.ratio(here, term.translation), _like(here, term.translation)),
            default=None,
        )
        if other and _is_named(here, other, own):
            right = f"{own[0].source!r}: {own[0].translation}" if own else repr(_plain(text))
            yield (
                f"the link to {address} says {here!r}, which is {other.source!r} elsewhere",
                f"Use the words for {right}.",
            )


def _is_named(here: str, other: Term, own: Sequence[Term]) -> bool:
    """Tell whether words are those of another term, and not those of a link's own one."""
    exact = fuzz.ratio(here, other.translation)
    if exact >= EXACT:
        return all(fuzz.ratio(here, term.translation) < exact - CLEARLY for term in own)
    if not own:
        return False
    near = max(100.0 if term.translation in here else _like(here, term.translation) for term in own)
    return near <= OTHER and _like(here, other.translation) >= SAME


def _own(text: str, address: str, terms: Sequence[Term]) -> list[Term]:
    """Return the terms that a link of the source names, by its words or by its address."""
    names = (text, address.rpartition("#")[2].replace("-", " "))
    own = [term for term in terms if term.address == address]
    glossary = [term for term in terms if not term.address]
    best = max(glossary, key=lambda term: _ratio(names, term), default=None)
    return [best, *own] if best and _ratio(names, best) >= SAME else own


def _ratio(names: Sequence[str], term: Term) -> float:
    return max(fuzz.ratio(name, term.source) for name in names)


def _is_other(term: Term, text: str, address: str, own: Sequence[Term]) -> bool:
    """Tell whether a term is another one than a link's own, and is called otherwise.

    One message alone, which may be wrong itself, tells nothing of both.
    """
    if own and term.msgid and all(one.msgid == term.msgid for one in own):
        return False
    return (
        term.address != address
        and fuzz.ratio(term.source, text) <= OTHER
        and len(term.translation) >= LETTERS
        and all(term.translation != one.translation for one in own)
        and all(_ratio((term.source,), one) < SAME for one in own)
    )


def _like(one: str, other: str) -> float:
    """Return how much two texts are the same, 0 to 100; one may be a part of the other."""
    if min(len(one), len(other)) < LETTERS:
        return 100.0 if one == other else 0.0
    whole, part = fuzz.ratio(one, other), fuzz.partial_ratio(one, other)
    return max(whole, part - 5) if len(one) * 2 > len(other) else whole


def _swapped(pair: Pair, terms: Sequence[Term]) -> Iterator[Finding]:
    """Yield two links that changed places: in the order of the text, or by what words mean.

    Of 700 pairs of links in real translations, one in seventy stands in another order.
    """
    ours = {address: text for text, address in LINK.findall(pair.msgid)}
    theirs = {address: text for text, address in LINK.findall(pair.msgstr)}
    shared = [address for address in theirs if address in ours]
    order = list(ours)
    for one, other in combinations(shared, 2):
        turned = order.index(one) > order.index(other)
        sure = any(_confirmed(at, ours, theirs, terms) for at in (one, other))
        if (turned and not sure) or _crossed(pair, (one, other), ours, theirs):
            yield (
                f"the links to {one} and {other} were swapped",
                "Make sure that each address is with the right link text.",
            )
            return


def _confirmed(
    address: str, ours: Mapping[str, str], theirs: Mapping[str, str], terms: Sequence[Term]
) -> bool:
    """Tell whether a link's words are surely its own: those of its term, or of the source."""
    here = _plain(theirs[address])
    own = _own(_plain(ours[address]), address, terms)
    words = (_plain(ours[address]), *(term.translation for term in own))
    return any(_like(here, one) >= SAME for one in words)


def _crossed(
    pair: Pair, addresses: tuple[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> bool:
    """Tell whether, by the catalog's other messages, each link has the other one's words."""
    if pair.lexicon is None:
        return False
    one, other = addresses
    named = pair.lexicon.named
    return (
        named(ours[one], theirs[other], pair.msgid)
        and named(ours[other], theirs[one], pair.msgid)
        and not named(ours[one], theirs[one], pair.msgid)
        and not named(ours[other], theirs[other], pair.msgid)
    )
