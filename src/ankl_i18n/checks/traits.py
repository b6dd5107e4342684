"""What a message and its translation have that a check could be about.

Most translations have nothing that most checks look for, and that is soon seen. A trait is a
bit; a check runs only where a pair has the trait that `table` names for it. Traits may be there
in vain, but wherever a check would find something, its trait is there: tests compare.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Final

from ankl_i18n.checks.addresses import phone_numbers
from ankl_i18n.checks.amount_compare import HAS_NUMBER
from ankl_i18n.checks.bound_words import bound_words
from ankl_i18n.checks.conditions import may_change
from ankl_i18n.checks.leftovers import may_be_leftover
from ankl_i18n.checks.meanings import touched
from ankl_i18n.checks.negation import denials, denied
from ankl_i18n.checks.negation_words import ENGLISH_AVOID, ENGLISH_UNLESS
from ankl_i18n.checks.prose import DOUBLE, LONG, acronyms_of, sentence_count
from ankl_i18n.checks.punctuation import (
    begins_with_space,
    breaks_differ,
    end_sign,
    ends_with_space,
    french_sign,
    has_partners,
)
from ankl_i18n.checks.records import base, small
from ankl_i18n.checks.scripts import MIXED, script_letters, signs
from ankl_i18n.checks.spelled import number_words, scale_words
from ankl_i18n.checks.spelled_amounts import has_amounts
from ankl_i18n.checks.structure import BLOCK_START, MARKS, MAX_DEPTH, edge_count
from ankl_i18n.checks.wholeness import HAS_PARTS, LONG_ENOUGH
from ankl_i18n.checks.wholeness import SHORT as SHORTEST
from ankl_i18n.languages import Language
from ankl_i18n.source.texts import Text, ascii_digits, names_in, read

FLAGS: Final = 1 << 0  # the message has flags, or a text has a brace
AMOUNTS: Final = 1 << 1  # numbers
MEANINGS: Final = 1 << 3  # the source says what must not become its opposite
LINK_TEXTS: Final = 1 << 6  # the source has links
SHORT: Final = 1 << 5  # not much longer than translations are, as a rule
WORDS: Final = 1 << 4  # the source has a number, or a bound, in words
NAMES: Final = 1 << 2  # a name with a number is gone
PHONES: Final = 1 << 7  # the source has a telephone number
ADDRESSES: Final = 1 << 8  # other addresses are written out
LINKS: Final = 1 << 9  # other links, or one without text
IMAGES: Final = 1 << 10  # other images
CODE: Final = 1 << 11  # other code
EMPHASIS: Final = 1 << 12  # another number of emphases
TAGS: Final = 1 << 13  # other tags
FOOTNOTES: Final = 1 << 14  # other footnote marks
HIDDEN: Final = 1 << 15  # nothing is shown, or marks are nested too deeply
VISIBLE_MARKS: Final = 1 << 16  # marks are shown
BLOCK: Final = 1 << 17  # the translation begins like a block
DENIAL: Final = 1 << 18  # the source or the translation denies
CONDITIONS: Final = 1 << 19  # the source has a condition that could be changed
SIGNS: Final = 1 << 20  # signs that nobody sees, or of other scripts
MIXED_WORDS: Final = 1 << 21  # words of letters of two alphabets
SCRIPT: Final = 1 << 22  # no letter of the language's script
COPY: Final = 1 << 23  # the translation is the source
OUTER_SPACE: Final = 1 << 24  # space at the ends
LINE_BREAKS: Final = 1 << 25  # line breaks
SPACES: Final = 1 << 26  # two spaces in a row
LAST_SIGN: Final = 1 << 27  # another sign at the end
PARTNERS: Final = 1 << 28  # brackets or quotation marks without partners
SENTENCES: Final = 1 << 29  # more or fewer sentences
SIZE: Final = 1 << 30  # very long or very short
ACRONYMS: Final = 1 << 31  # an abbreviation is gone
DOUBLES: Final = 1 << 32  # the same word twice in a row
FRENCH: Final = 1 << 33  # a sign without the space before it
LEFTOVER: Final = 1 << 40  # nearly the same twice, or sentences without a space between

# Without any of these, a text is all shown, and it is all prose.
_TOUCHED: Final = re.compile(r"[\\`*_\[\]<&^\n@{%/]")
_LATIN: Final = re.compile("[A-Za-z]")
_NOTHING: Final = Text("", "", "")
_KEPT: Final = 16_384


@dataclass(frozen=True, slots=True)
class _Source:
    """A msgid, and what of its traits is the same whatever language it is translated into.

    `always` are the traits that need no look at the translation; `has_objects` tells that there
    are links, code and the like. The other fields are what translations are compared with.
    """

    text: Text
    always: int
    has_objects: bool
    has_number: bool
    names: tuple[str, ...]
    acronyms: tuple[str, ...]
    denies: bool
    parts: bool
    edges: int
    end: str
    sentences: int
    size: int


def _source(language: Language, msgid: str, markup: bool) -> _Source:
    text = read(msgid, markup)
    prose = text.prose
    has_number = bool(HAS_NUMBER.search(prose))
    always = PHONES if has_number and phone_numbers(ascii_digits(prose)) else 0
    lowered = text.shown.lower()
    in_words = (
        number_words(lowered, language)
        or scale_words(lowered, language)
        or has_amounts(lowered, language)
    )
    always |= WORDS if in_words or bound_words(lowered, language) else 0
    always |= LINK_TEXTS if text.links else 0
    always |= MEANINGS if touched(lowered, language) else 0
    english = base(language) == "en"
    always |= CONDITIONS if english and may_change(lowered) else 0
    return _Source(
        text,
        always,
        _has_objects(text),
        has_number,
        tuple(names_in(prose)),
        tuple(acronyms_of(text)),
        english
        and bool(denied(prose).word or ENGLISH_AVOID.search(prose) or ENGLISH_UNLESS.search(prose)),
        english and bool(HAS_PARTS.search(lowered)),
        edge_count(text),
        end_sign(prose),
        sentence_count(prose),
        len(text.shown),
    )


def _has_objects(text: Text) -> bool:
    return bool(
        text.codes or text.links or text.images or text.tags or text.footnotes
        or text.addresses or text.emphases or text.strongs
    )  # fmt: skip


@cache
def _sources(language: Language) -> Callable[[str, bool], _Source]:
    """Return a function to the sources in a language; those of all catalogs are the same."""
    return lru_cache(_KEPT)(partial(_source, language))


class Traits:
    """Finds the traits of pairs of texts in two languages."""

    def __init__(self, language: Language, source: Language, usual_length: float = 0.0) -> None:
        data, self._language = language.data, language
        self._usual = usual_length
        self._sources = _sources(source)
        self._signs = signs(language).search
        # A script in which Latin letters in a word are looked for word by word.
        self._mixes = not signs(language).search("аα")
        self._script = script_letters(language)
        self._denials = denials(language)
        self._ends = data.writing.ends != "unmarked"
        self._doubles = not data.writing.repeats
        self._french = french_sign(language)
        self._low, self._high = data.writing.length

    def find(self, msgid: str, msgstr: str, *, markup: bool) -> int:
        """Return the traits of a msgid and one form of its translation, which is not empty."""
        source = self._sources(msgid, markup)
        traits = source.always
        shown = prose = msgstr
        if _TOUCHED.search(msgstr) or "www." in msgstr:
            after = read(msgstr, markup)
            shown, prose = after.shown, after.prose
            traits |= _objects(source.text, after) | _marks(source, after)
        elif source.has_objects:
            traits |= _objects(source.text, _NOTHING)
        if source.has_number or HAS_NUMBER.search(prose):
            traits |= AMOUNTS | NAMES
        if source.names or source.acronyms:
            traits |= _words(source, shown)
        return (
            traits
            | self._signs_and_scripts(msgid, msgstr, shown, prose, markup=markup)
            | self._denial(source, prose)
            | self._style(source, shown, prose)
            | (SPACES if markup and "  " in prose else 0)
            | _ends(msgid, msgstr)
            | (FLAGS if "{" in msgid or "{" in msgstr else 0)
        )

    def _signs_and_scripts(
        self, msgid: str, msgstr: str, shown: str, prose: str, *, markup: bool
    ) -> int:
        traits = SIGNS if self._signs(msgstr) else 0
        if self._mixes and _LATIN.search(prose) and MIXED.search(prose):
            traits |= MIXED_WORDS
        if markup and msgid == msgstr:
            return traits | COPY
        return traits | (SCRIPT if markup and self._no_script(shown) else 0)

    def _no_script(self, shown: str) -> bool:
        return bool(self._script and not self._script.search(shown))

    def _denial(self, source: _Source, prose: str) -> int:
        words = self._denials
        found = source.denies or (words and words.surely.search(small(prose, self._language)))
        return DENIAL if words and found else 0

    def _style(self, source: _Source, shown: str, prose: str) -> int:
        traits = 0 if has_partners(prose) else PARTNERS
        if not shown or shown.isspace():
            traits |= HIDDEN
        if may_be_leftover(shown, prose):
            traits |= LEFTOVER
        if self._ends and source.end != end_sign(prose):
            traits |= LAST_SIGN
        if self._ends and source.sentences > 1:
            traits |= SENTENCES if abs(source.sentences - sentence_count(prose)) > 1 else 0
        most = LONG_ENOUGH if source.parts else 1.0
        if source.size >= SHORTEST and len(shown) < most * self._usual * source.size:
            traits |= SHORT
        if source.size >= LONG and not self._low <= len(shown) / source.size <= self._high:
            traits |= SIZE
        if self._doubles and DOUBLE.search(prose):
            traits |= DOUBLES
        if self._french and self._french.search(prose):
            traits |= FRENCH
        return traits


def _objects(before: Text, after: Text) -> int:
    """Return what differs of links, code and the like."""
    return (
        (LINKS if before.links != after.links or after.hollow else 0)
        | (IMAGES if before.images != after.images else 0)
        | (CODE if before.codes != after.codes else 0)
        | (TAGS if before.tags or after.tags else 0)
        | (FOOTNOTES if before.footnotes != after.footnotes else 0)
        | (ADDRESSES if before.addresses != after.addresses else 0)
        | (EMPHASIS if before.emphases != after.emphases or before.strongs != after.strongs else 0)
    )


def _marks(source: _Source, after: Text) -> int:
    """Return whether marks are seen, or nested so deep that text may not be."""
    shown = after.shown
    traits = HIDDEN if after.depth >= MAX_DEPTH else 0
    if any(mark in shown and mark not in source.text.shown for mark in MARKS):
        traits |= VISIBLE_MARKS
    return traits | (VISIBLE_MARKS if edge_count(after) > source.edges else 0)


def _words(source: _Source, shown: str) -> int:
    """Return whether names with numbers, or abbreviations, are not there."""
    traits = 0
    if source.names:
        traits |= NAMES
    return traits | (0 if all(name in shown for name in source.acronyms) else ACRONYMS)


def _ends(msgid: str, msgstr: str) -> int:
    """Return what differs where the texts begin and end, and of line breaks."""
    traits = 0
    if begins_with_space(msgid) != begins_with_space(msgstr):
        traits |= OUTER_SPACE
    if ends_with_space(msgid) != ends_with_space(msgstr):
        traits |= OUTER_SPACE
    if ("\n" in msgid or "\n" in msgstr) and breaks_differ(msgid, msgstr):
        traits |= LINE_BREAKS
    if not msgstr[0].isalpha() and BLOCK_START.match(msgstr):
        traits |= BLOCK
    return traits
