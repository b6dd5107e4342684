"""What must leave the build folder: readers must not find what is no longer published."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING, Final

from ankl_i18n.html.editions import EDITIONS, PROOF
from ankl_i18n.settings import PAPERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ankl_i18n.build.context import Site

# What tells a page of ours from any other file in the build folder (templates/base.html.j2).
GENERATOR: Final = b'<meta name="generator" content="ankl-i18n">'
# A file that a build was writing: its name, hidden, and the number of the build's process.
PART: Final = re.compile(r"\..+\.(?:html|pdf)\.(\d{1,9})")


def sweep(site: Site) -> None:
    """Remove pages and PDFs that readers must not find (any more), and parts of files."""
    there = set(files(site))
    forgotten = set(_forgotten(site, there))
    leaves = {path for path in there if _is_left_behind(path)}
    for tag, name in forgotten | set(_unpublished(site)):
        leaves.add(site.page_path(tag, name))
        for paper, edition in product(PAPERS, EDITIONS):
            if edition != PROOF or (tag, name) in forgotten:
                leaves.add(site.pdf_path(tag, name, paper, edition))
    for path in there & leaves:
        (site.folder / path).unlink(missing_ok=True)


def files(site: Site) -> list[str]:
    """Return the paths of all files in the build folder, in no order."""
    return list(_files(str(site.folder), ""))


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


def _unpublished(site: Site) -> Iterator[tuple[str, str]]:
    """Yield language and name of what is not published, among what is being built."""
    for spoken in site.selected():
        published = set(site.published(spoken))
        yield from ((spoken.tag, name) for name in site.documents if name not in published)
        if not published:
            yield spoken.tag, "index"


def _forgotten(site: Site, there: set[str]) -> Iterator[tuple[str, str]]:
    """Yield language and name of pages from earlier builds whose language or leaflet is gone."""
    tags = {spoken.tag for spoken in site.status.languages}
    building = {spoken.tag for spoken in site.selected()}
    names = {*site.documents, "index"}
    for path in there:
        tag, _, page = path.partition("/")
        name = page.removesuffix(".html")
        if name == page or (tag in tags and name in names):
            continue
        ours = not site.options.tags or tag in building
        if ours and _is_ours(site.folder / path):
            yield tag, name


def _is_ours(page: Path) -> bool:
    """Tell whether a file is a page that a build made; what cannot be read is none."""
    with suppress(OSError):  # another build may have removed it meanwhile
        return page.is_file() and GENERATOR in page.read_bytes()
    return False
