"""Since when a message has waited, by the history of the git repository."""

from __future__ import annotations

import datetime
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ankl_i18n.catalogs.po import Entry

SECONDS: Final = 30
"""How long git may take."""
LINE: Final = re.compile(r"^[0-9a-f]{40,64} \d+ (\d+)")
TIME: Final = re.compile(r"^author-time (\d+)")


def fuzzy_since(path: Path, data: bytes, fuzzy: Iterable[Entry]) -> datetime.date | None:
    """Return the day (UTC) of the oldest line that makes one of the messages fuzzy.

    `data` is what the file at `path` holds, `fuzzy` are fuzzy messages of it. None where
    there is no git, or the file is not in its history.
    """
    lines = data.splitlines()
    flagged = {_flag_line(lines, entry) for entry in fuzzy}
    times = [time for line, time in line_times(path).items() if line in flagged]
    return datetime.datetime.fromtimestamp(min(times), datetime.UTC).date() if times else None


def _flag_line(lines: list[bytes], entry: Entry) -> int:
    """Return the number of the line with a message's fuzzy flag, 0 if it is not found."""
    for number in range(entry.line - 1, 0, -1):
        line = lines[number - 1].strip()
        if line.startswith(b"#,") and b"fuzzy" in line.lower():
            return number
        if not line:
            break
    return 0


def line_times(path: Path, revision: str = "") -> dict[int, int]:
    """Return when each line of a file was written (seconds since 1970; git-blame(1)).

    `revision` is the hash of a commit; without one the file as it is now counts. Nothing is known
    where there is no git, or the file is not in its history.
    """
    named = [revision] if revision else []
    command = ["git", "blame", "--line-porcelain", *named, "--", path.name]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and "--" ends the options
            command, cwd=path.parent, capture_output=True, check=True, timeout=SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return {}
    times: dict[int, int] = {}
    number = 0
    for line in done.stdout.decode(errors="replace").split("\n"):
        if place := LINE.match(line):
            number = int(place[1])
        elif time := TIME.match(line):
            times[number] = int(time[1])
    return times
