"""Languages: tags, names, direction, dates, numbers and plural rules."""

from ankl_i18n.languages.language import PSEUDO, Language, UnknownLanguageError, language
from ankl_i18n.languages.records import Direction
from ankl_i18n.languages.tags import aliases, canonical_id, parents

__all__ = [
    "PSEUDO",
    "Direction",
    "Language",
    "UnknownLanguageError",
    "aliases",
    "canonical_id",
    "language",
    "parents",
]
