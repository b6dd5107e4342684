"""The sites of a project: their files, and the values that they fill into leaflets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs import leaflets
from ankl_i18n.engine.queries import input_query
from ankl_i18n.engine.regular import read_file
from ankl_i18n.errors import Location, Problem, RenderError, SettingsError, error
from ankl_i18n.settings.publisher.fields import Site, read_site

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.source import Document
    from ankl_i18n.source.fields import Fields

ENDING: Final = ".toml"


@input_query
def names(project: Project) -> tuple[str, ...]:
    """Return the names of the sites, in order: their files without `.toml`."""
    folder = project.root / project.config.sites
    return tuple(sorted(path.stem for path in folder.glob(f"*{ENDING}")))


def chosen(project: Project, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the sites to build, all without `asked`; ("",) for a project that has none.

    Raises `SettingsError` for one that there is not.
    """
    known = names(project)
    unknown = [name for name in asked if name not in known]
    if unknown:
        hint = f"known sites: {', '.join(known) or 'none'}"
        where = Location(f"{project.config.sites}/{unknown[0]}{ENDING}")
        raise SettingsError.of("site", "there is no such site", where, hint)
    return tuple(dict.fromkeys(asked)) or known or ("",)


def values(project: Project, tag: str) -> Fields | None:
    """Return what this run's site fills in; None for a project without fields.

    What is wrong in the site's file is not filled in: see `refuse`.
    """
    fields = project.config.fields
    if not fields:
        return None
    from ankl_i18n.source.fields import TELEPHONE, Fields

    calls = frozenset(name for name, one in fields.items() if one.kind == TELEPHONE)
    site, _ = _read(project, project.options.site)
    source = site.in_language(project.config.source.tag)
    return Fields(site.in_language(tag), source, calls)


def _read(project: Project, name: str) -> tuple[Site, list[Problem]]:
    if not name:
        return Site(), []
    shown = f"{project.config.sites}/{name}{ENDING}"
    path = project.root / shown
    project.depend_on_file(path)
    try:
        text = read_file(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as bad:
        return Site(), [error("site", f"cannot be read: {bad}", shown)]
    return read_site(text, shown, project.config.fields)


def refuse(project: Project, document: Document, tag: str) -> None:
    """Raise `RenderError` for a leaflet that this run's site cannot have.

    There are mistakes in the site's file, or it does not fill in a field that it must.
    """
    filled = values(project, tag)
    if not filled:
        return
    site = project.options.site
    from ankl_i18n.source.fields import fields_in

    if problems := _read(project, site)[1]:
        raise RenderError(problems)
    place = f"{project.config.sites}/{site}{ENDING}" if site else document.path
    hint = (
        f"set it in {place}"
        if site
        else f"write it into a file of the site: {project.config.sites}/NAME{ENDING}"
    )
    wanted = {name for segment in document.segments for name in fields_in(segment.msgid)}
    lost = [
        error("site", f"{{{name}}} must be filled in: {document.path}", place, hint)
        for name, field in project.config.fields.items()
        if field.required and name in wanted and not filled.values.get(name)
    ]
    if lost:
        raise RenderError(lost)


def problems(project: Project) -> Iterator[Problem]:
    """Yield what is wrong with the files of sites, and the fields that leaflets misspell."""
    for name in names(project):
        yield from _read(project, name)[1]
    if not project.config.fields:
        return
    for name in leaflets.readable(project):
        yield from unknown_fields(project, name)


def unknown_fields(project: Project, name: str) -> Iterator[Problem]:
    """Yield the fields of a leaflet that the settings do not declare."""
    from ankl_i18n.source.fields import fields_in

    document = leaflets.document(project, name)
    known = project.config.fields
    for segment in document.segments:
        for field in fields_in(segment.msgid):
            if field not in known:
                hint = f"known fields: {', '.join(known)}; or write \\{{ for a brace"
                where = Location(document.path, segment.line)
                yield error("field", f"there is no field {{{field}}}", where, hint)
