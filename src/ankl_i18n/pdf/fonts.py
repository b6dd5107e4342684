"""Fonts: which face set each character, and what to say when it is not the page's.

A page names its fonts in `styles/scripts.css`. A character that none of them has is drawn by
whatever font the system finds, or as an empty box: both are errors here, never a surprise on
paper.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from weasyprint.text.fonts import FontConfiguration

from ankl_i18n.errors import error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ankl_i18n.errors import Location, Problem

# First and last code point of the blocks of Chinese, Japanese and Korean (Unicode 15, Blocks.txt).
CJK: Final = (
    (0x1100, 0x11FF), (0x2E80, 0x31FF), (0x3200, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97F),
    (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x323AF),
)  # fmt: skip
# Lines of boxes and blocks, which look alike in any font, and may come from any.
DRAWINGS: Final = re.compile("[\u2500-\u259f]")


@cache
def configuration() -> FontConfiguration:
    """Return the font configuration that all PDFs of this process share."""
    return FontConfiguration()


def is_own(family: str, stack: Iterable[str]) -> bool:
    """Tell whether a face's family is one of those that its element's `font-family` names."""
    return family.casefold() in map(str.casefold, stack)


def debian_package(character: str) -> str:
    """Return the Debian package whose fonts have the character, as far as Noto fonts go."""
    code = ord(character)
    is_cjk = any(first <= code <= last for first, last in CJK)
    return "fonts-noto-cjk" if is_cjk else "fonts-noto-core"


def problems(
    missing: Iterable[str], foreign: Mapping[str, Iterable[str]], where: Location
) -> Iterator[Problem]:
    """Yield a problem for each character without a glyph and each face that is not the page's.

    `foreign` maps a family to the characters that it set.
    """
    for character in dict.fromkeys(missing):
        yield error("font", f"no font has {named(character)}", where, _hint([character]))
    for family, characters in foreign.items():
        some = list(dict.fromkeys(characters))
        more = f" and {len(some) - 3} more" if len(some) > 3 else ""  # noqa: PLR2004 - three will do
        listed = ", ".join(map(named, some[:3])) + more
        message = f"none of the page's fonts has {listed}; the system would use {family!r}"
        yield error("font", message, where, _hint(some))


def named(character: str) -> str:
    """Return a character as people can find it: itself, its code point and its Unicode name."""
    code, name = f"U+{ord(character):04X}", unicodedata.name(character, "")
    return f"{character!r} ({f'{code} {name}'.strip()})"


def _hint(characters: Iterable[str]) -> str:
    some = list(characters)
    if _have_fonts(some):
        return (
            "mark the text with its language, lang=…, for the fonts of the page's own language do "
            "not have it; write a sign as words"
        )
    packages = " ".join(sorted({debian_package(character) for character in some}))
    return f"install the Debian package {packages}"


def _have_fonts(characters: Iterable[str]) -> bool:
    """Tell whether the Noto fonts that are installed have some characters."""
    wanted = " ".join(f"{ord(character):x}" for character in characters)
    try:
        listed = subprocess.run(  # noqa: S603 - numbers alone
            ["fc-list", f":charset={wanted}", "family"],  # noqa: S607 - wherever fontconfig is
            capture_output=True, check=True, text=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return False
    return "Noto " in listed.stdout
