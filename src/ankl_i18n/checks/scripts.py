"""Checks of characters and scripts: what cannot be seen, and what does not belong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from ankl_i18n.checks.records import Finding, Pair, doubtful_if
from ankl_i18n.languages import Language
from ankl_i18n.source.texts import PLAIN_WORD

# All that a translation can hold without a look at it: printable ASCII, Latin letters.
PLAIN: Final = re.compile(r"[ -~\n\u00a0-\u00ac\u00ae-\u024f]*")
# Controls (Unicode Cc but tab and line feed), overrides, line separators, tags, noncharacters.
CONTROLS: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\u2028\u2029\ufff9-\ufffb\ufffd\ufdd0-\ufdef\ufffe\uffff"
    r"\U000e0001-\U000e001f]"
)
OPEN, CLOSE, ISOLATE, END_ISOLATE = "\u202a\u202b", "\u202c", "\u2066\u2067\u2068", "\u2069"
# Invisible: zero-width space and no-break space, word joiner, joiners, embeddings, fillers.
_JOINERS, _BREAKS = "\u200c\u200d", "\u200b\u2060"
_FILLERS: Final = r"\u2061-\u2064\ufeff\u202a-\u202c\u115f\u1160\u3164\u034f\ue000-\uf8ff"
INVISIBLE: Final = re.compile(f"[{_JOINERS}{_BREAKS}{_FILLERS}]")
EMOJI_JOINED: Final = re.compile(r"[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]\u200d")
MIXED: Final = re.compile(
    r"\b(?:(?=\w*[A-Za-z])(?=\w*[\u0370-\u0373\u0376-\u03ff\u0400-\u052f]))[^\W\d_]+"
)
# A symbol such as IFNγ within a word: Latin capitals beside a Greek letter like no Latin one.
LATIN_OR_GREEK: Final = re.compile(r"[A-Za-zͰ-ͳͶ-Ͽ]+")
SYMBOL: Final = re.compile(
    "[A-Z][A-Za-z]+[αβγδεζθλμξπσφχψωΓΔΘΛΞΠΣΦΨΩ]|[αβγδεζθλμξπσφχψωΓΔΘΛΞΠΣΦΨΩ][A-Z][A-Za-z]+"
)
UNIT: Final = re.compile(r"[μΩ][A-Za-z]{1,3}|k?Ω")
LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
ENOUGH_WORDS: Final = 3
# Between letters; after the last one ("لـ ANKL") it joins a particle to a foreign word.
KASHIDA: Final = re.compile(r"\u0640(?=[\u0620-\u064a\u066e-\u06d3])|\u0640{2}")
CYRILLIC: Final = re.compile("[\u0400-\u052f]")
# Letters of the alphabets that look like Latin.
_LIKE_LATIN: Final = "\u0370-\u0373\u0376-\u03ff\u0400-\u052f"


@cache
def signs(language: Language) -> re.Pattern[str]:
    """Return what any check here may find in a language: one of these signs, as written.

    Entities (`&`) may stand for any sign. Words that mix scripts are only found by one where
    the language has no Greek or Cyrillic letters of its own.
    """
    data = language.data
    needed, script = {*_needed(language)}, script_letters(language)
    likely = script and (script.search("а") or script.search("α"))
    return re.compile(
        "[&\u0640"
        + CONTROLS.pattern[1:-1]
        + _FILLERS
        + "".join({*_JOINERS, *_BREAKS, *OPEN, *CLOSE, *ISOLATE, *END_ISOLATE} - needed)
        + "".join(data.writing.other)
        + data.writing.strange
        + ("" if likely else _LIKE_LATIN)
        + "]"
    )


@cache
def script_letters(language: Language) -> re.Pattern[str] | None:
    """Return what finds a letter of the language's script; none for Latin letters."""
    letters = language.data.script.letters
    return re.compile(f"[{letters}]") if letters and not language.is_pseudo else None


