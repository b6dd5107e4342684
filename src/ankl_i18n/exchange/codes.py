r"""Markup as codes: what of a message is text, and what translators must carry over unchanged.

`split` takes a message apart and `joined` puts it together again, byte for byte. `differences`
says what became of the codes in a translation. Emphasis follows CommonMark 0.31.2, 6.2: a mark
that opens or closes nothing is text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from typing import Final


class Role(StrEnum):
    """What a piece is: text, a code that opens or closes something, or one that is alone."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, or a code; `pair` is the same for two that belong together, else 0."""

    text: str
    role: Role = Role.TEXT
    pair: int = 0

    @property
    def is_code(self) -> bool:
        """Whether translators carry it over unchanged."""
        return self.role is not Role.TEXT


# Characters that XML 1.0 cannot hold (section 2.2, Char), and the carriage return, of which its
# parsers make a line feed (2.11): tools that write it as it is lose it.
UNWRITABLE: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOKEN: Final = re.compile(
    r"""
      (?P<escape>\\[!-/:-@\[-`{-~])                     # a sign that is no mark
    | (?P<alone>
          \\\n                                          # a hard line break
        | (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)    # a code span
        | <!--.*?-->
        | <https?:[^\s<>]*> | <[^\s<>@]+@[^\s<>@]+>     # automatic links
        | \[\^[^\]\s]+\]                                # a footnote's mark
        | \{[A-Za-z_][\w-]*\} | \{\d*\}                 # placeholders
        | %(?:\d+\$)?(?:\(\w+\))?[sdifgxr]
        | &(?:\#\d+|\#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);
      )
    | (?P<tag></?[A-Za-z][^<>]*>)
    | (?P<link>!?\[|\^\[)
    | (?P<end>\])
    | (?P<mark>\*+|_+|~~)
    """,
    re.VERBOSE | re.DOTALL,
)
_ADDRESS: Final = re.compile(
    r"\((?:[^()\\\s]|\\.|\((?:[^()\\\s]|\\.)*\))*(?:\s+\"(?:[^\"\\]|\\.)*\")?\s*\)|\[[^\[\]]*\]"
)
_VOID: Final = frozenset({"br", "wbr", "img", "hr"})


