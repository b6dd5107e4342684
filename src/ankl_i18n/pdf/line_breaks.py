"""Where lines may end on paper: between words that have no spaces, and not inside Korean words.

Browsers find the words of Khmer, Lao and Burmese in dictionaries, and keep Korean words whole
where the style sheet says so. Pango, which breaks the lines of PDFs, does neither. Its notes on
a text (`PangoLogAttr`) are corrected here before it uses them, so that the text stays as it is:
a U+200B between words would be in the way of whoever searches or copies them.
"""

from __future__ import annotations

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


def log_attrs(get: Callable[[str, str], Any]) -> Callable[[str, str], Any]:
    """Return `weasyprint.text.line_break.get_log_attrs` with corrected notes."""

    @wraps(get)
    def corrected(text: str, lang: str) -> Any:
        notes = get(text, lang)
        _correct(notes, text, lang)
        return notes

    return corrected


def set_text(theirs: Callable[..., None]) -> Callable[..., None]:
    """Return `weasyprint.text.line_break.Layout.set_text` with corrected notes."""

    @wraps(theirs)
    def corrected(self: Any, text: str, justify: bool = False) -> None:
        theirs(self, text, justify)
        lang = self.style["lang"]
        if not justify and lang and places(self.text, lang) is not None:
            notes = pango.pango_layout_get_log_attrs_readonly(self.layout, ffi.NULL)
            _correct(ffi.cast("PangoLogAttr *", notes), self.text, lang)
            # Lines are laid out anew, with the notes as they are, after any change of a setting.
            for automatic in (True, False):
                pango.pango_layout_set_auto_dir(self.layout, automatic)

    return corrected


def _correct(notes: Any, text: str, lang: str | None) -> None:
    breaks = places(text, lang) if lang else None
    if breaks is not None:
        for i in range(1, len(text)):
            notes[i].is_line_break = i in breaks
