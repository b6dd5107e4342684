"""The writer of a leaflet's text as HTML, and its rules for kinds of blocks but pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from html import escape
from typing import TYPE_CHECKING, Any, Final

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from ankl_i18n.errors import Location, error
from ankl_i18n.html.danger import MARK, MARK_TYPE
from ankl_i18n.html.directions import html_tokens
from ankl_i18n.html.localize import CODE, Localized
from ankl_i18n.html.marks import SLOT, marked
from ankl_i18n.html.references import PAGE, TITLE
from ankl_i18n.html.surroundings import Surroundings
from ankl_i18n.html.typography import settled
from ankl_i18n.languages import Language
from ankl_i18n.source import html_text, markdown
from ankl_i18n.source.directives import COMMENT
from ankl_i18n.source.fields import BLANK, BLANK_WORDS, BLANKS, TELEPHONE_BLANK, WRITTEN_LINE
from ankl_i18n.source.reviewed import Reviewed
from ankl_i18n.source.tasks import KEY as TASK

if TYPE_CHECKING:
    from markdown_it.utils import EnvType, OptionsDict

    from ankl_i18n.html.words import Words

# Returns the HTML of one of some tokens: a method of `Writer`.
Rule = Callable[..., str]
# A line to write on, with what it is for.
SCREEN_LINE: Final = '<span class="blank" role="img" aria-label="{}"></span>'
PAPER_LINE: Final = (
    '<img class="blank" alt="{}" src="data:image/svg+xml,'
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 240 24' preserveAspectRatio='none'>"
    "<path stroke='%23000' stroke-width='.8' d='M0 23.5H240'/></svg>\">"
)
# Tags, and what has text alone.
NO_LINES: Final = re.compile(r"<title>.*?</title>|<[^>]*>", re.DOTALL)


def with_lines(html: str, words: Words, *, on_paper: bool = False) -> str:
    """Return a page with a line to write on in the place of each field that is not filled in.

    On paper it is a picture, so that tags say what it is for. In a title or an attribute there
    can be none: a mark says that something is left out.
    """
    if not any(blank in html for blank in BLANKS):
        return html
    # NOTE: Read aloud in the place of an empty line, on which people write by hand.
    line = words.attribute("Line to write on")
    # NOTE: Read aloud in the place of an empty line, on which people write a telephone number.
    telephone = words.attribute("Line for a telephone number")
    for blank, label in ((BLANK, line), (TELEPHONE_BLANK, telephone)):
        html = NO_LINES.sub(partial(_without_line, blank), html)
        shown = PAPER_LINE if on_paper else SCREEN_LINE
        html = html.replace(blank, shown.format(escape(label)))
    return html


def _without_line(blank: str, match: re.Match[str]) -> str:
    return match[0].replace(blank, BLANK_WORDS)


def inline_html(text: str, language: Language, known: Reviewed | None = None) -> str:
    """Return inline Markdown in a language as HTML that may stand anywhere, in a link, too.

    A picture is its alt text there, a link its words, and a footnote is left out. `known` is as
    for `markdown.parse_inline`.
    """
    tokens = settled(_plainer(markdown.parse_inline(text, known)), language)
    return markdown.renderer().renderInline(tokens, markdown.parser().options, {})


def _plainer(tokens: Sequence[Token]) -> list[Token]:
    out: list[Token] = []
    for token in tokens:
        if token.type == "image":
            out += _plainer(token.children or [])
        elif token.type not in ("link_open", "link_close", "footnote_ref"):
            out.append(token)
    return out


class Writer(RendererHTML):
    """markdown-it's HTML renderer with rules for kinds of tokens on top."""

    def __init__(
        self, localized: Localized, around: Surroundings, rules: Mapping[str, Rule]
    ) -> None:
        super().__init__(markdown.parser())
        self.rules = {**markdown.renderer().rules, **self.rules}
        self.rules |= {name: rule.__get__(self) for name, rule in rules.items()}
        self.localized = localized
        self.around = around
        self.problems: list[Any] = []
        self.number = 0
        self.line = 0
        self.headers: list[str] = []
        self.column = 0
        self.is_foreign = False
        self.callouts: list[str] = []
        self.referred: set[str] = set()

    @property
    def language(self) -> Language:
        """The language of the text that is being written."""
        return self.localized.source if self.is_foreign else self.localized.language

    def tag(self, tokens: Sequence[Token], i: int) -> str:
        """Return the HTML tag of one of some tokens, as markdown-it has it."""
        return str(self.renderToken(tokens, i, markdown.parser().options, {}))

    def words(self, token: Token) -> str:
        """Return what is in a token as plain text."""
        return self.renderInlineAsText(token.children or [], markdown.parser().options, {})

    def inline(self, tokens: Sequence[Token]) -> str:
        """Return the HTML of inline tokens."""
        return self.renderInline(tokens, markdown.parser().options, {})

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """Return the HTML of block tokens."""
        return "".join(self.token(tokens, i, options, env) for i in range(len(tokens)))

    def token(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        """Return the HTML of one of some tokens."""
        token = tokens[i]
        if token.map:
            self.line = token.map[0] + 1
        if token.type == "inline":
            self.is_foreign = bool(token.meta.get("foreign"))
            html = self.named(token, self.inline(token.children or []))
            return _with_box(self, tokens, i, html)
        if token.type in self.rules:
            html = str(self.rules[token.type](tokens, i, options, env))
        else:
            html = self.tag(tokens, i)
        return self.named(token, html) if token.type in CODE else html

    def mark(self, token: Token, kind: str = "") -> str | None:
        """Return the key of a token's text, or of its alt text or title, if it is marked."""
        return self.localized.marks.get(token.meta.get(f"{SLOT} {kind}".strip(), ()))

    def named(self, token: Token, html: str) -> str:
        """Return the HTML of a token's text with its mark."""
        return marked(html, self.mark(token)) if self.localized.marks else html

    @staticmethod
    def renderAttrs(token: Token) -> str:  # noqa: N802 - markdown-it's name
        """Return the attributes of a token as HTML; the same few come again and again."""
        return "".join(_attribute(name, str(value)) for name, value in token.attrs.items())

    def wrong(self, message: str, hint: str) -> None:
        """Remember a problem with the block being rendered."""
        where = Location(self.localized.document.path, self.line)
        self.problems.append(error("link", message, where, hint))

    def fresh_id(self, prefix: str) -> str:
        """Return an id that this page does not have yet."""
        self.number += 1
        return f"{prefix}-{self.number}"


@lru_cache(4096)
def _attribute(name: str, value: str) -> str:
    return f' {escapeHtml(name)}="{escapeHtml(value)}"'


def _set_classes(token: Token, *names: object) -> None:
    token.attrs["class"] = " ".join(str(name) for name in names if name)


def _callout_open(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    name = self.fresh_id("callout")
    tokens[i + 1].attrs |= {"id": name}
    kind = tokens[i].meta["kind"]
    self.callouts.append(kind)
    first = " first" if tokens[i].meta.get("first") else ""
    return f'<aside class="callout callout-{kind}{first}" aria-labelledby="{name}">\n'


def _callout_close(self: Writer, *_: object) -> str:
    self.callouts.pop()
    return "</aside>\n"


def _callout_title(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    _set_classes(tokens[i], "callout-title", tokens[i].attrs.get("class"))
    return self.tag(tokens, i)


def _table_open(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    """A table is a list on a narrow page, or scrolls by itself; its caption names its region."""
    name, words = self.fresh_id("table"), self.around.words
    if tokens[i + 1].type == "caption_open":
        tokens[i + 1].attrs |= {"id": name}
        label = f'aria-labelledby="{name}"'
    else:
        # NOTE: Name of a table with rows and columns, read aloud. It is no piece of furniture.
        table = words.attribute("Table")
        label = f'aria-label="{escape(table)}"'
    self.headers = list(_headers(tokens, i))
    kind = "table-scroll narrows" if len(self.headers) > 1 else "table-scroll"
    return f'<div class="{kind}" role="region" tabindex="0" {label}>\n<table>\n'


def _headers(tokens: Sequence[Token], start: int) -> Iterator[str]:
    """Yield the headers of a table as plain text."""
    for i in range(start, len(tokens)):
        if tokens[i].type == "th_open":
            yield markdown.plain(tokens[i + 1].content)
        if tokens[i].type == "thead_close":
            return


def _row_open(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    self.column = 0
    return self.tag(tokens, i)


def _data_cell(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    """A cell knows its header, for narrow windows, where tables are lists."""
    header = self.headers[self.column] if self.column < len(self.headers) else ""
    self.column += 1
    if header and len(self.headers) > 1 and tokens[i + 1].content:
        tokens[i].attrs["data-label"] = header
    return _cell(self, tokens, i)


def _header_cell(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    tokens[i].attrs["scope"] = "col"
    return _cell(self, tokens, i)


def _cell(self: Writer, tokens: Sequence[Token], i: int) -> str:
    """Alignment by logical sides: markdown-it's `style` would not mirror."""
    style = str(tokens[i].attrs.pop("style", ""))
    side = {"text-align:right": "end", "text-align:center": "center"}.get(style)
    if side:
        _set_classes(tokens[i], tokens[i].attrs.get("class"), f"align-{side}")
    return self.tag(tokens, i)


def _numbered_open(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    """A list that begins with another number says so in CSS, too, which WeasyPrint needs."""
    start = tokens[i].attrs.get("start")
    if start is not None:
        tokens[i].attrs["style"] = f"counter-reset: list-item {int(start) - 1}"
    return self.tag(tokens, i)


def _item_open(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    """An item with a box to tick has one in the place of its bullet."""
    ticked = tokens[i].meta.get(TASK)
    if ticked is not None:
        _set_classes(tokens[i], "task", "ticked" * ticked, tokens[i].attrs.get("class"))
    return self.tag(tokens, i)


def _with_box(self: Writer, tokens: Sequence[Token], i: int, html: str) -> str:
    """Return a text with the box before it, if it begins an item that has one.

    The text is the name of the box, read aloud with it. On paper the style sheet draws the box.
    """
    ticked = tokens[i - 2].meta.get(TASK) if i > 1 else None
    if ticked is None or self.around.on_paper:
        return html
    checked = " checked" if ticked else ""
    return f'<label><input type="checkbox" disabled{checked}> {html}</label>'


def _term_open(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    """Terms and what they mean are a group (HTML 4.4.9), which style sheets keep together."""
    direction = tokens[i].attrs.get("dir")
    group = f'<div dir="{direction}">' if direction else "<div>"
    term = self.tag(tokens, i)
    return term if tokens[i - 1].type == "dt_close" else group + term


def _meaning_close(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    closing = self.tag(tokens, i)
    return closing if tokens[i + 1].type == "dd_open" else f"{closing.rstrip()}</div>\n"


def _text(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    """On paper and in books, an author's line of underscores is one to write on."""
    text = escapeHtml(tokens[i].content)
    return WRITTEN_LINE.sub(BLANK, text) if self.around.draws_lines else text


def page_reference(words: Words) -> str:
    """Return the words for a page of the leaflet, with `PAGE` for its number."""
    # NOTE: As in "see page 3": {page} is a number. Use the kind of brackets of your language.
    return words.attribute("(page {page})", page=PAGE)


def leaflet_reference(words: Words) -> str:
    """Return the words that name another leaflet, with `TITLE` for its title."""
    # NOTE: Printed after words that another leaflet explains. {title} is its title.
    return words.attribute("(leaflet: {title})", title=TITLE)


def _html_block(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    """Directives are for translators and this program, not for readers."""
    html = COMMENT.sub("", tokens[i].content)
    if not html.strip():
        return ""
    if self.localized.marks:
        html = _with_marks(self, tokens[i], html)
    language = self.localized.language
    if language.direction == "ltr":
        return html
    return self.inline(settled(html_tokens(html), language))


def _with_marks(self: Writer, token: Token, html: str) -> str:
    """Return a block of HTML with marks around its texts, in the order of its slots."""
    for n, part in reversed(list(enumerate(html_text.parts(html)))):
        key = self.localized.marks.get((*token.meta.get(SLOT, ()), n))
        if not part.plain:
            text = marked(html[part.start : part.end], key)
            html = html[: part.start] + text + html[part.end :]
    return html


def _footnotes_open(self: Writer, *_: object) -> str:
    words = self.around.words
    # NOTE: Name of the list of footnotes, read aloud by screen readers. Not musical notes.
    label = escape(words.attribute("Notes"))
    return f'<section class="footnotes" aria-label="{label}">\n<ol>\n'


def _footnote_anchor(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    words = self.around.words
    # NOTE: Link from a footnote back to the place it belongs to, read aloud by screen readers.
    label = escape(words.attribute("Back to the text"))
    name = _note(tokens[i].meta)
    return f' <a href="#fnref{name}" class="footnote-backref" aria-label="{label}">↩\ufe0e</a>'


def _footnote_ref(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    """A note's number, the same at each place that refers to it."""
    meta = tokens[i].meta
    label = self.localized.language.format_number(meta["id"] + 1)
    lang = meta.get("spoken")
    own = f' lang="{lang.tag}" dir="{lang.direction}"' if lang else ""
    link = f'<a href="#fn{meta["id"] + 1}" id="fnref{_note(meta)}">[{label}]</a>'
    return f'<sup class="footnote-ref"{own}>{link}</sup>'


def _note(meta: Mapping[str, int]) -> str:
    """Return what tells apart the places that refer to one note."""
    return str(meta["id"] + 1) + (f":{meta['subId']}" if meta.get("subId") else "")


def _always(html: str) -> Rule:
    return lambda *_: html


RULES: Final[Mapping[str, Rule]] = {
    "html_block": _html_block,
    "container_callout_open": _callout_open,
    "container_callout_close": _callout_close,
    "callout_title_open": _callout_title,
    "table_open": _table_open,
    "table_close": _always("</table>\n</div>\n"),
    "th_open": _header_cell,
    "tr_open": _row_open,
    "td_open": _data_cell,
    "ordered_list_open": _numbered_open,
    "list_item_open": _item_open,
    "dl_open": _always('<dl class="glossary">\n'),
    "dt_open": _term_open,
    "dd_close": _meaning_close,
    "text": _text,
    "footnote_block_open": _footnotes_open,
    "footnote_anchor": _footnote_anchor,
    "footnote_ref": _footnote_ref,
    "abbreviation": _always(""),
    MARK_TYPE: _always(MARK),
}
