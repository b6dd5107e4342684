"""The editions of a leaflet on paper: their names and files.

`standard` and `large-print` are for readers, `bilingual` for the bedside, `proof` for
reviewers, `booklet` for the printer, `print-shop` for those who print by the thousand.
"""

from __future__ import annotations

from typing import Final

STANDARD: Final = "standard"
LARGE_PRINT: Final = "large-print"
BILINGUAL: Final = "bilingual"
PROOF: Final = "proof"
BOOKLET: Final = "booklet"
PRINT_SHOP: Final = "print-shop"
EDITIONS: Final = (STANDARD, LARGE_PRINT, BILINGUAL, PROOF, BOOKLET, PRINT_SHOP)


def pdf_name(name: str, paper: str, edition: str) -> str:
    """Return the file name of an edition of a leaflet: NAME-PAPER[-EDITION].pdf."""
    suffix = "" if edition == STANDARD else f"-{edition}"
    return f"{name}-{paper}{suffix}.pdf"
