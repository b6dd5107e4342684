"""A leaflet as Typst source: its messages as paragraphs, in the fonts that we set it in.

Typst does not read HTML, so its text, its tags, its size and its speed can be compared with
those of a page, but not its look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ankl_i18n.render.languages_table import SYMBOLS, row

if TYPE_CHECKING:
    from ankl_i18n.preflight.records import Output


def typst_source(output: Output) -> str:
    """Return the source of a PDF with the same messages; the title is a heading."""
    spoken = output.language
    code, _, region = spoken.tag.partition("-")
    # Typst knows regions, not scripts.
    region = {"Hans": "CN", "Hant": "TW"}.get(region, region)
    fonts = ", ".join(f'"{family}"' for family in (*row(spoken.tag).script.stack[:2], *SYMBOLS))
    lines = [
        f'#set document(title: "{_quoted(output.title)}")',
        f'#set text(lang: "{code}", font: ({fonts}), dir: {spoken.direction}'
        + (f', region: "{region}")' if region else ")"),
        '#set page(paper: "a4")',
        f'= #"{_quoted(output.title)}"',
        *(f'#par[#"{_quoted(message)}"]' for message in output.messages),
    ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
