"""What keeps a process from everything but its own folder, by the kernel (Linux).

Landlock (landlock(7), Linux 5.13) takes away all files but those that Python needs, for reading,
and one folder; from version 4 of its interface on, connections too. Where namespaces of its own
are allowed (user_namespaces(7)), a process has no network at all, and whatever it starts ends with
it. A process cannot get back what it has given away.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

# Numbers of system calls, the same on every architecture, and constants (linux/landlock.h).
CREATE, ADD, RESTRICT = 444, 445, 446
VERSION: Final = 1
PATH_BENEATH: Final = 1
EXECUTE, READ_FILE, READ_DIR = 1 << 0, 1 << 2, 1 << 3
# Rights by the version of the interface that brought them: files, then connections.
FILES: Final = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
CONNECTIONS: Final = 0b11
CONNECTIONS_SINCE: Final = 4
# No signals to others, and no sockets of theirs without a name in a folder.
SCOPES: Final = 0b11
SCOPES_SINCE: Final = 6
# Rights that a file can have, and not only a folder.
OF_FILES: Final = EXECUTE | 1 << 1 | READ_FILE | 1 << 14 | 1 << 15
NO_NEW_PRIVILEGES, PARENT_DEATH = 38, 1
NEW_USER, NEW_NETWORK, NEW_PROCESSES = 0x10000000, 0x40000000, 0x20000000
# What programs need of a system.
SYSTEM: Final = (
    "/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/localtime", "/etc/ssl",
    "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu", "/dev/urandom", "/dev/zero",
)  # fmt: skip
NETWORK: Final = ("/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/gai.conf")
NULL: Final = "/dev/null"
# Bytes of memory and of a file, open files.
MEMORY: Final = 4 << 30
FILE: Final = 1 << 30
OPEN: Final = 1024

_libc = ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scope", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """Return the version of Landlock's interface that the kernel has; 0 for none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, int(_libc.syscall(CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(VERSION))))


def python() -> list[str]:
    """Return the folders that Python and its packages are in."""
    return [sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path]


def limit(seconds: int, memory: int) -> None:
    """Bound what this process uses: seconds of the processor, bytes of memory, files."""
    limits = {
        resource.RLIMIT_CPU: seconds, resource.RLIMIT_DATA: memory, resource.RLIMIT_FSIZE: FILE,
        resource.RLIMIT_NOFILE: OPEN, resource.RLIMIT_CORE: 0,
    }  # fmt: skip
    for kind, most in limits.items():
        hard = resource.getrlimit(kind)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound))


def confine(readable: Iterable[str], writable: str, *, network: bool) -> None:
    """Take away all files but some, and the network; raise `OSError` where the kernel cannot."""
    abi = version()
    if not abi:
        raise OSError("this kernel has no Landlock (Linux 5.13 or newer)")
    files = sum(rights for since, rights in FILES.items() if since <= abi)
    rules = _Ruleset(
        files, 0 if network or abi < CONNECTIONS_SINCE else CONNECTIONS,
        SCOPES if abi >= SCOPES_SINCE else 0,
    )  # fmt: skip
    size = 8 if abi < CONNECTIONS_SINCE else 16 if abi < SCOPES_SINCE else 24
    ruleset = _call(CREATE, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint32(0))
    system = (*SYSTEM, *(NETWORK if network else ()))
    for path in dict.fromkeys((*system, *readable)):
        _allow(ruleset, path, EXECUTE | READ_FILE | READ_DIR)
    _allow(ruleset, NULL, files)
    _allow(ruleset, writable, files)
    if _libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    _call(RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    os.close(ruleset)


def isolate(*, network: bool) -> None:
    """Go on in a process whose children end with it, without network; no-op where not allowed."""
    wanted = NEW_USER | NEW_PROCESSES | (0 if network else NEW_NETWORK)
    if _libc.unshare(wanted):
        return
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    _libc.prctl(PARENT_DEATH, signal.SIGKILL, 0, 0, 0)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not on this system
    if not Path(path).is_dir():
        rights &= OF_FILES
    rule = _PathBeneath(rights, folder)
    _call(
        ADD, ctypes.c_int(ruleset), ctypes.c_int(PATH_BENEATH), ctypes.byref(rule),
        ctypes.c_uint32(0),
    )  # fmt: skip
    os.close(folder)


def _call(number: int, *arguments: object) -> int:
    result = int(_libc.syscall(number, *arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
