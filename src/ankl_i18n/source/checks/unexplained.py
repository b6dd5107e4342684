"""Checks of words that readers may not know, and that translators then guess at.

A word is explained if it is a glossary term of the leaflet or an abbreviation with a meaning, if
it leads to its explanation, if words in brackets are behind it or it is in brackets, or if
the sentence says what it means or what doctors call a thing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from ankl_i18n.source import Document
from ankl_i18n.source.checks.records import Finding, Leaflet, Surroundings
from ankl_i18n.source.english import sentences, singular, words
from ankl_i18n.source.reading import explained, is_prose
from ankl_i18n.source.records import Segment
from ankl_i18n.source.texts import read

WORDS: Final = Path(__file__).with_name("medical_words.toml")
# Two capitals or more, and one that a small letter, digit or hyphen leads to others: mRNA, IgG.
_ABBREVIATION: Final = re.compile(
    r"(?<![\w./@#\\-])[A-Z]{2,}(?:[a-z]{0,2}[A-Z]+)*(?=s?(?![\w@\\$€£])(?!\.\w))"
)
_ROMAN: Final = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# Those that readers know better than what they stand for, and marks that are not words.
_KNOWN_ONES: Final = (
    "AD AIDS AM ATM BBC BC BCE CD CE CNN COVID DNA DVD EU FAQ GMT HIV HTML ID IQ ISBN IT NASA NATO"
    " OK PC PDF PIN PM PO QR SMS TV UFO UK UN UNESCO UNICEF URL US USA USB UTC UV VIP WC WWW"
)
_KNOWN: Final = frozenset(_KNOWN_ONES.split())
_SHOUTED_ONES: Final = (
    "ALL ALWAYS AND ANY ASK BEFORE CALL DANGER DO DON EACH GET HELP HOW IF IMPORTANT IN IS IT"
    " MUST NEVER NEW NO NONE NOT NOTE NOW OF OFF ON ONLY OR SAFE SAFETY STOP TAKE THE TO TODO"
    " WAIT WARNING WHAT WHEN WHO WHY YES YOU YOUR"
)
_SHOUTED: Final = frozenset(_SHOUTED_ONES.split())
_NAME: Final = re.compile(r" [A-Z][a-z]+")
_CAPITALS: Final = re.compile(r"[A-Z]{3,}")
_LINK: Final = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)[^()]*\)")
_BRACKETS: Final = re.compile(r"[(（]([^()（）]*)[)）]")
# Words of a sentence that says what something is, or what it is called.
_SAYS: Final = re.compile(
    r"\b(?:called|calls? (?:it|this|them|these)|call (?:it|this|them|these|the \w+|an? \w+)"
    r"|known as|means?|stands? for|short for|is when|are when|is where|that is|i\.e\."
    r"|in other words)\b"
)
# "An X is a …", at the beginning of a sentence.
_DEFINES: Final = re.compile(
    r"(?:an?|the|this)?\s*(?P<word>[\w-]+(?: [\w-]+){0,3}?),? (?:is|are) "
    r"(?:an?|the|when|medicines?|small|kinds?)\b",
    re.IGNORECASE,
)
_NO_TEXT: Final = frozenset({"heading", "call-out title", "term", "code block"})
_SHORTEST: Final = 5
# Longer ones are words in capitals, or names.
_LONGEST: Final = 6


@dataclass(frozen=True, slots=True)
class _Medical:
    """The words that need explaining with what else to say, and the endings of others.

    `firsts` are the first words of all of them, `longest` is the most words that one has.
    """

    plain: Mapping[str, str]
    firsts: frozenset[str]
    longest: int
    ending: re.Pattern[str]
    known: frozenset[str]


@cache
def _medical() -> _Medical:
    content = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    plain = {word.replace("-", " "): plain_word for word, plain_word in content["words"].items()}
    ends = content["endings"]
    ending = re.compile(rf"[a-z]{{2,}}(?:{'|'.join(ends['words'])})")
    longest = max(len(word.split()) for word in plain)
    firsts = frozenset(word.split()[0] for word in plain)
    return _Medical(plain, firsts, longest, ending, frozenset(ends["known"]))


def medical_words(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Medical words that nothing in the leaflet explains, each where it first stands."""
    document = leaflet.document
    known = _known(document)
    first: dict[str, tuple[int, str]] = {}
    for segment in _texts(document):
        for word in _unknown_words(read(segment.msgid).shown):
            if not _is_known(word, known) and word not in first:
                first[word] = (segment.line, _medical().plain.get(word, ""))
    if not first:
        return
    told = _told(document, first)
    for word, (line, plain_word) in first.items():
        if word not in told:
            instead = (
                f"write {plain_word!r}, or explain it: {word} ({plain_word})"
                if plain_word
                else (f"explain it in brackets, {word} (in everyday words), or in the glossary")
            )
            yield line, f"few readers know the word {word!r}", instead


