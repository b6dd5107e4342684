"""Finished PDFs, kept by the digest of all that they were made from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ankl_i18n.engine.cache import digest

MAX_BYTES: Final = 2 * 1024**3
FOLDER: Final = "objects"


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many objects pruning removed, their bytes, and the bytes of those that are left."""

    removed: int
    freed: int
    left: int


@dataclass(frozen=True, slots=True)
class Store:
    """Finished PDFs in the folder of a cache, by the digest of what they were made from.

    Each begins with the digest of its key and its bytes: one that is damaged, or that is in
    the place of another, is none.
    """

    cache_folder: Path

    def get(self, key: str) -> bytes | None:
        """Return the bytes kept under a key, or None; damaged ones are removed."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        size = len(_seal(key, b""))
        head, body = data[:size], data[size:]
        if _seal(key, body) != head:
            path.unlink(missing_ok=True)
            return None
        with suppress(OSError):
            os.utime(path)
        return body

    def keep(self, key: str, data: bytes) -> None:
        """Keep some bytes under a key; where that is not possible, do without."""
        path = self._path(key)
        part = path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                part.write_bytes(_seal(key, data) + data)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)

    def size(self) -> int:
        """Return how many bytes the objects take."""
        return sum(size for _, size, _ in self._all())

    def prune(self, max_bytes: int = MAX_BYTES) -> Pruned:
        """Remove the objects that were not used for longest, until the others fit."""
        left, freed, removed = 0, 0, 0
        for _, size, path in sorted(self._all(), reverse=True):
            if left + size <= max_bytes:
                left += size
                continue
            with suppress(OSError):
                path.unlink()
                removed, freed = removed + 1, freed + size
        return Pruned(removed, freed, left)

    def _path(self, key: str) -> Path:
        return self.cache_folder / FOLDER / key[:2] / key[2:]

    def _all(self) -> Iterator[tuple[float, int, Path]]:
        """Yield time of last use, size and path of each object."""
        for path in (self.cache_folder / FOLDER).glob("*/*"):
            with suppress(OSError):
                stat = path.stat()
                yield stat.st_mtime, stat.st_size, path


def _seal(key: str, data: bytes) -> bytes:
    """Return the digest of some bytes and the key that they are kept under."""
    return digest(key.encode() + b"\0" + data).encode()
