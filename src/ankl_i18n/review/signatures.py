"""Signatures of acts: `ssh-keygen -Y` with the namespace `review@ankl-i18n` (ssh-keygen(1)).

The program never reads a private key: ssh-keygen, or the agent that it asks, does.
"""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs.project import today
from ankl_i18n.engine.queries import input_query, query
from ankl_i18n.engine.regular import read_file
from ankl_i18n.review.history import day_brought
from ankl_i18n.review.ledger import FOLDER, act_path

if TYPE_CHECKING:
    from pathlib import Path

    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.review.records import Act

NAMESPACE: Final = "review@ankl-i18n"
SIGNERS: Final = f"{FOLDER}/allowed_signers"
SIG: Final = ".sig"
SECONDS: Final = 30
DAY: Final = datetime.timedelta(days=1)
# Days are those of UTC, in the file of signers, too.
UTC: Final = {"TZ": "UTC", "LC_ALL": "C"}


@dataclass(frozen=True, slots=True)
class Signature:
    """Whether an act is signed with a key that counted on its day, and what is wrong if not."""

    good: bool = False
    wrong: str = ""


def signature(project: Project, act: Act) -> tuple[bool, str]:
    """Return whether an act is signed with a key of its reviewer, and what is wrong if not.

    Of what came by mail it is the signature of who recorded it.
    """
    path = act_path(act)
    found = verified(project, path, act.recorded_by or act.reviewer, act.date.isoformat())
    if found.good and (why := _backdated(project, path, act.date)):
        return False, why
    return found.good, found.wrong


@input_query
def tool(_project: Project) -> str:
    """Return where ssh-keygen is, "" if it is not installed."""
    return shutil.which("ssh-keygen") or ""


@query
def verified(project: Project, path: str, reviewer: str, date: str) -> Signature:
    """Return what ssh-keygen says of the signature of an act."""
    file, signers = project.root / path, project.root / SIGNERS
    sig = file.with_name(file.name + SIG)
    if not project.depend_on_file(sig):
        return Signature(wrong="it is not signed with a key")
    if not project.depend_on_file(signers):
        return Signature(wrong=f"there is no {SIGNERS}")
    if not tool(project):
        return Signature(wrong="signatures cannot be verified: install OpenSSH (ssh-keygen)")
    project.depend_on_file(file)
    command = [
        "ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", reviewer, "-n", NAMESPACE,
        "-s", str(sig), "-O", f"verify-time={date.replace('-', '')}120000",
    ]  # fmt: skip
    code, said = run(command, read_file(file))
    return Signature(True) if not code else Signature(wrong=f"its signature is not good: {said}")


def _backdated(project: Project, path: str, date: datetime.date) -> str:
    """Return why the day of an act cannot be true, "" if it can.

    A key that was stolen or has expired cannot sign for the days before.
    """
    came = day_brought(project, path) or datetime.date.fromisoformat(today(project))
    return f"it says {date} but came on {came}" if date < came - DAY else ""


def run(command: list[str], data: bytes = b"", folder: Path | None = None) -> tuple[int, str]:
    """Run ssh-keygen; return its exit code and the last line that it said."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell
            command, input=data, cwd=folder, capture_output=True, check=False, timeout=SECONDS,
            env=os.environ | UTC,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as bad:
        return 1, str(bad)
    said = (done.stderr + done.stdout).decode(errors="replace").strip().split("\n")
    return done.returncode, said[0].strip()
