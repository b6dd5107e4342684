"""Numbers in words of an English text as digits: "two liters" is 2 liters.

Where both texts are English, one says with a word what the other has in digits.
"""

from __future__ import annotations

import re
from typing import Final

_ONES: Final = "one two three four five six seven eight nine"
_TEENS: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES: Final = {
    **{word: i for i, word in enumerate(_ONES.split(), 1)},
    **{word: i for i, word in enumerate(_TEENS.split(), 10)},
    **{word: 10 * i for i, word in enumerate(_TENS.split(), 2)},
}
# "One" by itself is mostly no number: "this one", "no one", "one of them".
_SMALL: Final = "|".join(_ONES.split()[1:] + _TEENS.split())
_WORDS: Final = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS.split())})(?:[- ](?P<ones>{'|'.join(_ONES.split())}))?"
    rf"|(?P<small>{_SMALL}))\b"
    r"(?![- ](?:hundred|thousand|million|billion|thirds?|fourths?|fifths?|\d))",
    re.IGNORECASE,
)


def in_digits(text: str) -> str:
    """Return a text with its numbers from two to ninety-nine in digits.

    Ordinals stay words, and so does a number before one in digits: two 500 mg tablets.
    """
    return _WORDS.sub(lambda match: str(_value(match)), text)


def _value(match: re.Match[str]) -> int:
    return sum(_VALUES[word.lower()] for word in match.groups() if word)
