"""Who wrote the words of a translation first, by git's history.

Words are what counts, not lines or places: whoever wraps a catalog again, renames it or carries
a translation over has not translated it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.project import Project
from ankl_i18n.engine.cache import digest_of
from ankl_i18n.engine.queries import query
from ankl_i18n.errors import AnklError
from ankl_i18n.languages import aliases, language
from ankl_i18n.review.git import CHANGES, GitError, Head, head, run
from ankl_i18n.review.records import Reviewer

START: Final = "\x01"
MISSING: Final = b"missing"
ADDRESS: Final = re.compile(r"<([^<>]+)>")


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote words first, and on which day (UTC).

    There are no `addresses` where the clone is too shallow to know.
    """

    addresses: tuple[str, ...]
    day: str


@dataclass(frozen=True, slots=True)
class Authors:
    """Who wrote each translation that any commit holds, by the digest of its words.

    `why` says why nothing is known, or not all.
    """

    by_words: Mapping[str, Written] = field(default_factory=dict)
    why: str = ""


NOBODY: Final = Authors(why="nobody asked")


@query
def authors(project: Project, tag: str) -> Authors:
    """Return who wrote what in a language, by the history up to the last commit."""
    now = head(project)
    if not now.commit:
        return Authors(why=now.why)
    try:
        first = dict(_first(project.root, now, _paths(project, tag)))
    except GitError as wrong:
        return Authors(why=str(wrong))
    return Authors(first, "this clone is shallow" if now.shallow else "")


def ids(known: Authors, forms: Sequence[str], reviewers: Mapping[str, Reviewer]) -> set[str]:
    """Return the ids of those who may have written a translation, none if that is not known.

    Where several wrote it together and one of them is nobody's id, it is not.
    """
    authors: set[str] = set()
    written = known.by_words.get(words_digest(forms))
    for address in written.addresses if written else ():
        those = {
            reviewer.id
            for reviewer in reviewers.values()
            if address in map(str.casefold, reviewer.git)
        }
        if not those:
            return set()
        authors |= those
    return authors


def words_digest(forms: Sequence[str]) -> str:
    """Return the digest of a translation, whatever its white space."""
    return digest_of("\x00".join(" ".join(form.split()) for form in forms))


def _paths(project: Project, tag: str) -> list[str]:
    """Return what git is to look at (gitglossary(7), pathspec): every catalog in a language.

    Wherever it is, or once was: who moves a project has translated nothing.
    """
    lang = language(tag)
    names = dict.fromkeys([*aliases(lang.gettext_id), lang.tag])
    pattern = project.config.catalog_path
    own = [pattern.format(domain="*", gettext_id=name) for name in names]
    return [*own, *(f":(top)*{name}{end}" for name in names for end in ("/*.po", ".po"))]


def finished(known: Authors, translations: Iterable[Sequence[str]]) -> str:
    """Return the day (ISO 8601) of the newest of some translations, "" if that is not known."""
    versions = [known.by_words.get(words_digest(forms)) for forms in translations]
    days = [version.day for version in versions if version and version.addresses]
    return max(days, default="") if len(days) == len(versions) else ""


def _first(root: Path, now: Head, paths: Sequence[str]) -> Iterator[tuple[str, Written]]:
    """Yield the digest of each translation with its first authors."""
    seen: set[str] = set()
    versions = list(_versions(root, now, paths))
    contents = dict(_contents(root, [blob for _, blob in versions]))
    for written, blob in versions:
        for words in _words(contents.get(blob, b"")):
            if words not in seen:
                seen.add(words)
                yield words, written


def _versions(root: Path, now: Head, paths: Sequence[str]) -> Iterator[tuple[Written, str]]:
    """Yield the authors and the id of each version of catalogs, oldest first.

    They are who the commit says, whatever a mailmap makes of them, and who wrote it together with
    them (git-interpret-trailers(1), Co-authored-by). Where a shallow clone begins, everything
    seems to be by one author: nobody is named there.
    """
    log = run(
        root, "log", *CHANGES, "--diff-filter=AM", "--no-relative",
        f"--format={START}%ae%n%aI%n%P%n%(trailers:key=Co-authored-by,valueonly,separator=%x02)",
        now.commit, "--", *paths,
    )  # fmt: skip
    for part in log.decode(errors="replace").split(START)[1:]:
        author, time, parents, together, *lines = part.split("\n")
        addresses = [author.casefold(), *map(str.casefold, ADDRESS.findall(together))]
        is_known = parents.strip() or not now.shallow
        day = datetime.datetime.fromisoformat(time).astimezone(datetime.UTC).date().isoformat()
        written = Written(tuple(dict.fromkeys(addresses)) if is_known else (), day)
        for line in lines:
            if line.startswith(":"):
                yield written, line.split()[3]


def _contents(root: Path, blobs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield each id with the content of its file."""
    wanted = list(dict.fromkeys(blobs))
    data = run(root, "cat-file", "--batch", data="\n".join(wanted).encode() + b"\n")
    at = 0
    for blob in wanted:
        end = data.index(b"\n", at)
        fields = data[at:end].split()
        at = end + 1
        if fields[-1] != MISSING:
            size = int(fields[2])
            yield blob, data[at : at + size]
            at += size + 1


def _words(data: bytes) -> Iterator[str]:
    """Yield the digests of all translations in a catalog; none of one that cannot be read."""
    try:
        entries = po.parse(data, "").entries
    except AnklError:
        return
    for entry in entries:
        if any(entry.forms):
            yield words_digest(entry.forms)
