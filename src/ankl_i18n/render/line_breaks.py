"""Where lines may end on paper: between words that have no spaces, and not inside Korean words.

Browsers find the words of Khmer, Lao and Burmese in dictionaries, and keep Korean words whole
where the style sheet says so. Pango, which breaks the lines of PDFs, does neither.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from icu4py.breakers import LineBreaker

if TYPE_CHECKING:
    from collections.abc import Iterator

# The letters of each script whose words ICU finds in a dictionary (Unicode Blocks.txt), with
# what joins them: U+200C, U+200D. Thai is not among them: Pango finds its words.
SCRIPTS: Final = {"lo": "\u0e80-\u0eff", "my": "\u1000-\u109f", "km": "\u1780-\u17ff"}
UNSPACED: Final = re.compile(
    "|".join(f"(?P<{tag}>[{letters}][{letters}\u200c\u200d]+)" for tag, letters in SCRIPTS.items())
)
BREAK: Final = "\u200b"  # ZERO WIDTH SPACE
JOIN: Final = "\u2060"  # WORD JOINER

# A Korean word with what is written to it: Latin letters before, particles and marks after. One
# that would not fit into a narrow column may break inside.
_PART: Final = r"(?:[^\s<>&]|&#?\w+;)"
KOREAN: Final = re.compile(rf"(?<!\S)(?!{_PART}{{21}}){_PART}*[\uac00-\ud7a3]{_PART}*")
# Elements whose text is not set in lines; a tag; text.
HTML: Final = re.compile(r"<(style|script|title|svg)\b.*?</\1>|<(/?)(\w*)[^>]*>|[^<]+", re.S)
INLINE: Final = frozenset({"a", "abbr", "b", "bdi", "cite", "code", "dfn", "em", "i", "span"}) | {
    "strong", "sub", "sup", "time",
}  # fmt: skip


def on_paper(html: str) -> str:
    """Return a page in which lines can only end where its languages let them.

    Words of Khmer, Lao and Burmese get a U+200B between them, Korean words an element of the
    class `word`. Nothing else of the page changes.
    """
    return "".join(_pieces(html))


def _pieces(html: str) -> Iterator[str]:
    glued = False  # the text before belongs to the same line and does not end in a space
    for found in HTML.finditer(html):
        piece = found[0]
        if piece.startswith("<"):
            glued = glued and found[3] in INLINE
            yield piece
            continue
        korean = KOREAN.match(piece)
        yield (JOIN if glued and korean else "") + _words(piece)
        glued = not piece[-1].isspace()


def _words(text: str) -> str:
    found = UNSPACED.sub(_separated, text)
    return KOREAN.sub(r'<span class="word">\g<0></span>', found)


def _separated(letters: re.Match[str]) -> str:
    return BREAK.join(LineBreaker(letters[0], str(letters.lastgroup)))
