"""Translations whose place is taken: they wait for a person in `tm/pending/`, as memories (TMX)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ankl_i18n.catalogs.project import Project
from ankl_i18n.errors import CatalogError, Problem
from ankl_i18n.exchange import tmx
from ankl_i18n.languages import Language

FOLDER: Final = "tm/pending"


def keep(project: Project, domain: str, lang: Language, waiting: Sequence[tmx.Translation]) -> None:
    """Put translations to those that wait already; the same text waits once."""
    if not waiting:
        return
    from ankl_i18n.catalogs.po import disk

    path = _path(project, domain, lang)
    present = disk.content(path)
    known = list(tmx.parse(present, str(path))) if present else []
    texts = {(one.source, one.target) for one in known}
    fresh = [
        translation
        for translation in waiting
        if (translation.source, translation.target) not in texts
    ]
    if fresh:
        disk.put(path, tmx.write([*known, *fresh], project.config.source.tag), present)


def count(project: Project, domain: str, lang: Language) -> int:
    """Return how many translations wait for a catalog; none that cannot be read."""
    path = _path(project, domain, lang)
    try:
        return sum(1 for _ in tmx.parse(path.read_bytes(), str(path))) if path.exists() else 0
    except CatalogError:
        return 0


def _path(project: Project, domain: str, lang: Language) -> Path:
    name = re.sub(r"[^\w.-]", "-", f"{domain}.{lang.tag}")
    return project.root / FOLDER / f"{name}.tmx"


def pending(project: Project) -> tuple[list[tuple[str, tmx.Translation]], list[Problem]]:
    """Return what waits for somebody, with its file; and what cannot be read."""
    waiting: list[tuple[str, tmx.Translation]] = []
    problems: list[Problem] = []
    for path in sorted((project.root / FOLDER).glob("*.tmx")):
        shown = project.config.relative(path)
        try:
            waiting += [(shown, one) for one in tmx.parse(path.read_bytes(), shown)]
        except CatalogError as wrong:
            problems += wrong.problems
    return waiting, problems
