"""Beside which English words, other than "not", the translations of a catalog say "not".

"Too old to walk" may be "so old that they cannot walk", and "rarely" may be "not often": whether
it is so in a language, its catalog's other messages tell. A message tells nothing about itself.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from typing import Final

# So many messages with a word are read at most, and what is known of it besides counts as so many.
MOST: Final = 24
USUAL: Final = 8
# Words that begin so are one: restrict, restrictions.
STEM: Final = 6

Words = Callable[[str], Sequence[tuple[str, float]]]


@lru_cache(maxsize=4)
def _index(sources: tuple[str, ...], words: Words) -> Mapping[str, Sequence[tuple[int, float]]]:
    """Return in which sources each word stands, and its share in what all words there tell.

    Catalogs of one project have the same sources.
    """
    places: dict[str, list[tuple[int, float]]] = {}
    for i, source in enumerate(sources):
        found = words(source)
        whole = sum(often for _, often in found)
        shares: dict[str, float] = {}
        for word, often in found:
            shares[word[:STEM]] = shares.get(word[:STEM], 0.0) + often / whole
        for word, share in shares.items():
            places.setdefault(word, []).append((i, share))
    return places


class Habits:
    """What the translations of a catalog do where their sources deny, or deny nothing.

    `words` returns the words of a source that denies nothing which may tell something, and how
    often a translation denies beside each of them as a rule; `without` tells whether a source that
    denies once does so with a "without"; `denying` finds the words with which a translation denies.
    """

    def __init__(
        self,
        sources: tuple[str, ...],
        translations: Sequence[str],
        words: Words,
        without: Callable[[str], bool | None],
        denying: Callable[[str], Set[str]],
    ) -> None:
        self._sources, self._translations = sources, translations
        self._words, self._without, self._denying = words, without, denying
        self._known: dict[int, Set[str]] = {}
        self._stems: dict[str, Sequence[tuple[str, float]]] = {}

    def chance(self, word: str, msgid: str, usual: float) -> float:
        """Return how often translations deny in the other messages with a word, 0 to 1.

        `usual` is how often they do as a rule. Of several words of a message that denies, each has
        its share in it.
        """
        others = [share for source, share in self._told(word[:STEM]) if source != msgid][:MOST]
        return (sum(others) + USUAL * usual) / (len(others) + USUAL)

    def _told(self, stem: str) -> Sequence[tuple[str, float]]:
        """Return the first sources with a word, and its share in what is denied beside it."""
        if stem not in self._stems:
            known = self._where.get(stem, ())[: MOST + self._most_alike]
            self._stems[stem] = [
                (self._sources[i], share if self._at(i) else 0.0) for i, share in known
            ]
        return self._stems[stem]

    def with_without(self, form: str, msgid: str) -> float:
        """Return how much a word that denies belongs to a "without" and not to a "not".

        Only other messages that deny once tell: the logarithm of how much more often the word
        stands in those with a "without"; 0 where nothing tells.
        """
        forms, messages = self._once
        found, every = [one[form] for one in forms], list(messages)
        kind = self._without(msgid)
        if kind is not None:  # a message tells nothing about itself
            own = self._places.get(msgid, ())
            found[kind] -= sum(form in self._at(i) for i in own)
            every[kind] -= len(own)
        usual = (sum(found) + 1) / (sum(every) + 4)
        with_not, without = [
            (one + 2 * usual) / (of + 2) for one, of in zip(found, every, strict=True)
        ]
        return math.log(without / with_not)

    @cached_property
    def _where(self) -> Mapping[str, Sequence[tuple[int, float]]]:
        return _index(self._sources, self._words)

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        """The messages of each source."""
        places: dict[str, list[int]] = {}
        for i, source in enumerate(self._sources):
            places.setdefault(source, []).append(i)
        return places

    @cached_property
    def _most_alike(self) -> int:
        """How many messages have the same source, at most."""
        return max(map(len, self._places.values()), default=1)

    @cached_property
    def _once(self) -> tuple[Sequence[Counter[str]], Sequence[int]]:
        """How often each word that denies stands in messages that deny once, and how many these
        are: first those with a "not", then those with a "without".
        """
        forms, messages = (Counter[str](), Counter[str]()), [0, 0]
        for i, source in enumerate(self._sources):
            kind = self._without(source)
            if kind is not None:
                forms[kind].update(self._at(i))
                messages[kind] += 1
        return forms, messages

    def _at(self, i: int) -> Set[str]:
        if i not in self._known:
            self._known[i] = self._denying(self._translations[i])
        return self._known[i]
