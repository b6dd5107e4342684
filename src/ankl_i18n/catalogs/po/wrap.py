"""Breaking a string into lines as GNU gettext does: Unicode line breaking, display width.

The rules are those of UAX #14 in the form of a pair table, as GNU libunistring 1.0 has
them. Texts are broken the same way in every language: Thai and Lao are not divided into
words, ambiguous characters are narrow.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from itertools import accumulate, chain

PAGE_WIDTH = 79
"""Columns of a line in a PO file, quotes included (msgcat's default)."""


def _table(name: str) -> list[str]:
    """Return the lines of a file of data, without its comments."""
    text = (files("ankl_i18n.catalogs.po") / name).read_text(encoding="ascii")
    return [line for line in text.splitlines() if not line.startswith("#")]


COLUMNS, *_ROWS = (line.split() for line in _table("line_break_pairs.txt"))
_SIGNS = {
    (before, after): sign
    for before, *signs in _ROWS
    for after, sign in zip(COLUMNS, signs, strict=True)
}

_NO_BASE = frozenset({"", "ZW"})
"""Before a combining mark: the beginning of the text, or a zero width space."""

_ESCAPE = re.compile(r"\\.")

_RUNS = re.findall("([0-9A-F]+)([a-z0-9]+)", " ".join(_table("line_break_classes.txt")))
_STARTS = [int(start, 16) for start, _ in _RUNS]
_NAMES: list[str] = [name.upper() for _, name in _RUNS]
_HANGUL = range(0xAC00, 0xD7A4)
_SYLLABLES = 28
"""From one Hangul syllable without a final consonant (H2) to the next."""


class _Classes(dict[str, str]):
    """Line breaking class of each character, looked up once."""

    def __missing__(self, char: str) -> str:
        code = ord(char)
        name = _NAMES[bisect_right(_STARTS, code) - 1]
        if code in _HANGUL and (code - _HANGUL.start) % _SYLLABLES:
            name = "H3"
        self[char] = name
        return name


class _Widths(dict[str, int]):
    """Columns each character takes on a screen: 0, 1 or 2."""

    def __missing__(self, char: str) -> int:
        zero = unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"}
        if (
            (zero and char not in _SPACING)
            or "\u1160" <= char <= "\u11ff"
            or "\ud7b0" <= char <= "\ud7fb"
        ):
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(char) in "FW" else 1
        self[char] = width
        return width


_SPACING = frozenset("\u0cbf\u0cc6")
"""Kannada vowel signs that are beside their letter, though Unicode calls them nonspacing."""

_CLASSES = _Classes()
_WIDTHS = _Widths()


def fill(text: str, width: int, start: int) -> list[str]:
    r"""Return `text` cut into lines of at most `width` columns, as much on each as fits.

    `start` is the column where the first line begins. `text` is already escaped; no
    escape is cut, nor is a final `\n` put on a line of its own. What has no place to
    break stays whole, however wide.
    """
    if start + 2 * len(text) <= width:
        return [text]
    ends = _columns(text, start)
    if ends[-1] <= width:
        return [text]
    may_begin = _opportunities(text)
    lines: list[str] = []
    begin, room = 0, width
    while ends[-1] > room:
        last = bisect_right(ends, room, begin) - 1
        places = chain(range(last, begin, -1), range(max(last, begin) + 1, len(text)))
        place = next(filter(may_begin, places), 0)
        if not place:
            break
        lines.append(text[begin:place])
        begin, room = place, ends[place] + width
    return [*lines, text[begin:]]


def _columns(text: str, start: int) -> Sequence[int]:
    """Return the column where each character begins, and after them where the last one ends."""
    if text.isascii() and text.isprintable():
        return range(start, start + len(text) + 1)
    return list(accumulate(map(_WIDTHS.__getitem__, text), initial=start))


class _Codes(dict[int, str]):
    """The class of each code point as one character, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        kind = _CLASSES[chr(code)]
        letter = " " if kind == "SP" else "" if kind in _COMPLEX else chr(_FIRST + _INDEX[kind])
        self[code] = letter
        return letter


_COMPLEX = frozenset({"CM", "ZWJ", "RI", "HL"})
"""Classes whose rules look at more than two characters: `_allowed` knows them all."""

_FIRST = 0x100
_INDEX = {name: index for index, name in enumerate(COLUMNS)}
_LETTERS = {name: chr(_FIRST + index) for name, index in _INDEX.items()}
_CODES = _Codes()
_AFTER_SPACES = frozenset(
    _LETTERS[before] + _LETTERS[after] for (before, after), sign in _SIGNS.items() if sign != "^"
)
_OPEN = frozenset(
    _LETTERS[before] + _LETTERS[after] for (before, after), sign in _SIGNS.items() if sign == "_"
) | {" " + letter for letter in _LETTERS.values()}
"""Pairs of classes where a line may begin, spaces still to be looked behind."""


def _opportunities(text: str) -> Callable[[int], bool]:
    """Return the function that tells whether a line may begin at a position of an escaped text."""
    unbreakable = {match.start() + 1 for match in _ESCAPE.finditer(text)} if "\\" in text else set()
    if text.endswith("\\n"):
        unbreakable.add(len(text) - 2)
    kinds = text.translate(_CODES)
    if len(kinds) != len(text):
        return frozenset(_allowed(text)).difference(unbreakable).__contains__

    def may_begin(at: int) -> bool:
        """Tell what `_allowed` does, from the characters around a position alone."""
        if kinds[at - 1 : at + 1] not in _OPEN or at in unbreakable:
            return False
        return kinds[at - 1] != " " or _may_follow(kinds, at)

    return may_begin


def _may_follow(kinds: str, at: int) -> bool:
    """Tell whether a line may begin after the spaces before a position."""
    place = at - 1
    while place and kinds[place - 1] == " ":
        place -= 1
    return place > 0 and kinds[place - 1] + kinds[at] in _AFTER_SPACES


def _allowed(text: str) -> Iterator[int]:
    """Yield the positions UAX #14 allows a line to begin at, escapes not considered."""
    before, space, joined, hebrew, flags = "", False, False, False, 0
    for position, char in enumerate(text):
        kind = _CLASSES[char]
        if kind == "SP":
            space, joined, hebrew, flags = True, False, False, 0
            continue
        joins = kind == "ZWJ"
        mark = joins or kind == "CM"
        if mark and not space and before not in _NO_BASE:  # LB9: part of the character before
            joined, flags = joins, 0
            continue
        name = "AL" if mark else kind  # LB10
        if before and not joined and not hebrew:
            sign = "_" if mark and space else _SIGNS[before, name]
            pair = before == name == "RI" and flags % 2 == 0  # LB30a: flags are pairs
            if sign == "_" or (sign == "%" and (space or pair)):
                yield position
        hebrew = before == "HL" and not space and name in {"HY", "BA"}  # LB21a
        flags = flags + 1 if name == "RI" else 0
        before, space, joined = name, False, joins