def controls(pair: Pair) -> Iterator[Finding]:
    """Characters that steer the display and could turn its order round, or show as nothing."""
    if PLAIN.fullmatch(pair.msgstr):
        return
    for c in sorted({*CONTROLS.findall(pair.msgstr)} - set(pair.msgid)):
        yield (
            f"there is a control character {_name(c)}",
            "Delete it; type the text around it again.",
        )
    for opening, closing, name in ((OPEN, CLOSE, "embedding"), (ISOLATE, END_ISOLATE, "isolate")):
        if not _balanced(pair.msgstr, opening, closing):
            yield (
                f"a bidirectional {name} is not closed where it should be",
                "Delete these characters: texts are isolated automatically.",
            )


def _balanced(text: str, opening: str, closing: str) -> bool:
    depth = 0
    for c in text:
        depth += (c in opening) - (c == closing)
        if depth < 0:
            return False
    return depth == 0


def invisible(pair: Pair) -> Iterator[Finding]:
    """Characters without width, where the script has no use for them."""
    if PLAIN.fullmatch(pair.msgstr):
        return
    text = EMOJI_JOINED.sub("", pair.msgstr)
    for c in sorted({*INVISIBLE.findall(text)} - set(pair.msgid) - {*_needed(pair.language)}):
        hint = "Delete it: it breaks searching and copying."
        finding = f"there is an invisible character {_name(c)}", hint
        harmless = c in _BREAKS and not re.search(rf"\w{c}+\w", text)
        yield doubtful_if(harmless, finding)


def _needed(language: Language) -> str:
    """Return the invisible characters that a language needs: joiners, and where lines may end."""
    script = language.data.script
    return (_JOINERS if script.joiners else "") + (_BREAKS if script.wraps else "")


def _name(c: str) -> str:
    return f"U+{ord(c):04X} {unicodedata.name(c, '')}".rstrip()


def mixed_script(pair: Pair) -> Iterator[Finding]:
    """Latin letters inside a Cyrillic or Greek word look right and are not."""
    if PLAIN.fullmatch(pair.msgstr):
        return
    for word in MIXED.findall(pair.after.prose):
        if not (word in pair.before.prose or UNIT.fullmatch(word) or _holds_symbol(word)):
            yield (
                f"{word!r} mixes Latin letters with others",
                "Type the word again with one keyboard layout.",
            )


def _holds_symbol(word: str) -> bool:
    """Tell whether a word is a symbol such as IFNγ, perhaps with letters of the script around."""
    parts = LATIN_OR_GREEK.findall(word)
    return len(parts) == 1 and bool(SYMBOL.fullmatch(parts[0])) and not CYRILLIC.search(word)


def wrong_script(pair: Pair) -> Iterator[Finding]:
    """Text in a script that the language is not written in."""
    strange = pair.language.data.writing.strange
    if strange:
        foreign = sorted({*pair.after.prose} & {*strange} - {*pair.msgid})
        if foreign:
            yield (
                f"{' '.join(foreign[:5])}: not used in {pair.language.english}",
                "Write the translation in the script of the language.",
            )
    script = script_letters(pair.language)
    if script is None or pair.msgstr == pair.msgid or not pair.markup:
        return
    if script.search(pair.after.shown):
        return
    prose = pair.after.prose
    if len(LETTERS.findall(prose)) >= ENOUGH_WORDS and len(PLAIN_WORD.findall(prose)) > 1:
        yield f"no word is in the script of {pair.language.english}", "Translate the text."


def kashida(pair: Pair) -> Iterator[Finding]:
    """Letters stretched by hand; fonts do that."""
    if KASHIDA.search(pair.after.prose) and not KASHIDA.search(pair.msgid):
        yield "there is a kashida (ـ)", "Delete it: it breaks searching and reading aloud."


def arabic_letters(pair: Pair) -> Iterator[Finding]:
    """Arabic code points in Persian or Urdu, which fonts and searches take for other letters."""
    other = pair.language.data.writing.other
    for c in sorted(set(other) & set(pair.after.prose)) if other else ():
        yield f"{c} is the Arabic letter", f"Write {other[c]}."
