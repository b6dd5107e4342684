"""A PDF as people see it: pictures of its pages, and where texts are on them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pypdfium2
from pypdfium2 import raw

# So many letters of a text tell it apart from others.
ENOUGH: Final = 12


# What paper says behind a link: the number of a page, with a word for it before or after it.
REFERENCE: Final = r"(?:\D{0,12}?\d{1,3}\D{0,8}?)??"


@dataclass(frozen=True, slots=True)
class Place:
    """A box on a page (from 0): its sides in parts of the page, from the top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters and digits of a document in reading order, each with its page and number."""

    text: str
    origins: tuple[tuple[int, int], ...]


def sizes(data: bytes) -> list[tuple[float, float]]:
    """Return the width and height of each page, in points."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_size() for page in document]


def picture(data: bytes, number: int, scale: float) -> bytes:
    """Return a picture of a page (from 0) as PNG; `scale` is pixels in a point."""
    with pypdfium2.PdfDocument(data) as document:
        image = document[number].render(scale=scale).to_pil()
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()


def places(data: bytes, texts: Mapping[str, str]) -> dict[str, list[Place]]:
    """Return where texts stand, by their names; those that are not found are left out.

    They are looked for one after the other, in the order given: what stands twice is found in its
    own place. Only letters and digits count: lines break where the source has spaces, words are
    hyphenated, and signs are replaced by better ones.
    """
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage() for page in document]
        extents = [page.get_size() for page in document]
        letters = _letters(pages)
        by_name: dict[str, list[Place]] = {}
        end = 0
        for name, text in texts.items():
            wanted = "".join(map(_plain, text))
            span = _span(letters.text, wanted, end) or _span(letters.text, wanted, 0)
            if wanted and span:
                by_name[name] = lines(_boxes(pages, extents, letters, *span))
                end = max(end, span[1])
    return by_name


def lines(places: Iterable[Place]) -> list[Place]:
    """Return places from the top down, with those that touch on a line made one.

    Fonts change, and directions: a line of a text is many boxes, with small gaps between them.
    """
    joined: list[Place] = []
    for place in places:
        one = place
        while beside := [other for other in joined if _touches(one, other)]:
            joined = [other for other in joined if other not in beside]
            one = _around([one, *beside])
        joined.append(one)
    return sorted(joined, key=lambda place: (place.page, place.bottom, place.left))


def _around(places: Sequence[Place]) -> Place:
    """Return the smallest place that holds some on a page."""
    left, top = min(place.left for place in places), min(place.top for place in places)
    right, bottom = max(place.right for place in places), max(place.bottom for place in places)
    return Place(places[0].page, left, top, right, bottom)


def _touches(one: Place, other: Place) -> bool:
    """Tell whether two places are on one line, with less than its height between them."""
    height = min(one.bottom - one.top, other.bottom - other.top)
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    gap = max(one.left, other.left) - min(one.right, other.right)
    return one.page == other.page and shared > height / 2 and gap < height


def _span(text: str, wanted: str, begin: int) -> tuple[int, int] | None:
    """Return where some letters are from a place on, whole or with references in between."""
    start = text.find(wanted, begin)
    if start >= 0:
        return start, start + len(wanted)
    if len(wanted) >= ENOUGH:
        pattern = REFERENCE.join(map(re.escape, wanted))
        if match := re.compile(pattern).search(text, begin):
            return match.span()
    if len(wanted) < 2 * ENOUGH:
        return None
    start = text.find(wanted[:ENOUGH], begin)
    if start < 0:
        return None
    tail = text.find(wanted[-ENOUGH:], start, start + 2 * len(wanted))
    return start, (tail if tail >= 0 else start) + ENOUGH


def _letters(pages: list[pypdfium2.PdfTextPage]) -> _Letters:
    text: list[str] = []
    origins: list[tuple[int, int]] = []
    for number, page in enumerate(pages):
        for i in range(page.count_chars()):
            plain = _plain(chr(raw.FPDFText_GetUnicode(page, i)))
            text.append(plain)
            origins += [(number, i)] * len(plain)
    return _Letters("".join(text), tuple(origins))


@lru_cache(4096)
def _plain(sign: str) -> str:
    """Return the letters, marks and digits of a sign, without the form that it has in a font."""
    whole = unicodedata.normalize("NFKD", sign).casefold()
    return "".join(one for one in whole if unicodedata.category(one)[0] in "LMN")


def _boxes(
    pages: list[pypdfium2.PdfTextPage],
    extents: list[tuple[float, float]],
    letters: _Letters,
    start: int,
    end: int,
) -> Iterator[Place]:
    """Yield the boxes of some letters, one for each run of them on a line."""
    by_page: dict[int, list[int]] = {}
    for page, i in letters.origins[start:end]:
        by_page.setdefault(page, []).append(i)
    for page, numbers in by_page.items():
        first, count = min(numbers), max(numbers) - min(numbers) + 1
        width, height = extents[page]
        for n in range(pages[page].count_rects(first, count)):
            left, bottom, right, top = pages[page].get_rect(n)
            yield Place(page, left / width, 1 - top / height, right / width, 1 - bottom / height)
