"""Planted faults: how they are chosen, and the file that keeps them as they are."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.catalogs import po
from ankl_i18n.languages import language
from benchmarks.planting.kinds import KINDS
from benchmarks.planting.texts import Place, tidy
from benchmarks.planting.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DATA: Final = Path("benchmarks/data/check_quality")
SEED: Final = 20260229


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault: `text` stands in the translation from `start` to `end`."""

    kind: str
    start: int
    end: int
    text: str

    def planted(self, msgstr: str) -> str:
        """Return the translation with the fault in it."""
        changed = msgstr[: self.start] + self.text + msgstr[self.end :]
        return changed if self.text else tidy(changed)


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a catalog, and the faults that are planted into it, one at a time."""

    catalog: str
    tag: str
    msgid: str
    msgstr: str
    comment: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def seen(self) -> bool:
        """Whether those who tune the checks may look at it: half of all messages."""
        return hashlib.sha256(self.msgid.encode()).digest()[0] % 2 == 0

    @property
    def digest(self) -> str:
        """What the file knows a message by whose texts it does not keep."""
        return hashlib.sha256(f"{self.msgid}\0{self.msgstr}".encode()).hexdigest()[:16]


def messages(root: Path, paths: Iterable[Path]) -> Iterator[Message]:
    """Read the translated messages of catalogs; those with plural forms are left out."""
    for path in paths:
        catalog = po.parse(path.read_bytes(), path.name)
        tag = language(catalog.headers.get("Language") or path.stem).tag
        for entry in catalog.entries:
            if entry.translated() and not entry.msgid_plural:
                name = path.relative_to(root).as_posix()
                yield Message(name, tag, entry.msgid, entry.msgstr, entry.comment)


def plant(found: Sequence[Message], per_kind: int, seed: int) -> list[Message]:
    """Plant up to so many faults of each kind into each language; only messages with faults."""
    faults: dict[int, list[Fault]] = {}
    for tag in sorted({message.tag for message in found}):
        known = words(tag)
        if known is None:
            continue
        places = [
            (i, Place(message.msgid, message.msgstr, known))
            for i, message in enumerate(found)
            if message.tag == tag
        ]
        for kind in KINDS:
            chance = random.Random(f"{seed}:{tag}:{kind.name}")
            chance.shuffle(places)
            count = 0
            for i, place in places:
                options = [
                    fault
                    for edit in kind.plant(place, chance)
                    if (fault := Fault(kind.name, *edit)).planted(place.msgstr) != place.msgstr
                ]
                if options and count < per_kind:
                    faults.setdefault(i, []).append(chance.choice(options))
                    count += 1
                if count == per_kind:
                    break
    return [
        Message(m.catalog, m.tag, m.msgid, m.msgstr, m.comment, tuple(faults[i]))
        for i, m in enumerate(found)
        if i in faults
    ]


def write(path: Path, planted: Iterable[Message], *, texts: bool) -> str:
    """Write the file, with the texts or only their digests; return the SHA-256 of its lines."""
    lines = [json.dumps(_as_json(message, texts), ensure_ascii=False) for message in planted]
    data = ("\n".join(lines) + "\n").encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data, 9, mtime=0))
    return hashlib.sha256(data).hexdigest()


def _as_json(message: Message, texts: bool) -> dict[str, Any]:
    kept: dict[str, Any] = {"catalog": message.catalog, "language": message.tag}
    if texts:
        kept |= {"msgid": message.msgid, "msgstr": message.msgstr, "comment": message.comment}
    else:
        kept["digest"] = message.digest
    return kept | {"faults": [[f.kind, f.start, f.end, f.text] for f in message.faults]}


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's lines."""
    return hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest()


def read(path: Path, known: Iterable[Message] = ()) -> tuple[list[Message], int]:
    """Read a file; return its messages, and how many are not among the known ones.

    A line without texts is found among `known` by its digest.
    """
    by_digest = {(message.catalog, message.digest): message for message in known}
    planted, lost = [], 0
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        kept = json.loads(line)
        faults = tuple(Fault(*fault) for fault in kept["faults"])
        if "msgid" in kept:
            msgid, msgstr, comment = kept["msgid"], kept["msgstr"], kept["comment"]
        elif message := by_digest.get((kept["catalog"], kept["digest"])):
            msgid, msgstr, comment = message.msgid, message.msgstr, message.comment
        else:
            lost += 1
            continue
        planted.append(Message(kept["catalog"], kept["language"], msgid, msgstr, comment, faults))
    return planted, lost
