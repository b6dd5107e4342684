"""Font files: nothing is read that is not needed."""

from __future__ import annotations

from typing import Any

from weasyprint.pdf import fonts as pdf_fonts

_Font = pdf_fonts.Font
_open_font, _get_data = _Font.__init__, pdf_fonts.get_hb_object_data


def open_font(self: Any, *args: Any) -> None:
    """Open a font without its file, 20 MB for a weight of Chinese. Upstream: read it when asked."""
    pdf_fonts.get_hb_object_data = lambda _face: None
    try:
        _open_font(self, *args)
    finally:
        pdf_fonts.get_hb_object_data = _get_data


def file_content(self: Any) -> Any:
    """Return the content of a font's file, read when it is asked for."""
    if self.content is None:
        self.content = _get_data(self.hb_face)
    return self.content


def set_file_content(self: Any, content: Any) -> None:
    """Keep another content in place of the file's."""
    self.content = content
