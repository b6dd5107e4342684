"""How the translations of a catalog say "or" and "if", and what a missing one tells.

Some translators write a comma or "and" for "or", or turn clauses with "if" into others. What those
of a catalog do, its other messages tell: how often the word is missing, and how many words and
signs that join parts there are, against the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import Final, NamedTuple

_WORDS: Final = {"or": re.compile(r"\bor\b", re.I), "if": re.compile(r"\b(?:if|unless)\b", re.I)}
# What languages say without an "or", and an "if", of their own.
IDIOMS: Final = {
    "or": re.compile(
        r"\b(?:and/or|presence or absence|with or without|(?:to or|or to and) from"
        r"|either\b[^.;]*?\bor|or,? in other words"
        r"|or (?:two|so|not|no|less|more|unknown|otherwise|else|of little|almost|nearly)"
        r"|or (?:about|around|nearly|almost|approximately|roughly|some|over|just over) \d+"
        r"|(?:minute|hour|day|week|month|year)s or (?:hour|day|week|month|year|decade)s)\b"
    ),
    "if": re.compile(r"\bif (?:possible|necessary|needed|any|so|not)\b"),
}
# Messages that are looked at, and what is believed before the first of them: one in thirty lacks
# the word, one in four has more words for "and".
_MOST: Final = 120
_BEFORE, _BEFORE_ALL = 1, 30
_JOINED, _JOINED_ALL = 2, 8
# What is shorter than this, against the usual length, may itself have lost the part.
_WHOLE: Final = 0.9
# How often a word is lacking in the catalogs that the weights were found with.
_USUAL: Final = 0.03
# How many of eight messages have so many more joints than their source, in most languages, as is
# believed before the first of them; and how much of a message with one more or less counts.
_MORE: Final = {-1: 1.0, 0: 4.0, 1: 1.5, 2: 0.5}
_NEAR, _FEW = 0.15, 0.3


class Joint(NamedTuple):
    """What joins the parts of two texts.

    `here` and `source` tell how often the translation and the source have the word; `joined` that
    the translation has more words for "and", and `more` how many more joints it has: such words,
    commas and the like.
    """

    here: int
    source: int
    joined: bool
    more: int
    lacks: bool


class Joints:
    """How a catalog joins parts.

    `texts` are the sources and their translations, `usual` is how many times as long as the
    former the latter are, as a rule, and `compare` tells of a word, a source and its translation
    what joins their parts.
    """

    def __init__(
        self,
        texts: Iterable[tuple[str, str]],
        usual: float,
        compare: Callable[[str, str, str], Joint],
    ) -> None:
        self._texts, self._usual, self._compare = texts, usual, compare
        self._known: dict[str, Mapping[str, tuple[Joint, bool]]] = {}

    def missing(self, word: str, msgid: str, *, joined: bool) -> float:
        """Return the odds that a part is missing where a word is, and not only translated
        otherwise, by how often that happens in other messages: a logarithm.
        """
        others = self._others(word, msgid)
        lacks = sum(one.lacks and whole and one.joined == joined for one, whole in others)
        kept = [one.joined for one, _ in others if not one.lacks]
        before = _JOINED if joined else _JOINED_ALL - _JOINED
        share = (kept.count(joined) + before) / (len(kept) + _JOINED_ALL)
        return log(_USUAL * share / ((lacks + _BEFORE) / (len(others) + _BEFORE_ALL)))

    def fewer(self, word: str, msgid: str, more: int) -> float:
        """Return the odds that one joint is missing, by how many more there are as a rule."""
        usual = [one.more for one, _ in self._others(word, msgid) if not one.lacks]

        def often(number: int) -> float:
            near = usual.count(number - 1) + usual.count(number + 1)
            return usual.count(number) + _NEAR * near + _MORE.get(number, 0.0) + _FEW

        return log(often(more + 1) / often(more))

    def _others(self, word: str, msgid: str) -> Sequence[tuple[Joint, bool]]:
        """Return what joins the parts of other messages, and whether they seem to be whole."""
        if word not in self._known:
            having = [(one, other) for one, other in self._texts if _may_tell(word, one)]
            step = max(1, len(having) // _MOST)
            self._known[word] = {
                one: (
                    self._compare(word, one, other),
                    len(other) >= _WHOLE * self._usual * len(one),
                )
                for one, other in having[::step]
            }
        return [known for source, known in self._known[word].items() if source != msgid]


@lru_cache(maxsize=16384)
def _may_tell(word: str, text: str) -> bool:
    """Tell whether an English text has a word, and an "if" that is no part of an idiom."""
    number = len(_WORDS[word].findall(text))
    return number > (len(IDIOMS["if"].findall(text.lower())) if word == "if" else 0)
