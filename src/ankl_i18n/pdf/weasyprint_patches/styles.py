"""Styles: equal ones are one, in all documents with the same style sheets."""

from __future__ import annotations

from math import inf
from typing import Any, Final

from weasyprint import css
from weasyprint.css import ComputedStyle, InitialStyle

from ankl_i18n.pdf.weasyprint_patches.selectors import Matches, Path, Selectors

# Styles of earlier documents, by their style sheets. They are dropped all at once when there are
# this many, with the paths to elements: those of a dozen leaflets in one language each.
MOST_STYLES: Final = 4000
_known: dict[tuple[Any, ...], _Known] = {}
_selectors: dict[tuple[Any, ...], Selectors] = {}


class _PageSizes(dict[str, Any]):
    """The sizes of the first page; remembers whether a style asked for them (`vw`, `vh`)."""

    was_asked = False

    def __getitem__(self, name: str) -> Any:
        _PageSizes.was_asked = True
        return super().__getitem__(name)


PAGE_SIZES: Final = _PageSizes()


class _Known:
    """What is known of style sheets: their selectors, and the styles that they made.

    Styles are found by that of the parent, what matches, and what attributes say.
    """

    def __init__(self, selectors: Selectors) -> None:
        self.selectors = selectors
        self.styles: dict[tuple[Any, ...], Any] = {}

    def __len__(self) -> int:
        return len(self.styles) + self.selectors.count


class StyleFor(css.StyleFor):  # type: ignore[misc]
    """The style of each element: equal ones are one, in all documents with the same style sheets.

    Two elements have equal styles if their parents have, if the same declarations match them,
    and if their attributes say the same. Upstream: its own keys could hold what attributes
    declare (`lang`, `id`) by value, and pseudo-elements and pages, too.
    """

    def __init__(self, html: Any, sheets: Any, hints: Any, font_config: Any, targets: Any) -> None:
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self._sheets, self.font_config = sheets, font_config
        self.root, self.base_url = html.etree_element, html.base_url
        self.matching = [one for one in sheets if one[0].matcher.order]
        if _PageSizes.was_asked or sum(map(len, _known.values())) > MOST_STYLES:
            _known.clear()
            _selectors.clear()
            _PageSizes.was_asked = False
        self.initial_page_sizes = PAGE_SIZES
        PAGE_SIZES.update(box=None, area=None)
        matching = tuple(one[0] for one in self.matching)
        sources = matching, font_config, html.base_url
        if matching not in _selectors:
            _selectors[matching] = Selectors(matching)
        if sources not in _known:
            _known[sources] = _Known(_selectors[matching])
        self.known = _known[sources]
        self._take_all(html, _own_declarations(html, hints), targets)

    def _take_all(self, html: Any, own: dict[Any, tuple[Any, ...]], targets: Any) -> None:
        selectors = self.known.selectors
        paths: dict[Any, Path] = {}
        for wrapper in html.wrapper_element.iter_subtree():
            element, parent, above = wrapper.etree_element, None, None
            if wrapper.parent is not None:
                parent = wrapper.parent.etree_element
                above = self._computed_styles[parent, None]
            path = paths[element] = selectors.path(wrapper, paths.get(parent))
            declared = own.get(element, ())
            style = self._take(element, above, declared, selectors.match(wrapper, path))
            if declared and (anchor := style["anchor"]):
                targets.collect_anchor(anchor)

    def _take(self, element: Any, above: Any, declared: Any, matches: Matches) -> Any:
        """Take the styles of an element and of its pseudo-elements, or make them."""
        key = id(above), id(matches), tuple(map(_hashable, declared))
        if key not in self.known.styles:
            self.known.styles[key] = self._made(above, declared, matches)
        styles = self.known.styles[key]
        style = styles[None]
        if above is None or element.tag == "body":  # the only ones that WeasyPrint changes later
            style["overflow"] = style.__dict__.setdefault("own_overflow", style["overflow"])
        for kind, one in styles.items():
            self._computed_styles[element, kind] = one
        return style

    def _made(self, above: Any, declared: Any, matches: Matches) -> dict[str | None, Any]:
        own = self._computed(above, None, self._cascade(declared, matches.own))
        return {None: own} | {
            kind: self._computed(own, kind, self._cascade((), matched))
            for kind, matched in matches.pseudo.items()
        }

    def set_computed_styles(
        self, element: Any, parent: Any, *_: Any, pseudo_type: Any = None, **_more: Any
    ) -> None:
        """Set the style of a page, or of a box in its margins: most pages have the same."""
        above = self._computed_styles[parent, None]
        cascaded = self._cascaded_styles[element, pseudo_type]
        declared = tuple((name, id(value)) for name, (value, _) in cascaded.items())
        key = id(above), pseudo_type, declared
        if key not in self.known.styles:
            self.known.styles[key] = self._computed(above, pseudo_type, cascaded)
        self._computed_styles[element, pseudo_type] = self.known.styles[key]

    def _computed(self, above: Any, kind: Any, cascaded: dict[str, Any]) -> Any:
        root = InitialStyle(self.font_config)
        if above is not None:
            root = above if above.is_root_element else above.root_style
        return ComputedStyle(
            above, cascaded, kind, root, self.base_url, self.font_config, self.initial_page_sizes
        )

    def _cascade(self, declared: Any, matches: list[Any]) -> dict[str, Any]:
        """Return which value of each property wins (CSS Cascade 4, 6), and its weight."""
        style: dict[str, Any] = {}

        def add(name: str, value: Any, weight: Any) -> None:
            if name not in style or style[name][1] <= weight:
                style[name] = value, weight

        for specificity, name, value, important in declared:
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
    by_element: dict[Any, list[Any]] = {}
    every = css.find_style_attributes(html.etree_element, hints, html.base_url)
    for specificity, element, declarations, base_url in every:
        for name, value, important in css.preprocess_declarations(base_url, declarations):
            by_element.setdefault(element, []).append((specificity, name, value, important))
    return {element: tuple(declared) for element, declared in by_element.items()}


