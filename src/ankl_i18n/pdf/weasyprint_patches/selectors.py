"""Selectors: what they say of an element and of those around it is found out once.

Most selectors look at an element and its ancestors alone. Their answers are kept in a tree of
elements that differ in nothing that they look at, for all documents with the same style sheets.
The few that look at siblings, children or text are asked for each element, as ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import CodeType
from typing import Any, Final

from weasyprint.css import cssselect2

# What a compiled selector (`cssselect2.compiler`) may look at if its answer is to be kept.
UPWARD: Final = frozenset({
    "ancestors", "any", "ascii_lower", "attrib", "classes", "endswith", "etree_element", "get",
    "id", "in_html_document", "lang", "local_name", "lower", "namespace_url", "next", "parent",
    "split_whitespace", "startswith", "tag",
})  # fmt: skip
# Attributes that selectors look at without naming them, and one that differs in each element.
LANGUAGES: Final = frozenset({"lang", "{http://www.w3.org/XML/1998/namespace}lang"})
VARIED: Final = "href"
BY_NAME: Final = (
    "id_selectors", "class_selectors", "lower_local_name_selectors", "namespace_selectors",
)  # fmt: skip


class Matches:
    """What matches an element: place of the sheet, specificity and declarations, in their order.

    `pseudo` has the same for its pseudo-elements. Equal matches are one.
    """

    def __init__(self, matches: list[tuple[Any, ...]]) -> None:
        self.own: list[Any] = []
        self.pseudo: dict[str, list[Any]] = {}
        for place, specificity, _, kind, payload in matches:
            ours = self.own if kind is None else self.pseudo.setdefault(kind, [])
            ours.append((place, specificity, payload))


class Path:
    """Elements that selectors cannot tell apart by what they are and what they are in."""

    def __init__(self, matches: list[tuple[Any, ...]]) -> None:
        self.rules = matches
        self.inner: dict[Any, Path] = {}
        self.matches: dict[tuple[Any, ...], Matches] = {}


class Selectors:
    """The selectors of style sheets; `sheets` are WeasyPrint's (`weasyprint.CSS`)."""

    def __init__(self, sheets: Iterable[Any]) -> None:
        self.upward, self.others = cssselect2.Matcher(), cssselect2.Matcher()
        self.words: set[str] = set(LANGUAGES)
        self.top, self.count = Path([]), 0  # of paths
        self.matches: dict[tuple[Any, ...], Matches] = {}
        for place, sheet in enumerate(sheets):
            self._share_out(place, sheet.matcher)

    def _share_out(self, place: int, matcher: Any) -> None:
        """Add the selectors of a sheet, as they are found by name and as the rest."""
        for name in BY_NAME:
            for key, entries in getattr(matcher, name).items():
                for entry in entries:
                    half, rest = self._half(place, entry)
                    getattr(half, name).setdefault(key, []).append(rest)
        for name in ("lang_attr_selectors", "other_selectors"):
            for entry in getattr(matcher, name):
                half, rest = self._half(place, entry)
                getattr(half, name).append(rest)

    def _half(self, place: int, entry: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        test, specificity, order, kind, payload = entry
        names: set[str] = set()
        words: set[str] = set()
        for code in _codes(test.__code__):
            names.update(code.co_names)
            words.update(one for one in code.co_consts if isinstance(one, str))
        rest = test, specificity, (place, order), kind, payload
        if not names <= UPWARD or VARIED in words:
            return self.others, rest
        self.words |= words
        return self.upward, rest

    def path(self, wrapper: Any, above: Path | None) -> Path:
        """Return the path of an element, a `cssselect2.ElementWrapper` in one with path `above`."""
        step = [wrapper.etree_element.tag]
        for name, value in wrapper.etree_element.items():
            if name in self.words or name == "class" or (name == "id" and value in self.words):
                step += name, value
        if above is None:
            step.append(wrapper.lang)  # a page can say it elsewhere
        inner, key = (above or self.top).inner, tuple(step)
        if key not in inner:
            inner[key] = Path(self.upward.match(wrapper))
            self.count += 1
        return inner[key]

    def match(self, wrapper: Any, path: Path) -> Matches:
        """Return what matches an element."""
        others = self.others.match(wrapper)
        key = tuple(order for _, order, *_ in others)
        if key not in path.matches:
            matches = [
                (place, specificity, order, kind, payload)
                for specificity, (place, order), kind, payload in (*path.rules, *others)
            ]
            matches.sort(key=lambda one: one[:3])
            same = tuple((place, order) for place, _, order, *_ in matches)
            path.matches[key] = self.matches.setdefault(same, Matches(matches))
        return path.matches[key]


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of a function and of those in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
