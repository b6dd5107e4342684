"""A leaflet's texts as a reader finds them, without Markdown and HTML."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from ankl_i18n.html.localize import CODE, Localized
from ankl_i18n.source import Segment, markdown
from ankl_i18n.source.fields import BLANKS

# The mark of an inline footnote; a line to write on is shown as one, too.
NOTE: Final = "[^*]"
TAG: Final = re.compile(r"<[^>]*>")


def plain_text(localized: Localized, piece: Segment) -> str:
    """Return what a reader finds of a text; where a footnote was, `NOTE` stands."""
    text = localized.texts.get(piece.slot, piece.msgid)
    kind = piece.slot[0]
    if kind == "html":
        shown = unescape(TAG.sub("", text))
    elif kind == "block" and localized.document.tokens[int(piece.slot[1])].type in CODE:
        shown = text
    else:
        shown = NOTE.join(markdown.passages(text, localized.reviewed.get(piece.slot)))
    for blank in BLANKS:
        shown = shown.replace(blank, NOTE)
    return shown
