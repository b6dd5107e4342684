r"""Lists of words and phrases, as language files have them, to regular expressions.

A word is alone; `*` at its beginning, at its end or inside stands for any letters, and
`(a|b|)` for one of several. Where a script has no spaces between words, a word may stand
anywhere. `/…/` is a regular expression, for the few words that nothing else finds.

Texts are searched in small letters: expressions that ignore case are several times slower. What
the words may begin with is before them, so that most places of a text are left at once.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Generic, TypeVar

T = TypeVar("T")
NEVER: Final = r"(?!)"
_PIECE: Final = re.compile(r"[*()|]|\s+|[^*()|\s]+")
# The marks that are written on letters, which `\w` leaves out, by the block of those letters: those
# of prayers are not among them. A set of more than two ranges takes long to compile.
_MARKS: Final = (
    ("\u0000", r"\u0300-\u036f"),
    ("\u0590", r"\u0591-\u05c7"),
    ("\u0600", r"\u064b-\u065f\u0670"),
    ("\u0900", r"\u0900-\u0963\u0966-\u109f"),
    ("\u1200", r"\u135d-\u135f"),
    ("\u1780", r"\u1780-\u17d3"),
    ("\u1800", r"\u0300-\u036f"),
)
# The pieces of an expression, classes being one; what may be before the first character that it
# takes, and that character.
_PIECES: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_BEHIND: Final = r"\(\?<[=!](?:[^()\\]|\\.)*\)"
_BEFORE: Final = rf"(?:\\b|{_BEHIND}|\(\?:{_BEHIND}(?:\|{_BEHIND})*\))*"
_BEGINS: Final = re.compile(
    rf"{_BEFORE}(?:(?P<one>[^\\^$.|?*+()\[\]{{}}])|\[(?P<any>[^\\\^\[\]-]+)\])(?![?*+{{])"
)
_GROUP: Final = re.compile(rf"(?P<before>{_BEFORE})\((?P<kind>\?[:=])?(?!\?)")
_FIRST_WORD: Final = re.compile(
    rf"(?P<before>{_BEFORE})(?P<word>[^\W_]+)(?![?*+{{])(?P<ends>\s|\\b)?"
)
_BEGINS_LITERALLY: Final = re.compile(rf"{_BEFORE}((?:[^\\^$.|?*+()\[\]{{}}](?![?*+{{]))+)")
_INNER_GROUP: Final = re.compile(r"\([^()]*\)")
_GAPS: Final = re.compile(r"[*\s'’ʼ]+")
_ANY: Final = "[^^]*"
# Words never begin with a letter that is written below another one, in Burmese and Khmer.
_STACKS: Final = re.compile("[\u1000-\u109f\u1780-\u17ff]")
_NOT_BELOW: Final = r"(?<![\u1039\u17d2])"
# Vowels and tones that are written on the letter before them, by the block of those letters.
_SYLLABLES: Final = {
    0x0E00: r"(?![\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])",
    0x0E80: r"(?![\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd])",
    0x1000: r"(?![\u102b-\u103e])",
    0x1780: r"(?![\u17b6-\u17d3])",
}
_BLOCK: Final = 0x80
# Indic letters with a dot, which people type as one character or as two.
_DOTTED: Final = {
    unicodedata.normalize("NFC", c): c
    for c in map(
        chr, (*range(0x958, 0x960), 0x9DC, 0x9DD, 0x9DF, 0xA33, 0xA36, *range(0xA59, 0xA5F))
    )
    if len(unicodedata.normalize("NFC", c)) > 1
}
_DOT: Final = re.compile("|".join(map(re.escape, _DOTTED)))
# What people type for one another: s'il, s’il, п'ять, пʼять.
_APOSTROPHES: Final = "'’ʼ"
_APOSTROPHE: Final = re.compile(f"[{_APOSTROPHES}]")


@cache
def expression(words: tuple[str, ...], *, spaces: bool = True) -> str:
    """Return a regular expression that finds any of some words, long ones before short ones."""
    return _joined(dict.fromkeys(words, ""), spaces)


@cache
def pattern(words: tuple[str, ...], *, spaces: bool = True) -> re.Pattern[str]:
    """Return the compiled expression of some words, for texts in small letters."""
    return re.compile(expression(words, spaces=spaces))


@dataclass(frozen=True, slots=True, eq=False)
class Finder(Generic[T]):
    """An expression that finds words in a text, and what each of the words stands for.

    `values` are by the number of the empty group that follows the word.
    """

    expression: re.Pattern[str]
    values: Mapping[int, T]

    def find(self, text: str, begin: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Return the words of a text in small letters, in their order."""
        return self.expression.finditer(text, begin, end)

    def value(self, match: re.Match[str]) -> T:
        """Return what a word that was found stands for."""
        return self.values[match.lastindex or 0]


