"""`ankl-review-1`: the hash of what was read, and what is built on it (docs/review.md).

The format is for ever: acts that were written with it are read with it. Every value is one
SHA-256 over a list of fields, each written as the number of its bytes in decimal, a colon, its
UTF-8 and a comma (a netstring, cr.yp.to/proto/netstrings.txt); an absent field is `-,`.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

MESSAGE: Final = "ankl-review-1"
KEY: Final = "ankl-review-1 key"
ROOT: Final = "ankl-review-1 root"
LEAFLET: Final = "ankl-review-1 leaflet"
SHA: Final = "sha256:"
# A code is so many characters of five bits each.
CODE_LENGTH: Final = 10
# What is read from paper for letters that no code has (RFC 4648, 6): 0, 1 and 8.
MISREAD: Final = str.maketrans("018", "OIB")


def message_key(msgctxt: str | None, msgid: str) -> str:
    """Return what identifies a message in acts: 64 hexadecimal digits."""
    return _digest([KEY, msgctxt, msgid])


def message_hash(  # noqa: PLR0913, PLR0917 - the fields, in the order of the specification
    source: str,
    language: str,
    msgctxt: str | None,
    msgid: str,
    msgid_plural: str | None,
    forms: Sequence[str],
) -> str:
    """Return the hash of what is read: a message and its translation, as parsed.

    `source` and `language` are tags (BCP 47); `msgctxt` and `msgid_plural` are None where there
    is none; `forms` are the msgstr, or each msgstr[i] in order, none where nothing is translated.
    """
    counted = str(len(forms))
    return SHA + _digest(
        [MESSAGE, source, language, msgctxt, msgid, msgid_plural or None, counted, *forms]
    )


def root_of(messages: Iterable[tuple[str, str]]) -> str:
    """Return the hash over a list of messages, each its key and its hash, in order."""
    listed = [field for message in messages for field in message]
    return SHA + _digest([ROOT, *listed])


def leaflet_root(
    source: str,
    language: str,
    front: Iterable[tuple[str, str]],
    body: Iterable[tuple[str, str]],
    pictures: Iterable[tuple[str, str]],
) -> str:
    """Return the hash of a whole leaflet in a language.

    `front` are the names and values of the fields that are shown and not translated, `body` what
    it consists of in order, each a kind ("section", "message", "text") and an id, a hash or a
    text, `pictures` their addresses and digests.
    """
    fields: list[str | None] = [LEAFLET, source, language]
    for part in (front, body, pictures):
        listed = [*part]
        fields += [str(len(listed)), *(field for pair in listed for field in pair)]
    return SHA + _digest(fields)


def code_of(root: str) -> str:
    """Return the code of a leaflet's root: ten characters of base32 (RFC 4648, 6).

    It is a way to look the leaflet up, and no proof: fifty bits can be made to match.
    """
    return base64.b32encode(bytes.fromhex(root.removeprefix(SHA)))[:CODE_LENGTH].decode()


def typed_code(text: str) -> str:
    """Return a code that people typed: in capitals, without spaces and hyphens."""
    return "".join(text.split()).replace("-", "").upper().translate(MISREAD)


def _digest(fields: Iterable[str | None]) -> str:
    return sha256(b"".join(map(_netstring, fields))).hexdigest()


def _netstring(field: str | None) -> bytes:
    if field is None:
        return b"-,"
    data = field.encode()
    return b"%d:%b," % (len(data), data)
