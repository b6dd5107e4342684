"""Whether files of earlier builds still say what their leaflet says.

A file that cannot be made again may stay only if its words are still the right ones: those of
the source, and their translations. With each file it is kept what words it was made from
(`remember`); where the leaflet or its catalog cannot be read, what can be read of them is
compared. Where nothing is known, because the cache was removed, the file must be newer than
all that it says.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ankl_i18n.build.wording import text, text_digest
from ankl_i18n.catalogs import files, leaflets, sites
from ankl_i18n.catalogs.finding import find
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.engine.cache import LASTING, digest_all
from ankl_i18n.engine.queries import memory_query, name_of
from ankl_i18n.errors import AnklError
from ankl_i18n.languages import language

if TYPE_CHECKING:
    from ankl_i18n.catalogs.template import Key

WORDS: Final = f"{LASTING} words"
SOURCE: Final = f"{LASTING} source"
DRAFTS: Final = f"{LASTING} drafts"
# What is kept of the words of a file that is a notice.
WITHDRAWN: Final = "withdrawn"
RECENT: Final = 64


class _Piece(NamedTuple):
    """A segment as it is kept: what identifies its message, and whether it is translated."""

    key: Key
    skip: bool


# --- what is kept -------------------------------------------------------------------------------


def remember(project: Project, path: str, name: str, tag: str) -> None:
    """Keep what a file of a leaflet says that was just made."""
    from ankl_i18n.build.same_source import recorded

    with project.traced():
        project.keep(name_of(WORDS, project.place(path)), words(project, name, tag), {})
        place = name_of(SOURCE, name)
        if place not in project.remembered:
            project.remembered.add(place)
            source = leaflets.source_text(project, name) or ""
            project.keep(place, recorded(leaflets.document(project, name), source), {})


def remember_notice(project: Project, path: str) -> None:
    """Keep that a file is a notice, and no leaflet."""
    project.keep(name_of(WORDS, project.place(path)), WITHDRAWN, {})


def is_notice(project: Project, path: str) -> bool:
    """Tell whether a file is known to be a notice."""
    return bool(project.last(name_of(WORDS, project.place(path))) == WITHDRAWN)


def drafts(project: Project) -> set[str]:
    """Return the files that were made for `--drafts` alone, and are no loss to readers."""
    return set(project.last(project.place(DRAFTS)) or ())


def keep_drafts(project: Project, paths: Iterable[str]) -> None:
    """Keep which files were made for `--drafts` alone."""
    project.keep(project.place(DRAFTS), sorted(paths), {})


# --- what is still right ------------------------------------------------------------------------


def is_right(project: Project, path: str, name: str, tag: str) -> bool:
    """Tell whether a file in the build folder says what its leaflet would say now."""
    remembered = project.last(name_of(WORDS, project.place(path)))
    if remembered is None:
        return _is_newer(project, path, name, tag)
    try:
        with project.traced():
            return bool(remembered == words(project, name, tag))
    except AnklError:
        return False


def _is_newer(project: Project, path: str, name: str, tag: str) -> bool:
    """Tell whether a file was written after everything that it says."""
    inputs = [project.source_root / f"{name}.md"]
    if not project.is_untranslated(tag):
        domain = files.domain_of(project, name)
        inputs.append(files.catalog_path(project, domain, language(tag)))
    with suppress(OSError):
        written = (project.build_root / path).stat().st_mtime_ns
        return all(one.stat().st_mtime_ns < written for one in inputs)
    return False


def words(project: Project, name: str, tag: str) -> str:
    """Return the digest of a leaflet's words in a language, as far as they can be read.

    They are those of the site, too. Raises `AnklError` if nothing is known of them.
    """
    local = sites.values(project, tag)
    own = _words(project, name, tag)
    return digest_all([own, repr(sorted(local.values.items()))]) if local else own


def _words(project: Project, name: str, tag: str) -> str:
    source, pieces = _source(project, name)
    if project.is_untranslated(tag):
        return digest_all([source, tag])
    domain = files.domain_of(project, name)
    is_broken = publication.is_broken(project, domain, tag)
    if pieces is None and not is_broken:
        return digest_all([source, text(project, name, tag)])
    if pieces is None:
        segments = leaflets.document(project, name).segments
        pieces = [_Piece(segment.key, segment.skip) for segment in segments]
    return digest_all([source, text_digest(pieces, _translator(project, domain, tag))])


def _source(project: Project, name: str) -> tuple[str, list[_Piece] | None]:
    """Return the digest of a leaflet's source words; their pieces where it cannot be parsed."""
    from ankl_i18n.build.same_source import is_same_source, source_digest

    try:
        return source_digest(leaflets.document(project, name)), None
    except AnklError:
        remembered = project.last(name_of(SOURCE, name))
        if remembered is None or not is_same_source(
            remembered, leaflets.source_text(project, name)
        ):
            raise
    pieces = [_Piece((context, msgid), skip) for context, msgid, skip in remembered["pieces"]]
    return remembered["digest"], pieces


def _translator(project: Project, domain: str, tag: str) -> Callable[[Any], str | None]:
    is_broken = publication.is_broken(project, domain, tag)
    known = (_salvaged if is_broken else publication.translations)(project, domain, tag)
    return lambda piece: find(known, piece)


@memory_query(RECENT)
def _salvaged(project: Project, domain: str, tag: str) -> Mapping[Key, str | None]:
    """Return what can be read of the translations in a damaged catalog."""
    from ankl_i18n.catalogs import po
    from ankl_i18n.coverage.counting import translations

    path = files.catalog_path(project, domain, language(tag))
    try:
        return translations(po.salvage(path.read_bytes(), path.name))
    except (AnklError, OSError):
        return {}


def is_technical(project: Project, name: str, tag: str) -> bool:
    """Tell whether a leaflet is not published only because a file of it cannot be read."""
    if leaflets.withdrawn(project, name):
        return False
    if leaflets.is_readable(project, name):
        is_made = project.is_untranslated(tag)
        return not is_made and bool(publication.unread(project, name, tag))
    domain = files.domain_of(project, name)
    if project.is_untranslated(tag) or publication.is_broken(project, domain, tag):
        return True
    blocks = project.config.check_errors == "block"
    return not (blocks and publication.catalog_has_errors(project, domain, tag))


def written(path: Path) -> str:
    """Return the day on which a file was written (ISO 8601, UTC)."""
    time = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
    return time.date().isoformat()
