"""The coverage report as a web page for staff, in English, with the leaflets' style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import jinja2
from markupsafe import Markup

from ankl_i18n.coverage import total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ankl_i18n.report.rows import Row

TITLE: Final = "Translation coverage"


def coverage_page(rows: Sequence[Row], css: str, home_href: str = "") -> str:
    """Return the page; `css` is the style sheet it carries, `home_href` leads to the leaflets."""
    page = {
        "lang": "en",
        "dir": "ltr",
        "title": TITLE,
        "css": Markup(css),  # noqa: S704 - our own style sheet
        "robots": "noindex",
        "home_href": home_href,
        "alternates": (),
    }
    by_tag: dict[str, list[Row]] = {}
    for row in rows:
        by_tag.setdefault(row.language.tag, []).append(row)
    totals = [(found[0].language, total(r.coverage for r in found)) for found in by_tag.values()]
    template = environment().get_template("coverage.html.j2")
    return template.render(page=page, rows=rows, totals=totals)


def environment() -> jinja2.Environment:
    """Return the page templates' environment, for pages in English."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("ankl_i18n"),
        autoescape=True,
        undefined=jinja2.ChainableUndefined,
        keep_trailing_newline=True,
    )
    made.globals |= {"_": str, "_a": str}
    return made
