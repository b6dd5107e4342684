"""What poppler reads out of the leaflets of this repository, as it comes: `pdftotext` and no more.

The fast suite reads those of a few languages, the slow one all, and Chromium's prints of the same
pages beside them. The structure tree of right-to-left leaflets is read by our own reader.
"""

from __future__ import annotations

import functools
import io
import re
import subprocess
import unicodedata
from pathlib import Path

import pikepdf
import pytest
from test_pdf import chromium_print, told

from ankl_i18n.build import content, outputs
from ankl_i18n.build.jobs import jobs
from ankl_i18n.build.records import Job
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.html.references import PAGE
from ankl_i18n.html.typography import meanings
from ankl_i18n.languages import language
from ankl_i18n.pdf.clusters import ENDS
from ankl_i18n.pdf.render import pdf
from ankl_i18n.preflight.reading import PRINTED, squeezed, unexplained, unreferenced
from ankl_i18n.preflight.run import HIDDEN, references
from ankl_i18n.settings import Options, load
from ankl_i18n.source import markdown
from ankl_i18n.source.fields import WRITTEN_LINE
from sample_project import REPOSITORY

pytestmark = pytest.mark.pdf

SPECIMEN = Path(__file__).parents[1] / "cases" / "specimen"
LEAFLETS = ("ankl", "words")
TAGS = ("en", *load(REPOSITORY).languages)
RTL = [tag for tag in TAGS if language(tag).direction == "rtl"]
LTR = [tag for tag in TAGS if tag not in RTL]
QUICK = ("en", "ja", "hi")
# Running headers and footers stand outside this part of an A4 page, in points: styles/paged.css.
TOP, BOTTOM, WIDTH, HEIGHT = 59, 785, 596, 842
# Lines of neighbouring cells are read one after the other.
CELLS = ("table cell", "table header")
# Spaces of Nastaliq are up to an em wide, since words slope over each other. Where two of them
# stand below each other, poppler would see columns, whoever made the PDF.
ONE_COLUMN = ("-colspacing", "1.2")


def slow_but(quick: tuple[str, ...], tags: list[str]) -> list[object]:
    return [tag if tag in quick else pytest.param(tag, marks=pytest.mark.slow) for tag in tags]


@functools.cache
def site(project: Path, tag: str) -> tuple[Project, dict[str, Job]]:
    options = Options((tag,), only="pdf", papers=("a4",), drafts=True)
    found = Project(load(project), options)
    return found, {job.name: job for job in jobs(found) if job.tag == tag}


@functools.cache
def page(project: Path, tag: str, name: str) -> str:
    found, named = site(project, tag)
    with found.traced():
        return outputs.make(found, named[name])


@functools.cache
def made(project: Path, tag: str, name: str) -> bytes:
    return pdf(page(project, tag, name), language(tag), paper="a4", source=name)


def messages(project: Path, tag: str, name: str, without: tuple[str, ...] = ()) -> list[str]:
    """Return the messages that a reader sees, without their Markdown."""
    found, _ = site(project, tag)
    localized = content.localized(found, name, tag)
    shown = [
        one
        for one in leaflets.document(found, name).segments
        if one.slot[0] not in HIDDEN and one.kind not in without
    ]
    texts = (markdown.plain(localized.texts.get(one.slot, one.msgid)) for one in shown)
    return list(dict.fromkeys(filter(None, texts)))


def readable(text: str, project: Path, tag: str, name: str) -> str:
    """Return a text that was read, and once more without what is printed within messages."""
    found, _ = site(project, tag)
    with found.traced():
        text = unreferenced(text, references(found, name, tag))
    return text + unexplained(text, meanings_of(project, tag, name))


def meanings_of(project: Path, tag: str, name: str) -> list[str]:
    """Return what stands after abbreviations in the page, within messages."""
    return list(meanings(content.localized(site(project, tag)[0], name, tag)).values())


