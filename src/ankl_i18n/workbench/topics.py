"""What checks are about, in few words that translators read in their own language.

The words themselves are in `static/names.js`.
"""

from __future__ import annotations

from typing import Final

_KINDS: Final = {
    "numbers": (
        "numbers number-format number-ambiguous number-words number-added small-number-added "
        "number-order spelled-numbers spelled-amounts spelled-scales"
    ),
    "signs": "minus comparisons comparison-words bounds bounds-lost spelled-bounds ranges "
    "range-direction",
    "units": "units units-changed ages",
    "times": "dates days clock time-order frequency",
    "meaning": "urgency opposites negation negation-moved negation-added conditions",
    "names": "names short-names acronyms abbreviation-unused",
    "links": "phones addresses links localized-links link-texts",
    "codes": (
        "placeholders images outside-pictures script-addresses code new-code emphasis "
        "new-emphasis tags lost-tags footnotes vanished marks block-start msgcat-marks"
    ),
    "letters": "controls invisible mixed-script wrong-script kashida arabic-letters",
    "whole": (
        "untranslated untranslated-name old-sentence glued-sentences sentences sentence-dropped "
        "part-dropped length too-long cut-off blank double-words other-language"
    ),
    "punctuation": "whitespace newlines double-spaces end-punctuation brackets quotes "
    "french-spacing",
    "terms": "consistency glossary glossary-strict glossary-forbidden glossary-mixed",
    "file": "header plural-forms plural-rule plural-count fuzzy-flag ignore",
}
# What each check is about, by its kind.
TOPICS: Final = {kind: topic for topic, kinds in _KINDS.items() for kind in kinds.split()}
# What the problem of a file that cannot be read is about, and of any other.
OTHER: Final = "file"


def topic(kind: str) -> str:
    """Return what a check is about."""
    return TOPICS.get(kind, OTHER)
