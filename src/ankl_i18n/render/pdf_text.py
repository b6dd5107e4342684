"""What a PDF says when it is copied, searched or read aloud: the words that stand on the page.

WeasyPrint tells readers the text of a glyph once per font. That is wrong where one glyph stands
for different letters, or several glyphs for one: in Devanagari, Gurmukhi, Tamil, Thai, Nastaliq.
`Page` is WeasyPrint's own content stream which also

- puts `ActualText` (ISO 32000-1, 14.9.4) around each cluster of glyphs whose text the font
  alone would not give back,
- remembers the text of such lines for the structure tree, where assistive technology looks,
- marks running headers, repeated table headers and decoration as artifacts,
- notes characters set in a face that is not one of their element's own.

It overrides only methods of `weasyprint.pdf.stream.Stream` (WeasyPrint 70).
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from ankl_i18n.render import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Stands in a font's ToUnicode map for a glyph that adds no letter of its own; a map may not
# say "nothing" (ISO 14289-1, 7.21.7).
NOTHING: Final = "\u200b"
SHOWN: Final = re.compile(r"<([0-9a-f]*)>|([^<>]+)")
# Thai, Lao, Burmese, Khmer, Chinese and Japanese lines break where there is no space.
UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef-]$")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of a laid-out document before it is drawn; boxes are named by their `id`.

    `artifacts` maps boxes that are no content to the properties of their artifact, `line_ends`
    are the last text boxes of lines that another line of the same block follows. `every_line`
    is set where the structure tree must have the text of every line: in right-to-left pages,
    where readers of the glyphs alone reverse ligatures, brackets and ranges of numbers.
    """

    artifacts: dict[int, pydyf.Dictionary | None]
    line_ends: frozenset[int]
    every_line: bool


@dataclass(slots=True)
class Reading:
    """What drawing a document told about its text.

    `lines` has, for each page, the text of the marked content (by MCID) that needs an
    ActualText in the structure tree; `foreign` the characters by the family, not one of their
    element's own, that set them.
    """

    plan: Plan
    lines: list[dict[int, str]] = field(default_factory=list)
    foreign: dict[str, list[str]] = field(default_factory=dict)
    maps: dict[str, GlyphTexts] = field(default_factory=dict)


