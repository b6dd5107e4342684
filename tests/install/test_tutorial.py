"""The tutorial: every command of it is run, every file saved, and what it says is compared."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import lxml.html
import pypdfium2
import pytest
from guide import Commands, File, says, steps
from PIL import Image
from program import ROOT, environment, installed
from test_pages import wrong
from test_pages_html import EXPLAINED, JAVA
from test_pdf_judges import judged

from pictures import TOLERANCE, difference

TUTORIAL = ROOT / "docs" / "tutorial.md"
PICTURE = ROOT / "docs" / "images" / "tutorial.png"
# What the tests have already: test_debian.py installs it as the tutorial says.
INSTALL = ("sudo ", "python3 -m venv ", "source ", "pip ")
PHONE = 360


def follow(folder: Path, programs: Path) -> None:
    """Do what the tutorial says."""
    for step in steps(TUTORIAL):
        if isinstance(step, File):
            path = folder / step.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.content, encoding="utf-8")
        else:
            obey(step, folder, programs)


def obey(step: Commands, folder: Path, programs: Path) -> None:
    lines = [line for line in step.lines if not line.startswith(INSTALL)]
    if not lines:
        return
    done = subprocess.run(
        ["bash", "-euc", "exec 2>&1\n" + "\n".join(lines)],
        cwd=folder, env=environment(programs), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == step.fails, f"{lines}\n{done.stdout}"
    assert says(step.answer, done.stdout), f"{lines} printed\n{done.stdout}\nnot\n{step.answer}"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Follow the tutorial in an empty folder, with the installed wheel."""
    folder = tmp_path_factory.mktemp("leaflets")
    follow(folder, installed(tmp_path_factory.mktemp("program")))
    return folder


@pytest.mark.pdf
def test_the_tutorial_works(built):
    page = lxml.html.fromstring((built / "build/es/day-clinic.html").read_bytes())
    assert page.get("lang") == "es"
    assert page.findtext(".//h1") == "Su visita al hospital de día"
    text = page.text_content()
    for words in ("Enfermería de guardia", "+44 20 7946 0123", "38 °C", "Traducción en borrador"):
        assert words in text
    assert page.xpath("//img[@alt='Hospital Inventado']")
    for tag in ("en", "es"):
        with pypdfium2.PdfDocument(built / f"build/{tag}/day-clinic-a4.pdf") as pdf:
            assert len(pdf) == 2
            assert "+44 20 7946 0123" in pdf[1].get_textpage().get_text_bounded()


@pytest.mark.pdf
@pytest.mark.browser
def test_the_picture_shows_what_the_tutorial_makes(built, browser, rewrite, tmp_path):
    """`--rewrite` draws it anew."""
    with pypdfium2.PdfDocument(built / "build/en/day-clinic-a4.pdf") as pdf:
        paper = pdf[0].render(scale=1.1).to_pil().convert("RGB")
    browser.window(PHONE, paper.height)
    browser.wants(prefers_color_scheme="light")
    browser.open(built / "build/es/day-clinic.html")
    sheet = beside(paper, browser.picture(0, 0, PHONE, paper.height))
    if rewrite:
        sheet.quantize(64).save(PICTURE, optimize=True)
    with Image.open(PICTURE) as stored:
        drawn = stored.convert("L")
    assert PICTURE.stat().st_size < 300_000  # a page of documentation must open fast
    assert drawn.size == sheet.size
    sheet.save(tmp_path / "tutorial.png")
    assert difference(drawn, sheet.convert("L")).max() <= TOLERANCE


@pytest.mark.slow
@pytest.mark.pdf
@pytest.mark.browser
def test_other_peoples_judges_find_nothing_wrong(built, browser, tmp_path):
    """axe-core at both widths, light and dark; the Nu HTML checker; veraPDF and page-validation."""
    site = built / "build"
    pages = sorted(path.relative_to(site).as_posix() for path in site.glob("**/*.html"))
    assert len(pages) > 4
    for width, scheme in ((320, "light"), (1280, "light"), (320, "dark"), (1280, "dark")):
        browser.window(width, 900)
        browser.wants(prefers_color_scheme=scheme)
        assert wrong(browser, site, pages) == {}
    command = [*JAVA, "--format", "json", "--stdout", "--skip-non-html", site]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    told = [one["message"] for one in json.loads(found)["messages"]]
    assert [one for one in told if not any(part in one for part in EXPLAINED)] == []
    for path in site.glob("*/*.pdf"):
        shutil.copy(path, tmp_path / f"{path.parent.name}-{path.name}")
    assert judged(sorted(tmp_path.iterdir())) == {}


def beside(*pictures: Image.Image, gap: int = 24) -> Image.Image:
    width = sum(picture.width + gap for picture in pictures) + gap
    height = max(picture.height for picture in pictures) + 2 * gap
    sheet = Image.new("RGB", (width, height), "#8b8f91")
    left = gap
    for picture in pictures:
        sheet.paste(picture, (left, gap))
        left += picture.width + gap
    return sheet


def test_the_tutorial_needs_nothing_that_is_here(built):
    """It is followed in a folder that held nothing, and leaves no file of this project there."""
    assert {path.name for path in built.iterdir()} == {
        "pyproject.toml", ".gitignore", ".cache", "brand", "source", "locale", "build",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "printed", "same"),
    [
        ("a\nb\n", "x\na\nb\ny", True),
        ("a\nb\n", "a\nx\nb", False),
        ("a … c\n", "a b c", True),
        ("a …\n", "a b\nc", True),
        ("a\n", "ab", False),
        ("(1 [x])\n", "(1 [x])", True),
    ],
)
def test_what_is_said_is_compared(answer, printed, same):
    assert says(answer, printed) == same
