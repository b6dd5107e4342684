r"""The escapes of PO strings: those of C, without hexadecimal ones (`\x41`)."""

from __future__ import annotations

import re

_ESCAPES = {
    "\\": "\\\\",
    '"': r"\"",
    "\n": r"\n",
    "\t": r"\t",
    "\r": r"\r",
    "\a": r"\a",
    "\b": r"\b",
    "\f": r"\f",
    "\v": r"\v",
}
_TO_ESCAPE = str.maketrans(_ESCAPES)
_NEEDS_ESCAPE = re.compile(f"[{re.escape(''.join(_ESCAPES))}]").search
_CHARACTERS = {escape: char for char, escape in _ESCAPES.items()}
_ESCAPE = re.compile(r"(?:\\[0-7]{1,3})+|\\.")


class EscapeError(ValueError):
    """A string has an escape that stands for nothing; `escape` is its text."""

    def __init__(self, escape: str) -> None:
        super().__init__(escape)
        self.escape = escape


def escaped(text: str) -> str:
    """Return a message's text as it is between quotes."""
    return text.translate(_TO_ESCAPE) if _NEEDS_ESCAPE(text) else text


def unescaped(text: str, charset: str) -> str:
    r"""Return what a string between quotes says; octal escapes are bytes in `charset`.

    Raises EscapeError for any other escape, and for octal ones that are no text (`\0`).
    `text` contains no NUL: the reader has refused that.
    """
    if "\\" not in text:
        return text
    text = text.replace(r"\\", "\0").replace(r"\n", "\n").replace(r"\"", '"')  # most of them, fast
    if "\\" in text:
        text = _ESCAPE.sub(lambda match: _resolved(match[0], charset), text)
    return text.replace("\0", "\\")


def _resolved(escape: str, charset: str) -> str:
    return _CHARACTERS[escape] if escape in _CHARACTERS else _octal(escape, charset)


def _octal(escapes: str, charset: str) -> str:
    r"""Return the text of a run of octal escapes such as `\303\251`."""
    try:
        text = bytes(int(octal, 8) for octal in escapes[1:].split("\\")).decode(charset)
    except ValueError:  # not octal, above 255, or no text
        raise EscapeError(escapes) from None
    if "\0" in text:
        raise EscapeError(escapes)
    return text
