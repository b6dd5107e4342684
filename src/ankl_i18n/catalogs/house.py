"""The files of a project's publisher: read, and what is wrong with them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs.project import Project, is_inside
from ankl_i18n.engine.queries import input_query, query
from ankl_i18n.engine.regular import read_file
from ankl_i18n.errors import Location, Problem, RenderError, error
from ankl_i18n.settings.publisher.files import Files
from ankl_i18n.settings.publisher.pictures import wrong_picture

if TYPE_CHECKING:
    from ankl_i18n.settings.publisher.fonts import Face

LOGOS: Final = ("file", "dark", "print")
TEMPLATE: Final = ".html.j2"
# What in a style sheet ends it where it is in a page, or fetches another one.
ENDS: Final = re.compile(r"</style|<!--|@import", re.IGNORECASE)
LICENCE: Final = "use another font, or ask its maker for one whose licence allows embedding"


def files(project: Project, tag: str) -> Files:
    """Return what the publisher's files hold in a language.

    Raises `RenderError` for a file that is not there or that no page can have.
    """
    publisher = project.config.publisher
    pictures = {kind: logo(project, kind, tag) for kind in LOGOS if getattr(publisher.logo, kind)}
    fonts = {
        script: tuple(font(project, path) for path in paths)
        for script, paths in publisher.fonts.items()
    }
    return Files(pictures, fonts, style_sheet(project), templates(project))


@query
def problems(project: Project) -> tuple[Problem, ...]:
    """Return what is wrong with the publisher's files."""
    problems: list[Problem] = []
    for language in project.languages():
        for read in _readers(project, language.tag):
            try:
                read()
            except RenderError as wrong:
                problems += wrong.problems
    return tuple(dict.fromkeys(problems))


def _readers(project: Project, tag: str) -> list[Callable[[], object]]:
    """Return what reads each file on its own."""
    publisher = project.config.publisher
    kinds = [kind for kind in LOGOS if getattr(publisher.logo, kind)]
    paths = [path for some in publisher.fonts.values() for path in some]
    return [
        *(lambda kind=kind: logo(project, kind, tag) for kind in kinds),
        *(lambda path=path: font(project, path) for path in paths),
        lambda: style_sheet(project),
        lambda: templates(project),
    ]


def logo(project: Project, kind: str, tag: str) -> tuple[bytes, str]:
    """Return a picture of the logo and its name: `logo.TAG.svg` where it is there.

    `kind` is one of `LOGOS`. Raises `RenderError` for what is not a logo.
    """
    path = PurePosixPath(getattr(project.config.publisher.logo, kind))
    own = str(path.with_suffix(f".{tag}{path.suffix}"))
    shown = own if project.depend_on_file(project.root / own) else str(path)
    data = _read(project, shown)
    if why := wrong_picture(data, shown):
        raise RenderError(_error(shown, f"this logo cannot be shown: {why}"))
    return data, PurePosixPath(shown).name


def font(project: Project, path: str) -> tuple[Face, bytes]:
    """Return a font that may be embedded. Raises `RenderError` for any other."""
    from ankl_i18n.settings.publisher.fonts import face

    data = _read(project, path)
    font_face = face(data)
    if font_face.wrong:
        raise RenderError(_error(path, f"this font cannot be used: {font_face.wrong}", LICENCE))
    return font_face, data


def style_sheet(project: Project) -> str:
    """Return the publisher's own style sheet. Raises `RenderError` for what is none."""
    path = project.config.publisher.style_sheet
    if not path:
        return ""
    text = _text(project, path)
    if match := ENDS.search(text):
        line = text.count("\n", 0, match.start()) + 1
        message = f"{match[0]} is not allowed in a style sheet, which becomes part of every page"
        raise RenderError(_error(path, message, "take it out", line))
    return text


def templates(project: Project) -> tuple[tuple[str, str], ...]:
    """Return the publisher's own page templates, in order: their paths and texts."""
    folder = project.config.publisher.templates.rstrip("/")
    if not folder:
        return ()
    paths = (f"{folder}/{name}" for name in _names(project, folder))
    return tuple((path, _text(project, path)) for path in paths)


@input_query
def template_names(project: Project, folder: str) -> tuple[str, ...]:
    """Return the names of the page templates in a folder, in order; none if there is no folder."""
    try:
        return tuple(sorted(n for n in os.listdir(project.root / folder) if n.endswith(TEMPLATE)))  # noqa: PTH208
    except OSError:
        return ()


def _names(project: Project, folder: str) -> tuple[str, ...]:
    names = template_names(project, folder)
    if not names:
        hint = "put page templates there, such as base.html.j2: see docs/publisher.md"
        raise RenderError(_error(folder, f"there is no page template (*{TEMPLATE})", hint))
    return names


def _text(project: Project, path: str) -> str:
    try:
        return _read(project, path).decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise RenderError(_error(path, f"cannot be read: {bad}", "save the file as UTF-8")) from bad


def _read(project: Project, path: str) -> bytes:
    """Return the content of a file in the project, on which whoever asks depends."""
    file = project.root / path
    hint = "put the file there, or fix its path in the settings"
    if not is_inside(file, project.root):
        raise RenderError(_error(path, "is outside the project", hint))
    project.depend_on_file(file)
    try:
        return read_file(file)
    except OSError as bad:
        raise RenderError(_error(path, f"cannot be read: {bad.strerror}", hint)) from bad


def _error(path: str, message: str, hint: str = "", line: int = 0) -> Problem:
    return error("publisher", message, Location(path, line), hint)
