"""Large letters and little room: at 400 %, with more space between letters, with text twice as
large, every line stays whole, in its place, and on the page (WCAG 2.2: 1.4.4, 1.4.10, 1.4.12).
"""

from __future__ import annotations

import pytest

from chromium import DESKTOP, ZOOMED, Browser, each_page

pytestmark = pytest.mark.browser

# WCAG 2.2, 1.4.12, each at its value.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; }
* { word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important }
"""
# Window, the reader's style sheet, and the letters' size in a browser's settings.
CONDITIONS = {
    "400 %": (ZOOMED, "", 16),
    "spaced": (DESKTOP, SPACING, 16),
    "400 % and spaced": (ZOOMED, SPACING, 16),
    "text at 200 %": (DESKTOP, "", 32),
    "text at 200 % in half a window": ((640, 512), "", 32),
}


def faults(browser: Browser) -> list[str]:
    """Return what cannot be read with every part of the page opened."""
    browser.open_all()
    told = browser.run("text_faults")
    assert told["lines"] > 10
    return told["faults"] + browser.run("wide_boxes")


@each_page(6)
def test_every_line_can_be_read(browser, site, name):
    found = {}
    for condition, (window, css, letters) in CONDITIONS.items():
        browser.window(*window, scale=DESKTOP[0] / window[0])
        browser.letters(letters)
        browser.open(site / name)
        browser.style(css)
        found[condition] = faults(browser)
    assert {condition: wrong for condition, wrong in found.items() if wrong} == {}


def test_the_conditions_are_what_they_say(browser, site):
    sizes = {}
    for condition, (window, css, letters) in CONDITIONS.items():
        browser.window(*window)
        browser.letters(letters)
        browser.open(site / "en/ankl.html")
        browser.style(css)
        style = "getComputedStyle(document.querySelector('.text p'))"
        sizes[condition] = [
            browser.say(f"parseFloat({style}.{name})") for name in ("fontSize", "letterSpacing")
        ]
    assert sizes["400 %"] == [18, None]
    assert sizes["spaced"] == [20, pytest.approx(2.4)]
    assert sizes["text at 200 %"] == [36, None]


@pytest.mark.parametrize(
    ("css", "fault"),
    [
        (".text p { inline-size: 400px }", "the page is"),
        (".text p { margin-inline-start: -3rem }", "outside the page"),
        (".text p { inline-size: 400px } main { overflow: clip }", "cut off at the side"),
        (".text p { block-size: 1em; overflow: hidden }", "cut off above or below"),
        (".text p { block-size: 1em }", "p. “"),
        (".callout-title { line-height: 0.5 }", "p.callout-title"),
        ("h1 { margin-block-end: -5rem }", "lies on h1."),
        (".toc { inline-size: 400px }", "nav.toc"),
    ],
)
def test_what_cannot_be_read_is_found(browser, site, css, fault):
    browser.window(*ZOOMED)
    browser.open(site / "en/ankl.html")
    browser.style(css)
    assert any(fault in found for found in faults(browser))
