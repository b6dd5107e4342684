"""Checks of prose: space, punctuation, brackets, lengths, copies and repeated words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ankl_i18n.checks.records import Finding, Pair, base
from ankl_i18n.checks.texts import OBJECT, PLAIN_WORD

ENDS: Final = {
    **dict.fromkeys(".。．｡।॥۔။។", "full stop"),
    **dict.fromkeys("?？؟⸮", "question mark"),
    **dict.fromkeys("!！", "exclamation mark"),
    **dict.fromkeys(":：", "colon"),
    **dict.fromkeys("…", "ellipsis"),
}
CLOSERS: Final = " \u00a0\u202f\n\"'”’»›)）」』】》*_`\u200f\u200e"
# Thai, Lao and Khmer end sentences with a space; Japanese asks with a full stop.
NO_END: Final = frozenset({"th", "lo", "km", "my"})
SENTENCE_END: Final = re.compile(r"[.!?؟۔।॥…]+(?=[\s\"'”’»)]|$)|[。！？｡]+")
BRACKETS: Final = (("round", "(（", ")）"), ("square", "[［【〔", "]］】〕"), ("curly", "{", "}"),
                   ("corner", "「『", "」』"), ("angle", "《〈«‹", "》〉»›"))  # fmt: skip
# Languages whose opening and closing quotation marks are these two, once each.
CURLY: Final = frozenset({"en", "fr", "es", "zh", "ko", "vi", "ar", "hi", "fa", "ur", "pa", "ta", "th", "fil", "it", "pt"})
WORDS: Final = re.compile(r"[^\W\d_]{2,}")
ACRONYM: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,}(?=s?(?![A-Za-z0-9]))")
DOUBLE: Final = re.compile(r"(?<![\w'’-])([^\W\d_]{2,})\s+\1(?![\w'’-])", re.IGNORECASE)
# Languages that repeat words on purpose, or write without spaces.
REPEATING: Final = frozenset("vi id ms fil tl hi ur pa ta bn mr ne ja zh th lo km my ko tr fa sw".split())
REPEATED: Final = {"fr": {"nous", "vous"}, "de": {"die", "der", "das", "sie"}, "es": {"no"}, "it": {"via"}, "pt": {"se"}}
# Length of a translation against English, where it is unlikely to be whole or to be right.
LENGTHS: Final = {"zh": (0.12, 1.2), "ja": (0.15, 1.6), "ko": (0.2, 1.6)}
LENGTH: Final = (0.35, 2.8)
LONG: Final = 30
FRENCH_SIGN: Final = {
    "fr": re.compile(r"[^\s\u00a0\u202f?!;:(\[\ufffc/\d.&][;!?:](?=\s|$)|«[^\s\u00a0\u202f]|[^\s\u00a0\u202f]»"),
    "fr-CA": re.compile(r"[^\s\u00a0\u202f(\[\ufffc/\d][:](?=\s|$)|«[^\s\u00a0\u202f]|[^\s\u00a0\u202f]»"),
}


def whitespace(pair: Pair) -> Iterator[Finding]:
    """Space at the beginning and the end is as in the source."""
    for place, before, after in (
        ("begins", _head(pair.msgid), _head(pair.msgstr)),
        ("ends", _tail(pair.msgid), _tail(pair.msgstr)),
    ):
        if bool(before) != bool(after):
            with_or_without = "with" if after else "without"
            yield f"the text {place} {with_or_without} a space, unlike the source", "Make both the same."


def _head(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" \t\u00a0\u3000"))]


def _tail(text: str) -> str:
    text = text.rstrip("\n")
    return text[len(text.rstrip(" \t\u00a0\u3000")) :]


def newlines(pair: Pair) -> Iterator[Finding]:
    """Line breaks are those of the source: at both ends, and hard ones inside."""
    before, after = pair.msgid, pair.msgstr
    same_ends = before[:1] == after[:1] or "\n" not in before[:1] + after[:1]
    same_ends &= before[-1:] == after[-1:] or "\n" not in before[-1:] + after[-1:]
    if not same_ends or (before.count("\n") == 0) != (after.count("\n") == 0):
        yield "the line breaks differ from the source's", "Break lines (\\n) only where the source does."


def double_spaces(pair: Pair) -> Iterator[Finding]:
    """Two spaces in a row are a slip of the finger."""
    if pair.markup and "  " in pair.after.prose.strip() and "  " not in pair.before.prose.strip():
        yield "there are two spaces in a row", "Delete one."


def end_punctuation(pair: Pair) -> Iterator[Finding]:
    """The last sign says the same: a question stays a question, in the language's own sign."""
    code = base(pair.language)
    if code in NO_END:
        return
    before, after = _end(pair.before.shown), _end(pair.after.shown)
    asked = {before, after} == {"question mark", "full stop"} and code == "ja"
    greek = before == "question mark" and code == "el"
    if before != after and not asked and not greek:
        hint = f"End it with the language's {before}." if before else f"Leave the {after} out."
        yield f"the text ends with {after or 'no sign'}, the source with {before or 'no sign'}", hint


