"""Passes over parsed inline text: isolated numbers, abbreviations, glossary terms.

They run on a localized document just before it becomes HTML. They change no words, and add none
but the meanings of abbreviations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from markdown_it.token import Token

from ankl_i18n.checks.unit_signs import unit_after, unit_at
from ankl_i18n.html.directions import directed, ordered
from ankl_i18n.html.localize import Localized, foreign_attributes
from ankl_i18n.html.marks import ELEMENT, KEY, MORE
from ankl_i18n.html.measures import KEEP_TOGETHER
from ankl_i18n.html.pieces import BARE_NUMBER, DIGITS, direction
from ankl_i18n.languages import Language
from ankl_i18n.languages.reader import language_data
from ankl_i18n.source.markdown import plain

TITLES: Final = frozenset({"heading_open", "dt_open", "callout_title_open"})
# The number in the text of a link to a telephone.
TELEPHONE: Final = re.compile(r"[+(*#]*\d(?:[\d\s().–‑/+*#-]*[\d#])?")
SPACE_AFTER_NUMBER: Final = re.compile(r"(?<=\d) (?=\S)")
# The space after a word of one letter, and before a dash.
BINDING_SPACE: Final = re.compile(r"(?<=(?<![\w'’.-])[^\W\d_]) (?=\w)| (?=[–—] )")
HANGUL: Final = re.compile(r"[\uac00-\ud7af]")
# Scripts that are written without spaces between words: a term may begin anywhere in a line.
UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


Attributes = dict[str, str | int | float]
# A word, and what is in place of its first use, given the word and the text of its block.
Word = tuple[str, Callable[[str, str], list[Token]]]
# Where in a text something is (start and end), and the tokens in its place.
Find = Callable[[str], Iterable[tuple[int, int]]]
Replace = Callable[[str], list[Token]]


def polish(localized: Localized) -> list[Token]:
    """Return the tokens with numbers isolated, abbreviations explained and terms linked."""
    tokens = list(localized.tokens)
    _explain(tokens, _abbreviations(localized), TITLES | {"dd_open"})
    _explain(tokens, _terms(localized), TITLES)
    for token in _inlines(tokens):
        foreign = token.meta.get("foreign")
        language = foreign or localized.language
        token.children = settled(token.children or [], language)
        if foreign:
            _mark_footnotes(token.children, localized.language)
        if foreign and not token.meta.get("marked"):
            token.children = _wrapped(token.children, foreign_attributes(foreign))
    return tokens


def _mark_footnotes(tokens: Sequence[Token], language: Language) -> None:
    """Tell marks of footnotes within a foreign text that their digits are those of the page."""
    for token in tokens:
        if token.type == "footnote_ref":
            token.meta = {**token.meta, "spoken": language}


def settled(tokens: Sequence[Token], language: Language) -> list[Token]:
    """Return inline tokens in which numbers stay in one piece and in their own direction.

    `language` is that of the text: in right-to-left text all that runs another way is isolated.
    """
    whole = list(tokens)
    if any(token.type == "text" and DIGITS.search(token.content) for token in tokens):
        whole = list(_in_one_piece(tokens, language))
        _bind_units(whole, language)
    if language.data.writing.binds:
        for token in whole:
            if token.type == "text":
                token.content = BINDING_SPACE.sub("\u00a0", token.content)
    _guard_spaces(whole)
    whole = list(_in_order(whole))
    return directed(whole, language) if language.direction == "rtl" else whole


def _in_one_piece(tokens: Sequence[Token], language: Language) -> Iterator[Token]:
    """Yield tokens with measures, and the numbers that are marked as telephone numbers, whole."""
    measures = partial(_measures, language=language)
    is_telephone = False
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            is_telephone = str(token.attrs.get("href", "")).startswith("tel:")
        if is_telephone:
            yield from _split([token], _spans(TELEPHONE), _dialled)
        else:
            yield from _split([token], measures, _kept_together)


def _measures(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Yield where numbers stand that would come apart, or run the wrong way."""
    for match in KEEP_TOGETHER.finditer(text):
        start, end = match.span()
        if UNSPACED.match(text, end):  # 38度
            end = unit_at(text, end, end, language)[1]
        if not BARE_NUMBER.fullmatch(text, start, end):
            yield start, end


