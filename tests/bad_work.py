"""Pieces of work for workers, as bad as their names; nothing else, so that workers start fast."""

import os
import signal
import time
from pathlib import Path


def work(kind: str) -> str:
    time.sleep({"slow": 60, "late": 1}.get(kind, 0))
    if kind == "endless":
        while True:
            pass
    if kind == "huge":
        return str(len(bytes(10**9)))
    if kind == "dead":
        os.abort()
    if kind == "gone":
        os._exit(3)
    if kind == "deadly":
        os.kill(_parent(os.getppid()), signal.SIGKILL)  # who started the server of workers
        time.sleep(60)
    if kind == "deep":
        return work(kind)
    if kind == "wrong":
        return str(1 // 0)
    return kind.upper()


def be_deaf(kind: str) -> str:
    """Do work where no alarm clock is heard."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    return work(kind)


def who(kind: str) -> int:
    time.sleep(0.05)
    return os.getpid()


def page(sheet) -> str:
    return sheet.html


def _parent(process: int) -> int:
    """Return a process's parent (proc(5), stat)."""
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
