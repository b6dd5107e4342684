"""Hostile texts in every slot of a leaflet, and a judge of the pages that knows none of our code.

`cases/hostile/vectors.txt` holds what is tried, `nestings.txt` where it is put (`§`), and
`leaflet.md` every construct of our Markdown. The judge has lists of what pages may hold.
"""

from __future__ import annotations

import random
import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import tinyhtml5

from ankl_i18n.html import page as html
from ankl_i18n.html.bilingual import Side, bilingual
from ankl_i18n.html.localize import Localized, localize
from ankl_i18n.html.records import Card, Edition, Frame
from ankl_i18n.html.surroundings import Surroundings, Target
from ankl_i18n.html.templating import PAGED_STYLES, STYLES, style_sheets
from ankl_i18n.html.words import Words
from ankl_i18n.languages import Language, language
from ankl_i18n.source import Document, parse

CASES = Path(__file__).parent / "cases" / "hostile"
PIXEL = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
# The one picture that there is, with the name of a file.
PICTURE = re.compile(rf"data:image/gif;name=[\w.%~-]+;base64,{b64encode(PIXEL).decode()}", re.ASCII)
EN = language("en")
# What our pages are made of, and the tags that `leaflet.md` has. All else is a way out.
ELEMENTS = frozenset({
    "html", "head", "meta", "title", "style", "link", "body", "a", "header", "nav", "main",
    "footer",
    "aside", "section", "article", "div", "span", "p", "h1", "h2", "h3", "h4", "ul", "ol", "li",
    "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "blockquote", "pre",
    "code", "em", "strong", "sup", "abbr", "bdi", "br", "hr", "img", "figure", "figcaption", "svg",
    "details", "summary", "time", "path", "g", "circle",
    "text", "b", "math", "mi", "noscript", "template", "select", "option", "textarea",
})  # fmt: skip
ATTRIBUTES = frozenset({
    "lang", "dir", "class", "id", "title", "href", "alt", "src", "charset", "name", "content",
    "http-equiv", "hreflang", "rel", "scope", "tabindex", "role", "aria-label", "aria-labelledby",
    "aria-hidden", "aria-current", "datetime", "start", "data-number", "data-bookmark", "viewBox",
    "width", "height", "focusable", "fill", "stroke", "stroke-width", "d", "cx", "cy", "r", "type",
    "data-label", "data-x", "data-y",
})  # fmt: skip
# Addresses that a reader may open: those of other kinds, if any, open nothing by themselves.
LINK = re.compile(r"(?![a-z][a-z0-9+.-]*:)|(?:https?|ftp|mailto|feed|blob|tel):", re.IGNORECASE)
SCRIPT = re.compile(r"[\x00-\x20]*(?:javascript|vbscript):", re.IGNORECASE)
CHANGES = (
    str, str, str.upper, str.lower, str.swapcase,
    lambda text: text.replace("alert", "\x00alert"),
    lambda text: text.replace(" ", "\t"),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "/"),
    lambda text: text.replace("<", "&lt;", 1),
    lambda text: text.replace(">", "", 1),
    lambda text: text.replace('"', ""),
    lambda text: text.replace("'", '"'),
    lambda text: text + text,
    lambda text: f"{text} \\\n{text}",
)  # fmt: skip


def lines(name: str) -> list[str]:
    return (CASES / name).read_text(encoding="utf-8").splitlines()


@cache
def texts(count: int, seed: int = 20261130) -> tuple[str, ...]:
    """Return different hostile texts: each vector as it is, then changed and nested by chance."""
    chance = random.Random(seed)
    vectors, nestings = lines("vectors.txt"), lines("nestings.txt")
    found = dict.fromkeys(vectors)
    while len(found) < count:
        text = chance.choice(CHANGES)(chance.choice(vectors))
        for _ in range(chance.choice((1, 1, 2, 3))):
            text = chance.choice(nestings).replace("§", text)
        found[text] = None
    return tuple(found)


