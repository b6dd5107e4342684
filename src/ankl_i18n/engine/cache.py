"""What earlier runs found out, kept on the disk: digests of files, and facts.

Everything here can be lost or damaged at any time and only costs time: a fact whose value does
not match its digest, and a database that cannot be read, are as good as absent. Nothing in it
is ever executed (no pickles).
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeGuard

from ankl_i18n.engine.regular import file_status

# Digest, trace, checksum and day of last use of a fact.
_Row = tuple[str, str, int, int]
# Signature, time of reading (ns) and digest of a file.
_File = tuple[str, int, str]
# Changes whenever the tables or the form of what is in them do.
FORM: Final = 2
# Facts whose names begin so are not about this program: they outlive it, and are not pruned.
LASTING: Final = "last good"
ABOUT_PROGRAM: Final = f"name NOT GLOB '{LASTING}*'"
TABLES: Final = """
CREATE TABLE files (path TEXT PRIMARY KEY, signature TEXT, seen INTEGER, digest TEXT);
CREATE TABLE facts (
    name TEXT PRIMARY KEY, digest TEXT, trace TEXT, sum INTEGER, used INTEGER, value TEXT
);
CREATE TABLE program (digest TEXT);
"""
FILE_ROW: Final = "SELECT signature, seen, digest FROM files"
FACT_ROW: Final = "SELECT name, digest, trace, sum, used FROM facts"
DATABASE: Final = "facts.sqlite3"
# What keeps the folder out of version control and of backups (bford.info/cachedir).
MARKS: Final = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Made by ankl-i18n.\n",
}
# Facts that no run asked for in so many days are forgotten when the cache is pruned.
MAX_DAYS: Final = 60
# A file that changed so shortly before it was read (ns) may change again within the same tick
# of its clock; the longer one is for file systems that count in whole seconds.
TICK: Final = 50_000_000
LONG_TICK: Final = 2_000_000_000
SHORT: Final = 24
# So many facts are looked up one by one; whoever asks for more will want most of them.
FEW: Final = 20
# Of more rows than this none are kept in memory, so that it does not grow with the project.
MANY: Final = 10_000
# Facts that may be lost if the process is killed, and found out again.
UNSAVED: Final = 1000
# Between the parts of a trace; names hold no control characters but `facts.SEPARATOR`.
MARK: Final = "\x1e"
# The digest of what is there, but cannot be read.
UNREADABLE: Final = "unreadable"


@dataclass(frozen=True, slots=True)
class Stored:
    """A fact as it is kept.

    `value` is JSON; `digest` is that of the value; `trace` lists the names of what it was found
    out from, each with its digest then, in the order in which they were asked for.
    """

    digest: str
    trace: tuple[tuple[str, str], ...]
    value: str = ""


def digest(data: bytes) -> str:
    """Return the digest of some bytes (BLAKE2b, 128 bits, in hexadecimal)."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_all(parts: Iterable[str]) -> str:
    """Return the digest of some strings and their order."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        whole.update(part.encode(errors="surrogatepass") + b"\0")
    return whole.hexdigest()


def digest_of(value: str) -> str:
    """Return what stands for a fact's value: itself if it is short, else its digest."""
    return value if len(value) <= SHORT else digest(value.encode(errors="surrogatepass"))


