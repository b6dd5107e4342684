"""Patch table: owner, attribute, replacement.

WeasyPrint has no hooks for text, lines and tags, so ours are in place of some of its names while
a PDF is made, and its own are put back afterwards: one document at a time in each process.
"""

from __future__ import annotations

from functools import partial
from importlib.metadata import version
from typing import Any, Final

import pydyf
import weasyprint.draw.text
import weasyprint.pdf
import weasyprint.pdf.stream
import weasyprint.pdf.tags
from weasyprint import css, tinyhtml5
from weasyprint.css.targets import TargetCollector
from weasyprint.draw import border
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import LayoutContext, background, block, inline, percent, preferred
from weasyprint.layout import float as floats
from weasyprint.layout import page as pages
from weasyprint.pdf.fonts import Font
from weasyprint.text import line_break

from ankl_i18n.pdf import faces, line_breaks, tags, text
from ankl_i18n.pdf import lines as line_ends
from ankl_i18n.pdf.patching import Patch, by
from ankl_i18n.pdf.text import Reading
from ankl_i18n.pdf.weasyprint_patches import (
    RELEASE,
    files,
    lines,
    memory,
    parsing,
    references,
    sizes,
    styles,
)
from ankl_i18n.pdf.weasyprint_patches import drawing as drawn

# The same layout in less time, for one release.
SPEED: Final = (
    Patch(tinyhtml5, "parse", by(parsing.parse)),
    Patch(tinyhtml5.inputstream, "characters_until_regex", by(parsing.CharactersUntil())),
    Patch(css, "StyleFor", by(styles.StyleFor), shared=True),
    Patch(css.ComputedStyle, "__missing__", by(styles.missing)),
    Patch(line_break.Layout, "setup", by(lines.setup)),
    Patch(line_break.Layout, "set_text", by(lines.set_text)),
    Patch(line_break.Layout, "deactivate", by(lines.deactivate)),
    Patch(line_break.Layout, "reactivate", by(lines.reactivate)),
    Patch(line_break, "strut", by(lines.strut), shared=True),
    Patch(line_break, "split_first_line", by(lines.split_first_line), shared=True),
    Patch(percent, "resolve_percentages", by(sizes.resolve_percentages), shared=True),
    Patch(Box, "is_in_normal_flow", by(sizes.is_in_normal_flow)),
    Patch(floats, "avoid_collisions", by(sizes.avoid_collisions), shared=True),
    Patch(background, "layout_box_backgrounds", by(sizes.layout_box_backgrounds), shared=True),
    Patch(block, "collapse_margin", by(sizes.collapse_margin), shared=True),
    Patch(preferred, "shrink_to_fit", by(sizes.shrink_to_fit), shared=True),
    Patch(border, "draw_border", by(drawn.draw_border), shared=True),
    Patch(pydyf.PDF, "page_references", by(property(drawn.page_references))),
    Patch(TargetCollector, "collect_anchor", by(references.collect_anchor)),
    Patch(TargetCollector, "collect_missing_counters", by(references.collect_missing_counters)),
    Patch(inline, "iter_line_boxes", by(references.iter_line_boxes), shared=True),
    Patch(pages, "make_all_pages", by(references.make_all_pages), shared=True),
    Patch(LayoutContext, "__init__", by(memory.begin)),
    Patch(Font, "__init__", by(files.open_font)),
    Patch(Font, "file_content", by(property(files.file_content, files.set_file_content))),
)
# Where lines end.
LAYOUT: Final = (Patch(inline, "split_first_line", line_ends.keeping),)


def drawing(reading: Reading) -> tuple[Patch, ...]:
    """Return the patches that read what is drawn: text, fonts and tags."""

    def page(_theirs: Any) -> Any:
        def new(*args: Any, **kwargs: Any) -> text.Page:
            reading.lines.append({})
            return text.Page(reading, *args, **kwargs)

        return new

    return (
        Patch(weasyprint.pdf, "Stream", page),
        Patch(weasyprint.pdf.stream, "Stream", by(partial(text.Page, reading))),
        Patch(weasyprint.draw.text, "draw_first_line", by(text.draw_first_line)),
        Patch(
            weasyprint.pdf,
            "build_fonts_dictionary",
            by(lambda pdf, *_: faces.build(pdf, reading.faces.values())),
        ),
        Patch(
            weasyprint.pdf.tags, "_build_box_tree", lambda build: tags.describing(build, reading)
        ),
    )


def layout(whole: tuple[str, ...] = ()) -> tuple[Patch, ...]:
    """Return the patches for layout: those for speed only if they are for this release.

    `whole` are words of the page in which no line ends.
    """
    breaks = (
        Patch(line_break.Layout, "set_text", partial(line_breaks.set_text, whole)),
        Patch(line_break, "get_log_attrs", partial(line_breaks.log_attrs, whole)),
    )
    return (*(SPEED if version("weasyprint") == RELEASE else ()), *LAYOUT, *breaks)
