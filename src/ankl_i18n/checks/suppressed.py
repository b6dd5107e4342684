"""What translators silenced in a catalog, and the reasons they gave."""

from __future__ import annotations

from ankl_i18n.catalogs.glossary import Entry as Term
from ankl_i18n.catalogs.po import Catalog, Entry
from ankl_i18n.checks import check_all
from ankl_i18n.checks.silence import silenced_kinds, silences
from ankl_i18n.errors import Silenced
from ankl_i18n.languages import Language


def silenced(
    catalog: Catalog, language: Language, source: Language, terms: tuple[Term, ...] = ()
) -> list[Silenced]:
    """Return the silenced problems of a catalog, in the order of its lines.

    The catalog is checked only if one of its messages asks for silence.
    """
    asking = [entry for entry in (catalog.header, *catalog.entries) if silenced_kinds(entry)]
    if not asking:
        return []
    by_line = {entry.line: entry for entry in asking}
    problems = check_all(catalog, language, source, terms).silenced
    return [Silenced(one, _reason(by_line[one.location.line], one.kind)) for one in problems]


def _reason(entry: Entry, kind: str) -> str:
    """Return the reason that a message gives for silencing one kind of problem."""
    return next(one.reason for one in silences(entry) if kind in one.kinds and one.reason)
