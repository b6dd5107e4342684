"""What must leave the build folder: readers must not find what is no longer published."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING, Final

from ankl_i18n.build.jobs import INDEX, page_path, pdf_path, selected
from ankl_i18n.catalogs import leaflets
from ankl_i18n.coverage import publication
from ankl_i18n.html.editions import EDITIONS, PROOF
from ankl_i18n.settings import PAPERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ankl_i18n.catalogs.project import Project

# What tells a page of ours from any other file in the build folder (templates/base.html.j2).
GENERATOR: Final = b'<meta name="generator" content="ankl-i18n">'
# A file that a build was writing: its name, hidden, and the number of the build's process.
PART: Final = re.compile(r"\..+\.(?:html|pdf)\.(\d{1,9})")


def sweep(project: Project) -> None:
    """Remove pages and PDFs that readers must not find (any more), and parts of files."""
    there = set(files(project))
    forgotten = set(_forgotten(project, there))
    leaves = {path for path in there if _is_left_behind(path)}
    for tag, name in forgotten | set(_unpublished(project)):
        leaves.add(page_path(tag, name))
        for paper, edition in product(PAPERS, EDITIONS):
            if edition != PROOF or (tag, name) in forgotten:
                leaves.add(pdf_path(tag, name, paper, edition))
    for path in there & leaves:
        (project.build_root / path).unlink(missing_ok=True)


def files(project: Project) -> list[str]:
    """Return the paths of all files in the build folder, in no order."""
    return list(_files(str(project.build_root), ""))


def _files(folder: str, prefix: str) -> Iterator[str]:
    """Yield the paths of all files in a folder, at any depth."""
    try:
        entries = os.scandir(folder)
    except OSError:
        return
    with entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name


def _is_left_behind(path: str) -> bool:
    """Tell whether a file is the part of one that its process did not live to finish."""
    part = PART.fullmatch(path.rpartition("/")[2])
    if not part:
        return False
    try:
        os.kill(int(part[1]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return int(part[1]) == os.getpid()


def _unpublished(project: Project) -> Iterator[tuple[str, str]]:
    """Yield language and name of what is not published, among what is being built."""
    for spoken in selected(project):
        published = set(publication.published(project, spoken.tag))
        names = leaflets.readable(project)
        yield from ((spoken.tag, name) for name in names if name not in published)
        if not published:
            yield spoken.tag, INDEX


def _forgotten(project: Project, there: set[str]) -> Iterator[tuple[str, str]]:
    """Yield language and name of pages from earlier builds whose language or leaflet is gone."""
    tags = {spoken.tag for spoken in project.languages()}
    building = {spoken.tag for spoken in selected(project)}
    names = {*leaflets.readable(project), INDEX}
    for path in there:
        tag, _, page = path.partition("/")
        name = page.removesuffix(".html")
        if name == page or (tag in tags and name in names):
            continue
        ours = not project.options.tags or tag in building
        if ours and _is_ours(project.build_root / path):
            yield tag, name


def _is_ours(page: Path) -> bool:
    """Tell whether a file is a page that a build made; what cannot be read is none."""
    with suppress(OSError):  # another build may have removed it meanwhile
        return page.is_file() and GENERATOR in page.read_bytes()
    return False
