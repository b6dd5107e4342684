"""Asking a plug-in: a process without the project, within bounds, whose answer is only data."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

from ankl_i18n.errors import AnklError
from ankl_i18n.exchange.suggest import sandbox
from ankl_i18n.exchange.suggest.records import GROUP, Request, Suggestion, suggestion_of, written

SECONDS: Final = 600
# Bytes of an answer: some, and so many times what was asked.
LEAST: Final = 1 << 20
TIMES: Final = 20
PIECE: Final = 1 << 16
# Of what a plug-in says of its own trouble, so much is shown.
SAID: Final = 500
ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


class SuggestError(AnklError):
    """A plug-in cannot be asked."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a plug-in may do: seconds it has, folders it may read, whether it has the network.

    One that is not `confined` may do whatever the program itself may.
    """

    seconds: int = SECONDS
    readable: tuple[str, ...] = ()
    network: bool = False
    confined: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What a plug-in has suggested, how many lines were no suggestion, and what went wrong."""

    suggestions: tuple[Suggestion, ...]
    garbage: int = 0
    fault: str = ""


def names() -> list[str]:
    """Return the names of the plug-ins that are installed."""
    return sorted({one.name for one in entry_points(group=GROUP)})


def ask(name: str, request: Request, root: Path, bounds: Bounds) -> Answer:
    """Return what a plug-in suggests; `root` is the project's folder, which it never learns.

    Raises `SuggestError` for a plug-in that is not installed, and where it cannot be kept away from
    the project.
    """
    if name not in names():
        known = ", ".join(names()) or "none"
        hint = f"install a package that provides it; installed: {known}"
        message = f"there is no plug-in with this name for {GROUP}"
        raise SuggestError.of("suggest", message, name, hint)
    if bounds.confined and not sandbox.version():
        message = "this system cannot keep a plug-in away from the project's files"
        hint = "use Linux 5.13 or newer, or trust the plug-in and add --unconfined"
        raise SuggestError.of("suggest", message, name, hint)
    with tempfile.TemporaryDirectory() as folder:
        asked = json.dumps(_asked(name, request, root, bounds, folder)).encode()
        return _answer(asked, folder, bounds.seconds)


def _asked(
    name: str, request: Request, root: Path, bounds: Bounds, folder: str
) -> dict[str, object]:
    # A folder that the project is in would show it.
    home = root.resolve()
    own = [
        path for path in sandbox.python() if path and not home.is_relative_to(Path(path).resolve())
    ]
    return {
        "name": name, "request": written(request), "seconds": bounds.seconds,
        "memory": sandbox.MEMORY,
        "network": bounds.network, "confined": bounds.confined, "folder": folder,
        "path": [path for path in sys.path if path in own or path.endswith(".zip")],
        "python": own, "readable": bounds.readable,
    }  # fmt: skip


def _answer(asked: bytes, folder: str, seconds: int) -> Answer:
    process = subprocess.Popen(
        [sys.executable, "-I", "-m", "ankl_i18n.exchange.suggest.child"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder,
        env=ENVIRONMENT | {"HOME": folder, "TMPDIR": folder}, start_new_session=True,
    )  # fmt: skip
    try:
        data, stderr, fault = _talk(process, asked, seconds)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe and not pipe.closed:
                with suppress(OSError):
                    pipe.close()
    lines = data.splitlines()
    if data and not data.endswith(b"\n"):
        lines.pop()
    suggestions = [suggestion_of(line) for line in lines]
    good = tuple(suggestion for suggestion in suggestions if suggestion is not None)
    return Answer(good, len(suggestions) - len(good), fault or _ended(process.returncode, stderr))


def _talk(process: subprocess.Popen[bytes], asked: bytes, seconds: int) -> tuple[bytes, bytes, str]:
    """Write what is asked and read the answer, and what is said on the side, within bounds."""
    assert process.stdin and process.stdout and process.stderr  # noqa: S101 - they are pipes
    most = LEAST + TIMES * len(asked)
    end = time.monotonic() + seconds
    answer, stderr = bytearray(), bytearray()
    rest = memoryview(asked)
    os.set_blocking(process.stdin.fileno(), False)
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdin, selectors.EVENT_WRITE)
        for pipe in (process.stdout, process.stderr):
            waiting.register(pipe, selectors.EVENT_READ)
        while process.stdout in [key.fileobj for key in waiting.get_map().values()]:
            left = end - time.monotonic()
            if left <= 0:
                return bytes(answer), b"", f"it had not finished after {seconds} seconds"
            for key, _ in waiting.select(left):
                if key.fileobj is process.stdin:
                    rest = _write(process, rest, waiting)
                    continue
                data = os.read(key.fd, PIECE)
                if not data:
                    waiting.unregister(key.fileobj)
                elif key.fileobj is process.stdout:
                    answer += data
                else:
                    stderr = (stderr + data)[-SAID * 4 :]
            if len(answer) > most:
                return b"", b"", f"it answered more than {most // 1024} KB"
    with suppress(subprocess.TimeoutExpired):
        process.wait(max(0.0, min(end - time.monotonic(), 10)))
    return bytes(answer), bytes(stderr), ""


def _write(
    process: subprocess.Popen[bytes], rest: memoryview, waiting: selectors.BaseSelector
) -> memoryview:
    assert process.stdin  # noqa: S101 - it is a pipe
    try:
        rest = rest[os.write(process.stdin.fileno(), rest[:PIECE]) :]
    except BrokenPipeError:
        rest = rest[:0]
    if not rest:
        waiting.unregister(process.stdin)
        with suppress(OSError):
            process.stdin.close()
    return rest


def _ended(code: int | None, stderr: bytes) -> str:
    """Return why a process ended, in words, nothing if all went well."""
    if code == 0:
        return ""
    last = stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
    why = "".join(sign if sign.isprintable() else "\ufffd" for sign in "".join(last))[:SAID]
    return f"it ended with an error: {why or code}"
