"""What is drawn behind a text in the field of the desk.

Numbers, codes, characters that nobody sees, terms, and where a check has found something.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from ankl_i18n.catalogs.words import word_diff
from ankl_i18n.checks.glossary import places
from ankl_i18n.exchange.codes import split
from ankl_i18n.languages import Language
from ankl_i18n.workbench.live import NUMBER, Found

# What a piece of a text is, and where it begins and ends (characters).
Span = tuple[str, int, int]
NUMERAL, CODE, INKLESS, TERM, WRONG = "number", "code", "inkless", "term", "wrong"
# Categories of Unicode (Standard, 4.5) whose characters leave no ink: spaces, formats, controls.
NO_INK: Final = frozenset({"Zs", "Zl", "Zp", "Cf", "Cc"})
USUAL: Final = frozenset(" \n")
_QUOTED: Final = re.compile(r"“([^”]+)”|'([^']+)'|`([^`]+)`")


def painted(text: str, spans: Iterable[Span]) -> list[list[str]]:
    """Return the pieces of a text, each with what it is (words between spaces, "" for nothing)."""
    roles: list[set[str]] = [set() for _ in text]
    for role, start, end in spans:
        for one in roles[start:end]:
            one.add(role)
    pairs = zip(text, map(_together, roles), strict=True)
    runs = groupby(pairs, key=lambda pair: pair[1])
    return [["".join(letter for letter, _ in run), role] for role, run in runs]


def _together(roles: set[str]) -> str:
    return " ".join(sorted(roles))


def plain_spans(text: str) -> Iterator[Span]:
    """Yield what a text of any language has: numbers, and characters that nobody sees."""
    for match in NUMBER.finditer(text):
        yield NUMERAL, *match.span()
    for i, letter in enumerate(text):
        if letter not in USUAL and unicodedata.category(letter) in NO_INK:
            yield INKLESS, i, i + 1


def code_spans(text: str) -> Iterator[Span]:
    """Yield the codes of a text."""
    at = 0
    for piece in split(text):
        if piece.is_code:
            yield CODE, at, at + len(piece.text)
        at += len(piece.text)


def term_spans(text: str, forms: Iterable[str], language: Language) -> Iterator[Span]:
    """Yield where words of the glossary are in a translation."""
    for form in forms:
        yield from ((TERM, *place) for place in places(text, form, language))


def wrong_spans(i: int, text: str, source: str, problems: Iterable[Found]) -> Iterator[Span]:
    """Yield where problems are in the form `i` of a translation, as far as that is sure.

    That is what a correction would replace, and what the message of a check names: what the
    source does not have, or else numbers.
    """
    for problem in problems:
        if problem.silenced:
            continue
        for forms in problem.fixes:
            yield from _edited(text, forms[i])
        named = set(_named(problem.problem.message))
        new = {word for word in named if word not in source and word in text}
        for word in new or {word for word in named if NUMBER.fullmatch(word)}:
            pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
            yield from ((WRONG, *match.span()) for match in re.finditer(pattern, text))


def _edited(text: str, fixed: str) -> Iterator[Span]:
    at = 0
    for edit in word_diff(text, fixed):
        end = at + len(edit.old)
        if not edit.same:
            # Where something is lacking, its neighbours show it.
            yield (WRONG, at, end) if edit.old else (WRONG, max(at - 1, 0), min(at + 1, len(text)))
        at = end


def _named(message: str) -> Iterator[str]:
    """Yield what a message quotes, and its words that are not words: numbers, addresses, codes."""
    for quoted in _QUOTED.findall(message):
        yield next(filter(None, quoted))
    for word in message.split():
        bare = word.strip(".,;:“”'`()")
        if bare and not bare.isalpha():
            yield bare


def source_spans(text: str, terms: Sequence[str]) -> Iterator[Span]:
    """Yield what a source has: numbers, characters that nobody sees, and terms."""
    yield from plain_spans(text)
    for term in terms:
        for match in re.finditer(rf"(?<!\w){re.escape(term)}", text, re.IGNORECASE):
            yield TERM, *match.span()
