"""The proof edition: one catalog on paper, for the professional who reviews it.

Messages are in the order of the catalog and carry its numbers and lines, so that a remark
on paper finds its entry in any editor. Its own words are English: staff read them.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token
from markupsafe import Markup, escape

from ankl_i18n.catalogs import glossary, po
from ankl_i18n.catalogs.po import State
from ankl_i18n.errors import Problem
from ankl_i18n.html.localize import Localized
from ankl_i18n.html.records import Frame
from ankl_i18n.html.templating import render
from ankl_i18n.html.typography import polish
from ankl_i18n.html.words import Words
from ankl_i18n.languages import Language, language
from ankl_i18n.source import Document, Segment, markdown
from ankl_i18n.source.texts import read

# Letters that the fonts of English text do not have: all but Latin, Greek, Cyrillic and signs.
FOREIGN: Final = re.compile(
    r"[^\u0000-\u052f\u1d00-\u2bff\ufb00-\ufb06]+"
    r"(?:[\s\d.,:;()-]+[^\u0000-\u052f\u1d00-\u2bff\ufb00-\ufb06]+)*"
)
WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
NOTE: Final = "Note: "
SHOWN: Final = {
    State.TRANSLATED: "translated",
    State.FUZZY: "fuzzy: readers see the source text",
    State.UNTRANSLATED: "untranslated: readers see the source text",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is reviewed: a catalog, what the checks say of it, its state of review, the glossary."""

    catalog: po.Catalog
    problems: Sequence[Problem]
    review: str
    terms: tuple[glossary.Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of a message."""

    severity: str
    kind: str
    message: Markup
    hint: Markup


@dataclass(frozen=True, slots=True)
class Item:
    """One message as it is in the proof.

    `number` counts the catalog's messages from 1, `line` is that of its msgid; `place` says
    what it is ("In short · list item"); `previous` shows how the source text changed since a
    fuzzy message was translated. `terms` are those of the glossary, with what it calls them.
    """

    number: int
    line: int
    state: State
    shown: str
    section: str
    place: str
    context: str
    required: bool
    notes: tuple[Markup, ...]
    comments: tuple[Markup, ...]
    terms: tuple[Markup, ...]
    source: tuple[Markup, ...]
    translation: tuple[Markup, ...]
    previous: Markup
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What the template `proof.html.j2` reads, beside the frame."""

    title: str
    catalog: str
    headers: Mapping[str, str]
    review: str
    target: Language
    source: Language
    items: tuple[Item, ...]
    states: Mapping[State, int]
    severities: Mapping[str, int]
    general: tuple[Finding, ...]
    absent: tuple[str, ...]


def proof(
    subject: Subject, document: Document, languages: tuple[Language, Language], paper: str
) -> str:
    """Return the HTML of the proof of a leaflet's messages.

    `languages` are those of the source and of the catalog; `paper` is "a4" or "letter".
    """
    source, target = languages
    catalog = subject.catalog
    items, general = _items(subject, document, languages)
    known = {entry.key() for entry in catalog.entries if not entry.obsolete}
    wanted = {piece.key: piece.msgid for piece in document.segments if not piece.skip}
    page = Proof(
        title=markdown.plain(document.front.title.text),
        catalog=catalog.path,
        headers=catalog.headers,
        review=subject.review,
        target=target,
        source=source,
        items=items,
        states=Counter(item.state for item in items),
        severities=Counter(
            finding.severity for finding in (*general, *(f for i in items for f in i.findings))
        ),
        general=general,
        absent=tuple(msgid for key, msgid in wanted.items() if key not in known),
    )
    english = language("en")
    frame = Frame(english, (target.tag,), paper=paper, edition="proof")
    words = Words(english, english, {}, lambda _n: 0)
    return render("proof.html.j2", words, page=frame, proof=page, State=State)


def _items(
    subject: Subject, document: Document, languages: tuple[Language, Language]
) -> tuple[tuple[Item, ...], tuple[Finding, ...]]:
    """Return the leaflet's messages, and what the checks say of the catalog as a whole."""
    target = languages[1]
    places: dict[tuple[str | None, str], Segment] = {}
    for piece in document.segments:
        places.setdefault(piece.key, piece)
    findings: dict[int, list[Finding]] = {}
    for problem in subject.problems:
        findings.setdefault(problem.location.line, []).append(_finding(problem, target))
    live = [entry for entry in subject.catalog.entries if not entry.obsolete]
    items = tuple(
        _item(
            number,
            entry,
            places[entry.key()],
            languages,
            findings.get(entry.line, ()),
            subject.terms,
        )
        for number, entry in enumerate(live, 1)
        if entry.key() in places
    )
    lines = {entry.line for entry in live}
    general = (finding for line, some in findings.items() if line not in lines for finding in some)
    return items, tuple(general)


def _item(  # noqa: PLR0913, PLR0917 - what stands with a message
    number: int,
    entry: po.Entry,
    piece: Segment,
    languages: tuple[Language, Language],
    findings: Iterable[Finding],
    terms: tuple[glossary.Entry, ...],
) -> Item:
    source, target = languages
    state = entry.state()
    notes = [line for line in entry.comment.split("\n") if line.startswith(NOTE)]
    is_code = piece.kind == "code block"
    return Item(
        number=number,
        line=entry.line,
        state=state,
        shown=SHOWN[state],
        section=markdown.plain(piece.section),
        place=piece.kind,
        context=entry.msgctxt or "",
        required=piece.required,
        notes=tuple(mixed(note.removeprefix(NOTE), target) for note in notes),
        comments=tuple(mixed(line, target) for line in entry.tcomment.split("\n") if line),
        terms=tuple(_term(one, target) for one in _within(entry, terms)),
        source=_texts((entry.msgid, entry.msgid_plural or ""), source, code=is_code),
        translation=_texts(entry.forms, target, code=is_code),
        previous=_changes(entry.previous_msgid or "", entry.msgid),
        findings=tuple(findings),
    )


def _within(entry: po.Entry, terms: tuple[glossary.Entry, ...]) -> Iterator[glossary.Entry]:
    """Yield the terms of a message that the glossary has a translation of."""
    terms_within = glossary.within(read(entry.msgid).shown, terms) if terms else []
    return (one for one in terms_within if one.forms)


def _term(entry: glossary.Entry, target: Language) -> Markup:
    word = Markup('<span lang="{}" dir="{}">{}</span>')
    return Markup("{}: {}").format(
        entry.term, word.format(target.tag, target.direction, entry.preferred)
    )


def _finding(problem: Problem, target: Language) -> Finding:
    return Finding(
        str(problem.severity),
        problem.kind,
        mixed(_sentence(problem.message), target),
        mixed(_sentence(problem.hint), target),
    )


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}." if text else ""