class Cache:
    """The cache in a folder; it is made when something is first saved.

    `program` returns the digest of all that facts depend on besides what their traces name.
    Facts of another program are forgotten; `outdated` tells whether there were any.
    """

    def __init__(self, folder: Path, program: Callable[[Cache], str] = lambda _: "") -> None:
        self.folder = folder
        self.outdated = False
        self._files: dict[str, _File] | None = {}
        self._facts: dict[str, _Row] | None = None
        self._asked = 0
        self._known: dict[str, str] = {}
        self._new_files: dict[str, _File] = {}
        self._new_facts: dict[str, Stored] = {}
        self._used: set[str] = set()
        self._saved_program = ""
        self._today = int(time.time() // 86400)
        self._database: sqlite3.Connection | None = None
        self._left_open: sqlite3.Connection | None = None
        self._is_apart = False
        self._told = (0, 0)
        self._load()
        self._program = program(self)
        if self._saved_program and self._saved_program != self._program:
            lasting = self._select(f"{FACT_ROW} WHERE NOT {ABOUT_PROGRAM}")
            self._facts, self.outdated = {row[0]: row[1:] for row in lasting}, True

    def digest(self, path: Path | str) -> str:
        """Return the digest of a file's content, empty where there is nothing.

        It is read again only if its size, inode or one of its times changed, and once a run.
        """
        name = str(path)
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self.digest_now(name)
        return known

    def digest_now(self, name: str) -> str:
        """Return the digest of a file's content as it is now, and do not remember it.

        It is `UNREADABLE` for what is there but no file.
        """
        try:
            stat = file_status(name)
        except OSError as wrong:
            return UNREADABLE if wrong.errno == errno.EINVAL else ""
        old = self._file(name)
        signature = _signature(stat)
        if old and old[0] == signature and not _may_have_changed(stat, old[1]):
            return old[2]
        now = time.time_ns()
        try:
            with open(name, "rb") as file:  # noqa: PTH123
                content = digest(file.read())
        except FileNotFoundError:
            return ""
        except OSError:
            return UNREADABLE
        self._new_files[name] = (signature, now, content)
        return content

    def _file(self, name: str) -> _File | None:
        """Return what is known of a file, what was found out last before what was kept."""
        new = self._new_files.get(name)
        if new is None and self._files is not None:
            return self._files.get(name)
        rows = [new] if new else self._select(f"{FILE_ROW} WHERE path = ?", (name,))
        return next((row for row in rows if _is_file(row)), None)

    def wrote(self, path: Path, content: str) -> None:
        """Note the digest of a file that this program has just written."""
        stat = path.stat()
        later = stat.st_ctime_ns + LONG_TICK + 1
        self._new_files[str(path)] = (_signature(stat), later, content)

    def fact(self, name: str) -> Stored | None:
        """Return a fact without its value, or None."""
        new = self._new_facts.get(name)
        if new is not None:
            return new
        row = self._row(name)
        if row is None or _sum(name, row[0], row[1]) != row[2]:
            return None
        content, trace, _, used = row
        if used != self._today:
            self._used.add(name)
        parts = trace.split(MARK) if trace else []
        return Stored(content, tuple(zip(parts[::2], parts[1::2], strict=False)))

    def _row(self, name: str) -> _Row | None:
        """Return digest, trace, sum and day of a fact; after a few of them all are read at once."""
        self._asked += 1
        if self._facts is None and self._asked == FEW and self._is_small("facts"):
            self._facts = {row[0]: row[1:] for row in self._select(FACT_ROW)}
        if self._facts is not None:
            return self._facts.get(name)
        rows = list(self._select(f"{FACT_ROW} WHERE name = ?", (name,)))
        return rows[0][1:] if rows else None

    def _is_small(self, table: str) -> bool:
        """Tell whether a table may be kept in memory."""
        query = f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {MANY + 1})"  # noqa: S608
        return all(count <= MANY for (count,) in self._select(query))

    def _select(self, query: str, values: tuple[str, ...] = ()) -> Iterator[Any]:
        """Yield rows; none once the database turned out to be damaged."""
        if self._database is None:
            return
        try:
            yield from self._database.execute(query, values)
        except (sqlite3.Error, UnicodeError) as bad:
            self._drop(remove=_is_damage(bad))

    def value(self, name: str, content: str) -> str | None:
        """Return a fact's value as JSON; None where it does not match its digest."""
        if len(content) <= SHORT:
            return content
        new = self._new_facts.get(name)
        if new is not None and new.digest == content:
            return new.value
        if self._database is None:
            return None
        with suppress(sqlite3.Error, UnicodeError):
            row = self._database.execute("SELECT value FROM facts WHERE name = ?", (name,))
            stored = row.fetchone()
            if stored and isinstance(stored[0], str) and digest_of(stored[0]) == content:
                return stored[0]
        return None

    def keep(self, name: str, fact: Stored) -> None:
        """Keep a fact; it is on the disk after the next `save`, which many facts bring about."""
        self._new_facts[name] = fact
        if len(self._new_facts) >= UNSAVED:
            self.save()

    def be_apart(self) -> None:
        """Do without the database: this process is a copy of the one that has it open.

        It is not closed, either (sqlite.org, How To Corrupt An SQLite Database File, 2.6).
        """
        self._is_apart, self._left_open, self._database = True, self._database, None

    def news(self) -> list[Any]:
        """Return what is new since this was last called in a copy, for `take` in its original."""
        facts = [(name, f.digest, f.trace, f.value) for name, f in self._new_facts.items()]
        files = list(self._new_files.items())
        told, self._told = self._told, (len(facts), len(files))
        return [facts[told[0] :], files[told[1] :]]

    def take(self, news: Sequence[Any]) -> None:
        """Keep what a copy of this process found out."""
        facts, files = news
        self._new_files |= dict(files)
        for name, content, trace, value in facts:
            self.keep(name, Stored(content, trace, value))

    def save(self) -> None:
        """Write what is new, all or nothing; where that is not possible, do without."""
        if self._is_apart or not (self._new_facts or self._new_files or self._used):
            return
        with suppress(sqlite3.Error, OSError, UnicodeError):
            database = self._connect()
            with database:
                if self._saved_program != self._program:
                    database.execute(f"DELETE FROM facts WHERE {ABOUT_PROGRAM}")  # noqa: S608
                    database.execute("DELETE FROM program")
                    database.execute("INSERT INTO program VALUES (?)", (self._program,))
                    self._saved_program = self._program
                database.executemany(
                    "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
                    ((name, *row) for name, row in self._new_files.items()),
                )
                database.executemany(
                    "INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?, ?, ?)", self._rows()
                )
                database.executemany(
                    "UPDATE facts SET used = ? WHERE name = ?",
                    ((self._today, name) for name in self._used),
                )
        if self._files is not None:
            self._files |= self._new_files
            self._files = self._files if len(self._files) <= MANY else None
        if self._facts is not None:
            self._facts |= {row[0]: row[1:5] for row in self._rows()}
            self._facts = self._facts if len(self._facts) <= MANY else None
        self._new_files, self._new_facts, self._used = {}, {}, set()

    def _rows(self) -> Iterator[tuple[str, str, str, int, int, str]]:
        for name, fact in self._new_facts.items():
            trace = MARK.join(part for pair in fact.trace for part in pair)
            yield name, fact.digest, trace, _sum(name, fact.digest, trace), self._today, fact.value

    def close(self) -> None:
        """Save, and let go of the database."""
        self.save()
        if self._database is not None:
            self._database.close()
            self._database = None

    def _load(self) -> None:
        if not (self.folder / DATABASE).exists():
            return
        try:
            database = self._connect()
            if self._is_small("files"):
                rows = database.execute("SELECT path, signature, seen, digest FROM files")
                self._files = {row[0]: row[1:] for row in rows if _is_file(row[1:])}
            else:
                self._files = None
            row = database.execute("SELECT digest FROM program").fetchone()
            self._saved_program = row[0] if row else ""
        except (sqlite3.Error, OSError, UnicodeError) as bad:
            self._drop(remove=_is_damage(bad))

    def _connect(self) -> sqlite3.Connection:
        if self._database is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name, text in MARKS.items():
                if not (self.folder / name).exists():
                    (self.folder / name).write_text(text, encoding="utf-8")
            database = sqlite3.connect(self.folder / DATABASE, timeout=5)
            self._database = database
            # A crash of the machine may cost the cache; a killed process never does.
            database.execute("PRAGMA synchronous = OFF")
            (form,) = database.execute("PRAGMA user_version").fetchone()
            if form != FORM:
                database.executescript(
                    "BEGIN; DROP TABLE IF EXISTS files; DROP TABLE IF EXISTS facts;"
                    f"DROP TABLE IF EXISTS program; {TABLES} PRAGMA user_version = {FORM}; COMMIT"
                )
        return self._database

    def _drop(self, *, remove: bool) -> None:
        self._files, self._facts = {}, {}
        if self._database is not None:
            self._database.close()
            self._database = None
        if remove:
            for suffix in ("", "-journal"):
                with suppress(OSError):
                    (self.folder / f"{DATABASE}{suffix}").unlink(missing_ok=True)

    def prune(self) -> int:
        """Forget facts that nobody asked for in `MAX_DAYS`; return their number."""
        self.save()
        before = self._today - MAX_DAYS
        with suppress(sqlite3.Error, OSError):
            if (self.folder / DATABASE).exists():
                database = self._connect()
                with database:
                    query = f"DELETE FROM facts WHERE used < ? AND {ABOUT_PROGRAM}"  # noqa: S608
                    old = database.execute(query, (before,)).rowcount
                    paths = database.execute("SELECT path FROM files")
                    gone = [row for row in paths if not _exists(row[0])]
                    database.executemany("DELETE FROM files WHERE path = ?", gone)
                database.execute("VACUUM")
                return int(old)
        return 0


