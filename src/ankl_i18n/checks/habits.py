"""Beside which English words, other than "not", the translations of a catalog say "not".

"Too old to walk" may be "so old that they cannot walk", and "rarely" may be "not often": whether
it is so in a language, its catalog's other messages tell. A message tells nothing about itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from ankl_i18n.checks.negation_words import Habit

# Messages with a word from which it is told that nothing is denied beside it; more are not read.
ENOUGH: Final = 6
MOST: Final = 24
# Words that begin so are one: restrict, restrictions.
STEM: Final = 6
# What is often: twice, and in so great a share of them.
AGAIN: Final = 2
SHARE: Final = 0.15
# What is as good as never: other words of those messages may be the reason.
SELDOM: Final = 0.1


@lru_cache(maxsize=4)
def _index(
    sources: tuple[str, ...], words: Callable[[str], Iterable[str]]
) -> Mapping[str, Sequence[int]]:
    """Return in which sources each word stands; catalogs of one project have the same ones."""
    places: dict[str, list[int]] = {}
    for i, source in enumerate(sources):
        for word in {word[:STEM] for word in words(source)}:
            places.setdefault(word, []).append(i)
    return places


class Habits:
    """What the translations of a catalog do where their sources deny nothing in so many words.

    `words` returns the words of a source that may tell something, `denies` whether a translation
    denies anything.
    """

    def __init__(
        self,
        sources: tuple[str, ...],
        translations: Sequence[str],
        words: Callable[[str], Iterable[str]],
        denies: Callable[[str], bool],
    ) -> None:
        self._sources, self._translations = sources, translations
        self._words, self._denies = words, denies
        self._known: dict[int, bool] = {}

    def of(self, word: str, msgid: str) -> Habit:
        """Return how often translations deny in the other messages with a word."""
        denying, others = self._count(word, msgid)
        if others >= ENOUGH and denying <= SELDOM * others:
            return Habit.NEVER
        return Habit.OFTEN if denying >= AGAIN and denying >= SHARE * others else Habit.UNKNOWN

    def _count(self, word: str, msgid: str) -> tuple[int, int]:
        """Return how many translations of a word's other messages deny, and of how many."""
        known = _index(self._sources, self._words).get(word[:STEM], ())
        places = [i for i in known if self._sources[i] != msgid][:MOST]
        return sum(self._at(i) for i in places), len(places)

    def _at(self, i: int) -> bool:
        if i not in self._known:
            self._known[i] = self._denies(self._translations[i])
        return self._known[i]
