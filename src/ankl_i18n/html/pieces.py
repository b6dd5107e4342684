"""Which parts of a right-to-left line are not read right to left, and where they begin and end.

A stretch of anything but letters of a right-to-left script is one piece, with the numbers, signs
and units around it: "150 × 10⁹/L", "H₂O", "Ca²⁺", "+44 (0)1632 960123". It reads as it does alone.
What belongs to the sentence stays outside: its full stop, its comma, a bracket that closes
elsewhere, the hyphen after a Hebrew prefix; and a number whose unit is a word of the language.

Which way a piece runs follows its digits, as in CLDR (number symbols) and the bidirectional
classes of Unicode (UAX #9): with European and Persian digits left to right, a minus sign on the
left; with Arabic-Indic digits alone right to left, so that "٥–١٠" begins at the right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Final

from ankl_i18n.checks.unit_signs import unit_at
from ankl_i18n.html.measures import PHONE, S
from ankl_i18n.languages import Direction, Language

Span = tuple[int, int]

# What is in a line for a picture, a mark of a footnote, a hard line break: nothing joins
BREAK: Final = "\ufffc"
# over it, nor over the controls that a translator isolates a text with, nor over stops that are
# letters to Unicode (class AL).
STOPS: Final = "؛؟۔"
BREAKS: Final = frozenset(f"{STOPS}\n\ufffc\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SPACE: Final = re.compile(r"[\s\u2060\u200b]+")
UNSEEN: Final = frozenset("\u200b\u200c\u200d\u200e\u2060\ufeff")
DIGITS: Final = re.compile(r"\d")
BARE_NUMBER: Final = re.compile(r"[\d.,:٫٬]+|[\u0660-\u0669٫٬.,]+[٪%]")
# Numbers and signs as they are read in Arabic: each number from its highest digit, on the left;
# the rest right to left.
ARABIC_NUMBERS: Final = re.compile(r"[\u0660-\u0669٫٬٪؉%°\s.,:/‑–−+<>≤≥≈~±×=()\[\]-]+")
ARABIC_DIGIT: Final = re.compile("[\u0660-\u0669]")
# Two years with a hyphen are a range, other groups of so many digits a telephone number or date.
YEARS: Final = re.compile(r"[١٢][٠٩]\d\d[-‑][١٢][٠٩]\d\d")

SENTENCE: Final = frozenset(".,;:!?…،؛")
ENDS: Final = re.compile(r"[.,;:!?…،؛][)\]}»›”’\"']*$")
# What joins a letter of the script to the piece after or before it, and is part of neither.
JOINTS: Final = frozenset(".,;:!?…،؛-‑–—/|·&'\"")
# Signs that belong to what follows, and to what goes before, over a space, too.
BEFORE: Final = frozenset("<>≤≥≈~±+−#№§©®€$£¥₪﷼&°")
AFTER: Final = frozenset("%‰°€$£¥₪﷼′″")
# A web or e-mail address is a piece by itself.
ADDRESS: Final = re.compile(r"[a-z]+://|www\.|[\w.+-]+@[\w-]+\.\w", re.IGNORECASE)
OPENING: Final = "([{“”‘’«»‹›\"'"
DOTTED: Final = re.compile(r"(?:^|[^\w.])(?:[A-Za-z]\.){2,}$")
SHORTENED: Final = re.compile(r"(?:[A-Za-z]{0,5}[a-z])\.$")
# A number and its unit, or a bracket: what is after them is something else.
QUANTITY_END: Final = re.compile(
    r"(?<![\w./-])\d[\d.,٫٬/–-]*(?:\s[^\W\d]\S*|[^\W\d][^\s\d]*)$|[)\]]$"
)
# A unit of temperature with a letter of the language: "38 °م".
DEGREE: Final = re.compile(rf"(?<=\d){S}?(°(?=\w)|°{S}(?=\w(?!\w)))")
# A letter that stands for a multiplication sign: "2 x 500".
TIMES: Final = re.compile(r"(?<!\S)[xX](?!\S)")

PAIRS: Final = {"(": ")", "[": "]", "{": "}"}
QUOTES: Final = {c: kind for kind, marks in enumerate(('"“”„‟', "'‘’‚", "«»", "‹›")) for c in marks}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line, from `start` to before `end`, and the way it runs."""

    start: int
    end: int
    direction: Direction


