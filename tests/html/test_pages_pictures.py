"""What a page looks like in each language: the top, and call-outs and tables, as stored pictures.

`cases/pictures` holds one for each language: those of our leaflets with the leaflet about fever
(`cases/pdf`), the others with the specimen. `pytest --rewrite` takes them anew.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
import test_pdf
from PIL import Image

from chromium import SEED, SPECIMEN_TAGS, TAGS, Browser
from pictures import TOLERANCE, compare, difference, stored

pytestmark = pytest.mark.browser

CASES = Path(__file__).parents[1] / "cases" / "pictures"
EVERY_TAG = tuple(dict.fromkeys((*SPECIMEN_TAGS, *TAGS)))
WIDTH = 480
# What is taken of a page, and how much of it, in CSS pixels.
PARTS = ((".cover", 400), (".callout", 280), (".table-scroll", 240))
# Their words are translated now and then; pictures need not change with them.
OUT_OF_SIGHT = ".notices, .toc { display: none !important }"
# A font of another kind for each script: a letter in it is a letter in the wrong font.
OTHER_FONTS = (
    "'DejaVu Sans', 'Noto Sans Arabic', 'Noto Serif CJK JP', 'Noto Serif Devanagari',"
    "'Noto Serif Thai', 'Noto Serif Tamil', 'Noto Serif Gurmukhi', 'Noto Serif Hebrew',"
    "'Noto Serif Bengali', 'Noto Serif Khmer', 'Noto Serif Lao', 'Noto Serif Myanmar',"
    "'Noto Serif Sinhala', 'Noto Serif Ethiopic', 'Noto Serif Georgian', 'Noto Serif Armenian'"
)
LARGEST = 30_000  # bytes of one picture


def some(count: int, offset: int = 0, of: int = len(EVERY_TAG)) -> pytest.MarkDecorator:
    """Run a test in `count` languages of a sample; in the `of` languages in the slow suite."""
    tags = random.Random(SEED + offset).sample(EVERY_TAG, of)
    slow = [pytest.param(tag, marks=pytest.mark.slow) for tag in tags[count:]]
    return pytest.mark.parametrize("tag", [*tags[:count], *slow])


def path(tag: str) -> Path:
    return CASES / f"{tag}.png"


@pytest.fixture
def page(site: Path, tmp_path: Path) -> Callable[[str], Path]:
    """The page whose pictures are stored for a language."""

    def found(tag: str) -> Path:
        if tag in SPECIMEN_TAGS:
            return site / "specimen" / tag / "specimen.html"
        made = tmp_path / f"{tag}.html"
        made.write_text(test_pdf.leaflet(tag, None), encoding="utf-8")
        return made

    return found


def take(browser: Browser, page: Path, css: str = "", scale: float = 1) -> Image.Image:
    """Return the pictures of a page with a style sheet added, one below the other."""
    browser.window(WIDTH, 900, scale)
    browser.open(page)
    browser.style(OUT_OF_SIGHT + css)
    return picture(browser)


def picture(browser: Browser) -> Image.Image:
    """Return the parts of the open page that are stored."""
    sheet = Image.new("L", (WIDTH, sum(height for _, height in PARTS)))
    top = 0
    for selector, height in PARTS:
        part = browser.picture(0, browser.place(selector)[1], WIDTH, height).convert("L")
        sheet.paste(part.resize((WIDTH, height), Image.Resampling.BOX), (0, top))
        top += height
    return sheet


@some(9)
def test_page_looks_as_stored(browser, page, tag, rewrite, tmp_path):
    made = take(browser, page(tag))
    if rewrite:
        path(tag).write_bytes(stored(made))
    worst = compare(path(tag), made, tmp_path)
    assert worst <= TOLERANCE, f"it differs by {worst:.2f}; see {tmp_path}/{tag}-difference.png"


def test_every_language_has_a_picture():
    assert {one.stem for one in CASES.glob("*.png")} == set(EVERY_TAG)
    assert max(one.stat().st_size for one in CASES.glob("*.png")) < LARGEST


@some(1, offset=1)
@pytest.mark.parametrize("scale", [2, 1.5, 1.25])
def test_other_smoothing_passes(browser, page, tag, scale, tmp_path):
    assert compare(path(tag), take(browser, page(tag), scale=scale), tmp_path) <= TOLERANCE


@some(2, offset=4)
def test_half_a_pixel_lower_passes(browser, page, tag, tmp_path):
    lower = take(browser, page(tag), ".cover { padding-block-start: 0.4px }")
    assert 0.01 < compare(path(tag), lower, tmp_path) <= TOLERANCE


@some(1, offset=2, of=10)
@pytest.mark.parametrize(
    "css",
    [
        f"[lang] {{ font-family: {OTHER_FONTS} !important }}",
        "html[dir=ltr] { direction: rtl } html[dir=rtl], [dir=rtl] main { direction: ltr }",
        ".callout li:first-child { visibility: hidden }",
        ".callout li:first-child { display: none }",
        ".callout-title::before { background-image: none }",
        "h1 { font-size: 1.7rem }",
    ],
    ids=["another font", "mirrored", "a line lost", "a line closed up", "a sign lost", "smaller"],
)
def test_a_mistake_is_found(browser, page, tag, css, tmp_path):
    assert compare(path(tag), take(browser, page(tag), css), tmp_path) > TOLERANCE
    assert (tmp_path / f"{tag}.png").exists()


@some(1, offset=3)
@pytest.mark.parametrize(
    ("other", "everywhere"), [("", False), ("\ue123", True)], ids=["lost", "without a glyph"]
)
def test_a_wrong_letter_is_found(browser, page, tag, other, everywhere):
    take(browser, page(tag))
    assert browser.run("break_letter", 3, other, everywhere)
    assert difference(Image.open(path(tag)), picture(browser)).max() > TOLERANCE


def test_a_difference_is_shown(tmp_path):
    white, spot = Image.new("L", (60, 40), 255), Image.new("L", (60, 40), 255)
    spot.paste(0, (20, 10, 32, 22))
    assert difference(white, white).max() == pytest.approx(0)
    stored_picture = tmp_path / "case.png"
    stored_picture.write_bytes(stored(white))
    (tmp_path / "out").mkdir()
    assert compare(stored_picture, spot, tmp_path / "out") > TOLERANCE
    sheet = Image.open(tmp_path / "out" / "case-difference.png")
    assert sheet.size == (3 * 60 + 20, 40)
    assert sheet.getpixel((2 * 70 + 26, 16))[0] > sheet.getpixel((2 * 70 + 26, 16))[1] + 50