class GlyphTexts(dict[int, str]):
    """A font's ToUnicode map, glyph to text, that hears of every glyph drawn and not only the first.

    WeasyPrint asks `in` before it sets the text of a glyph; here the answer is always no.
    """

    def __init__(self, font: Any) -> None:
        super().__init__()
        self.font = font
        self.drawn: list[Glyph] = []

    def __contains__(self, glyph: object) -> bool:
        return False

    def __setitem__(self, glyph: int, text: str) -> None:
        self.drawn.append(Glyph(self, glyph, text))

    def learn(self, glyph: int, text: str) -> None:
        """Set the text of a glyph, unless it has one."""
        if self.get(glyph, NOTHING) == NOTHING:
            super().__setitem__(glyph, text or NOTHING)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph drawn: its font, its number, and the text WeasyPrint gives it (may be empty)."""

    font: GlyphTexts
    number: int
    text: str


@dataclass(slots=True)
class Cluster:
    """Glyphs, in the order drawn, that together stand for a piece of text."""

    glyphs: list[Glyph]
    text: str

    @property
    def is_rtl(self) -> bool:
        """Whether the text runs from right to left."""
        return is_rtl(self.text)


class Shown(str):
    """The operand of a TJ operator that is still to be written."""

    __slots__ = ()


class Page(Stream):  # type: ignore[misc]
    """The content stream of a page, its text readable."""

    def __init__(self, reading: Reading, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = reading
        self.drawn_box: Any = None
        self.text_start = 0
        self.drawn: list[Glyph] = []
        self.needs_text = False

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Mark the content of a box, as an artifact if that is what it is."""
        self.drawn_box, self.needs_text = box, False
        if id(box) in self.reading.plan.artifacts:
            self.begin_marked_content("Artifact", self.reading.plan.artifacts[id(box)])
            yield
            self.end_marked_content()
            return
        with super().marked(box, tag):
            yield
        if self.needs_text:
            mcid = self._tags[box]["mcid"]
            space = " " if id(box) in self.reading.plan.line_ends and not UNSPACED.search(box.text) else ""
            self.reading.lines[-1][mcid] = box.text + space

    def add_font(self, pango_font: Any) -> tuple[Any, float]:
        """Return the font and its size; all sizes of a font share one ToUnicode map."""
        font, size = super().add_font(pango_font)
        if not isinstance(font.to_unicode, GlyphTexts):
            texts = self.reading.maps.setdefault(font.hash, GlyphTexts(font))
            font.to_unicode, font.widths = texts, texts.font.widths
            if "CFF " in font.tables:
                font.subset = partial(fonts.subset_cid, font)
        font.to_unicode.drawn = self.drawn
        return font, size

    def begin_text(self) -> None:
        """Begin a text object."""
        super().begin_text()
        self.text_start = len(self.stream)
        self.drawn.clear()

    def show_text(self, text: str) -> None:
        """Keep a TJ operand until all glyphs of the text object are known."""
        self.stream.append(Shown(text))

    def end_text(self) -> None:
        """Write the text object, with ActualText where it needs one, and end it."""
        found = clusters(self.drawn)
        spans = [*unreadable(found)]
        self.needs_text |= bool(spans) or self.reading.plan.every_line
        self._note_faces(found)
        operators = self.stream[self.text_start :]
        del self.stream[self.text_start :]
        self._write(operators, {id(glyph): cluster for cluster in spans for glyph in cluster.glyphs})
        super().end_text()

    def _write(self, operators: Sequence[Any], spans: dict[int, Cluster]) -> None:
        glyphs = iter(list(self.drawn))
        current: Cluster | None = None
        for operator in operators:
            if not isinstance(operator, Shown):
                self.stream.append(operator)
                continue
            pending = ""
            for piece in pieces(operator):
                if piece.startswith("<"):
                    cluster = spans.get(id(next(glyphs, None)))
                    if cluster is not current:
                        self._flush(pending)
                        pending = ""
                        self._switch(current, cluster)
                        current = cluster
                pending += piece
            self._flush(pending)
        self._switch(current, None)

    def _flush(self, pending: str) -> None:
        if pending:
            super().show_text(pending.replace("><", ""))

    def _switch(self, old: Cluster | None, new: Cluster | None) -> None:
        if old:
            self.end_marked_content()
        if new:
            self.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(new.text)}))

    def _note_faces(self, found: Iterable[Cluster]) -> None:
        if not isinstance(self.drawn_box, boxes.TextBox):
            return
        for cluster in found:
            family = cluster.glyphs[0].font.font.family
            if not fonts.is_own(family, self.drawn_box.style["font_family"]):
                self.reading.foreign.setdefault(family, []).extend(cluster.text)


def plan(document: Any, direction: str) -> Plan:
    """Return what is to be known of a laid-out `weasyprint.Document` before it is drawn.

    `direction` is that of the page's language, "ltr" or "rtl".
    """
    artifacts: dict[int, pydyf.Dictionary | None] = {}
    line_ends: set[int] = set()
    headers: set[int] = set()
    for page in document.pages:
        for child in page._page_box.children:  # noqa: SLF001 - WeasyPrint has no other way in
            if isinstance(child, boxes.MarginBox):
                kind = "/Header" if child.at_keyword.startswith("@top") else "/Footer"
                furniture = pydyf.Dictionary({"Type": "/Pagination", "Subtype": kind})
                artifacts |= dict.fromkeys(map(id, descendants(child)), furniture)
            for box in descendants(child):
                line_ends.update(_line_ends(box))
                if _is_decoration(box) or _is_repeated(box, headers):
                    artifacts |= dict.fromkeys(map(id, descendants(box)))
    return Plan(artifacts, frozenset(line_ends), direction == "rtl")


