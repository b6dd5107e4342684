"""Marks in a page that tell which message a text is, for a program that shows it to translators.

A text is in an element `m-text`; what a reader sees of an attribute, or of a word within
another text, is named in `data-more`. Without its marks a page is the one that readers get.
"""

from __future__ import annotations

from html import escape
from typing import Final

ELEMENT: Final = "m-text"
KEY: Final = "data-key"
MORE: Final = "data-more"
# Where a token keeps which slot of the document its text is from.
SLOT: Final = "slot"


def marked(html: str, key: str | None) -> str:
    """Return the HTML of a text in an element with the message's key; as it is without one."""
    return f'<{ELEMENT} {KEY}="{escape(key)}">{html}</{ELEMENT}>' if key else html


def more(*keys: str | None) -> str:
    """Return the attribute that names the messages in attributes of an element; "" for none."""
    known = " ".join(filter(None, keys))
    return f' {MORE}="{escape(known)}"' if known else ""
