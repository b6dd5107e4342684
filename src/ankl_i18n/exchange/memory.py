"""The translation memory: all catalogs of a project, and the TMX files in its folder `tm/`.

It is an index that can be made again at any time. Texts are found by their rarest words (SQLite's
FTS5), so that an answer takes as long for a million texts as for some thousands, and are then
compared letter by letter. Whoever is offered a text sees where it is from and how near it is.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, islice
from pathlib import Path
from types import TracebackType
from typing import Final

from rapidfuzz import fuzz

from ankl_i18n.catalogs import files, po
from ankl_i18n.catalogs.po import State, disk
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.words import UNSPACED
from ankl_i18n.errors import AnklError, CatalogError, Problem
from ankl_i18n.exchange import tmx
from ankl_i18n.languages.tags import canonical_id, likely_script

FOLDER: Final = "tm"
DATABASE: Final = ".cache/ankl-i18n/memory.sqlite3"
# The program's way of keeping texts; another number makes the index again.
VERSION: Final = 1
# How near a text must be to be offered (percent), how many are, and how many are compared.
NEAREST: Final = 75
OFFERS: Final = 5
CANDIDATES: Final = 2000
RAREST: Final = 8
# Of the rarest words of a text that has only common ones, so many must be in another one together.
COMMON: Final = 5
TOGETHER: Final = 4
BATCH: Final = 20_000
_WORD: Final = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+(?:[\u0300-\u036f\u0900-\u0d7f]+\w*)*")
SCHEMA: Final = """
CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT UNIQUE, stamp TEXT);
CREATE TABLE unit (
    id INTEGER PRIMARY KEY, file INTEGER, source TEXT, target TEXT, family TEXT, tag TEXT,
    origin TEXT
);
CREATE INDEX unit_source ON unit (source);
CREATE INDEX unit_file ON unit (file);
CREATE TABLE term (term TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
    text, content='', detail=none, columnsize=0,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* Mn Mc Co'"
);
"""


@dataclass(frozen=True, slots=True)
class Match:
    """A text that was found: how near its source is (percent), and where it is from.

    100 is the same text; `numbers` tells that the numbers in it are others.
    """

    percent: int
    source: str
    target: str
    origin: str
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the memory: a TMX file, or the catalog of a domain in a language."""

    path: Path
    domain: str = ""
    tag: str = ""