def descendants(box: Any) -> Iterator[Any]:
    """Yield a box and all boxes in it, those taken out of the flow too."""
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from descendants(child)


def _line_ends(block: Any) -> Iterator[int]:
    lines = [child for child in getattr(block, "children", ()) if isinstance(child, boxes.LineBox)]
    for line in lines[:-1]:
        texts = [box for box in descendants(line) if isinstance(box, boxes.TextBox)]
        if texts:
            yield id(texts[-1])


def _is_decoration(box: Any) -> bool:
    """Tell whether a box says nothing (WAI-ARIA 1.2 `aria-hidden`, HTML empty `alt`)."""
    if box.element is None:
        return False
    attributes = box.element.attrib
    return attributes.get("aria-hidden") == "true" or (
        box.element_tag == "img" and attributes.get("alt") == ""
    )


def _is_repeated(box: Any, seen: set[int]) -> bool:
    """Tell whether a table header stands there again because the table goes on on a new page."""
    if not getattr(box, "is_header", False) or not isinstance(box, boxes.TableRowGroupBox):
        return False
    again = id(box.element) in seen
    seen.add(id(box.element))
    return again


def is_rtl(text: str) -> bool:
    """Tell whether a text has letters of a script that runs from right to left."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def pieces(shown: str) -> Iterator[str]:
    """Yield the parts of a TJ operand: each glyph as `<hex>`, each adjustment and a space."""
    for found in SHOWN.finditer(shown):
        if found[2]:
            yield f"{found[2]} "
        else:
            yield from (f"<{found[1][i : i + 4]}>" for i in range(0, len(found[1]), 4))


def clusters(drawn: Iterable[Glyph]) -> list[Cluster]:
    """Return the clusters of a text object.

    WeasyPrint gives a cluster's text to its last glyph in left-to-right text and to its first
    in right-to-left text; the others have none.
    """
    found: list[Cluster] = []
    leading: list[Glyph] = []
    for glyph in drawn:
        if glyph.text:
            found.append(Cluster([*leading, glyph], glyph.text))
            leading = []
        elif not leading and found and found[-1].is_rtl and found[-1].glyphs[0].font is glyph.font:
            found[-1].glyphs.append(glyph)
        else:
            leading.append(glyph)
    return found


def unreadable(found: Iterable[Cluster]) -> Iterator[Cluster]:
    """Yield what needs an ActualText: whole lines from left to right, clusters from right to left.

    Readers tear left-to-right words apart at every mark, and mix up lines of which only some
    words have a text. Right-to-left text they order glyph by glyph, so that more than a cluster
    in logical order would come out backwards.
    """
    for right_to_left, group in groupby(found, lambda it: it.is_rtl):
        line = list(group)
        wrong = [cluster for cluster in line if not _reads_back(cluster)]
        if right_to_left:
            yield from wrong
        elif wrong:
            glyphs = [glyph for cluster in line for glyph in cluster.glyphs]
            yield Cluster(glyphs, "".join(cluster.text for cluster in line))


def _reads_back(cluster: Cluster) -> bool:
    """Teach the font the cluster's glyphs; tell whether readers will then find its text."""
    if len(cluster.glyphs) > 1:
        _share(cluster)
        return False
    glyph = cluster.glyphs[0]
    glyph.font.learn(glyph.number, cluster.text)
    # A mark above or below its letter looks like another line to many readers.
    has_mark = any(unicodedata.category(character)[0] == "M" for character in cluster.text)
    return glyph.font[glyph.number] == cluster.text and not has_mark


def _share(cluster: Cluster) -> None:
    """Give each glyph of a cluster its own letter if it has one; one other gets what is left."""
    font = cluster.glyphs[0].font
    known = fonts.characters_of(font.font.file_content, font.font.index)
    left = cluster.text
    others = []
    for glyph in cluster.glyphs:
        character = known.get(glyph.number, "")
        if character and character in left:
            left = left.replace(character, "", 1)
            font.learn(glyph.number, character)
        else:
            others.append(glyph)
    for glyph in others:
        font.learn(glyph.number, left)
        left = ""
