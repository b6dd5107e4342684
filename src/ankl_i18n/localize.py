"""Put translations in place of a document's segments.

Only inline content changes hands: the blocks of a localized document are those of the source,
whatever a translation holds. Where there is no translation the source text stays, marked
with its own language.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it.token import Token

from ankl_i18n.document import html_text, markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ankl_i18n.document import Document, LinkTitle, Segment, Slot
    from ankl_i18n.languages import Language


@dataclass(frozen=True, slots=True)
class Localized:
    """A document in one language, its inline Markdown parsed.

    `texts` holds the inline Markdown of every segment by its slot; `foreign` are the slots
    whose text is still in the source language; `missing` counts those that ought to be
    translated.
    """

    document: Document
    language: Language
    source: Language
    tokens: tuple[Token, ...]
    texts: Mapping[Slot, str]
    foreign: frozenset[Slot]
    missing: int

    @property
    def abbreviations(self) -> list[tuple[str, str]]:
        """Short forms and their meanings, in this language."""
        shorts = [slot for slot in self.texts if slot[0] == "abbreviation"]
        return [(self.texts[slot], self.texts["meaning", slot[1]]) for slot in shorts]


def localize(
    document: Document,
    language: Language,
    source: Language,
    translate: Callable[[Segment], str | None],
) -> Localized:
    """Return the document with every segment's text replaced by its translation.

    `translate` returns the msgstr to show for a segment, or None where there is none (it is
    not asked about the source language itself, nor about skipped segments).
    """
    texts: dict[Slot, str] = {}
    foreign: set[Slot] = set()
    missing = 0
    for segment in document.segments:
        text = segment.msgid if language == source else None
        if text is None and not segment.skip:
            text = translate(segment)
            missing += text is None
        if text is None:
            foreign.add(segment.slot)
        texts[segment.slot] = segment.msgid if text is None else text
    tokens = [
        _placed(token, i, texts, foreign, source, document.cut) for i, token in enumerate(document.tokens)
    ]
    _mark_blocks(tokens, source)
    parsed = markdown.parse_inlines(tokens, copy.deepcopy(dict(document.env)))
    for i, token in enumerate(tokens):
        if token.type == "inline":
            _restore(token, document.tokens[i].content, i, texts, foreign, source, document)
    return Localized(
        document, language, source, tuple(parsed), texts, frozenset(foreign), missing
    )


def _placed(
    token: Token,
    i: int,
    texts: Mapping[Slot, str],
    foreign: set[Slot],
    source: Language,
    cut: Mapping[int, tuple[LinkTitle, ...]],
) -> Token:
    """Return a copy of a block token with its localized content."""
    new = copy.copy(token)
    new.attrs, new.meta = dict(token.attrs), dict(token.meta)
    slot: Slot = ("block", i)
    if slot in texts:
        ending = "\n" if token.type in ("fence", "code_block") else ""
        new.content = texts[slot] + ending
        if slot in foreign:
            new.meta["foreign"] = source
    if token.type == "html_block":
        count = len(html_text.spans(token.content))
        new.content = html_text.replace(token.content, [texts["html", i, n] for n in range(count)])
    return new


def _mark_blocks(tokens: Sequence[Token], source: Language) -> None:
    """Move the mark of untranslated text to the element that holds nothing else."""
    for before, token in zip(tokens, tokens[1:], strict=False):
        alone = token.type == "inline" and before.nesting == 1 and not before.hidden
        if "foreign" in token.meta and alone:
            token.meta["marked"] = True
            before.attrs |= foreign_attributes(source)


def foreign_attributes(source: Language) -> dict[str, str | int | float]:
    """Return the attributes of an element whose text is still in the source language."""
    return {"class": "untranslated", "lang": source.tag, "dir": source.direction}


def _restore(
    token: Token,
    msgid: str,
    i: int,
    texts: Mapping[Slot, str],
    foreign: set[Slot],
    source: Language,
    document: Document,
) -> None:
    """Give parsed inline tokens their titles and alt texts; disarm tags that are not the source's."""
    children = token.children or []
    seen: dict[tuple[str, str], int] = defaultdict(int)
    cut = {(c.tag, c.href, c.occurrence, c.kind): n for n, c in enumerate(document.cut.get(i, ()))}
    for child in children:
        tag = {"link_open": "a", "image": "img"}.get(child.type)
        if tag:
            href = str(child.attrs["href" if tag == "a" else "src"])
            occurrence = seen[tag, href]
            seen[tag, href] += 1
            for kind in ("title", "alt"):
                n = cut.get((tag, href, occurrence, kind))
                if n is not None:
                    slot: Slot = (kind, i, n)
                    _set_text(child, kind, texts[slot], slot in foreign, source)
        elif child.type == "html_inline" and child.content not in msgid:
            # A tag that only the translation has would be markup nobody reviewed.
            child.type = "text"


def _set_text(token: Token, kind: str, text: str, is_foreign: bool, source: Language) -> None:  # noqa: FBT001
    if kind == "title":
        token.attrs["title"] = text
    elif not token.children:
        token.children = markdown.parse_inline(text, {})
        token.content = text
    if is_foreign:
        token.meta["foreign " + kind] = source
