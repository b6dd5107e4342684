"""The bilingual edition: source and translation side by side, message by message.

It lies between a patient and a nurse, with an interpreter on the telephone. There is one
structure of headings, lists and call-outs; every text in it is there twice, in two columns
of one row. Read aloud, each sentence is followed by its translation, and nothing is announced
as a table that is none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from markdown_it.token import Token
from markupsafe import Markup, escape

from ankl_i18n.errors import RenderError
from ankl_i18n.html import page as html
from ankl_i18n.html.body import writer
from ankl_i18n.html.danger import MARK
from ankl_i18n.html.localize import Localized
from ankl_i18n.html.markup import Writer
from ankl_i18n.html.records import Edition, Frame
from ankl_i18n.html.surroundings import Surroundings
from ankl_i18n.html.tables import stacked
from ankl_i18n.html.templating import render
from ankl_i18n.html.typography import polish
from ankl_i18n.languages import Language
from ankl_i18n.source import Slot, html_text, markdown
from ankl_i18n.source.tasks import KEY as TASK

# Tokens that hold text; all others are structure, which both languages share.
TEXTS: Final = frozenset({"inline", "html_block", "fence", "code_block"})
IDS: Final = re.compile(r' id="[^"]*"')
# Signs of list items, beside their numbers: a bullet, a box to tick, a ticked one.
BULLET, BOX, TICKED = 0, -1, -2
SIGNS: Final = {None: "pair", BULLET: "pair bullet", BOX: "pair box", TICKED: "pair box ticked"}


@dataclass(frozen=True, slots=True)
class Side:
    """A leaflet in one of the two languages, and what is around it."""

    localized: Localized
    around: Surroundings

    @property
    def language(self) -> Language:
        """The language of this side."""
        return self.localized.language


def bilingual(source: Side, target: Side, frame: Frame, edition: Edition) -> str:
    """Return the HTML of a leaflet in two languages; the page's own is the target's.

    Raises `RenderError` for a link to a leaflet that does not exist or a missing image.
    """
    sides = (source, target)
    pages = [
        html.leaflet_page(
            side.localized, side.around, replace(frame, language=side.language), edition
        )
        for side in sides
    ]
    return render(
        "bilingual.html.j2",
        target.around.words,
        page=pages[1],
        original=pages[0],
        book=Book(source, target),
    )


@dataclass
class Book:
    """A leaflet in two languages, as the template asks for it: in pairs of texts."""

    source: Side
    target: Side
    missing: frozenset[Slot] = field(init=False)

    def __post_init__(self) -> None:
        localized = self.target.localized
        wanted = {piece.slot for piece in localized.document.segments if not piece.skip}
        self.missing = localized.foreign & wanted

    def pair(
        self,
        before: object,
        after: object,
        tag: str = "span",
        language: Language | None = None,
        item: int | None = None,
    ) -> Markup:
        """Return a row of two texts, escaped unless they are HTML.

        `language` is that of the second text, if not the target's. `item` is the number of the
        list item that begins with the texts, or its sign.
        """
        side_language = language or self.target.language
        sides = (
            _side(self.source.language, "source", before, tag, item),
            _side(side_language, "target", after, tag, item),
        )
        kind = SIGNS.get(item, "pair number")
        return Markup('<{0} class="{1}" dir="{2}">{3}{4}</{0}>').format(
            tag, kind, self.source.language.direction, *sides
        )

    def both(self, msgid: str, **values: tuple[Any, Any]) -> Markup:
        """Return interface strings in both languages; each value is a pair, too."""
        before, after = (
            side.around.words.text(msgid, **{name: pair[i] for name, pair in values.items()})
            for i, side in enumerate(self.sides)
        )
        return self.pair(before, after)

    def front(
        self, slot: Slot, before: Markup, after: Markup, mark: Markup, item: int | None = None
    ) -> Markup:
        """Return a text of the front matter in both languages, or the mark of a missing one."""
        if slot == ("front", "title"):
            slot = html.front_slot(self.target.localized, "title")
        return self.pair(before, _missing(mark) if slot in self.missing else after, item=item)

    @property
    def sides(self) -> tuple[Side, Side]:
        """Source and target."""
        return self.source, self.target

    def has(self, slot: Slot) -> bool:
        """Tell whether a text is one that is translated."""
        return slot in self.target.localized.texts

    def body(self, mark: Markup) -> Markup:
        """Return the leaflet's text, every message in both languages or marked as missing."""
        writers = [writer(side.localized, side.around) for side in self.sides]
        writers[1].callouts = writers[0].callouts
        columns = [_tokens(side.localized) for side in self.sides]
        before, after = columns
        items = _items(before)
        out: list[str] = []
        for i in range(_structure(before)):
            if before[i].type == "heading_open":
                before[i].attrs["data-bookmark"] = _bookmark(before[i + 1], after[i + 1])
            if before[i].type in TEXTS and not _is_comment(before[i]):
                htmls = [_html(w, [t[i]]) for w, t in zip(writers, columns, strict=True)]
                out.append(self._row(htmls, before[i], after[i], mark, items.get(i)))
            else:
                out.append(_html(writers[0], before, i))
        notes = [
            "".join(_html(w, t, i) for i in range(_structure(t), len(t)))
            for w, t in zip(writers, columns, strict=True)
        ]
        if any(notes):
            out.append(self.pair(Markup(notes[0]), _without_ids(notes[1]), "div"))  # noqa: S704
        problems = [problem for writer in writers for problem in writer.problems]
        if problems:
            raise RenderError(problems)
        return Markup("".join(out).replace(MARK, ""))  # noqa: S704

    def _row(
        self, htmls: Sequence[str], before: Token, after: Token, mark: Markup, item: int | None
    ) -> Markup:
        ours, theirs = Markup(htmls[0]), _without_ids(htmls[1])  # noqa: S704
        foreign = after.meta.get("foreign")
        if foreign and after.content.rstrip("\n") not in self.skipped:
            foreign, theirs = None, _missing(mark)
        return self.pair(ours, theirs, "div" if _is_block(before) else "span", foreign, item)

    @property
    def skipped(self) -> frozenset[str]:
        """The texts that nobody translates."""
        segments = self.target.localized.document.segments
        return frozenset(piece.msgid for piece in segments if piece.skip)


