"""The programs that ankl-i18n is measured beside, and what each is told to do.

scripts/bench-peers installs them. A module of this package for each task: its table `PEERS`
names who takes part.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import Final

from ankl_i18n.languages import language
from benchmarks.measure import Contender

FOLDER: Final = Path(__file__).parents[2] / ".bench"
PYTHON: Final = FOLDER / "requirements"
MDPO: Final = FOLDER / "requirements-mdpo"
CARGO: Final = FOLDER / "cargo"
OURS: Final = (sys.executable, "-m", "ankl_i18n")


@dataclass(frozen=True, slots=True)
class Program:
    """A program: the command that starts it, and how its version is found.

    `version` returns nothing where the program is missing; `source` says what would bring it.
    """

    command: tuple[str, ...]
    version: Callable[[], str]
    source: str = "make bench"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The folder that holds the files all programs of a task start from, and the language."""

    root: Path
    tag: str = "fr"


@dataclass(frozen=True, slots=True)
class Peer:
    """One program at one task.

    `arrange` writes what this program alone needs (its settings, its own layout of the same
    files) into the folder of the inputs and returns the command to run there; this is not
    measured. The command writes `output`, before each run removed or made a copy of `before`;
    `also` is removed as well. In `output`, `{gettext}` is the language. `note` says what the
    program does not do, or does besides.
    """

    name: str
    program: Program
    arrange: Callable[[Inputs], Sequence[str]]
    output: str
    note: str = ""
    before: str = ""
    also: tuple[str, ...] = ()

    def contender(self, given: Inputs) -> Contender:
        """Return this program ready to be measured on these inputs."""
        root = given.root
        return Contender(
            self.name,
            self.program.version(),
            self.arrange(given),
            root,
            root / self.output.format(gettext=language(given.tag).gettext_id),
            root / self.before if self.before else None,
            self.note,
            tuple(root / name for name in self.also),
        )


def said(*command: str) -> Callable[[], str]:
    """Return a function that asks a program for its version."""

    def version() -> str:
        if not shutil.which(command[0]):
            return ""
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = re.search(r"\d+(?:\.\d+)+", done.stdout)
        return found[0] if found else "?"

    return version


def package(environment: Path, name: str) -> Callable[[], str]:
    """Return a function that finds the version of a Python package in an environment."""

    def version() -> str:
        paths = list(map(str, environment.glob("lib/python*/site-packages")))
        return next((one.version for one in distributions(name=name, path=paths)), "")

    return version


def crate(name: str) -> Callable[[], str]:
    """Return a function that finds the version of a program that cargo installed."""

    def version() -> str:
        try:
            listed = tomllib.loads((CARGO / ".crates.toml").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return ""
        names = (key.split(" ") for key in listed["v1"])
        return next((found for known, found, *_ in names if known == name), "")

    return version


def _python(environment: Path, name: str, distribution: str) -> Program:
    return Program((str(environment / "bin" / name),), package(environment, distribution))


ANKL: Final = Program(OURS, said(*OURS, "--version"))
PO4A: Final = Program(("po4a",), said("po4a", "--version"))
UPDATEPO: Final = Program(("po4a-updatepo",), said("po4a-updatepo", "--version"))
MSGMERGE: Final = Program(("msgmerge",), said("msgmerge", "--version"))
MSGFMT: Final = Program(("msgfmt",), said("msgfmt", "--version"))
CHROMIUM: Final = Program(("chromium",), said("chromium", "--version"))
MD2PO: Final = _python(MDPO, "md2po", "mdpo")
PO2MD: Final = _python(MDPO, "po2md", "mdpo")
MD_GETTEXT: Final = _python(MDPO, "md-gettext", "markdown-gettext")
TOOLKIT_MD2PO: Final = _python(PYTHON, "md2po", "translate-toolkit")
TOOLKIT_PO2MD: Final = _python(PYTHON, "po2md", "translate-toolkit")
POT2PO: Final = _python(PYTHON, "pot2po", "translate-toolkit")
POCOUNT: Final = _python(PYTHON, "pocount", "translate-toolkit")
SPHINX: Final = _python(PYTHON, "sphinx-build", "sphinx")
SPHINX_INTL: Final = _python(PYTHON, "sphinx-intl", "sphinx-intl")
WEASYPRINT: Final = _python(PYTHON, "weasyprint", "weasyprint")
TYPST: Final = _python(PYTHON, "python", "typst")
MDBOOK: Final = Program(
    (str(CARGO / "bin" / "mdbook"),), crate("mdbook-i18n-helpers"), "make bench, with cargo"
)


def tolerant(*command: str) -> tuple[str, ...]:
    """Return a command that is content with exit code 1: it ran, and found something to say."""
    return ("sh", "-c", '"$@" || [ $? = 1 ]', "sh", *command)


def each(pattern: str, command: str) -> tuple[str, ...]:
    """Return a command that runs another for each file: `$f`, and `$n` is its number.

    That is how a program is used that takes one file at a time.
    """
    folder, _, name = pattern.rpartition("/")
    files = f"find {shlex.quote(folder)} -name {shlex.quote(name)} | sort"
    loop = f"while read -r f; do n=$((n + 1)); {{ {command}; }} </dev/null || exit 1; done"
    return ("sh", "-c", f"n=0; {files} | {loop}")
