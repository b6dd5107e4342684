"""Text with codes in XML: `bpt`, `ept` and `ph`, as XLIFF 1.2 and TMX 1.4b have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ankl_i18n.exchange import xml_writer as xml
from ankl_i18n.exchange.codes import Role, split

if TYPE_CHECKING:
    from ankl_i18n.exchange.xml_reader import Node

NAMES: Final = {Role.OPEN: "bpt", Role.CLOSE: "ept", Role.ALONE: "ph"}
# Elements whose content is markup, and those that hold text.
CODES: Final = frozenset({"bpt", "ept", "ph", "it", "ut"})
AROUND: Final = frozenset({"g", "mrk", "sub", "hi"})


def written(message: str, pair: str = "id", alone: str = "id") -> str:
    """Return a message as text and codes; `pair` and `alone` name the attributes of their numbers.

    The content of a code is the markup itself.
    """
    made = []
    for number, piece in enumerate(split(message), 1):
        if not piece.is_code:
            made.append(xml.text(piece.text))
            continue
        key, digits = (pair, piece.pair) if piece.pair else (alone, number)
        made.append(xml.element(NAMES[piece.role], {key: str(digits)}, xml.code(piece.text)))
    return "".join(made)


def read(node: Node | None, wrong: list[str]) -> str:
    """Return the message that text and codes stand for.

    What stands for markup that is not in the file is added to `wrong`, in words for translators.
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
            wrong.append(f"<{child.name}> in line {child.line} stands for markup that is not there")
    return "".join(made)
