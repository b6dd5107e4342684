"""Checks of raw HTML: tags that nobody closes, and elements that no page nor print can show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from ankl_i18n.source.checks.records import Finding, Leaflet, Surroundings
from ankl_i18n.source.html_text import VOID, Tag, tags_of

# Elements that end without a tag (HTML 13.1.2.4).
END_BY_THEMSELVES: Final = frozenset(
    (
        *("body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option"),
        *("p", "rb", "rp", "rt", "rtc", "tbody", "td", "tfoot", "th", "thead", "tr"),
    )
)
# Elements that run, fetch or ask something: on paper there is nothing, and pages fetch nothing.
NOT_SHOWN: Final = frozenset(
    (
        *("applet", "audio", "base", "button", "canvas", "embed", "form", "frame", "frameset"),
        *("iframe", "input", "link", "marquee", "meta", "noscript", "object", "picture", "script"),
        *("select", "source", "textarea", "track", "video"),
    )
)
WORDS: Final = "write what readers need as text, a picture with words, or a link"


def unclosed(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Tags without the tag that closes or opens them: all that follows would look like them."""
    for passage in leaflet.passages:
        if passage.text.tags:
            raw = "".join(passage.text.tags)
            yield from _unbalanced((tag, passage.line) for _, tag in tags_of(raw))
    yield from _unbalanced(_block_tags(leaflet))


def not_shown(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Elements that pages and prints do not show: films, scripts, forms."""
    inline = (
        (tag, p.line) for p in leaflet.passages for raw in p.text.tags for _, tag in tags_of(raw)
    )
    for tag, line in (*inline, *_block_tags(leaflet)):
        if tag.name in NOT_SHOWN and not tag.closes:
            yield line, f"<{tag.name}> is shown neither by the page nor on paper", WORDS


def _block_tags(leaflet: Leaflet) -> Iterator[tuple[Tag, int]]:
    """Yield the tags of all blocks of HTML with their lines; one may close what another opens."""
    for token in leaflet.document.tokens:
        if token.type == "html_block" and token.map:
            for _, tag in tags_of(token.content):
                yield tag, token.map[0] + 1 + token.content.count("\n", 0, tag.start)


def _unbalanced(tags: Iterator[tuple[Tag, int]]) -> Iterator[Finding]:
    opened: list[tuple[Tag, int]] = []
    names: Counter[str] = Counter()
    for tag, line in tags:
        if tag.name in END_BY_THEMSELVES | VOID:
            continue
        names[tag.name] += -1 if tag.closes else 1
        if not tag.closes:
            opened.append((tag, line))
        elif names[tag.name] < 0:
            names[tag.name] = 0
            hint = f"write <{tag.name}> before it, or delete it"
            yield line, f"</{tag.name}> closes nothing", hint
        else:
            while opened[-1][0].name != tag.name:
                names[opened[-1][0].name] -= 1
                yield _not_closed(*opened.pop())
            opened.pop()
    for one in opened:
        yield _not_closed(*one)


def _not_closed(tag: Tag, line: int) -> Finding:
    return line, f"<{tag.name}> is not closed", f"write </{tag.name}> where it ends"