def pieces(line: str, language: Language, whole: Sequence[Span] = ()) -> list[Piece]:
    """Return the parts of a right-to-left line that need a direction of their own.

    `language` is that of the text; `whole` are measures and telephone numbers: never parted.
    """
    text = _Line(line, language, whole)
    parts = (part for stretch in text.stretches() for part in text.parted(*stretch))
    trimmed = (text.trimmed(*part) for part in parts)
    runs = [
        Piece(start, end, direction(line[start:end]))
        for start, end in trimmed
        if any(map(str.isalnum, line[start:end])) and not BARE_NUMBER.fullmatch(line, start, end)
    ]
    return sorted([*runs, *(Piece(*span, "rtl") for span in text.degrees)], key=lambda p: p.start)


def direction(text: str) -> Direction:
    """Return the way that a measure, a formula or a word runs in right-to-left text."""
    if not ARABIC_DIGIT.search(text) or not ARABIC_NUMBERS.fullmatch(text):
        return "ltr"
    return "rtl" if YEARS.fullmatch(text) or not re.fullmatch(PHONE, text) else "ltr"


@cache
def _class(character: str) -> str:
    return unicodedata.bidirectional(character)


def _is_latin(text: str) -> bool:
    """Tell whether a text has a letter that is read left to right."""
    return any(_class(c) == "L" and c.isalpha() for c in text)


class _Line:
    """A line, and what is known of each of its characters."""

    def __init__(self, line: str, language: Language, whole: Sequence[Span]) -> None:
        self.line = line
        self.language = language
        self.whole = whole
        self.partners = partners(line)
        self.of_script = _of_script(line)
        self.degrees = tuple(self._degrees())
        for start, end in self.degrees:
            self.of_script[start:end] = [True] * (end - start)

    def _degrees(self) -> Iterator[Span]:
        """Yield degree signs with their letters: after "38" the sign alone would run with it."""
        for match in DEGREE.finditer(self.line):
            start, end = match.span(1)
            if self.of_script[end]:
                letters = takewhile(bool, self.of_script[end:])
                yield start, end + sum(letters)

    def stretches(self) -> Iterator[Span]:
        """Yield the longest parts without a letter of the script."""
        start = 0
        for i, character in enumerate(self.line):
            if self.of_script[i] or character in BREAKS:
                if i > start:
                    yield start, i
                start = i + 1
        if len(self.line) > start:
            yield start, len(self.line)

    def parted(self, start: int, end: int) -> Iterator[Span]:
        """Yield the parts of a stretch that are read one after the other."""
        first = start
        for space in SPACE.finditer(self.line, start, end):
            if self._parts(space, start, end):
                yield first, space.start()
                first = space.end()
        middle = self._counting(first, end)
        yield first, middle
        if middle < end:
            yield middle, end

    def _parts(self, space: re.Match[str], start: int, end: int) -> bool:
        """Tell whether what is before and after a space are two pieces."""
        if self._is_whole(space.start()) or self._is_enclosed(space.start(), start, end):
            return False
        before = self.line[start : space.start()].rsplit(maxsplit=1)[-1:]
        after = self.line[space.end() : end].split(maxsplit=1)[:1]
        if not before or not after:
            return False
        left, right = before[0].lstrip(OPENING), after[0]
        if ADDRESS.match(left) or ADDRESS.match(right.lstrip(OPENING)):
            return True
        if ENDS.search(left):
            return not self._goes_on(start, space.start(), left, right)
        is_next = DIGITS.match(right) is not None
        is_number = DIGITS.search(left) is not None and not _is_latin(left)
        return is_next and (is_number or left.endswith((")", "]")))

    def _goes_on(self, start: int, end: int, left: str, right: str) -> bool:
        """Tell whether a sentence in Latin letters goes on after its punctuation: "p. 5"."""
        if set(left) <= SENTENCE:
            return left == ":"
        if "،" in left or "؛" in left:
            return False
        if DIGITS.match(right) and DOTTED.search(left):
            return True
        if DIGITS.match(right) and SHORTENED.fullmatch(left):
            return not QUANTITY_END.search(self.line[start : end - 1])
        first = right.lstrip(OPENING)
        return _is_latin(left) and _is_latin(first[:1])

    def _counting(self, start: int, end: int) -> int:
        """Return where a number begins that counts the word of the language after it, or `end`.

        "5 mg 3 مرات" is 5 mg, three times, and never "3" beside "mg".
        """
        spot = SPACE.match(self.line, end)
        after = spot.end() if spot else end
        if after >= len(self.line) or not self.of_script[after]:
            return end
        last = len(self.line[:end].rstrip())
        spaces = [
            m for m in SPACE.finditer(self.line, start, last) if not self._is_whole(m.start())
        ]
        place = end
        for space in reversed(spaces):
            number = TIMES.sub("×", self.line[space.end() : last])
            if _is_latin(number):
                break
            place = space.end() if DIGITS.search(number) else place
        before = TIMES.sub("×", self.line[start:place].rstrip())
        if place == end or not _is_latin(before):
            return end
        counts = unit_at(self.line, last, last, self.language)[1] > last
        return place if counts or QUANTITY_END.search(before) else end

    def _is_whole(self, i: int) -> bool:
        return any(start <= i < end for start, end in self.whole)

    def _is_enclosed(self, i: int, start: int, end: int) -> bool:
        """Tell whether brackets or quotation marks of a stretch stand around a place in it."""
        return any(
            start <= opening < i < closing < end
            for opening, closing in self.partners.items()
            if opening < closing
        )

    def trimmed(self, start: int, end: int) -> Span:
        """Return a part without what belongs to the sentence around it."""
        while start < end and (more := self._ahead(start, end)):
            start += more
        while start < end and (more := self._behind(start, end)):
            end -= more
        quoted = start < end and self.line[start] in QUOTES and self.partners.get(start) == end - 1
        return self.trimmed(start + 1, end - 1) if quoted else (start, end)

    def _ahead(self, start: int, end: int) -> int:
        """Return how many characters at the beginning of a part belong to the sentence."""
        c = self.line[start]
        if self._is_whole(start):
            return 0
        if c.isspace() or c in UNSEEN or self._is_open(start, start, end):
            return 1
        if c in JOINTS and start and self.of_script[start - 1]:
            return 1
        if c in SENTENCE and not (c == "." and self.line[start + 1 : start + 2].isdigit()):
            return 1
        word = self.line[start:end].split(maxsplit=1)[0]
        is_loose = not any(map(str.isalnum, word)) and not set(word) & set(PAIRS)
        return len(word) if is_loose and not set(word) <= BEFORE else 0

    def _behind(self, start: int, end: int) -> int:
        """Return how many characters at the end of a part belong to the sentence."""
        c, last = self.line[end - 1], end - 1
        if self._is_whole(last):
            return 0
        if c.isspace() or c in UNSEEN or self._is_open(last, start, end):
            return 1
        if c in JOINTS - set("'\"") and self.of_script[end : end + 1] == [True]:
            return 1
        if c in SENTENCE:
            keeps = c in ".!?" and self._is_quoted(start, end)
            return 0 if keeps or DOTTED.search(self.line[start:end]) else 1
        word = self.line[start:end].rsplit(maxsplit=1)[-1]
        is_loose = not any(map(str.isalnum, word)) and not set(word) & set(PAIRS.values())
        return len(word) if is_loose and not set(word) <= AFTER else 0

    def _is_quoted(self, start: int, end: int) -> bool:
        """Tell whether quotation marks or brackets are right around a part."""
        return start > 0 and self.partners.get(start - 1) == end

    def _is_open(self, i: int, start: int, end: int) -> bool:
        """Tell whether a bracket or quotation mark has its partner outside a part, or none."""
        c = self.line[i]
        if c not in QUOTES and c not in PAIRS and c not in PAIRS.values():
            return False
        partner = self.partners.get(i)
        if partner is None:  # 5′ and 6″ may be written 5' and 6"
            return c not in "'\"’”" or i == start or not self.line[i - 1].isdigit()
        return not start <= partner < end


