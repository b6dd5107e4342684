"""A day as pages write it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Date:
    """A day: ISO 8601 for machines, words for readers."""

    iso: str
    text: str
