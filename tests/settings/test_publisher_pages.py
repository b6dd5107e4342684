"""Pages of the invented publisher in a browser: their look in six scripts, axe-core, valid HTML.

`pytest --rewrite` takes the pictures of `cases/publisher/pictures` anew.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from test_pages import axe
from test_pages_html import EXPLAINED, JAVA

from chromium import DESKTOP, ZOOMED, Browser
from pictures import TOLERANCE, compare, stored
from sample_project import SampleProject

pytestmark = pytest.mark.browser

CASE = Path(__file__).parents[1] / "cases" / "publisher"
# English, Arabic, Chinese, Hindi, Korean and Thai: six scripts.
TAGS = ("en", "ar", "zh-Hans", "hi", "ko", "th")
WIDTH = 480
# The parts of a page that a publisher stands on, and how much of each, in CSS pixels.
PARTS = ((".site-header", 220), (".site-footer", 420))
SCHEMES = ("light", "dark")


def page(project: SampleProject, tag: str, name: str = "visit") -> Path:
    return project.path(f"build/{tag}/{name}.html")


def picture(browser: Browser) -> Image.Image:
    """Return the publisher's parts of the open page, light ones left and dark ones right."""
    sheet = Image.new("L", (WIDTH * len(SCHEMES), sum(height for _, height in PARTS)))
    for column, scheme in enumerate(SCHEMES):
        browser.wants(prefers_color_scheme=scheme)
        top = 0
        for selector, height in PARTS:
            part = browser.picture(0, browser.place(selector)[1], WIDTH, height)
            sheet.paste(part.convert("L"), (column * WIDTH, top))
            top += height
    return sheet


@pytest.mark.parametrize("tag", TAGS)
def test_a_publisher_looks_as_stored(browser, built, tag, rewrite, tmp_path):
    browser.window(WIDTH, 900)
    browser.open(page(built, tag))
    made, path = picture(browser), CASE / "pictures" / f"{tag}.png"
    if rewrite:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(stored(made))
    worst = compare(path, made, tmp_path)
    assert worst <= TOLERANCE, f"it differs by {worst:.2f}; see {tmp_path}/{tag}-difference.png"


@pytest.mark.parametrize(
    "css",
    [
        ".house-logo img { visibility: hidden }",
        ".house-helpline { display: none }",
        ":root { --cover: #333333 !important }",
        ".house-name { font-family: 'DejaVu Serif' !important }",
    ],
    ids=["logo lost", "helpline lost", "another colour", "another font"],
)
def test_a_mistake_is_found(browser, built, css, tmp_path):
    browser.window(WIDTH, 900)
    browser.open(page(built, "en"))
    browser.style(css)
    assert compare(CASE / "pictures" / "en.png", picture(browser), tmp_path) > TOLERANCE


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("window", [DESKTOP, ZOOMED], ids=["desktop", "zoomed"])
def test_axe_finds_nothing(browser, built, window, scheme):
    browser.window(*window)
    browser.wants(prefers_color_scheme=scheme)
    found = {}
    for tag in ("en", "ar", "zh-Hans"):
        for name in ("index", "visit"):
            browser.open(page(built, tag, name))
            told = axe(browser)
            found[tag, name] = told["violations"] + told["incomplete"]
    assert not {name: wrong for name, wrong in found.items() if wrong}


@pytest.mark.parametrize("tag", TAGS)
def test_nothing_sticks_out_of_a_small_screen(browser, built, tag):
    browser.window(*ZOOMED)
    for name in ("index", "visit"):
        browser.open(page(built, tag, name))
        assert browser.say("document.documentElement.scrollWidth") <= ZOOMED[0]


def test_pages_are_valid(built):
    command = [*JAVA, "--format", "json", "--stdout", "--skip-non-html", str(built.path("build"))]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = [one["message"] for one in json.loads(made.stdout)["messages"]]
    assert [one for one in messages if not any(part in one for part in EXPLAINED)] == []