def _of_script(line: str) -> list[bool]:
    """Tell of each character whether it is a letter of a right-to-left script, or a mark on one."""
    out: list[bool] = []
    for character in line:
        kind = _class(character)
        is_carried = kind in ("NSM", "BN") and bool(out) and out[-1]
        out.append(is_carried or (kind in ("R", "AL") and character not in STOPS))
    return out


def partners(line: str) -> dict[int, int]:
    """Return the places of brackets and quotation marks, each with that of its partner."""
    partner_of: dict[int, int] = {}
    brackets: list[int] = []
    quotes: dict[int, int] = {}
    for i, c in enumerate(line):
        if c in PAIRS:
            brackets.append(i)
        elif c in PAIRS.values():
            if brackets and PAIRS[line[brackets[-1]]] == c:
                _pair(partner_of, brackets.pop(), i)
        elif c in QUOTES and not _is_apostrophe(line, i):
            kind = QUOTES[c]
            if kind in quotes and not line[i - 1].isspace():
                _pair(partner_of, quotes.pop(kind), i)
            elif not line[i + 1 : i + 2].isspace() and i + 1 < len(line):
                quotes[kind] = i
    return partner_of


def _pair(partner_of: dict[int, int], opening: int, closing: int) -> None:
    partner_of[opening], partner_of[closing] = closing, opening


def _is_apostrophe(line: str, i: int) -> bool:
    """Tell whether a mark is within a word: "Hodgkin's", "מ"ג"."""
    return line[i - 1 : i].isalnum() and line[i + 1 : i + 2].isalnum()
