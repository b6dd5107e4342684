"""What a change of a source text means for those who read its translations.

The old text is held against the new one by the checks of translations, source against source,
in both directions: what one of them lacks of an amount, a bound, a unit, a "not" or a time is a
change that can harm who does not get it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ankl_i18n.catalogs.cosmetic import is_cosmetic
from ankl_i18n.checks.back_translation import KINDS, compare
from ankl_i18n.languages import Language

# Kinds of the comparison that harm nobody: names, addresses on the web, length, placeholders.
HARMLESS: Final = frozenset(
    {"names", "addresses", "sentence-dropped", "part-dropped", "placeholders", "number-format"}
)
SAFETY: Final = KINDS - HARMLESS
REQUIRED: Final = "required-section"
MOVED: Final = "moved"
# What stands for a text that is not there: compared with it, each amount and each "not" is lost.
NOTHING: Final = "."


class Impact(StrEnum):
    """How much a change of a source text matters, the worst first."""

    SAFETY = "safety"
    MEANING = "meaning"
    COSMETIC = "cosmetic"


@dataclass(frozen=True, slots=True)
class Edit:
    """A source text before and after, "" where it is not there; `required` if its section is."""

    old: str
    new: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """How much a change matters, and why: kinds of checks, "required-section" or "moved"."""

    impact: Impact
    reasons: tuple[str, ...] = ()


def judged(
    edits: Sequence[Edit], source: Language, vocabulary: Collection[str] = ()
) -> list[Judgement]:
    """Return how much each change matters; `source` is the language of the texts.

    `vocabulary` is the words that the new texts use, in small letters: what is there was no
    mistake that somebody put right (see `catalogs.cosmetic`).
    """
    pairs = [(one.old or NOTHING, one.new or NOTHING) for one in edits]
    forth = compare(pairs, source)
    back = compare([(new, old) for old, new in pairs], source)
    judgements = []
    for edit, *problems in zip(edits, forth, back, strict=True):
        kinds = {one.kind for those in problems for one in those} & SAFETY
        judgements.append(_judgement(edit, tuple(sorted(kinds)), vocabulary))
    return judgements


def _judgement(edit: Edit, kinds: tuple[str, ...], vocabulary: Collection[str]) -> Judgement:
    if edit.old == edit.new:
        return Judgement(Impact.MEANING, (MOVED,))
    if edit.old and edit.new and is_cosmetic(edit.old, edit.new, vocabulary):
        return Judgement(Impact.COSMETIC)
    if edit.required:
        kinds = (*kinds, REQUIRED)
    return Judgement(Impact.SAFETY if kinds else Impact.MEANING, kinds)
