"""What is still to be translated, as agencies count it: by how near the memory comes to it."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from ankl_i18n.catalogs import files
from ankl_i18n.catalogs.po import Entry, State
from ankl_i18n.catalogs.project import Project
from ankl_i18n.errors import AnklError, Problem
from ankl_i18n.exchange.memory import Memory, opened
from ankl_i18n.exchange.office import new_book
from ankl_i18n.languages import Language
from ankl_i18n.source.texts import word_count

# Bands as agencies count them: the least percentage, and their names.
BANDS: Final = ((100, "100 %"), (95, "95–99 %"), (85, "85–94 %"), (75, "75–84 %"), (50, "50–74 %"))
REPETITION: Final = "repetitions"
NEW: Final = "new"
COLUMNS: Final = (REPETITION, *(name for _, name in BANDS), NEW)


@dataclass(slots=True)
class Leverage:
    """How many words, and how many strings, of what is to be translated fall into each band."""

    tag: str
    words: Counter[str] = field(default_factory=Counter)
    strings: Counter[str] = field(default_factory=Counter)

    def add(self, band: str, words: int) -> None:
        """Count a string."""
        self.words[band] += words
        self.strings[band] += 1


def report(project: Project, languages: Iterable[Language]) -> tuple[list[Leverage], list[Problem]]:
    """Return the figures of some languages, and what could not be read."""
    memory, problems = opened(project)
    made: list[Leverage] = []
    with memory:
        for lang in languages:
            try:
                made.append(leverage(project, memory, lang))
            except AnklError as wrong:
                problems += wrong.problems
    return made, problems


def leverage(project: Project, memory: Memory, lang: Language) -> Leverage:
    """Return what is still to be translated into a language, as agencies count it.

    Each string counts once with its words: one that came before is a repetition, others fall into
    the band of the nearest text of the memory. Raises `CatalogError`.
    """
    made = Leverage(lang.tag)
    seen: set[str] = set()
    for domain in files.domain_names(project):
        catalog = files.catalog(project, domain, lang.tag)
        for entry in catalog.entries if catalog else ():
            if entry.state() not in {State.UNTRANSLATED, State.FUZZY}:
                continue
            words = word_count(entry.msgid)
            band = REPETITION if entry.msgid in seen else _band(entry, memory, lang)
            made.add(band, words)
            seen.add(entry.msgid)
    return made


def _band(entry: Entry, memory: Memory, lang: Language) -> str:
    matches = memory.search(entry.msgid, lang.tag, nearest=BANDS[-1][0], offers=1)
    percent = matches[0].percent if matches else 0
    return next((name for least, name in BANDS if percent >= least), NEW)


def table(made: Sequence[Leverage]) -> list[list[str | int]]:
    """Return the words in each band, a line a language, with a heading."""
    lines: list[list[str | int]] = [["language", *COLUMNS, "words", "strings"]]
    for one in made:
        words = [one.words[band] for band in COLUMNS]
        lines.append([one.tag, *words, sum(words), one.strings.total()])
    return lines


def as_csv(made: Sequence[Leverage]) -> str:
    """Return the table as CSV (RFC 4180)."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(table(made))
    return stream.getvalue()


def as_json(made: Sequence[Leverage]) -> str:
    """Return words and strings by language and band as JSON."""
    by_language = {
        one.tag: {
            "words": {band: one.words[band] for band in COLUMNS},
            "strings": {band: one.strings[band] for band in COLUMNS},
        }
        for one in made
    }
    return json.dumps({"leverage": by_language}, ensure_ascii=False, indent=2)


def as_xlsx(made: Sequence[Leverage]) -> bytes:
    """Return the table as a spreadsheet."""
    stream = io.BytesIO()
    book = new_book(stream, "Leverage")
    sheet = book.add_worksheet("Leverage")
    for number, line in enumerate(table(made)):
        sheet.write_row(number, 0, line)
    book.close()
    return stream.getvalue()
