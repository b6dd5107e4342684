"""Languages: tags, names, direction, dates, numbers and plural rules."""

from ankl_i18n.languages.language import (
    PSEUDO,
    Direction,
    Language,
    aliases,
    canonical_id,
    language,
)

__all__ = ["PSEUDO", "Direction", "Language", "aliases", "canonical_id", "language"]
