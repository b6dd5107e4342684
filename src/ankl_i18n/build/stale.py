"""What must leave the build folder: readers must not find what is no longer published."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final

from ankl_i18n.build.folder import files
from ankl_i18n.build.jobs import INDEX, leaflet_files, listed, of_no_leaflet, page_path, selected
from ankl_i18n.build.outputs import endings, places
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.settings import PAPERS

# The folder of the pages of codes: what was printed once may be looked up for ever.
CODES: Final = "verify"
# What tells a page of ours from any other file in the build folder (templates/base.html.j2).
GENERATOR: Final = b'<meta name="generator" content="ankl-i18n">'
# The same of other files.
MADE_BY: Final = b"Made by ankl-i18n"
# A file that a build was writing: its name, hidden, and the number of the build's process.
PART: Final = re.compile(r"\..+(\.\w+)\.(\d{1,9})")


def remove_stale(project: Project, unsafe: Iterable[str]) -> None:
    """Remove pages and PDFs that readers must not find (any more), and parts of files.

    `unsafe` are those whose words may no longer be shown.
    """
    if not leaflets.names(project):
        return
    present = set(files(project.build_root))
    leaves = {path for path in present if _is_left_behind(path)} | set(unsafe)
    others = {job.path for job in of_no_leaflet(project)}
    leaves |= {path for path in present - others if _is_site_file(project.build_root, path)}
    for tag, name in _forgotten(project, present - others):
        leaves |= {job.path for job in leaflet_files(tag, name)}
    leaves |= {
        page_path(language.tag, INDEX)
        for language in selected(project)
        if not listed(project, language.tag)
    }
    for path in present & leaves:
        (project.build_root / path).unlink(missing_ok=True)


def sweep_sites(project: Project, sites: Collection[str]) -> None:
    """Remove the pages of sites that are no more and those of no site, with their other files."""
    root = project.root / project.config.build_dir
    present = set(files(root))
    for path in present:
        site, _, inside = path.partition("/")
        if site in sites:
            continue
        if _is_site_file(root, path) or _is_site_file(root / site, inside):
            (root / path).unlink(missing_ok=True)
        if not path.endswith(".html") or not _is_ours(root / path):
            continue
        place = path.removesuffix(".html")
        beside = {f"{place}-{paper}" for paper in PAPERS}
        for other in present:
            if other == path or (other.startswith(f"{place}-") and _is_of(other, beside)):
                (root / other).unlink(missing_ok=True)


def _is_of(path: str, beginnings: Collection[str]) -> bool:
    """Tell whether a path is that of a PDF with one of some beginnings: NAME-PAPER[-EDITION]."""
    return path.endswith(".pdf") and any(path.startswith(one) for one in beginnings)


def _is_site_file(root: Path, path: str) -> bool:
    """Tell whether a file of the build folder is one for servers that a build made."""
    may_be = any(PurePosixPath(path).match(place) for place in places())
    return may_be and path.count("/") <= 1 and _is_ours(root / path)


def _is_left_behind(path: str) -> bool:
    """Tell whether a file is the part of one that its process did not live to finish."""
    part = PART.fullmatch(path.rpartition("/")[2])
    if not part or part[1] not in endings():
        return False
    try:
        os.kill(int(part[2]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return int(part[2]) == os.getpid()


def _forgotten(project: Project, present: set[str]) -> Iterator[tuple[str, str]]:
    """Yield language and name of pages from earlier builds whose language or leaflet is gone."""
    tags = {language.tag for language in project.languages()}
    building = {language.tag for language in selected(project)}
    names = {*leaflets.names(project), INDEX}
    for path in present:
        tag, _, page = path.partition("/")
        name = page.removesuffix(".html")
        if name == page or tag == CODES or (tag in tags and name in names):
            continue
        ours = not project.options.tags or tag in building
        if ours and _is_ours(project.build_root / path):
            yield tag, name


def _is_ours(page: Path) -> bool:
    """Tell whether a file is a page that a build made; what cannot be read is none."""
    with suppress(OSError):  # another build may have removed it meanwhile
        mark = GENERATOR if page.suffix == ".html" else MADE_BY
        return page.is_file() and mark in page.read_bytes()
    return False
