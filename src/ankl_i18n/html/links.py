"""Links: where they lead on the web, and what they say of it on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from markdown_it.token import Token

from ankl_i18n.html import references
from ankl_i18n.html.marks import MORE
from ankl_i18n.html.markup import Rule, Writer, leaflet_reference, page_reference
from ankl_i18n.html.references import TITLE
from ankl_i18n.html.surroundings import Target
from ankl_i18n.source.reviewed import OUTSIDE


def _link_open(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
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
    return self.tag(tokens, i)


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


def _link_close(self: Writer, tokens: Sequence[Token], i: int, *_: object) -> str:
    start = _opening(tokens, i)
    closing = self.tag(tokens, i)
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


RULES: Final[Mapping[str, Rule]] = {"link_open": _link_open, "link_close": _link_close}
