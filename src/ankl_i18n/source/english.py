"""English text as its readers meet it: sentences, words, syllables and the school grade."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from typing import Final

import pyphen

# A full stop of these ends no sentence.
_NOT_AN_END: Final = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|Dr|Mr|Mrs|Ms|St|No|Figs?|[Aa]pprox|[A-Z]|(?:[A-Za-z]\.)+[A-Za-z])"
    r"\.(?=\s+\S)"
)
_END: Final = re.compile(r"(?<=[.!?…])([\"'”’)\]]*)\s+")
WORD: Final = re.compile(r"[^\W_]+(?:['’.,/-][^\W_]+)*")
_LETTERS: Final = re.compile(r"[a-z]+")
# A group of vowels; the e of "made", "makes", "named" and "likely" is silent, not that of "table".
_VOWELS: Final = re.compile(r"[aeiouy]+")
_SILENT: Final = re.compile(
    r"(?:(?<![aeiouyl])|(?<=[aeiouy]l))e(?=$|ly$|less$|ful$|ness$|thing$|where$|body$|time$)"
    r"|(?<=[gvrszck])e(?=ment$)|(?<![aeioustzcg])e[sd]$|(?<=l)es$"
)
_OWNER: Final = re.compile(r"['’](?:s|t|d|m|ll|re|ve)\b")
_MASK: Final = "\ufffe"
# Syllables that a word with an explanation counts as.
_MOST: Final = 2
# Flesch-Kincaid (Kincaid, Fishburne, Rogers and Chissom, Naval Technical Training Command,
# Research Branch Report 8-75, 1975).
_PER_WORDS: Final = 0.39
_PER_SYLLABLES: Final = 11.8
_LESS: Final = 15.59


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text as readers see it; what has no full stop is one, too."""
    masked = _NOT_AN_END.sub(lambda match: match[0][:-1] + _MASK, text)
    parts = (part.replace(_MASK, ".").strip() for part in _END.sub(r"\1\n", masked).split("\n"))
    return tuple(part for part in parts if WORD.search(part))


def words(text: str) -> list[str]:
    """Return the words of a text: "NK-cell", "don't", "38" and "100.4" are one each."""
    return WORD.findall(text)


@cache
def syllables(word: str) -> int:
    """Return the syllables of a word: those of Pyphen or its groups of vowels, if these are more.

    Where Pyphen would break a word is not all of its syllables; a figure counts as one.
    """
    bare = _OWNER.sub("", word.lower())
    return sum(_syllables(part) for part in _LETTERS.findall(bare)) or 1


def _syllables(part: str) -> int:
    vowels = len(_VOWELS.findall(_SILENT.sub("", part)))
    return max(vowels, len(_hyphens().positions(part)) + 1)


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


def grade(texts: Collection[str], explained: Collection[str] = ()) -> float:
    """Return the Flesch-Kincaid grade of some sentences, in years at a school of the USA.

    Words that are `explained` (in small letters, without the plural's s) count as two syllables
    at most. Without a word the grade is 0.
    """
    all_words = [word for text in texts for word in words(text)]
    if not all_words:
        return 0.0
    syllables_in_all = sum(_counted(word, explained) for word in all_words)
    return (
        _PER_WORDS * len(all_words) / len(texts)
        + _PER_SYLLABLES * syllables_in_all / len(all_words)
        - _LESS
    )


def _counted(word: str, explained: Collection[str]) -> int:
    count = syllables(word)
    return _MOST if count > _MOST and singular(word) in explained else count


def singular(word: str) -> str:
    """Return a word in small letters and without the s of a plural or of an owner."""
    small = word.lower().replace("’", "'").removesuffix("'s")
    if small.endswith("ies") and len(small) > len("series"):
        return f"{small[:-3]}y"
    return small[:-1] if small.endswith("s") and not small.endswith(("ss", "is", "us")) else small
