"""What a PDF says when it is copied, searched or read aloud: the words that stand on the page.

WeasyPrint tells readers the text of a glyph once per font. That is wrong where one glyph stands
for different letters, or several glyphs for one: in Devanagari, Gurmukhi, Tamil, Thai, Nastaliq.
`Page` is WeasyPrint's own content stream which also

- puts `ActualText` (ISO 32000-1, 14.9.4) around glyphs whose text the font alone would not
  give back,
- remembers the text of such lines for the structure tree, where assistive technology looks,
- marks running headers, repeated table headers and decoration as artifacts,
- notes characters set in a face that is not one of their element's own.

It overrides only methods of `weasyprint.pdf.stream.Stream` (WeasyPrint 70).
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from ankl_i18n.render import fonts
from ankl_i18n.render.pdf_clusters import Cluster, Glyph, GlyphTexts, clusters, pieces, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ankl_i18n.render.pdf_plan import Plan

# Lines of Thai, Lao, Burmese, Khmer, Chinese and Japanese break where there is no space, and so
# do lines that end in a hyphen.
UNSPACED: Final = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef\u2010-]$"
)

# An adjustment that moves nothing; WeasyPrint writes one after almost every glyph.
ZERO: Final = "0 "


@dataclass(slots=True)
class Reading:
    """What drawing a document told about its text.

    `lines` has, for each page, the text of the marked content (by MCID) that needs an
    ActualText in the structure tree; `foreign` the characters by the family, not one of their
    element's own, that set them; `maps` the ToUnicode map of each font, by WeasyPrint's hash.
    """

    plan: Plan
    lines: list[dict[int, str]] = field(default_factory=list)
    foreign: dict[str, list[str]] = field(default_factory=dict)
    maps: dict[str, GlyphTexts] = field(default_factory=dict)


class Shown(str):
    """The operand of a TJ operator that is still to be written."""

    __slots__ = ()


class Page(Stream):  # type: ignore[misc]
    """The content stream of a page, its text readable."""

    def __init__(self, reading: Reading, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = reading
        self.drawn_box: Any = None
        self.needs_text = False
        self.text_start = 0
        self.drawn: list[Glyph] = []

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Mark the content of a box, as an artifact if that is what it is."""
        self.drawn_box, self.needs_text = box, False
        artifacts = self.reading.plan.artifacts
        if id(box) in artifacts:
            self.begin_marked_content("Artifact", artifacts[id(box)])
            yield
            self.end_marked_content()
            self.drawn_box = None
            return
        with super().marked(box, tag):
            yield
        goes_on = self._goes_on()
        self.drawn_box = None
        if self.needs_text:
            mcid = self._tags[box]["mcid"]
            self.reading.lines[-1][mcid] = box.text + (" " if goes_on else "")

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
        spans = list(unreadable(found))
        if isinstance(self.drawn_box, boxes.TextBox):
            self.needs_text = bool(spans) or self.reading.plan.every_line
            self._note_faces(found)
        operators = self.stream[self.text_start :]
        del self.stream[self.text_start :]
        self._write(operators, {id(glyph): span for span in spans for glyph in span.glyphs})
        if found and not found[-1].is_rtl and self._goes_on():
            self._end_line(found[-1].glyphs[-1].font)
        super().end_text()

    def _goes_on(self) -> bool:
        """Tell whether another line follows, and only white space comes between."""
        box = self.drawn_box
        return id(box) in self.reading.plan.line_ends and not UNSPACED.search(box.text)

    def _end_line(self, font: GlyphTexts) -> None:
        """Write the space that layout drops where a line ends, so that no words run together.

        With the font in use, which has shown a space before wherever it has set a few words.
        """
        space = next((glyph for glyph, text in font.items() if text == " "), None)
        if space is not None:
            super().show_text(f"<{space:04x}>")

    def _write(self, operators: Sequence[Any], spans: dict[int, Cluster]) -> None:
        """Write a text object's operators; `spans` tells by its `id` in what span a glyph is."""
        glyphs = iter(list(self.drawn))
        current: Cluster | None = None
        for operator in operators:
            if not isinstance(operator, Shown):
                self.stream.append(operator)
                continue
            pending = ""
            for piece in pieces(operator):
                span = spans.get(id(next(glyphs, None))) if piece.startswith("<") else current
                if span is not current:
                    self._flush(pending)
                    self._switch(current, span)
                    current, pending = span, ""
                pending += piece if piece != ZERO else ""
            self._flush(pending)
        self._switch(current, None)

    def _flush(self, pending: str) -> None:
        if pending:
            super().show_text(pending.replace("><", ""))

    def _switch(self, old: Cluster | None, new: Cluster | None) -> None:
        if old:
            self.end_marked_content()
        if new:
            text = pydyf.Dictionary({"ActualText": pydyf.String(new.text)})
            self.begin_marked_content("Span", text)

    def _note_faces(self, found: Iterable[Cluster]) -> None:
        stack = self.drawn_box.style["font_family"]
        for cluster in found:
            family = cluster.glyphs[0].font.font.family
            if not fonts.is_own(family, stack):
                self.reading.foreign.setdefault(family, []).extend(cluster.text)