def finder(words: Mapping[str, T], *, spaces: bool = True) -> Finder[T]:
    """Return what finds words, and what each stands for; without words, it finds nothing."""
    values = {f"w{i}": value for i, value in enumerate(words.values())}
    marked = {word: f"(?P<{name}>)" for word, name in zip(words, values, strict=True)}
    expression = re.compile(_joined(marked, spaces))
    numbers = expression.groupindex  # expressions among the words may have groups, too
    return Finder(expression, {numbers[name]: values[name] for name in numbers if name in values})


def _joined(words: Mapping[str, str], spaces: bool) -> str:
    """Return an expression of words, each followed by its own piece of expression.

    Words with a sign at their end and phrases come first, then whole words, then those that may
    go on; long ones before short ones.
    """
    alternatives = []
    letters = []
    classes = _classes(words, spaces)
    behind = _behind(words, spaces)
    for (_, start), kinds in classes.items():
        letters.append(_of_all([word for kind in kinds for word in kind]))
        signs, whole, open_ended = (
            [_word(word) + ("" if spaces else _last(word)) + words[word] for word in kind]
            for kind in kinds
        )
        bodies = "|".join(
            [*signs, *([f"(?:{'|'.join(whole)})(?!L)"] if whole else []), *open_ended]
        )
        first = letters[-1] if len(classes) > 1 else frozenset()
        alternatives.append(f"{ahead(first)}{'(?<!L)' if start else behind}(?:{bodies})")
    joined = "|".join(alternatives).replace("L", letter("".join(words)))
    if not joined:
        return NEVER
    return f"{ahead(frozenset().union(*letters))}(?:{joined})" if all(letters) else joined


