"""The build folder on the disk: what is in it, and writing into it whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ankl_i18n.errors import SettingsError


def files(folder: Path) -> list[str]:
    """Return the paths of all files in a folder, at any depth and in no order."""
    return list(_files(str(folder), ""))


def _files(folder: str, prefix: str) -> Iterator[str]:
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


def write(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all; return whether its bytes changed."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return True


def refuse_links(root: Path, folder: Path, paths: Iterable[str]) -> None:
    """Raise `SettingsError` if files of the build folder would be written outside of the project.

    `paths` are those of the files, in `folder`; a link that stays in the project is fine.
    """
    home = Path(os.path.realpath(root))
    for place in dict.fromkeys([folder, *((folder / path).parent for path in paths)]):
        target = Path(os.path.realpath(place))
        if not target.is_relative_to(home):
            message = f"this folder is a symbolic link to a place outside the project: {target}"
            hint = "remove the link, build, then copy the files to where they are served"
            raise SettingsError.of("build", message, place.relative_to(root).as_posix(), hint)