def _texts(texts: Iterable[str], lang: Language, *, code: bool) -> tuple[Markup, ...]:
    """Return texts as their readers see them; links are only underlined, tags are shown."""
    texts_shown = [text for text in texts if text]
    if code:
        return tuple(Markup("<code>{}</code>").format(text) for text in texts_shown)
    tokens = [
        Token("inline", "", 0, content=text, children=_harmless(text)) for text in texts_shown
    ]
    shown = polish(Localized(None, lang, lang, tuple(tokens), {}, frozenset(), 0))  # type: ignore[arg-type]
    options = markdown.parser().options
    return tuple(
        Markup(markdown.renderer().renderInline(token.children or [], options, {}))  # noqa: S704
        for token in shown
    )


def _harmless(text: str) -> list[Token]:
    """Return the inline tokens of a message that is alone: nothing in it leads anywhere."""
    return list(_without_effect(markdown.parse_inline(text)))


def _without_effect(tokens: Iterable[Token]) -> Iterator[Token]:
    for child in tokens:
        if child.type in ("link_open", "link_close"):
            child.type, child.tag, child.attrs = child.type.replace("link", "u"), "u", {}
        elif child.type == "image":
            child.type, child.tag, child.content = "code_inline", "code", str(child.attrs["src"])
            child.attrs = {}
        elif child.type == "html_inline":
            child.type = "text"
        if child.type == "footnote_ref":
            yield from (_text(" ["), *_without_effect(child.children or ()), _text("]"))
        else:
            yield child


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def mixed(text: str, lang: Language) -> Markup:
    """Return an English text whose words in another script are marked as that language's."""
    span = Markup('<span lang="{}" dir="{}">{}</span>')
    out, position = Markup(), 0
    for run in FOREIGN.finditer(text):
        out += escape(text[position : run.start()])
        out += span.format(lang.tag, lang.direction, run[0])
        position = run.end()
    return out + escape(text[position:])


def _changes(before: str, after: str) -> Markup:
    """Return how a source text changed, word by word; nothing if it did not."""
    if not before or before == after:
        return Markup()
    old, new = WORDS.findall(before), WORDS.findall(after)
    out = Markup()
    for what, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            out += escape("".join(old[i:j]))
            continue
        if i < j:
            out += Markup("<del>{}</del>").format("".join(old[i:j]))
        if k < m:
            out += Markup("<ins>{}</ins>").format("".join(new[k:m]))
    return out
