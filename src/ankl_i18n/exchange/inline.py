"""Text with codes in XML: `bpt`, `ept` and `ph`, as XLIFF 1.2 and TMX 1.4b have them."""

from __future__ import annotations

from typing import Final

from ankl_i18n.exchange import xml_writer as xml
from ankl_i18n.exchange.codes import Role, numbered
from ankl_i18n.exchange.xml_reader import Node

NAMES: Final = {Role.OPEN: "bpt", Role.CLOSE: "ept", Role.ALONE: "ph"}
# Elements whose content is markup, and those that hold text.
CODES: Final = frozenset({"bpt", "ept", "ph", "it", "ut"})
AROUND: Final = frozenset({"g", "mrk", "sub", "hi"})


def written(message: str, source: str = "", alone: str = "id") -> str:
    """Return a message as text and codes; the content of a code is the markup itself.

    A code's `id` is its number; with `alone="x"` the attributes are those of TMX: `x` says which
    code of the source it is, `i` which two belong together. Codes of a translation have the
    numbers that they have in its `source`.
    """
    made = []
    for piece, number in numbered(message, source):
        if not piece.is_code:
            made.append(xml.text(piece.text))
            continue
        attributes = {alone: str(number)}
        if alone == "x" and piece.pair:
            attributes = {"i": str(number)} | (attributes if piece.role is Role.OPEN else {})
        made.append(xml.element(NAMES[piece.role], attributes, xml.code(piece.text)))
    return "".join(made)


def read(node: Node | None, wrong: list[str]) -> str:
    """Return the message that text and codes stand for.

    What refers to markup that is not in the file is added to `wrong`, in words for translators.
    """
    if node is None:
        return ""
    made = []
    for child in node.children:
        if isinstance(child, str):
            made.append(child)
        elif child.name in CODES:
            made.append(xml.code_of(child.text))
        elif child.name in AROUND:
            made.append(read(child, wrong))
        else:
            wrong.append(
                f"<{child.name}> in line {child.line} refers to markup that does not exist"
            )
    return "".join(made)
