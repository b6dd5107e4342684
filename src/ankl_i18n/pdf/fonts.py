"""Fonts: which face set each character, and what to say when it is not the page's.

A page names its fonts in `styles/scripts.css`. A character that none of them has is drawn by
whatever font the system finds, or as an empty box: both are errors here, never a surprise on
paper.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from weasyprint.text.fonts import FontConfiguration

from ankl_i18n.errors import Location, Problem, error
from ankl_i18n.languages.fonts import advice

# Lines of boxes and blocks, which look alike in any font, and may come from any.
DRAWINGS: Final = re.compile("[\u2500-\u259f]")


@cache
def configuration() -> FontConfiguration:
    """Return the font configuration that all PDFs of this process share."""
    return FontConfiguration()


def is_own(family: str, stack: Iterable[str]) -> bool:
    """Tell whether a face's family is one of those that its element's `font-family` names."""
    return family.casefold() in map(str.casefold, stack)


def problems(
    missing: Iterable[str], foreign: Mapping[str, Iterable[str]], where: Location
) -> Iterator[Problem]:
    """Yield a problem for each character without a glyph and each face that is not the page's.

    `foreign` maps a family to the characters that it set.
    """
    for character in dict.fromkeys(missing):
        yield error("font", f"no font has {named(character)}", where, advice([character]))
    for family, characters in foreign.items():
        some = list(dict.fromkeys(characters))
        more = f" and {len(some) - 3} more" if len(some) > 3 else ""  # noqa: PLR2004 - three will do
        listed = ", ".join(map(named, some[:3])) + more
        message = f"none of the page's fonts has {listed}; the system would use {family!r}"
        yield error("font", message, where, advice(some))


def named(character: str) -> str:
    """Return a character as people can find it: itself, its code point and its Unicode name."""
    code, name = f"U+{ord(character):04X}", unicodedata.name(character, "")
    return f"{character!r} ({f'{code} {name}'.strip()})"
