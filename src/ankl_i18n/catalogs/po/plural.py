"""The header field Plural-Forms: `nplurals=2; plural=(n != 1);`.

The expression is C, limited to n, numbers and operators (GNU gettext manual, "Plural forms");
Python's own gettext compiles it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py

MAX_NPLURALS = 10
"""More forms than any language has (Arabic has 6)."""
CHECKED_UP_TO = 1000
"""The expression is tried for every n from 0 to this number."""

_FIELD = re.compile(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*")
_NOT = re.compile(r"!(?!=)")


class PluralError(ValueError):
    """The field is not a usable Plural-Forms."""


@dataclass(frozen=True, slots=True)
class PluralForms:
    """How a language counts: `nplurals` forms, and which one a number takes.

    `expression` is the C expression as written, `index(n)` its value: the i of msgstr[i].
    """

    nplurals: int
    expression: str
    index: Callable[[int], int]


@lru_cache(maxsize=256)
def parse_plural_forms(field: str) -> PluralForms:
    """Return the meaning of a Plural-Forms field's value.

    Raises PluralError, with a sentence for the translator, when it cannot be read, when
    nplurals is 0 or above `MAX_NPLURALS`, or when some n in 0…1000 gets a form that does
    not exist.
    """
    match = _FIELD.fullmatch(field)
    if not match:
        raise PluralError('expected "nplurals=NUMBER; plural=EXPRESSION;"')
    if not 1 <= int(match[1][:9]) <= MAX_NPLURALS:
        raise PluralError(f"nplurals={match[1][:20]} is not between 1 and {MAX_NPLURALS}")
    if _NOT.search(match[2]):  # `c2py` reads `!n + 1` as `!(n + 1)`
        raise PluralError("write n == 0 for !n")
    forms = PluralForms(int(match[1]), match[2], _compiled(match[2]))
    for n in range(CHECKED_UP_TO + 1):
        try:
            index = forms.index(n)
        except ZeroDivisionError:
            raise PluralError(f"the expression divides by zero for n={n}") from None
        if not 0 <= index < forms.nplurals:
            raise PluralError(f"n={n} takes form {index}, but nplurals={forms.nplurals}")
    return forms


def _compiled(expression: str) -> Callable[[int], int]:
    try:
        return c2py(expression)
    except (ValueError, SyntaxError, MemoryError) as wrong:
        raise PluralError(str(wrong)) from None
