"""A page with source and translation side by side: to read, to print, to open in a word processor.

Translations can be edited in the page itself, which has no script: a browser's "Save page as" keeps
them. Each row's id names its message.
"""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from typing import Final

from ankl_i18n.exchange.archive import refuse, text_of
from ankl_i18n.exchange.codes import split
from ankl_i18n.exchange.table import ABOUT, COLUMNS, Line, about, lines, returned
from ankl_i18n.exchange.units import Package, Returned

META: Final = "ankl-i18n-"
STYLE: Final = """
body { font: 1rem/1.5 sans-serif; margin: 1rem }
table { border-collapse: collapse; width: 100% }
td, th { border: 1px solid #767676; padding: .3rem .5rem; text-align: start; vertical-align: top }
td { white-space: pre-wrap; overflow-wrap: anywhere }
td[contenteditable] { background: #fffbe6 }
b { color: #9c0006; font-weight: normal }
"""
# Elements that begin a new line when a browser or a word processor has put them into a cell.
BREAKS: Final = frozenset({"br", "p", "div"})
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def write(package: Package) -> bytes:
    """Return a page of one catalog."""
    head = "".join(
        f'<meta name="{META}{name}" content="{escape(value)}">\n'
        for name, value in about(package).items()
    )
    names = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    rows = "\n".join(_row(number, line, package) for number, line in enumerate(lines(package), 1))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{escape(package.title)} ({package.target})</title>\n{head}"
        f"<style>{STYLE}</style>\n</head>\n<body>\n<h1>{escape(package.title)}</h1>\n"
        f"<table>\n<tr>{names}</tr>\n{rows}\n</table>\n</body>\n</html>\n"
    ).encode()


def _row(number: int, line: Line, package: Package) -> str:
    edit = "" if line.locked else ' contenteditable="true" spellcheck="true"'
    direction = "rtl" if package.rtl else "ltr"
    cells = (
        f"<td>{number}</td>",
        f'<td lang="{package.source}">{_marked(line.source)}</td>',
        f'<td lang="{package.target}" dir="{direction}"{edit}>{_marked(line.target)}</td>',
        f"<td>{line.state}</td>",
        f"<td>{escape(line.notes)}</td>",
    )
    return f'<tr id="{line.id}">{"".join(cells)}</tr>'


def _marked(text: str) -> str:
    pieces = ((escape(piece.text, quote=False), piece.is_code) for piece in split(text))
    return "".join(f"<b>{part}</b>" if is_code else part for part, is_code in pieces)


# --- what comes back ----------------------------------------------------------------------------


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, str] = {}
        self.lines: list[Line] = []
        self.cells: list[str] | None = None
        self.name, self.place, self.is_open = "", 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and values.get("name", "").startswith(META):
            self.values[values["name"].removeprefix(META)] = values.get("content", "")
        elif tag == "tr":
            self.name, self.place, self.cells = values.get("id", ""), self.getpos()[0], []
        elif tag == "td" and self.cells is not None:
            self.cells.append("")
            self.is_open = True
        elif tag in BREAKS and self.is_open and self.cells and self.cells[-1]:
            self.cells[-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self.is_open = False
        elif tag == "tr" and self.cells:
            _, source, target, state, *_ = [*self.cells, "", "", "", ""]
            self.lines.append(Line(self.name, source, target, state, place=self.place))
            self.cells = None

    def handle_data(self, data: str) -> None:
        if self.is_open and self.cells:
            self.cells[-1] += data


def parse(data: bytes, path: str) -> list[Returned]:
    """Return what came back. Raises `CatalogError` for what is no such page."""
    page = _Page()
    page.feed(text_of(data, path).replace("\r\n", "\n"))
    page.close()
    if not set(ABOUT) <= set(page.values):
        raise refuse(path, "this page was not made by `ankl-i18n export --format html`")
    return [returned(page.values, page.lines)]
