"""The templates and catalogs of a project: where they are, and reading them.

A domain is a leaflet's name, or the one that the settings give to all leaflets. The interface
strings, which the pages themselves consist of, are a domain of their own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.leaflets import PUBLISHER
from ankl_i18n.engine.queries import memory_query
from ankl_i18n.errors import AnklError
from ankl_i18n.languages import Language, aliases, language, parents
from ankl_i18n.settings import UI

if TYPE_CHECKING:
    from ankl_i18n.catalogs import po
    from ankl_i18n.catalogs.project import Project

# The words of the workbench: they come with the package, and no project translates them.
DESK: Final = "workbench"
PACKAGE: Final = Path(__file__).parents[1]
# Files of this package whose strings readers see.
UI_SOURCES: Final = ("html/templates/*.html.j2", "html/markup.py", "html/signed.py")
# Catalogs that are kept in memory; those of one leaflet are asked for one after the other.
RECENT: Final = 64


def domain_of(project: Project, name: str) -> str:
    """Return the domain that a leaflet's messages belong to."""
    return project.config.domain or name


def has_ui(project: Project) -> bool:
    """Tell whether the project translates the interface strings itself.

    It does if its leaflets have catalogs of their own, and for languages that do not come with
    the package.
    """
    return project.config.has_domains or any(
        translates_ui(project, lang) for lang in project.config.targets
    )


def translates_ui(project: Project, lang: Language) -> bool:
    """Tell whether the project translates the interface strings into a language itself."""
    return project.config.has_domains or not _is_shipped(lang)


def _is_shipped(lang: Language) -> bool:
    return is_english(lang) or any(_bundled_path(one).exists() for one in _lineage(lang))


def is_english(lang: Language) -> bool:
    """Tell whether readers of a language understand the interface strings as they are."""
    return lang.tag.partition("-")[0] == "en"


def _lineage(lang: Language) -> list[Language]:
    """Return a language and those whose words its readers can read, nearest first."""
    if lang.is_pseudo:
        return []
    return [lang, *map(language, parents(lang.gettext_id))]


def domain_names(project: Project) -> list[str]:
    """Return the names of all domains, interface strings last; no leaflet is read for it."""
    shared = project.config.domain
    names = [shared] if shared else leaflets.names(project)
    return [*names, *own_domains(project)]


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
    templates = (project.root / folder).glob(f"**/{start}*{after}") if domain else ()
    paths = (path.relative_to(project.root).as_posix() for path in templates)
    names = {path.removeprefix(before).removesuffix(after) for path in paths}
    return sorted(names - {*domain_names(project), UI, DESK})


def catalog_path(project: Project, domain: str, lang: Language) -> Path:
    """Return where a catalog is, under any name its folder may have, or where it will be."""
    paths = _catalog_paths(project, domain, lang)
    return next((path for path in paths if path.exists()), paths[0])


def _catalog_paths(project: Project, domain: str, lang: Language) -> list[Path]:
    own = aliases(lang.gettext_id)
    names = dict.fromkeys([*own, lang.tag, *(name.replace("_", "-") for name in own)])
    return [project.config.catalog(domain, name) for name in names]


def read_catalog(project: Project, domain: str, lang: Language) -> po.Catalog | None:
    """Return a catalog, or None where there is none. Raises `CatalogError`."""
    path = catalog_path(project, domain, lang)
    return _read(path, project.config.relative(path)) if path.exists() else None


def read_template(project: Project, domain: str) -> po.Catalog | None:
    """Return the template on disk, or None where there is none. Raises `CatalogError`."""
    path = project.config.template(domain)
    project.depend_on_file(path)
    return _read(path, project.config.relative(path)) if path.exists() else None


def read_ui_catalog(project: Project, lang: Language) -> po.Catalog | None:
    """Return the interface strings: the project's own, else those that come with the package."""
    if translates_ui(project, lang) and catalog_path(project, UI, lang).exists():
        return read_catalog(project, UI, lang)
    path = _bundled_path(lang)
    return _read(path, path.name) if path.exists() else None


@memory_query(RECENT)
def catalog(project: Project, domain: str, tag: str) -> po.Catalog | None:
    """Return a catalog that nobody changes, or None where there is none. Raises `CatalogError`.

    Who asks depends on what there is under every name that it may have.
    """
    lang = language(tag)
    if domain == UI:
        project.depend_on_file(_bundled_path(lang))
    if domain != UI or translates_ui(project, lang):
        for path in _catalog_paths(project, domain, lang):
            if project.depend_on_file(path):
                break
    if domain == UI:
        return read_ui_catalog(project, lang)
    return read_catalog(project, domain, lang)


def keep_saved(project: Project, domain: str, tag: str, saved: po.Catalog) -> None:
    """Take a catalog that was just saved for the one that reading it would give.

    Not if the file is another one by now. Nobody may change the catalog any more.
    """
    lang = language(tag)
    with project.traced() as trace:
        if domain == UI:
            project.depend_on_file(_bundled_path(lang))
        paths = _catalog_paths(project, domain, lang)
        path = next((path for path in paths if project.depend_on_file(path)), None)
    if path and path.read_bytes() == saved.data:
        project.memory(catalog).set((domain, tag), (saved, trace))


@memory_query(RECENT)
def ui_catalogs(project: Project, tag: str) -> tuple[po.Catalog, ...]:
    """Return the catalogs that a language's pages take the interface strings from, nearest first.

    They are the project's own, the one that comes with the package, and those of the languages
    that it is a region's form of. What is not translated in one is taken from the next. Those
    that cannot be read are left out.
    """
    catalogs = []
    for lang in _lineage(language(tag)):
        own = _catalog_paths(project, UI, lang) if translates_ui(project, lang) else []
        own_path = next((path for path in own if project.depend_on_file(path)), None)
        bundled = _bundled_path(lang)
        for path in (own_path, bundled if project.depend_on_file(bundled) else None):
            try:
                if path:
                    catalogs.append(_read(path, project.config.relative(path)))
            except AnklError:
                continue
    return tuple(catalogs)


@cache
def required_ui() -> tuple[tuple[str | None, str], ...]:
    """Return the interface strings, as keys, that readers need to understand a page."""
    from ankl_i18n.catalogs.template import REQUIRED_UI

    template = _read(bundled_locale() / f"{UI}.pot", f"{UI}.pot")
    return tuple(
        entry.key()
        for entry in template.entries
        if REQUIRED_UI in entry.comment.split("\n") and not entry.obsolete
    )


def bundled_locale() -> Path:
    """Return the folder of the catalogs that come with the package."""
    installed = PACKAGE / "locale"
    return installed if installed.is_dir() else installed.parents[2] / "locale"


def ui_sources() -> list[tuple[str, str]]:
    """Return the files whose strings readers see: name and content."""
    paths = [path for pattern in UI_SOURCES for path in sorted(PACKAGE.glob(pattern))]
    names = [path.relative_to(PACKAGE).as_posix() for path in paths]
    return [(name, (PACKAGE / name).read_text(encoding="utf-8")) for name in names]


def _bundled_path(lang: Language) -> Path:
    return bundled_locale() / lang.gettext_id / "LC_MESSAGES" / f"{UI}.po"


def _read(path: Path, shown: str) -> po.Catalog:
    from ankl_i18n.catalogs import po

    return po.read(path, shown)