def _is_file(row: Any) -> TypeGuard[_File]:
    """Tell whether a row of the database is what is known of a file."""
    return isinstance(row[1], int) and isinstance(row[2], str)


def _exists(path: Any) -> bool:
    """Tell whether what the database calls a path is one of a file that is there."""
    return isinstance(path, str) and os.path.exists(path)  # noqa: PTH110


def _is_damage(bad: Exception) -> bool:
    """Tell whether a database is damaged: not only busy, or not ours to read.

    One that cannot be cleared claims that the disk is full; if it is, there is room then.
    """
    message = str(bad)
    return (
        not isinstance(bad, sqlite3.OperationalError) or "decode" in message or "is full" in message
    )


def _sum(*parts: str) -> int:
    """Return a checksum, which damage would not leave as it is."""
    return zlib.crc32(MARK.join(map(str, parts)).encode(errors="surrogatepass"))


def _signature(stat: os.stat_result) -> str:
    return f"{stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_size} {stat.st_ino}"


def _may_have_changed(stat: os.stat_result, seen: int) -> bool:
    """Tell whether a file may have changed after it was read without its times showing it."""
    last = max(stat.st_mtime_ns, stat.st_ctime_ns)
    return last >= seen - (TICK if last % 1_000_000_000 else LONG_TICK)
