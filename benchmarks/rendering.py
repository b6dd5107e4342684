"""PDFs of a leaflet in every language: ours, Chromium's print of the same page, and Typst's.

Typst gets the same messages, not the same look: `typst_source`.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pypdfium2
from pypdfium2 import raw

from ankl_i18n.build import outputs
from ankl_i18n.build.jobs import jobs
from ankl_i18n.build.records import Job
from ankl_i18n.catalogs.project import Project
from ankl_i18n.errors import AnklError
from ankl_i18n.languages.reader import SYMBOLS, language_data
from ankl_i18n.pdf.render import pdf
from ankl_i18n.preflight.reading import Paper, marks, squeezed, unexplained, unreferenced
from ankl_i18n.preflight.records import Output
from ankl_i18n.preflight.run import output_of
from ankl_i18n.settings import Options, load
from benchmarks.judges import page_rules, verapdf
from benchmarks.report import version
from benchmarks.typst_source import typst_source

FLAVOURS: Final = ("ua1", "2a")
HEADER: Final = (
    "language", "messages", "PDF/UA-1: page-validation", "PDF/UA-1: veraPDF", "PDF/A-2a: veraPDF",
    "read back: poppler", "PDFium", "tags", "wrong glyphs", "missing glyphs", "pages", "KB",
)  # fmt: skip
# The top and foot of A4 pages where running headers stand, in points: styles/paged.css.
TOP, FOOT, WIDTH, HEIGHT = 59, 57, 596, 842
CHROMIUM: Final = ("chromium", "--headless", "--no-sandbox", "--disable-gpu")


@dataclass(frozen=True)
class Made:
    """One PDF: who made it, and what it should be."""

    maker: str
    output: Output


def compare(project: Path, name: str, folder: Path, tags: tuple[str, ...]) -> str:
    """Return a Markdown table of the PDFs of a project's leaflet on A4, drafts too.

    A row for each language; in each cell the figures of all makers, in the order of `MAKERS`.
    """
    site = Project(load(project), Options(tags, only="pdf", papers=("a4",), drafts=True))
    with site.traced():
        found = [list(_made(site, job, folder)) for job in jobs(site) if job.name == name]
    judged = verapdf([one.output.file for makers in found for one in makers], FLAVOURS)
    rows = [HEADER, ["---"] + ["---:"] * (len(HEADER) - 1)]
    for makers in found:
        output = makers[0].output
        figures = []
        for one in makers:
            failures = [str(len(judged[one.output.file, flavour])) for flavour in FLAVOURS]
            figures.append(_figures(one.output, failures))
        cells = (" · ".join(figure) for figure in zip(*figures, strict=True))
        rows.append([output.language.english, str(len(output.messages)), *cells])
    lines = (f"| {' | '.join(cells)} |" for cells in rows)
    return "\n".join([*_versions(), "", *lines])


def _versions() -> Iterator[str]:
    import typst
    import weasyprint

    yield f"In each cell: {' · '.join(MAKERS)}."
    chromium = version(["chromium", "--version"])
    yield (
        f"WeasyPrint {weasyprint.__version__}, Chromium {chromium}, Typst {typst.__version__}, "
        f"poppler {_poppler()}."
    )


def _poppler() -> str:
    said = subprocess.run(["pdftotext", "-v"], capture_output=True, text=True, check=True)
    return said.stderr.split()[2]


def _made(site: Project, job: Job, folder: Path) -> Iterator[Made]:
    """Yield the PDFs of one job, by all makers that can make one."""
    page = outputs.make(site, job)
    for maker, make in MAKERS.items():
        file = folder / f"{job.tag}-{maker}.pdf"
        output = replace(output_of(site, job), file=file)
        try:
            make(page, output)
        except (AnklError, RuntimeError, subprocess.CalledProcessError) as failure:
            print(f"{job.tag}: {maker} made nothing: {failure}")
            continue
        yield Made(maker, output)


def _ours(page: str, output: Output) -> None:
    output.file.write_bytes(pdf(page, output.language, paper="a4", source=output.name))


def _chromium(page: str, output: Output) -> None:
    source = output.file.with_suffix(".html")
    source.write_text(page, encoding="utf-8")
    options = ["--no-pdf-header-footer", f"--print-to-pdf={output.file}"]
    subprocess.run([*CHROMIUM, *options, str(source)], check=True, capture_output=True)


def _typst(page: str, output: Output) -> None:
    import typst

    source = output.file.with_suffix(".typ")
    source.write_text(typst_source(page, output), encoding="utf-8")
    typst.compile(str(source), output=str(output.file), format="pdf", pdf_standards=["ua-1"])


MAKERS: Final[dict[str, Callable[[str, Output], None]]] = {
    "ankl-i18n": _ours,
    "Chromium": _chromium,
    "Typst": _typst,
}


def _figures(output: Output, failures: list[str]) -> list[str]:
    """Return the figures of a PDF, one for each column after those of its language."""
    read = Paper(output)
    told = squeezed("".join(str(e.ActualText) for e in read.elements if "/ActualText" in e))
    texts = (_poppler_text(output, len(read.objects.pages)), read.pages_text, told)
    plain = [unreferenced(text, output.references) for text in texts]
    whole = [text + unexplained(text, output.explained) for text in plain]
    counts = [str(sum(squeezed(m) in text for m in output.messages)) for text in whole]
    if output.language.direction == "ltr":
        counts[2] = "–"  # there, most lines need no text of their own in the tags
    foreign, missing = _glyphs(read)
    return [
        str(len(page_rules(output.file.read_bytes()))), *failures, *counts, str(foreign),
        str(missing), str(len(read.objects.pages)), f"{output.file.stat().st_size / 1000:.0f}",
    ]  # fmt: skip


def _poppler_text(output: Output, count: int) -> str:
    """Return what poppler reads, without running headers and footers.

    Left to right in the order of the file: poppler's own guess mixes columns of short lines,
    as in glossaries and tables, whoever made the PDF. Right to left it must guess, but takes no
    wide spaces for columns.
    """
    order = ["-raw"] if output.language.direction == "ltr" else ["-colspacing", "1.2"]
    parts = []
    for number in range(1, count + 1):
        top = 0 if number == 1 else TOP
        area = ["-x", "0", "-y", str(top), "-W", str(WIDTH), "-H", str(HEIGHT - FOOT - top)]
        only = ["-f", str(number), "-l", str(number), *area]
        command = ["pdftotext", *order, *only, str(output.file), "-"]
        parts.append(subprocess.run(command, capture_output=True, check=True).stdout.decode())
    return squeezed("".join(parts))


def _glyphs(read: Paper) -> tuple[int, int]:
    """Return how many letters are set in fonts of other languages, and how many are not there."""
    tags = {read.output.language.tag, read.output.source.tag}
    own = {
        _plain(family) for tag in tags for family in (*language_data(tag).script.stack, *SYMBOLS)
    }
    foreign = missing = 0
    for page in read.pdfium():
        texts = page.get_textpage()
        for item in page.get_objects((raw.FPDF_PAGEOBJ_TEXT,), textpage=texts):
            said = item.extract().strip()
            family = _plain(_family(item))
            # Chromium gives no name to fonts that it turns into drawings (Type 3).
            is_own = not family or any(family.startswith(name) for name in own)
            foreign += 0 if is_own or "Artifact" in marks(item) else len(said)
            missing += sum(letter in "\0\ufffd" for letter in said)
    return foreign, missing


def _family(item: pypdfium2.PdfObject) -> str:
    """Return the name of the font of a text, without its subset's tag."""
    font = raw.FPDFTextObj_GetFont(item.raw)
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    name = raw.ctypes.create_string_buffer(size)
    raw.FPDFFont_GetBaseFontName(font, name, size)
    return name.value.decode().rpartition("+")[2]


def _plain(family: str) -> str:
    return "".join(letter for letter in family.casefold() if letter.isalnum())