def _side(language: Language, name: str, text: object, tag: str, item: int | None) -> Markup:
    is_number = item is not None and item > 0
    number = Markup(' data-number="{}"').format(language.format_number(item or 0))
    return Markup('<{0} class="{1}" lang="{2}" dir="{3}"{4}>{5}</{0}>').format(
        tag, name, language.tag, language.direction, number if is_number else "", escape(text)
    )


def _missing(mark: Markup) -> Markup:
    return Markup('<span class="missing">{}</span>').format(mark)


def _without_ids(text: str) -> Markup:
    """Return HTML whose ids the other column has already."""
    return Markup(IDS.sub("", text))  # noqa: S704


def _tokens(localized: Localized) -> list[Token]:
    """Return the tokens of a leaflet's text, without a title that is above it already."""
    tokens = stacked(polish(localized), 0)
    no_title = not localized.document.front.title.line
    return tokens[3:] if no_title and tokens[:1] and tokens[0].tag == "h1" else tokens


def _items(tokens: Sequence[Token]) -> dict[int, int]:
    """Return, by the index of its first text, the number or the sign of each list item."""
    items: dict[int, int] = {}
    numbers: list[Iterator[int | None]] = []
    waiting: int | None = None
    for i, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            numbers.append(_numbers(token))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            numbers.pop()
        elif token.type == "list_item_open":
            waiting = next(numbers[-1])
            if TASK in token.meta:
                waiting = TICKED if token.meta[TASK] else BOX
        elif token.type in TEXTS and waiting is not None:
            items[i], waiting = waiting, None
    return items


def _numbers(opening: Token) -> Iterator[int | None]:
    if opening.attrs.get("class") == "stacked":
        return itertools.repeat(None)  # rows of a table
    if opening.type == "ordered_list_open":
        return itertools.count(int(opening.attrs.get("start", 1)))
    return itertools.repeat(BULLET)


def _structure(tokens: Sequence[Token]) -> int:
    """Return where the notes begin: their order follows the text, so it differs by language."""
    starts = (i for i, token in enumerate(tokens) if token.type == "footnote_block_open")
    return next(starts, len(tokens))


def _is_comment(token: Token) -> bool:
    """Tell whether a block of HTML says nothing, as a directive does."""
    return token.type == "html_block" and not any(html_text.texts(token.content))


def _is_block(token: Token) -> bool:
    """Tell whether a text becomes a block of its own: code, raw HTML, a picture alone."""
    children = token.children or []
    return token.type != "inline" or (len(children) == 1 and children[0].type == "image")


def _html(writer: Writer, tokens: Sequence[Token], i: int = 0) -> str:
    return writer.token(tokens, i, markdown.parser().options, {})


def _bookmark(before: Token, after: Token) -> str:
    titles = [markdown.plain(before.content), markdown.plain(after.content)]
    return " · ".join(dict.fromkeys(titles))
