"""Glyphs and the text they stand for, cluster by cluster, as a PDF tells it.

A cluster is the least run of glyphs that together stand for a piece of text: a Devanagari
syllable, an Arabic letter with its dots. A font's ToUnicode map (ISO 32000-1, 9.10.3) has one
text for each glyph, so `pdf_faces` makes one glyph of each cluster.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ankl_i18n.render.pdf_faces import Face

# Letters that join none after them (Unicode 15, ArabicShaping.txt, types R and U), as far as
# languages in Nastaliq write them.
ENDS: Final = frozenset("اآأإٱدڈذرڑزژوؤۆۇۈۋےۓةۃۂءئە")
SHOWN: Final = re.compile(r"<([0-9a-f]*)>|([^<>]+)")


@dataclass(slots=True, eq=False)
class Glyph:
    """One glyph drawn: its face, its number, and the text WeasyPrint gives it (may be empty).

    `size` is the font's, `x` where the glyph stands in its line, and `rise` how far above it,
    all in pixels.
    """

    face: Face
    number: int
    text: str
    size: float = 0
    x: float = 0
    rise: float = 0


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Glyphs of one face, in the order drawn, that together stand for a piece of text."""

    glyphs: Sequence[Glyph]
    text: str

    @property
    def is_rtl(self) -> bool:
        """Whether the text has letters of a script that runs from right to left."""
        return is_rtl(self.text)


@lru_cache(maxsize=4096)
def is_rtl(text: str) -> bool:
    """Tell whether a text has letters of a script that runs from right to left."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def clusters(drawn: Iterable[Glyph]) -> list[Cluster]:
    """Return the clusters of a text object.

    WeasyPrint gives a cluster's text to its last glyph in left-to-right text and to its first
    in right-to-left text; the others have none.
    """
    found: list[Cluster] = []
    leading: list[Glyph] = []
    for glyph in drawn:
        if leading and leading[0].face is not glyph.face:
            found.append(Cluster(leading, ""))
            leading = []
        if glyph.text:
            found.append(Cluster([*leading, glyph], glyph.text))
            leading = []
        elif not leading and found and found[-1].is_rtl and found[-1].glyphs[0].face is glyph.face:
            found[-1] = Cluster([*found[-1].glyphs, glyph], found[-1].text)
        else:
            leading.append(glyph)
    if leading:
        found.append(Cluster(leading, ""))
    return _with_marks(found) if any(map(_is_mark, found)) else found


@lru_cache(maxsize=4096)
def _begins_with_mark(text: str) -> bool:
    return unicodedata.category(text[0]) == "Mn" and not is_rtl(text)


def _is_mark(cluster: Cluster) -> bool:
    return bool(cluster.text) and _begins_with_mark(cluster.text)


def _with_marks(found: Iterable[Cluster]) -> list[Cluster]:
    """Return clusters, each mark with its letter: Thai fonts have them apart.

    Readers take a mark above or below its letter for another line.
    """
    whole: list[Cluster] = []
    for cluster in found:
        before = whole[-1] if whole else None
        if before is not None and _is_mark(cluster) and _is_alike(before, cluster):
            glyphs = [*before.glyphs, *cluster.glyphs]
            whole[-1] = Cluster(glyphs, before.text + cluster.text)
        else:
            whole.append(cluster)
    return whole


def _is_alike(one: Cluster, other: Cluster) -> bool:
    """Tell whether clusters are set in the same face and size."""
    first, second = one.glyphs[0], other.glyphs[0]
    return first.face is second.face and first.size == second.size


def is_sloping(found: Iterable[Cluster]) -> bool:
    """Tell whether a line's letters slope down across each word, as in Nastaliq."""
    return any(one.glyphs[0].rise and one.is_rtl and one.text.isalpha() for one in found)


def joined(found: Iterable[Cluster]) -> Iterator[Cluster]:
    """Yield clusters, those of letters that join in Nastaliq as one.

    There a letter's height depends on those after it, and readers take the letters of one word
    for several lines.
    """
    piece: list[Cluster] = []
    for cluster in found:
        if piece and not _joins(cluster, piece[-1]):
            yield _whole(piece)
            piece = []
        piece.append(cluster)
    if piece:
        yield _whole(piece)


def _joins(cluster: Cluster, after: Cluster) -> bool:
    """Tell whether a cluster joins the one that stands left of it, which is the next to read."""
    both = cluster.is_rtl and after.is_rtl
    return both and _is_alike(cluster, after) and cluster.text[-1:] not in ENDS


def _whole(piece: Sequence[Cluster]) -> Cluster:
    """Return clusters as one, its letters in the order in which they stand on the page.

    poppler, PDFium and MuPDF all turn right-to-left letters around. The structure tree has the
    text as it is read.
    """
    if len(piece) == 1:
        return piece[0]
    glyphs = [glyph for cluster in piece for glyph in cluster.glyphs]
    return Cluster(glyphs, "".join(cluster.text[::-1] for cluster in piece))


def pieces(shown: str) -> Iterator[int | float]:
    """Yield the parts of a TJ operand: the number of a glyph as int, an adjustment as float."""
    for glyphs, adjustment in SHOWN.findall(shown):
        if adjustment:
            yield float(adjustment)
        else:
            for i in range(0, len(glyphs), 4):
                yield int(glyphs[i : i + 4], 16)
