"""Where English says not and denies nothing, or denies without a not: see negation_words.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

_WORDS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _found(written: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(written.replace("\n", ""), flags)


ENGLISH_IDIOMS: Final = _found(_WORDS["idioms"])
ENGLISH_NEGATIVE: Final = _found(_WORDS["negative"])
ENGLISH_BESIDES: Final = _found(_WORDS["besides"])
ENGLISH_STOPPING: Final = _found(_WORDS["stopping"])
ENGLISH_AVOID: Final = _found(_WORDS["any_case"]["avoid"], re.IGNORECASE)
ENGLISH_UNLESS: Final = _found(_WORDS["any_case"]["unless"], re.IGNORECASE)
ENGLISH_ADVICE: Final = _found(_WORDS["any_case"]["advice"], re.IGNORECASE)
ENGLISH_LIMIT: Final = _found(_WORDS["any_case"]["limit"], re.IGNORECASE)
ENGLISH_TURNING: Final = _found(_WORDS["turning"])
ENGLISH_SOFT: Final = _found(_WORDS["any_case"]["soft"], re.IGNORECASE)
ENGLISH_PREVENTING: Final = _found(_WORDS["preventing"])
ENGLISH_PHRASES: Final = _found(_WORDS["phrases"])
# What the names of what `ENGLISH_PHRASES` find begin with; their first words follow.
PHRASE: Final = "…"
_SELDOM: Final = 0.012
_CHANCES: Final = [(one["often"], _found(one["words"])) for one in _WORDS["chances"]]


def chance(word: str) -> float:
    """Return how often, 0 to 1, another language denies beside an English word that does not."""
    return next((often for often, words in _CHANCES if words.fullmatch(word)), _SELDOM)
