"""Figures of coverage, without anything that is needed to find them: reports load fast."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of something are translated, fuzzy and untranslated."""

    translated: int = 0
    fuzzy: int = 0
    untranslated: int = 0

    @property
    def total(self) -> int:
        """All of them together."""
        return self.translated + self.fuzzy + self.untranslated

    @property
    def ratio(self) -> Fraction:
        """The translated part, exactly, from 0 to 1; of nothing, everything is translated."""
        return Fraction(self.translated, self.total) if self.total else Fraction(1)

    @property
    def percent(self) -> int:
        """The translated part as people read it, a whole number from 0 to 100.

        It is rounded down, so 100 means all; it is 0 only when nothing is translated.
        """
        return max(int(self.ratio * 100), 1 if self.translated else 0)

    def __add__(self, other: Tally) -> Tally:
        """Return the sum of two tallies."""
        return Tally(
            self.translated + other.translated,
            self.fuzzy + other.fuzzy,
            self.untranslated + other.untranslated,
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """The same text counted twice: by message and by word of the msgid."""

    messages: Tally = Tally()
    words: Tally = Tally()

    @property
    def complete(self) -> bool:
        """Tell whether every message is translated."""
        return self.messages.translated == self.messages.total

    def __add__(self, other: Counts) -> Counts:
        """Return the sum of two counts."""
        return Counts(self.messages + other.messages, self.words + other.words)


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """How far one section of a leaflet is.

    `id` and `title` are the heading's, both empty for the text above the first heading and
    outside the body; `title` has no Markdown marks. `required` sections must be complete
    before the language is published.
    """

    id: str
    title: str
    required: bool
    counts: Counts


@dataclass(frozen=True, slots=True)
class LeafletCoverage:
    """How far one domain is in one language (`tag`, BCP 47).

    `sections` are in the order of the leaflet, empty for interface strings; a message that stands
    in two sections counts in both, and once in `counts`.
    """

    domain: str
    tag: str
    counts: Counts
    sections: tuple[SectionCoverage, ...] = ()

    @property
    def missing_required(self) -> tuple[SectionCoverage, ...]:
        """The required sections that are not complete."""
        return tuple(s for s in self.sections if s.required and not s.counts.complete)

    @property
    def required_complete(self) -> bool:
        """Tell whether every required section is complete."""
        return not self.missing_required


def total(coverages: Iterable[LeafletCoverage]) -> Counts:
    """Return the counts of several domains together."""
    return sum((coverage.counts for coverage in coverages), Counts())


def publishable(coverage: LeafletCoverage, threshold: float) -> list[str]:
    """Return the reasons why a leaflet cannot be published in a language; none: publish it.

    `threshold` is the percentage of words that must be translated (0 to 100), compared exactly.
    """
    words = coverage.counts.words
    few = f"{words.percent}% of the words translated, {threshold:g}% needed"
    # Through its text, so that 99.9 means 999 of 1000 and not the nearest binary fraction.
    reasons = [few] if words.ratio * 100 < Fraction(str(threshold)) else []
    return reasons + [
        f"required section not complete: {section.title}" for section in coverage.missing_required
    ]
