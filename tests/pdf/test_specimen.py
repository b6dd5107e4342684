"""A leaflet of hard cases in fifteen more languages: each script right on paper and on a screen.

`cases/specimen` is a project of its own. The quick suite builds four of its languages, drawn
with the seed below; the slow one builds the others.
"""

from __future__ import annotations

import functools
import io
import random
import re
import shutil
import subprocess
import tempfile
import unicodedata
from pathlib import Path

import page as page_validation
import pikepdf
import polib
import pypdfium2
import pytest
from click.testing import CliRunner

from ankl_i18n.cli import main
from ankl_i18n.html.typography import KEEP_TOGETHER
from ankl_i18n.languages import language
from ankl_i18n.languages.reader import SYMBOLS, language_data
from ankl_i18n.settings import load
from ankl_i18n.source import markdown
from ankl_i18n.source.parse import parse

pytestmark = pytest.mark.pdf

CASE = Path(__file__).parents[1] / "cases" / "specimen"
TAGS = load(CASE).languages
RTL = [tag for tag in TAGS if language(tag).direction == "rtl"]
LTR = [tag for tag in TAGS if tag not in RTL]
# Two that run each way, so that each test below has something to do.
SEED = 20260201
SAMPLE = {tag for tags in (RTL, LTR) for tag in random.Random(SEED).sample(tags, 2)}
# Texts that no page shows: an abbreviation's meaning stands in a `title`.
HIDDEN = {"abbreviation", "meaning of ANKL"}
# Bytes of two to three pages: their subset fonts, and a structure tree that tells all text.
LARGEST = 60_000


def each(tags: list[str]) -> pytest.MarkDecorator:
    """Run a test in each language; in those outside the sample only in the slow suite."""
    cases = [tag if tag in SAMPLE else pytest.param(tag, marks=pytest.mark.slow) for tag in tags]
    return pytest.mark.parametrize("tag", cases)


