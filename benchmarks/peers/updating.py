"""Updating: the template `messages.pot` is merged into the older catalog `old.po`."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import polib

from ankl_i18n.languages import language
from benchmarks import peers
from benchmarks.peers import Inputs, Peer
from benchmarks.peers.extracting import settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TEMPLATE: Final = "messages.pot"
OLD: Final = "old.po"
STATES: Final = ("translated", "fuzzy", "untranslated")


def states(output: Path) -> str:
    """Count the messages of a catalog by state."""
    found = polib.pofile(str(output))
    counts = {name: len(getattr(found, f"{name}_entries")()) for name in STATES}
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)


def _ours(given: Inputs) -> Sequence[str]:
    (given.root / "pyproject.toml").write_text(settings([given.tag]), encoding="utf-8")
    (given.root / "po").mkdir(exist_ok=True)
    shutil.copyfile(given.root / TEMPLATE, given.root / "po" / "messages.pot")
    return [*peers.ANKL.command, "update", given.tag, "--quiet"]


def _msgmerge(_given: Inputs) -> Sequence[str]:
    """--previous: it keeps the old msgid of fuzzy messages, as ankl-i18n always does."""
    return ["msgmerge", "--quiet", "--previous", "-o", "msgmerge.po", OLD, TEMPLATE]


def _exact(_given: Inputs) -> Sequence[str]:
    return ["msgmerge", "-N", "--quiet", "-o", "exact.po", OLD, TEMPLATE]


def _pot2po(_given: Inputs) -> Sequence[str]:
    return [*peers.POT2PO.command, "--progress=none", "-t", OLD, TEMPLATE, "pot2po.po"]


def _sphinx_intl(given: Inputs) -> Sequence[str]:
    templates = given.root / "sphinx-intl" / "pot"
    templates.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(given.root / TEMPLATE, templates / TEMPLATE)
    folders = ["-d", "sphinx-intl", "-p", "sphinx-intl/pot"]
    return [*peers.SPHINX_INTL.command, "update", *folders, "-l", language(given.tag).gettext_id]


PEERS: Final = (
    Peer("ankl-i18n update", peers.ANKL, _ours, "po/{gettext}.po",
         "reads the finished catalog back before it takes the old one's place", before=OLD),
    Peer("msgmerge -N", peers.MSGMERGE, _exact, "exact.po", "exact matches only"),
    Peer("pot2po", peers.POT2PO, _pot2po, "pot2po.po", "with RapidFuzz"),
    Peer("sphinx-intl update", peers.SPHINX_INTL, _sphinx_intl,
         "sphinx-intl/{gettext}/LC_MESSAGES/messages.po", before=OLD),
    Peer("msgmerge", peers.MSGMERGE, _msgmerge, "msgmerge.po",
         "what po4a and the guide of mdbook-i18n-helpers use"),
)  # fmt: skip
