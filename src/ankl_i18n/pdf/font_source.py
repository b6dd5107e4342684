"""Font files as they are installed: what is needed of them to embed some of their glyphs.

HarfBuzz reads them where Pango has mapped them into memory: of the 20 MB of a Chinese font, only
the parts that hold the glyphs in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from weasyprint.text.ffi import ffi, harfbuzz

# Glyphs put together: the number of each, and where it stands, in units of the font.
Shape = tuple[tuple[int, int, int], ...]
# What HarfBuzz calls a step of an outline, and its points (x + yj).
Step = tuple[str, tuple[complex, ...]]

TOP: Final = 128  # bytes of a font program that have its name and its top dictionary
ROS: Final = b"\x0c\x1e"  # in the top dictionary: glyphs keyed by CID (technical note 5176, 18)
MAPS: Final = (b"cmap", b"GSUB")  # which glyphs stand for a text, by their numbers

# Steps, and how many numbers HarfBuzz tells of each.
STEPS: Final = {"move_to": 2, "line_to": 2, "quadratic_to": 4, "cubic_to": 6, "close_path": 0}
# HarfBuzz's manual, hb-font and hb-draw; `void *` is also what WeasyPrint has names for.
DECLARED: Final = """
    typedef struct { hb_tag_t tag; float value; } variation_t;
    void * hb_font_create (void *face);
    void hb_font_destroy (void *font);
    void hb_font_set_variations (void *font, const variation_t *variations, unsigned int length);
    void hb_font_get_glyph_shape (void *font, hb_codepoint_t glyph, void *funcs, void *data);
    void * hb_draw_funcs_create (void);
"""
HEARING: Final = """
    void hb_draw_funcs_set_{}_func (
        void *funcs, void (*hear) (void *, void *, void *, {}void *), void *data, void *destroy);
"""
ffi.cdef(
    DECLARED + "".join(HEARING.format(name, "float, " * count) for name, count in STEPS.items()),
    override=True,
)


@dataclass(slots=True, eq=False)
class Source:
    """Outlines in a file: HarfBuzz's `font`, a `face` that has it, units of an em, how many glyphs.

    `has_cids` tells that its glyphs are keyed by character identifier, as those of Chinese,
    Japanese and Korean fonts.
    """

    face: Any
    font: Any
    units: int
    count: int
    has_cids: bool


_known: dict[tuple[Any, ...], Source] = {}


def source(font: Any) -> Source:
    """Return what is known of the file of a `weasyprint.pdf.fonts.Font`, found out once."""
    known: Source | None = getattr(font, "source", None)
    if known is None:
        location = {"wght": float(font.weight)} | font.variations if "fvar" in font.tables else {}
        # Fonts of one file may share a program, which begins with its name and says where its
        # parts are. Others have a header with a checksum of the file.
        program = _table(font.hb_face, b"CFF ")
        name = bytes(program[:TOP] or _table(font.hb_face, b"head"))
        key = (name, len(program), font.glyph_count, tuple(sorted(location.items())))
        if key not in _known:
            _known[key] = opened(font.hb_face, location)
        known = font.source = _known[key]
    return known


def opened(face: Any, location: dict[str, float]) -> Source:
    """Return what is known of a face; `location` is how a variable one looks (axis: value)."""
    font = ffi.gc(harfbuzz.hb_font_create(face), harfbuzz.hb_font_destroy)
    axes = [(harfbuzz.hb_tag_from_string(axis.encode(), -1), at) for axis, at in location.items()]
    if axes:
        harfbuzz.hb_font_set_variations(font, ffi.new("variation_t[]", axes), len(axes))
    units, count = harfbuzz.hb_face_get_upem(face), harfbuzz.hb_face_get_glyph_count(face)
    has_cids = ROS in bytes(_table(face, b"CFF ")[:TOP])
    return Source(face, font, int(units), int(count), has_cids)


def _table(face: Any, name: bytes) -> memoryview:
    """Return a table of a font (OpenType 1.9, otff), nothing if it has none.

    It lies in the file: what is not looked at is not loaded.
    """
    blob = harfbuzz.hb_face_reference_table(face, harfbuzz.hb_tag_from_string(name, -1))
    length = ffi.new("unsigned int *")
    data = harfbuzz.hb_blob_get_data(blob, length)
    held = ffi.gc(data, lambda _: harfbuzz.hb_blob_destroy(blob))
    return memoryview(ffi.buffer(held, length[0]) if length[0] else b"")


def has_same_glyphs(one: Any, other: Any) -> bool:
    """Tell whether two faces call the same glyphs by the same numbers, whatever they look like.

    Faces of one file may share their outlines (`Source`), and differ in this.
    """
    counts = {harfbuzz.hb_face_get_glyph_count(face) for face in (one, other)}
    maps = {tuple(bytes(_table(face, name)) for name in MAPS) for face in (one, other)}
    return len(counts) == len(maps) == 1


def steps(font: Source, glyph: int) -> list[Step]:
    """Return the steps that draw a glyph, in units of the font; none if there is no such glyph."""
    _heard.clear()
    harfbuzz.hb_font_get_glyph_shape(font.font, glyph, _LISTENER, ffi.NULL)
    return _heard.copy()


_heard: list[Step] = []


def _hearing(name: str, listener: Any) -> Any:
    """Have HarfBuzz tell of each step of a kind, and return the function that it calls."""

    def hear(_functions: Any, _data: Any, _state: Any, *told: Any) -> None:
        _heard.append((name, tuple(map(complex, told[:-1:2], told[1:-1:2]))))

    add = getattr(harfbuzz, f"hb_draw_funcs_set_{name}_func")
    called = ffi.callback(ffi.typeof(add).args[1], hear)
    add(listener, called, ffi.NULL, ffi.NULL)
    return called


_LISTENER: Final = harfbuzz.hb_draw_funcs_create()
_CALLED: Final = [_hearing(name, _LISTENER) for name in STEPS]  # as long as they may be
