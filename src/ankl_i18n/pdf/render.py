"""PDFs from pages: tagged for assistive technology (PDF/UA-1), read back as what they say.

The only module that starts WeasyPrint. A page must hold everything it shows: whatever it would
fetch, and whatever WeasyPrint would leave out, fails the leaflet instead of leaving a hole.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any, Final
from urllib.parse import unquote

import weasyprint
from weasyprint.urls import URLFetcher

from ankl_i18n.errors import Location, Problem, RenderError, error
from ankl_i18n.languages import Language
from ankl_i18n.pdf import archive as pdf_archive
from ankl_i18n.pdf import fit, fonts, line_breaks
from ankl_i18n.pdf import small as pdf_small
from ankl_i18n.pdf import tags as pdf_tags
from ankl_i18n.pdf import text as pdf_text
from ankl_i18n.pdf.patches import drawing, layout
from ankl_i18n.pdf.patching import patched
from ankl_i18n.pdf.plan import plan
from ankl_i18n.pdf.weasyprint_patches import memory

# Paper sizes, as CSS names them (CSS Paged Media 3, 7.1).
PAPERS: Final = {"a4": "A4", "letter": "letter"}
# A style sheet as the templates write it; its text is read as it is (HTML, 13.2.5.3).
STYLE: Final = re.compile("<style>(.*?)</style>", re.DOTALL)
# The classes of a page, which name its paper and edition: without them, other papers' are the same.
CLASSES: Final = re.compile(r'(?<=<html)([^>]*) class="([^"]*)"')
# The address of a picture as pages write it, with the name of its file.
PICTURE: Final = re.compile(r"data:[^,;\s]*(?:;name=([^;,\s]*))?[^'\s]*(?=['\s]|$)")
# What WeasyPrint says of why a picture is not drawn, after the picture itself.
NO_PICTURE: Final = "Error while rendering SVG image:"


def pdf(html: str, language: Language, *, paper: str, source: str) -> bytes:
    """Return the PDF of a complete page, its style sheets and images (`data:`) inside it.

    `paper` is "a4" or "letter"; `source` names the page in problems. The same page gives the
    same bytes. Raises `RenderError` for anything the page would have to fetch, an image or a
    link target that is not there, and a character that none of its fonts has.
    """
    fetcher = OnlyData()
    where = Location(source)
    with patched(layout(line_breaks.terms(html))), _complaints() as complaints:
        text, classes, sheets = _parted(html)
        page = weasyprint.HTML(string=text, url_fetcher=fetcher)
        page.etree_element.set("class", classes)
        styles = _styles(sheets, paper, fetcher)
        layout_again = partial(
            page.render,
            font_config=fonts.configuration(),
            stylesheets=styles,
            cache={},  # pictures, for all its layouts
            pdf_variant=pdf_archive.VARIANT,
        )
        document = fit.fitted(layout_again)
        off_page = [*fit.problems(document, where)]
        reading = pdf_text.Reading(plan(document, language.direction))
        with patched(drawing(reading)):
            finish = partial(_finish, reading=reading, language=language)
            result = document.write_pdf(finisher=finish, pdf_variant=pdf_archive.VARIANT)
        _let_go(document, reading)
    problems = [*off_page, *_denied(fetcher, where), *_wrong(complaints, fetcher, where)]
    problems += fonts.problems(complaints.missing, reading.foreign, where)
    if problems:
        raise RenderError(problems)
    return bytes(result)


def _let_go(document: Any, reading: pdf_text.Reading) -> None:
    """Take apart what a document holds in rings, so that its memory goes back at once."""
    for page in document.pages:
        vars(page._page_box).clear()
    memory.let_go()
    reading.let_go()


class OnlyData(URLFetcher):  # type: ignore[misc]
    """Fetches nothing but `data:` addresses, and remembers what else was asked for."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.denied: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """Return the response of a `data:` address. Raises `ValueError` for any other."""
        if not url.casefold().startswith("data:"):
            self.denied.append(url)
            raise ValueError(f"a page must not fetch anything: {url}")
        return super().fetch(url, headers)


class Complaints(logging.Handler):
    """What WeasyPrint had to leave out (its errors), and the characters without a glyph."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.errors: list[str] = []
        self.missing: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what matters of a message; most warnings are about CSS meant for screens."""
        if record.levelno >= logging.ERROR:
            self.errors.append(record.getMessage())
        elif record.levelno == logging.DEBUG:
            if self.errors and record.exc_info and str(record.msg) == NO_PICTURE:
                self.errors[-1] += f" ({record.exc_info[1]})"
        elif str(record.msg).startswith(".notdef") and record.args:
            self.missing.append(str(record.args[0]))  # type: ignore[index]


@contextmanager
def _complaints() -> Iterator[Complaints]:
    handler, logger = Complaints(), logging.getLogger("weasyprint")
    level = logger.level
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def _denied(fetcher: OnlyData, where: Location) -> Iterator[Problem]:
    hint = "put the file into the source folder and name it by its path from the leaflet"
    for address in dict.fromkeys(fetcher.denied):
        yield error("asset", f"a leaflet may not fetch {address}", where, hint)


def _wrong(complaints: Complaints, fetcher: OnlyData, where: Location) -> Iterator[Problem]:
    for message in dict.fromkeys(complaints.errors):
        if not any(address in message for address in fetcher.denied):
            named = PICTURE.sub(lambda match: unquote(unquote(match[1] or "in the page")), message)
            short = named if len(named) <= 300 else f"{named[:150]} … {named[-150:]}"  # noqa: PLR2004
            yield error("pdf", short, where)


def _parted(html: str) -> tuple[str, str, list[str]]:
    """Return a page without its classes and the style sheets in its head, and these."""
    head, end, body = html.partition("</head>")
    classes = "".join(match[2] for match in CLASSES.finditer(head))
    text = CLASSES.sub(r"\1", STYLE.sub("", head), count=1) + end + body
    return text, classes, STYLE.findall(head)


def _styles(texts: list[str], paper: str, fetcher: OnlyData) -> list[weasyprint.CSS]:
    """Return style sheets parsed, and one with the paper's size."""
    parsed = [_parsed(text) for text in (*texts, f"@page {{ size: {PAPERS[paper]} }}")]
    for _, denied in parsed:
        fetcher.denied += denied
    return [sheet for sheet, _ in parsed]


@lru_cache(maxsize=16)
def _parsed(css: str) -> tuple[weasyprint.CSS, list[str]]:
    """Return a style sheet and the addresses that it would have imported."""
    fetcher = OnlyData()
    sheet = weasyprint.CSS(string=css, url_fetcher=fetcher, font_config=fonts.configuration())
    return sheet, fetcher.denied


def _finish(_document: Any, written: Any, *, reading: pdf_text.Reading, language: Language) -> None:
    pdf_tags.finish(written, reading, language)
    pdf_archive.be_archival(written)
    pdf_small.make_small(written)