@functools.cache
def built(tag: str) -> dict[str, bytes]:
    """Return the page and the PDF of the specimen in a language, by their endings."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "specimen"
        shutil.copytree(CASE, project)
        arguments = ["build", tag, "--project", str(project), "--paper", "a4", "--jobs", "1"]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
        made = project / "build" / tag
        return {
            ".pdf": (made / "specimen-a4.pdf").read_bytes(),
            ".html": (made / "specimen.html").read_bytes(),
        }


@functools.cache
def messages(tag: str) -> list[str]:
    """Return the messages of a language that a reader sees, without their Markdown."""
    document = parse((CASE / "source" / "specimen.md").read_text(encoding="utf-8"), "", "specimen")
    catalog = polib.pofile(str(CASE / "locale" / tag / "LC_MESSAGES" / "specimen.po"))
    msgstr = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in catalog}
    shown = [segment for segment in document.segments if segment.kind not in HIDDEN]
    assert len(shown) == 31
    return [markdown.plain(msgstr[segment.key]) for segment in shown]


def without_meanings(tag: str, text: str) -> str:
    """Return a text without what is printed in brackets after abbreviations."""
    document = parse((CASE / "source" / "specimen.md").read_text(encoding="utf-8"), "", "specimen")
    catalog = polib.pofile(str(CASE / "locale" / tag / "LC_MESSAGES" / "specimen.po"))
    msgstr = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in catalog}
    for segment in document.segments:
        if segment.slot[0] == "meaning":
            meaning = markdown.plain(msgstr[segment.key])
            words = r"\s*".join(map(re.escape, re.sub(r"\s", "", meaning)))
            text = re.sub(rf"\s*[(\uff08]{words}[)\uff09]", "", text)
    return text


def squeezed(text: str) -> str:
    """Return a text without white space, hyphens and invisible controls."""
    normal = unicodedata.normalize("NFC", text)
    return "".join(c for c in normal if unicodedata.category(c) not in ("Cf", "Cc", "Zs", "Pd"))


def poppler(data: bytes, tmp_path: Path, *command: str) -> str:
    path = tmp_path / "specimen.pdf"
    path.write_bytes(data)
    arguments = [part.format(path) for part in command]
    return subprocess.run(arguments, capture_output=True, check=True).stdout.decode()


def told(data: bytes) -> str:
    """Return what the structure tree says, in reading order: what a screen reader speaks."""
    texts: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary):
            if "/ActualText" in node:
                texts.append(str(node.ActualText))
            walk(node.get("/K"))

    with pikepdf.open(io.BytesIO(data)) as document:
        walk(document.Root.StructTreeRoot.K)
    return "".join(texts)


def test_every_message_is_translated_as_a_draft() -> None:
    assert len(TAGS) == 15
    assert len(SAMPLE) == 4
    for tag in TAGS:
        for domain in ("specimen", "ui"):
            catalog = polib.pofile(str(CASE / "locale" / tag / "LC_MESSAGES" / f"{domain}.po"))
            assert catalog.metadata["X-Review-State"] == "draft"
            assert catalog.percent_translated() == 100, (tag, domain)


def test_templates_are_current(tmp_path: Path) -> None:
    project = tmp_path / "specimen"
    shutil.copytree(CASE, project)
    result = CliRunner().invoke(main, ["update", "--project", str(project), "--quiet"])
    assert result.exit_code == 0, result.output
    for path in CASE.rglob("*.po*"):
        new = polib.pofile(str(project / path.relative_to(CASE)))
        assert [entry.msgid for entry in new] == [entry.msgid for entry in polib.pofile(str(path))]


@pytest.mark.parametrize("tag", TAGS)
def test_quotations_have_the_languages_own_marks(tag: str) -> None:
    outer = language_data(tag).writing.quotes.split(" ")[:2]
    (door,) = [text for text in messages(tag) if "ANKL" in text]
    assert f"{outer[0]}ANKL{outer[1]}" in door


@each(list(TAGS))
def test_pdf_is_for_everyone(tag: str) -> None:
    report = page_validation.validate_pdf_bytes(built(tag)[".pdf"], profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert len(built(tag)[".pdf"]) < LARGEST


@each(list(TAGS))
def test_fonts_are_those_of_the_table(tag: str, tmp_path: Path) -> None:
    listed = poppler(built(tag)[".pdf"], tmp_path, "pdffonts", "{}").splitlines()[2:]
    rows = [line.split() for line in listed]
    assert all(cells[-5:-2] == ["yes", "yes", "yes"] for cells in rows)  # embedded, subset, Unicode
    name = r"\w{6}\+([\w-]+?)(?:-Bold)?(?:-Italic)?(?:-Bold-Italic)?"
    families = {re.fullmatch(name, cells[0])[1].replace("-", " ") for cells in rows}  # type: ignore[index]
    assert families <= {"Noto Sans", language_data(tag).script.font, *SYMBOLS}
    assert language_data(tag).script.font in families


@each(LTR)
def test_every_message_reads_back(tag: str, tmp_path: Path) -> None:
    data = built(tag)[".pdf"]
    pdfium = "".join(leaf.get_textpage().get_text_range() for leaf in pypdfium2.PdfDocument(data))
    for text in (poppler(data, tmp_path, "pdftotext", "{}", "-"), pdfium):
        read = squeezed(text)
        read += without_meanings(tag, read)
        assert [message for message in messages(tag) if squeezed(message) not in read] == []


@each(RTL)
def test_the_structure_tells_every_message(tag: str) -> None:
    told_text = told(built(tag)[".pdf"]).replace("\u00a0", " ")
    told_text += without_meanings(tag, told_text)
    assert [message for message in messages(tag) if message not in told_text] == []


@each(LTR)
def test_no_line_ends_within_a_measure(tag: str, tmp_path: Path) -> None:
    # Lines without their spaces: poppler finds none where the font changes.
    text = re.sub("[ \u00a0]", "", poppler(built(tag)[".pdf"], tmp_path, "pdftotext", "{}", "-"))
    pieces = {piece for message in messages(tag) for piece in KEEP_TOGETHER.findall(message)}
    measures = {piece for piece in pieces if not re.fullmatch(r"[\d.,:]+", piece)}
    assert len(measures) >= 10
    assert [piece for piece in measures if re.sub("[ \u00a0]", "", piece) not in text] == []


@each(list(TAGS))
def test_the_page_keeps_measures_in_one_piece(tag: str) -> None:
    page = built(tag)[".html"].decode()
    page = re.sub(r'<span dir="ltr">([\d٫]+)</span>', r"\1", page)  # Arabic numbers within
    kept = re.findall(r'<span class="(?:ltr|rtl)" dir="\w+">([^<]+)</span>', page)
    digits = [re.sub(r"\D", "", piece.replace(" ", "")) for piece in kept]
    wanted = ["365", "38"], ["120", "5"], ["441632960123"], ["5550123"], ["10", "14"]
    for numbers in wanted:
        pattern = "".join(numbers)
        values = ["".join(str(unicodedata.digit(d)) for d in piece) for piece in digits]
        assert pattern in values, (tag, pattern, kept)


@each(RTL)
def test_telephone_numbers_run_left_to_right(tag: str) -> None:
    leaf = pypdfium2.PdfDocument(built(tag)[".pdf"])[0].get_textpage()
    digits = []
    for i in range(leaf.count_chars()):
        character = leaf.get_text_range(i, 1)
        if character.isdigit():
            left, bottom, _, _ = leaf.get_charbox(i, loose=True)  # of the whole line
            digits.append((round(bottom), left, str(unicodedata.digit(character))))
    seen = "".join(digit for _, _, digit in sorted(digits))  # line by line, from left to right
    assert "01632960123" in seen
    assert "5550123" in seen
