"""Glyphs and the text they stand for, cluster by cluster, as a PDF tells it.

A cluster is the least run of glyphs that together stand for a piece of text: a Devanagari
syllable, an Arabic letter with its dots. A font's ToUnicode map (ISO 32000-1, 9.10.3) has one
text for each glyph, so `pdf_faces` makes one glyph of each cluster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from ankl_i18n.pdf.glyphs import Glyph, begins_with_mark, is_rtl

# Letters that join none after them (Unicode 15, ArabicShaping.txt, types R and U), as far as
# languages in Nastaliq write them.
ENDS: Final = frozenset("اآأإٱدڈذرڑزژوؤۆۇۈۋےۓةۃۂءە")


class Cluster(NamedTuple):
    """Glyphs of a setting, in the order drawn, that together stand for a piece of text.

    `place` is that of the first one among the glyphs of its line.
    """

    place: int
    glyphs: Sequence[Glyph]
    text: str

    @property
    def is_rtl(self) -> bool:
        """Whether the text has letters of a script that runs from right to left."""
        return is_rtl(self.text)


def clusters(drawn: Iterable[Glyph]) -> list[Cluster]:
    """Return the clusters of a line.

    A cluster's text is that of its last glyph in left-to-right text and of its first in
    right-to-left text; the others have none.
    """
    result: list[Cluster] = []
    leading: list[Glyph] = []
    for place, glyph in enumerate(drawn):
        begin = place - len(leading)
        if leading and leading[0].setting is not glyph.setting:
            result.append(Cluster(begin, leading, ""))
            leading, begin = [], place
        if glyph.text:
            result.append(Cluster(begin, [*leading, glyph], glyph.text))
            leading = []
        elif not leading and result and _goes_on(result[-1], glyph):
            before = result[-1]
            result[-1] = Cluster(before.place, [*before.glyphs, glyph], before.text)
        else:
            leading.append(glyph)
    if leading:
        result.append(Cluster(place + 1 - len(leading), leading, ""))
    return _with_marks(result) if any(map(_is_mark, result)) else result


def _goes_on(cluster: Cluster, glyph: Glyph) -> bool:
    """Tell whether a glyph without a text of its own goes with the cluster drawn before it."""
    return cluster.is_rtl and cluster.glyphs[0].setting is glyph.setting


def _is_mark(cluster: Cluster) -> bool:
    return bool(cluster.text) and begins_with_mark(cluster.text)


def _with_marks(parts: Iterable[Cluster]) -> list[Cluster]:
    """Return clusters, each mark with its letter: Thai fonts have them apart.

    Readers take a mark above or below its letter for another line.
    """
    whole: list[Cluster] = []
    for cluster in parts:
        before = whole[-1] if whole else None
        if before is not None and _is_mark(cluster) and _is_alike(before, cluster):
            glyphs = [*before.glyphs, *cluster.glyphs]
            whole[-1] = Cluster(before.place, glyphs, before.text + cluster.text)
        else:
            whole.append(cluster)
    return whole


def _is_alike(one: Cluster, other: Cluster) -> bool:
    """Tell whether clusters are set in the same face and size."""
    return one.glyphs[0].setting is other.glyphs[0].setting


def is_sloping(line: Iterable[Cluster]) -> bool:
    """Tell whether a line's letters slope down across each word, as in Nastaliq."""
    return any(
        cluster.glyphs[0].rise and cluster.is_rtl and cluster.text.isalpha() for cluster in line
    )


def joined(line: Iterable[Cluster]) -> Iterator[Cluster]:
    """Yield clusters, those of letters that join in Nastaliq as one.

    There a letter's height depends on those after it, and readers take the letters of one word
    for several lines.
    """
    piece: list[Cluster] = []
    for cluster in line:
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
    """Return clusters as one, its letters in the order in which they are on the page.

    poppler, PDFium and MuPDF all turn right-to-left letters around. The structure tree has the
    text as it is read.
    """
    if len(piece) == 1:
        return piece[0]
    glyphs = [glyph for cluster in piece for glyph in cluster.glyphs]
    return Cluster(piece[0].place, glyphs, "".join(cluster.text[::-1] for cluster in piece))
