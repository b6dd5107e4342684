"""Saving while programs are killed, disks fill up and others write the same file.

Whatever happens, the file is the old one or the new one, as a whole, and no translation is
lost. Long runs are marked slow; what is not is a sample of them, chosen by a fixed seed.
docs/reliability.md tells what came out.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.errors import CatalogError

SEED = 20240229
MESSAGES = 400
HEADER = 'msgid ""\nmsgstr "Language: de\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
FIGURES = Path(os.environ.get("RELIABILITY_FIGURES", os.devnull))

# Reads a catalog, changes every tenth message, saves, and says how far it got.
SAVER = """\
import os, sys
from pathlib import Path
from ankl_i18n.catalogs import po
from ankl_i18n.errors import CatalogError

path = Path(sys.argv[1])
catalog = po.read(path)
for entry in catalog.entries[::10]:
    entry.msgstr = "new " + entry.msgid
os.write(1, b"saving\\n")
try:
    po.save(catalog, path)
except CatalogError as failure:
    sys.exit(f"refused: {failure}")
os.write(1, b"saved\\n")
"""


def old_text(messages: int = MESSAGES) -> bytes:
    entries = (f'\nmsgid "text {n}"\nmsgstr "old {n}"\n' for n in range(messages))
    return (HEADER + "".join(entries)).encode()


@cache
def new_text(messages: int = MESSAGES) -> bytes:
    catalog = po.parse(old_text(messages), "x.po")
    for entry in catalog.entries[::10]:
        entry.msgstr = "new " + entry.msgid
    return po.write(catalog)


def figure(name: str, tried: int, lost: int) -> None:
    """Note a figure for docs/reliability.md, and let no loss pass."""
    with FIGURES.open("a", encoding="utf-8") as file:
        file.write(f"| {name} | {tried} | {lost} |\n")
    assert tried > 0
    assert lost == 0


# -- a fault at every system call of a save ---------------------------------------------------

FAULTS = {"KILL": "signal=KILL", "ENOSPC": "error=ENOSPC", "EIO": "error=EIO"}
# Calls that have nothing to do with files; a kill there is one between its neighbours.
ELSEWHERE = {
    *("brk", "mmap", "munmap", "mprotect", "mremap", "madvise", "futex", "getrandom"),
    *("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "exit_group", "getpid", "gettid"),
}


@dataclass(frozen=True)
class Point:
    """The nth call of a name in a run, which is one of those that save."""

    call: str
    number: int
    fault: str


def traced(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = ["strace", "-f", "-qq", *options, sys.executable, "-c", SAVER, str(path)]
    return subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)


def points(folder: Path) -> list[Point]:
    """Return every fault at every call between the marks of `SAVER`."""
    path, trace = folder / "trace.po", folder / "trace"
    path.write_bytes(old_text())
    assert traced(path, "-o", str(trace)).stdout == "saving\nsaved\n"
    counts: dict[str, int] = {}
    found: list[Point] = []
    saving = False
    for line in trace.read_text().splitlines():
        match = re.match(r"\d+ +(\w+)\(", line)
        if not match:
            continue
        call = match[1]
        counts[call] = counts.get(call, 0) + 1
        if '"saving\\n"' in line or '"saved\\n"' in line:
            saving = '"saving' in line
        elif saving and call not in ELSEWHERE:
            found += (Point(call, counts[call], fault) for fault in FAULTS)
    path.unlink()
    trace.unlink()
    return found


def survives(point: Point, path: Path) -> bool:
    """Tell whether the file is whole after a fault, and the next save finds all in order."""
    path.write_bytes(old_text())
    before = path.stat().st_mode
    inject = f"inject={point.call}:{FAULTS[point.fault]}:when={point.number}"
    ran = traced(path, "-e", f"trace={point.call}", "-e", inject)
    assert ran.stdout.startswith("saving\n"), f"{point} was not in the save"
    assert "Traceback" not in ran.stderr, f"{point}: {ran.stderr}"
    after = path.read_bytes()
    whole = after == new_text() or (after == old_text() and ran.returncode != 0)
    catalog = po.read(path)
    catalog.entries[1].msgstr = "and on"
    po.save(catalog, path)
    alone = [file.name for file in path.parent.iterdir()] == [path.name]
    return whole and alone and path.stat().st_mode == before


def lost_at(chosen: list[Point], folder: Path) -> list[Point]:
    path = folder / "de.po"
    return [point for point in chosen if not survives(point, path)]


def test_faults_at_some_system_calls(tmp_path: Path) -> None:
    everything = points(tmp_path)
    chosen = random.Random(SEED).sample(everything, 12)
    assert lost_at(chosen, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_faults_at_every_system_call(fault: str, tmp_path: Path) -> None:
    chosen = [point for point in points(tmp_path) if point.fault == fault]
    lost = lost_at(chosen, tmp_path)
    assert lost == []
    figure(f"{fault} at every system call of a save", len(chosen), len(lost))


# -- killed at any moment ---------------------------------------------------------------------

# Saves one text after another, for ever.
SAVE_ON = """\
import itertools, sys
from pathlib import Path
from ankl_i18n.catalogs import po

