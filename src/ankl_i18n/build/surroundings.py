"""What is around a page: other pages, pictures, the frame with its language switcher."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from ankl_i18n.build.content import is_published_in, summary, words
from ankl_i18n.build.feed import feed_path, has_feed
from ankl_i18n.build.house import house
from ankl_i18n.build.jobs import INDEX, address, page_path, relative
from ankl_i18n.build.moved import language_of
from ankl_i18n.build.outputs import is_alone
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import UNNAMED, Project, is_inside
from ankl_i18n.coverage import publication
from ankl_i18n.html.records import Alternate, Frame
from ankl_i18n.html.surroundings import Surroundings, Target
from ankl_i18n.languages import Language, language

# The statement of accessibility; a leaflet of this name takes its place.
ACCESSIBILITY: Final = "accessibility"
SEARCH: Final = "search"


def surroundings(project: Project, name: str, lang: Language, path: str) -> Surroundings:
    """Return what the page of a leaflet, at a path in the build folder, knows of the others."""
    folder = PurePosixPath(name).parent
    on_paper = path.endswith(".pdf")
    alone = is_alone(path)

    def leaflet(reference: str) -> Target | None:
        other = posixpath.normpath((folder / unquote(reference)).as_posix())
        if not leaflets.is_readable(project, other):
            return _list(project, lang, path) if other in leaflets.names(project) else None
        is_published = publication.is_published(project, other, lang.tag) or bool(
            leaflets.withdrawn(project, other)  # its notice is there in every language
        )
        target_language = lang if is_published else project.config.source
        target = page_path(target_language.tag, other)
        whole = address(project, target) if alone else ""
        title = summary(project, other, target_language.tag).title_html if on_paper else ""
        return Target(whole or relative(target, path), target_language, title_html=title)

    def asset(reference: str) -> tuple[bytes, str] | None:
        return _asset(project, (folder / unquote(reference)).as_posix(), lang.tag)

    return Surroundings(leaflet, asset, words(project, lang.tag), on_paper, draws_lines=alone)


def _list(project: Project, lang: Language, path: str) -> Target:
    """Return where links lead whose leaflet cannot be read: to the list of the others."""
    target = page_path(lang.tag, INDEX)
    whole = address(project, target) if is_alone(path) else ""
    return Target(whole or relative(target, path), lang, is_list=True)


def _asset(project: Project, reference: str, tag: str) -> tuple[bytes, str] | None:
    """Return a picture's bytes and name: `name.TAG.ext` where it is there, else `name.ext`."""
    root = project.source_root
    plain_path = root / reference
    if not plain_path.name or UNNAMED.search(reference):
        return None
    for path in (plain_path.with_suffix(f".{tag}{plain_path.suffix}"), plain_path):
        exists = is_inside(path, root) and project.depend_on_file(path)
        if exists and os.path.isfile(path):  # noqa: PTH113 - takes any path
            return path.read_bytes(), path.name
    return None


def has_search(project: Project, tag: str) -> bool:
    """Tell whether there is a page on which the leaflets of a language are searched."""
    wanted = project.config.search and SEARCH not in leaflets.names(project)
    return wanted and is_published_in(project, tag)


def _statement(project: Project, tag: str) -> str:
    """Return the path of what readers of a language are told of accessibility, "" for nothing."""
    if ACCESSIBILITY in leaflets.names(project):
        shown_in = language_of(project, ACCESSIBILITY, tag)
        return page_path(shown_in, ACCESSIBILITY) if shown_in else ""
    return page_path(tag, ACCESSIBILITY) if is_published_in(project, tag) else ""


def frame(project: Project, lang: Language, path: str, tags: Sequence[str], file: str) -> Frame:
    """Return the frame of a page; `tags` are the languages that the same page exists in."""
    source = project.config.source.tag
    statement = _statement(project, lang.tag)
    return Frame(
        language=lang,
        other_languages=tuple(one.tag for one in project.languages()),
        alternates=tuple(
            Alternate(
                tag, language(tag).endonym, language(tag).direction,
                relative(f"{tag}/{file}", path), tag == lang.tag, tag == source,
                address(project, f"{tag}/{file}"),
            )
            for tag in tags
        ),
        home_href=relative("index.html", path),
        index_href=relative(page_path(lang.tag, INDEX), path),
        address=address(project, path),
        feed_href=relative(feed_path(lang.tag), path) if has_feed(project, lang.tag) else "",
        search_href=(
            relative(page_path(lang.tag, SEARCH), path) if has_search(project, lang.tag) else ""
        ),
        accessibility_href=relative(statement, path) if statement else "",
        robots="noindex" if lang.is_pseudo else "",
        house=house(project, lang.tag),
    )  # fmt: skip
