"""XLIFF 2.1 (ISO 21720:2017, OASIS Standard, 13 February 2018).

One `file` a catalog, one `unit` a message with a `segment` for each plural form. A unit's `id` is
the key and the base (see `units`). Markup that has a partner is `pc`, other markup `ph`; the markup
itself is in `originalData`. Tools may write `sc` and `ec` for `pc`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ankl_i18n.catalogs.po import State
from ankl_i18n.exchange import xml_writer as xml
from ankl_i18n.exchange.archive import refuse
from ankl_i18n.exchange.codes import Role, numbered
from ankl_i18n.exchange.units import Package, Returned, Row, Unit, split_id
from ankl_i18n.exchange.xml_reader import Node, read

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"
# `state` of a segment (2.1, 4.3.1.32), and what it means to a catalog. A fuzzy text is one that
# somebody translated and nobody has found right yet: tools show its `subState` or pass it on.
STATES: Final = {
    State.UNTRANSLATED: "initial", State.FUZZY: "initial", State.TRANSLATED: "translated",
}  # fmt: skip
FUZZY: Final = "ankl:fuzzy"
FINISHED: Final = frozenset({"translated", "reviewed", "final"})
# Elements whose markup is in `originalData`, by the attribute that names it.
CODES: Final = {"ph": "dataRef", "sc": "dataRef", "ec": "dataRef"}


def write(package: Package) -> bytes:
    """Return an XLIFF file of one catalog."""
    root = {
        "xmlns": NAMESPACE, "version": "2.1",
        "srcLang": package.source, "trgLang": package.target, "xml:space": "preserve",
    }  # fmt: skip
    made = xml.element("xliff", root, xml.lines([_file(package)]))
    return f"{xml.DECLARATION}{made}\n".encode()


def _file(package: Package) -> str:
    about = xml.element("note", {"category": "domain"}, xml.text(package.domain))
    parts = [xml.element("notes", {}, about), *map(_unit, package.units)]
    return xml.element("file", {"id": "f1", "original": package.original}, xml.lines(parts))


def _unit(unit: Unit) -> str:
    data: dict[str, str] = {}
    segments = [_segment(unit, form, data) for form in range(len(unit.targets))]
    parts = [*_notes(unit), *_data(data), *segments]
    attributes = {"id": unit.id, "translate": "no" if unit.locked else None}
    return xml.element("unit", attributes, xml.lines(parts))


def _segment(unit: Unit, form: int, data: dict[str, str]) -> str:
    target = unit.targets[form]
    source = unit.source(form)
    is_fuzzy = unit.state is State.FUZZY and bool(target)
    state = STATES[unit.state if target else State.UNTRANSLATED]
    attributes = {
        "id": f"s{form}", "state": state, "subState": FUZZY if is_fuzzy else None,
    }  # fmt: skip
    parts = [xml.element("source", {}, _content(source, "", data, f"s{form}"))]
    if target:
        parts.append(xml.element("target", {}, _content(target, source, data, f"s{form}")))
    return xml.element("segment", attributes, xml.lines(parts))


def _notes(unit: Unit) -> list[str]:
    notes = [
        *((("context", unit.msgctxt),) if unit.msgctxt is not None else ()),
        *(("author", note) for note in unit.notes),
        *(("translator", remark) for remark in unit.remarks),
        *((("previous", unit.previous),) if unit.previous is not None else ()),
        *(
            ("plural", f"segment s{form}: for {', '.join(map(str, numbers))}, …")
            for form, numbers in enumerate(unit.counts)
        ),
    ]
    made = [xml.element("note", {"category": kind}, xml.text(text)) for kind, text in notes]
    return [xml.element("notes", {}, xml.lines(made))] if made else []


def _data(data: Mapping[str, str]) -> list[str]:
    made = [xml.element("data", {"id": name}, xml.code(code)) for code, name in data.items()]
    return [xml.element("originalData", {}, xml.lines(made))] if made else []


def _content(message: str, source: str, data: dict[str, str], segment: str) -> str:
    """Return a message as text and codes; `data` gets the codes, each with an id of its own.

    Ids of codes are the same in source and target, and no two segments of a unit share one.
    """
    pieces = list(numbered(message, source))
    ends = {number: piece.text for piece, number in pieces if piece.role is Role.CLOSE}
    made = []
    for piece, number in pieces:
        match piece.role:
            case Role.TEXT:
                made.append(xml.text(piece.text))
            case Role.OPEN:
                attributes = {
                    "id": f"{segment}-{number}",
                    "dataRefStart": _reference(piece.text, data),
                    "dataRefEnd": _reference(ends[number], data),
                }
                made.append(xml.opening("pc", attributes))
            case Role.CLOSE:
                made.append("</pc>")
            case Role.ALONE:
                name = f"{segment}-{number}"
                attributes = {"id": name, "dataRef": _reference(piece.text, data)}
                made.append(xml.element("ph", attributes))
    return "".join(made)


def _reference(code: str, data: dict[str, str]) -> str:
    return data.setdefault(code, f"d{len(data) + 1}")


# --- what comes back ----------------------------------------------------------------------------


def parse(data: bytes, path: str) -> list[Returned]:
    """Return what came back, catalog by catalog. Raises `CatalogError` for what is no XLIFF 2."""
    root = read(data, path)
    if root.name != "xliff" or not root.get("version").startswith("2."):
        raise refuse(path, f"this is not XLIFF 2: it begins with <{root.name}>", line=root.line)
    return [
        Returned(
            _domain(file), file.get("original"), root.get("srcLang"), root.get("trgLang"),
            tuple(_row(unit) for unit in file.all("unit")),
        )
        for file in root.all("file")
    ]  # fmt: skip


def _domain(file: Node) -> str:
    notes = (note for notes in file.nodes("notes") for note in notes.nodes("note"))
    return next((note.text for note in notes if note.get("category") == "domain"), "")


def _row(unit: Node) -> Row:
    known = {node.get("id"): xml.code_of(node.text) for node in unit.all("data")}
    wrong: list[str] = []
    # A tool may have cut a segment into several; what is between is in `ignorable`.
    forms: dict[str, list[tuple[str, str, str]]] = {}
    for part in unit.nodes("segment", "ignorable"):
        name = part.get("id").partition("-")[0] or next(reversed(forms), "s0")
        if part.name == "ignorable" and forms:
            name = next(reversed(forms))
        source, target = part.first("source"), part.first("target")
        texts = _written(source, known, wrong), _written(target, known, wrong)
        if part.name == "ignorable" and target is None:
            texts = texts[0], texts[0]
        forms.setdefault(name, []).append((*texts, _state_of(part)))
    states = {state for parts in forms.values() for *_, state in parts if state}
    return Row(
        *split_id(unit.get("id")),
        tuple(dict.fromkeys("".join(source for source, *_ in parts) for parts in forms.values())),
        tuple("".join(target for _, target, _ in parts) for parts in forms.values()),
        _state(states), unit.line, tuple(dict.fromkeys(wrong)), _context(unit),
    )  # fmt: skip


def _state_of(part: Node) -> str:
    """Return what the tool says of a segment; a fuzzy text that is still initial is fuzzy."""
    if part.name == "ignorable":
        return ""
    state = part.get("state", "initial")
    return "fuzzy" if state == "initial" and part.get("subState") == FUZZY else state


def _state(states: set[str]) -> State | None:
    if states <= FINISHED:
        return State.TRANSLATED if states else None
    return State.UNTRANSLATED if states == {"initial"} else State.FUZZY


def _context(unit: Node) -> str | None:
    notes = (note for notes in unit.nodes("notes") for note in notes.nodes("note"))
    return next((note.text for note in notes if note.get("category") == "context"), None)


def _written(node: Node | None, known: Mapping[str, str], wrong: list[str]) -> str:
    return "".join(_texts(node, known, wrong)) if node else ""


def _texts(node: Node, known: Mapping[str, str], wrong: list[str]) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.name == "cp":
            yield chr(int(child.get("hex", "FFFD"), 16))
        elif child.name == "mrk" or child.name in {"sm", "em"}:
            yield from _texts(child, known, wrong)
        elif child.name == "pc":
            yield _code(child, "dataRefStart", known, wrong)
            yield from _texts(child, known, wrong)
            yield _code(child, "dataRefEnd", known, wrong)
        else:
            yield _code(child, CODES.get(child.name, "dataRef"), known, wrong)


def _code(node: Node, attribute: str, known: Mapping[str, str], wrong: list[str]) -> str:
    code = known.get(node.get(attribute))
    if code is None:
        wrong.append(f"<{node.name}> in line {node.line} refers to markup that is not in the file")
    return code or ""
