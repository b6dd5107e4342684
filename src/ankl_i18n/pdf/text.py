"""What a PDF says when it is copied, searched or read aloud: the words that are on the page.

WeasyPrint tells readers the text of a glyph once per font. That is wrong where one glyph stands
for different letters, or several glyphs for one: in Devanagari, Gurmukhi, Tamil, Thai, Nastaliq.
`Page` is WeasyPrint's own content stream which also

- takes down where each piece of text stands, to be written when all fonts are known,
- remembers the text of right-to-left lines for the structure tree, where assistive technology
  looks,
- marks running headers, repeated table headers and decoration as artifacts,
- notes characters set in a face that is not one of their element's own.

It overrides only methods of `weasyprint.pdf.stream.Stream`, and `draw_first_line` is in place
of that of `weasyprint.draw.text` (WeasyPrint 70).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate, groupby
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pydyf
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from ankl_i18n.pdf import fonts
from ankl_i18n.pdf.clusters import Cluster, clusters, is_sloping, joined
from ankl_i18n.pdf.faces import Face, Unit
from ankl_i18n.pdf.glyphs import Glyph, Setting, glyphs, is_rtl, runs
from ankl_i18n.pdf.weasyprint_patches.lines import reactivate_anew

if TYPE_CHECKING:
    from ankl_i18n.pdf.plan import Plan

_draw_first_line = drawing.draw_first_line
TEXT_OPERATORS: Final = ("set_text_matrix", "set_font_size", "show_text", "set_text_rise")
SETTING, ADVANCE = attrgetter("setting"), attrgetter("advance")
IS_SPECIAL: Final = attrgetter("is_special")
EM: Final = 1000
LEAST: Final = 1e-6  # Smaller letters are not drawn.
# What Pango takes for the end of a paragraph.
ENDS: Final = re.compile("[\n\r\u2029]")
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
    element's own, that set them; `faces` the fonts by WeasyPrint's hash, `settings` these in their
    sizes, and `known` the settings by Pango's font, with the layout that keeps it.
    """

    plan: Plan
    lines: list[dict[int, str]] = field(default_factory=list)
    foreign: dict[str, list[str]] = field(default_factory=dict)
    faces: dict[str, Face] = field(default_factory=dict)
    settings: dict[tuple[str, float], Setting] = field(default_factory=dict)
    known: dict[Any, tuple[Setting, Any]] = field(default_factory=dict)

    def let_go(self) -> None:
        """Forget the glyphs, which know their settings, so that their memory goes back at once."""
        for setting in self.settings.values():
            setting.clear()


