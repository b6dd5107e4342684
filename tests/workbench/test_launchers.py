"""The files that open the workbench by a double click: each is started, leads in, and ends.

The file for Windows is read as far as WSL2 gets it: its shell command runs here.
"""

from __future__ import annotations

import configparser
import http.client
import json
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from patience import PATIENCE
from sample_project import REPOSITORY, make

EXAMPLES = REPOSITORY / "docs" / "examples"
# Stands in the place of a browser: it writes down what it is asked to open.
BROWSER = """#!/bin/sh
cp "${1#file://}" "$OPENED.new" && mv "$OPENED.new" "$OPENED"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder as the page tells to make it: the leaflets, with the program in .venv."""
    leaflets = tmp_path / "home" / "leaflets"
    leaflets.mkdir(parents=True)
    make(leaflets)
    program = leaflets / ".venv" / "bin" / "ankl-i18n"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m ankl_i18n "$@"\n')
    program.chmod(0o755)
    browser = tmp_path / "browser"
    browser.write_text(BROWSER)
    browser.chmod(0o755)
    return leaflets.parent


@contextmanager
def double_clicked(home: Path, command: list[str]) -> Iterator[int]:
    """Run a command in a terminal of its own; the window is closed at the end, and it ends."""
    folder = home.parent
    (folder / "tmp").mkdir()
    more = {
        "HOME": str(home),
        "BROWSER": str(folder / "browser"),
        "OPENED": str(folder / "opened"),
        "TMPDIR": str(folder / "tmp"),
    }
    process, window = pty.fork()
    if process == 0:  # pragma: no cover - the other process
        os.chdir(home)
        os.execvpe(command[0], command, {**os.environ, **more})
    try:
        yield window
    finally:
        os.close(window)
        _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def read(window: int, wanted: str) -> str:
    """Read the window until it says something."""
    said, end = "", time.monotonic() + PATIENCE
    while not re.search(wanted, said):
        assert time.monotonic() < end, said
        if select.select([window], [], [], 1)[0]:
            said += os.read(window, 10_000).decode(errors="replace")
    return said


def entered(port: int, code: str) -> int:
    """Come in as a browser does; return the status of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    own = {
        "Origin": f"http://127.0.0.1:{port}",
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json",
    }
    connection.request("POST", "/enter", json.dumps({"code": code}), own)
    status = connection.getresponse().status
    connection.close()
    return status


def opened(home: Path) -> tuple[int, str]:
    """Return the port and the code that the browser was led to."""
    path, end = home.parent / "opened", time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < end
        time.sleep(0.05)
    port, code = re.findall(r"http://127\.0\.0\.1:(\d+)/#([\w-]+)", path.read_text())[0]
    return int(port), code


def test_linux(home):
    path = EXAMPLES / "workbench.desktop"
    subprocess.run(["desktop-file-validate", path], check=True)
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(path, encoding="utf-8")
    assert entry["Desktop Entry"]["Terminal"] == "true"
    with double_clicked(home, shlex.split(entry["Desktop Entry"]["Exec"])) as window:
        port, code = opened(home)
        assert entered(port, code) == 204
        assert f":{port}/#{code}" in read(window, "Ctrl-C")
    # The window was closed: nobody answers any more, and nothing is left over.
    with pytest.raises(ConnectionRefusedError):
        entered(port, code)
    assert [*(home.parent / "tmp").iterdir()] == []


def test_macos(home):
    path = shutil.copy(EXAMPLES / "workbench.command", home / "leaflets")
    assert os.access(path, os.X_OK)
    subprocess.run(["sh", "-n", path], check=True)
    with double_clicked(home, [path]):
        assert entered(*opened(home)) == 204


def test_windows(home):
    data = (EXAMPLES / "workbench.cmd").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    lines = data.decode("ascii").split("\r\n")
    (line,) = [one for one in lines if not one.startswith(("@echo off", "rem ", "pause"))][:1]
    start, command = line.split(" --exec ")
    assert start == "wsl.exe --cd ~"
    with double_clicked(home, shlex.split(command)) as window:
        said = read(window, r"http://127\.0\.0\.1:\d+/#[\w-]{20,}\s")
        port, code = re.findall(r":(\d+)/#([\w-]+)", said)[0]
        assert entered(int(port), code) == 204
    assert not (home.parent / "opened").exists()
