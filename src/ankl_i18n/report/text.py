"""Text from catalogs and sources, made harmless for terminals and logs."""

from __future__ import annotations

import re
from typing import Final

# Control characters (C0, C1) and the ones that reorder a line (Unicode TR 9, explicit
# directional formatting): a catalog could use them to hide or to fake what is shown.
UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

NO_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def visible(text: str) -> str:
    """Return the text on one line, every control character written out as `<U+001B>`."""
    text = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def in_xml(text: str) -> str:
    """Return the text with what XML 1.0 cannot hold (2.2, Char) written out."""
    return NO_XML.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return a number and its noun ("1 error", "2 errors")."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