class Memory:
    """The index of a project's memory; close it, or use it in a `with` statement."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.counts = lru_cache(100_000)(self._count)

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.database.close()

    def search(
        self, source: str, tag: str, nearest: int = NEAREST, offers: int = OFFERS
    ) -> list[Match]:
        """Return the nearest texts that are translated into a language, nearest first."""
        family = family_of(tag)
        matches = {
            (match.source, match.target): match for match in self._compared(source, family, nearest)
        }
        order = sorted(matches.values(), key=lambda one: (-one.percent, one.numbers, one.origin))
        return order[:offers]

    def size(self) -> list[tuple[str, int]]:
        """Return the languages, and how many texts there are in each."""
        return list(
            self.database.execute("SELECT tag, count(*) FROM unit GROUP BY tag ORDER BY tag")
        )

    def _compared(self, source: str, family: str, nearest: int) -> Iterator[Match]:
        same = "SELECT source, target, origin FROM unit WHERE source = ? AND family = ? LIMIT ?"
        exact = self.database.execute(same, (source, family, CANDIDATES)).fetchall()
        rows = exact or self._similar(source, family)
        numbers = _numbers(source)
        for text, target, origin in rows:
            percent = 100 if text == source else _nearness(source, text, nearest)
            if percent >= nearest:
                yield Match(percent, text, target, origin, _numbers(text) != numbers)

    def _similar(self, source: str, family: str) -> list[tuple[str, str, str]]:
        words = set(_terms(source, family))
        terms = sorted((count, term) for term in words if (count := self.counts(term)))
        rare: list[str] = []
        total = 0
        for count, term in terms[:RAREST]:
            total += count
            if total > CANDIDATES:
                break
            rare.append(term)
        units = self._having(" OR ".join(rare)) if rare else []
        if len(rare) < len(terms[:RAREST]):
            # The rarest words may be just those that differ: texts have others of them together.
            rarest = [term for _, term in terms[:COMMON]]
            groups = combinations(rarest, min(TOGETHER, len(rarest)))
            units += self._having(" OR ".join(f"({' AND '.join(group)})" for group in groups))
        return units

    def _having(self, query: str) -> list[tuple[str, str, str]]:
        return self.database.execute(
            "SELECT source, target, origin FROM unit JOIN words ON unit.id = words.rowid "
            "WHERE words MATCH ? LIMIT ?", (query, CANDIDATES),
        ).fetchall()  # fmt: skip

    def _count(self, term: str) -> int:
        row = self.database.execute("SELECT count FROM term WHERE term = ?", (term,)).fetchone()
        return int(row[0]) if row else 0

    # --- what it is made of ---------------------------------------------------------------------

    def take(self, path: str, stamp: str, units: Iterable[tmx.Translation]) -> None:
        """Put the texts of a file in the place of those that it had before."""
        with self.database:
            self.forget(path)
            made = self.database.execute(
                "INSERT INTO file (path, stamp) VALUES (?, ?)", (path, stamp)
            )
            stream = iter(units)
            while batch := list(islice(stream, BATCH)):
                self._add(made.lastrowid or 0, batch)
        self.counts.cache_clear()

    def _add(self, file: int, batch: list[tmx.Translation]) -> None:
        start = self.database.execute("SELECT coalesce(max(id), 0) + 1 FROM unit").fetchone()[0]
        numbered = list(enumerate(batch, start))
        self.database.executemany(
            "INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (number, file, one.source, one.target, family_of(one.target_tag),
                 one.target_tag, one.origin)
                for number, one in numbered
            ),
        )  # fmt: skip
        texts = [(number, one.source, family_of(one.target_tag)) for number, one in numbered]
        self._index("", texts)

    def forget(self, path: str) -> None:
        """Take away the texts of a file."""
        row = self.database.execute("SELECT id FROM file WHERE path = ?", (path,)).fetchone()
        if row:
            units = self.database.execute("SELECT id, source, family FROM unit WHERE file = ?", row)
            self._index("delete", units.fetchall())
            self.database.execute("DELETE FROM unit WHERE file = ?", row)
            self.database.execute("DELETE FROM file WHERE id = ?", row)

    def _index(self, command: str, texts: list[tuple[int, str, str]]) -> None:
        """Add texts to the index of words, or take them out of it."""
        counts: Counter[str] = Counter()
        rows = []
        for number, source, family in texts:
            words = list(dict.fromkeys(_terms(source, family)))
            counts.update(words)
            rows.append((number, " ".join(words)))
        sign = -1 if command else 1
        statement = (
            "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"
            if command
            else "INSERT INTO words (rowid, text) VALUES (?, ?)"
        )
        self.database.executemany(statement, rows)
        self.database.executemany(
            "INSERT INTO term VALUES (?, ?) "
            "ON CONFLICT (term) DO UPDATE SET count = count + excluded.count",
            ((term, sign * count) for term, count in counts.items()),
        )

    def stamps(self) -> dict[str, str]:
        """Return the files that are in it, with their stamps."""
        return dict(self.database.execute("SELECT path, stamp FROM file"))


def opened(project: Project) -> tuple[Memory, list[Problem]]:
    """Return the memory of a project, brought up to date, and what could not be read."""
    memory = _database(project.root / DATABASE)
    known = memory.stamps()
    wanted = dict(_files(project))
    problems: list[Problem] = []
    with memory.database:
        for gone in set(known) - set(wanted):
            memory.forget(gone)
    for shown, file in wanted.items():
        stat = file.path.stat()
        stamp = f"{stat.st_size} {stat.st_mtime_ns}"
        if known.get(shown) == stamp:
            continue
        try:
            memory.take(shown, stamp, _units(project, file, shown))
        except AnklError as wrong:
            problems += wrong.problems
    return memory, problems


def _database(path: Path) -> Memory:
    path.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(2):
        database = sqlite3.connect(path)
        with suppress(sqlite3.DatabaseError):
            database.execute("PRAGMA synchronous = OFF")
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                database.executescript(f"{SCHEMA}PRAGMA user_version = {VERSION};")
            if version in {0, VERSION}:
                return Memory(database)
        # Another program's, or damaged: it can be made again.
        database.close()
        path.unlink(missing_ok=True)
    return Memory(sqlite3.connect(":memory:"))


def memory_files(project: Project) -> list[Path]:
    """Return the TMX files of a project; suggestions that wait for somebody are none of them."""
    folder = project.root / FOLDER
    return sorted(path for path in folder.glob("*.tmx") if path.is_file())


def add_file(project: Project, path: Path) -> tuple[int, Path]:
    """Copy a TMX file into the project's memory; return its texts, and the copy.

    It is read to its end first. Raises `CatalogError` for what cannot be read, or for another file
    of the same name.
    """
    try:
        with path.open("rb") as file:
            count = sum(1 for _ in tmx.stream(file, str(path)))
        data = path.read_bytes()
    except OSError as wrong:
        message = wrong.strerror or str(wrong)
        raise CatalogError.of("file", message, str(path)) from None
    made = project.root / FOLDER / f"{path.stem}.tmx"
    present = disk.content(made)
    if present not in {None, data}:
        message = f"{FOLDER}/{made.name} is a different file with this name"
        raise CatalogError.of("memory", message, str(path), "rename one of them")
    if not count:
        raise CatalogError.of("memory", "there are no translations in this file", str(path))
    disk.put(made, data, present)
    return count, made


def _files(project: Project) -> Iterator[tuple[str, _File]]:
    for path in memory_files(project):
        yield project.config.relative(path), _File(path)
    for lang in project.config.targets:
        for domain in files.domain_names(project):
            path = files.catalog_path(project, domain, lang)
            if path.exists():
                yield project.config.relative(path), _File(path, domain, lang.tag)


def _units(project: Project, file: _File, shown: str) -> Iterator[tmx.Translation]:
    if not file.tag:
        with file.path.open("rb") as stream:
            for one in tmx.stream(stream, shown):
                yield replace(one, origin=one.origin or shown)
        return
    catalog = po.read(file.path, shown)
    for entry in catalog.entries:
        is_done = any(entry.forms) and not entry.is_fuzzy()
        if is_done and (entry.obsolete or entry.state() is State.TRANSLATED):
            sources = [entry.msgid, *([entry.msgid_plural] * 9 if entry.msgid_plural else ())]
            for source, target in zip(sources, entry.forms, strict=False):
                if target:
                    yield tmx.Translation(
                        project.config.source.tag, source, file.tag, target, origin=file.domain
                    )


@lru_cache(1024)
def family_of(tag: str) -> str:
    """Return what languages whose texts can be used for one another share: language and script.

    A text in fr-CA can be offered for fr, one in zh-Hant not for zh-Hans.
    """
    try:
        name = canonical_id(tag)
        return f"{name.partition('_')[0].lower()}-{likely_script(name.replace('_', '-'))}"
    except ValueError:
        return tag.lower()


def _terms(text: str, family: str) -> list[str]:
    """Return the words of a text; each is another one for each language that it is put into."""
    start = "".join(filter(str.isalnum, family))
    return [f"{start}0{word}" for word in _WORD.findall(text.lower())]


def _nearness(source: str, text: str, nearest: int) -> int:
    """Return how near two texts are (percent), 0 for less than `nearest`: that is told sooner."""
    return min(int(fuzz.ratio(source, text, score_cutoff=nearest)), 99)


def _numbers(text: str) -> list[str]:
    return sorted(re.findall(r"\d+(?:[.,]\d+)*", text))
