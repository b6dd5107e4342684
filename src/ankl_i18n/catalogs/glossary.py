"""The glossary of a project: `glossary/*.csv`, what terms are called in each language.

A line is a term. Columns: `term`, `context`, `part of speech`, `note`, `definition`, `strict`
("yes": a lost term is more than a hint), and for each language a column with its tag and one with
`forbidden` behind it. Synonyms are between `;`, the preferred one first, and forms of one word
between `|`: `cellule NK | cellules NK; tueuse naturelle`. A `*` at the end of a word stands for any
ending: `leucémi*`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ankl_i18n.catalogs.cells import harmless, original
from ankl_i18n.catalogs.project import Project
from ankl_i18n.engine.queries import input_query, memory_query, query
from ankl_i18n.errors import Location, Problem, error

FOLDER: Final = "glossary"
FIXED: Final = ("term", "context", "part of speech", "note", "definition", "strict")
FORBIDDEN: Final = " forbidden"
SYNONYMS: Final = ";"
FORMS: Final = "|"
KIND: Final = "glossary-file"


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what it is called.

    `forms` and `forbidden` are by language (BCP 47): synonyms, the preferred one first, each with
    its forms as in the file; `strict` makes a lost term a warning. `path` and `line` say where it
    stands.
    """

    term: str
    context: str = ""
    part: str = ""
    note: str = ""
    definition: str = ""
    strict: bool = False
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    forbidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a project, and what is wrong with its files."""

    terms: tuple[Term, ...] = ()
    problems: tuple[Problem, ...] = ()


def within(source: str, terms: tuple[Entry, ...]) -> list[Entry]:
    """Return the terms that a text has, longest first; one within another is left out."""
    terms_within = []
    for term in sorted(terms, key=lambda one: -len(one.term)):
        pattern = in_source(term.term)
        if pattern.search(source):
            source = pattern.sub(" ", source)
            terms_within.append(term)
    return terms_within


@lru_cache(4096)
def in_source(term: str) -> re.Pattern[str]:
    """Return what finds a term in the source language, in singular and plural."""
    return re.compile(rf"(?<!\w){re.escape(term)}(?:e?s)?(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A term in one language: what checks need of it."""

    term: str
    forms: tuple[str, ...]
    forbidden: tuple[str, ...]
    strict: bool

    @property
    def preferred(self) -> str:
        """The preferred translation, as people read it; empty if there is none."""
        return self.forms[0].partition(FORMS)[0].strip(" *") if self.forms else ""


@input_query
def names(project: Project) -> tuple[str, ...]:
    """Return the files of the glossary, as paths in the project."""
    folder = project.root / FOLDER
    return tuple(sorted(path.relative_to(project.root).as_posix() for path in folder.glob("*.csv")))


@memory_query(1)
def glossary(project: Project) -> Glossary:
    """Return the glossary of a project; none is as good as an empty one."""
    terms: list[Term] = []
    problems: list[Problem] = []
    for name in names(project):
        path = project.root / name
        project.depend_on_file(path)
        more_terms, wrong = parse(path.read_bytes(), name)
        terms += more_terms
        problems += wrong
    return Glossary(tuple(terms), tuple(problems))


@query
def entries(project: Project, tag: str) -> tuple[Entry, ...]:
    """Return the terms that have a translation, or a forbidden one, in a language."""
    terms = glossary(project).terms
    return tuple(
        Entry(term.term, term.forms.get(tag, ()), term.forbidden.get(tag, ()), term.strict)
        for term in terms
        if tag in term.forms or tag in term.forbidden
    )


def parse(data: bytes, path: str) -> tuple[list[Term], list[Problem]]:
    """Return the terms of a file, and what is wrong in it, each with its line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        return [], [error(KIND, "this is not UTF-8", Location(path, line), "save it as CSV UTF-8")]
    first = text.partition("\n")[0]
    comma = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=comma, strict=True)
    if "term" not in (rows.fieldnames or ()):
        message = "the first line has no column “term”"
        hint = f"name the columns: {', '.join(FIXED)}, then one tag per language"
        return [], [error(KIND, message, Location(path, 1), hint)]
    terms: list[Term] = []
    problems: list[Problem] = []
    try:
        for row in rows:
            made = _term(row, path, rows.line_num)
            known = next((term for term in terms if _same(term, made)), None)
            if known:
                message = f"“{made.term}” is already in line {known.line}"
                hint = "merge the two lines, or give them different contexts"
                problems.append(error(KIND, message, Location(path, made.line), hint))
            elif made.term:
                terms.append(made)
    except csv.Error as wrong:
        problems.append(
            error(KIND, f"this is not valid CSV: {wrong}", Location(path, rows.line_num + 1))
        )
    return terms, problems


def _same(one: Term, other: Term) -> bool:
    return (one.term.casefold(), one.context) == (other.term.casefold(), other.context)


def _term(row: Mapping[str | None, str | None], path: str, line: int) -> Term:
    cells = {
        name: original(text).strip() for name, text in row.items() if name and isinstance(text, str)
    }
    forms: dict[str, tuple[str, ...]] = {}
    forbidden: dict[str, tuple[str, ...]] = {}
    for name, text in cells.items():
        if name in FIXED or not text:
            continue
        target = forbidden if name.endswith(FORBIDDEN) else forms
        target[name.removesuffix(FORBIDDEN)] = tuple(
            one for one in map(str.strip, text.split(SYNONYMS)) if one
        )
    term, context, part, note, definition, strict = (cells.get(name, "") for name in FIXED)
    is_strict = strict.casefold() in {"yes", "true", "1", "x"}
    return Term(term, context, part, note, definition, is_strict, forms, forbidden, path, line)


def write(terms: list[Term], tags: list[str]) -> bytes:
    """Return a file of some terms with a column for each language."""
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    with_forbidden = [tag for tag in tags if any(tag in one.forbidden for one in terms)]
    table.writerow([*FIXED, *tags, *(f"{tag}{FORBIDDEN}" for tag in with_forbidden)])
    for term in terms:
        fixed = (term.term, term.context, term.part, term.note, term.definition)
        forms = (f"{SYNONYMS} ".join(term.forms.get(tag, ())) for tag in tags)
        never = (f"{SYNONYMS} ".join(term.forbidden.get(tag, ())) for tag in with_forbidden)
        cells = (*fixed, "yes" if term.strict else "", *forms, *never)
        table.writerow(map(harmless, cells))
    return stream.getvalue().encode()
