"""From localized tokens to the HTML of a leaflet's text: one rule for each kind of block."""

from __future__ import annotations

import base64
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache, partial
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML

from ankl_i18n.errors import Location, RenderError, error
from ankl_i18n.html import references
from ankl_i18n.html.danger import MARK, MARK_TYPE
from ankl_i18n.html.directions import html_tokens
from ankl_i18n.html.localize import CODE
from ankl_i18n.html.marks import MORE, SLOT, marked, more
from ankl_i18n.html.references import PAGE, TITLE
from ankl_i18n.html.typography import polish, settled
from ankl_i18n.source import html_text, markdown
from ankl_i18n.source.directives import COMMENT
from ankl_i18n.source.fields import (
    BLANK,
    BLANK_WORDS,
    BLANKS,
    TELEPHONE_BLANK,
    WRITTEN_LINE,
)
from ankl_i18n.source.reviewed import KEY, OUTSIDE
from ankl_i18n.source.tasks import KEY as TASK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

    from ankl_i18n.html.localize import Localized
    from ankl_i18n.html.words import Words
    from ankl_i18n.languages import Language
    from ankl_i18n.source.reviewed import Reviewed

# A line to write on, with what it is for.
SCREEN_LINE: Final = '<span class="blank" role="img" aria-label="{}"></span>'
PAPER_LINE: Final = (
    '<img class="blank" alt="{}" src="data:image/svg+xml,'
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 240 24' preserveAspectRatio='none'>"
    "<path stroke='%23000' stroke-width='.8' d='M0 23.5H240'/></svg>\">"
)
# Tags, and what has text alone.
NO_LINES: Final = re.compile(r"<title>.*?</title>|<[^>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link to another leaflet leads: its address and the language found there.

    `is_list`: it is that of the list of leaflets, since there is something wrong with this one.
    `title_html` is the leaflet's title in that language.
    """

    href: str
    language: Language
    is_list: bool = False
    title_html: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the text of a leaflet needs from the world around it, as pure functions.

    `leaflet(name)` finds another leaflet by its name (path without `.md`) or None; `asset`
    returns the bytes and the name of an image in the reader's language, or None. `on_paper`:
    nobody can follow a link there, so it says where it leads. It `draws_lines` in the place of
    underscores.
    """

    leaflet: Callable[[str], Target | None]
    asset: Callable[[str], tuple[bytes, str] | None]
    words: Words
    on_paper: bool = False
    draws_lines: bool = False


def body(localized: Localized, around: Surroundings, *, skip_title: bool = False) -> str:
    """Return the HTML of a leaflet's text.

    Raises `RenderError` for a link to a leaflet that does not exist or a missing image.
    """
    writer = Writer(localized, around)
    tokens = polish(localized)
    if skip_title and tokens[:1] and tokens[0].tag == "h1":
        tokens = tokens[3:]
    html = writer.render(tokens, markdown.parser().options, {})
    if writer.problems:
        raise RenderError(writer.problems)
    return html


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
    """markdown-it's HTML renderer with the rules of `RULES` on top."""

    def __init__(self, localized: Localized, around: Surroundings) -> None:
        super().__init__(markdown.parser())
        self.rules = {**markdown.renderer().rules, **self.rules}
        self.rules |= {name: rule.__get__(self) for name, rule in RULES.items()}
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
            html = str(self.renderToken(tokens, i, options, env))
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


def _callout_title(
    self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    tokens[i].attrs["class"] = " ".join(
        filter(None, ["callout-title", str(tokens[i].attrs.get("class", ""))])
    )
    return str(self.renderToken(tokens, i, options, env))


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


def _row_open(
    self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    self.column = 0
    return str(self.renderToken(tokens, i, options, env))


def _data_cell(
    self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    """A cell knows its header, for narrow windows, where tables are lists."""
    header = self.headers[self.column] if self.column < len(self.headers) else ""
    self.column += 1
    if header and len(self.headers) > 1 and tokens[i + 1].content:
        tokens[i].attrs["data-label"] = header
    return _cell(self, tokens, i, options, env)


def _table_close(_self: Writer, *_: object) -> str:
    return "</table>\n</div>\n"


def _header_cell(
    self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    tokens[i].attrs["scope"] = "col"
    return _cell(self, tokens, i, options, env)


def _cell(self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
    """Alignment by logical sides: markdown-it's `style` would not mirror."""
    style = str(tokens[i].attrs.pop("style", ""))
    side = {"text-align:right": "end", "text-align:center": "center"}.get(style)
    if side:
        tokens[i].attrs["class"] = " ".join(
            filter(None, [str(tokens[i].attrs.get("class", "")), f"align-{side}"])
        )
    return str(self.renderToken(tokens, i, options, env))


def _numbered_open(
    self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    """A list that begins with another number says so in CSS, too, which WeasyPrint needs."""
    start = tokens[i].attrs.get("start")
    if start is not None:
        tokens[i].attrs["style"] = f"counter-reset: list-item {int(start) - 1}"
    return str(self.renderToken(tokens, i, options, env))


def _item_open(
    self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    """An item with a box to tick has one in the place of its bullet."""
    ticked = tokens[i].meta.get(TASK)
    if ticked is not None:
        tokens[i].attrs["class"] = " ".join(
            filter(None, ["task", "ticked" * ticked, str(tokens[i].attrs.get("class", ""))])
        )
    return str(self.renderToken(tokens, i, options, env))


def _with_box(self: Writer, tokens: Sequence[Token], i: int, html: str) -> str:
    """Return a text with the box before it, if it begins an item that has one.

    The text is the name of the box, read aloud with it. On paper the style sheet draws the box.
    """
    ticked = tokens[i - 2].meta.get(TASK) if i > 1 else None
    if ticked is None or self.around.on_paper:
        return html
    checked = " checked" if ticked else ""
    return f'<label><input type="checkbox" disabled{checked}> {html}</label>'


def _glossary_open(_self: Writer, *_: object) -> str:
    return '<dl class="glossary">\n'


def _term_open(
    self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    """Terms and what they mean are a group (HTML 4.4.9), which style sheets keep together."""
    direction = tokens[i].attrs.get("dir")
    group = f'<div dir="{direction}">' if direction else "<div>"
    term = str(self.renderToken(tokens, i, options, env))
    return term if tokens[i - 1].type == "dt_close" else group + term


def _meaning_close(
    self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    closing = str(self.renderToken(tokens, i, options, env))
    return closing if tokens[i + 1].type == "dd_open" else f"{closing.rstrip()}</div>\n"


def _paragraph_open(
    self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    return "" if _figure(tokens, i) else str(self.renderToken(tokens, i, options, env))


def _paragraph_close(
    self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    return "" if _figure(tokens, i - 2) else str(self.renderToken(tokens, i, options, env))


def _figure(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a paragraph is one picture and nothing else."""
    children = tokens[i + 1].children if 0 <= i < len(tokens) - 1 else None
    return (
        bool(children)
        and len(children or []) == 1
        and (children or [])[0].type == "image"
        and not tokens[i].hidden
    )


def _image(
    self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[i]
    src = str(token.attrs["src"])
    if OUTSIDE.match(src):
        return _remote(self, token, options, env)
    picture = self.around.asset(src)
    if picture is None:
        hint = "put the file there, inside the source folder, or fix the address"
        self.wrong(f"image not found: {src}", hint)
        return ""
    data, name = picture
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    # Readers get the picture; who makes a PDF is told its name, should it not be drawn. Quoted
    # twice, and unquoted once, it has no sign that a parameter cannot have (RFC 2045).
    named = quote(quote(src, safe=""))
    address = f"data:{kind};name={named};base64,{base64.b64encode(data).decode()}"
    alt = self.renderInlineAsText(token.children or [], options, env)
    img = f'<img src="{address}" alt="{escape(alt)}"{_language(token, "alt")}{_more(self, token)}>'
    return f"<figure>{img}{_caption(self, token)}</figure>\n" if len(tokens) == 1 else img


def _remote(self: Writer, token: Token, options: OptionsDict, env: EnvType) -> str:
    """A picture of another site: nothing is fetched from there, so its description is a link."""
    src = str(token.attrs["src"])
    alt = escape(self.renderInlineAsText(token.children or [], options, env) or src)
    words = f"<span{_language(token, 'alt')}>{alt}</span>"
    if not src.startswith(("https://", "http://")):
        return words
    words = marked(words, self.mark(token, "alt"))
    return f'<a class="remote-picture" href="{escape(src)}">{words}</a>'


def _caption(self: Writer, token: Token) -> str:
    title = str(token.attrs.get("title", ""))
    language = token.meta.get("foreign title") or self.localized.language
    words = self.inline(settled(markdown.parse_inline(title, token.meta.get(KEY)), language))
    words = marked(words, self.mark(token, "title"))
    return f"<figcaption{_language(token, 'title')}>{words}</figcaption>" if title else ""


def _more(self: Writer, token: Token) -> str:
    """Return the marks of what readers see of a picture or link besides its own text."""
    return more(self.mark(token, "alt")) if self.localized.marks else ""


def _language(token: Token, kind: str) -> str:
    source = token.meta.get(f"foreign {kind}")
    return f' lang="{source.tag}" dir="{source.direction}"' if source else ""


def _text(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    """On paper and in books, an author's line of underscores is one to write on."""
    text = escapeHtml(tokens[i].content)
    return WRITTEN_LINE.sub(BLANK, text) if self.around.draws_lines else text


def _link_open(
    self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[i]
    href = str(token.attrs["href"])
    if href.startswith("#") and href[1:] in self.localized.document.terms:
        token.attrs["class"] = "term"
    elif OUTSIDE.match(href):
        if self.around.on_paper and token.markup in ("autolink", "linkify"):
            token.attrs["class"] = "shown"
    elif not href.startswith("#"):
        _link_leaflet(self, token, href)
    if title := self.mark(token, "title"):
        token.attrs[MORE] = title
    return str(self.renderToken(tokens, i, options, env))


def _link_leaflet(self: Writer, token: Token, href: str) -> None:
    """Point a link at another leaflet's page: in this language, else in the source language."""
    path, _, fragment = href.partition("#")
    if not path.endswith(".md"):
        return
    target = self.around.leaflet(path.removesuffix(".md"))
    if target is None:
        self.wrong(
            f"there is no leaflet {path}", "fix the address, or write the text without a link"
        )
        return
    place = f"#{fragment}" if fragment and not target.is_list else ""
    token.attrs["href"] = target.href + place
    token.meta["target"] = target
    if target.language != self.localized.language:
        token.attrs["hreflang"] = target.language.tag


def _link_close(
    self: Writer, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    start = _opening(tokens, i)
    closing = str(self.renderToken(tokens, i, options, env))
    target: Target | None = tokens[start].meta.get("target")
    if target and target.language != self.localized.language:
        mark = f'<bdi lang="{target.language.tag}">{escape(target.language.endonym)}</bdi>'
        closing += f" ({mark})"
    return closing + (_reference(self, tokens, start, i) if self.around.on_paper else "")


def _opening(tokens: Sequence[Token], i: int) -> int:
    """Return where a link begins that ends at a token."""
    depth, start = 1, i
    while depth:
        start -= 1
        depth -= tokens[start].nesting if tokens[start].type in ("link_open", "link_close") else 0
    return start


def _reference(self: Writer, tokens: Sequence[Token], start: int, end: int) -> str:
    """Return what tells where a link leads, at the first one to each place.

    There is none in a box of danger, which is read fast, nor where the text names the leaflet.
    """
    href = str(tokens[start].attrs["href"])
    target: Target | None = tokens[start].meta.get("target")
    after = tokens[end + 1 :]
    is_told = href in self.referred or "danger" in self.callouts
    if is_told or not references.has_room(after, self.language):
        return ""
    words, own = self.around.words, _own_language(self)
    if href.startswith("#"):
        self.referred.add(href)
        return references.page(href, page_reference(words), words.language, own, after)
    if target is None or target.is_list:
        return ""
    title = target.title_html
    if not title or references.names(references.told(tokens), title):
        return ""
    self.referred.add(href)
    of = target.language
    shown = f'<bdi lang="{of.tag}" dir="{of.direction}">{title}</bdi>'
    named = escape(leaflet_reference(words)).replace(TITLE, shown)
    return references.leaflet(named, words.language, own, after)


def _own_language(self: Writer) -> str:
    """Return attributes for words of the page within a text of another language."""
    own = self.localized.language
    return f' lang="{own.tag}" dir="{own.direction}"' if self.is_foreign else ""


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


def _abbreviation(_self: Writer, *_: object) -> str:
    return ""


def _end_of_lead(_self: Writer, *_: object) -> str:
    return MARK


RULES: Mapping[str, Callable[..., str]] = {
    "html_block": _html_block,
    "container_callout_open": _callout_open,
    "container_callout_close": _callout_close,
    "callout_title_open": _callout_title,
    "table_open": _table_open,
    "table_close": _table_close,
    "th_open": _header_cell,
    "tr_open": _row_open,
    "td_open": _data_cell,
    "ordered_list_open": _numbered_open,
    "list_item_open": _item_open,
    "dl_open": _glossary_open,
    "dt_open": _term_open,
    "dd_close": _meaning_close,
    "paragraph_open": _paragraph_open,
    "paragraph_close": _paragraph_close,
    "image": _image,
    "text": _text,
    "link_open": _link_open,
    "link_close": _link_close,
    "footnote_block_open": _footnotes_open,
    "footnote_anchor": _footnote_anchor,
    "footnote_ref": _footnote_ref,
    "abbreviation": _abbreviation,
    MARK_TYPE: _end_of_lead,
}