path = Path(sys.argv[1])
catalog = po.read(path)
print("ready", flush=True)
for turn in itertools.count(1):
    for entry in catalog.entries:
        entry.msgstr = f"turn {turn}"
    po.save(catalog, path)
"""


def kill(times: int, folder: Path) -> int:
    """Kill as many runs after a random time and return how many left a broken file."""
    chance = random.Random(SEED)
    path = folder / "de.po"
    path.write_bytes(old_text())
    lost = 0
    for _ in range(times):
        command = [sys.executable, "-c", SAVE_ON, str(path)]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT)
        assert running.stdout
        assert running.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, 0.1))
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL
        running.stdout.close()
        texts = [entry.msgstr for entry in po.read(path).entries]
        lost += len(texts) != MESSAGES or (len(set(texts)) != 1 and texts[0] != "old 0")
    catalog = po.read(path)
    catalog.entries[0].msgstr = "and on"
    po.save(catalog, path)
    assert [file.name for file in folder.iterdir()] == [path.name]
    return lost


def test_a_few_random_kills(tmp_path: Path) -> None:
    assert kill(5, tmp_path) == 0


@pytest.mark.slow
def test_random_kills(tmp_path: Path) -> None:
    figure("kill -9 at a random moment", 200, kill(200, tmp_path))


# -- disks that are full or read-only ---------------------------------------------------------


def in_namespace(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script that may mount file systems which nobody else sees (unshare(1))."""
    variables = {**ENVIRONMENT, "DISK": str(folder), "PYTHON": sys.executable, "SAVER": SAVER}
    # Root may mount; anybody else may in a user namespace of their own.
    flags = "-m" if os.geteuid() == 0 else "-Urm"
    # In a chroot the root is no mount point, and stays as it is.
    alone = "mount --make-rprivate / 2>/dev/null || true\n"
    command = ["unshare", flags, "--propagation", "unchanged", "bash", "-euc", alone + script]
    return subprocess.run(command, capture_output=True, text=True, env=variables, check=False)


FULL = """\
mount -t tmpfs -o size={size}k tmpfs "$DISK"
cp "$DISK.old" "$DISK/de.po"
code=0; "$PYTHON" -c "$SAVER" "$DISK/de.po" || code=$?
cp "$DISK/de.po" "$DISK.result"
ls -A "$DISK"
exit $code
"""


def full_disk(sizes: range, folder: Path) -> int:
    """Save on small disks of some sizes in KiB and return how many files were lost."""
    disk = folder / "disk"
    disk.mkdir()
    disk.with_suffix(".old").write_bytes(old_text())
    seen = set()
    lost = 0
    for size in sizes:
        ran = in_namespace(disk, FULL.format(size=size))
        result = disk.with_suffix(".result").read_bytes()
        seen.add(ran.returncode)
        files = ran.stdout.removeprefix("saving\n").removeprefix("saved\n")
        full = ran.returncode == 1 and "the disk is full" in ran.stderr and result == old_text()
        saved = ran.returncode == 0 and result == new_text()
        lost += not (full or saved) or files != "de.po\n"
    assert seen == {0, 1}
    return lost


def test_a_full_disk(tmp_path: Path) -> None:
    size = len(old_text()) // 1024
    assert full_disk(range(size + 8, 3 * size, size), tmp_path) == 0


@pytest.mark.slow
def test_full_disks_of_many_sizes(tmp_path: Path) -> None:
    size = len(old_text()) // 1024
    sizes = range(size + 4, 2 * size + 16, 1)
    figure(
        "full disk (tmpfs), from too small to large enough", len(sizes), full_disk(sizes, tmp_path)
    )


READ_ONLY = """\
mount -t tmpfs -o size=1m tmpfs "$DISK"
cp "$DISK.old" "$DISK/de.po"
mount -o remount,ro "$DISK"
code=0; "$PYTHON" -c "$SAVER" "$DISK/de.po" || code=$?
cmp "$DISK/de.po" "$DISK.old"
exit $code
"""


