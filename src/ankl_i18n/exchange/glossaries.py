"""Glossaries: begun from what leaflets explain themselves, and as TBX for translation tools."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.catalogs.files import domain_of
from ankl_i18n.catalogs.glossary import Term
from ankl_i18n.catalogs.po import State
from ankl_i18n.catalogs.project import Project
from ankl_i18n.exchange import xml_writer as xml
from ankl_i18n.exchange.archive import refuse
from ankl_i18n.exchange.xml_reader import Node, read
from ankl_i18n.source import Segment
from ankl_i18n.source.texts import read as readable

# An abbreviation, which is the same in every language.
_SHORT: Final = re.compile(r"[A-Z0-9-]+")
TERM: Final = "term"
# TBX-Basic (ISO 30042:2019), in the style with categories as attributes.
NAMESPACE: Final = "urn:iso:std:iso:30042:ed-2"
STATUS: Final = "administrativeStatus"
PREFERRED: Final = "preferredTerm-admn-sts"
ADMITTED: Final = "admittedTerm-admn-sts"
DEPRECATED: Final = "deprecatedTerm-admn-sts"
SUPERSEDED: Final = "supersededTerm-admn-sts"


def seeded(project: Project) -> list[Term]:
    """Return the terms that the leaflets explain, with what the catalogs call them.

    A translation that is fuzzy or missing is left out.
    """
    terms: dict[str, Term] = {}
    for name in leaflets.readable(project):
        segments = leaflets.document(project, name).segments
        for place, segment in enumerate(segments):
            if segment.kind != TERM:
                continue
            term = next(_alternatives(readable(segment.msgid).shown))
            forms = dict(_forms(project, domain_of(project, name), segment))
            following = segments[place + 1] if place + 1 < len(segments) else None
            meaning = (
                readable(following.msgid).shown if following and following.kind != TERM else ""
            )
            if term.casefold() not in terms:
                terms[term.casefold()] = Term(term, definition=meaning, forms=forms)
    return sorted(terms.values(), key=lambda one: one.term.casefold())


def _forms(
    project: Project, domain: str, segment: Segment
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for lang in project.config.targets:
        catalog = files.catalog(project, domain, lang.tag)
        for entry in catalog.entries if catalog else ():
            if entry.key() == segment.key and entry.state() is State.TRANSLATED:
                yield lang.tag, tuple(_alternatives(readable(entry.msgstr).shown))


def _alternatives(text: str) -> Iterator[str]:
    """Yield a term, and what is in brackets behind it if that is another name of it."""
    term, *others = re.split(r"\s*[(（]|[)）]", text)
    yield term.strip()
    yield from (one.strip() for one in others if one.strip() and not _SHORT.fullmatch(one.strip()))


def only(terms: Iterable[Term], tag: str) -> list[Term]:
    """Return the terms that have a translation in a language, or a forbidden one, with no other."""
    return [
        replace(
            term,
            forms={tag: term.forms[tag]} if tag in term.forms else {},
            forbidden={tag: term.forbidden[tag]} if tag in term.forbidden else {},
        )
        for term in terms
        if tag in term.forms or tag in term.forbidden
    ]


def tbx(terms: Iterable[Term], source: str) -> bytes:
    """Return terms as TBX-Basic, a concept each."""
    body = xml.element(
        "body", {}, xml.lines(_concept(n, term, source) for n, term in enumerate(terms, 1))
    )
    head = xml.element("tbxHeader", {}, xml.element("fileDesc", {}, xml.element(
        "sourceDesc", {}, xml.element("p", {}, "ankl-i18n"))))  # fmt: skip
    root = {"type": "TBX-Basic", "style": "dca", "xml:lang": source, "xmlns": NAMESPACE}
    text = xml.element("text", {}, xml.lines([body]))
    return f"{xml.DECLARATION}{xml.element('tbx', root, xml.lines([head, text]))}\n".encode()


def _concept(number: int, term: Term, source: str) -> str:
    parts = []
    if term.definition:
        parts.append(xml.element("descrip", {"type": "definition"}, xml.text(term.definition)))
    if term.context:
        parts.append(xml.element("descrip", {"type": "subjectField"}, xml.text(term.context)))
    if term.note:
        parts.append(xml.element("note", {}, xml.text(term.note)))
    parts.append(_language(source, (term.term,), (), term.part))
    parts += [
        _language(tag, term.forms.get(tag, ()), term.forbidden.get(tag, ()), "")
        for tag in dict.fromkeys((*term.forms, *term.forbidden))
    ]
    return xml.element("conceptEntry", {"id": f"c{number}"}, xml.lines(parts))


def _language(tag: str, forms: tuple[str, ...], forbidden: tuple[str, ...], part: str) -> str:
    sections = [
        _term(form, ADMITTED if place else PREFERRED, part) for place, form in enumerate(forms)
    ]
    sections += [_term(form, DEPRECATED, "") for form in forbidden]
    return xml.element("langSec", {"xml:lang": tag}, xml.lines(sections))


def _term(form: str, status: str, part: str) -> str:
    parts = [xml.element("term", {}, xml.text(form.rstrip("*")))]
    if part:
        parts.append(xml.element("termNote", {"type": "partOfSpeech"}, xml.text(part)))
    parts.append(xml.element("termNote", {"type": STATUS}, status))
    return xml.element("termSec", {}, xml.lines(parts))


def from_tbx(data: bytes, path: str, source: str) -> list[Term]:
    """Return the terms of a TBX file: version 3 or 2 (`martif`). Raises `CatalogError`."""
    root = read(data, path)
    if root.name not in {"tbx", "martif"}:
        raise refuse(path, f"this is not TBX: it begins with <{root.name}>", line=root.line)
    made = (_read_concept(node, path, source) for node in root.all("conceptEntry", "termEntry"))
    return [term for term in made if term is not None]


def _read_concept(node: Node, path: str, source: str) -> Term | None:
    forms: dict[str, list[str]] = {}
    forbidden: dict[str, list[str]] = {}
    part = ""
    for section in node.nodes("langSec", "langSet"):
        tag = section.get("xml:lang")
        for one in section.all("termSec", "tig", "ntig"):
            term = next(one.all("term"), None)
            notes = {note.get("type"): note.text for note in one.all("termNote")}
            never = notes.get(STATUS) in {DEPRECATED, SUPERSEDED}
            if term is not None:
                (forbidden if never else forms).setdefault(tag, []).append(term.text.strip())
            if tag == source:
                part = notes.get("partOfSpeech", part)
    words = forms.pop(source, [])
    if not words:
        return None
    about = {one.get("type"): one.text.strip() for one in node.nodes("descrip")}
    for group in node.nodes("descripGrp"):
        about |= {one.get("type"): one.text.strip() for one in group.nodes("descrip")}
    note = next((one.text.strip() for one in node.nodes("note")), "")
    forbidden.pop(source, None)
    return Term(
        words[0], about.get("subjectField", ""), part, note, about.get("definition", ""),
        forms={tag: tuple(texts) for tag, texts in forms.items()},
        forbidden={tag: tuple(texts) for tag, texts in forbidden.items()},
        path=path, line=node.line,
    )  # fmt: skip
