"""This repository's own pages in headless Chromium: accessible, narrow, dark, without errors.

One browser and one build serve the whole module.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from sample_project import REPOSITORY, SampleProject

pytestmark = pytest.mark.browser

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
DRIVER = "/usr/bin/chromedriver"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)
# Rules of every level of WCAG 2.2 A and AA, and axe's best practices.
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then(
  found => done(found.violations.map(
    v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).slice(0, 3).join(", "))),
  failed => done(["axe failed: " + failed]));
"""
OVERFLOW = """
const page = document.documentElement;
const wide = [...document.querySelectorAll("body *")].filter(
  e => !e.closest(".table-scroll, .visually-hidden, .skip-link, svg")
    && (e.getBoundingClientRect().right > 320.5 || e.getBoundingClientRect().left < -0.5));
return [page.scrollWidth, wide.slice(0, 3).map(e => e.tagName + "." + e.className)];
"""
# One page of each kind, and one of each direction.
EACH_KIND = ("index.html", "coverage.html", "en/index.html", "en/ankl.html", "ar/ankl.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Build every page of the repository, unpublished languages too; return the folder."""
    root = tmp_path_factory.mktemp("repository")
    for name in ("source", "locale"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "pyproject.toml", root)
    SampleProject(root).run("build", "--drafts", "--only", "html", "--jobs", "1")
    return root / "build"


@pytest.fixture(scope="module")
def browser(tmp_path_factory) -> Iterator[Chrome]:
    options = ChromeOptions()
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.page_load_strategy = "eager"
    chromium = Chrome(options, ChromeService(DRIVER))
    yield chromium
    chromium.quit()


def pages(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def look(browser: Chrome, site: Path, name: str, width: int = 1000) -> None:
    """Open a page in a window of some width, in CSS pixels."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get((site / name).as_uri())


def violations(browser: Chrome) -> list[str]:
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    return browser.execute_async_script(RUN)


def colours(browser: Chrome, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def test_every_kind_of_page_is_there(site):
    names = pages(site)
    assert set(EACH_KIND) <= set(names)
    assert len(names) > 40


def test_axe_finds_nothing(browser, site):
    colours(browser, "light")
    found = {}
    for name in pages(site):
        look(browser, site, name)
        found[name] = violations(browser)
    assert not {name: wrong for name, wrong in found.items() if wrong}


def test_axe_finds_what_is_wrong(browser, site):
    look(browser, site, "en/ankl.html")
    browser.execute_script("document.querySelector('main img').removeAttribute('alt')")
    assert any(wrong.startswith("image-alt") for wrong in violations(browser))


@pytest.mark.parametrize("name", EACH_KIND)
def test_in_the_dark(browser, site, name):
    colours(browser, "dark")
    look(browser, site, name)
    ground = "return getComputedStyle(document.documentElement).backgroundColor"
    dark = browser.execute_script(ground)
    wrong = violations(browser)
    colours(browser, "light")
    assert browser.execute_script(ground) != dark
    assert not wrong


def test_narrow_pages_need_no_sideways_scrolling(browser, site):
    found = {}
    for name in pages(site):
        look(browser, site, name, width=320)
        found[name] = browser.execute_script(OVERFLOW)
    assert not {name: wide for name, wide in found.items() if wide != [320, []]}


def test_a_wide_thing_on_a_narrow_page_is_found(browser, site):
    look(browser, site, "en/ankl.html", width=320)
    browser.execute_script("document.querySelector('.text p').style.width = '400px'")
    width, wide = browser.execute_script(OVERFLOW)
    assert width > 400
    assert "P." in wide


def test_the_menu_of_languages_opens_without_a_script(browser, site):
    look(browser, site, "ar/ankl.html")
    link = browser.find_element("css selector", ".languages a[hreflang=fr]")
    assert not link.is_displayed()
    browser.find_element("css selector", ".languages summary").click()
    assert link.is_displayed()
    link.click()
    assert browser.current_url == (site / "fr" / "ankl.html").as_uri()


def test_the_first_tab_stop_skips_the_menu(browser, site):
    look(browser, site, "fr/ankl.html")
    browser.find_element("tag name", "body").send_keys("\ue004")
    focused = browser.switch_to.active_element
    assert focused.get_attribute("class") == "skip-link"
    assert focused.is_displayed()
    focused.send_keys("\ue007")
    assert browser.switch_to.active_element.get_attribute("id") == "main"


def test_nothing_is_fetched_and_nothing_fails(browser, site):
    browser.get_log("browser")
    for name in EACH_KIND:
        look(browser, site, name)
        fetched = browser.execute_script(
            "return performance.getEntriesByType('resource').map(r => r.name)"
        )
        assert [address for address in fetched if not address.startswith("data:")] == []
    assert browser.get_log("browser") == []
