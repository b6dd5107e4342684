"""How easy the sections of an English leaflet are to read: a school grade for each of them.

Items of lists, cells of tables, captions and texts that stand for pictures are sentences of their
own. Headings and terms do not count, nor what is no prose of the front matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ankl_i18n.source import english
from ankl_i18n.source.frontmatter import FrontMatter, table
from ankl_i18n.source.records import Document, Segment
from ankl_i18n.source.texts import read

# What is not read as a sentence.
NO_SENTENCE: Final = frozenset(("heading", "call-out title", "term", "abbreviation", "code block"))


@dataclass(frozen=True, slots=True)
class Reading:
    """How easy a section is to read.

    `title` is its heading, empty before the first one; `line` (1-based) is that of its first
    sentence. `grade` is the Flesch-Kincaid grade, in school years, and `longest` the number of
    words of its longest sentence.
    """

    title: str
    line: int
    sentences: int
    words: int
    grade: float
    longest: int


def readings(document: Document) -> list[Reading]:
    """Return how easy each section of a leaflet is to read, in their order."""
    known = explained(document)
    sections = _sections(document).values()
    return [_reading(parts, known) for parts in sections]


def whole(document: Document) -> Reading:
    """Return how easy a whole leaflet is to read."""
    parts = [segment for part in _sections(document).values() for segment in part]
    return _reading(parts, explained(document))


def explained(document: Document) -> frozenset[str]:
    """Return the words that a leaflet explains: those of its terms and abbreviations."""
    terms = [read(segment.msgid).shown for segment in document.segments if segment.kind == "term"]
    terms += [text for pair in document.abbreviations for text in pair]
    return frozenset(english.singular(word) for term in terms for word in english.words(term))


def is_read(segment: Segment) -> bool:
    """Tell whether a segment is text to read: sentences, items, cells, captions."""
    return is_prose(segment) and segment.kind not in NO_SENTENCE


def is_prose(segment: Segment) -> bool:
    """Tell whether readers read a segment in its place: the body, and prose of the front matter."""
    where = segment.slot
    if segment.skip or where[0] in ("abbreviation", "meaning"):
        return False
    return where[0] != "front" or table(FrontMatter)[str(where[1])].prose


def _sections(document: Document) -> Mapping[tuple[str, str], list[Segment]]:
    segments: dict[tuple[str, str], list[Segment]] = {}
    for segment in filter(is_read, document.segments):
        segments.setdefault((segment.section_id, segment.section), []).append(segment)
    return segments


def _reading(segments: Sequence[Segment], known: frozenset[str]) -> Reading:
    told = list(_sentences(segments))
    sizes = [len(english.words(one)) for one in told]
    first = next(iter(segments), None)
    return Reading(
        title=read(first.section).shown if first else "",
        line=first.line if first else 0,
        sentences=len(told),
        words=sum(sizes),
        grade=english.grade(told, known),
        longest=max(sizes, default=0),
    )


def _sentences(segments: Iterable[Segment]) -> Iterator[str]:
    for segment in segments:
        yield from english.sentences(read(segment.msgid).shown)
