"""Putting a file's new content in the place of the old one, whole or not at all.

Programs that do not know of each other write the same file, and machines stop at any moment.
So the new content is a file of its own until it is complete, on the disk and read back; then
the two files change names at once. What others write in between is noticed and never lost.
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import stat
import time
from contextlib import contextmanager, suppress
from typing import Final

try:
    import fcntl
except ImportError:  # Windows has no advisory locks on folders
    fcntl = None  # type: ignore[assignment]

from collections.abc import Iterator
from io import FileIO
from pathlib import Path

from ankl_i18n.engine.regular import file_status
from ankl_i18n.errors import SettingsError

# Names of files that are not complete yet; those of runs that were killed are removed.
TEMPORARY: Final = ".ankl-i18n-{}.tmp"
# How long to wait, in seconds, for another program that has the file open to write.
PATIENCE: Final = 5.0
PAUSE: Final = 0.005
# How long to wait, in seconds, for other runs that save in the same folder.
LOCKED: Final = 10.0
# What file systems say that cannot flush a folder, or cannot exchange two files.
_CANNOT: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EBADF})
_F_SETSIG: Final = 10  # fcntl(2)
_AT_FDCWD: Final = -100  # openat(2)
_RENAME_EXCHANGE: Final = 2  # renameat2(2)


class ChangedMeanwhileError(Exception):
    """Someone else wrote the file: it is no longer what it was, and it is as they left it."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs of this program out of the folder; the lock leaves no file behind.

    Files that killed runs left are removed. At the end the folder's names are flushed to the
    disk. Raises OSError, after `LOCKED` seconds too: a run that is stopped keeps its lock.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if _lock(handle):
            with suppress(OSError):
                _remove_leftovers(folder)
        yield
        try:
            os.fsync(handle)
        except OSError as failure:
            if failure.errno not in _CANNOT:
                raise
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Lock a folder; return False where that is not possible: not on some network file systems."""
    deadline = time.monotonic() + LOCKED
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise OSError(errno.EBUSY, "another program keeps its folder locked") from None
            time.sleep(PAUSE)
        except OSError:
            return False
        else:
            return True


def _remove_leftovers(folder: Path) -> None:
    for path in folder.glob(TEMPORARY.format("*")):
        path.unlink(missing_ok=True)


def content(path: Path) -> bytes | None:
    """Return a file's content, None if there is no file, once nobody is writing it.

    Raises OSError, after `PATIENCE` seconds too.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            file_status(path)
            with path.open("rb", buffering=0) as file:
                data = _settled(file)
            if data is not None:
                return data
        except FileNotFoundError:
            return None
        if time.monotonic() > deadline:
            raise OSError(errno.EBUSY, "another program is writing the file")
        time.sleep(PAUSE)


def _settled(file: FileIO) -> bytes | None:
    """Return what a file holds, None if someone was writing it meanwhile."""
    if _is_being_written(file.fileno()):
        return None
    before = os.fstat(file.fileno())
    data = file.readall()
    after = os.fstat(file.fileno())
    unchanged = before.st_mtime_ns == after.st_mtime_ns and before.st_size == len(data)
    if not unchanged or after.st_size != len(data) or _is_being_written(file.fileno()):
        return None
    return data


def _is_being_written(handle: int) -> bool:
    """Tell whether a program has the file open to write it, as far as the system knows.

    Linux does: a read lease is refused then (fcntl(2)). The signal that a lease may cause is
    one that is ignored by default.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        fcntl.fcntl(handle, _F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as failure:
        return failure.errno == errno.EAGAIN
    return False


def replace(target: Path, data: bytes, present: bytes | None) -> None:
    """Put `data` in the target's place at once, if the target is `present` (None: is not there).

    Mode and owner stay. Raises OSError, or ChangedMeanwhileError if the target is not `present`;
    the target is as it was then.
    """
    temporary = target.with_name(TEMPORARY.format(os.urandom(8).hex()))
    try:
        _write(temporary, data)
        _keep_owner_and_mode(target, temporary)
        if temporary.read_bytes() != data:
            raise OSError(errno.EIO, "what was written cannot be read back from the disk")
        if content(target) != present:
            raise ChangedMeanwhileError
        if present is None:
            _name(temporary, target)
        elif not _exchange(temporary, target):
            temporary.replace(target)
        elif not _holds(temporary, present):
            _exchange(temporary, target)
            raise ChangedMeanwhileError
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def put(path: Path, data: bytes, before: bytes | None) -> None:
    """Write a file that held `before` (None: that was not there), in folders that may be missing.

    Raises `SettingsError` if it has just been changed, and OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        replace(path.resolve(), data, before)
    except ChangedMeanwhileError:
        message, hint = "another program has just changed the file", "run the command again"
        raise SettingsError.of("settings", message, str(path), hint) from None


def _holds(path: Path, data: bytes) -> bool:
    """Tell whether a file holds some bytes, and nobody is about to change them."""
    try:
        return content(path) == data
    except OSError:  # someone opened it at the last moment, and keeps it open
        return False


def _write(path: Path, data: bytes) -> None:
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


def _name(temporary: Path, target: Path) -> None:
    """Give a file its name, if no other file has got it in the meantime."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise ChangedMeanwhileError from None
    except OSError:  # file systems without hard links
        temporary.replace(target)


def _exchange(one: Path, other: Path) -> bool:
    """Let two files change names at once; return False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    names = os.fsencode(one), os.fsencode(other)
    if rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))
