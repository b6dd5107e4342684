"""What readers ask of their device: their own colours, and less motion."""

from __future__ import annotations

import pytest
from PIL import Image

from chromium import EACH_KIND, Browser, each_page

pytestmark = pytest.mark.browser

# What loses its ground in forced colours, and why nothing is lost with it.
ONLY_DECORATION = {
    "a.skip-link": "seen only while it has the focus, and then it has an outline",
}
# What must be seen in forced colours: page and part of it.
INFORMATION = [
    ("en/ankl.html", ".callout-danger"),
    ("en/ankl.html", ".callout-danger .callout-title::before"),
    ("en/ankl.html", ".callout-story"),
    ("en/ankl.html", ".callout-story .callout-title::before"),
    ("en/ankl.html", ".callout-community"),
    ("en/ankl.html", ".callout-community .callout-title::before"),
    ("en/ankl.html", ".languages-icon"),
    ("en/ankl.html", ".languages summary"),
    ("en/ankl.html", "thead th"),
    ("en/ankl.html", ".glossary dd"),
    ("ar/ankl.html", ".callout-danger .callout-title::before"),
    ("ar/ankl.html", ".notice"),
    ("ar/index.html", ".card .mark"),
    ("km/ankl.html", "p.untranslated"),
    ("specimen/he/specimen.html", ".callout-warning .callout-title::before"),
    ("coverage.html", ".bar"),
    ("index.html", ".tile"),
    ("en/index.html", ".card"),
    ("404.html", ".card"),
    ("ar/accessibility.html", ".languages summary"),
]
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def luminance(colour: tuple[int, int, int]) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = (value / 255 for value in colour)
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return sum(a * b for a, b in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(picture: Image.Image, ground: tuple[int, int, int]) -> float:
    """Return the contrast of a ground and what is farthest from it in a picture."""
    colours = [colour for _, colour in picture.getcolors(picture.width * picture.height)]
    base = luminance(ground)
    lights = [luminance(colour) for colour in colours]
    return max((max(a, base) + 0.05) / (min(a, base) + 0.05) for a in lights)


def frame(browser: Browser, part: str) -> float:
    """Return the contrast of an element's own border or sign with its surroundings.

    What it holds does not count, so it is taken away first.
    """
    selector, _, pseudo = part.partition("::")
    if not pseudo:
        browser.run("empty", selector)
    left, top, width, height = browser.place(selector)
    if pseudo:
        left, top, width, height = browser.run("place_of_sign", selector, f"::{pseudo}")
    picture = browser.picture(left - 1, top - 1, width + 2, height + 2)
    return contrast(picture, picture.getpixel((0, 0)))


@SCHEMES
@pytest.mark.parametrize(("name", "part"), INFORMATION)
def test_forced_colours_leave_what_informs(browser, site, name, part, scheme):
    browser.wants(forced_colors="active", prefers_color_scheme=scheme)
    browser.open(site / name)
    assert frame(browser, part) >= 3


def test_what_forced_colours_take_away_is_seen(browser, site):
    browser.wants(forced_colors="active")
    browser.open(site / "en/ankl.html")
    browser.style(".callout-community { border: 0 !important; outline: 0 }")
    assert frame(browser, ".callout-community") < 3
    browser.open(site / "en/ankl.html")
    browser.style(".callout-title::before { background: red !important }")
    browser.style(".callout-title::before { forced-color-adjust: auto !important }")
    assert frame(browser, ".callout-community .callout-title::before") < 3


@each_page(0)
def test_no_ground_alone_informs(browser, site, name):
    browser.open(site / name)
    grounds = browser.run("grounds")
    assert grounds
    browser.wants(forced_colors="active")
    assert set(browser.run("lost_grounds")) <= set(ONLY_DECORATION)


def test_a_ground_that_is_lost_is_found(browser, site):
    browser.open(site / "en/ankl.html")
    browser.style(".callout { border: 0 !important }")
    browser.run("grounds")
    browser.wants(forced_colors="active")
    assert "aside.callout callout-story" in browser.run("lost_grounds")


def test_the_word_that_a_link_led_to_is_marked(browser, site):
    browser.wants(forced_colors="active")
    browser.open(site / "en/ankl.html", "#cytopenia")
    style = "getComputedStyle(document.querySelector('dt:target')).outlineStyle"
    assert browser.say(style) == "solid"


@each_page(0)
def test_nothing_moves_for_those_who_ask(browser, site, name):
    browser.wants(prefers_reduced_motion="reduce")
    browser.open(site / name)
    assert browser.run("moves") == []


def test_what_moves_is_found(browser, site):
    browser.open(site / "en/ankl.html")
    assert browser.run("moves") == ["html: smooth scrolling"]
    browser.wants(prefers_reduced_motion="reduce")
    browser.style("@keyframes x { to { opacity: 0 } } h1 { animation: x 9s } p { transition: 1s }")
    assert {"h1 is animated", "h1: animation x", "p: transition"} <= set(browser.run("moves"))


@pytest.mark.parametrize("name", ["en/ankl.html", "ar/ankl.html"])
def test_a_link_jumps_at_once_for_those_who_ask(browser, site, name):
    browser.wants(prefers_reduced_motion="reduce")
    browser.open(site / name)
    browser.say("void document.querySelector('.toc li:last-child a').click()")
    top = browser.say("document.querySelector(':target').getBoundingClientRect().top")
    assert 0 <= top < 720


def test_each_kind_is_judged():
    assert {name for name, _ in INFORMATION} >= set(EACH_KIND)
