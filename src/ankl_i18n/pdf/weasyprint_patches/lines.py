"""Lines of text: laid out once, in a context of Pango's that all lines of a style share."""

from __future__ import annotations

from copy import copy
from typing import Any, Final

from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

from ankl_i18n.pdf.weasyprint_patches import measures

_Layout = line_break.Layout
_setup, _set_text, reactivate_anew = _Layout.setup, _Layout.set_text, _Layout.reactivate
_strut, _split_first_line = line_break.strut, line_break.split_first_line
TO_THE_END: Final = 2**32 - 1  # PANGO_ATTR_INDEX_TO_TEXT_END
FIELDS: Final = (
    "language", "ascent", "underline_position", "strikethrough_position", "underline_thickness",
    "strikethrough_thickness",
)  # fmt: skip
FEATURES: Final = (
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps",
    "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings",
)  # fmt: skip


class _Prepared:
    """What all lines of a style share: Pango's context, its font, and the attributes of letters.

    `fields` are those of a `Layout`; `is_plain` is set where no space is widened.
    """

    def __init__(self, layout: Any, style: Any) -> None:
        context = pango.pango_font_map_create_context(style.font_config.font_map)
        self.context = ffi.gc(context, gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(context, False)
        pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
        if style["lang"]:
            tag, _alive = unicode_to_char_p(style["lang"])
            pango.pango_context_set_language(context, pango.pango_language_from_string(tag))
        self.font = get_font_description(style)
        self.fields = {name: getattr(layout, name) for name in FIELDS if hasattr(layout, name)}
        self.fields |= {"style": style, "first_line_direction": 0}
        self.is_plain = style["word_spacing"] == 0 and style["letter_spacing"] in ("normal", 0)
        self.attributes = None
        if style["overflow_wrap"] in ("anywhere", "break-word"):
            self.attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
            hyphens = pango.pango_attr_insert_hyphens_new(False)
            hyphens.start_index, hyphens.end_index = 0, TO_THE_END
            pango.pango_attr_list_insert(self.attributes, hyphens)


def _prepared(layout: Any, style: Any) -> _Prepared | None:
    """Return what the lines of a style share, None for one with features of its fonts."""
    _setup(layout, style)
    features = font_features(*(style[name] for name in FEATURES))
    is_simple = style["font_language_override"] == "normal" and not features
    style.prepared = _Prepared(layout, style) if is_simple else None
    return style.prepared  # type: ignore[no-any-return]


def setup(self: Any, style: Any) -> None:
    """Make a Pango layout. Upstream: layouts of a style can share one Pango context."""
    try:
        prepared = style.prepared
    except AttributeError:
        prepared = _prepared(self, style)
    if prepared is None:
        _setup(self, style)
        return
    self.__dict__.update(prepared.fields)
    self.layout = ffi.gc(pango.pango_layout_new(prepared.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, prepared.font)
    # Lines that are stretched get attributes of their own.
    if prepared.is_plain and prepared.attributes is not None and not self.justification_spacing:
        pango.pango_layout_set_attributes(self.layout, prepared.attributes)


def set_text(self: Any, text: str, justify: bool = False) -> None:
    """Set the text of a layout. Upstream: attributes that hold for any text can be set once."""
    prepared = self.style.__dict__.get("prepared")
    if prepared is None or not prepared.is_plain or self.justification_spacing or "\t" in text:
        _set_text(self, text, justify)
        return
    index = text.find("\n")
    self.text = text if index == -1 else text[: index + 2]  # no more is needed
    encoded = self.text.encode().replace(b"\0", b"")
    pango.pango_layout_set_text(self.layout, encoded, len(encoded))


def deactivate(self: Any) -> None:
    """Keep a layout until its line is drawn. Upstream: worth it, at some memory for each line."""


def reactivate(self: Any, style: Any) -> None:
    """Make only lines that are stretched again before they are drawn."""
    if self.justification_spacing or self.style is not style:
        reactivate_anew(self, style)


def strut(style: Any) -> Any:
    """Return a style's line height and baseline. Upstream: as it is, kept on the style."""
    try:
        return style.kept_strut
    except AttributeError:
        style.kept_strut = _strut(style)
        return style.kept_strut


def split_first_line(
    text: str, style: Any, context: Any, max_width: Any, spacing: Any, **more: Any
) -> Any:
    """Split a line off a text. Upstream: what was asked before in a document can be kept.

    A text that fits is the same in any line that is wide enough.
    """
    lines = {} if context is None else context.__dict__.setdefault("lines", {})
    whole = lines.get((text, id(style), spacing))
    if whole and (max_width is None or whole[1][3] <= max_width):
        return _in_a_line(whole[1], max_width)
    key = text, id(style), spacing, max_width, *more.items()
    if key not in lines:
        line = measures.split(text, style, context, max_width, spacing, **more)
        if line is None:
            line = _split_first_line(text, style, context, max_width, spacing, **more)
        if _is_whole(text, line) and (max_width is None or line[3] <= max_width):
            key = text, id(style), spacing
        lines[key] = style, line
    return lines[key][1]


def _is_whole(text: str, line: tuple[Any, ...]) -> bool:
    """Tell whether a line contains all of a text: in a narrow one, a last space may be left out."""
    return line[2] is None and line[1] == len(text.encode())


def _in_a_line(line: tuple[Any, ...], max_width: Any) -> tuple[Any, ...]:
    """Return what was found for a line of another width."""
    layout, *rest = line
    if layout.max_width == max_width:
        return line
    other = copy(layout)
    other.max_width = max_width
    return other, *rest
