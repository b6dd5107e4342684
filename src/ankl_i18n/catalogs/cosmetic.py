"""Whether an English text changed in nothing that its translation says.

When in doubt it did: then a translator looks. Numbers, units, signs, negations, markup and
question marks have to be as they were; so have the ends of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from rapidfuzz.distance import OSA

# One sign for all that look alike: quotation marks, apostrophes, dashes, dots.
ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ´", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑–—", "-"),
        "…": "...",
    }
)
_LETTERS: Final = r"[^\W\d_]+"
# A word, or a run of anything but space that contains what is neither letter nor punctuation: a
# number, a sign, markup. Punctuation after it is no part of it, except for question marks.
TOKEN: Final = re.compile(
    rf"(?P<hard>[^\s\"]*(?:[^\s\w.,;:!'\"-]|[\d_])(?:[^\s]*[^\s.,;:!'\"-])?)"
    rf"|(?P<word>{_LETTERS}(?:'{_LETTERS})*)"
)
SENTENCE_END: Final = re.compile(r"[.;:!]")
NEGATIONS: Final = frozenset(
    (
        *("no", "not", "nor", "never", "none", "nothing", "nobody", "neither", "cannot", "without"),
        *("unless", "except", "only", "avoid", "stop"),
        *("don't", "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "won't", "can't"),
        *("couldn't", "shouldn't", "mustn't", "wouldn't", "needn't"),
        *("hasn't", "haven't", "hadn't"),
    )
)
# A dash before a number may be a minus sign, so it counts.
MINUS: Final = re.compile(r"-\s*\Z")
# Shorter words are too many units and abbreviations: Mg and mg, US and us, IT and it.
MANY_LETTERS: Final = 4
MISSPELT: Final = 5
# Words that one letter more, or two letters exchanged, make out of one another.
LOOK_ALIKES: Final = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        *("angel/angle", "barred/bared", "breadth/breath", "breath/breathe", "carton/cartoon"),
        *("casual/causal", "chose/choose", "coastal/costal", "county/country", "dairy/diary"),
        *("desert/dessert", "diner/dinner", "forth/fourth", "later/latter", "marital/martial"),
        *("medial/medical", "mucous/mucus", "planed/planned", "prostate/prostrate", "quiet/quite"),
        *("sacred/scared", "staring/starting", "stationary/stationery", "thorough/through"),
        *("though/thought", "though/tough", "trail/trial", "united/untied"),
    )
)


def is_cosmetic(old: str, new: str, vocabulary: Collection[str] = ()) -> bool:
    """Tell whether the difference of two texts is one of looks alone.

    Looks are spaces and line breaks, the style of quotation marks, dashes and apostrophes,
    commas, the punctuation at the end, a capital at the beginning of the text or of a longer
    word, and one misspelt word: a letter too few or too many, or two exchanged, not at its
    ends. `vocabulary` is the words that the new texts use, in small letters: what is there was
    no mistake.
    """
    before, after = list(_tokens(old)), list(_tokens(new))
    if len(before) != len(after):
        return False
    mistakes = 0
    number_before = False
    for place, ((gap, word), (new_gap, new_word)) in enumerate(zip(before, after, strict=True)):
        if gap != new_gap:
            return False
        if word != new_word and not _same_but_capital(
            word, new_word, first=place == 0 < len(before) - 1
        ):
            mistakes += 1
            known = word.lower() in vocabulary
            if known or mistakes > 1 or number_before or not _same_but_mistake(word, new_word):
                return False
        number_before = any(map(str.isdigit, word))
    return True


def words(text: str) -> Iterator[str]:
    """Yield the words of a text in small letters."""
    for match in TOKEN.finditer(text.translate(ALIKE)):
        if match["word"]:
            yield match["word"].lower()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word, number or sign with what counts of the punctuation before it."""
    text = text.translate(ALIKE)
    end, negated = 0, False
    for match in TOKEN.finditer(text):
        gap = text[end : match.start()]
        negates = (match["word"] or "").lower() in NEGATIONS
        if negates or negated:
            counts = "".join(gap.split())
        else:
            counts = "." if end and SENTENCE_END.search(gap) else ""
        if match["hard"] and MINUS.search(gap):
            counts += "-"
        yield counts, match[0]
        end, negated = match.end(), negates


def _same_but_capital(old: str, new: str, *, first: bool) -> bool:
    long = len(old) >= MANY_LETTERS and old.isalpha()
    return (first or long) and old[1:] == new[1:] and old[0].lower() == new[0].lower()


def _same_but_mistake(old: str, new: str) -> bool:
    shorter = min(len(old), len(new))
    return (
        shorter >= MISSPELT
        and old.isalpha()
        and new.isalpha()
        and not {old, new} & NEGATIONS
        and old[0] == new[0]
        and old[-1] == new[-1]
        and (len(old) != len(new) or sorted(old) == sorted(new))
        and OSA.distance(old, new) == 1
        and frozenset({old.lower(), new.lower()}) not in LOOK_ALIKES
    )
