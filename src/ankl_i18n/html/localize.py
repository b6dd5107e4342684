"""Put translations in place of a document's segments.

Only inline content changes hands: the blocks of a localized document are those of the source,
whatever a translation holds. Where there is no translation the source text stays, marked
with its own language.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from markdown_it.token import Token

from ankl_i18n.html.marks import SLOT
from ankl_i18n.languages import Language
from ankl_i18n.source import Document, LinkTitle, Segment, Slot, html_text, markdown
from ankl_i18n.source.fields import Fields, fields_in, fill_code, fill_html, fill_inline
from ankl_i18n.source.reviewed import KEY, Reviewed
from ankl_i18n.source.texts import reviewed_in

# Blocks that are no Markdown.
CODE: Final = frozenset({"fence", "code_block"})


@dataclass(frozen=True, slots=True)
class Localized:
    """A document in one language, its inline Markdown parsed.

    `texts` contains the inline Markdown of every segment by its slot; `reviewed` is what may be
    HTML in a translation that looks as if it had some (see `source.reviewed`); `foreign` are
    the slots whose text is still in the source language; `missing` counts those that ought to
    be translated. `marks` name the messages of slots that are marked in pages (see `html.marks`).
    """

    document: Document
    language: Language
    source: Language
    tokens: tuple[Token, ...]
    texts: Mapping[Slot, str]
    foreign: frozenset[Slot]
    missing: int
    reviewed: Mapping[Slot, Reviewed] = field(default_factory=dict)
    fields: Fields | None = None
    marks: Mapping[Slot, str] = field(default_factory=dict)

    @property
    def source_title(self) -> str:
        """The title in the source language, without marks, its fields filled in."""
        title = self.document.front.title.text
        return markdown.plain(fill_inline(title, self.fields.of_source) if self.fields else title)

    def plain(self, slot: Slot, otherwise: str = "") -> str:
        """Return the words of a slot, without marks."""
        return markdown.plain(self.texts.get(slot, otherwise), self.reviewed.get(slot))

    @property
    def abbreviations(self) -> list[tuple[str, str]]:
        """Short forms and their meanings, in this language."""
        shorts = [slot for slot in self.texts if slot[0] == "abbreviation"]
        return [(self.texts[slot], self.plain(("meaning", slot[1]))) for slot in shorts]


def localize(
    document: Document,
    language: Language,
    source: Language,
    translate: Callable[[Segment], str | None],
    fields: Fields | None = None,
) -> Localized:
    """Return the document with every segment's text replaced by its translation.

    `translate` returns the msgstr to show for a segment, or None where there is none (it is
    not asked about the source language itself, nor about skipped segments). `fields` are filled
    in, in every language; without them they stay as they are written.
    """
    shown = _chosen(document, language, source, translate)
    shown.fill(document, fields)
    return _localized(document, language, shown, _parsed(document, shown))


def localize_texts(
    document: Document,
    language: Language,
    source: Language,
    translate: Callable[[Segment], str | None],
    fields: Fields | None = None,
) -> Localized:
    """Return what `localize` does, without tokens: they take most of the time."""
    shown = _chosen(document, language, source, translate)
    shown.fill(document, fields)
    return _localized(document, language, shown, ())


def _localized(
    document: Document, language: Language, shown: _Shown, tokens: Iterable[Token]
) -> Localized:
    return Localized(
        document, language, shown.source, tuple(tokens), shown.texts, frozenset(shown.foreign),
        shown.missing, shown.reviewed, shown.fields,
    )  # fmt: skip


def _parsed(document: Document, shown: _Shown) -> list[Token]:
    """Return the blocks of a document with the inline Markdown to show, parsed."""
    tokens = [_placed(token, i, shown) for i, token in enumerate(document.tokens)]
    _mark_blocks(tokens, shown.source)
    parsed = markdown.parse_inlines(tokens, copy.deepcopy(dict(document.env)))
    for i, token in enumerate(tokens):
        if token.type == "inline":
            _restore_titles(token, i, document.cut.get(i, ()), shown)
    _mark_notes(parsed)
    return parsed


def _mark_notes(tokens: Sequence[Token]) -> None:
    """Mark the inline footnotes of untranslated text: their words are at the page's end."""
    foreign: dict[int, Language] = {}
    note = -1
    for token in tokens:
        if token.type == "footnote_open":
            note = token.meta["id"]
        elif token.type == "inline":
            if note in foreign:
                token.meta["foreign"] = foreign[note]
            for child in token.children or () if "foreign" in token.meta else ():
                if child.type == "footnote_ref" and child.children:
                    foreign[child.meta["id"]] = token.meta["foreign"]