def split(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a message, in their order; together they are the message."""
    pieces = _paired(list(_pieces(text)))
    return tuple(_together(pieces))


def codes(text: str) -> tuple[str, ...]:
    """Return the codes of a message, in their order."""
    return tuple(piece.text for piece in split(text) if piece.is_code)


def numbered(message: str, source: str = "") -> Iterator[tuple[Piece, int]]:
    """Yield the pieces of a message, each code with its number from 1 on; text has 0.

    Two that belong together have one number. With a `source`, codes have the numbers that they
    have there, as tools expect of a translation; others follow.
    """
    theirs = [name for _, name in _whole(split(source))]
    free = dict(enumerate(theirs, 1))
    pieces = split(message)
    whole = list(_whole(pieces))
    numbers: dict[int, int] = {}
    # A link whose address was translated is still that link.
    for is_same in (_is_same, _is_alike):
        for key, name in whole:
            same = next((number for number, other in free.items() if is_same(name, other)), 0)
            if same and key not in numbers:
                numbers[key] = same
                del free[same]
    others = count(len(theirs) + 1)
    for place, piece in enumerate(pieces):
        key = _code_key(place, piece)
        if piece.is_code and key not in numbers:
            numbers[key] = next(others)
        yield piece, numbers[key] if piece.is_code else 0


def _whole(pieces: Sequence[Piece]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each code, or two that belong together, by a key."""
    texts: dict[int, tuple[str, ...]] = {}
    for place, piece in enumerate(pieces):
        if piece.is_code:
            key = _code_key(place, piece)
            texts[key] = (*texts.get(key, ()), piece.text)
    yield from texts.items()


def _code_key(place: int, piece: Piece) -> int:
    return piece.pair or -1 - place


def _is_same(name: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return name == other


def _is_alike(name: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(name) == len(other) > 1 and name[0] == other[0]


def differences(source: str, target: str) -> Iterator[str]:
    """Yield what is wrong with the codes of a translation, in words for its translator."""
    before, after = Counter(codes(source)), Counter(codes(target))
    for code in before - after:
        yield f"the code {shown(code)} is lost"
    for code in after - before:
        yield f"the code {shown(code)} is not in the source, or is used more often than there"


def shown(code: str) -> str:
    r"""Return a code as messages show it: a line break as \n, what cannot be seen by its number."""
    visible = UNWRITABLE.sub(lambda match: f"U+{ord(match[0]):04X}", code)
    return visible.replace("\n", "\\n")


def _pieces(text: str) -> Iterator[Piece]:
    """Yield pieces without partners; marks that may be partners are codes for the time being."""
    end = 0
    for token in _tokens(text):
        start = token.start()
        if start < end or token.lastgroup == "escape":
            continue  # within an address, or text
        yield from _plain(text[end:start])
        piece = _piece(text, token)
        yield piece
        end = start + len(piece.text)
    yield from _plain(text[end:])


def _tokens(text: str) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(text)


def _plain(text: str) -> Iterator[Piece]:
    """Yield text, with a code for each character that XML cannot hold."""
    end = 0
    for match in UNWRITABLE.finditer(text):
        if match.start() > end:
            yield Piece(text[end : match.start()])
        yield Piece(match[0], Role.ALONE)
        end = match.end()
    if end < len(text):
        yield Piece(text[end:])


def _piece(text: str, token: re.Match[str]) -> Piece:
    written = token[0]
    match token.lastgroup:
        case "link":
            return Piece(written, Role.OPEN)
        case "end":
            address = _ADDRESS.match(text, token.end())
            return Piece(written + (address[0] if address else ""), Role.CLOSE)
        case "tag":
            name = written.strip("</>").split()[0].rstrip("/").lower()
            if name in _VOID or written.endswith("/>"):
                return Piece(written, Role.ALONE)
            return Piece(written, Role.CLOSE if written.startswith("</") else Role.OPEN)
        case "mark":
            return Piece(written, _flank(text, token.start(), token.end()))
    return Piece(written, Role.ALONE)


def _flank(text: str, start: int, end: int) -> Role:
    """Return whether a run of marks can open or close emphasis (left- or right-flanking)."""
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    is_left = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
    is_right = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
    if text[start] == "_" and is_left and is_right:
        is_left, is_right = _is_sign(before), _is_sign(after)
    if is_left and is_right:
        return Role.ALONE  # either: what stands open decides
    return Role.OPEN if is_left else Role.CLOSE if is_right else Role.TEXT


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _paired(pieces: list[Piece]) -> list[Piece]:
    """Give partners the same number, and make text of what has none."""
    standing: list[int] = []
    for place, piece in enumerate(pieces):
        kind = _kind(piece)
        if not kind:
            continue
        either = piece.role is Role.ALONE
        partner = _partner(pieces, standing, kind) if piece.role is not Role.OPEN else None
        if partner is None:
            if piece.role is Role.OPEN or either:
                standing.append(place)
            continue
        standing[standing.index(partner) :] = []
        if (pieces[partner].text, piece.text) != ("[", "]"):  # words in brackets
            pieces[partner] = replace(pieces[partner], role=Role.OPEN, pair=partner + 1)
            pieces[place] = replace(piece, role=Role.CLOSE, pair=partner + 1)
    return [piece if piece.pair or not _kind(piece) else Piece(piece.text) for piece in pieces]


def _kind(piece: Piece) -> str:
    """Return what a piece must have in common with its partner; nothing if it has none."""
    text = piece.text
    if piece.role is Role.TEXT:
        return ""
    if text.startswith(("[", "![", "^[")) and piece.role is Role.OPEN:
        return "["
    if text.startswith("]"):
        return "["
    if text.startswith("<") and piece.role is not Role.ALONE:
        return text.strip("</>").split()[0].lower()
    return text if set(text) <= {"*"} or set(text) <= {"_"} or text == "~~" else ""


def _partner(pieces: Sequence[Piece], standing: Sequence[int], kind: str) -> int | None:
    return next((place for place in reversed(standing) if _kind(pieces[place]) == kind), None)


def _together(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours that are text."""
    text = ""
    for piece in pieces:
        if piece.role is Role.TEXT:
            text += piece.text
            continue
        if text:
            yield Piece(text)
        text = ""
        yield piece
    if text:
        yield Piece(text)
