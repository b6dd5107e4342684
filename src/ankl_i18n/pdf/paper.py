"""From the HTML of an edition to the bytes of its PDF: the one piece of work that workers do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

from ankl_i18n.engine.cache import digest
from ankl_i18n.html.editions import BOOKLET, PROOF
from ankl_i18n.languages import language
from ankl_i18n.languages.reader import LanguageFile, use
from ankl_i18n.settings.publisher.printing import PrintShop

# What workers share; see there.
WARM: Final = "ankl_i18n.pdf.warm"


# Where pages are cut: before and behind their styles and pictures.
CUTS: Final = re.compile(r'(?=<head>)|(<style.*?</style>|data:[^"]{1000,})', re.DOTALL)


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A page that goes to paper.

    `html` is whole: styles and pictures are in it. `tag` is the leaflet's language, `source`
    its file, as problems name it. `languages` are the project's own files about languages:
    workers on other machines do not have them. `shop` is what a print-shop asks for.
    """

    html: str
    tag: str
    paper: str
    edition: str
    source: str
    languages: tuple[LanguageFile, ...] = ()
    shop: PrintShop | None = None


def key(job: PrintJob, *others: str) -> str:
    """Return the digest of all that a PDF depends on; `others` are of the renderer and fonts."""
    parts = [*(str(getattr(job, field.name)) for field in fields(job)), *others]
    return digest("\0".join(parts).encode(errors="surrogatepass"))


def cut(job: PrintJob) -> tuple[PrintJob, list[str]]:
    """Return a job without its page, and the page's parts, some of which others have, too."""
    return replace(job, html=""), [part for part in CUTS.split(job.html) if part]


def join(job: PrintJob, parts: Sequence[str]) -> PrintJob:
    """Return a job with its page put together again."""
    return replace(job, html="".join(parts))


def make(job: PrintJob) -> bytes:
    """Return the PDF of a print job. Raises `RenderError` as `pdf.pdf` does."""
    from ankl_i18n.pdf.render import pdf

    use(job.languages)
    # A proof is for staff: an English page about a translation.
    lang = language("en" if job.edition == PROOF else job.tag)
    made = pdf(job.html, lang, paper=job.paper, source=job.source)
    if job.edition == BOOKLET:
        from ankl_i18n.pdf.booklet import booklet

        return booklet(made, job.paper, lang.direction)
    if job.shop:
        from ankl_i18n.pdf.print_shop import for_print_shop

        return for_print_shop(made, job.shop)
    return made
