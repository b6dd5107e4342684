"""Beside which English words, other than "not", the translations of a catalog say "not".

"Too old to walk" may be "so old that they cannot walk", and "rarely" may be "not often": whether
it is so in a language, its catalog's other messages tell. A message tells nothing about itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
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
    """What the translations of a catalog do where their sources deny nothing in so many words.

    `words` returns the words of a source that may tell something, and how often a translation
    denies beside each of them as a rule; `denies` tells whether a translation denies anything.
    """

    def __init__(
        self,
        sources: tuple[str, ...],
        translations: Sequence[str],
        words: Words,
        denies: Callable[[str], bool],
    ) -> None:
        self._sources, self._translations = sources, translations
        self._words, self._denies = words, denies
        self._known: dict[int, bool] = {}

    def chance(self, word: str, msgid: str, usual: float) -> float:
        """Return how often translations deny in the other messages with a word, 0 to 1.

        `usual` is how often they do as a rule. Of several words of a message that denies, each has
        its share in it.
        """
        known = _index(self._sources, self._words).get(word[:STEM], ())
        others = [(i, share) for i, share in known if self._sources[i] != msgid][:MOST]
        denying = sum(share for i, share in others if self._at(i))
        return (denying + USUAL * usual) / (len(others) + USUAL)

    def _at(self, i: int) -> bool:
        if i not in self._known:
            self._known[i] = self._denies(self._translations[i])
        return self._known[i]
