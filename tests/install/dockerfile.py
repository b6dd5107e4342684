"""A Dockerfile as instructions, and an empty Debian system made into its image.

Only what the project's own Dockerfile uses is known; anything else is an error, never ignored.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from debian import Debian

KNOWN = ("FROM", "COPY", "RUN", "ENV", "USER", "WORKDIR", "ENTRYPOINT", "CMD")


@dataclass(frozen=True)
class Instruction:
    """One instruction: `RUN` and what stands behind it, on one line."""

    name: str
    rest: str


@dataclass
class Image:
    """What an image remembers besides its files."""

    system: Debian
    env: dict[str, str] = field(default_factory=dict)
    user: str = "root"
    folder: str = "/"
    entrypoint: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)


def instructions(text: str) -> Iterator[Instruction]:
    """Yield the instructions of a Dockerfile, without comments and continued lines."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for line in filter(None, re.sub(r"\\\n\s*", "", lines).splitlines()):
        name, _, rest = line.strip().partition(" ")
        assert name in KNOWN, f"what does {name} do?"
        yield Instruction(name, rest.strip())


def build(context: Path, system: Debian) -> Image:
    """Carry out a Dockerfile in an empty system instead of the image that it begins `FROM`."""
    image = Image(system)
    for one in instructions((context / "Dockerfile").read_text(encoding="utf-8")):
        if one.name == "COPY":
            _copy(context, one.rest, system)
        elif one.name == "RUN":
            done = system.run(one.rest, env=image.env, user=image.user, folder=image.folder)
            assert done.returncode == 0, f"RUN {one.rest}\n{done.stdout}{done.stderr}"
        elif one.name == "ENV":
            image.env |= dict(part.split("=", 1) for part in shlex.split(one.rest))
        elif one.name == "USER":
            image.user = one.rest
        elif one.name == "WORKDIR":
            image.folder = one.rest
        elif one.name == "ENTRYPOINT":
            image.entrypoint = json.loads(one.rest)
        elif one.name == "CMD":
            image.arguments = json.loads(one.rest)
    return image


def _copy(context: Path, rest: str, system: Debian) -> None:
    *sources, target = shlex.split(rest)
    sent = list(files_sent(context))
    for source in sources:
        found = [path for path in sent if path == source or path.startswith(f"{source}/")]
        assert found, f"{source} is not sent to the builder: see .dockerignore"
        is_folder = (context / source).is_dir()
        for path in found:
            inside = path.removeprefix(f"{source}/") if is_folder else Path(path).name
            name = f"{target.rstrip('/')}/{inside}" if is_folder or target.endswith("/") else target
            there = system.path(name)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(context / path, there)


def files_sent(context: Path) -> Iterator[str]:
    """Yield the files that .dockerignore leaves, by their paths in the folder.

    The last rule that fits decides; one that fits a folder fits everything in it.
    """
    lines = (context / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    for folder in {rule.lstrip("!").split("/")[0] for rule in rules if rule.startswith("!")}:
        top = context / folder
        for path in [top, *top.rglob("*")] if top.is_dir() else [top]:
            name = path.relative_to(context).as_posix()
            if path.is_file() and not is_ignored(name, rules):
                yield name


def is_ignored(name: str, rules: list[str]) -> bool:
    """Tell whether rules of .dockerignore leave a file out."""
    parts = name.split("/")
    above = ["/".join(parts[: count + 1]) for count in range(len(parts))]
    ignored = False
    for rule in rules:
        pattern = _pattern(rule.lstrip("!"))
        if any(pattern.fullmatch(one) for one in above):
            ignored = not rule.startswith("!")
    return ignored


def _pattern(rule: str) -> re.Pattern[str]:
    parts = (re.escape(part).replace(r"\*", "[^/]*") for part in rule.split("**/"))
    return re.compile("(?:.*/)?".join(parts))