def _unknown_words(shown: str) -> Iterator[str]:
    """Yield the medical words of a text, in small letters and in the singular.

    A capital within a sentence is that of a name: the College of Radiology.
    """
    for sentence in sentences(shown):
        yield from _unknown_in(sentence)


def _unknown_in(shown: str) -> Iterator[str]:
    medical = _medical()
    parts = [part for word in words(shown) for part in word.split("-")]
    ones = [singular(part) for part in parts]
    i = 0
    while i < len(ones):
        sizes = range(medical.longest if ones[i] in medical.firsts else 1, 0, -1)
        size = next((n for n in sizes if _is_medical(ones[i : i + n])), 0)
        if size and not (parts[i][0].isupper() and i) and not parts[i].isupper():
            yield " ".join(ones[i : i + size])
        i += size or 1


def _is_medical(ones: list[str]) -> bool:
    medical, word = _medical(), " ".join(ones)
    if word in medical.plain:
        return True
    alone = len(ones) == 1 and len(word) > _SHORTEST and word not in medical.known
    return alone and bool(medical.ending.fullmatch(word))


def _known(document: Document) -> frozenset[str]:
    """Return the words that a glossary, a list of abbreviations or a link explains."""
    linked = {
        singular(word)
        for segment in document.segments
        for text, address in _LINK.findall(segment.msgid)
        if "#" in address
        for word in words(read(text).shown)
    }
    return explained(document) | {part for word in linked for part in (word, *word.split("-"))}


def _is_known(word: str, known: frozenset[str]) -> bool:
    return all(part in known for part in word.split())


def _told(document: Document, wanted: Mapping[str, object]) -> set[str]:
    """Return those of some words that a sentence explains."""
    told = set()
    for segment in _texts(document):
        for sentence in sentences(read(segment.msgid).shown):
            words = set(_unknown_words(sentence)) & wanted.keys()
            told |= {word for word in words if _explains(sentence, word)}
    return told


def _explains(sentence: str, word: str) -> bool:
    small = sentence.lower()
    pattern = r"[\s-]+".join(map(re.escape, word.split())) + r"(?:e?s)?"
    beside = rf"\b{pattern}[\s,]*[(（–—]|[(（][^()]*\b{pattern}\b[^()]*[)）]|[“\"„«]{pattern}\b"
    defined = _DEFINES.match(small)
    return bool(
        re.search(beside, small)
        or _SAYS.search(small)
        or (defined and re.search(rf"\b{pattern}$", defined["word"]))
    )


def _texts(document: Document) -> Iterator[Segment]:
    """Yield what readers read of a leaflet, without its headings and references."""
    for segment in document.segments:
        if is_prose(segment) and segment.kind not in _NO_TEXT:
            yield segment


def undefined(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Abbreviations that nothing explains, each where it first stands."""
    document = leaflet.document
    terms = [read(one.msgid).shown for one in document.segments if one.kind == "term"]
    known = {short for short, _ in document.abbreviations}
    known |= {short for term in terms for short in _ABBREVIATION.findall(term)}
    first: dict[str, int] = {}
    for segment in _texts(document):
        prose = read(segment.msgid).prose
        known |= _explained_in(prose)
        for short in _short_forms(prose):
            first.setdefault(short, segment.line)
    for short, line in first.items():
        if short not in known:
            hint = f"write it out: its whole name ({short}), or add a line *[{short}]: its meaning"
            yield line, f"nothing says what {short} stands for", hint


def _short_forms(prose: str) -> Iterator[str]:
    for match in _ABBREVIATION.finditer(prose):
        short = match[0]
        known = short in _KNOWN or short in _SHOUTED or _ROMAN.fullmatch(short)
        # "CBS News" is a name.
        named = _NAME.match(prose, match.end())
        if not known and not named and len(short) <= _LONGEST and not _is_shouted(prose, match):
            yield short


def _is_shouted(prose: str, match: re.Match[str]) -> bool:
    """Tell whether a word is beside other words in capitals: DRINK WATER."""
    beside = (*prose[: match.start()].split()[-1:], *prose[match.end() :].split()[:1])
    return any(_CAPITALS.fullmatch(word.strip(".,;:!?")) for word in beside)


def _explained_in(prose: str) -> set[str]:
    """Return the abbreviations that are in brackets behind words, or have words in brackets."""
    told = {
        short
        for match in _BRACKETS.finditer(prose)
        for short in _ABBREVIATION.findall(match[1])
        if re.search(r"[a-z]{2,}[\"'”’]?\s*$", prose[: match.start()])
    }
    told |= {
        match[0]
        for match in _ABBREVIATION.finditer(prose)
        if re.match(r"s?\s*[(（][^()]*[a-z]{3}", prose[match.end() :])
        or re.match(r"s?,? (?:stands? for|is short for|means)", prose[match.end() :])
        or re.search(r"(?:called|known as) $", prose[: match.start()])
    }
    return told
