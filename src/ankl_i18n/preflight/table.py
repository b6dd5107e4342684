"""All checks, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from ankl_i18n.html.editions import (
    BILINGUAL,
    BOOKLET,
    EDITIONS,
    LARGE_PRINT,
    PRINT_SHOP,
    PROOF,
    STANDARD,
)
from ankl_i18n.preflight import book, page_checks, pdf_checks, text_checks
from ankl_i18n.preflight.book import Book
from ankl_i18n.preflight.page import Page
from ankl_i18n.preflight.reading import Paper
from ankl_i18n.preflight.records import Finding, Kind, Output

# Editions that people read on a screen, with tags; sheets for the printer have none.
TAGGED: Final = frozenset({STANDARD, LARGE_PRINT, BILINGUAL, PROOF})
# Editions that are made for readers, in their language alone.
READ: Final = frozenset({STANDARD, LARGE_PRINT})
ALL: Final = frozenset(EDITIONS)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name in reports, the kind of file and the editions it is for."""

    name: str
    kind: Kind
    run: Callable[[Any], Iterable[Finding]]
    editions: frozenset[str] = frozenset({""})

    @property
    def doc(self) -> str:
        """What it looks at, in one sentence."""
        return (self.run.__doc__ or "").partition("\n")[0]


# What reads a finished file, for the checks of its kind; other kinds are not judged.
READERS: Final[dict[str, Callable[[Output], Page | Paper | Book]]] = {
    "html": Page,
    "pdf": Paper,
    "epub": Book,
}

CHECKS: Final = (
    Check("language", "html", page_checks.language),
    Check("policy", "html", page_checks.policy),
    Check("active", "html", page_checks.active),
    Check("data", "html", page_checks.data),
    Check("self-contained", "html", page_checks.self_contained),
    Check("text", "html", text_checks.text),
    Check("withdrawn", "html", text_checks.withdrawn),
    Check("contrast", "html", page_checks.contrasts),
    Check("links", "html", page_checks.links),
    Check("review", "html", text_checks.review),
    Check("publisher", "html", text_checks.publisher),
    Check("container", "epub", book.container),
    Check("package", "epub", book.package),
    Check("text", "epub", text_checks.text),
    Check("withdrawn", "epub", text_checks.withdrawn),
    Check("links", "epub", book.links),
    Check("review", "epub", text_checks.review),
    Check("publisher", "epub", text_checks.publisher),
    Check("fonts", "pdf", pdf_checks.fonts, ALL),
    Check("tags", "pdf", pdf_checks.tags, TAGGED - {PROOF}),
    Check("text", "pdf", text_checks.text, READ),
    Check("withdrawn", "pdf", text_checks.withdrawn, TAGGED - {PROOF}),
    Check("cut-off", "pdf", pdf_checks.cut_off, TAGGED),
    Check("headings", "pdf", pdf_checks.headings, READ | {BILINGUAL}),
    Check("contrast", "pdf", pdf_checks.contrasts, TAGGED),
    Check("links", "pdf", pdf_checks.links, TAGGED),
    Check("qr", "pdf", pdf_checks.qr_code, READ | {BOOKLET, PRINT_SHOP}),
    Check("review", "pdf", text_checks.review, READ),
    Check("publisher", "pdf", text_checks.publisher, READ),
    Check("print-shop", "pdf", pdf_checks.print_shop, frozenset({PRINT_SHOP})),
    Check("barcode", "pdf", pdf_checks.barcode, READ | {BILINGUAL}),
)
