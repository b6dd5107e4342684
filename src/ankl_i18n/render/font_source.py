"""Font files as they are installed: what is needed of them to embed some of their glyphs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from weasyprint.text.ffi import ffi, harfbuzz

# Glyphs put together: the number of each, and where it stands, in units of the font.
Shape = tuple[tuple[int, int, int], ...]

HEADER: Final = 54  # bytes of the table `head`
TOP: Final = 64  # bytes of a font program in which its top dictionary begins
ROS: Final = b"\x0c\x1e"


@dataclass(slots=True, eq=False)
class Source:
    """A font file, of several perhaps the one at `index`; its units of an em, how many glyphs.

    `has_cids` tells that its glyphs are keyed by character identifier, as those of Chinese,
    Japanese and Korean fonts. `location` says what a variable font is to look like (axis: value).
    `opened` is the file read, and `outlines` are those that were made of it, by glyph.
    """

    data: bytes
    index: int
    units: int
    count: int
    has_cids: bool
    location: dict[str, float]
    opened: Any = None
    outlines: dict[Any, Any] = field(default_factory=dict)


_known: dict[tuple[Any, ...], Source] = {}


def source(font: Any) -> Source:
    """Return what is known of the file of a `weasyprint.pdf.fonts.Font`.

    Files are read once by each process: one of Chinese letters has 20 MB.
    """
    found: Source | None = getattr(font, "source", None)
    if found is None:
        found = font.source = _find(font)
    return found


def _find(font: Any) -> Source:
    # The header has a checksum of the file.
    head = _table(font, b"head", HEADER)
    location = {"wght": float(font.weight)} | font.variations if "fvar" in font.tables else {}
    key = (head, font.index, font.glyph_count, tuple(sorted(location.items())))
    if key not in _known:
        # Glyphs keyed by CID: the top dictionary begins with ROS (technical note 5176, 18).
        has_cids = "CFF " in font.tables and ROS in _table(font, b"CFF ", TOP)
        data = bytes(font.file_content)
        count = int(font.glyph_count)
        _known[key] = Source(data, font.index, int(font.upem), count, has_cids, location)
    return _known[key]


def _table(font: Any, name: bytes, most: int) -> bytes:
    """Return the first bytes of a table of a font (OpenType 1.9, otff)."""
    tag = harfbuzz.hb_tag_from_string(name, -1)
    blob = harfbuzz.hb_face_reference_table(font.hb_face, tag)
    with ffi.new("unsigned int *") as length:
        data = harfbuzz.hb_blob_get_data(blob, length)
        found = b"" if data == ffi.NULL else ffi.unpack(data, min(most, int(length[0])))
        harfbuzz.hb_blob_destroy(blob)
        return bytes(found)
