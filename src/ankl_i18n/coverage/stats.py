"""Figures about a catalog: how much text there is, in which state, and who had it last."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs import files
from ankl_i18n.catalogs.header import REVIEW_STATE
from ankl_i18n.catalogs.history import fuzzy_since
from ankl_i18n.catalogs.po import Catalog, Entry, State
from ankl_i18n.catalogs.usable import may_be_shown
from ankl_i18n.coverage.figures import Tally
from ankl_i18n.errors import AnklError, Problem
from ankl_i18n.languages import Language
from ankl_i18n.source.texts import read

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project

# Languages that put no spaces between words: theirs are not counted.
UNSPACED: Final = frozenset({"zh", "ja", "th", "lo", "km", "my", "bo", "dz", "yue"})


@dataclass(frozen=True, slots=True)
class Amount:
    """How much text there is, as readers see it, without Markdown marks and addresses.

    `words` are split at white space, None where the language has no spaces between words;
    `characters` are Unicode code points, spaces included.
    """

    words: int | None = 0
    characters: int = 0

    def __add__(self, other: Amount) -> Amount:
        """Return the sum; words that are not counted on one side are not in the sum."""
        known = self.words is not None and other.words is not None
        words = (self.words or 0) + (other.words or 0) if known else None
        return Amount(words, self.characters + other.characters)


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be added up: messages by state, and the text of all msgids and msgstrs.

    `msgid` is that of all messages that are not obsolete, `msgstr` that of translated ones.
    """

    messages: Tally = field(default_factory=Tally)
    obsolete: int = 0
    msgid: Amount = field(default_factory=Amount)
    msgstr: Amount = field(default_factory=Amount)

    def __add__(self, other: Figures) -> Figures:
        """Return the sum of two catalogs' figures."""
        return Figures(
            self.messages + other.messages,
            self.obsolete + other.obsolete,
            self.msgid + other.msgid,
            self.msgstr + other.msgstr,
        )


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of one catalog, and what its header and history say.

    `review`, `last_translator` and `revised` are as the header has them, "" for none.
    `oldest_fuzzy` is the day since which a fuzzy message has waited longest, by the history
    of the git repository; None without fuzzy messages or without a history.
    """

    language: Language
    domain: str
    path: str
    figures: Figures
    review: str = ""
    last_translator: str = ""
    revised: str = ""
    oldest_fuzzy: datetime.date | None = None


def project_stats(
    project: Project, languages: Iterable[Language]
) -> tuple[list[Stats], list[Problem]]:
    """Return the figures of every catalog there is, and what is wrong with unreadable ones."""
    rows: list[Stats] = []
    problems: list[Problem] = []
    for language in languages:
        for domain in files.domain_names(project):
            try:
                catalog = files.read_catalog(project, domain, language)
            except AnklError as wrong:
                problems += wrong.problems
                continue
            if catalog:
                path = files.catalog_path(project, domain, language)
                waiting = [entry for entry in catalog.entries if entry.state() is State.FUZZY]
                oldest = fuzzy_since(path, catalog.data, waiting) if waiting else None
                rows.append(stats(catalog, domain, language, project.config.source, oldest))
    return rows, problems


def stats(
    catalog: Catalog,
    domain: str,
    language: Language,
    source: Language,
    oldest_fuzzy: datetime.date | None = None,
) -> Stats:
    """Return the figures of a catalog whose msgids are in the language `source`."""
    headers = catalog.headers
    return Stats(
        language,
        domain,
        catalog.path,
        figures(catalog.entries, language, source),
        headers.get(REVIEW_STATE, ""),
        headers.get("Last-Translator", ""),
        headers.get("PO-Revision-Date", ""),
        oldest_fuzzy,
    )


def figures(entries: Sequence[Entry], language: Language, source: Language) -> Figures:
    """Return the figures of messages; a translation that is blank is none."""
    states = Counter(map(_state, entries))
    live = [entry for entry in entries if not entry.obsolete]
    msgids = [text for entry in live for text in (entry.msgid, entry.msgid_plural) if text]
    msgstrs = [form for entry in live if may_be_shown(entry) for form in entry.forms]
    return Figures(
        Tally(*(states[s] for s in (State.TRANSLATED, State.FUZZY, State.UNTRANSLATED))),
        states[State.OBSOLETE],
        amount(msgids, source),
        amount(msgstrs, language),
    )


def _state(entry: Entry) -> State:
    state = entry.state()
    return State.UNTRANSLATED if state is State.TRANSLATED and not may_be_shown(entry) else state


def amount(texts: Iterable[str], language: Language) -> Amount:
    """Return how much text there is in texts of a language."""
    seen = [_seen(text) for text in texts]
    spaced = language.tag.partition("-")[0] not in UNSPACED
    words = sum(len(text.split()) for text in seen) if spaced else None
    return Amount(words, sum(map(len, seen)))


@cache
def _seen(text: str) -> str:
    return read(text).shown