def _hashable(declared: tuple[Any, ...]) -> Any:
    """Return a declaration as a part of a key; one that cannot be compared is only itself."""
    try:
        hash(declared)
    except TypeError:
        return (*declared[:2], id(declared[2]), declared[3])
    return declared


_missing = ComputedStyle.__missing__


def _is_plain(name: str) -> bool:
    """Tell whether a property that nothing is declared of is inherited, or has its first value."""
    special = name in {"display", "float", "page", "position"} or name in css.INITIAL_NOT_COMPUTED
    return not special and not name.startswith("text_decoration_")


INHERITED: Final = frozenset(filter(_is_plain, css.INHERITED))
INITIAL: Final = {
    name: value
    for name, value in css.INITIAL_VALUES.items()
    if _is_plain(name) and name not in css.INHERITED
}
# The other names of properties: those of left and right are start and end.
LOGICAL: Final = {
    name: {inline: logical(block="ttb", inline=inline) for inline in ("ltr", "rtl")}
    for name, logical in css.PHYSICAL_FUNCTIONS.items()
}


def missing(self: Any, name: str) -> Any:
    """Return the computed value of a property, and keep it.

    Upstream: what no declaration is about needs none of the questions that follow.
    """
    declared = self.cascaded
    if name in declared or (name in LOGICAL and LOGICAL[name][self["direction"]] in declared):
        return _missing(self, name)
    if name in INITIAL:
        value = INITIAL[name]
    elif self.parent_style is not None and (name in INHERITED or name.startswith("__")):
        value = self.parent_style[name]
        if css.check_math(value):
            return _missing(self, name)
    else:
        return _missing(self, name)
    self[name] = value
    return value