def read(data: bytes, folder: Path, *options: str) -> str:
    """Return what poppler reads, without running headers and footers."""
    path = folder / "read.pdf"
    path.write_bytes(data)
    with pikepdf.open(io.BytesIO(data)) as document:
        count = len(document.pages)
    texts = []
    for number in range(1, count + 1):
        top = 0 if number == 1 else TOP
        area = ("-x", "0", "-y", str(top), "-W", str(WIDTH), "-H", str(BOTTOM - top))
        only = ("-f", str(number), "-l", str(number), *area)
        command = ["pdftotext", *options, *only, str(path), "-"]
        texts.append(subprocess.run(command, capture_output=True, check=True).stdout.decode())
    return squeezed("".join(texts))


@pytest.mark.parametrize("tag", slow_but(QUICK, LTR))
@pytest.mark.parametrize("name", LEAFLETS)
def test_every_message_reads_back_as_it_comes(tag: str, name: str, tmp_path: Path) -> None:
    text = read(made(REPOSITORY, tag, name), tmp_path)
    wanted = messages(REPOSITORY, tag, name, without=CELLS)
    assert len(wanted) > 40
    text = readable(text, REPOSITORY, tag, name)
    assert [message for message in wanted if squeezed(message) not in text] == []


def spoken(text: str) -> str:
    """Return a text with common spaces, and without marks of direction and against breaks."""
    return re.sub("[\u200b\u2060\u2066\u2069]", "", text.replace("\u00a0", " "))


@pytest.mark.parametrize("tag", slow_but(("fa",), RTL))
@pytest.mark.parametrize("name", LEAFLETS)
def test_the_structure_tree_has_every_message(tag: str, name: str) -> None:
    said = re.sub(f" ?{PRINTED.pattern}", "", spoken(told(made(REPOSITORY, tag, name))))
    with site(REPOSITORY, tag)[0].traced():
        printed = references(site(REPOSITORY, tag)[0], name, tag)
    for one in printed:
        said = re.sub(f" ?{re.escape(one).replace(PAGE, '[0-9٠-٩۰-۹]+')}", "", said)
    for meaning in meanings_of(REPOSITORY, tag, name):
        said += said.replace(meaning, "")
    wanted = (WRITTEN_LINE.sub("", spoken(m)).strip() for m in messages(REPOSITORY, tag, name))
    assert [m for m in wanted if m not in said] == []


def bare(text: str) -> str:
    """Return a text without brackets, which poppler turns around, whoever made the PDF."""
    return re.sub(r"[()\[\]]", "", text)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("project", "tag", "name"),
    [
        *((REPOSITORY, tag, "ankl") for tag in RTL),
        *((SPECIMEN, tag, "specimen") for tag in ("he", "ps", "ckb")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_poppler_finds_all_that_it_finds_in_chromiums_print(
    project: Path, tag: str, name: str, tmp_path: Path
) -> None:
    found = []
    for data in (made(project, tag, name), chromium_print(page(project, tag, name), tmp_path)):
        text = bare(read(data, tmp_path, *ONE_COLUMN))
        with site(project, tag)[0].traced():
            for one in references(site(project, tag)[0], name, tag):  # Chromium prints no pages
                printed = re.escape(bare(squeezed(one)))
                words, number = printed.replace(PAGE, ""), r"\d*" if PAGE in printed else ""
                # poppler reads Latin letters and a full stop beside a number before it.
                text = re.sub(f"{number}{words}([A-Z.]*){number}", r"\1", text)
        for meaning in meanings_of(project, tag, name):
            text += text.replace(bare(squeezed(meaning)), "")
        found.append({m for m in messages(project, tag, name) if bare(squeezed(m)) in text})
    assert found[1] - found[0] == set()
    assert len(found[1]) > 10


def test_letters_that_join_none_after_them_have_no_initial_form() -> None:
    # A letter that joins the next one has an initial form (Unicode, Arabic Presentation Forms).
    forms = [unicodedata.decomposition(chr(code)).split() for code in range(0xFB50, 0xFEFD)]
    joining = {chr(int(f[1], 16)) for f in forms if len(f) == 2 and f[0] == "<initial>"}
    assert len(joining) > 30
    assert joining & ENDS == set()
