"""Whether there is a file to read: whoever opens a pipe may wait for ever."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from stat import S_ISREG


def file_status(path: Path | str) -> os.stat_result:
    """Return the status of a regular file, or of what a link to one leads to.

    Raises FileNotFoundError and the like, and OSError (EINVAL) for anything that is not a file.
    """
    status = os.stat(path)  # noqa: PTH116 - tens of thousands of times
    if not S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a file", str(path))
    return status


def read_file(path: Path) -> bytes:
    """Return the content of a regular file. Raises OSError as `file_status` does."""
    file_status(path)
    return path.read_bytes()
