"""From the HTML of an edition to the bytes of its PDF: the one piece of work that workers do."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from ankl_i18n.engine.cache import digest
from ankl_i18n.html.editions import BOOKLET, PROOF
from ankl_i18n.languages import language
from ankl_i18n.languages.reader import LanguageFile, use

# What workers share; see there.
WARM: Final = "ankl_i18n.pdf.warm"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that goes to paper.

    `html` is whole: styles and pictures are in it. `tag` is the leaflet's language, `source`
    its file, as problems name it. `languages` are the project's own files about languages:
    workers on other machines do not have them.
    """

    html: str
    tag: str
    paper: str
    edition: str
    source: str
    languages: tuple[LanguageFile, ...] = ()


def key(sheet: Sheet, *others: str) -> str:
    """Return the digest of all that a PDF depends on; `others` are of the renderer and fonts."""
    parts = [*(str(getattr(sheet, field.name)) for field in fields(sheet)), *others]
    return digest("\0".join(parts).encode(errors="surrogatepass"))


def make(sheet: Sheet) -> bytes:
    """Return the PDF of a sheet. Raises `RenderError` as `pdf.pdf` does."""
    from ankl_i18n.pdf.render import pdf

    use(sheet.languages)
    # A proof is for staff: an English page about a translation.
    spoken = language("en" if sheet.edition == PROOF else sheet.tag)
    made = pdf(sheet.html, spoken, paper=sheet.paper, source=sheet.source)
    if sheet.edition == BOOKLET:
        from ankl_i18n.pdf.booklet import booklet

        return booklet(made, sheet.paper, spoken.direction)
    return made
