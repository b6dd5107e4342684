"""Entries as GNU gettext writes them, nearly all there are, found whole by one expression.

Everything else, mistakes above all, is for the reader, which goes line by line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ankl_i18n.po.escapes import EscapeError, unescaped

if TYPE_CHECKING:
    from collections.abc import Mapping

# One string and the end of its line.
_STRING: Final = rb'"(?:[^"\\\r\n]++|\\[^\r\n])*+"\n'
_COMMENTS: Final = rb"(?P<comments>(?:#(?:[ .:,][^\r\n]*+)?\n)*+)"
# What stands before previous fields and before fields, in live entries and in obsolete ones.
_PREFIXES: Final = ((b"#| ", b""), (b"#~| ", b"#~ "))
# What may follow: nothing, or what begins another entry. Not a string that goes on after a
# blank line, nor a second msgstr: that is for the reader to join or to refuse.
_NEXT: Final = rb"(?=[ \t\r\n\f\v]*+(?:\Z|msg[ic]|#(?:[^~|]|~?\|?[ \t]*+msg[ic])))"


def _field(name: bytes, prefix: bytes, group: bytes) -> bytes:
    start = re.escape(prefix)
    return rb"%s%s (?P<%s>%s(?:%s%s)*+)" % (start, name, group, _STRING, start, _STRING)


def _entry(previous: bytes, prefix: bytes) -> re.Pattern[bytes]:
    fields = (
        rb"(?:%s)?" % _field(b"msgctxt", previous, b"previous_msgctxt"),
        rb"(?:%s)?" % _field(b"msgid", previous, b"previous_msgid"),
        rb"(?:%s)?" % _field(b"msgctxt", prefix, b"msgctxt"),
        _field(b"msgid", prefix, b"msgid"),
        _field(b"msgstr", prefix, b"msgstr"),
    )
    return re.compile(_COMMENTS + b"(?P<body>)" + b"".join(fields) + _NEXT)


_LIVE, _OBSOLETE = (_entry(*prefixes) for prefixes in _PREFIXES)
_FIELDS: Final = ("previous_msgctxt", "previous_msgid", "msgctxt", "msgid", "msgstr")


class Plain(NamedTuple):
    """An entry without plural forms, found in UTF-8 text.

    Its fields begin at byte `body`, its msgid at byte `msgid`; `end` is the byte after its
    last line. `comments` are the lines before the fields without their `#`,
    `texts` the fields by polib's name.
    """

    comments: list[str]
    texts: Mapping[str, str]
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
    joints = (b'"\n#| "', b'"\n"') if live else (b'"\n#~| "', b'"\n#~ "')
    texts = {}
    try:
        for name, raw in zip(_FIELDS, found.group(*_FIELDS), strict=True):
            if raw is not None:
                joint = joints[not name.startswith("previous")]
                texts[name] = unescaped(raw[1:-2].replace(joint, b"").decode(), "utf-8")
    except EscapeError:
        return None
    comments = found["comments"][1:-1].decode().split("\n#") if found["comments"] else []
    return Plain(comments, texts, not live, found.start("body"), found.start("msgid"), found.end())
