"""Where lines may end on paper: between words that have no spaces, and not inside Korean words.

Browsers find the words of Khmer, Lao and Burmese in dictionaries, and keep Korean words whole
where the style sheet says so. Pango, which breaks the lines of PDFs, does neither. Its notes on
a text (`PangoLogAttr`) are corrected here before it uses them, so that the text stays as it is:
a U+200B between words would be in the way of whoever searches or copies them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from itertools import accumulate, pairwise
from typing import Any, Final

from icu4py.breakers import LineBreaker
from weasyprint.text.ffi import ffi, pango

from ankl_i18n.languages.reader import language_data

# What a line may end in, besides a space, in languages that break between words only.
DASHES: Final = frozenset("-‐–—/\u200b")
# Burmese "not": the verb stays with it.
NOT: Final = "မ"
# A last word this short, with its full stop or comma, stays with the one before.
STOPS: Final = ("။", "၊", "។")
SHORT: Final = 5
# Terms of a glossary, and words of letters between which there are no spaces (UAX 14, class SA).
TERM: Final = re.compile(r"<dt\b[^>]*>(.*?)</dt>", re.DOTALL)
TAGS: Final = re.compile(r"<[^>]*>")
UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2060]{2,}")


@lru_cache(maxsize=4096)
def places(text: str, tag: str) -> frozenset[int] | None:
    """Return before which characters of a text (their indices) a new line may begin.

    `tag` is the BCP 47 tag of the text's language. None stands for: where Unicode says so
    (UAX 14), which Pango knows.
    """
    breaks = language_data(tag).script.breaks
    if breaks == "unicode":
        return None
    pieces = list(LineBreaker(text, tag))
    ends = accumulate(map(len, pieces))
    if breaks == "spaces":
        return frozenset(end for end in ends if text[end - 1].isspace() or text[end - 1] in DASHES)
    inner = zip(ends, pairwise(pieces), strict=False)  # all ends but that of the text
    return frozenset(end for end, (one, following) in inner if not _stay(one, following))


def _stay(one: str, following: str) -> bool:
    """Tell whether two words stay on one line."""
    is_end = following.rstrip().endswith(STOPS) and len(following) <= SHORT
    return one == NOT or (is_end and not one[-1].isspace())


def terms(html: str) -> tuple[str, ...]:
    """Return the words of a page's glossary, of letters that have no spaces between words."""
    words = (word for term in TERM.findall(html) for word in UNSPACED.findall(TAGS.sub("", term)))
    return tuple(dict.fromkeys(words))


@lru_cache(maxsize=4096)
def unbreakable(text: str, tag: str, whole: tuple[str, ...]) -> tuple[int, ...]:
    """Return before which characters of a text (their indices) no line may begin.

    They are inside words of the language that dictionaries of programs do not know: those of its
    file, and `whole`, those of the page.
    """
    words = _words(whole + language_data(tag).writing.whole)
    inside = words.finditer(text) if words else ()
    return tuple(i for match in inside for i in range(match.start() + 1, match.end()))


@lru_cache(maxsize=64)
def _words(words: tuple[str, ...]) -> re.Pattern[str] | None:
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest))) if words else None


def log_attrs(whole: tuple[str, ...], get: Callable[[str, str], Any]) -> Callable[[str, str], Any]:
    """Return `weasyprint.text.line_break.get_log_attrs` with corrected notes.

    `whole` are words of the page in which no line ends.
    """

    @wraps(get)
    def corrected(text: str, lang: str) -> Any:
        notes = get(text, lang)
        _correct(notes, text, lang, whole)
        return notes

    return corrected


def set_text(whole: tuple[str, ...], theirs: Callable[..., None]) -> Callable[..., None]:
    """Return `weasyprint.text.line_break.Layout.set_text` with corrected notes; else as above."""

    @wraps(theirs)
    def corrected(self: Any, text: str, justify: bool = False) -> None:
        theirs(self, text, justify)
        lang = self.style["lang"]
        if not justify and lang and _has_own(self.text, lang, whole):
            notes = pango.pango_layout_get_log_attrs_readonly(self.layout, ffi.NULL)
            _correct(ffi.cast("PangoLogAttr *", notes), self.text, lang, whole)
            # Lines are laid out again, with the notes as they are, after any change of a setting.
            for automatic in (True, False):
                pango.pango_layout_set_auto_dir(self.layout, automatic)

    return corrected


def _has_own(text: str, lang: str, whole: tuple[str, ...]) -> bool:
    return places(text, lang) is not None or bool(unbreakable(text, lang, whole))


def _correct(notes: Any, text: str, lang: str | None, whole: tuple[str, ...]) -> None:
    if not lang:
        return
    breaks = places(text, lang)
    if breaks is not None:
        for i in range(1, len(text)):
            notes[i].is_line_break = i in breaks
    for i in unbreakable(text, lang, whole):
        notes[i].is_line_break = 0
