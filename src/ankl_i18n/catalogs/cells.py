"""Cells of CSV files that spreadsheets open, and that are read again.

A text that a spreadsheet would take for a formula has an apostrophe before it (OWASP, "CSV
Injection"). Reports, which nobody reads again, go further: `report.as_csv`.
"""

from __future__ import annotations

from typing import Final

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "'")


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def original(cell: str) -> str:
    """Return the text that a cell stands for; the inverse of `harmless`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DANGEROUS) else cell
