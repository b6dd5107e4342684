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

    Its fields begin at byte `body`, its msgid at byte `msgid`; `end` is the byte after its
    last line. `comments` are the lines before the fields without their `#`,
    `texts` the fields by polib's name.
    """

    comments: list[str]
    texts: dict[str, str]
    obsolete: bool
    body: int
    msgid: int
    end: int


def entry_at(data: bytes, position: int) -> Plain | None:
    """Return the entry that begins at a byte, None if it is not plain in every way.

    `position` is the beginning of a line.
    """
    live = _LIVE.match(data, position)
    found = live or _OBSOLETE.match(data, position)
    if not found:
        return None
    old_joint, joint = (b'"\n#| "', b'"\n"') if live else (b'"\n#~| "', b'"\n#~ "')
    comments, _, old_msgctxt, old_msgid, msgctxt, msgid, msgstr = found.groups()
    try:
        texts = {"msgid": _text(msgid, joint), "msgstr": _text(msgstr, joint)}
        if msgctxt:
            texts["msgctxt"] = _text(msgctxt, joint)
        if old_msgctxt:
            texts["previous_msgctxt"] = _text(old_msgctxt, old_joint)
        if old_msgid:
            texts["previous_msgid"] = _text(old_msgid, old_joint)
    except EscapeError:
        return None
    lines = comments[1:-1].decode().split("\n#") if comments else []
    return Plain(lines, texts, not live, found.start(2), found.start(6), found.end())


def _text(lines: bytes, joint: bytes) -> str:
    """Return what the strings of a field say; between them stands `joint`."""
    text = lines[1:-2].replace(joint, b"").decode()
    return unescaped(text, "utf-8") if "\\" in text else text
