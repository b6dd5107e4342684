"""XML as files. Names are written as they are in them, with their prefixes."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, indent, tostring

ATOM: Final = {"xmlns": "http://www.w3.org/2005/Atom"}
SITEMAP: Final = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}
# Characters that XML cannot hold (XML 1.0, 2.2).
FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(root: Element) -> bytes:
    """Return a document in UTF-8 that says who made it."""
    for element in root.iter():
        element.text = FORBIDDEN.sub("", element.text) if element.text else None
    indent(root, "")
    begin = '<?xml version="1.0" encoding="utf-8"?>\n<!-- Made by ankl-i18n. -->\n'
    return f"{begin}{tostring(root, encoding='unicode')}\n".encode()