def _bind_units(tokens: Sequence[Token], language: Language) -> None:
    """Put a no-break space between a number and a unit in letters of the language."""
    texts = [token for token in tokens if token.type == "text"]
    line = "".join(token.content for token in texts)

    def space(match: re.Match[str]) -> str:
        return "\u00a0" if unit_after(line, match.start(), language) else " "

    bound = SPACE_AFTER_NUMBER.sub(space, line)
    for token in texts:
        if not KEEP_TOGETHER.fullmatch(token.content):
            token.content = bound[: len(token.content)]
        bound = bound[len(token.content) :]


def _inlines(tokens: Iterable[Token]) -> Iterator[Token]:
    return (token for token in tokens if token.type == "inline")


def _guard_spaces(tokens: Sequence[Token]) -> None:
    """Put a word joiner after a no-break space that ends a text ("« " before a link).

    Pango lets such a space hang over the end of a line, and WeasyPrint (70) then breaks the
    line after its first word.
    """
    for token in tokens:
        if token.type == "text" and token.content.endswith(("\u00a0", "\u202f")):
            token.content += "\u2060"


def _kept_together(text: str) -> list[Token]:
    """Numbers with units run their own way and are never broken across lines."""
    way = direction(text)
    return _wrapped([_text(text)], {"class": way, "dir": way})


def _dialled(text: str) -> list[Token]:
    """A telephone number is read in the order in which it is dialled, in any digits."""
    return _wrapped([_text(text)], {"class": "ltr", "dir": "ltr"})