@dataclass(slots=True)
class _Shown:
    """The text to show for every slot; `foreign` ones are in the source language."""

    source: Language
    texts: dict[Slot, str] = field(default_factory=dict)
    foreign: set[Slot] = field(default_factory=set)
    reviewed: dict[Slot, Reviewed] = field(default_factory=dict)
    missing: int = 0
    is_source: bool = False
    filled: bool = False
    fields: Fields | None = None

    def fill(self, document: Document, fields: Fields | None) -> None:
        """Fill in the fields of all texts."""
        self.fields = fields
        if fields is None:
            return
        for slot, text in self.texts.items():
            if not fields_in(text):
                continue
            is_code = slot[0] == "block" and document.tokens[int(slot[1])].type in CODE
            fill = fill_code if is_code else fill_html if slot[0] == "html" else fill_inline
            self.texts[slot] = fill(text, fields.of_source if slot in self.foreign else fields)
            self.filled = True


def _chosen(
    document: Document,
    language: Language,
    source: Language,
    translate: Callable[[Segment], str | None],
) -> _Shown:
    shown = _Shown(source, is_source=language == source)
    for segment in document.segments:
        text = segment.msgid if language == source else None
        if text is None and not segment.skip:
            text = translate(segment)
            shown.missing += text is None
        if text is None:
            shown.foreign.add(segment.slot)
        elif language != source and ("<" in text or "![" in text):
            shown.reviewed[segment.slot] = reviewed_in(segment.msgid)
        shown.texts[segment.slot] = segment.msgid if text is None else text
    return shown


def _placed(token: Token, i: int, shown: _Shown) -> Token:
    """Return a copy of a block token with its localized content."""
    new = Token(  # `copy.copy` takes five times as long, and there are many
        token.type, token.tag, token.nesting, dict(token.attrs), token.map, token.level,
        None if token.children is None else [], token.content, token.markup, token.info,
        dict(token.meta), token.block, token.hidden,
    )  # fmt: skip
    slot: Slot = ("block", i)
    if slot in shown.texts:
        new.meta[SLOT] = slot
        ending = "\n" if token.type in ("fence", "code_block") else ""
        new.content = shown.texts[slot] + ending
        if slot in shown.foreign:
            new.meta["foreign"] = shown.source
        if slot in shown.reviewed:
            new.meta[KEY] = shown.reviewed[slot]
    if token.type == "html_block":
        new.meta[SLOT] = ("html", i)
        new.content = _filled(token.content, i, shown)
    return new


def _filled(block: str, i: int, shown: _Shown) -> str:
    """Return a block of raw HTML with its texts in the language to show."""
    count = len(html_text.parts(block))
    slots: list[Slot] = [("html", i, n) for n in range(count)]
    if shown.is_source and not shown.filled:
        return block
    texts = [None if slot in shown.foreign else shown.texts[slot] for slot in slots]
    attributes = (f'{name}="{value}"' for name, value in foreign_attributes(shown.source).items())
    return html_text.fill(block, texts, (f"<span {' '.join(attributes)}>", "</span>"))


def _mark_blocks(tokens: Sequence[Token], source: Language) -> None:
    """Move the mark of untranslated text to the element that contains nothing else."""
    for i, token in enumerate(tokens):
        holder = _holder(tokens, i) if token.type == "inline" and "foreign" in token.meta else None
        if holder:
            token.meta["marked"] = True
            holder.attrs |= foreign_attributes(source)


def _holder(tokens: Sequence[Token], i: int) -> Token | None:
    """Return what opens the element that contains a text alone: a heading, an item of a list."""
    before = tokens[i - 1]
    if before.hidden:  # a paragraph that the item of a tight list shows without its tags
        return tokens[i - 2] if tokens[i + 2].nesting == -1 else None
    return before if before.nesting == 1 else None


def foreign_attributes(source: Language) -> dict[str, str | int | float]:
    """Return the attributes of an element whose text is still in the source language."""
    return {"class": "untranslated", "lang": source.tag, "dir": source.direction}


def _restore_titles(token: Token, i: int, cut: Sequence[LinkTitle], shown: _Shown) -> None:
    """Give parsed links and images their titles and alt texts."""
    if not cut:
        return
    places = {(c.tag, c.href, c.occurrence, c.kind): n for n, c in enumerate(cut)}
    seen: Counter[tuple[str, str]] = Counter()
    for child in token.children or []:
        tag = {"link_open": "a", "image": "img"}.get(child.type)
        if not tag:
            continue
        href = str(child.attrs["href" if tag == "a" else "src"])
        for kind in ("title", "alt"):
            n = places.get((tag, href, seen[tag, href], kind))
            if n is not None:
                slot: Slot = (kind, i, n)
                child.meta[f"{SLOT} {kind}"] = slot
                _set_text(child, kind, shown.texts[slot], shown.reviewed.get(slot))
                if slot in shown.foreign:
                    child.meta[f"foreign {kind}"] = shown.source
        seen[tag, href] += 1


def _set_text(token: Token, kind: str, text: str, known: Reviewed | None) -> None:
    if kind == "title":
        token.attrs["title"] = text
        token.meta[KEY] = known
    elif not token.children:  # else the translator wrote an alt text in its place
        token.children = markdown.parse_inline(text, known)
        token.content = text
