"""Names by which the browser and the server speak of messages: they hold no path and no text."""

from __future__ import annotations

import json
from hashlib import blake2b

from ankl_i18n.catalogs.po import Entry, Key


def key_name(domain: str, key: Key) -> str:
    """Return the name of a message of a domain."""
    return digest([domain, *key])


def version(entry: Entry | None) -> str:
    """Return the name of a translation as it is: who saves one says which one it was based on."""
    if entry is None:
        return version_of((), fuzzy=False)
    return version_of(entry.forms, fuzzy=entry.is_fuzzy())


def version_of(forms: tuple[str, ...], *, fuzzy: bool) -> str:
    """Return the name of a translation with these forms."""
    return digest([list(forms) if any(forms) else [], fuzzy and any(forms)])


def digest(value: object) -> str:
    """Return a name of a value of JSON: the same one for the same value."""
    text = json.dumps(value, ensure_ascii=False)
    return blake2b(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()
