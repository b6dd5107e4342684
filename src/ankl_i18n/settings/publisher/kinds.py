"""Kinds of plain values: telephone numbers, e-mail and web addresses, texts.

Each rule returns what is wrong with a value, or an empty string.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

# Digits of a telephone number (ITU-T E.164), and of a short one (112, 811).
SHORTEST, LONGEST = 3, 15
# A number as people write it (ITU-T E.123), and an extension.
NUMBER: Final = re.compile(r"\+?\d[\d ().\u00a0\u202f/‑–-]*\d", re.ASCII)
EMAIL: Final = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
# Controls, and characters that turn the direction of a text or cannot be seen.
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
JOINERS: Final = "\u200c\u200d"
# The trunk prefix of a national number, which nobody dials from abroad: +44 (0)20.
TRUNK: Final = re.compile(r"\(0\)")


def text(value: Any) -> str:
    """A text of one line, without characters that cannot be seen."""
    if not isinstance(value, str) or not value.strip():
        return "write a text in quotes"
    for character in value:
        if unicodedata.category(character) in UNSEEN and character not in JOINERS:
            return f"remove the character U+{ord(character):04X}, which is invisible"
    return ""


def telephone(value: Any) -> str:
    """A telephone number, as people write it."""
    digits = sum(character.isdecimal() for character in value) if isinstance(value, str) else 0
    good = SHORTEST <= digits <= LONGEST and NUMBER.fullmatch(value.strip())
    return "" if good else "write a telephone number, such as +44 20 7946 0000"


def email(value: Any) -> str:
    """An e-mail address."""
    good = isinstance(value, str) and EMAIL.fullmatch(value)
    return "" if good else "write an e-mail address"


def web(value: Any) -> str:
    """A web address, encrypted."""
    wrong = "write an address that starts with https://"
    if not isinstance(value, str) or text(value) or re.search(r"\s", value):
        return wrong
    try:
        parts = urlsplit(value)
    except ValueError:
        return wrong
    return "" if parts.scheme == "https" and parts.hostname else wrong


def dialled(number: str) -> str:
    """Return the address that calls a telephone number (RFC 3966).

    >>> dialled("+44 (0)20 7946 0000")
    'tel:+442079460000'
    """
    national = TRUNK.sub("", number) if number.strip().startswith("+") else number
    return "tel:" + re.sub(r"[^\d+]", "", national)


KINDS: Final[Mapping[str, Callable[[Any], str]]] = {
    "text": text, "telephone": telephone, "email": email, "web": web,
}  # fmt: skip
