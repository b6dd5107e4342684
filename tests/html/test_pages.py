"""Every page in headless Chromium: axe-core finds nothing, nothing is fetched, nothing fails.

What the keyboard reaches, and what readers ask of their device: `test_pages_keyboard.py`,
`test_pages_zoom.py`, `test_pages_wishes.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from chromium import DESKTOP, EACH_KIND, EVERY_PAGE, TAGS, ZOOMED, Browser, each_page
from sample_project import REPOSITORY

pytestmark = pytest.mark.browser

AXE = (REPOSITORY / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
# Rules that axe-core leaves out unless asked: WCAG 2.2, 2.5.8, and the contrast of level AAA,
# which our colours keep.
MORE_RULES = ("target-size", "color-contrast-enhanced")
CASES = Path(__file__).parents[1] / "cases" / "pages" / "axe-incomplete.toml"
EXPLAINED = tomllib.loads(CASES.read_text(encoding="utf-8"))["incomplete"]


def axe(browser: Browser) -> dict[str, list]:
    """Return what axe-core says of the page: see `in_page/axe.js`."""
    known = [[row[key] for key in ("rule", "reason", "within")] for row in EXPLAINED]
    browser.open_all()
    browser.chrome.execute_script(AXE)
    return browser.run_async("axe", MORE_RULES, known)


def wrong(browser: Browser, site: Path, names: Iterable[str]) -> dict[str, list[str]]:
    """Return what axe-core finds wrong or leaves open without an explanation, page by page."""
    found = {}
    for name in names:
        browser.open(site / name)
        told = axe(browser)
        found[name] = told["violations"] + told["incomplete"]
    return {name: sentences for name, sentences in found.items() if sentences}


def test_every_page_is_there(site):
    built = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert set(EACH_KIND) <= set(EVERY_PAGE) <= built
    assert all(".pdf" in (site / tag / "ankl.html").read_text("utf-8") for tag in ("en", "ar"))


@each_page(0)
def test_axe_finds_nothing(browser, site, name):
    assert wrong(browser, site, [name]) == {}


def test_axe_finds_nothing_in_any_language(browser, site):
    assert wrong(browser, site, [f"{tag}/ankl.html" for tag in TAGS]) == {}


@each_page(0)
def test_axe_finds_nothing_on_a_small_screen(browser, site, name):
    browser.window(*ZOOMED)
    assert wrong(browser, site, [name]) == {}


@each_page(0)
def test_axe_finds_nothing_in_the_dark(browser, site, name):
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    browser.open(site / name)
    light = browser.say(ground)
    browser.wants(prefers_color_scheme="dark")
    assert browser.say(ground) != light
    assert wrong(browser, site, [name]) == {}


def test_every_explanation_is_needed(browser, site):
    browser.window(*ZOOMED)
    browser.open(site / "coverage.html")
    assert sorted(axe(browser)["used"]) == list(range(len(EXPLAINED)))
    browser.window(*DESKTOP)
    assert axe(browser)["used"] == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("document.querySelector('main img').removeAttribute('alt')", "image-alt"),
        ("document.querySelector('h1').style.color = '#999'", "color-contrast"),
        ("document.querySelector('.summary').style.color = '#666'", "color-contrast-enhanced"),
        ("document.querySelector('.toc').style = 'line-height: 0.6; font-size: 10px'"
         "; document.querySelectorAll('.toc a').forEach(a => a.style.padding = 0)", "target-size"),
        ("document.querySelector('h1').style.background = 'linear-gradient(red, blue)'",
         "color-contrast (bgGradient)"),
        ("document.documentElement.lang = 'english'", "html-lang-valid"),
    ],
)  # fmt: skip
def test_axe_finds_what_is_wrong(browser, site, change, rule):
    browser.open(site / "en" / "ankl.html")
    browser.say(f"void eval({change!r})")
    told = axe(browser)
    assert any(sentence.startswith(rule) for sentence in told["violations"] + told["incomplete"])


def test_the_menu_of_languages_opens_without_a_script(browser, site):
    browser.open(site / "ar" / "ankl.html")
    find = browser.chrome.find_element
    link = find("css selector", ".languages a[hreflang=fr]")
    assert not link.is_displayed()
    find("css selector", ".languages summary").click()
    assert link.is_displayed()
    link.click()
    assert browser.chrome.current_url == (site / "fr" / "ankl.html").as_uri()


@pytest.mark.parametrize("width", [320, 480, 1280])
def test_the_menu_of_languages_opens_under_its_button(browser, site, width):
    browser.window(width, 700)
    for tag in TAGS:
        browser.open(site / tag / "ankl.html")
        closed = browser.place(".languages summary")
        browser.open_all()
        assert browser.place(".languages summary") == closed, tag
        below = browser.place(".languages ul")
        home = browser.place(".home-link")
        assert below[1] >= max(closed[1] + closed[3], home[1] + home[3])


def test_nothing_is_fetched_and_nothing_fails(browser, site):
    browser.chrome.get_log("browser")
    for name in EACH_KIND:
        browser.open(site / name)
        fetched = browser.say("performance.getEntriesByType('resource').map(r => r.name)")
        assert [address for address in fetched if not address.startswith("data:")] == []
    assert browser.chrome.get_log("browser") == []