def _classes(
    words: Iterable[str], spaces: bool
) -> Mapping[tuple[bool, bool], tuple[list[str], list[str], list[str]]]:
    """Return words in the order in which they are looked for, by whether they are no expressions,
    and whether no letter may be before them: those with a sign at their end, whole words, and
    those that may go on.
    """
    classes: dict[tuple[bool, bool], tuple[list[str], list[str], list[str]]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        plain = not (_is_expression(word) or word.strip("*").startswith("("))
        start, end = _edges(word, spaces)
        signs, whole, open_ended = classes.setdefault((plain, start), ([], [], []))
        kind = whole if end else open_ended if word[-1] in "*/" else signs
        if kind is open_ended and " " in word and plain:
            kind = signs  # a phrase is more than the word that it begins with
        kind.append(word)
    return classes


def in_order(words: Iterable[str], spaces: bool) -> list[str]:
    """Return words in the order in which an expression of them looks for them at a place."""
    classes = _classes(words, spaces).values()
    return [word for kinds in classes for kind in kinds for word in kind]


def edges(words: Iterable[str], *, spaces: bool = True) -> Callable[[str], tuple[str, str]]:
    """Return what tells the expressions of what may stand before, and after, one of some words."""
    behind, any_letter = _behind(words, spaces), letter("".join(words))

    def of(word: str) -> tuple[str, str]:
        start, end = _edges(word, spaces)
        after = ("" if spaces else _last(word)) + (f"(?!{any_letter})" if end else "")
        return f"(?<!{any_letter})" if start else behind, after

    return of


def alone(word: str, before: str, after: str) -> re.Pattern[str]:
    """Return the expression of a word alone, with those of its edges."""
    body = _word(word).replace("L", letter(word))
    return re.compile(f"{ahead(first_letters(word))}{before}{body}{after}")


def forms(word: str) -> list[str]:
    """Return all texts that a word stands for, the first ones first; none where it may be any."""
    bare = _bare(word)
    if _is_expression(word) or "*" in bare:
        return []
    bare = _DOT.sub(lambda match: f"({match[0]}|{_DOTTED[match[0]]})", bare)
    return _expanded(_APOSTROPHE.sub(f"({'|'.join(_APOSTROPHES)})", bare))


def _expanded(text: str) -> list[str]:
    """Return a text with each of the alternatives that its groups have."""
    group = _INNER_GROUP.search(text)
    if not group:
        return [text]
    before, after = text[: group.start()], text[group.end() :]
    return [
        form for one in group[0][1:-1].split("|") for form in _expanded(f"{before}{one}{after}")
    ]


def _behind(words: Iterable[str], spaces: bool) -> str:
    """Return what may not be before a word that needs no beginning of its own."""
    return "" if spaces or not any(map(_STACKS.search, words)) else _NOT_BELOW


def blanked(known: re.Pattern[str], text: str) -> str:
    """Return a text with spaces in place of what is found, so that places stay the same."""
    return known.sub(lambda match: " " * len(match[0]), text)


def letter(text: str) -> str:
    """Return an expression of one letter, or mark on one, of the scripts that a text is in."""
    firsts = [first for first, _ in _MARKS]
    blocks = {bisect_right(firsts, c) - 1 for c in set(text)}
    blocks = blocks - {0} or blocks  # signs of expressions are ASCII
    return rf"[\w{''.join(_MARKS[block][1] for block in sorted(blocks))}]"


def ahead(letters: frozenset[str]) -> str:
    """Return an expression of what comes next: one of some letters, or of those between them where
    they are of one script, for a set of many letters takes long to compile.
    """
    if not letters:
        return ""
    first, last = min(letters), max(letters)
    if first > "\x7f" and ord(last) - ord(first) < _BLOCK:
        return f"(?=[{first}-{last}])"
    return f"(?=[{re.escape(''.join(sorted(letters)))}])"


def _of_all(words: list[str]) -> frozenset[str]:
    """Return what words may begin with; nothing where that is not known of one of them."""
    letters = [first_letters(word) for word in words]
    return frozenset().union(*letters) if all(letters) else frozenset()


def first_letters(word: str) -> frozenset[str]:
    """Return what a word may begin with, letters with a dot in both ways to write them."""
    bare = _bare(word)
    if bare[0] in _APOSTROPHES:
        return frozenset(_APOSTROPHES)
    if bare[0] not in "(/":
        return frozenset(bare[0] + _DOTTED.get(bare[:2], ""))
    inside = word[1:-1] if _is_expression(word) else bare.replace("*", _ANY)
    forms = list(_spread(inside))
    begins = [match for form in forms if (match := _BEGINS.match(form))]
    if len(begins) < len(forms):
        return frozenset()
    letters = {c for match in begins for c in match["one"] or match["any"]}
    if any(map(str.isspace, letters)):
        return frozenset()
    return frozenset(letters | {dotted for two, dotted in _DOTTED.items() if two[0] in letters})


def literals(word: str) -> frozenset[str]:
    """Return texts of which one is wherever a word is found; an empty one where none is known."""
    if _is_expression(word):
        forms = [_BEGINS_LITERALLY.match(form) for form in _spread(word[1:-1])]
        if all(forms):
            return frozenset(match[1] for match in forms if match)
        return first_letters(word) or frozenset(("",))
    bare = _DOT.sub(" ", _bare(word))
    while _INNER_GROUP.search(bare):
        bare = _INNER_GROUP.sub(" ", bare)
    return frozenset((max(reversed(_GAPS.split(bare)), key=len),))


def beginnings(word: str, length: int) -> frozenset[str]:
    """Return what the first words of all that a word finds begin with, in so many letters.

    Nothing where that is not known, or where it may begin within a word.
    """
    starts: set[str] = set()
    for form in _spread(word[1:-1] if _is_expression(word) else word.strip().lower()):
        begin = _FIRST_WORD.match(form)
        if not begin or (_is_expression(word) and r"\b" not in begin["before"]):
            return frozenset()
        if len(begin["word"]) < length and not begin["ends"] and begin.end() < len(form):
            return frozenset()
        starts.add(begin["word"][:length])
    return frozenset(starts)


def _spread(expression: str) -> Iterator[str]:
    """Yield the alternatives of an expression, those of a group at its beginning, too."""
    for one in _alternatives(expression):
        begin = _GROUP.match(one)
        if not begin:
            yield one
            continue
        inside, rest = _until_closed(one[begin.end() :])
        if begin["kind"] == "?=":  # what is ahead has anything behind it
            rest = "."
        for part in _alternatives(inside):
            yield from _spread(begin["before"] + part + rest)


def _until_closed(text: str) -> tuple[str, str]:
    """Return what is before the bracket that closes, and after it."""
    pieces, depth = _PIECES.findall(text), 0
    for i, piece in enumerate(pieces):
        if piece == ")" and not depth:
            return "".join(pieces[:i]), "".join(pieces[i + 1 :])
        depth += (piece == "(") - (piece == ")")
    return text, ""


def _alternatives(text: str) -> list[str]:
    """Return the alternatives of an expression, but not those in brackets."""
    if "|" not in text:
        return [text]
    alternatives, depth = [""], 0
    for piece in _PIECES.findall(text):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            alternatives.append("")
        else:
            alternatives[-1] += piece
    return alternatives


def _last(word: str) -> str:
    """Return what keeps a word without spaces around it from ending within a syllable."""
    last = 0 if _is_expression(word) or word[-1] == "*" else ord(word[-1])
    return _SYLLABLES.get(last - last % _BLOCK, "")


def _edges(word: str, spaces: bool) -> tuple[bool, bool]:
    """Tell whether no letter may be before, and after, a word."""
    if _is_expression(word):
        return False, False
    bare = word.strip("*")
    start = spaces and not word.startswith("*") and _is_letter(bare[0])
    return start, spaces and not word.endswith("*") and _is_letter(bare[-1])


def _is_expression(word: str) -> bool:
    return len(word) > len("//") and word[0] == word[-1] == "/"


def _word(word: str) -> str:
    if _is_expression(word):
        return f"(?:{word[1:-1]})"
    bare = _bare(word)
    expression = "".join(map(_piece, _PIECE.findall(bare)))
    return (
        _DOT.sub(lambda m: f"(?:{m[0]}|{_DOTTED[m[0]]})", expression)
        if _DOT.search(expression)
        else expression
    )


def _bare(word: str) -> str:
    """Return a word as it is searched: in small letters, without what may be around it."""
    return unicodedata.normalize("NFC", word.strip("*").lower())


def _is_letter(c: str) -> bool:
    return c in "()" or c.isalnum() or unicodedata.category(c).startswith("M")


def _piece(piece: str) -> str:
    if piece in "()|":
        return "(?:" if piece == "(" else piece
    if piece == "*":
        return "L*"
    return r"\s+" if piece.isspace() else _APOSTROPHE.sub(_APOSTROPHE.pattern, re.escape(piece))
