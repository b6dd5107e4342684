"""Questions of translators to the author, in comments: `# i18n: question TEXT`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ankl_i18n.catalogs.po import Catalog, Entry

QUESTION: Final = re.compile(r"^i18n:\s*question\b\s*[:：]?\s*(.*)$", re.IGNORECASE | re.MULTILINE)


def questions(entry: Entry) -> list[str]:
    """Return what a translator has asked the author about a message."""
    if "i18n:" not in (entry.tcomment or ""):
        return []
    return [text.strip() for text in QUESTION.findall(entry.tcomment)]


def asked(catalog: Catalog | None) -> list[tuple[Entry, str]]:
    """Return all questions of a catalog, each with its message; obsolete ones are left out."""
    used = [entry for entry in catalog.entries if not entry.obsolete] if catalog else []
    return [(entry, text) for entry in used for text in questions(entry)]
