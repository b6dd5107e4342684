"""Words and phrases of a list, looked up in texts that have few of them, or none.

What is found is what the expression of `patterns.finder` finds. But nothing is compiled for a
word before a text has its letters, and for most words nothing at all.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import Final, Generic, NamedTuple, TypeVar

from ankl_i18n.languages import patterns

T = TypeVar("T")
# Yields where a word begins and ends in a text, from a place on; places may overlap.
_Search = Callable[[str, int], Iterator[tuple[int, int]]]
_SPACE: Final = re.compile(r"\s+")


class Hit(NamedTuple, Generic[T]):
    """A word that was found: where it begins and ends, in characters, and what it stands for."""

    start: int
    end: int
    value: T
    word: str


class Lookup(Generic[T]):
    """Finds words in texts in small letters, and what each of the words stands for."""

    def __init__(self, words: Mapping[str, T], *, spaces: bool = True) -> None:
        """Take words as language files have them; `spaces` tells whether they stand alone."""
        self._words, self._spaces = words, spaces
        self._by_literal: dict[str, list[str]] = {}
        for word in words:
            for one in patterns.literals(word):
                self._by_literal.setdefault(one, []).append(word)
        self._searches: dict[str, _Search] = {}

    def has_any(self, is_meant: Callable[[T], bool]) -> Callable[[str], bool]:
        """Return what tells of a text whether it has a word that stands for something meant."""
        words = {
            one: some
            for one, every in self._by_literal.items()
            if (some := [word for word in every if is_meant(self._words[word])])
        }
        return lambda text: any(
            any(self._search(word)(text, 0))
            for one in filter(text.__contains__, words)
            for word in words[one]
        )

    def find(self, text: str, begin: int = 0, end: int = sys.maxsize) -> list[Hit[T]]:
        """Return the words of a text, in their order; of words in one another, the first."""
        literals = [*filter(text[begin:end].__contains__, self._by_literal)]
        if not literals:
            return []
        text = text[:end]
        hits = [
            Hit(*place, self._words[word], word)
            for word in {word for one in literals for word in self._by_literal[one]}
            for place in self._search(word)(text, begin)
        ]
        if len(hits) > 1:
            # At one place, the first word; the forms of one word stay in their order.
            if len({hit.start for hit in hits}) < len(hits):
                hits.sort(key=lambda hit: self._ranks[hit.word])
            hits.sort(key=lambda hit: hit.start)
            last, every, hits = begin, hits, []
            for hit in every:
                if hit.start >= last:
                    hits.append(hit)
                    last = hit.end
        return hits

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        return {word: i for i, word in enumerate(patterns.in_order(self._words, self._spaces))}

    @cached_property
    def _edges(self) -> Callable[[str], tuple[str, str]]:
        return patterns.edges(self._words, spaces=self._spaces)

    def _search(self, word: str) -> _Search:
        if word not in self._searches:
            before, after = self._edges(word)
            forms = [_SPACE.split(form) for form in patterns.forms(word)]
            self._searches[word] = (
                partial(_literally, forms, re.compile(before), re.compile(after))
                if forms
                else partial(_expressly, patterns.alone(word, before, after))
            )
        return self._searches[word]


def _literally(
    forms: list[list[str]],
    before: re.Pattern[str],
    after: re.Pattern[str],
    text: str,
    begin: int,
) -> Iterator[tuple[int, int]]:
    """Yield the places of any of some forms, each one as the pieces between its spaces."""
    for first, *others in forms:
        at = text.find(first, begin)
        while at >= 0:
            end = at + len(first)
            for other in others:
                gap = _SPACE.match(text, end)
                end = gap.end() + len(other) if gap and text.startswith(other, gap.end()) else -1
                if end < 0:
                    break
            if end >= 0 and before.match(text, at) and after.match(text, end):
                yield at, end
            at = text.find(first, at + 1)


def _expressly(expression: re.Pattern[str], text: str, begin: int) -> Iterator[tuple[int, int]]:
    match = expression.search(text, begin)
    while match:
        yield match.span()
        match = expression.search(text, match.start() + 1)
