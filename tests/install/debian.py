"""An empty Debian system in a folder, to run in it what a Dockerfile or a new computer would.

`debootstrap` makes it once; each test gets a copy. Programs in it see nothing of this machine but
its network. They reach packages as this machine does: by its variables for pip, so that no address
stands in the project.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
CACHE = REPOSITORY / ".debian"
RELEASE = "bookworm"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# What the machine says of its network; an empty folder of its own is no part of it.
SETTINGS = ("PIP_", "SSL_", "http_proxy", "https_proxy", "no_proxy")
FILES = ("/etc/resolv.conf", "/etc/hosts")
# Where programs in the system find whom this machine trusts, if it has a proxy of its own.
TRUSTED = "/etc/machine.pem"


@dataclass(frozen=True)
class Debian:
    """A Debian system in the folder `root`."""

    root: Path

    def path(self, name: str) -> Path:
        """Return where a path of the system is on this machine."""
        return self.root / name.lstrip("/")

    def run(  # noqa: PLR0913 - one for each option of docker
        self,
        script: str,
        *,
        env: Mapping[str, str] = {},
        user: str = "root",
        folder: str = "/",
        volumes: Mapping[Path, str] = {},
        network: bool = True,
    ) -> subprocess.CompletedProcess[str]:
        """Run a script of sh as a user ("name" or "uid:gid"); mounts end with it."""
        known = machine_settings() if network else {}
        variables = [
            f"{name}={value}" for name, value in ({"PATH": PATH} | known | dict(env)).items()
        ]
        enter = ["chroot", f"--userspec={user}", str(self.root), "/usr/bin/env", "-i", *variables]
        enter += ["/bin/sh", "-euc", f"cd {shlex.quote(folder)}\n{script}"]
        mounts = [shlex.join(["mount", "-t", "proc", "proc", str(self.path("proc"))])]
        binds = {Path("/dev"): "/dev"} | dict(volumes)
        for here, there in binds.items():
            self.path(there).mkdir(parents=True, exist_ok=True)
            mounts.append(
                f"mount --rbind {shlex.quote(str(here))} {shlex.quote(str(self.path(there)))}"
            )
        apart = ["unshare", "--mount", "--pid", "--fork", *([] if network else ["--net"])]
        command = [*apart, "sh", "-euc", "\n".join([*mounts, f"exec {shlex.join(enter)}"])]
        return subprocess.run(command, capture_output=True, text=True, check=False)


def machine_settings() -> dict[str, str]:
    """Return how programs on this machine reach the network and package indexes."""
    found = {name: value for name, value in os.environ.items() if name.startswith(SETTINGS)}
    found.pop("PIP_FIND_LINKS", None)  # a folder of this machine
    return found | ({"PIP_CERT": TRUSTED} if "PIP_CERT" in found else {})


@contextmanager
def empty() -> Iterator[Debian]:
    """Make an empty Debian system; it is removed afterwards."""
    if os.geteuid() != 0:
        raise PermissionError("only root can make a Debian system: sudo make test-install")
    base = _base()
    root = CACHE / f"{os.getpid()}"
    try:
        subprocess.run(["cp", "-a", "--reflink=auto", base, root], check=True)
        if "PIP_CERT" in os.environ:
            shutil.copy(os.environ["PIP_CERT"], root / TRUSTED.lstrip("/"))
        yield Debian(root)
    finally:
        mounted = Path("/proc/self/mounts").read_text(encoding="utf-8")
        assert str(root) not in mounted, "something is still mounted: nothing may be removed"
        shutil.rmtree(root)


def _base() -> Path:
    base, unfinished = CACHE / RELEASE, CACHE / f"{RELEASE}-unfinished"
    if not base.exists():
        shutil.rmtree(unfinished, ignore_errors=True)
        CACHE.mkdir(exist_ok=True)
        command: Sequence[str | Path] = ["debootstrap", "--variant=minbase", RELEASE, unfinished]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        for name in FILES:
            shutil.copy(name, unfinished / name.lstrip("/"))
        unfinished.rename(base)
    return base
