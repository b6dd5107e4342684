"""Entries as GNU gettext writes them, nearly all there are, found whole by one expression.

Everything else, mistakes above all, is for the reader, which goes line by line.
"""

from __future__ import annotations

import re
from typing import Final

from ankl_i18n.catalogs.po.comments import fields
from ankl_i18n.catalogs.po.escapes import EscapeError, unescaped
from ankl_i18n.catalogs.po.records import Entry

# One string and the end of its line.
_STRING: Final = rb'"[^"\\\r\n]*+(?:\\[^\r\n][^"\\\r\n]*+)*"\n'
# Groups are not repeated possessively: in Python before 3.11.3 and 3.12 such a group stays where
# it failed (github.com/python/cpython/issues/101955). Nothing else can follow, so that none is
# tried with less.
_COMMENTS: Final = rb"((?:#(?:[ .:,][^\r\n]*+)?\n)*)"
# What is before previous fields and before fields, in live entries and in obsolete ones.
_PREFIXES: Final = ((b"#| ", b""), (b"#~| ", b"#~ "))
# What is between two strings of a field, where fields have these prefixes.
_JOINTS: Final = tuple(tuple(b'"\n%s"' % prefix for prefix in both) for both in _PREFIXES)
# What may follow: nothing, or what begins another entry. Not a string that goes on after a
# blank line, nor a second msgstr: that is for the reader to join or to refuse.
_NEXT: Final = rb"(?=[ \t\r\n\f\v]*+(?:\Z|msg[ic]|#(?:[^~|]|~?\|?[ \t]*+msg[ic])))"


def _field(name: bytes, prefix: bytes) -> bytes:
    start = re.escape(prefix)
    return rb"%s%s (%s(?:%s%s)*)" % (start, name, _STRING, start, _STRING)


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


def entry_at(data: bytes, position: int, lead: int, line: int) -> Entry | None:
    """Return the entry that begins at a byte, None if it is not plain in every way.

    `data` is UTF-8, `position` is the beginning of a line, the one of number `line`; the entry
    before ends at byte `lead`. A plain entry has no plural forms.
    """
    live = _LIVE.match(data, position)
    match = live or _OBSOLETE.match(data, position)
    if not match:
        return None
    old_joint, joint = _JOINTS[not live]
    remarks, _, old_msgctxt, old_msgid, msgctxt, msgid, msgstr = match.groups()
    end = match.end()
    try:
        return Entry(
            msgid=_text(msgid, joint),
            msgstr=_text(msgstr, joint),
            msgctxt=_text(msgctxt, joint) if msgctxt else None,
            obsolete=not live,
            previous_msgctxt=_text(old_msgctxt, old_joint) if old_msgctxt else None,
            previous_msgid=_text(old_msgid, old_joint) if old_msgid else None,
            line=line + data.count(b"\n", position, match.start(6)),
            span=(position, end),
            lead=lead,
            source=data[position:end],
            body=match.start(2) - position,
            **fields(remarks[1:-1].decode().split("\n#") if remarks else ()),
        )
    except EscapeError:
        return None


def _text(lines: bytes, joint: bytes) -> str:
    """Return what the strings of a field say; between them stands `joint`."""
    text = lines[1:-2].replace(joint, b"").decode()
    return unescaped(text, "utf-8") if "\\" in text else text