def test_a_read_only_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    disk.with_suffix(".old").write_bytes(old_text())
    ran = in_namespace(disk, READ_ONLY)
    assert ran.returncode == 1
    assert "the file system is read-only" in ran.stderr


# -- paths ------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["dots", "file link", "folder link"])
def test_a_path_that_leaves_the_project_is_refused(way: str, tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    victim = outside / "de.po"
    victim.write_bytes(old_text())
    (root / "link.po").symlink_to(victim)
    (root / "link").symlink_to(outside)
    paths = {"dots": "../outside/de.po", "file link": "link.po", "folder link": "link/de.po"}
    catalog = po.read(victim)
    catalog.entries[0].msgstr = "changed"
    with pytest.raises(CatalogError, match="leads out of"):
        po.save(catalog, root / paths[way], root=root)
    assert victim.read_bytes() == old_text()
    assert [file.name for file in outside.iterdir()] == ["de.po"]


# -- two writers ------------------------------------------------------------------------------

# Does as it is told, line by line: reads a file, sets one message, writes it. "ours" is po.save;
# the others rewrite the whole file as editors do, in place or by renaming a new one.
WRITER = """\
import json, os, sys, time
from pathlib import Path
from ankl_i18n.catalogs import po
from ankl_i18n.errors import CatalogError

def ours(path, message):
    catalog = po.read(path)
    entry = next(entry for entry in catalog.entries if entry.msgid == message)
    entry.msgstr = "done"
    po.save(catalog, path)
    return 0

def changed(path, message):
    while True:
        read = time.monotonic()
        text = path.read_text()
        if text.endswith("\\n"):
            old = f'msgid "{message}"\\nmsgstr ""'
            assert old in text
            return text.replace(old, f'msgid "{message}"\\nmsgstr "done"'), read

def in_place(path, message):
    text, read = changed(path, message)
    with path.open("w") as file:
        for start in range(0, len(text), 1000):
            file.write(text[start : start + 1000])
            file.flush()
    return read

def renaming(path, message):
    text, read = changed(path, message)
    temporary = path.with_suffix(".editor")
    temporary.write_text(text)
    temporary.replace(path)
    return read

for line in sys.stdin:
    way, path, message, delay = json.loads(line)
    end = time.monotonic() + delay
    while time.monotonic() < end:
        pass
    said = ""
    read = time.monotonic()
    try:
        read = {"ours": ours, "in place": in_place, "renaming": renaming}[way](Path(path), message)
    except CatalogError as failure:
        said = str(failure)
    print(json.dumps([said, read, time.monotonic()]), flush=True)
"""


def race(way: str, times: int, folder: Path) -> tuple[int, int]:
    """Let two programs write at once; return how many races lost something, and were refused."""
    chance = random.Random(SEED)
    path = folder / "de.po"
    text = HEADER + "".join(f'\nmsgid "text {n}"\nmsgstr ""\n' for n in range(60))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = [sys.executable, "-c", WRITER]
    writers = [subprocess.Popen(command, env=ENVIRONMENT, **pipes) for _ in range(2)]
    lost = refused = 0
    for _ in range(times):
        path.write_text(text)
        messages = [f"text {n}" for n in chance.sample(range(60), 2)]
        for writer, how, message in zip(writers, ("ours", way), messages, strict=True):
            order = [how, str(path), message, chance.uniform(0, 0.012)]
            print(json.dumps(order), file=writer.stdin, flush=True)
        answers = [json.loads(writer.stdout.readline()) for writer in writers]
        (said, _, end), (other_said, other_read, _) = answers
        done = {entry.msgid for entry in po.read(path).entries if entry.msgstr == "done"}
        whole = len(po.read(path).entries) == 60
        # An editor that read the file before we saved, and writes after, does not keep our
        # change: it cannot know. Nothing else may be lost.
        ours_may_miss = bool(said) or (way != "ours" and other_read < end)
        kept = (messages[0] in done or ours_may_miss) and messages[1] in done
        lost += not (whole and kept and not other_said)
        refused += bool(said)
    for writer in writers:
        writer.stdin.close()
        assert writer.wait() == 0
        writer.stdout.close()
    assert [file.name for file in folder.iterdir()] == [path.name]
    return lost, refused


WAYS = {"ours": 400, "in place": 300, "renaming": 300}


@pytest.mark.parametrize("way", WAYS)
def test_a_few_races(way: str, tmp_path: Path) -> None:
    assert race(way, 20, tmp_path)[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_races(way: str, tmp_path: Path) -> None:
    lost, refused = race(way, WAYS[way], tmp_path)
    figure(f"race with another writer ({way}; {refused} refused)", WAYS[way], lost)
