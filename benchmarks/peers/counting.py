"""Coverage: what is translated in the catalogs of a project, `locale/*/LC_MESSAGES/*.po`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from benchmarks import peers
from benchmarks.peers import Inputs, Peer, each, tolerant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# What the programs print for each catalog: the number of translated messages.
SAID: Final = (re.compile(r"(\d+) translated"), re.compile(r"(\d+)t\t"))


def translated(output: Path) -> str:
    """Sum up what a program said of all catalogs."""
    text = output.read_text(encoding="utf-8")
    if text.startswith("{"):
        told = [one["messages"]["translated"] for one in json.loads(text)["languages"]]
    else:
        plain = re.sub(r"\x1b\[\d*m", "", text)
        told = [int(count) for pattern in SAID for count in pattern.findall(plain)]
    return str(sum(told))


def _ours(_given: Inputs) -> Sequence[str]:
    return _into("ours.txt", *peers.ANKL.command, "coverage", "--format", "json")


def _msgfmt(_given: Inputs) -> Sequence[str]:
    return _into("msgfmt.txt", *each("locale/*.po", 'msgfmt --statistics -o /dev/null "$f" 2>&1'))


def _pocount(_given: Inputs) -> Sequence[str]:
    return _into("pocount.txt", *peers.POCOUNT.command, "--short", "locale")


def _sphinx_intl(_given: Inputs) -> Sequence[str]:
    command = tolerant(*peers.SPHINX_INTL.command, "stat", "-d", "locale")
    return _into("sphinx-intl.txt", *command)


def _into(name: str, *command: str) -> Sequence[str]:
    """Return a command whose output goes to a file; the shell that does it is not kept."""
    return ["sh", "-c", f'exec "$@" >{name}', "sh", *command]


PEERS: Final = (
    Peer("ankl-i18n coverage, again", peers.ANKL, _ours, "ours.txt",
         "by leaflet and section, in words too; says what is published; keeps facts of files"),
    Peer("ankl-i18n coverage, for the first time", peers.ANKL, _ours, "ours.txt",
         "the same with nothing kept, checks of all messages included", also=(".cache",)),
    Peer("msgfmt --statistics", peers.MSGFMT, _msgfmt, "msgfmt.txt",
         "starts for each catalog; counts messages only"),
    Peer("pocount", peers.POCOUNT, _pocount, "pocount.txt", "counts words too"),
    Peer("sphinx-intl stat", peers.SPHINX_INTL, _sphinx_intl, "sphinx-intl.txt",
         "counts messages only"),
)  # fmt: skip
