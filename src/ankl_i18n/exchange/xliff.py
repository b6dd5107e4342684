"""XLIFF 1.2 (OASIS Standard, 1 February 2008): what most translation tools read.

One `file` a catalog, one `trans-unit` a message; one that counts something is a `group` with a
unit for each form. A unit's `id` is the key and the base (see `units`), so that no tool can lose
them. Markup is in `bpt`, `ept` and `ph`, whose content is the markup itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from ankl_i18n.catalogs.po import State
from ankl_i18n.errors import CatalogError, Location
from ankl_i18n.exchange import inline
from ankl_i18n.exchange import xml_writer as xml
from ankl_i18n.exchange.units import Package, Returned, Row, Unit, split_id
from ankl_i18n.exchange.xml_reader import Node, read

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
PLURALS: Final = "x-gettext-plurals"
CONTEXT: Final = "x-gettext-msgctxt"
# State attributes of `target` (1.2, 4.2.4), and what they mean to a catalog.
STATES: Final = {
    State.UNTRANSLATED: "needs-translation",
    State.FUZZY: "needs-review-translation",
    State.TRANSLATED: "translated",
}
FINISHED: Final = frozenset({"translated", "final", "signed-off"})


def write(package: Package) -> bytes:
    """Return an XLIFF file of one catalog."""
    root = {"version": "1.2", "xmlns": NAMESPACE}
    made = xml.element("xliff", root, xml.lines([_file(package)]))
    return f"{xml.DECLARATION}{made}\n".encode()


def _file(package: Package) -> str:
    body = xml.element("body", {}, xml.lines(map(_unit, package.units)))
    attributes = {
        "original": package.original,
        "source-language": package.source,
        "target-language": package.target,
        "datatype": "plaintext",
        "product-name": package.domain,
        "xml:space": "preserve",
    }
    return xml.element("file", attributes, xml.lines([body]))


def _unit(unit: Unit) -> str:
    if len(unit.sources) == 1:
        return _trans_unit(unit, 0, unit.id)
    forms = (_trans_unit(unit, i, f"{unit.id}[{i}]") for i in range(len(unit.targets)))
    return xml.element("group", {"id": unit.id, "restype": PLURALS}, xml.lines(forms))


def _trans_unit(unit: Unit, form: int, name: str) -> str:
    target = unit.targets[form]
    state = unit.state if target else State.UNTRANSLATED
    attributes = {
        "id": name,
        "translate": "no" if unit.locked else None,
        "approved": "yes" if unit.locked else None,
        "xml:space": "preserve",
    }
    parts = [
        xml.element("source", {}, inline.written(unit.source(form))),
        xml.element("target", {"state": STATES[state]}, inline.written(target, unit.source(form))),
    ]
    if unit.msgctxt is not None:
        context = xml.element("context", {"context-type": CONTEXT}, xml.text(unit.msgctxt))
        parts.append(xml.element("context-group", {"purpose": "information"}, context))
    # One note: OmegaT shows the last one only. The source that a fuzzy text was made for is in it,
    # since OmegaT takes the source of an `alt-trans` for that of its unit.
    notes = "\n".join(unit.remarks_for(form))
    if notes:
        parts.append(xml.element("note", {"annotates": "source"}, xml.text(notes)))
    return xml.element("trans-unit", attributes, xml.lines(parts))


# --- what comes back ----------------------------------------------------------------------------


def parse(data: bytes, path: str) -> list[Returned]:
    """Return what came back, catalog by catalog. Raises `CatalogError` for what is no XLIFF 1.2."""
    root = read(data, path)
    if root.name != "xliff" or not root.get("version", "1.2").startswith("1."):
        message = f"this is not XLIFF 1.2: it begins with <{root.name}>"
        hint = "import a file that `ankl-i18n export --format xliff` has made"
        raise CatalogError.of("exchange", message, Location(path, root.line), hint)
    return [_returned(file) for file in root.all("file")]


def _returned(file: Node) -> Returned:
    units = file.all("trans-unit")
    rows = [
        _row(list(group))
        for _, group in groupby(units, key=lambda unit: unit.get("id").partition("[")[0])
    ]
    return Returned(
        file.get("product-name"), file.get("original"),
        file.get("source-language"), file.get("target-language"), tuple(rows),
    )  # fmt: skip


def _row(units: Sequence[Node]) -> Row:
    """Return one message: a unit, or one for each of its forms."""
    key, base = split_id(units[0].get("id").partition("[")[0])
    targets = [unit.first("target") for unit in units]
    wrong: list[str] = []
    return Row(
        key, base,
        tuple(dict.fromkeys(inline.read(unit.first("source"), wrong) for unit in units)),
        tuple(inline.read(target, wrong) for target in targets),
        _state(units, targets), units[0].line, tuple(wrong),
        next((n.text for n in units[0].all("context") if n.get("context-type") == CONTEXT), None),
    )  # fmt: skip


def _state(units: Sequence[Node], targets: Sequence[Node | None]) -> State | None:
    """Return what the tool says of a message: the least finished of its forms."""
    if all(unit.get("approved") == "yes" for unit in units):
        return State.TRANSLATED
    names = {target.get("state") if target else "needs-translation" for target in targets}
    if names == {""}:
        return None
    if names <= FINISHED:
        return State.TRANSLATED
    return State.UNTRANSLATED if names <= {"needs-translation", "new"} else State.FUZZY
