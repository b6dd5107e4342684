"""The coverage report as a web page for staff, in English, with the leaflets' style."""

from __future__ import annotations

from collections.abc import Sequence

from ankl_i18n.coverage.figures import total
from ankl_i18n.coverage.rows import Row
from ankl_i18n.html.records import Frame
from ankl_i18n.html.templating import environment
from ankl_i18n.languages import language


def coverage_page(rows: Sequence[Row], home_href: str = "") -> str:
    """Return the page; `home_href` leads to the page where readers choose their language."""
    # Not at the top: other reports should not wait for the page templates to load.
    by_tag: dict[str, list[Row]] = {}
    for row in rows:
        by_tag.setdefault(row.language.tag, []).append(row)
    totals = [(group[0].language, total(r.coverage for r in group)) for group in by_tag.values()]
    frame = Frame(language("en"), home_href=home_href, robots="noindex")
    template = environment().get_template("coverage.html.j2")
    reviewed = any(row.reviewed for row in rows)
    return template.render(page=frame, rows=rows, totals=totals, reviewed=reviewed, _=str, _a=str)
