"""The publisher of pages: its files and its words in each language, and order numbers."""

from __future__ import annotations

from ankl_i18n.build.content import house_words
from ankl_i18n.catalogs import house as files
from ankl_i18n.catalogs.project import Project
from ankl_i18n.engine.queries import memory_query
from ankl_i18n.html.barcode import barcode_svg
from ankl_i18n.html.house import House
from ankl_i18n.html.house import house as described
from ankl_i18n.html.records import Order

RECENT = 64


def house(project: Project, tag: str, *, paper: bool = False) -> House | None:
    """Return the publisher as pages in a language show it; None if nobody publishes them.

    Raises `RenderError` for files of it that cannot be used.
    """
    return _house(project, tag, "paper" if paper else "") if project.config.publisher else None


@memory_query(RECENT)
def _house(project: Project, tag: str, paper: str) -> House:
    words = house_words(project, tag)
    return described(
        project.config.publisher, files.files(project, tag), tag, words, paper=bool(paper)
    )


def order(project: Project, name: str, tag: str, paper: str) -> Order | None:
    """Return the number under which a leaflet is ordered, with its barcode on paper."""
    publisher = project.config.publisher
    number = publisher.order_numbers.get(name, "")
    if not number:
        return None
    # What stands for the paper is left out on a web page, which has none.
    number = number.replace("{language}", tag).replace("{paper}", paper.upper()).strip(" -–./")
    if not (paper and publisher.barcode):
        return Order(number)
    return Order(number, barcode_svg(number, publisher.barcode))
