"""Patch table: owner, attribute, replacement.

WeasyPrint has no hooks for text, lines and tags, so ours are in place of some of its names while
a PDF is made, and its own are put back afterwards: one document at a time in each process.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pydyf
import weasyprint.draw.text
import weasyprint.pdf
import weasyprint.pdf.stream
import weasyprint.pdf.tags
from weasyprint import css, stacking
from weasyprint.draw import border
from weasyprint.formatting_structure.boxes import Box, ParentBox
from weasyprint.layout import LayoutContext, background, block, inline, percent, preferred
from weasyprint.layout import float as floats
from weasyprint.pdf.fonts import Font
from weasyprint.text import line_break

from ankl_i18n.pdf import boxes, faces, line_breaks, tags, text
from ankl_i18n.pdf import lines as line_ends
from ankl_i18n.pdf.weasyprint_patches import (
    RELEASE,
    files,
    lines,
    memory,
    painting,
    parsing,
    sizes,
    styles,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ankl_i18n.pdf.text import Reading

MISSING: Final = object()


class Patch(NamedTuple):
    """What stands in place of an attribute of a module or a class.

    `replaced` gets WeasyPrint's own and returns ours. A function that is `shared` is replaced in
    all modules that import it by name.
    """

    owner: Any
    attribute: str
    replaced: Callable[[Any], Any]
    shared: bool = False


def _by(ours: Any) -> Callable[[Any], Any]:
    return lambda _theirs: ours


# The same layout in less time, for one release.
SPEED: Final = (
    Patch(weasyprint.tinyhtml5, "parse", _by(parsing.parse), shared=True),
    Patch(css, "StyleFor", _by(styles.StyleFor), shared=True),
    Patch(css.ComputedStyle, "__missing__", _by(styles.missing)),
    Patch(line_break.Layout, "setup", _by(lines.setup)),
    Patch(line_break.Layout, "set_text", _by(lines.set_text)),
    Patch(line_break.Layout, "deactivate", _by(lines.deactivate)),
    Patch(line_break.Layout, "reactivate", _by(lines.reactivate)),
    Patch(line_break, "strut", _by(lines.strut), shared=True),
    Patch(line_break, "split_first_line", _by(lines.split_first_line), shared=True),
    Patch(percent, "resolve_percentages", _by(sizes.resolve_percentages), shared=True),
    Patch(Box, "is_in_normal_flow", _by(sizes.is_in_normal_flow)),
    Patch(floats, "avoid_collisions", _by(sizes.avoid_collisions), shared=True),
    Patch(background, "layout_box_backgrounds", _by(sizes.layout_box_backgrounds), shared=True),
    Patch(ParentBox, "page_values", _by(sizes.page_values)),
    Patch(preferred, "shrink_to_fit", _by(sizes.shrink_to_fit), shared=True),
    Patch(stacking, "_dispatch_children", _by(painting.dispatch_children)),
    Patch(border, "draw_outline", _by(painting.draw_outline), shared=True),
    Patch(pydyf.PDF, "page_references", _by(property(painting.page_references))),
    Patch(block, "collapse_margin", _by(sizes.collapse_margin), shared=True),
    Patch(LayoutContext, "__init__", _by(memory.begin)),
    Patch(Font, "__init__", _by(files.open_font)),
    Patch(Font, "file_content", _by(property(files.file_content, files.set_file_content))),
)
# Where lines end, and how borders are drawn.
LAYOUT: Final = (
    Patch(inline, "split_first_line", line_ends.keeping),
    Patch(line_break.Layout, "set_text", line_breaks.set_text),
    Patch(line_break, "get_log_attrs", line_breaks.log_attrs),
    Patch(weasyprint.draw, "draw_border", boxes.single_sides),
)


def drawing(reading: Reading) -> tuple[Patch, ...]:
    """Return the patches that read what is drawn: text, fonts and tags."""

    def page(_theirs: Any) -> Any:
        def new(*args: Any, **kwargs: Any) -> text.Page:
            reading.lines.append({})
            return text.Page(reading, *args, **kwargs)

        return new

    return (
        Patch(weasyprint.pdf, "Stream", page),
        Patch(weasyprint.pdf.stream, "Stream", _by(partial(text.Page, reading))),
        Patch(weasyprint.draw.text, "draw_first_line", _by(text.draw_first_line)),
        Patch(
            weasyprint.pdf,
            "build_fonts_dictionary",
            _by(lambda pdf, *_: faces.build(pdf, reading.faces.values())),
        ),
        Patch(
            weasyprint.pdf.tags, "_build_box_tree", lambda build: tags.describing(build, reading)
        ),
    )


def layout() -> tuple[Patch, ...]:
    """Return the patches for layout: those for speed only if they are for this release."""
    return (*(SPEED if version("weasyprint") == RELEASE else ()), *LAYOUT)


@contextmanager
def patched(patches: Iterable[Patch]) -> Iterator[None]:
    """Have WeasyPrint work with patches, put in place one after another."""
    before: list[tuple[Any, str, Any]] = []
    try:
        for patch in patches:
            theirs = vars(patch.owner).get(patch.attribute, MISSING)
            ours = patch.replaced(theirs)
            for owner in _owners(patch, theirs):
                before.append((owner, patch.attribute, theirs))
                setattr(owner, patch.attribute, ours)
        yield
    finally:
        for owner, attribute, theirs in reversed(before):
            if theirs is MISSING:
                delattr(owner, attribute)
            else:
                setattr(owner, attribute, theirs)


def _owners(patch: Patch, theirs: Any) -> list[Any]:
    """Return the modules in which a patch is to be put."""
    if not patch.shared:
        return [patch.owner]
    modules = [module for name, module in sys.modules.items() if name.startswith("weasyprint")]
    others = [one for one in modules if vars(one).get(patch.attribute) is theirs]
    return [patch.owner, *(one for one in others if one is not patch.owner)]