def sample(count: int) -> list[str]:
    """Return some of the 2,000 texts, always the same."""
    return random.Random(count).sample(texts(2000), count)


@cache
def leaflet(*, active: bool = True) -> Document:
    """Return the leaflet; one that is not `active` has harmless tags for scripts and styles."""
    source = (CASES / "leaflet.md").read_text(encoding="utf-8")
    if not active:
        source = re.sub(r"(</?)(?:script|style)>", r"\1kbd>", source)
    return parse(source, "leaflet.md", "leaflet")


def _side(document: Document, spoken: Language, text: str) -> Side:
    words = Words(spoken, EN, {}, lambda n: int(n > 1))
    around = Surroundings(lambda _: Target("x.html", spoken), lambda _: (PIXEL, "p.gif"), words)
    return Side(localize(document, spoken, EN, lambda _: text), around)


def web_page(text: str, tag: str = "fr", *, large: bool = False) -> str:
    """Return the leaflet's page in which every message is one text."""
    side = _side(leaflet(), language(tag), text)
    frame = Frame(language(tag), edition="large-print" if large else "standard")
    return html.leaflet(side.localized, side.around, frame, Edition("draft", True, text, (), ""))


def bilingual_page(text: str) -> str:
    """Return the bilingual edition in which every message is one text."""
    document = leaflet(active=False)
    sides = _side(document, EN, text), _side(document, language("fr"), text)
    frame = Frame(language("fr"), paper="a4", edition="bilingual")
    return bilingual(*sides, frame, Edition("draft", True, text, (), ""))


def index_page(text: str, tag: str = "fr") -> str:
    """Return a list of leaflets whose title and summary are one text."""
    side = _side(leaflet(), language(tag), text)
    localized: Localized = side.localized
    title, summary = (html.front_html(localized, name) for name in ("title", "summary"))
    lang = localized.language
    card = Card(title, summary, "x.html", (), lang.tag, lang.direction, localized.missing, True)
    return html.index(Frame(language(tag)), side.around.words, [card])


def wrong(page: str, more: frozenset[str] = frozenset()) -> list[str]:
    """Return what a page holds that no page may; `more` are elements that this one may."""
    page = page.replace(style_sheets(PAGED_STYLES), "", 1)
    page = page.replace(style_sheets(STYLES), "", 1)
    found: list[str] = []
    for scripting in (False, True):
        tree = tinyhtml5.parse(page, namespace_html_elements=False, scripting=scripting)
        for node in tree.iter():
            if isinstance(node.tag, str):
                found += _wrong(node, more)
        if len(tree) != 2 or [child.tag for child in tree] != ["head", "body"]:
            found.append("not a head and a body")
    return found


def _wrong(node: Any, more: frozenset[str]) -> Iterator[str]:
    tag = node.tag.rpartition("}")[2]
    if tag == "script" and dict(node.attrib) == {"type": "application/ld+json"}:
        return  # data, which no browser runs
    if tag not in ELEMENTS | more:
        yield f"<{tag}>"
    if tag == "style" and (node.text or "").strip():
        yield f"a style: {node.text[:60]}"
    for key, value in node.attrib.items():
        name = key.rpartition("}")[2]
        if name not in ATTRIBUTES:
            yield f"<{tag} {name}={value[:60]}>"
        if name == "href" and (tag not in ("a", "link") or not LINK.match(value)):
            yield f"<{tag} href={value[:60]}>"
        if name in ("href", "src") and SCRIPT.match(re.sub(r"[\t\r\n]", "", value)):
            yield f"<{tag} {name}={value[:60]}>"
        if name == "src" and value and not PICTURE.fullmatch(value):
            yield f"<{tag} src={value[:60]}>"
        if name == "http-equiv" and value != "Content-Security-Policy":
            yield f"<{tag} http-equiv={value}>"
