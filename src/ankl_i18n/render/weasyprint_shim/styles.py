"""Styles: equal ones are one, in all documents with the same style sheets."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, Final

from weasyprint import css
from weasyprint.css import ComputedStyle, InitialStyle

if TYPE_CHECKING:
    from collections.abc import Callable


# Styles of earlier documents, by their style sheets. They are dropped all at once when there are
# this many: those of a dozen leaflets in one language each.
MOST_STYLES: Final = 2500
_known: dict[tuple[Any, ...], dict[Any, Any]] = {}


class _PageSizes(dict[str, Any]):
    """The sizes of the first page; remembers whether a style asked for them (`vw`, `vh`)."""

    was_asked = False

    def __getitem__(self, name: str) -> Any:
        _PageSizes.was_asked = True
        return super().__getitem__(name)


class StyleFor(css.StyleFor):  # type: ignore[misc]
    """The style of each element: equal ones are one, in all documents with the same style sheets.

    Two elements have equal styles if their parents have, if the same declarations match them,
    and if their attributes say the same. Upstream: its own keys could hold what attributes
    declare (`lang`, `id`) by value, and pseudo-elements and pages, too.
    """

    def __init__(self, html: Any, sheets: Any, hints: Any, font_config: Any, targets: Any) -> None:
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self.initial_page_sizes = _PageSizes({"box": None, "area": None})
        self._sheets, self.font_config = sheets, font_config
        self.root, self.base_url = html.etree_element, html.base_url
        self.matching = [one for one in sheets if one[0].matcher.order]
        if _PageSizes.was_asked or sum(map(len, _known.values())) > MOST_STYLES:
            _known.clear()
            _PageSizes.was_asked = False
        sources = (*(one[0] for one in self.matching), font_config, html.base_url)
        self.known = _known.setdefault(sources, {})
        self._take_all(html, _own_declarations(html, hints), targets)

    def _take_all(self, html: Any, own: dict[Any, tuple[Any, ...]], targets: Any) -> None:
        pseudo_elements = []
        for wrapper in html.wrapper_element.iter_subtree():
            element = wrapper.etree_element
            matches: dict[Any, list[Any]] = {None: []}
            for place, (sheet, *_) in enumerate(self.matching):
                for specificity, _, kind, payload in sheet.matcher.match(wrapper):
                    matches.setdefault(kind, []).append((place, specificity, payload))
            said = own.get(element, ())
            parent = wrapper.parent.etree_element if wrapper.parent else None
            self._take((element, None), parent, said, matches.pop(None))
            if said and (anchor := self._computed_styles[element, None]["anchor"]):
                targets.collect_anchor(anchor)
            pseudo_elements += [(element, kind, found) for kind, found in matches.items()]
        for element, kind, found in pseudo_elements:
            self._take((element, kind), element, (), found)

    def _take(self, name: Any, parent: Any, said: Any, matches: list[Any]) -> None:
        """Take the style of an element, or of one of its pseudo-elements, or make it."""
        above = None if parent is None else self._computed_styles[parent, None]
        found = tuple((id(payload), specificity) for _, specificity, payload in matches)
        own = tuple(map(_hashable, said))
        style = self._kept(
            (id(above), name[1], own, found), above, name[1], lambda: self._cascade(said, matches)
        )
        if parent is None or name[0].tag == "body":  # the only ones that WeasyPrint changes later
            style["overflow"] = style.__dict__.setdefault("own_overflow", style["overflow"])
        self._computed_styles[name] = style

    def set_computed_styles(
        self, element: Any, parent: Any, *_: Any, pseudo_type: Any = None, **_more: Any
    ) -> None:
        """Set the style of a page, or of a box in its margins: most pages have the same."""
        above = self._computed_styles[parent, None]
        cascaded = self._cascaded_styles[element, pseudo_type]
        said = tuple((name, id(value)) for name, (value, _) in cascaded.items())
        key = id(above), pseudo_type, said
        self._computed_styles[element, pseudo_type] = self._kept(
            key, above, pseudo_type, lambda: cascaded
        )

    def _kept(self, key: Any, above: Any, pseudo_type: Any, cascade: Callable[[], Any]) -> Any:
        if key not in self.known:
            is_root = above is None
            root = (
                InitialStyle(self.font_config)
                if is_root
                else self._computed_styles[self.root, None]
            )
            self.known[key] = ComputedStyle(
                above,
                cascade(),
                pseudo_type,
                root,
                self.base_url,
                self.font_config,
                self.initial_page_sizes,
            )
        style = self.known[key]
        style.initial_page_sizes = self.initial_page_sizes
        return style

    def _cascade(self, said: Any, matches: list[Any]) -> dict[str, Any]:
        """Return which value of each property wins (CSS Cascade 4, 6), and its weight."""
        style: dict[str, Any] = {}

        def add(name: str, value: Any, weight: Any) -> None:
            if name not in style or style[name][1] <= weight:
                style[name] = value, weight

        for specificity, name, value, important in said:
            add(name, value, (css.declaration_precedence("author", important), inf, specificity))
        for place, specificity, (declarations, layer) in matches:
            sheet, origin, of_sheet = self.matching[place]
            order = inf if layer is None else sheet.layers.index(layer)
            for name, value, important in declarations:
                precedence = css.declaration_precedence(origin, important)
                add(name, value, (precedence, order, of_sheet or specificity))
        return style


def _own_declarations(html: Any, hints: Any) -> dict[Any, tuple[Any, ...]]:
    """Return what the attributes of elements declare: specificity, name, value, importance."""
    found: dict[Any, list[Any]] = {}
    every = css.find_style_attributes(html.etree_element, hints, html.base_url)
    for specificity, element, declarations, base_url in every:
        for name, value, important in css.preprocess_declarations(base_url, declarations):
            found.setdefault(element, []).append((specificity, name, value, important))
    return {element: tuple(said) for element, said in found.items()}


def _hashable(said: tuple[Any, ...]) -> Any:
    """Return a declaration as a part of a key; one that cannot be compared is only itself."""
    try:
        hash(said)
    except TypeError:
        return (*said[:2], id(said[2]), said[3])
    return said


PIECES: Final = ((css, "StyleFor", StyleFor),)
