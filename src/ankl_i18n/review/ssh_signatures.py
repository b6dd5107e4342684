"""Signatures of acts: `ssh-keygen -Y` with the namespace `review@ankl-i18n` (ssh-keygen(1)).

The program never reads a private key: ssh-keygen, or the agent that it asks, does.
"""

from __future__ import annotations

import datetime
import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ankl_i18n.catalogs.po import disk
from ankl_i18n.catalogs.project import Project, today
from ankl_i18n.engine.queries import input_query, query
from ankl_i18n.engine.regular import read_file
from ankl_i18n.errors import Location, Problem, SettingsError, error
from ankl_i18n.review.history import day_brought
from ankl_i18n.review.ledger import FOLDER, act_path
from ankl_i18n.review.records import Act, WrongActError
from ankl_i18n.review.reviewers import PATH, reviewers
from ankl_i18n.settings.review import OFF

NAMESPACE: Final = "review@ankl-i18n"
SIGNERS: Final = f"{FOLDER}/allowed_signers"
SIG: Final = ".sig"
SECONDS: Final = 30
# The kind and the key itself; what follows is a comment, which may be a name or an address.
PUBLIC_KEY: Final = re.compile(r"\s*((?:ssh|ecdsa|sk)-[\w@.-]+) ([A-Za-z0-9+/=]{40,})(?:\s|\Z)")
DAY: Final = datetime.timedelta(days=1)
# A line of the file of signers: for whom, options, and the key (ssh-keygen(1), ALLOWED SIGNERS).
SIGNER: Final = re.compile(
    r"""(?P<who>\S+)[ \t]+(?:[\w-]+(?:="[^"]*")?(?:,[\w-]+(?:="[^"]*")?)*[ \t]+)?"""
    r"""(?:ssh|ecdsa|sk)-[\w@.-]+[ \t]+[A-Za-z0-9+/=]{40,}(?:[ \t].*)?"""
)
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
    verdict = verified(project, path, act.recorded_by or act.reviewer, act.date.isoformat())
    if verdict.good and (why := _backdated(project, path, act.date)):
        return False, why
    return verdict.good, verdict.wrong


@input_query
def tool(_project: Project) -> str:
    """Return where ssh-keygen is, "" if it is not installed."""
    return shutil.which("ssh-keygen") or ""


@query
def signer_problems(project: Project) -> tuple[Problem, ...]:
    """Return what is wrong with the file of signers, line by line."""
    file = project.root / SIGNERS
    if project.config.review.signatures == OFF or not project.depend_on_file(file):
        return ()
    hint = "`ankl-i18n review allow` writes such lines: an id, and its public key"
    text = read_file(file).decode("utf-8-sig", errors="replace")
    return tuple(
        error("review", why, Location(SIGNERS, number), hint)
        for number, line in enumerate(text.splitlines(), 1)
        if (why := _wrong_signer(line.strip()))
    )


def _wrong_signer(line: str) -> str:
    if not line or line.startswith("#"):
        return ""
    match = SIGNER.fullmatch(line)
    if not match:
        return "this line names nobody and no key: signatures cannot be verified"
    patterns = any(sign in match["who"] for sign in "*?!")
    return (
        "this key signs for everyone who matches a pattern: name the reviewer's id"
        if patterns
        else ""
    )


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
    code, output = run(command, read_file(file))
    return Signature(True) if not code else Signature(wrong=f"its signature is not valid: {output}")


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
    lines = (done.stderr + done.stdout).decode(errors="replace").strip().split("\n")
    return done.returncode, lines[0].strip()


# --- signing ------------------------------------------------------------------------------------


def sign_command(path: str, key: str) -> str:
    """Return the command that signs an act; people run it themselves."""
    return shlex.join(["ssh-keygen", "-Y", "sign", "-f", key, "-n", NAMESPACE, path])


def sign_file(root: Path, path: str, key: str) -> None:
    """Have ssh-keygen sign an act; it asks for the passphrase, or has the agent sign.

    Raises `WrongActError` with what it says if it does not.
    """
    (root / (path + SIG)).unlink(missing_ok=True)
    command = ["ssh-keygen", "-Y", "sign", "-f", os.path.expanduser(key), "-n", NAMESPACE, path]  # noqa: PTH111 - a text for ssh-keygen
    try:
        code = subprocess.run(command, cwd=root, check=False).returncode  # noqa: S603 - no shell
        why = f"ssh-keygen ended with {code}" if code else ""
    except OSError as bad:
        why = f"ssh-keygen cannot be run: {bad.strerror}"
    if why:
        hint = f"the act is written; sign it with: {sign_command(path, key)}"
        raise WrongActError.of("review", f"it is not signed: {why}", path, hint)


def allow_key(
    project: Project, reviewer: str, public_key: str, since: str | None, until: str | None
) -> None:
    """Add a public key to the file of signers, by a reviewer's id; days are ISO 8601, of UTC.

    Raises `SettingsError` for what is not a public key, no day, or no reviewer.
    """
    match = PUBLIC_KEY.match(public_key)
    if not match:
        hint = "name the file that ends in .pub; the private key stays where it is"
        raise SettingsError.of("review", "this is not a public key", "FILE", hint)
    if reviewer not in reviewers(project).by_id:
        raise SettingsError.of("review", f"{reviewer} is not a reviewer", PATH)
    options = [f'namespaces="{NAMESPACE}"']
    for name, day in (("valid-after", since), ("valid-before", until)):
        if day:
            options.append(f'{name}="{_day(day)}"')
    line = f"{reviewer} {','.join(options)} {match[1]} {match[2]}\n"
    present = disk.content(project.root / SIGNERS)
    text = (present or b"").decode()
    if line not in text.splitlines(keepends=True):
        disk.put(project.root / SIGNERS, (text + line).encode(), present)


def _day(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).strftime("%Y%m%d")
    except ValueError:
        raise SettingsError.of("review", f"{text!r} is no day: write 2026-01-31", "DAY") from None
