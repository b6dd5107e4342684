"""Fonts and files: nothing is read that is not needed, nothing is packed twice."""

from __future__ import annotations

from typing import Any, Final

import pydyf
from weasyprint.pdf import fonts as pdf_fonts

_Font = pdf_fonts.Font
_open_font, _get_data = _Font.__init__, pdf_fonts.get_hb_object_data
_write = pydyf.PDF.write


def open_font(self: Any, *args: Any) -> None:
    """Open a font without its file, 20 MB for a weight of Chinese. Upstream: read it when asked."""
    pdf_fonts.get_hb_object_data = lambda _face: None
    try:
        _open_font(self, *args)
    finally:
        pdf_fonts.get_hb_object_data = _get_data


def _file_content(self: Any) -> Any:
    if self.content is None:
        self.content = _get_data(self.hb_face)
    return self.content


def _set_file_content(self: Any, content: Any) -> None:
    self.content = content


class _Writing:
    """Whether a PDF is written now, so that its objects do not change any more."""

    is_on = False


def write(self: Any, *args: Any, **more: Any) -> None:
    """Write a PDF. Upstream (pydyf): objects are turned into bytes, and packed, a second time
    for the identifier.
    """
    _Writing.is_on = True
    try:
        _write(self, *args, **more)
    finally:
        _Writing.is_on = False


def _once(theirs: Any) -> property:
    """Return a property that is worked out once while a PDF is written."""

    def data(self: Any) -> Any:
        if not _Writing.is_on:
            return theirs.fget(self)
        fields = self.__dict__
        if "written" not in fields:
            fields["written"] = theirs.fget(self)
        return fields["written"]

    return property(data)


PIECES: Final = (
    (_Font, "__init__", open_font),
    (_Font, "file_content", property(_file_content, _set_file_content)),
    (pydyf.PDF, "write", write),
    (pydyf.Stream, "data", _once(pydyf.Stream.data)),
    (pydyf.Dictionary, "data", _once(pydyf.Dictionary.data)),
)
