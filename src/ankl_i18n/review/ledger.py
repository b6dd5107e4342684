"""The ledger on the disk: `reviews/<tag>/<leaflet>/<date>-<reviewer>-<act>-<8 hex>.toml`.

An act is a file of its own that is never changed, so branches merge without conflict. Its last
eight digits are of its content.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ankl_i18n.catalogs.project import Project, is_inside
from ankl_i18n.engine.queries import input_query, memory_query, query
from ankl_i18n.engine.regular import read_file
from ankl_i18n.errors import Problem, error
from ankl_i18n.review.act_files import ID, act_name, act_text, read_act
from ankl_i18n.review.hashes import root_of
from ankl_i18n.review.records import LEAFLET, Act, Kind, WrongActError

FOLDER: Final = "reviews"
ENDING: Final = ".toml"
# The digest of a blind task, which lies beside the acts.
DIGEST: Final = ".sha256"
# Bytes of acts are the same on every computer, whatever git does with the ends of lines.
ATTRIBUTES: Final = "* -text\n"
RECENT: Final = 16


@dataclass(frozen=True, slots=True)
class Ledger:
    """The acts of a language in the order of their names, and what is wrong with others."""

    acts: tuple[Act, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadAct:
    """An act that was read, or what is wrong with it."""

    act: Act | None = None
    problems: tuple[Problem, ...] = ()


def act_path(act: Act) -> str:
    """Return where a written act is, from the project's folder."""
    return f"{FOLDER}/{act.language}/{act.leaflet}/{act.name}{ENDING}"


@input_query
def act_paths(project: Project, tag: str) -> tuple[str, ...]:
    """Return the paths of all files of acts in a language, in order."""
    root = project.root / FOLDER / tag
    paths = (path.relative_to(project.root).as_posix() for path in root.rglob(f"*{ENDING}"))
    return tuple(sorted(paths))


@input_query
def tags(project: Project) -> tuple[str, ...]:
    """Return the languages that have acts."""
    root = project.root / FOLDER
    folders = root.iterdir() if root.is_dir() else ()
    names = (path.name for path in folders if path.is_dir())
    return tuple(sorted(name for name in names if not name.startswith(".")))


@query
def read(project: Project, path: str) -> ReadAct:
    """Return the act of a file, or what is wrong with it."""
    file = project.root / path
    project.depend_on_file(file)
    try:
        act = read_act(read_file(file), path, file.name.removesuffix(ENDING))
    except WrongActError as wrong:
        return ReadAct(None, wrong.problems)
    except OSError as bad:
        return ReadAct(None, (error("review", f"cannot be read: {bad.strerror}", path),))
    if act_path(act) != path:
        message = f"this act belongs to {act_path(act)}; here it does not count"
        return ReadAct(None, (error("review", message, path),))
    return ReadAct(act)


@memory_query(RECENT)
def ledger(project: Project, tag: str) -> Ledger:
    """Return all acts in a language, whatever leaflet they were about.

    An act is about words: it counts wherever they stand, also when a leaflet has a new name.
    """
    files_read = [read(project, path) for path in act_paths(project, tag)]
    problems = tuple(problem for one in files_read for problem in one.problems)
    return Ledger(tuple(one.act for one in files_read if one.act), problems)


def write(project: Project, act: Act) -> Act:
    """Write an act's file, with its root and name; return it as written.

    An act that is there already is not written again, unless it was withdrawn since.
    Raises `WrongActError` for what no file can be named after.
    """
    for part in (act.reviewer, act.recorded_by):
        if part and not ID.fullmatch(part):
            raise WrongActError.of("review", f"not a reviewer's id: {part!r}", FOLDER)
    if act.scope != LEAFLET or not act.root:
        act = replace(act, root=root_of((one.key, one.hash) for one in act.messages))
    withdrawn = _withdrawn(project.root, act.language)
    while (named := _named(act, project.config.source.tag))[0].name in withdrawn:
        act = replace(act, again=act.again + 1)
    _save(project.root, act_path(named[0]), named[1])
    return named[0]


def _named(act: Act, source: str) -> tuple[Act, str]:
    """Return an act with its name, and the text of its file."""
    text = act_text(act, source)
    return replace(act, name=act_name(act, text)), text


def _withdrawn(root: Path, tag: str) -> set[str]:
    """Return the names of the acts that were withdrawn, as the files are now."""
    names: set[str] = set()
    for path in (root / FOLDER / tag).rglob(f"*-{Kind.WITHDRAW}-*{ENDING}"):
        with suppress(OSError, WrongActError):
            names |= set(read_act(read_file(path), str(path), path.name.removesuffix(ENDING)).of)
    return names


def _save(root: Path, path: str, text: str) -> None:
    if not is_inside(root / path, root):
        raise WrongActError.of("review", "is outside the project: nothing is written there", path)
    keep_bytes(root)
    if not (root / path).exists():
        from ankl_i18n.catalogs.po.disk import put

        put(root / path, text.encode(), None)


def keep_bytes(root: Path) -> None:
    """Have git leave the bytes of the ledger as they are (gitattributes(5))."""
    attributes = root / FOLDER / ".gitattributes"
    if not attributes.exists():
        from ankl_i18n.catalogs.po.disk import put

        put(attributes, ATTRIBUTES.encode(), None)
