"""Glyphs and the text they stand for, cluster by cluster, as a PDF tells it.

A cluster is the least run of glyphs that together stand for a piece of text: a Devanagari
syllable, an Arabic letter with its dots. A font's ToUnicode map (ISO 32000-1, 9.10.3) has one
text for each glyph; what it cannot tell needs an ActualText.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.render import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Stands in a ToUnicode map for a glyph that adds no letter of its own; a map may not say
# "nothing" (ISO 14289-1, 7.21.7).
NOTHING: Final = "\u200b"
# A right-to-left line of which one letter in so many cannot be told by the font is Nastaliq.
MANY: Final = 6
# Words of a line that is held together as a whole.
SHORT: Final = 3
SHOWN: Final = re.compile(r"<([0-9a-f]*)>|([^<>]+)")


class GlyphTexts(dict[int, str]):
    """A font's ToUnicode map, glyph to text, that hears of every glyph drawn.

    WeasyPrint asks `in` before it sets the text of a glyph, and so tells of its first use
    only; here the answer is always no. `font` is WeasyPrint's, `drawn` the glyphs in order.
    """

    def __init__(self, font: Any) -> None:
        super().__init__()
        self.font = font
        self.drawn: list[Glyph] = []

    def __contains__(self, glyph: object) -> bool:
        return False

    def __setitem__(self, glyph: int, text: str) -> None:
        self.drawn.append(Glyph(self, glyph, text))

    def items(self) -> Any:
        """Return the glyphs in order, so that the map can be compressed well."""
        return sorted(super().items())

    def learn(self, glyph: int, text: str) -> None:
        """Set the text of a glyph, unless it has one."""
        if self.get(glyph, NOTHING) == NOTHING:
            super().__setitem__(glyph, text or NOTHING)


@dataclass(frozen=True, slots=True, eq=False)
class Glyph:
    """One glyph drawn: its font, its number, and the text WeasyPrint gives it (may be empty)."""

    font: GlyphTexts
    number: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Glyphs, in the order drawn, that together stand for a piece of text."""

    glyphs: list[Glyph]
    text: str

    @property
    def is_rtl(self) -> bool:
        """Whether the text has letters of a script that runs from right to left."""
        return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in self.text)


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
    """Yield what needs an ActualText: whole lines left to right, clusters or words right to left.

    Readers tear left-to-right words apart at every mark, and mix up lines of which only some
    words have a text. Right-to-left text they order glyph by glyph, so that more than a cluster
    in logical order would come out backwards. Teaches fonts their glyphs on the way.
    """
    line = list(found)
    wrong = [cluster for cluster in line if not _reads_back(cluster)]
    right_to_left = [cluster for cluster in line if cluster.is_rtl]
    if MANY * sum(cluster.is_rtl for cluster in wrong) > len(right_to_left):
        yield from _sloping(line)
        return
    for is_rtl, group in groupby(line, lambda cluster: cluster.is_rtl):
        part = list(group)
        needy = [cluster for cluster in part if cluster in wrong]
        if is_rtl:
            yield from needy
        elif needy:
            yield _joined(part, "".join(cluster.text for cluster in part))


def _sloping(line: list[Cluster]) -> Iterator[Cluster]:
    """Yield the words of a line in Nastaliq, where almost every letter is several glyphs.

    Words slope down across each other, and readers take their glyphs for several lines; a text
    for each word holds them together, for a whole line where it is short. Its letters stand as
    on the page, from left to right: poppler, PDFium and MuPDF all turn right-to-left letters
    around, those of an ActualText too. The structure element has the text as it is read.
    """
    words: list[list[Cluster]] = [[]]
    for cluster in line:
        words[-1].append(cluster)
        if cluster.text.isspace():
            words.append([])
    for word in [line] if len(words) <= SHORT else words:
        if any(cluster.is_rtl for cluster in word):
            seen = (one.text[::-1] if one.is_rtl else one.text for one in word)
            yield _joined(word, "".join(seen))


def _joined(clusters: Iterable[Cluster], text: str) -> Cluster:
    return Cluster([glyph for cluster in clusters for glyph in cluster.glyphs], text)


def _reads_back(cluster: Cluster) -> bool:
    """Teach the font the cluster's glyphs; tell whether readers will then find its text."""
    if len(cluster.glyphs) > 1:
        _share(cluster)
        return False
    glyph = cluster.glyphs[0]
    glyph.font.learn(glyph.number, cluster.text)
    # A mark above or below its letter looks like another line to many readers.
    has_mark = any(unicodedata.category(letter)[0] == "M" for letter in cluster.text)
    return glyph.font[glyph.number] == cluster.text and not has_mark


def _share(cluster: Cluster) -> None:
    """Give each glyph of a cluster its own letter if it has one; one other gets what is left.

    For readers that know no ActualText.
    """
    texts = cluster.glyphs[0].font
    known = fonts.characters_of(texts.font.file_content, texts.font.index)
    left = cluster.text
    others = []
    for glyph in cluster.glyphs:
        letter = known.get(glyph.number, "")
        if letter and letter in left:
            left = left.replace(letter, "", 1)
            texts.learn(glyph.number, letter)
        else:
            others.append(glyph)
    for glyph in others:
        texts.learn(glyph.number, left)
        left = ""


def pieces(shown: str) -> Iterator[str]:
    """Yield the parts of a TJ operand: each glyph as `<hex>`, each adjustment and a space."""
    for found in SHOWN.finditer(shown):
        if found[2]:
            yield f"{found[2]} "
        else:
            yield from (f"<{found[1][i : i + 4]}>" for i in range(0, len(found[1]), 4))
