"""Translators silence a check of one message in its comment: `# i18n: ignore KIND: reason`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from ankl_i18n.catalogs.po import Entry

LINE: Final = re.compile(r"i18n:\s*ignore\b\s*([^:：]*)[:：]?\s*(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Silence:
    """One request: the kinds named in it, and the reason given."""

    kinds: tuple[str, ...]
    reason: str


def silences(entry: Entry) -> Iterator[Silence]:
    """Yield the requests in a message's translator comment."""
    for line in (entry.tcomment or "").split("\n"):
        match = LINE.fullmatch(line.strip())
        if match:
            yield Silence(tuple(re.findall(r"[\w-]+", match[1].lower())), match[2].strip())


def silenced_kinds(entry: Entry) -> frozenset[str]:
    """Return the kinds that are silenced with a reason."""
    if "i18n:" not in (entry.tcomment or ""):
        return frozenset()
    return frozenset(
        kind for silence in silences(entry) if silence.reason for kind in silence.kinds
    )


def wrong(
    entry: Entry, known: Collection[str], kinds: Collection[str], protecting: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a message's requests.

    `kinds` are the kinds it has problems of; those that are `protecting` cannot be silenced.
    """
    if entry.obsolete or "i18n:" not in (entry.tcomment or ""):
        return
    for silence in silences(entry):
        names = ", ".join(silence.kinds)
        if not silence.kinds:
            yield "ignore names no check", "Write # i18n: ignore KIND: reason"
        elif not silence.reason:
            yield (
                f"{names} is not silenced: no reason is given",
                f"Write # i18n: ignore {names}: reason",
            )
        for kind in silence.kinds:
            if kind not in known:
                yield f"there is no check {kind!r}", f"The checks are {', '.join(sorted(known))}."
            elif kind in protecting:
                yield f"{kind} cannot be silenced", "Correct the translation, and delete this line."
            elif silence.reason and kind not in kinds:
                yield f"there is no {kind} to silence here", "Delete the line."
