"""How often the translations of a catalog lack words such as "or" and "if".

Some translators write a comma or "and" for "or", or turn clauses with "if" into others. What those
of a catalog do, its other messages tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_WORDS: Final = {"or": re.compile(r"\bor\b", re.I), "if": re.compile(r"\b(?:if|unless)\b", re.I)}
# Messages that are looked at, and what is believed before the first of them: one in thirty.
_MOST: Final = 120
_BEFORE, _BEFORE_ALL = 1, 30


class Lack(NamedTuple):
    """How often both texts have a word, and whether the translation has more words for "and"."""

    here: int
    source: int
    joined: bool


class Joints:
    """How often translations lack a word that their sources have.

    `texts` are the sources and their translations, `lack` tells of a word, a source and its
    translation what the translation lacks.
    """

    def __init__(
        self, texts: Iterable[tuple[str, str]], lack: Callable[[str, str, str], Lack | None]
    ) -> None:
        self._texts, self._lack = texts, lack
        self._known: dict[str, Mapping[str, Lack | None]] = {}

    def rate(self, word: str, msgid: str, *, joined: bool) -> float:
        """Return in which share of the messages other than one a word is lacking.

        `joined` tells that the translation has more words for "and", or has not.
        """
        lacks = [one for source, one in self._of(word).items() if source != msgid]
        number = sum(one is not None and one.joined == joined for one in lacks)
        return (number + _BEFORE) / (len(lacks) + _BEFORE_ALL)

    def _of(self, word: str) -> Mapping[str, Lack | None]:
        if word not in self._known:
            having = [(one, other) for one, other in self._texts if _WORDS[word].search(one)]
            step = max(1, len(having) // _MOST)
            self._known[word] = {one: self._lack(word, one, other) for one, other in having[::step]}
        return self._known[word]