@dataclass(slots=True, eq=False)
class Run:
    """Pieces of text in one face and size: `x` pixels along its line, and how far each stands
    from there, in thousandths of an em.
    """

    setting: Setting
    x: float
    units: list[Unit]
    places: list[float]


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A line of text that is still to be written: its matrix (PDF's six numbers) and runs."""

    matrix: tuple[float, ...]
    runs: list[Run]


class Page(Stream):  # type: ignore[misc]
    """The content stream of a page, or of a drawing on it, its text readable.

    `place` is that of the page in the document.
    """

    def __init__(self, reading: Reading, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = reading
        self.place = len(reading.lines) - 1
        self.drawn_box: Any = None

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Mark the content of a box, as an artifact if that is what it is."""
        self.drawn_box = box
        artifacts = self.reading.plan.artifacts
        if id(box) in artifacts:
            self.begin_marked_content("Artifact", artifacts[id(box)])
        else:
            number = len(self._tags)
            self._tags[box] = {"tag": tag, "mcid": number}
            self.begin_marked_content(tag, pydyf.Dictionary({"MCID": number}))
            if self.reading.plan.every_line and isinstance(box, boxes.TextBox):
                text = box.text + (" " if self._goes_on() else "")
                self.reading.lines[-1][number] = text
        yield
        self.end_marked_content()
        self.drawn_box = None

    def begin_text(self) -> None:
        """Begin a text object: nothing to say yet."""

    def end_text(self) -> None:
        """End a text object."""

    def take(self, box: Any, matrix: tuple[float, ...]) -> bool:
        """Take down a line of text, to be written when all fonts are known.

        Tell whether it is set in a font that has pictures for letters, too.
        """
        encoded = box.pango_layout.text.encode()
        drawn: list[Glyph] = []
        for run in runs(box.pango_layout):
            drawn += glyphs(run, encoded, self._setting(box, run.item.analysis.font))
        settings = dict.fromkeys(map(SETTING, drawn))
        if isinstance(self.drawn_box, boxes.TextBox):
            self._note_faces(drawn, settings)
        line = Line()
        if any(map(IS_SPECIAL, drawn)):
            line.add_clusters(drawn)
        else:
            line.add_glyphs(drawn)
        if line.runs and self._goes_on() and not is_rtl(line.runs[-1].units[-1].text):
            line.add_space()
        if line.runs:
            self.stream.append(Text(matrix, line.runs))
        return any(setting.has_pictures for setting in settings)

    def _setting(self, box: Any, pango_font: Any) -> Setting:
        """Return the setting of a font; all sizes of a font share one face."""
        known = self.reading.known.get(pango_font)
        if known is not None:
            return known[0]
        font, size = self.add_font(pango_font)
        key = font.hash, size
        if key not in self.reading.settings:
            face = self.reading.faces.setdefault(font.hash, Face(font))
            self.reading.settings[key] = Setting(face, size, pango_font)
        setting = self.reading.settings[key]
        # A layout keeps its font; without it, another font might get the same address.
        self.reading.known[pango_font] = setting, box.pango_layout.layout
        return setting

    def _goes_on(self) -> bool:
        """Tell whether another line follows, and only white space comes between."""
        box = self.drawn_box
        return id(box) in self.reading.plan.line_ends and not UNSPACED.search(box.text)

    def _note_faces(self, drawn: Sequence[Glyph], settings: Iterable[Setting]) -> None:
        stack = self.drawn_box.style["font_family"]
        for setting in settings:
            family = setting.face.font.family
            if not fonts.is_own(family, stack):
                letters = "".join(glyph.text for glyph in drawn if glyph.setting is setting)
                if letters := fonts.DRAWINGS.sub("", letters).strip():
                    self.reading.foreign.setdefault(family, []).extend(letters)

    def unseen(self) -> Any:
        """Return what WeasyPrint can draw text on without a trace."""
        return SimpleNamespace(
            add_font=self.add_font, ink_rect=self.ink_rect, logical_rect=self.logical_rect,
            **dict.fromkeys(TEXT_OPERATORS, lambda *_: None),
        )  # fmt: skip


class Line:
    """A line that is taken down: its runs, and how far along it the pen is, in pixels."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.pen = 0.0

    def add_glyphs(self, drawn: Sequence[Glyph]) -> None:
        """Add glyphs that are on the line one after another, each with a text of its own."""
        for setting, group in groupby(drawn, SETTING):
            some = list(group)
            places = list(accumulate(map(ADVANCE, some), initial=0.0))
            end = places.pop()
            units = [glyph.unit or glyph.alone() for glyph in some]
            self.runs.append(Run(setting, self.pen, units, places))
            self.pen += end * setting.size / EM

    def add_clusters(self, drawn: Sequence[Glyph]) -> None:
        """Add glyphs of which several may stand for a piece of text together."""
        shown, pens = [], []
        for glyph in drawn:
            if glyph.number >= 0:
                shown.append(glyph)
                pens.append(self.pen + glyph.shift * glyph.setting.size / EM)
            self.pen += glyph.advance * glyph.setting.size / EM
        pieces = clusters(shown)
        if is_sloping(pieces):
            pieces = list(joined(pieces))
        for setting, group in groupby(pieces, lambda cluster: cluster.glyphs[0].setting):
            some = list(group)
            scale = EM / setting.size
            begin = pens[some[0].place]
            units = [_unit(cluster, pens) for cluster in some]
            places = [(pens[cluster.place] - begin) * scale for cluster in some]
            for unit, here, next_place in zip(units, places, places[1:], strict=False):
                unit.moved((next_place - here) / EM)
            self.runs.append(Run(setting, begin, units, places))

    def add_space(self) -> None:
        """Add the space that layout drops where a line ends, so that no words run together.

        In the font in use, which has shown a space before wherever it has set a few words.
        """
        last = self.runs[-1]
        space = last.setting.face.space()
        if space:
            last.units.append(space)
            last.places.append((self.pen - last.x) / last.setting.size * EM)


def _unit(cluster: Cluster, pens: Sequence[float]) -> Unit:
    """Return a cluster as a piece of text, its glyphs put together in units of their font."""
    first = cluster.glyphs[0]
    if len(cluster.glyphs) == 1 and not first.rise:
        return first.unit or first.alone()
    face = first.setting.face
    scale = face.font.upem / first.setting.size
    begin = pens[cluster.place]
    shape = tuple(
        (glyph.number, round((pen - begin) * scale), round(glyph.rise * scale))
        for glyph, pen in zip(cluster.glyphs, pens[cluster.place :], strict=False)
    )
    return face.unit(shape, cluster.text)


def draw_first_line(page: Any, box: Any, overflow: str, ellipsis: str, matrix: Any) -> list[Any]:
    """Take down a line of text, in place of `weasyprint.draw.text.draw_first_line`.

    What stands for a part that is cut off, and pictures in place of letters, WeasyPrint finds
    out by drawing where nobody sees it.
    """
    if not box.text.strip() or box.style["font_size"] < LEAST:
        return []
    layout = box.pango_layout
    is_cut = overflow == "ellipsis" or ellipsis != "none" or ENDS.search(layout.text)
    if is_cut:
        reactivate_anew(layout, box.style)
        emojis = _draw_first_line(page.unseen(), box, overflow, ellipsis, matrix)
    has_pictures = page.take(box, matrix.values)
    if has_pictures and not is_cut:
        emojis = _draw_first_line(page.unseen(), box, overflow, ellipsis, matrix)
    return emojis if has_pictures else []
