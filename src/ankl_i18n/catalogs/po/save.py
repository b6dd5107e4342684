"""Saving a catalog: whole or not at all, and never over someone else's work."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path

from ankl_i18n.catalogs.po import disk
from ankl_i18n.catalogs.po.readback import read_back
from ankl_i18n.catalogs.po.reader import parse
from ankl_i18n.catalogs.po.records import Catalog, Entry
from ankl_i18n.catalogs.po.threeway import merge
from ankl_i18n.catalogs.po.writer import write, written
from ankl_i18n.errors import CatalogError

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EFBIG: "the file would be too large",
}

_ATTEMPTS = 20
"""How often to merge with what others write before giving up."""


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
    try:
        target = _target(path, root)
        target.parent.mkdir(parents=True, exist_ok=True)
        with disk.locked(target.parent):
            return _save(catalog, target, same_file=_names(catalog.path, path))
    except OSError as failure:
        reason = _REASONS.get(failure.errno or 0, failure.strerror or str(failure))
        message = f"the catalog cannot be saved: {reason}"
        hint = "The old file is unchanged. Free some space or allow writing, then try again."
        raise CatalogError.of("po-write", message, str(path), hint) from failure


def _target(path: Path, root: Path | None) -> Path:
    """Return the real file behind `path`."""
    try:
        target = path.resolve()
    except (OSError, RuntimeError) as failure:
        message = "the path is a symbolic link that leads nowhere"
        raise CatalogError.of("po-path", message, str(path), "Repair the link.") from failure
    if root is not None and not target.is_relative_to(root.resolve()):
        message = f"the path leads out of {root}, to {target}"
        hint = "Replace the symbolic link by a file, or link to a file inside."
        raise CatalogError.of("po-path", message, str(path), hint)
    if target.exists() and not target.is_file():
        message = "the path is not a regular file"
        raise CatalogError.of("po-path", message, str(path), "Remove or rename whatever is there.")
    return target


def _names(shown: str, path: Path) -> bool:
    """Return whether `shown`, a path from some folder or other, ends like `path`."""
    parts = tuple(part for part in Path(shown).parts if part != "..")
    return path.absolute().parts[-len(parts) :] == parts


def _save(catalog: Catalog, target: Path, *, same_file: bool) -> bool:
    """Save, again and again while others write the file."""
    for _ in range(_ATTEMPTS):
        try:
            return _save_once(catalog, target, same_file=same_file)
        except disk.ChangedMeanwhileError:
            pass
    raise OSError(errno.EBUSY, "another program keeps writing the file")


def _save_once(catalog: Catalog, target: Path, *, same_file: bool) -> bool:
    present = disk.content(target)
    if present == b"" and catalog.data:
        raise OSError(errno.EBUSY, "another program has emptied the file")
    merged = catalog
    if present is not None and present != catalog.data:
        base = parse(catalog.data if same_file else b"", catalog.path)
        merged = merge(base, catalog, parse(present, catalog.path))
    data = write(merged)
    if merged is catalog and data == present:
        return False
    read = read_back(data, merged)
    if data != present:
        disk.replace(target, data, present)
    _adopt(catalog, merged, data, read)
    return data != present


def _adopt(catalog: Catalog, merged: Catalog, data: bytes, read: Iterable[Entry]) -> None:
    """Make `catalog` what was saved, its entries in the places of those read back."""
    end = 0
    for entry, saved in zip(written(merged), read, strict=True):
        entry.place_as(saved)
        end = saved.span[1] if saved.span else end
    catalog.header, catalog.entries, catalog.data = merged.header, merged.entries, data
    catalog.newline, catalog.charset, catalog.bom = merged.newline, merged.charset, merged.bom
    catalog.trailing = data[end:]
