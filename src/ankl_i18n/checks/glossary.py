"""The checks of terms: a translation calls things what the project's glossary calls them.

Languages inflect: a word counts as that of the glossary when its beginning does (Snowball's
stemmers are for a third of the languages here, and cut too much in medical words). Where words are
not separated by spaces, and where small words are glued to them, a term is looked for anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from ankl_i18n.catalogs.glossary import Entry as Term
from ankl_i18n.catalogs.glossary import within
from ankl_i18n.catalogs.po import Entry
from ankl_i18n.checks.records import Finding, Whole, once
from ankl_i18n.languages import Language
from ankl_i18n.source.texts import read

LOST: Final = "glossary"
STRICT: Final = "glossary-strict"
FORBIDDEN: Final = "glossary-forbidden"
MIXED: Final = "glossary-mixed"
# Articles at the beginning of a word, and endings that change into others.
ARTICLE: Final = re.compile(r"^(?:ال|וה|ה)(?=\w{3})|(?<=\w{3})[ةهیيى]$")
ETHIOPIC: Final = (0x1200, 0x137F)
# So much of a word must be the same at its beginning; endings are what changes.
SAME: Final = 0.6
LEAST: Final = 3
LONG: Final = 5
_WORD: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0900-\u0d7f]+\w*)*")
_MARKS: Final = re.compile("[\u064b-\u0652\u0640\u05b0-\u05c7\u200b-\u200f]")


def lost(whole: Whole, language: Language) -> Iterator[tuple[Entry, Finding]]:
    """A term of the glossary is not there."""
    return _of(LOST, whole, language)


def lost_strict(whole: Whole, language: Language) -> Iterator[tuple[Entry, Finding]]:
    """A term that the glossary calls strict is not there."""
    return _of(STRICT, whole, language)


def forbidden(whole: Whole, language: Language) -> Iterator[tuple[Entry, Finding]]:
    """A word is there that the glossary forbids."""
    return _of(FORBIDDEN, whole, language)


def mixed(whole: Whole, language: Language) -> Iterator[tuple[Entry, Finding]]:
    """A term is called by two words of the glossary in one catalog."""
    return _of(MIXED, whole, language)


def _of(kind: str, whole: Whole, language: Language) -> Iterator[tuple[Entry, Finding]]:
    return ((entry, finding) for entry, one, finding in _check(whole, language) if one == kind)


@once
def _check(whole: Whole, language: Language) -> list[tuple[Entry, str, Finding]]:
    """Return what is wrong with the terms of a catalog: message, kind, finding."""
    return list(_wrong(whole, language)) if whole.terms else []


def _wrong(whole: Whole, language: Language) -> Iterator[tuple[Entry, str, Finding]]:
    used: dict[str, dict[str, Entry]] = {}
    forbidding = [term for term in whole.terms if term.forbidden]
    for entry in whole.translated:
        source = read(entry.msgid).shown
        target = _folded(" ".join(read(form).shown for form in entry.forms))
        for term in forbidding:
            yield from _forbidden(entry, term, target, language)
        for term in within(source, whole.terms):
            if not term.forms:
                continue
            form = next((one for one in term.forms if _has(target, one, language)), None)
            if form is None:
                yield entry, STRICT if term.strict else LOST, _lost(term)
            else:
                used.setdefault(term.term, {}).setdefault(form, entry)
    yield from _mixed(used)


def _lost(term: Term) -> Finding:
    forms = " or ".join(f"“{one.partition('|')[0].strip(' *')}”" for one in term.forms)
    hint = "Use it, or add your word to the glossary if it is also right."
    return f"the glossary calls “{term.term}” {forms}, which is not in the translation", hint


def _forbidden(
    entry: Entry, term: Term, target: str, language: Language
) -> Iterator[tuple[Entry, str, Finding]]:
    for form in term.forbidden:
        if _has(target, form, language, exact=True):
            instead = f" Write “{term.preferred}”." if term.forms else ""
            message = (
                f"the glossary forbids “{form.partition('|')[0].strip(' *')}” for “{term.term}”"
            )
            yield entry, FORBIDDEN, (message, f"Readers must not see this word.{instead}")


def _mixed(used: dict[str, dict[str, Entry]]) -> Iterator[tuple[Entry, str, Finding]]:
    for term, forms in used.items():
        first, *others = forms
        for form in others:
            here, elsewhere = form.rstrip("*"), first.rstrip("*")
            message = f"“{term}” is translated as “{here}” here and as “{elsewhere}” elsewhere"
            yield (
                forms[form],
                MIXED,
                (message, "Use one word for one thing, if the language allows it."),
            )


def _has(text: str, form: str, language: Language, *, exact: bool = False) -> bool:
    """Tell whether a text has a word: one of its forms, whose words may have other endings."""
    return any(_has_form(text, one, language, exact=exact) for one in _folded(form).split("|"))


def _has_form(text: str, form: str, language: Language, *, exact: bool) -> bool:
    if language.data.writing.glued:
        words = _WORD.findall(form.replace("*", ""))
        return all(word in text or (not exact and _is_within(word, text)) for word in words)
    present = _WORD.findall(text)
    return all(_is_there(word, present, exact=exact) for word in form.split())


def _is_within(word: str, text: str) -> bool:
    """Tell whether a word stands within a text with another ending.

    A letter of Ethiopic is a consonant with its vowel, eight to a consonant (Unicode, 6.1): endings
    that begin with a vowel change a word's last letter.
    """
    last = ord(word[-1])
    if len(word) > 1 and ETHIOPIC[0] <= last <= ETHIOPIC[1]:
        first = last - last % 8
        return re.search(f"{re.escape(word[:-1])}[{chr(first)}-{chr(first + 7)}]", text) is not None
    return _stem(word) in text


def _stem(word: str) -> str:
    """Return a word without its article and, of a long one, its last letter with its signs."""
    stem = ARTICLE.sub("", word)
    if len(stem) <= LONG:
        return stem
    while unicodedata.category(stem[-1]).startswith("M"):
        stem = stem[:-1]
    return stem[:-1]


def _is_there(word: str, words: Sequence[str], *, exact: bool) -> bool:
    stem = word.rstrip("*")
    if stem != word:
        return any(one.startswith(stem) for one in words)
    if exact:
        return stem in words
    size = _size(stem)
    parts = _WORD.findall(stem) or [stem]
    return all(any(one.startswith(part[:size]) for one in words) for part in parts)


def _size(word: str) -> int:
    """Return how many letters of a word must be the same at its beginning."""
    return max(LEAST, round(len(word) * SAME))


def places(text: str, form: str, language: Language) -> Iterator[tuple[int, int]]:
    """Yield where a term stands in a text: the first character, and the one behind the last.

    It is found with other endings, as by the checks: whole, or else its longer words.
    """
    glued = language.data.writing.glued
    for one in _folded(form).split("|"):
        words = [_pattern(word, glued=glued) for word in _WORD.findall(one)]
        whole = [match.span() for match in re.finditer(r"\W+".join(words), text, re.IGNORECASE)]
        parts = [word for word in _WORD.findall(one) if len(word) > LEAST]
        if words and whole:
            yield from whole
        elif parts and _has_form(_folded(text), one, language, exact=False):
            for part in parts:
                matches = re.finditer(_pattern(part, glued=glued), text, re.IGNORECASE)
                yield from (match.span() for match in matches)


def _pattern(word: str, *, glued: bool) -> str:
    """Return what finds a word with other endings, and with vowel points if it has any."""
    letters = word if glued else word[: _size(word)]
    marked = f"{_MARKS.pattern}*".join(map(re.escape, letters))
    return marked if glued else rf"(?<!\w){marked}\w*"


@lru_cache(8192)
def _folded(text: str) -> str:
    """Return text without capitals, vowel points and marks of direction."""
    return _MARKS.sub("", unicodedata.normalize("NFC", text).casefold())
