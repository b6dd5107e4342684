"""What links say on paper, where nobody can follow them: a page, or the title of a leaflet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import escape, unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it.token import Token

    from ankl_i18n.languages import Language

# Stands for a number that is known when pages are laid out.
PAGE: Final = "\ufdd2"
# Stands for a title, which is HTML.
TITLE: Final = "\ufdd3"
TAGS: Final = re.compile(r"<[^>]*>")
# Keeps a bracket on the line of the word before it, where there is no space between them.
JOINER: Final = "\u2060"
BRACKETS: Final = "([（［〔【"
# What may follow a reference at once: sentence punctuation and closing brackets.
ENDS: Final = ("Po", "Pe")
NO_ENDS: Final = "'/&@#%*"


def has_room(after: Sequence[Token], language: Language) -> bool:
    """Tell whether a reference may be in front of inline tokens of a text in a language.

    Brackets after brackets are not read, and what goes on with a word belongs to it. Where words
    have no spaces between them a letter begins another word.
    """
    following = told(after)
    if following.lstrip()[:1] in tuple(BRACKETS):
        return False
    sign = following[:1]
    if not sign or sign.isspace():
        return True
    if _is_letter(sign):
        return not language.data.script.spaces
    return unicodedata.category(sign) in ENDS and sign not in NO_ENDS


def told(tokens: Sequence[Token]) -> str:
    """Return the words of inline tokens, a space for each end of a line."""
    return "".join(
        " " if token.type in ("softbreak", "hardbreak") else TAGS.sub("", token.content)
        for token in tokens
    )


def page(href: str, text: str, language: Language, attributes: str, after: Sequence[Token]) -> str:
    """Return what tells the page on which a place of the leaflet is; the style sheet counts.

    `text` are the words for it in the language of the page, with `PAGE` for its number.
    `attributes` are those of the element, `after` the inline tokens that follow it.
    """
    before, _, end = text.replace(" ", "\u00a0").partition(PAGE)
    before = _gap(language) + before
    data = {"data-to": href, "data-before": before, "data-after": end}
    numbered = "".join(f' {name}="{escape(value)}"' for name, value in data.items())
    return f'<span class="on-page"{attributes}{numbered}></span>{_space(end, after)}'


def leaflet(text: str, language: Language, attributes: str, after: Sequence[Token]) -> str:
    """Return what names another leaflet; `text` is HTML with its title, all else as for `page`."""
    return (
        f'<span class="of-leaflet"{attributes}>{_gap(language)}{text}</span>'
        f"{_space(unescape(TAGS.sub('', text)), after)}"
    )


def names(text: str, title_html: str) -> bool:
    """Tell whether a text has a title, which is HTML, in whatever signs and spaces."""
    title = _letters(unescape(TAGS.sub("", title_html)))
    return bool(title) and title in _letters(text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN"


def _gap(language: Language) -> str:
    """Return what is in front of a bracket, as in front of what explains an abbreviation."""
    return " " if language.data.writing.explained[0].isspace() else JOINER


def _space(text: str, after: Sequence[Token]) -> str:
    """Return the space that a bracket needs before a letter, unless it is as wide as one."""
    is_wide = unicodedata.east_asian_width(text[-1:] or " ") in "FW"
    return " " if not is_wide and _is_letter(told(after)[:1] or " ") else ""
