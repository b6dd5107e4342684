"""The leaflets of a project: their names, each parsed once, and what is wrong with them."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs.leaflet_names import LIKE_MARKDOWN, sort_out
from ankl_i18n.engine.queries import input_query, memory_query, query
from ankl_i18n.engine.regular import read_file
from ankl_i18n.errors import AnklError, Location, Problem, SourceError, error
from ankl_i18n.settings import UI

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.source import Document

# The domain of the publisher's texts.
PUBLISHER: Final = "publisher"
# What no leaflet can be called, and why; domains only where leaflets have their own catalogs.
TAKEN: Final = {
    "index": "the list of leaflets",
    UI: "the catalog of the interface strings",
    PUBLISHER: "the catalog of the publisher's words",
}
# Leaflets of so many characters are kept in memory (some 70 MB); others wait in a temporary
# file, so none is parsed twice. A token weighs this much besides its text.
RECENT: Final = 6_000_000
TOKEN: Final = 40


@dataclass(frozen=True, slots=True)
class Leaflet:
    """What keeps a leaflet from being parsed, and its days (ISO 8601).

    They are the days of its next check, of its last change (or else that on which it came out),
    and the one on which it was withdrawn, "" if it was not.
    """

    problems: tuple[Problem, ...] = ()
    due: str | None = None
    changed: str | None = None
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """The names of leaflets in order, and what is wrong with the names of other files."""

    names: tuple[str, ...]
    problems: tuple[Problem, ...]


@input_query
def files(project: Project) -> Files:
    """Return the leaflets that there are in the source folder."""
    root, ignored = project.source_root, project.config.ignore
    paths = (path for path in sorted(root.rglob("*.[mM]*")) if path.suffix.lower() in LIKE_MARKDOWN)
    listed = [PurePosixPath(path.relative_to(root).as_posix()) for path in paths]
    wanted = [
        name
        for name in listed
        if not any(fnmatch.fnmatch(str(name), pattern) for pattern in ignored)
    ]
    free = {UI, PUBLISHER} if project.config.domain else set()
    free |= set() if project.config.publisher else {PUBLISHER}
    taken = {name: what for name, what in TAKEN.items() if name not in free}
    good, problems = sort_out(wanted, taken, project.config.source_dir)
    names = dict.fromkeys(name.with_suffix("").as_posix() for name in good)
    return Files(tuple(names), tuple(problems))


def names(project: Project) -> tuple[str, ...]:
    """Return the names of all leaflets in order, those that cannot be parsed too."""
    return files(project).names


def file_problems(project: Project) -> list[Problem]:
    """Return what is wrong with the names of leaflets, or that there are none at all."""
    hint = "write one: see docs/authoring.md"
    where = Location(project.config.source_dir)
    none = [] if names(project) else [error("source", "there are no leaflets here", where, hint)]
    return list(files(project).problems) or none


def _weight(document: Document) -> int:
    """Return how many characters of Markdown a leaflet has, and some for what has none."""
    return sum(len(token.content) + TOKEN for token in document.tokens)


@memory_query(RECENT, spill=True, weigh=_weight)
def document(project: Project, name: str) -> Document:
    """Return a leaflet by its name. Raises `SourceError` for anything wrong with it."""
    project.depend_on_file(project.source_root / f"{name}.md")
    return parse(project, name)


def parse(project: Project, name: str) -> Document:
    """Return a leaflet, not kept in memory. Raises `SourceError` for anything wrong with it."""
    path = project.source_root / f"{name}.md"
    shown = project.config.relative(path)
    printable = shown.encode(errors="backslashreplace").decode()
    if printable != shown:
        raise _unread(printable, "its name is not UTF-8", "rename the file")
    try:
        source = read_file(path).decode("utf-8-sig")
    except OSError as bad:
        raise _unread(shown, bad.strerror, "check the file and its permissions") from bad
    except UnicodeDecodeError as bad:
        raise _unread(shown, bad, "save the file as UTF-8") from bad
    from ankl_i18n import source as leaflet_source

    return leaflet_source.parse(
        source.replace("\r\n", "\n"),
        shown,
        name,
        front_matter=project.config.front_matter,
        context=project.config.context,
    )


def source_text(project: Project, name: str) -> str | None:
    """Return the text of a leaflet's file, whatever is wrong with it; None without any."""
    try:
        source = read_file(project.source_root / f"{name}.md")
    except OSError:
        return None
    return source.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")


@query
def leaflet(project: Project, name: str) -> Leaflet:
    """Return what keeps a leaflet from being parsed, and its days."""
    try:
        front = document(project, name).front
    except AnklError as wrong:
        from ankl_i18n.source.fence import withdrawal_day

        withdrawn = withdrawal_day(source_text(project, name) or "")
        return Leaflet(wrong.problems, withdrawn=withdrawn)
    changed = front.updated or front.published
    return Leaflet(
        (),
        front.review_by.isoformat() if front.review_by else None,
        changed.isoformat() if changed else None,
        front.withdrawn.isoformat() if front.withdrawn else "",
    )


def withdrawn(project: Project, name: str) -> str:
    """Return the day on which a leaflet was withdrawn by its publisher, "" if it was not."""
    return leaflet(project, name).withdrawn if name in names(project) else ""


@query
def readable(project: Project) -> tuple[str, ...]:
    """Return the names of the leaflets that can be parsed, in order."""
    return tuple(name for name in names(project) if not leaflet(project, name).problems)


@query
def is_readable(project: Project, name: str) -> bool:
    """Tell whether there is a leaflet of this name, and it can be parsed."""
    return name in names(project) and not leaflet(project, name).problems


class Documents(Mapping[str, "Document"]):
    """The leaflets of a project that can be parsed, by name; each is read when asked for."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def __getitem__(self, name: str) -> Document:
        if name not in self:
            raise KeyError(name)
        return document(self.project, name)

    def __contains__(self, name: object) -> bool:
        return is_readable(self.project, str(name))

    def __iter__(self) -> Iterator[str]:
        return iter(readable(self.project))

    def __len__(self) -> int:
        return len(readable(self.project))


def _unread(shown: str, why: object, hint: str) -> SourceError:
    return SourceError.of("source", f"cannot be read: {why}", shown, hint)
