"""How often an update finds the message that a new one was made from, beside msgmerge."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.renewal import update
from ankl_i18n.catalogs.template import leaflet_messages
from ankl_i18n.languages import language
from ankl_i18n.source import parse
from benchmarks.update_edits import edit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ankl_i18n.catalogs.template import Message
    from benchmarks.update_edits import Edited

SEEDS: Final = (1, 2, 3)
PART: Final = 1000
HEADERS: Final = {"Language": "ja", "Content-Type": "text/plain; charset=UTF-8"}


@dataclass(frozen=True, slots=True)
class Score:
    """How many pairs there are to find, how many were made, and how many of these are right."""

    wanted: int
    made: int
    right: int

    def __str__(self) -> str:
        recall, precision = self.right / self.wanted, self.right / (self.made or 1)
        return f"recall {recall:.1%}, precision {precision:.1%} ({self.right} right of {self.made})"


def compare_source(root: Path, source: Path) -> str:
    """Compare on edits of the messages of Markdown files: two parts of them, three times each."""
    paths = sorted(source.rglob("*.md"))
    texts = [(path.read_text(encoding="utf-8"), path.relative_to(source)) for path in paths]
    documents = [
        parse(
            text, str(path), path.with_suffix("").as_posix(), front_matter="free", context="never"
        )
        for text, path in texts
    ]
    messages = leaflet_messages(documents)
    half = len(messages) // 2
    parts = (messages[:half][-PART:], messages[half:][:PART])
    strangers = ([m.msgid for m in messages[half:]], [m.msgid for m in messages[:half]])
    lines = []
    for number, (part, others) in enumerate(zip(parts, strangers, strict=True), 1):
        lines += [f"part {number}, {len(part)} messages", compare(root, part, others, SEEDS)]
    return "\n".join(lines)


def compare(
    root: Path, messages: Sequence[Message], strangers: Sequence[str], seeds: Sequence[int]
) -> str:
    """Edit the messages with each seed, update in both ways, and return the scores."""
    edits: list[Edited] = []
    answers: dict[str, list[int | None]] = {"ankl-i18n": [], "msgmerge": []}
    for seed in seeds:
        edited = edit(messages, strangers, seed)
        old, new = _catalog(messages, numbered=True), _catalog([e.message for e in edited])
        (root / "old.po").write_bytes(po.write(old))
        (root / "new.pot").write_bytes(po.write(new))
        edits += edited
        for name, found in (("ankl-i18n", _ours(root)), ("msgmerge", _msgmerge(root))):
            answers[name] += [found.get(one.message.key) for one in edited]
    lines = []
    for name, found in answers.items():
        lines.append(f"{name}: {_score(edits, found)}")
        for kind in dict.fromkeys(one.edit for one in edits if one.edit != "same"):
            chosen = [n for n, one in enumerate(edits) if one.edit == kind]
            score = _score([edits[n] for n in chosen], [found[n] for n in chosen])
            wrong = f"{score.made} wrongly paired"
            lines.append(f"    {kind:16} {score if score.wanted else wrong}, of {len(chosen)}")
    return "\n".join(lines)


def _score(edits: Sequence[Edited], found: Sequence[int | None]) -> Score:
    pairs = [(one, place) for one, place in zip(edits, found, strict=True) if one.edit != "same"]
    made = [(one, place) for one, place in pairs if place is not None]
    right = sum(place in one.origins for one, place in made)
    return Score(sum(bool(one.origins) for one, _ in pairs), len(made), right)


def _catalog(messages: Sequence[Message], *, numbered: bool = False) -> po.Catalog:
    made = po.new("made.po", HEADERS)
    for place, message in enumerate(messages):
        entry = po.Entry(msgid=message.msgid, msgctxt=message.msgctxt)
        entry.comment = "\n".join(message.comments)
        entry.occurrences = [(reference, "") for reference in message.references]
        entry.msgstr = str(place) if numbered else ""
        made.entries.append(entry)
    return made


def _ours(root: Path) -> Mapping[tuple[str | None, str], int]:
    catalog = po.read(root / "old.po")
    update(catalog, po.read(root / "new.pot"), language("ja"))
    return _numbers(catalog)


def _msgmerge(root: Path) -> Mapping[tuple[str | None, str], int]:
    command = ["msgmerge", "--quiet", "-o", root / "merged.po", root / "old.po", root / "new.pot"]
    subprocess.run(command, check=True)
    return _numbers(po.read(root / "merged.po"))


def _numbers(catalog: po.Catalog) -> dict[tuple[str | None, str], int]:
    return {e.key(): int(e.msgstr) for e in catalog.entries if e.msgstr and not e.obsolete}
