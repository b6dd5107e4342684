"""The header field Plural-Forms: `nplurals=2; plural=(n != 1);`, read without `eval`.

The expression is C, limited to n, numbers and operators (GNU gettext manual, "Plural
forms"). It is compiled once into nested functions; arithmetic is that of a 64-bit
unsigned long, as in GNU libintl.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

MAX_NPLURALS = 10
"""More forms than any language has (Arabic has 6)."""
CHECKED_UP_TO = 1000
"""The expression is tried for every n from 0 to this number."""

_MAX_EXPRESSION = 1000
_MAX_DEPTH = 40
_WORD = 2**64
_FIELD = re.compile(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*")
_TOKEN = re.compile(r"\s*(\|\||&&|==|!=|<=|>=|[<>+\-*/%!?:()]|n\b|\d+\b)")

Index = Callable[[int], int]


class PluralError(ValueError):
    """The field is not a usable Plural-Forms."""


@dataclass(frozen=True, slots=True)
class PluralForms:
    """How a language counts: `nplurals` forms, and which one a number takes.

    `expression` is the C expression as written, `index(n)` its value: the i of msgstr[i].
    """

    nplurals: int
    expression: str
    index: Index


_LEVELS = {
    sign: level
    for level, signs in enumerate(("||", "&&", "== !=", "< > <= >=", "+ -", "* / %"))
    for sign in signs.split()
}
"""How tightly each operator binds, loosest first."""

_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b),
    ">": lambda a, b: int(a > b),
    "<=": lambda a, b: int(a <= b),
    ">=": lambda a, b: int(a >= b),
    "+": lambda a, b: (a + b) % _WORD,
    "-": lambda a, b: (a - b) % _WORD,
    "*": lambda a, b: a * b % _WORD,
    "/": lambda a, b: a // b,
    "%": lambda a, b: a % b,
}


@lru_cache(maxsize=256)
def parse_plural_forms(field: str) -> PluralForms:
    """Return the meaning of a Plural-Forms field's value.

    Raises PluralError, with a sentence for the translator, when it cannot be read, when
    nplurals is 0 or above `MAX_NPLURALS`, or when some n in 0…1000 gets a form that does
    not exist.
    """
    match = _FIELD.fullmatch(field) if len(field) < 2 * _MAX_EXPRESSION else None
    if not match:
        raise PluralError('expected "nplurals=NUMBER; plural=EXPRESSION;"')
    if not 1 <= int(match[1][:9]) <= MAX_NPLURALS:
        raise PluralError(f"nplurals={match[1][:20]} is not between 1 and {MAX_NPLURALS}")
    forms = PluralForms(int(match[1]), match[2], compile_expression(match[2]))
    for n in range(CHECKED_UP_TO + 1):
        try:
            index = forms.index(n)
        except ZeroDivisionError:
            raise PluralError(f"the expression divides by zero for n={n}") from None
        if index >= forms.nplurals:
            raise PluralError(f"n={n} takes form {index}, but nplurals={forms.nplurals}")
    return forms


def plural_index(field: str) -> Index:
    """Return the function from a number to its i in msgstr[i].

    A field that cannot be read counts as English does (`n != 1`), as in GNU libintl.
    """
    try:
        return parse_plural_forms(field).index
    except PluralError:
        return lambda n: int(n != 1)


def compile_expression(text: str) -> Index:
    """Return the function of n that a C plural expression describes.

    Raises PluralError when the text is not such an expression, is longer than 1,000
    characters or nested deeper than 40 levels.
    """
    if len(text) > _MAX_EXPRESSION:
        raise PluralError("the plural expression is too long")
    parser = _Parser(_tokens(text))
    function = parser.ternary(0)
    if parser.next():
        raise PluralError(f"the plural expression has a stray {parser.next()!r}")
    return function


def _tokens(text: str) -> list[str]:
    tokens, position, end = [], 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if not match:
            raise PluralError(f"the plural expression has a stray {text[position:].strip()[0]!r}")
        tokens.append(match[1])
        position = match.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens; every method consumes what it recognizes."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens[::-1]

    def next(self) -> str:
        return self.tokens[-1] if self.tokens else ""

    def expect(self, token: str) -> None:
        if self.next() != token:
            raise PluralError(f"the plural expression lacks {token!r}")
        self.tokens.pop()

    def ternary(self, depth: int) -> Index:
        if depth > _MAX_DEPTH:
            raise PluralError("the plural expression is nested too deeply")
        condition = self.binary(0, depth)
        if self.next() != "?":
            return condition
        self.tokens.pop()
        then = self.ternary(depth + 1)
        self.expect(":")
        otherwise = self.ternary(depth + 1)
        return lambda n: then(n) if condition(n) else otherwise(n)

    def binary(self, level: int, depth: int) -> Index:
        left = self.unary(depth)
        while _LEVELS.get(self.next(), -1) >= level:
            sign = self.tokens.pop()
            left = _apply(sign, left, self.binary(_LEVELS[sign] + 1, depth))
        return left

    def unary(self, depth: int) -> Index:
        if depth > _MAX_DEPTH:
            raise PluralError("the plural expression is nested too deeply")
        first = self.tokens.pop() if self.tokens else "its end"
        if first == "n":
            return lambda n: n
        if first.isdecimal():
            number = int(first) % _WORD
            return lambda _: number
        if first == "!":
            operand = self.unary(depth + 1)
            return lambda n: int(not operand(n))
        if first == "(":
            inner = self.ternary(depth + 1)
            self.expect(")")
            return inner
        raise PluralError(f"the plural expression has {first!r} where a value belongs")


def _apply(sign: str, left: Index, right: Index) -> Index:
    if sign == "||":
        return lambda n: int(bool(left(n)) or bool(right(n)))
    if sign == "&&":
        return lambda n: int(bool(left(n)) and bool(right(n)))
    function = _ARITHMETIC[sign]
    return lambda n: function(left(n), right(n))
