"""From localized tokens to the HTML of a leaflet's text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ankl_i18n.errors import RenderError
from ankl_i18n.html import links, markup, pictures
from ankl_i18n.html.localize import Localized
from ankl_i18n.html.markup import Rule, Writer
from ankl_i18n.html.surroundings import Surroundings
from ankl_i18n.html.typography import polish
from ankl_i18n.source import markdown

# What writes each kind of token that markdown-it alone would write otherwise.
RULES: Final[Mapping[str, Rule]] = {**markup.RULES, **pictures.RULES, **links.RULES}


def writer(localized: Localized, around: Surroundings) -> Writer:
    """Return what writes the text of a leaflet."""
    return Writer(localized, around, RULES)


def body(localized: Localized, around: Surroundings, *, skip_title: bool = False) -> str:
    """Return the HTML of a leaflet's text.

    Raises `RenderError` for a link to a leaflet that does not exist or a missing image.
    """
    own = writer(localized, around)
    tokens = polish(localized)
    if skip_title and tokens[:1] and tokens[0].tag == "h1":
        tokens = tokens[3:]
    html = own.render(tokens, markdown.parser().options, {})
    if own.problems:
        raise RenderError(own.problems)
    return html