def _in_order(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield tokens with the Arabic-Indic numbers of measures that run left to right in order."""
    way = ""
    for token in tokens:
        if token.type == "span_open":
            way = str(token.attrs.get("class", ""))
        if token.type == "text" and way == "ltr":
            yield from ordered(token.content)
        else:
            yield token
        way = "" if token.type == "span_close" else way


def _wrapped(tokens: list[Token], attrs: Attributes, tag: str = "span") -> list[Token]:
    opening, closing = Token(f"{tag}_open", tag, 1), Token(f"{tag}_close", tag, -1)
    opening.attrs = attrs
    return [opening, *tokens, closing]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _split(tokens: Sequence[Token], find: Find, replace: Replace) -> list[Token]:
    """Replace what is found in text tokens by other tokens."""
    out: list[Token] = []
    for token in tokens:
        if token.type != "text":
            out.append(token)
            continue
        position = 0
        for start, end in find(token.content):
            if start > position:
                out.append(_text(token.content[position:start]))
            out += replace(token.content[start:end])
            position = end
        if position < len(token.content):
            out.append(_text(token.content[position:]))
    return out


def _spans(pattern: re.Pattern[str]) -> Find:
    return lambda text: (match.span() for match in pattern.finditer(text))


def meanings(localized: Localized) -> dict[str, str]:
    """Return what follows each abbreviation at its first use, such as " (deep vein thrombosis)"."""
    form = language_data(localized.language.tag).writing.explained
    return {
        short: form.format(meaning=meaning) for short, meaning in localized.abbreviations if meaning
    }


def _abbreviations(localized: Localized) -> list[Word]:
    """Return abbreviations, each followed by its meaning where nothing else there tells it.

    In brackets that anybody sees: what a browser shows for a `title`, neither a finger, a
    keyboard nor paper does.
    """
    printed = meanings(localized)
    linked = {word for word, _ in _terms(localized)}
    foreign = {localized.texts[slot] for slot in localized.foreign if slot[0] == "meaning"}
    marks = _marks_of_abbreviations(localized)

    def put(meaning: str, short: str, block: str) -> list[Token]:
        if short not in printed or short in linked or _is_explained(short, meaning, block):
            more: Attributes = {MORE: " ".join(marks[short])} if short in marks else {}
            return _wrapped([_text(short)], {"title": meaning, **more}, "abbr")
        before, _, after = printed[short].partition(meaning)
        told = [_text(meaning)]
        if meaning in foreign:
            told = _wrapped(told, foreign_attributes(localized.source))
        named: Attributes = {}
        if short in marks:
            named = {MORE: marks[short][0]}
            told = _wrapped(told, {KEY: marks[short][1]}, ELEMENT)
        return [*_wrapped([_text(short)], named, "abbr"), _text(before), *told, _text(after)]

    return [(short, partial(put, meaning)) for short, meaning in localized.abbreviations]


def _marks_of_abbreviations(localized: Localized) -> dict[str, tuple[str, str]]:
    """Return the marks of each short form and of its meaning, where there are any."""
    marks = localized.marks
    return {
        localized.texts[slot]: (marks[slot], marks.get(("meaning", slot[1]), ""))
        for slot in marks
        if slot[0] == "abbreviation"
    }


def _is_explained(short: str, meaning: str, block: str) -> bool:
    """Tell whether a block says what an abbreviation means, or one is in brackets for it."""
    word = re.escape(short)
    in_brackets = rf"[(（]\s*{word}\s*[)）]|{word}\s*[(（]"
    return meaning.casefold() in block.casefold() or bool(re.search(in_brackets, block))


def _terms(localized: Localized) -> list[Word]:
    """Return the glossary terms that no link of the text leads to, to be linked at first use."""
    linked = {
        str(child.attrs.get("href", ""))
        for token in _inlines(localized.tokens)
        for child in token.children or []
        if child.type == "link_open"
    }
    words: list[Word] = []
    for opening, inline in zip(localized.tokens, localized.tokens[1:], strict=False):
        if opening.type == "dt_open" and f"#{opening.attrs.get('id')}" not in linked:
            word = re.sub(r"\s*[(（].*?[)）]\s*$", "", plain(inline.content)).strip()
            if word:
                attrs: Attributes = {"class": "term", "href": f"#{opening.attrs['id']}"}
                words.append((word, partial(_linked, attrs)))
    return words


def _linked(attrs: Attributes, word: str, _block: str) -> list[Token]:
    return _wrapped([_text(word)], dict(attrs), "a")


def _explain(tokens: Sequence[Token], words: Sequence[Word], within: frozenset[str]) -> None:
    """Put the tokens of each word in place of its first use, but within some blocks."""
    by_word = {word: put for word, put in words if word}
    if not by_word:
        return
    pattern = re.compile("|".join(map(_word_pattern, sorted(by_word, key=len, reverse=True))))
    seen: set[str] = set()

    def wrap(block: str, word: str) -> list[Token]:
        if word in seen:
            return [_text(word)]
        seen.add(word)
        return by_word[word](word, block)

    stack: list[str] = []
    for token in tokens:
        if token.nesting > 0:
            stack.append(token.type)
        elif token.nesting < 0:
            stack.pop()
        if token.type == "inline" and within.isdisjoint(stack) and not token.meta.get("foreign"):
            children = token.children or []
            block = "".join(child.content for child in children)
            token.children = _outside_links(children, pattern, partial(wrap, block))


def _outside_links(
    children: Sequence[Token], pattern: re.Pattern[str], wrap: Callable[[str], list[Token]]
) -> list[Token]:
    out: list[Token] = []
    depth = 0
    for child in children:
        depth += (
            child.nesting if child.type in ("link_open", "link_close", "a_open", "a_close") else 0
        )
        out += [child] if depth else _split([child], _spans(pattern), wrap)
    return out


def _word_pattern(word: str) -> str:
    """Return a pattern that finds a word, but not a part of another one.

    A word in Latin letters may touch letters of a script without spaces ("ANKLは"), and
    particles are written to the end of a Korean word.
    """
    escaped = re.escape(word)
    if UNSPACED.search(word):
        return escaped
    if word.isascii():
        return rf"(?<![A-Za-z0-9]){escaped}(?![A-Za-z0-9])"
    return rf"(?<!\w){escaped}" if HANGUL.search(word) else rf"(?<!\w){escaped}(?!\w)"
