"""What a PDF says when it is copied, searched or read aloud: the words that stand on the page.

WeasyPrint tells readers the text of a glyph once per font. That is wrong where one glyph stands
for different letters, or several glyphs for one: in Devanagari, Gurmukhi, Tamil, Thai, Nastaliq.
`Page` is WeasyPrint's own content stream which also

- takes down where each piece of text stands, to be written when all fonts are known,
- remembers the text of right-to-left lines for the structure tree, where assistive technology
  looks,
- marks running headers, repeated table headers and decoration as artifacts,
- notes characters set in a face that is not one of their element's own.

It overrides only methods of `weasyprint.pdf.stream.Stream` (WeasyPrint 70).
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from ankl_i18n.render import fonts
from ankl_i18n.render.pdf_clusters import Glyph, clusters, is_sloping, joined, pieces
from ankl_i18n.render.pdf_faces import Face, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ankl_i18n.render.pdf_clusters import Cluster
    from ankl_i18n.render.pdf_plan import Plan

# Lines of Thai, Lao, Burmese, Khmer, Chinese and Japanese break where there is no space, and so
# do lines that end in a hyphen.
UNSPACED: Final = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef\u2010-]$"
)


@dataclass(slots=True)
class Reading:
    """What drawing a document told about its text.

    `lines` has, for each page, the text of the marked content (by MCID) that needs an
    ActualText in the structure tree; `foreign` the characters by the family, not one of their
    element's own, that set them; `faces` the fonts by WeasyPrint's hash.
    """

    plan: Plan
    lines: list[dict[int, str]] = field(default_factory=list)
    foreign: dict[str, list[str]] = field(default_factory=dict)
    faces: dict[str, Face] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A piece of text in its place: its face, the font's size in pixels, and `x` in pixels."""

    face: Face
    size: float
    unit: Unit
    x: float


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A text object that is still to be written: its matrix (PDF's six numbers) and pieces."""

    matrix: tuple[float, ...]
    pieces: list[Piece]


class Page(Stream):  # type: ignore[misc]
    """The content stream of a page, its text readable."""

    def __init__(self, reading: Reading, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = reading
        self.drawn_box: Any = None
        self.drawn: list[Glyph] = []
        self.shown: list[Any] = []
        self.matrix: tuple[float, ...] = ()

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Mark the content of a box, as an artifact if that is what it is."""
        self.drawn_box = box
        artifacts = self.reading.plan.artifacts
        if id(box) in artifacts:
            self.begin_marked_content("Artifact", artifacts[id(box)])
            yield
            self.end_marked_content()
            self.drawn_box = None
            return
        with super().marked(box, tag):
            yield
        if self.reading.plan.every_line and isinstance(box, boxes.TextBox):
            text = box.text + (" " if self._goes_on() else "")
            self.reading.lines[-1][self._tags[box]["mcid"]] = text
        self.drawn_box = None

    def add_font(self, pango_font: Any) -> tuple[Any, float]:
        """Return the font and its size; all sizes of a font share one face."""
        font, size = super().add_font(pango_font)
        if not isinstance(font.to_unicode, Face):
            face = self.reading.faces.setdefault(font.hash, Face(font))
            font.to_unicode, font.widths = face, face.font.widths
        font.to_unicode.drawn = self.drawn
        return font, size

    def begin_text(self) -> None:
        """Begin a text object."""
        self.drawn.clear()
        self.shown.clear()

    def set_text_matrix(self, *matrix: float) -> None:
        """Say where a text object stands."""
        self.matrix = matrix

    def set_font_size(self, font: str, size: float) -> None:
        """Take down a change of font."""
        self.shown.append((self.reading.faces[font], size))

    def set_text_rise(self, height: float) -> None:
        """Take down a change of height."""
        self.shown.append(height)

    def show_text(self, text: str) -> None:
        """Take down glyphs and adjustments, as in a TJ operator."""
        self.shown.append(text)

    def end_text(self) -> None:
        """End a text object and remember it, to be written when all fonts are known."""
        pen = self._place()
        found = clusters(self.drawn)
        if isinstance(self.drawn_box, boxes.TextBox):
            self._note_faces(found)
        if is_sloping(found):
            found = list(joined(found))
        placed = [_piece(cluster) for cluster in found]
        for one, following in pairwise(placed):
            if one.face is following.face and one.size == following.size:
                one.unit.moved((following.x - one.x) / one.size)
        if found and not found[-1].is_rtl and self._goes_on():
            placed += _space(placed[-1], pen)
        if placed:
            self.stream.append(Text(self.matrix, placed))

    def _place(self) -> float:
        """Tell each glyph drawn where it stands, and return where the line ends, in pixels."""
        glyphs = iter(self.drawn)
        pen = rise = size = 0.0
        for item in self.shown:
            if isinstance(item, tuple):
                size = item[1]
            elif not isinstance(item, str):
                rise = item
            else:
                for part in pieces(item):
                    if isinstance(part, float):
                        pen -= part * size / 1000
                        continue
                    glyph = next(glyphs)
                    glyph.size, glyph.x, glyph.rise = size, pen, rise
                    pen += glyph.face.font.widths[part] * size / 1000
        return pen

    def _goes_on(self) -> bool:
        """Tell whether another line follows, and only white space comes between."""
        box = self.drawn_box
        return id(box) in self.reading.plan.line_ends and not UNSPACED.search(box.text)

    def _note_faces(self, found: Iterable[Cluster]) -> None:
        stack = self.drawn_box.style["font_family"]
        faces: dict[Face, str] = {}
        for cluster in found:
            face = cluster.glyphs[0].face
            faces[face] = faces.get(face, "") + cluster.text
        for face, text in faces.items():
            if not fonts.is_own(face.font.family, stack):
                self.reading.foreign.setdefault(face.font.family, []).extend(text)


def _piece(cluster: Cluster) -> Piece:
    """Return a cluster as a piece of text, its glyphs put together in units of their font."""
    first = cluster.glyphs[0]
    face, size = first.face, first.size
    if len(cluster.glyphs) == 1 and not first.rise:
        return Piece(face, size, face.unit(((first.number, 0, 0),), cluster.text), first.x)
    scale = face.font.upem / size
    shape = tuple(
        (glyph.number, round((glyph.x - first.x) * scale), round(glyph.rise * scale))
        for glyph in cluster.glyphs
    )
    return Piece(face, size, face.unit(shape, cluster.text), first.x)


def _space(last: Piece, pen: float) -> list[Piece]:
    """Return the space that layout drops where a line ends, so that no words run together.

    In the font in use, which has shown a space before wherever it has set a few words.
    """
    space = last.face.space()
    return [Piece(last.face, last.size, space, pen)] if space else []
