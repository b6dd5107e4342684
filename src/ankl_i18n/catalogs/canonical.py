"""The canonical form of catalogs: the one that GNU gettext's `msgcat` writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ankl_i18n.catalogs import files, po
from ankl_i18n.catalogs.header import complete
from ankl_i18n.catalogs.project import Project, now
from ankl_i18n.errors import AnklError, Problem
from ankl_i18n.languages import Language


@dataclass(frozen=True, slots=True)
class Formatted:
    """A catalog that was looked at, and whether its bytes are (or would be) other ones now."""

    path: str
    changed: bool


def format_catalogs(
    project: Project, languages: Iterable[Language], *, write: bool = True
) -> tuple[list[Formatted], list[Problem]]:
    """Write every catalog in canonical form, or only find out which are not in it."""
    looked_at: list[Formatted] = []
    problems: list[Problem] = []
    for language in languages:
        for domain in files.domain_names(project):
            try:
                catalog = files.read_catalog(project, domain, language)
                if catalog:
                    template = files.read_template(project, domain)
                    complete(catalog, template.headers if template else {}, language, now())
                    path = files.catalog_path(project, domain, language)
                    made = canonical(catalog)
                    changed = po.write(made) != catalog.data
                    if changed and write:
                        po.save(made, path, root=project.config.root)
                    looked_at.append(Formatted(catalog.path, changed))
            except AnklError as wrong:
                problems += wrong.problems
    return looked_at, problems


def canonical(catalog: po.Catalog) -> po.Catalog:
    """Return a copy of a catalog that `po.write` writes as `po.format` would, blank lines too.

    A header without fields stays as it is.
    """
    entries = sorted(catalog.entries, key=lambda entry: bool(entry.obsolete))
    trailing = catalog.trailing.lstrip()
    return replace(
        catalog,
        header=catalog.header.detached() if catalog.header.msgstr else catalog.header,
        entries=[entry.detached() for entry in entries],
        trailing=catalog.newline.encode() + trailing if trailing else b"",
    )
