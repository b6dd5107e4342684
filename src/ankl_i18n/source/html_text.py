"""Text that readers see inside raw HTML blocks: one message for each block element.

Inline tags (`<b>`, `<a href>`) stay inside their sentence, so that "Do <b>not</b> drink" is one
message. What a reader sees of a tag's attributes is a message of its own. Nothing around the
texts changes by a byte.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

MARKUP: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/<>\"']*)(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*(?P<end>>?)"
    r"|<[!?/](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>?",
    re.DOTALL | re.IGNORECASE,
)
# Each attribute of a tag as a whole, so that nothing within a value is taken for one.
ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
SEEN: Final = frozenset({"alt", "title", "aria-label"})
SEEN_IN_TAG: Final = re.compile(
    r"""\s+(?:alt|title|aria-label)\s*=\s*(?:"[^"]*"|'[^']*')""", re.IGNORECASE
)
# Elements that a sentence may hold (HTML 4.5, text-level semantics; 15.2, obsolete ones).
INLINE: Final = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del"),
        *("dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rb"),
        *("rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub"),
        *("sup", "time", "tt", "u", "var", "wbr"),
    )
)
VOID: Final = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
    )
)
# Elements that contain text alone: a tag in them would be shown.
NO_TAGS_IN: Final = frozenset({"option", "textarea", "title"})
BROKEN: Final = "<"
# A sign that begins a tag, or an entity, if it is not escaped.
_TAG_START: Final = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY_START: Final = re.compile(r"&(?=#?\w+;)")
_SPACE: Final = re.compile(r"\s+")
_LANG: Final = re.compile(r"\slang\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, or a comment (without a name), at `start` to `end` of its block.

    `broken` tells that it has no end: no browser shows what follows as text.
    """

    start: int
    end: int
    name: str = ""
    closes: bool = False
    broken: bool = False

    @property
    def opens(self) -> bool:
        """Whether something must close it."""
        return bool(self.name) and not self.closes and self.name not in VOID


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a block at `start` to `end`: `msgid` is what translators get.

    `tags` are those inside it, by what stands for each in the msgid; `plain` tells that no tag
    may be put around it (a value of an attribute, a title).
    """

    start: int
    end: int
    msgid: str
    tags: dict[str, Tag] = field(default_factory=dict)
    plain: bool = False


def parts(block: str) -> list[Part]:
    """Return the texts of an HTML block, in the order in which they begin."""
    parts: list[Part] = []
    run: list[Tag] = []
    begin, above = 0, ""
    tags = list(_tags(block))
    for tag in tags:
        if not tag.broken and (tag.name in INLINE or block.startswith("<!--", tag.start)):
            run.append(tag)
            continue
        parts += _sentences(block, begin, tag.start, run, above)
        run, begin = [], tag.end
        above = BROKEN if tag.broken else "" if tag.closes else tag.name
    parts += _sentences(block, begin, len(block), run, above)
    for tag in tags:
        parts += _values(block, tag)
    return sorted(parts, key=lambda part: part.start)


def texts(block: str) -> list[str]:
    """Return the msgids of an HTML block's texts."""
    return [part.msgid for part in parts(block)]


def fill(block: str, new: Sequence[str | None], around: tuple[str, str] = ("", "")) -> str:
    """Return a block with its texts replaced by new ones, in their order.

    A text that is None stays as it is; a sentence is put between the tags `around` then, unless
    the block says its language. Of the
    tags in a new text those are tags that the old one has, too, if they are closed in it; all
    else is text.
    """
    replaced = list(zip(parts(block), new, strict=True))
    return "".join(_filled(block, 0, len(block), replaced, around))


def is_blank(text: str) -> bool:
    """Tell whether nobody sees any of a text (HTML or not): spaces and invisible signs alone."""
    return all(unicodedata.category(c)[0] in "ZC" for c in html.unescape(text))


def tags_of(text: str) -> Iterator[tuple[str, Tag]]:
    """Yield the tags of a text as they are written in msgids, without what readers see of them."""
    for tag in _tags(text):
        if tag.name:
            yield _written(text, tag), tag


def _tags(block: str) -> Iterator[Tag]:
    for markup in MARKUP.finditer(block):
        name = (markup["name"] or "").lower()
        broken = bool(name) and not markup["end"]
        yield Tag(markup.start(), markup.end(), name, bool(markup["close"]), broken)


def _written(block: str, tag: Tag) -> str:
    return _SPACE.sub(" ", SEEN_IN_TAG.sub("", block[tag.start : tag.end]))


def _values(block: str, tag: Tag) -> Iterator[Part]:
    """Yield the values of a tag's attributes that readers see."""
    if not tag.name:
        return
    for match in ATTRIBUTE.finditer(block, tag.start + len("<") + len(tag.name), tag.end):
        if match[1].lower() not in SEEN or not (match[2] or "").startswith(('"', "'")):
            continue
        start, end = match.start(2) + 1, match.end(2) - 1
        if not is_blank(block[start:end]):
            yield Part(start, end, _msgid(block[start:end]), plain=True)


def _sentences(block: str, start: int, end: int, tags: Sequence[Tag], above: str) -> Iterator[Part]:
    """Yield the text between two tags of blocks: one, or one for each piece of broken markup."""
    if above == BROKEN:
        return
    if not _is_balanced(tags):
        for tag in tags:
            yield from _sentence(block, start, tag.start, (), above)
            start = tag.end
        tags = ()
    yield from _sentence(block, start, end, tags, above)


def _sentence(block: str, start: int, end: int, tags: Sequence[Tag], above: str) -> Iterator[Part]:
    start, end, tags = _peeled(block, start, end, tags)
    text_between = "".join(_between(block, start, end, tags))
    if is_blank(text_between):
        return
    if above == "pre":
        text = block[start:end] if tags else html.unescape(text_between)
        yield Part(start, end, text, {_written(block, tag): tag for tag in tags})
        return
    pieces: list[str] = []
    known: dict[str, Tag] = {}
    position = start
    for tag in tags:
        pieces.append(_msgid(block[position : tag.start]))
        if tag.name:
            written = _written(block, tag)
            pieces.append(written)
            known.setdefault(written, tag)
        position = tag.end
    text = "".join([*pieces, _msgid(block[position:end])])
    yield Part(start, end, _SPACE.sub(" ", text).strip(), known, plain=above in NO_TAGS_IN)


def _between(block: str, start: int, end: int, tags: Iterable[Tag]) -> Iterator[str]:
    for tag in tags:
        yield block[start : tag.start]
        start = tag.end
    yield block[start:end]


def _peeled(
    block: str, start: int, end: int, tags: Sequence[Tag]
) -> tuple[int, int, Sequence[Tag]]:
    """Return a sentence without the spaces, and the balanced tags, around all of it."""
    partners = _partners(tags)
    seen = list(
        accumulate((not is_blank(gap) for gap in _between(block, start, end, tags)), initial=0)
    )
    first, last = 0, len(tags) - 1
    while first <= last:
        closing, opening = partners[first], partners[last]
        starts, ends = seen[first] == seen[first + 1], seen[last + 1] == seen[last + 2]
        if starts and seen[first + 1] == seen[closing + 1]:  # nothing is in it
            start, first = tags[closing].end, closing + 1
        elif ends and seen[opening + 1] == seen[last + 1]:
            end, last = tags[opening].start, opening - 1
        elif starts and ends and closing == last:
            start, end, first, last = tags[first].end, tags[last].start, first + 1, last - 1
        else:
            break
    return *_stripped(block, start, end), tags[first : last + 1]


def _partners(tags: Sequence[Tag]) -> list[int]:
    """Return, for each of some balanced tags, which one closes or opens it; itself if none does."""
    partners = list(range(len(tags)))
    opened: list[int] = []
    for i, tag in enumerate(tags):
        if tag.opens:
            opened.append(i)
        elif tag.closes:
            partners[i] = opened.pop()
            partners[partners[i]] = i
    return partners


def _is_balanced(tags: Iterable[Tag]) -> bool:
    opened: list[str] = []
    for tag in tags:
        if tag.opens:
            opened.append(tag.name)
        elif tag.closes and (not opened or opened.pop() != tag.name):
            return False
    return not opened


def _msgid(text: str) -> str:
    """Return the characters that a text stands for, but what would be a tag or an entity then."""
    unescaped = _ENTITY_START.sub("&amp;", html.unescape(text))
    return _SPACE.sub(" ", _TAG_START.sub("&lt;", unescaped))


def _stripped(block: str, start: int, end: int) -> tuple[int, int]:
    piece = block[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _filled(
    block: str, start: int, end: int, replaced: Sequence[tuple[Part, str | None]],
    around: tuple[str, str],
) -> Iterator[str]:  # fmt: skip
    """Yield a piece of a block with the texts that are in it, all those found, replaced."""
    position, i = start, 0
    while i < len(replaced):
        part, text = replaced[i]
        after = next(
            (j for j in range(i + 1, len(replaced)) if replaced[j][0].start >= part.end),
            len(replaced),
        )
        inner = replaced[i + 1 : after]
        yield block[position : part.start]
        if text is None:
            is_marked = part.plain or _says_language(block, part.start)
            opening, closing = ("", "") if is_marked else around
            same = _filled(block, part.start, part.end, inner, ("", ""))
            yield from (opening, *same, closing)
        elif part.plain:
            yield _escaped(text)
        else:
            yield from _sentence_of(block, text, part, inner)
        position, i = part.end, after
    yield block[position:end]


def _says_language(block: str, place: int) -> bool:
    """Tell whether an element of the block around a place has a `lang` of its own."""
    opened: list[tuple[str, bool]] = []
    for tag in _tags(block[:place]):
        if tag.closes:
            while opened and opened.pop()[0] != tag.name:
                pass
        elif tag.opens:
            opened.append((tag.name, _LANG.search(block, tag.start, tag.end) is not None))
    return any(is_said for _, is_said in opened)


def _escaped(text: str) -> str:
    return html.escape(html.unescape(text))


def _sentence_of(
    block: str, text: str, part: Part, inner: Sequence[tuple[Part, str | None]]
) -> Iterator[str]:
    """Yield a translated sentence: text, and tags that its source has, each closed."""
    tags = _closed([(tag, written) for written, tag in tags_of(text) if written in part.tags])
    position = 0
    for tag, written in tags:
        yield _escaped(text[position : tag.start])
        own = part.tags[written]
        values = [one for one in inner if own.start < one[0].start < own.end]
        yield from _filled(block, own.start, own.end, values, ("", ""))
        position = tag.end
    yield _escaped(text[position:])


def _closed(tags: Sequence[tuple[Tag, str]]) -> list[tuple[Tag, str]]:
    """Return those of some tags that are closed, or close one, or need not be."""
    closed: list[tuple[Tag, str]] = []
    opened: list[tuple[Tag, str]] = []
    names: Counter[str] = Counter()
    for one in tags:
        tag = one[0]
        if tag.opens:
            opened.append(one)
            names[tag.name] += 1
        elif not tag.closes:
            closed.append(one)
        elif names[tag.name]:
            while opened[-1][0].name != tag.name:
                names[opened.pop()[0].name] -= 1
            closed += (opened.pop(), one)
            names[tag.name] -= 1
    return sorted(closed, key=lambda one: one[0].start)
