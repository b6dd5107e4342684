"""The latest values in memory, and older ones in a temporary file."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections import OrderedDict
from collections.abc import Callable
from typing import IO, Any

Key = tuple[str, ...]


class Memory:
    """Values by key, those asked for last; with `spill`, the others on the disk.

    They weigh up to `size` together, each what `weigh` says of it (1 without it).

    The file is this process's own, has no name and ends with it, so nobody else can write what
    is read back. A copy of the process (fork(2)) reads it, and writes none.
    """

    def __init__(
        self, size: int, *, spill: bool = False, weigh: Callable[[Any], int] | None = None
    ) -> None:
        self.size = size
        self._weigh = weigh or (lambda _: 1)
        self._weight = 0
        self._spill = spill
        self._values: OrderedDict[Key, Any] = OrderedDict()
        self._file: IO[bytes] | None = None
        self._places: dict[Key, tuple[int, int]] = {}
        self._end = 0
        self._owner = os.getpid()

    def get(self, key: Key) -> Any:
        """Return a value, or None where it was never set or has been dropped."""
        if key in self._values:
            self._values.move_to_end(key)
            return self._values[key]
        if key not in self._places or self._file is None:
            return None
        start, length = self._places[key]
        value = pickle.loads(os.pread(self._file.fileno(), length, start))  # noqa: S301 - ours
        self._put(key, value)
        return value

    def set(self, key: Key, value: Any) -> None:
        """Remember a value."""
        self._places.pop(key, None)
        self._put(key, value)

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()
        self._places.clear()
        self._weight = 0

    def keep_if(self, holds: Callable[[Any], bool]) -> None:
        """Forget the values that no longer hold, and those in the file."""
        self._places.clear()
        for key, value in self.items():
            if not holds(value):
                self._weight -= self._weigh(self._values.pop(key))

    def items(self) -> list[tuple[Key, Any]]:
        """Return what is in memory."""
        return list(self._values.items())

    def _put(self, key: Key, value: Any) -> None:
        if key in self._values:
            self._weight -= self._weigh(self._values.pop(key))
        self._values[key] = value
        self._weight += self._weigh(value)
        while self._weight > self.size and len(self._values) > 1:
            old, dropped = self._values.popitem(last=False)
            self._weight -= self._weigh(dropped)
            if self._spill and old not in self._places and os.getpid() == self._owner:
                self._write(old, dropped)

    def _write(self, key: Key, value: Any) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - as long as we are
        data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        try:
            os.pwrite(self._file.fileno(), data, self._end)
        except OSError:  # a full disk: it is found out again
            self._spill = False
            return
        self._places[key] = self._end, len(data)
        self._end += len(data)
