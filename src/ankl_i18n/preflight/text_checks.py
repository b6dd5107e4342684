"""Checks of what a file says, pages and PDFs alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ankl_i18n.errors import Severity
from ankl_i18n.preflight.book import Book
from ankl_i18n.preflight.page import Page
from ankl_i18n.preflight.reading import Paper, squeezed, unexplained, unreferenced
from ankl_i18n.preflight.records import Finding
from ankl_i18n.source.texts import FOOTNOTE

SHOWN: Final = 3  # messages named; more of them say no more
LENGTH: Final = 60  # letters shown of a message


def unread(read: Page | Paper | Book) -> list[str]:
    """Return the messages that a reader does not find."""
    text = unreferenced(read.text, read.output.references)
    texts = text, unexplained(text, read.output.explained)
    return [
        message
        for message in read.output.messages
        if not any(_is_read(message, text) for text in texts)
    ]


def _is_read(message: str, text: str) -> bool:
    """Tell whether a message can be read; the mark of a footnote, [^1], is shown as a number."""
    return all(squeezed(part) in text for part in FOOTNOTE.split(message))


def text(read: Page | Paper | Book) -> Iterator[Finding]:
    """Every message of the catalog can be read back, found and copied."""
    lost = unread(read)
    for message in lost[:SHOWN]:
        short = message if len(message) <= LENGTH else f"{message[:LENGTH]}…"
        yield _error("text", f"this message cannot be read back: {short!r}")
    if len(lost) > SHOWN:
        yield _error("text", f"{len(lost) - SHOWN} more messages cannot be read back")


def withdrawn(read: Page | Paper | Book) -> Iterator[Finding]:
    """What is in the place of a leaflet that was withdrawn says so, and no more of it."""
    if read.output.withdrawn and squeezed(read.output.withdrawn) not in read.text:
        message = f"it does not say {read.output.withdrawn!r}, and its leaflet is not published"
        hint = "build it again, and do not publish it until then: ankl-i18n build"
        yield Finding("withdrawn", Severity.ERROR, 0, message, hint)


def publisher(read: Page | Paper | Book) -> Iterator[Finding]:
    """It says who publishes it, whom to call, and what the leaflet is not meant for."""
    for text in read.output.publisher:
        if squeezed(text) not in read.text:
            yield _error("publisher", f"it does not say {text!r}")


def review(read: Page | Paper | Book) -> Iterator[Finding]:
    """A draft says in the reader's language that it is one, and nothing else says so.

    What the page itself says is in that language, too, as far as readers need it.
    """
    says = squeezed(read.output.notice) in read.text
    if read.output.is_draft and not says:
        yield _error("review", f"it is a draft and does not say so: {read.output.notice!r}")
    elif says and not read.output.is_draft:
        yield _error("review", f"it says {read.output.notice!r}, but its catalog is reviewed")
    for text in read.output.signed:
        if squeezed(text) not in read.text:
            yield _error(
                "review", f"it does not say what the ledger says about its review: {text!r}"
            )
    if read.output.foreign:
        named = ", ".join(f"“{msgid}”" for msgid in read.output.foreign[:SHOWN])
        more = len(read.output.foreign) - SHOWN
        message = f"readers need these words in their language: {named}"
        hint = "translate them in the catalog ui.po, then build: ankl-i18n build"
        yield Finding(
            "review",
            Severity.ERROR,
            0,
            f"{message} and {more} more" if more > 0 else message,
            hint,
        )


def _error(check: str, message: str) -> Finding:
    hint = "build it again: ankl-i18n build; if that does not help, its text layer is broken"
    return Finding(check, Severity.ERROR, 0, message, hint)
