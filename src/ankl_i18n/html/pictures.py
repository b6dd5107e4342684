"""Pictures: figures, those within text, and links in the place of those of other sites."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final
from urllib.parse import quote

from markdown_it.token import Token

from ankl_i18n.html.marks import marked, more
from ankl_i18n.html.markup import Rule, Writer
from ankl_i18n.html.typography import settled
from ankl_i18n.source import markdown
from ankl_i18n.source.reviewed import KEY, OUTSIDE


def _paragraph_open(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    return "" if _figure(tokens, i) else self.tag(tokens, i)


def _paragraph_close(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    return "" if _figure(tokens, i - 2) else self.tag(tokens, i)


def _figure(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a paragraph is one picture and nothing else."""
    children = tokens[i + 1].children if 0 <= i < len(tokens) - 1 else ()
    return [child.type for child in children or ()] == ["image"] and not tokens[i].hidden


def _image(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    token = tokens[i]
    src = str(token.attrs["src"])
    if OUTSIDE.match(src):
        return _remote(self, token)
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
    alt = self.words(token)
    img = f'<img src="{address}" alt="{escape(alt)}"{_language(token, "alt")}{_more(self, token)}>'
    return f"<figure>{img}{_caption(self, token)}</figure>\n" if len(tokens) == 1 else img


def _remote(self: Writer, token: Token) -> str:
    """A picture of another site: nothing is fetched from there, so its description is a link."""
    src = str(token.attrs["src"])
    alt = escape(self.words(token) or src)
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


RULES: Final[Mapping[str, Rule]] = {
    "paragraph_open": _paragraph_open,
    "paragraph_close": _paragraph_close,
    "image": _image,
}
