"""Takes a leaflet back: writes into its front matter when, and why."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.po.disk import put
from ankl_i18n.catalogs.project import Project, is_inside
from ankl_i18n.engine.regular import read_file
from ankl_i18n.errors import Location, SourceError
from ankl_i18n.source.fence import FENCE, SAYS_WITHDRAWN, split, withdrawal_day

BY_HAND = "write these lines into its front matter by hand: "


def withdraw(project: Project, name: str, reason: str, day: datetime.date) -> Path:
    """Write the day and the reason into a leaflet; return its path.

    All else in the file stays as it is. Raises `SourceError` for a leaflet that is withdrawn
    already, for an empty reason, and where the file cannot be written.
    """
    path = project.source_root / f"{name}.md"
    shown = project.config.relative(path)
    why = " ".join(reason.split())
    if not why:
        raise _wrong("--reason", "it is empty", "say why, for the readers of the leaflet")
    before = read_file(path)
    text = before.decode("utf-8", errors="surrogateescape")
    if leaflets.withdrawn(project, name):
        line = text.count("\n", 0, SAYS_WITHDRAWN.search(text).start()) + 1  # type: ignore[union-attr]
        hint = "change the reason in this file, or delete both lines to bring the leaflet back"
        raise _wrong(shown, "it is already withdrawn", hint, line)
    lines = _lines(why, day)
    edited = _edited(text, lines)
    hint = BY_HAND + " / ".join(lines)
    if not is_inside(path, project.root):
        raise _wrong(shown, "it is outside this project, so nothing is written there", hint)
    if not _is_right(project, name, edited):
        raise _wrong(shown, "its front matter has an unusual form", hint)
    put(path, edited.encode("utf-8", errors="surrogateescape"), before)
    return path


def _lines(why: str, day: datetime.date) -> list[str]:
    """Return the lines of YAML; what JSON puts in quotes, YAML reads as the same text."""
    quoted = json.dumps(why, ensure_ascii=not why.isprintable())
    return [f"withdrawn: {day.isoformat()}", f"withdrawn-because: {quoted}"]


def _edited(text: str, lines: list[str]) -> str:
    """Return a source with lines at the end of its front matter, which it may not have yet."""
    end = "\r\n" if "\r\n" in text else "\n"
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    own = text.removeprefix(mark)
    added = "".join(line + end for line in lines)
    front = FENCE.match(own)
    if not front:
        return f"{mark}---{end}{added}---{end}{end}{own}"
    return f"{mark}{own[: front.end(1)]}{added}{own[front.end(1) :]}"


def _is_right(project: Project, name: str, edited: str) -> bool:
    """Tell whether an edited source says that it is withdrawn, and is no worse than before."""
    from ankl_i18n import source as leaflet_source

    text = edited.removeprefix("\ufeff").replace("\r\n", "\n")
    if leaflets.leaflet(project, name).problems:
        return bool(withdrawal_day(text)) and bool(split(text)[0])
    config = project.config
    kinds = {"front_matter": config.front_matter, "context": config.context}
    try:
        return bool(leaflet_source.parse(text, name, name, **kinds).front.withdrawn)
    except SourceError:
        return False


def _wrong(path: str, message: str, hint: str, line: int = 0) -> SourceError:
    return SourceError.of("withdraw", message, Location(path, line), hint)