def _end(text: str) -> str:
    last = text.rstrip(CLOSERS)
    return "ellipsis" if last.endswith("...") else ENDS.get(last[-1:], "")


def brackets(pair: Pair) -> Iterator[Finding]:
    """Every bracket that opens closes."""
    before, after = pair.before.prose, pair.after.prose
    for name, openers, closers in BRACKETS:
        opened, closed = _count(after, openers), _count(after, closers)
        if opened != closed and _count(before, openers) == _count(before, closers):
            yield f"{opened} {name} brackets open and {closed} close", "Add or delete a bracket."


def _count(text: str, signs: str) -> int:
    return sum(map(text.count, signs))


def quotes(pair: Pair) -> Iterator[Finding]:
    """Every quotation that opens closes."""
    before, after = pair.before.prose, pair.after.prose
    straight = after.count('"') % 2 and not before.count('"') % 2
    curly = after.count("“") != after.count("”") and before.count("“") == before.count("”")
    if straight or (curly and base(pair.language) in CURLY):
        yield "a quotation mark has no partner", "Add or delete a quotation mark."


def sentences(pair: Pair) -> Iterator[Finding]:
    """About as many sentences as the source has."""
    before = len(SENTENCE_END.findall(pair.before.prose))
    if before > 1 and base(pair.language) not in NO_END:
        after = len(SENTENCE_END.findall(pair.after.prose))
        if abs(before - after) > 1:
            yield f"{after} sentences here, {before} in the source", "Make sure that none is missing."


def length(pair: Pair) -> Iterator[Finding]:
    """Far shorter or longer than translations are."""
    before, after = len(pair.before.shown), len(pair.after.shown)
    if before >= LONG:
        low, high = LENGTHS.get(base(pair.language), LENGTH)
        if not low <= after / before <= high:
            size = "short" if after < before else "long"
            yield f"the translation is very {size} ({after} characters for {before})", "Make sure that it is whole and says no more."


def untranslated(pair: Pair) -> Iterator[Finding]:
    """A copy of the source in place of a translation."""
    same_language = base(pair.language) == base(pair.source) or pair.language.is_pseudo
    if pair.msgstr != pair.msgid or same_language or not pair.markup:
        return
    prose = pair.before.prose
    if len(WORDS.findall(prose)) > 1 and PLAIN_WORD.search(prose):
        yield "the text is not translated", "Translate it, or leave msgstr empty."


def acronyms(pair: Pair) -> Iterator[Finding]:
    """Abbreviations of the source that are not in the translation."""
    for name in sorted({*ACRONYM.findall(pair.before.prose)}):
        if name not in pair.after.shown:
            yield f"the abbreviation {name} is not there", "Keep it, or use the one that hospitals use."


def double_words(pair: Pair) -> Iterator[Finding]:
    """The same word twice in a row, in languages that do not do so."""
    if base(pair.language) in REPEATING:
        return
    found = DOUBLE.search(pair.after.prose)
    allowed = REPEATED.get(base(pair.language), ())
    if found and found[1].lower() not in allowed and not DOUBLE.search(pair.before.prose):
        yield f"{found[1]!r} stands there twice in a row", "Delete one."


def french_spacing(pair: Pair) -> Iterator[Finding]:
    """French puts a no-break space before ; : ! ? and inside « » (Canadian: only : and « »)."""
    pattern = FRENCH_SIGN.get(pair.language.tag) or FRENCH_SIGN.get(base(pair.language))
    found = pattern.search(pair.after.prose) if pattern else None
    if found and OBJECT not in found[0]:
        yield f"no space in {found[0]!r}", "Write a no-break space (U+202F or U+00A0) there."
