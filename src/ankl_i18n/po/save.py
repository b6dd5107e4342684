"""Saving a catalog: whole or not at all, and never over someone else's work."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ankl_i18n.errors import CatalogError, Location, Problem, Severity
from ankl_i18n.po.readback import Place, read_back
from ankl_i18n.po.reader import parse
from ankl_i18n.po.records import Catalog
from ankl_i18n.po.threeway import merge
from ankl_i18n.po.writer import write, written

try:
    import fcntl
except ImportError:  # Windows has no advisory locks on folders
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EFBIG: "the file would be too large",
}


def save(catalog: Catalog, path: Path, *, root: Path | None = None) -> bool:
    """Write the catalog to `path`; return False if the file has these bytes already.

    The new file is written beside the old one, flushed to the disk, read back and
    compared, and only then takes the old one's name, mode and owner; missing folders are
    made. A symbolic link is followed, but not out of `root`. If the file is no longer the
    one that was read (`catalog.data`), the two are merged message by message; a catalog
    read from elsewhere may only add to the messages of a file.

    Afterwards `catalog` is the catalog as saved, so it can be changed and saved again.
    Raises CatalogError, the old file untouched, when the disk or its permissions do not
    allow it, when a message was changed differently by someone else, when the file there
    cannot be read, or when the result would not read back as the same messages.
    """
    target = _target(path, root)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target.parent):
            return _save(catalog, target, same_file=_names(catalog.path, path))
    except OSError as failure:
        reason = _REASONS.get(failure.errno or 0, failure.strerror or str(failure))
        message = f"the catalog cannot be saved: {reason}"
        hint = "The old file is as it was. Make room or permit writing, then try again."
        raise CatalogError(_problem("po-write", message, path, hint)) from failure


def _target(path: Path, root: Path | None) -> Path:
    """Return the real file behind `path`."""
    try:
        target = path.resolve()
    except (OSError, RuntimeError) as failure:
        message = "the path is a symbolic link that leads nowhere"
        raise CatalogError(_problem("po-path", message, path, "Repair the link.")) from failure
    if root is not None and not target.is_relative_to(root.resolve()):
        message = f"the path leads out of {root}, to {target}"
        hint = "Replace the symbolic link by a file, or link to a file inside."
        raise CatalogError(_problem("po-path", message, path, hint))
    if target.exists() and not target.is_file():
        message = "the path is no regular file"
        raise CatalogError(_problem("po-path", message, path, "Remove what is there."))
    return target


def _names(shown: str, path: Path) -> bool:
    """Return whether `shown`, a path from some folder or other, ends like `path`."""
    parts = tuple(part for part in Path(shown).parts if part != "..")
    return path.absolute().parts[-len(parts) :] == parts


def _save(catalog: Catalog, target: Path, *, same_file: bool) -> bool:
    present = target.read_bytes() if target.exists() else None
    merged = catalog
    if present is not None and present != catalog.data:
        base = parse(catalog.data if same_file else b"", catalog.path)
        merged = merge(base, catalog, parse(present, catalog.path))
    data = write(merged)
    if merged is catalog and data == present:
        return False
    places = read_back(data, merged)
    if data != present:
        _replace(target, data, present)
    _adopt(catalog, merged, data, places)
    return data != present


def _adopt(catalog: Catalog, merged: Catalog, data: bytes, places: Iterable[Place]) -> None:
    """Make `catalog` what was saved."""
    for entry, place in zip(written(merged), places, strict=True):
        entry.place(place)
    catalog.header, catalog.entries, catalog.data = merged.header, merged.entries, data
    catalog.newline, catalog.charset, catalog.bom = merged.newline, merged.charset, merged.bom
    catalog.trailing = data[
        max((entry.span[1] for entry in written(catalog) if entry.span), default=0) :
    ]


# -- the file system -----------------------------------------------------------------------


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other runs of this program out of the folder; the lock leaves no file behind."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems have no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
        with suppress(OSError):  # nor can all of them flush a folder
            os.fsync(handle)
    finally:
        os.close(handle)


def _replace(target: Path, data: bytes, present: bytes | None) -> None:
    """Put `data` in the target's place at once, if the target still is `present`."""
    temporary = target.with_name(f".{os.urandom(8).hex()}.tmp")
    try:
        _write_file(temporary, data)
        _keep_owner_and_mode(target, temporary)
        if temporary.read_bytes() != data:
            raise OSError(errno.EIO, "the disk does not give back what was written")
        if (target.read_bytes() if target.exists() else None) != present:
            raise OSError(errno.EBUSY, "another program is writing the file at this moment")
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write_file(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _keep_owner_and_mode(source: Path, path: Path) -> None:
    if not source.exists():
        return
    status = source.stat()
    with suppress(PermissionError, AttributeError):
        os.chown(path, status.st_uid, status.st_gid)
    path.chmod(stat.S_IMODE(status.st_mode))


def _problem(kind: str, message: str, path: Path, hint: str, context: str = "") -> Problem:
    return Problem(kind, Severity.ERROR, message, Location(str(path)), hint, context)
