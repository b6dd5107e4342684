"""A leaflet's page as Typst source: the same text and structure, in the fonts that we set it in.

Typst does not read HTML, so what it is compared by is a translation: headings, lists, tables,
boxes, links, pictures and running lines are what Typst has for them. Its own style stays.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from weasyprint import HTML

from ankl_i18n.languages.reader import SYMBOLS

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ankl_i18n.preflight.records import Output

LEVELS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
CELLS: Final = ("td", "th")
SVG: Final = "data:image/svg+xml;base64,"


def typst_source(page: str, output: Output) -> str:
    """Return the source of a PDF of a page for paper, whose language and title `output` tells."""
    spoken = output.language
    code, _, region = spoken.tag.partition("-")
    # Typst knows regions, not scripts.
    region = {"Hans": "CN", "Hant": "TW"}.get(region, region)
    fonts = ", ".join(f'"{family}"' for family in (*spoken.data.script.stack[:2], *SYMBOLS))
    body = HTML(string=page).etree_element.find("body")
    assert body is not None
    header, footer = (_running(body, name) for name in ("running-header", "running-footer"))
    return "\n".join(
        [
            f"#set document(title: {_string(output.title)})",
            f'#set text(lang: "{code}", font: ({fonts}), dir: {spoken.direction}'
            + (f', region: "{region}")' if region else ")"),
            f'#set page(paper: "a4", header: [{header}], '
            f"footer: [{footer} #context counter(page).display()])",
            "#set table(stroke: 0.5pt)",
            _inside(body),
        ]
    )


def _running(body: Element, name: str) -> str:
    """Return a line that stands on every page, and remove it from the text."""
    for child in list(body):
        if child.get("class") == name:
            body.remove(child)
            return _inside(child)
    return ""


def _inside(element: Element) -> str:
    """Return what is in an element, as Typst's markup."""
    parts = [_text(element.text)]
    for child in element:
        parts += [_anchor(child), _element(child), _text(child.tail)]
    return "".join(parts)


def _element(element: Element) -> str:
    return MAKERS.get(element.tag, _inside)(element)


def _anchor(element: Element) -> str:
    """Return what links lead to, if they lead to this element."""
    found = element.get("id")
    return f"#metadata(none)<{found}>" if found else ""


def _heading(element: Element) -> str:
    return f"#heading(level: {LEVELS[element.tag]})[{_inside(element)}]\n"


def _link(element: Element) -> str:
    href = element.get("href", "")
    target = f"<{href[1:]}>" if href.startswith("#") else _string(href)
    return f"#link({target})[{_inside(element)}]"


def _items(name: str) -> Callable[[Element], str]:
    return lambda element: f"#{name}({_contents(element)})\n"


def _contents(element: Element) -> str:
    return ", ".join(f"[{_anchor(child)}{_inside(child)}]" for child in element)


def _terms(element: Element) -> str:
    """Return a list of terms; each stands with its meaning in a `div`."""
    items = []
    for pair in element:
        term, *meanings = pair
        meant = "".join(map(_inside, meanings))
        items.append(f"terms.item([{_anchor(term)}{_inside(term)}], [{meant}])")
    return f"#terms({', '.join(items)})\n"


def _table(element: Element) -> str:
    rows = [
        [f"[{_inside(cell)}]" for cell in line if cell.tag in CELLS] for line in element.iter("tr")
    ]
    cells = [f"table.header({', '.join(rows[0])})", *(cell for line in rows[1:] for cell in line)]
    table = f"table(columns: {len(rows[0])}, {', '.join(cells)})"
    caption = element.find("caption")
    said = "none" if caption is None else f"[{_inside(caption)}]"
    return f"#figure({table}, caption: {said})\n"


def _box(element: Element) -> str:
    return f"#block(inset: 8pt, stroke: (left: 3pt), fill: luma(240))[{_inside(element)}]\n"


def _picture(element: Element) -> str:
    source = element.get("src", "")
    if not source.startswith(SVG):
        return ""
    drawn = base64.b64decode(source.removeprefix(SVG)).decode()
    alternative = _string(element.get("alt", ""))
    return f'#image(bytes({_string(drawn)}), format: "svg", alt: {alternative})'


MAKERS: Final[dict[str, Callable[[Element], str]]] = {
    **dict.fromkeys(LEVELS, _heading),
    "p": lambda element: f"#par[{_inside(element)}]\n",
    "a": _link,
    "strong": lambda element: f"#strong[{_inside(element)}]",
    "em": lambda element: f"#emph[{_inside(element)}]",
    "br": lambda _: "#linebreak()",
    "ul": _items("list"),
    "ol": _items("enum"),
    "dl": _terms,
    "table": _table,
    "aside": _box,
    "img": _picture,
}


def _text(text: str | None) -> str:
    """Return text as Typst's markup; one space for any white space."""
    words = " ".join((text or "").split())
    if not words:
        return " " if text else ""
    left, right = (" " * text[i].isspace() for i in (0, -1)) if text else ("", "")
    return f"#{_string(left + words + right)}"


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
