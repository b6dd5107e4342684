"""What is loaded and found out once, before workers are forked: they share it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ctypes import util
from importlib import import_module
from importlib.resources import files
from types import ModuleType
from typing import Any, Final

from ankl_i18n.errors import RenderError
from ankl_i18n.languages import language
from ankl_i18n.pdf.patching import Patch, by, patched

# The style sheets of pages that go to paper, in their order.
STYLES: Final = ("leaflet", "scripts", "paged", "editions")
# A page to practise with.
PAGE: Final = """<html lang="en"><title>A</title><style>{}</style><h1>A</h1><p>A</p>"""


class _Later(ModuleType):
    """A module that is imported when one of its functions is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*args: Any, **more: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*args, **more)

        return call


@contextmanager
def _later(*names: str) -> Iterator[None]:
    """Have modules imported when they are used, by whatever is imported meanwhile."""
    missing = {name: _Later(name) for name in names if name not in sys.modules}
    sys.modules.update(missing)
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]


def _no_library(name: str) -> str | None:  # noqa: ARG001 - ctypes' signature
    return None


# WeasyPrint tries the names of libraries on other systems first. For each of them Python runs
# ldconfig, a compiler and a linker, a quarter of a second in all; here the names on Linux serve.
LIBRARIES: Final = Patch(util, "find_library", by(_no_library))
LINUX: Final = (LIBRARIES,) if sys.platform == "linux" else ()
# They serve to make small fonts of large ones, as WeasyPrint does, and take 14 MB; we have
# `font_cff`.
UNUSED: Final = (
    "fontTools.subset",
    "fontTools.varLib.instancer",
    "fontTools.ttLib.tables.otTables",
)
with patched(LINUX), _later(*UNUSED):
    from ankl_i18n.pdf import fonts
    from ankl_i18n.pdf import render as pdf


def style_sheets() -> str:
    """Return the style sheets of a page that goes to paper."""
    folder = files("ankl_i18n.html") / "styles"
    return "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


def practise() -> None:
    """Make a small PDF: style sheets are parsed, and C functions and fonts found, once for all.

    Pango's own threads are lost when workers are forked, so each worker looks for fonts again.
    """
    with suppress(RenderError):  # a leaflet will say which fonts are missing
        pdf.pdf(PAGE.format(style_sheets()), language("en"), paper="a4", source="warm.py")
    fonts.configuration.cache_clear()


practise()

__all__ = ["pdf"]
