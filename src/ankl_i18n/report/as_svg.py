"""A badge for a README: how much is translated, as a small SVG that needs no font or script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from ankl_i18n.report.text import visible
from ankl_i18n.review.figures import RoleFigures, merged

if TYPE_CHECKING:
    from ankl_i18n.coverage.figures import Tally

# Colour by percentage reached, best first. White text on each has a contrast of at least 5:1.
LEVELS: Final = ((100, "#1a6b2d"), (80, "#0b4b52"), (50, "#7a4600"), (0, "#971818"))
LABEL_BACK: Final = "#33393b"
HEIGHT: Final = 20
PADDING: Final = 6
NARROW, WIDE = 7, 12  # the widths of Latin and of East Asian characters at 11 pixels


def review_badge(leaflets: Iterable[Sequence[RoleFigures]], role: str) -> str:
    """Return an SVG image that says how many of the words a role has signed."""
    figures = [one for one in merged(leaflets) if one.role == role]
    return percentage(figures[0].percent if figures else 0, f"signed by a {role}")


def badge(tally: Tally, label: str = "translated") -> str:
    """Return an SVG image that says `label` and the percentage that is translated."""
    return percentage(tally.percent, label)


def percentage(percent: int, label: str) -> str:
    """Return an SVG image that says `label` and a percentage, as text and as its title.

    The colour follows the percentage; nothing is said by colour alone.
    """
    figure = f"{percent}%"
    label = visible(label)
    left, right = _width(label), _width(figure)
    colour = next(colour for level, colour in LEVELS if percent >= level)
    name = escape(f"{label}: {figure}", {'"': "&quot;"})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{HEIGHT}"'
        f' role="img" aria-label="{name}">\n'
        f"<title>{name}</title>\n"
        f'<rect width="{left}" height="{HEIGHT}" fill="{LABEL_BACK}"/>\n'
        f'<rect x="{left}" width="{right}" height="{HEIGHT}" fill="{colour}"/>\n'
        f'<g fill="#fff" text-anchor="middle" font-family="Verdana, sans-serif" font-size="11">\n'
        f"{_words(label, 0, left)}\n"
        f"{_words(figure, left, right)}\n"
        f"</g>\n"
        f"</svg>\n"
    )


def _words(text: str, start: int, width: int) -> str:
    """Return a text in the middle of its box, made to fit whatever font there is."""
    return (
        f'<text x="{start + width / 2:g}" y="14" textLength="{width - 2 * PADDING}"'
        f' lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
    )


def _width(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    marks = sum(unicodedata.category(character) in ("Mn", "Me") for character in text)
    return (len(text) - wide - marks) * NARROW + wide * WIDE + 2 * PADDING
