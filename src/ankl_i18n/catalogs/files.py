"""The templates and catalogs of a project: where they are, and reading them.

A domain is a leaflet's name, or the one that the settings give to all leaflets. The interface
strings, which the pages themselves consist of, are a domain of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.leaflets import PUBLISHER, UI
from ankl_i18n.engine.queries import memory_query
from ankl_i18n.languages import Language, aliases, language

if TYPE_CHECKING:
    from ankl_i18n.catalogs import po
    from ankl_i18n.catalogs.project import Project

PACKAGE: Final = Path(__file__).parents[1]
# Files of this package whose strings readers see.
UI_SOURCES: Final = ("html/templates/*.html.j2", "html/markup.py")
# Catalogs that are kept in memory; those of one leaflet are asked for one after the other.
RECENT: Final = 64


def domain_of(project: Project, name: str) -> str:
    """Return the domain that a leaflet's messages belong to."""
    return project.config.domain or name


def has_ui(project: Project) -> bool:
    """Tell whether the project translates the interface strings itself."""
    return not project.config.domain and "{domain}" in project.config.template_path


def domain_names(project: Project) -> list[str]:
    """Return the names of all domains, interface strings last; no leaflet is read for it."""
    if project.config.domain:
        return [project.config.domain]
    return [*leaflets.names(project), *own_domains(project)]


def own_domains(project: Project) -> list[str]:
    """Return the names of the domains that belong to no leaflet."""
    has_publisher = project.config.publisher and not project.config.domain
    return [*([PUBLISHER] if has_publisher else []), *([UI] if has_ui(project) else [])]


def publisher_domain(project: Project) -> str:
    """Return the domain of the publisher's texts: their own, or that of all leaflets."""
    return project.config.domain or PUBLISHER


def former_domains(project: Project) -> list[str]:
    """Return the domains that have a template and no leaflet any more."""
    before, domain, after = project.config.template_path.partition("{domain}")
    folder, _, start = before.rpartition("/")
    found = (project.root / folder).glob(f"**/{start}*{after}") if domain else ()
    paths = (path.relative_to(project.root).as_posix() for path in found)
    names = {path.removeprefix(before).removesuffix(after) for path in paths}
    return sorted(names - {*domain_names(project), UI})


def catalog_path(project: Project, domain: str, spoken: Language) -> Path:
    """Return where a catalog is, under any name its folder may have, or where it will be."""
    paths = _catalog_paths(project, domain, spoken)
    return next((path for path in paths if path.exists()), paths[0])


def _catalog_paths(project: Project, domain: str, spoken: Language) -> list[Path]:
    own = aliases(spoken.gettext_id)
    names = dict.fromkeys([*own, spoken.tag, *(name.replace("_", "-") for name in own)])
    return [project.config.catalog(domain, name) for name in names]


def read_catalog(project: Project, domain: str, spoken: Language) -> po.Catalog | None:
    """Return a catalog, or None where there is none. Raises `CatalogError`."""
    path = catalog_path(project, domain, spoken)
    return _read(path, project.config.relative(path)) if path.exists() else None


def read_template(project: Project, domain: str) -> po.Catalog | None:
    """Return the template on disk, or None where there is none. Raises `CatalogError`."""
    path = project.config.template(domain)
    project.depend_on_file(path)
    return _read(path, project.config.relative(path)) if path.exists() else None


def read_ui_catalog(project: Project, spoken: Language) -> po.Catalog | None:
    """Return the interface strings: the project's own, else those that come with the package."""
    if has_ui(project) and catalog_path(project, UI, spoken).exists():
        return read_catalog(project, UI, spoken)
    path = _bundled_path(spoken)
    return _read(path, path.name) if path.exists() else None


@memory_query(RECENT)
def catalog(project: Project, domain: str, tag: str) -> po.Catalog | None:
    """Return a catalog that nobody changes, or None where there is none. Raises `CatalogError`.

    Who asks depends on what there is under every name that it may have.
    """
    spoken = language(tag)
    if domain == UI:
        project.depend_on_file(_bundled_path(spoken))
    if domain != UI or has_ui(project):
        for path in _catalog_paths(project, domain, spoken):
            if project.depend_on_file(path):
                break
    if domain == UI:
        return read_ui_catalog(project, spoken)
    return read_catalog(project, domain, spoken)


def bundled_locale() -> Path:
    """Return the folder of the catalogs that come with the package."""
    installed = PACKAGE / "locale"
    return installed if installed.is_dir() else installed.parents[2] / "locale"


def ui_sources() -> list[tuple[str, str]]:
    """Return the files whose strings readers see: name and content."""
    paths = [path for pattern in UI_SOURCES for path in sorted(PACKAGE.glob(pattern))]
    names = [path.relative_to(PACKAGE).as_posix() for path in paths]
    return [(name, (PACKAGE / name).read_text(encoding="utf-8")) for name in names]


def _bundled_path(spoken: Language) -> Path:
    return bundled_locale() / spoken.gettext_id / "LC_MESSAGES" / f"{UI}.po"


def _read(path: Path, shown: str) -> po.Catalog:
    from ankl_i18n.catalogs import po

    return po.read(path, shown)
