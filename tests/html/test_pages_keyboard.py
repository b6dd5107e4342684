"""A walk through pages with the keyboard alone, and targets large enough for a finger.

WCAG 2.2: 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7, 2.4.11, 2.5.8.
"""

from __future__ import annotations

import pytest

from chromium import DESKTOP, EACH_KIND, ZOOMED, Browser, each_page

pytestmark = pytest.mark.browser

SUMMARY = ".languages summary"
LANGUAGES = "[...document.querySelectorAll('.languages a')]"


def walk(browser: Browser, *, back: bool = False) -> list[str]:
    """Press Tab until the focus leaves the page; return all that is wrong on the way."""
    names = browser.run("stops")
    assert names
    wanted = [*range(len(names)), -1]
    if back:
        browser.say("void stops.at(-1).focus()")
        wanted = [*range(len(names) - 2, -1, -1), -1]
    reached: list[int] = []
    faults: list[str] = []
    for _ in wanted:
        browser.press("Tab", shift=back)
        stop, wrong = browser.run("stop")
        reached.append(stop)
        faults += [f"{names[stop]}: {fault}" for fault in wrong]
    # Behind the first stop lies the last one where the browser has no controls of its own.
    if back and reached[-1] == len(names) - 1:
        reached[-1] = -1
    if reached != wanted:
        faults.append(f"reached {reached} instead of {wanted}: {names}")
    return faults


def order(browser: Browser) -> list[str]:
    browser.run("stops")
    return browser.run("reading_order")


@each_page(2)
@pytest.mark.parametrize("window", [DESKTOP, ZOOMED], ids=["wide", "400 %"])
def test_the_keyboard_reaches_everything_once(browser, site, name, window):
    browser.wants(prefers_reduced_motion="reduce")
    browser.window(*window)
    browser.open(site / name)
    assert walk(browser) == []
    assert window != DESKTOP or walk(browser, back=True) == []
    browser.open_all()
    assert order(browser) == []


@pytest.mark.parametrize("name", ["index.html", "en/ankl.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_visible_in_colours_of_the_reader(browser, site, name, scheme):
    browser.wants(prefers_reduced_motion="reduce", prefers_color_scheme=scheme)
    browser.open(site / name)
    assert walk(browser) == []
    browser.wants(
        prefers_reduced_motion="reduce", prefers_color_scheme=scheme, forced_colors="active"
    )
    browser.open(site / name)
    assert walk(browser) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("style(':focus-visible { outline: none !important }')", "no outline"),
        ("style('a:focus-visible { outline-color: #ccc !important }')", "an outline of"),
        ("style('.toc { padding: 0 !important }')", "an outline cut off"),
        ("style('.site-header { position: fixed; z-index: 9; inset: 0 0 50% }')", "under header"),
        ("style('html { scroll-padding: 2000px } body { position: fixed }')", "out of view"),
        ("document.querySelector('.toc a').tabIndex = 3", "reached"),
        ("document.querySelector('.toc').prepend(...document.querySelectorAll('.text a'))", None),
        ("document.querySelector('.toc a').addEventListener("
         "'keydown', event => event.preventDefault())", "reached"),
        ("document.querySelector('.toc a').addEventListener("
         "'focus', event => event.target.blur())", "reached"),
    ],
)  # fmt: skip
def test_a_wrong_walk_is_found(browser, site, change, fault):
    browser.wants(prefers_reduced_motion="reduce")
    browser.open(site / "en/ankl.html")
    browser.change(change)
    found = walk(browser)
    if fault is None:
        assert found == []
    else:
        assert any(fault in one for one in found)


@pytest.mark.parametrize("name", ["en/ankl.html", "ar/ankl.html"])
def test_a_wrong_order_is_found(browser, site, name):
    browser.open(site / name)
    browser.change("style('.toc ol { display: flex; flex-direction: column-reverse }')")
    assert len(order(browser)) > 5
    browser.open(site / name)
    browser.change("style('.downloads { display: flex; flex-direction: row-reverse }')")
    assert order(browser) != []


@pytest.mark.parametrize("name", EACH_KIND)
def test_the_first_stop_skips_the_menu(browser, site, name):
    browser.wants(prefers_reduced_motion="reduce")
    browser.open(site / name)
    browser.press("Tab")
    assert browser.say("document.activeElement.className") == "skip-link"
    assert browser.say("document.activeElement.getBoundingClientRect().top") >= 0
    browser.press("Enter")
    assert browser.say("document.activeElement.id") == "main"
    browser.run("stops")
    browser.press("Tab")
    first = "stops.find(stop => stop.closest('main')) === document.activeElement"
    assert browser.say(first)


@pytest.mark.parametrize("name", ["en/ankl.html", "ar/ankl.html", "ur/words.html"])
def test_the_menu_of_languages_opens_with_the_keyboard(browser, site, name):
    browser.open(site / name)
    browser.say(f"void document.querySelector({SUMMARY!r}).focus()")
    is_open = "document.querySelector('.languages details').open"
    for key in ("Enter", "Space"):
        browser.press(key)
        assert browser.say(is_open)
        browser.press("Tab")
        assert browser.say(f"{LANGUAGES}[0] === document.activeElement")
        browser.press("Tab", shift=True)
        browser.press(key)
        assert not browser.say(is_open)
    browser.press("Tab")
    assert not browser.say(f"{LANGUAGES}.includes(document.activeElement)")


@pytest.mark.parametrize("name", ["en/ankl.html", "ar/ankl.html"])
def test_a_link_to_a_section_takes_the_keyboard_along(browser, site, name):
    browser.wants(prefers_reduced_motion="reduce")
    browser.open(site / name)
    browser.run("stops")
    browser.say("void document.querySelector('.toc li:nth-child(5) a').focus()")
    browser.press("Enter")
    browser.press("Tab")
    after = (
        "document.querySelector(':target').compareDocumentPosition(document.activeElement)"
        " & Node.DOCUMENT_POSITION_FOLLOWING"
    )
    assert browser.say(after)
    assert browser.run("stop")[1] == []


@each_page(6)
@pytest.mark.parametrize("window", [DESKTOP, ZOOMED], ids=["wide", "400 %"])
def test_targets_are_large_enough(browser, site, name, window):
    browser.window(*window)
    browser.open(site / name)
    browser.open_all()
    assert browser.run("small_targets") == []


@pytest.mark.parametrize(
    ("css", "target"),
    [
        (".toc a { padding: 0; line-height: 1 }", "a “"),
        (".languages :is(li, a) { padding: 0 !important; line-height: 1 !important }", "a “"),
        # Small, and far from any other.
        (".home-link { padding: 0; font-size: 8px; margin: 30px }", None),
    ],
)
def test_small_targets_are_found(browser, site, css, target):
    browser.open(site / "en/ankl.html")
    browser.open_all()
    browser.style(css)
    found = browser.run("small_targets")
    assert any(one.startswith(target) for one in found) if target else found == []
