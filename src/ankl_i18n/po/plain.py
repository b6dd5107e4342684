"""Entries as GNU gettext writes them, nearly all there are, found whole by one expression.

Everything else, mistakes above all, is for the reader, which goes line by line.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ankl_i18n.po.escapes import EscapeError, unescaped

# One string and the end of its line.
_STRING: Final = rb'"(?:[^"\\\r\n]++|\\[^\r\n])*+"\n'
_COMMENTS: Final = rb"((?:#(?:[ .:,][^\r\n]*+)?\n)*+)"
# What stands before previous fields and before fields, in live entries and in obsolete ones.
_PREFIXES: Final = ((b"#| ", b""), (b"#~| ", b"#~ "))
# What stands between two strings of a field, where fields have these prefixes.
_JOINTS: Final = tuple(tuple(b'"\n%s"' % prefix for prefix in both) for both in _PREFIXES)
# What may follow: nothing, or what begins another entry. Not a string that goes on after a
# blank line, nor a second msgstr: that is for the reader to join or to refuse.
_NEXT: Final = rb"(?=[ \t\r\n\f\v]*+(?:\Z|msg[ic]|#(?:[^~|]|~?\|?[ \t]*+msg[ic])))"


def _field(name: bytes, prefix: bytes) -> bytes:
    start = re.escape(prefix)
    return rb"%s%s (%s(?:%s%s)*+)" % (start, name, _STRING, start, _STRING)


def _entry(previous: bytes, prefix: bytes) -> re.Pattern[bytes]:
    fields = (
        rb"(?:%s)?" % _field(b"msgctxt", previous),
        rb"(?:%s)?" % _field(b"msgid", previous),
        rb"(?:%s)?" % _field(b"msgctxt", prefix),
        _field(b"msgid", prefix),
        _field(b"msgstr", prefix),
    )
    return re.compile(_COMMENTS + b"()" + b"".join(fields) + _NEXT)


_LIVE, _OBSOLETE = (_entry(*prefixes) for prefixes in _PREFIXES)


class Plain(NamedTuple):
    """An entry without plural forms, found in UTF-8 text.

    Its fields begin at byte `body`, its msgid at byte `first`; `end` is the byte after its
    last line. `comments` are the lines before the fields without their `#`.
    """

    comments: list[str]
    previous_msgctxt: str | None
    previous_msgid: str | None
    msgctxt: str | None
    msgid: str
    msgstr: str
    obsolete: bool
    body: int
    first: int
    end: int


def entry_at(data: bytes, position: int) -> Plain | None:
    """Return the entry that begins at a byte, None if it is not plain in every way.

    `position` is the beginning of a line.
    """
    live = _LIVE.match(data, position)
    found = live or _OBSOLETE.match(data, position)
    if not found:
        return None
    old_joint, joint = _JOINTS[not live]
    comments, _, old_msgctxt, old_msgid, msgctxt, msgid, msgstr = found.groups()
    try:
        return Plain(
            comments[1:-1].decode().split("\n#") if comments else [],
            _text(old_msgctxt, old_joint) if old_msgctxt else None,
            _text(old_msgid, old_joint) if old_msgid else None,
            _text(msgctxt, joint) if msgctxt else None,
            _text(msgid, joint),
            _text(msgstr, joint),
            not live,
            found.start(2),
            found.start(6),
            found.end(),
        )
    except EscapeError:
        return None


def _text(lines: bytes, joint: bytes) -> str:
    """Return what the strings of a field say; between them stands `joint`."""
    text = lines[1:-2].replace(joint, b"").decode()
    return unescaped(text, "utf-8") if "\\" in text else text
