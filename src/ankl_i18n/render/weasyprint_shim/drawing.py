"""Drawing text: the glyphs of a run are read at once, each one's adjustment worked out once."""

from __future__ import annotations

import re
from struct import Struct
from typing import Any, Final

from weasyprint.draw import text
from weasyprint.logger import LOGGER
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from ankl_i18n.render.weasyprint_shim.lines import reactivate_anew

_draw_first_line = text.draw_first_line
# PangoGlyphInfo: glyph, width, horizontal and vertical offset, attributes.
GLYPH: Final = Struct("=IiiiI")
# What Pango takes for the end of a paragraph.
ENDS: Final = re.compile("[\n\r\u2029]")
LEAST: Final = 1e-6  # Smaller letters are not drawn.


def draw_first_line(stream: Any, box: Any, overflow: str, ellipsis: str, matrix: Any) -> list[Any]:
    """Draw a line of text. Upstream: read a run's glyphs at once, keep each one's adjustment."""
    runs = _runs(stream, box, overflow, ellipsis)
    if runs is None:
        reactivate_anew(box.pango_layout, box.style)
        return _draw_first_line(stream, box, overflow, ellipsis, matrix)  # type: ignore[no-any-return]
    stream.set_text_matrix(*matrix.values)
    encoded = box.pango_layout.text.encode()
    shown, before = "", None
    for run, face in runs:
        font, size = stream.add_font(face)
        if face != before:
            before = face
            if shown:
                stream.show_text(shown)
            shown = ""
            stream.set_font_size(font.hash, size)
        shown = _closed(_draw_run(stream, run, (font, size), encoded, shown + "<"))
    stream.show_text(shown)
    return []


def _runs(stream: Any, box: Any, overflow: str, ellipsis: str) -> list[tuple[Any, Any]] | None:
    """Return the runs of a line with their fonts, None for what only WeasyPrint can draw."""
    is_cut = overflow == "ellipsis" or ellipsis != "none"
    is_drawn = box.text.strip() and box.style["font_size"] >= LEAST
    if is_cut or not is_drawn or ENDS.search(box.pango_layout.text):
        return None
    line, _ = box.pango_layout.get_first_line()
    runs, run = [], line.runs[0]
    while run != ffi.NULL:
        face = run.data.item.analysis.font
        font, _ = stream.add_font(face)
        if font.svg or font.png or font.colr or font.bitmap:
            return None
        runs.append((run.data, face))
        run = run.next
    return runs


def _closed(shown: str) -> str:
    return shown[:-1] if shown[-1] == "<" else shown + ">"


def _draw_run(stream: Any, run: Any, font_and_size: Any, encoded: bytes, shown: str) -> str:
    """Return the operand that shows a run's glyphs, begun with what is shown before."""
    (font, size), item, count = font_and_size, run.item, run.glyphs.num_glyphs
    begins = ffi.unpack(run.glyphs.log_clusters, count)
    is_rtl = item.analysis.level % 2
    ends = [item.length, *begins[:-1]] if is_rtl else [*begins[1:], item.length]
    adjustments = font.__dict__.setdefault("adjustments", {}).setdefault(size, {})
    placed = GLYPH.iter_unpack(ffi.buffer(run.glyphs.glyphs, count * GLYPH.size))
    for (glyph, width, x, y, _), begin, end in zip(placed, begins, ends, strict=True):
        if glyph >= pango.PANGO_GLYPH_EMPTY:
            if glyph == pango.PANGO_GLYPH_EMPTY:
                shown += f">{-width / size}<"
                continue
            glyph = _unknown(glyph, width, font, size)  # noqa: PLW2901
        if glyph not in font.to_unicode:
            font.to_unicode[glyph] = encoded[item.offset + begin : item.offset + end].decode()
        key = glyph, width, x
        if key not in adjustments:
            adjustments[key] = _adjusted(stream, item.analysis.font, font, size, key)
        before, after = adjustments[key]
        if y:
            shown = _closed(shown)
            if shown:
                stream.show_text(shown)
            stream.set_text_rise(-(y / 1000))
            stream.show_text((f"{-x / size}" if x else "") + f"<{glyph:04x}>")
            stream.set_text_rise(0)
            shown = f"<{after}"
        else:
            shown += f"{before}{glyph:04x}{after}"
    return shown


def _adjusted(stream: Any, face: Any, font: Any, size: Any, placed: Any) -> tuple[str, str]:
    """Return how far to move before a glyph and after it, as a part of an operand."""
    glyph, width, x = placed
    offset = x / size
    if glyph not in font.widths:
        pango.pango_font_get_glyph_extents(face, glyph, stream.ink_rect, stream.logical_rect)
        font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    kerning = font.widths[glyph] + offset - width * 1000 * FROM_UNITS / size
    return f">{-offset}<" if offset else "", f">{int(kerning)}<" if kerning else ""


def _unknown(glyph: int, width: int, font: Any, size: Any) -> int:
    """Warn of a character that no font has, and return the glyph that stands for it."""
    code = glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG
    LOGGER.warning(
        ".notdef glyph rendered for Unicode string unsupported by fonts: \"%s\" (U+%04X)",
        chr(code), code,
    )  # fmt: skip
    number = int(font.get_unused_glyph_id(code))
    font.widths[number] = round(width * 1000 * FROM_UNITS / size)
    font.widths.setdefault(0, font.widths[number])
    return number


PIECES: Final = ((text, "draw_first_line", draw_first_line),)
