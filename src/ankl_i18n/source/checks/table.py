"""All checks of leaflets, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from ankl_i18n.errors import Location, Problem, Severity
from ankl_i18n.languages.levels import levels
from ankl_i18n.source import Document
from ankl_i18n.source.checks import (
    blocks,
    html,
    links,
    phrasing,
    slips,
    telephones,
    unexplained,
    words,
)
from ankl_i18n.source.checks.records import Finding, Leaflet, Surroundings

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT
ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """A check of one leaflet; `free` is its severity where front matter may be of any form.

    Those of `english` words say nothing about leaflets in other languages.
    """

    kind: str
    severity: Severity
    free: Severity
    find: Callable[[Leaflet, Surroundings], Iterator[Finding]]
    english: bool = False


SOURCE_CHECKS: Final = (
    SourceCheck("link", ERROR, ERROR, links.missing),
    SourceCheck("remote-picture", WARNING, WARNING, links.remote),
    SourceCheck("unread-link", ERROR, ERROR, links.unread),
    SourceCheck("anchor", ERROR, WARNING, links.anchors),
    SourceCheck("page-link", ERROR, WARNING, links.pages),
    SourceCheck("footnote", ERROR, WARNING, blocks.footnotes),
    SourceCheck("directive-line", ERROR, ERROR, blocks.directives),
    SourceCheck("comment", ERROR, WARNING, blocks.comments),
    SourceCheck("active-html", ERROR, WARNING, blocks.active_html),
    SourceCheck("raw-marks", ERROR, WARNING, slips.slips),
    SourceCheck("html-unclosed", ERROR, WARNING, html.unclosed),
    SourceCheck("html-not-shown", ERROR, WARNING, html.not_shown),
    SourceCheck("https", WARNING, WARNING, links.insecure),
    SourceCheck("telephone-differs", ERROR, WARNING, telephones.different),
    SourceCheck("telephone", HINT, HINT, telephones.unmarked),
    SourceCheck("heading-level", WARNING, WARNING, blocks.heading_levels),
    SourceCheck("alt-text", WARNING, WARNING, blocks.alt_texts),
    SourceCheck("table-caption", HINT, HINT, blocks.captions),
    SourceCheck("abbreviation", WARNING, WARNING, words.abbreviations),
    SourceCheck("term-unused", HINT, HINT, words.unused_terms),
    SourceCheck("term-late", HINT, HINT, words.late_links),
    SourceCheck("bare-number", HINT, HINT, phrasing.bare_numbers, english=True),
    SourceCheck("bound-apart", HINT, HINT, phrasing.bounds_apart, english=True),
    SourceCheck("double-negation", HINT, HINT, phrasing.double_negations, english=True),
    SourceCheck("abbreviation-undefined", HINT, HINT, unexplained.undefined, english=True),
    SourceCheck("medical-word", HINT, HINT, unexplained.medical_words, english=True),
    SourceCheck("long-sentence", HINT, HINT, phrasing.long_sentences, english=True),
    SourceCheck("reading-grade", HINT, HINT, phrasing.reading_grade, english=True),
    SourceCheck("vague-link", HINT, HINT, phrasing.vague_links, english=True),
)


def check_sources(around: Surroundings) -> list[Problem]:
    """Return the problems of all leaflets that could be parsed, in the order of their lines."""
    return [
        problem
        for document in around.documents.values()
        for problem in check_source(document, around)
    ]


def check_source(document: Document, around: Surroundings) -> list[Problem]:
    """Return the problems of a leaflet, in the order of their lines."""
    leaflet = Leaflet(document, around.whole)
    problems = [*document.problems]
    english = around.language.tag.partition("-")[0] == ENGLISH
    own = levels(around.language.data.checks)
    for one in SOURCE_CHECKS:
        severity = own.get(one.kind, one.severity if around.whole else one.free)
        if severity is None or (one.english and not english):
            continue
        for line, message, hint in one.find(leaflet, around):
            where = Location(document.path, line)
            problems.append(Problem(one.kind, severity, message, where, hint))
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.location)
