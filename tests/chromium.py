"""Headless Chromium for tests of pages: one browser, emulated windows, media and keys.

`conftest.py` starts it once in a test process. Scripts that run in a page are the files of
`in_page`; each is the body of a function.
"""

from __future__ import annotations

import base64
import functools
import io
import json
import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from ankl_i18n.html.editions import LARGE_PRINT, STANDARD, pdf_name
from ankl_i18n.settings import load
from patience import PATIENCE
from sample_project import REPOSITORY, SampleProject

SCRIPTS = Path(__file__).with_name("in_page")
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
    # Letters as wide on every machine: no hints, no rounding to whole pixels.
    "--font-render-hinting=none",
)
DESKTOP = (1280, 720)
# A window of 1280 by 1024 pixels at 400 %: WCAG 2.2, 1.4.10.
ZOOMED = (320, 256)

# One page of each kind, and one of each direction.
EACH_KIND = (
    "index.html", "coverage.html", "404.html", "en/index.html", "en/ankl.html", "ar/ankl.html",
    "ar/accessibility.html",
)  # fmt: skip
CONFIG = load(REPOSITORY)
TAGS = (CONFIG.source_language, *CONFIG.languages)
OUR_PAGES = (
    "index.html",
    "coverage.html",
    "404.html",
    *(f"{tag}/{name}.html" for tag in TAGS for name in ("index", "ankl", "words", "accessibility")),
)
# The leaflet of hard cases (`cases/specimen`) in more languages and scripts.
SPECIMEN = REPOSITORY / "tests" / "cases" / "specimen"
SPECIMEN_TAGS = load(SPECIMEN).languages
EVERY_PAGE = (*OUR_PAGES, *(f"specimen/{tag}/specimen.html" for tag in SPECIMEN_TAGS))
SEED = 20261122


def each_page(count: int, seed: int = SEED) -> pytest.MarkDecorator:
    """Run a test on each page; the quick suite runs each kind and `count` others."""
    rest = [name for name in EVERY_PAGE if name not in EACH_KIND]
    quick = {*EACH_KIND, *random.Random(seed).sample(rest, count)}
    cases = [
        name if name in quick else pytest.param(name, marks=pytest.mark.slow) for name in EVERY_PAGE
    ]
    return pytest.mark.parametrize("name", cases)


def build_site(root: Path) -> Path:
    """Build `EVERY_PAGE`, drafts too, in an empty folder; return where they are.

    Beside our pages stand empty PDFs, so that pages have their links to them.
    """
    for name in ("source", "locale"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "pyproject.toml", root)
    shutil.copytree(SPECIMEN, root / "specimen")
    build(root / "specimen", SPECIMEN_TAGS)
    for tag, name, paper, edition in product(
        TAGS, ("ankl", "words"), CONFIG.papers, (STANDARD, LARGE_PRINT)
    ):
        pdf = root / "build" / tag / pdf_name(name, paper, edition)
        pdf.parent.mkdir(parents=True, exist_ok=True)
        pdf.touch()
    build(root, ())
    (root / "specimen" / "build").rename(root / "build" / "specimen")
    return root / "build"


def build(root: Path, tags: Sequence[str]) -> None:
    """Build the pages of a project in some languages, or in all."""
    SampleProject(root).run("build", *tags, "--drafts", "--only", "html", "--jobs", "1")


@functools.cache
def script(name: str) -> str:
    """Return the text of a script of `in_page`."""
    return (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")


class Browser:
    """A headless Chromium with one page, and what its reader has asked their device for."""

    def __init__(self, chrome: Chrome) -> None:
        self.chrome = chrome

    def command(self, name: str, /, **arguments: Any) -> Any:
        """Send a command of the DevTools protocol."""
        return self.chrome.execute_cdp_cmd(name, arguments)

    def run(self, name: str, *arguments: Any) -> Any:
        """Run a script of `in_page` and return what it returns."""
        return self.chrome.execute_script(script(name), *arguments)

    def run_async(self, name: str, *arguments: Any) -> Any:
        """Run a script of `in_page` that answers later."""
        return self.chrome.execute_async_script(script(name), *arguments)

    def say(self, expression: str, *arguments: Any) -> Any:
        """Return the value of an expression of JavaScript."""
        return self.chrome.execute_script(f"return {expression}", *arguments)

    def window(self, width: int, height: int, scale: float = 1) -> None:
        """Set the size of the window in CSS pixels, and the device's pixels in one of them."""
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
        )

    def wants(self, **features: str) -> None:
        """Set what the reader asked for, such as `prefers_color_scheme="dark"`, and no more."""
        listed = [
            {"name": name.replace("_", "-"), "value": value} for name, value in features.items()
        ]
        self.command("Emulation.setEmulatedMedia", features=listed)

    def open(self, path: Path, fragment: str = "") -> None:
        """Open a page anew, at its top."""
        self.chrome.get("about:blank")
        self.chrome.get(path.as_uri() + fragment)

    def open_all(self) -> None:
        """Open every menu of the page."""
        self.change("document.querySelectorAll('details').forEach(one => one.open = true)")

    def style(self, css: str) -> None:
        """Add a style sheet to the page, as readers do."""
        self.change(f"style({json.dumps(css)})")

    def change(self, statement: str) -> None:
        """Run a statement of JavaScript, in which `style(css)` adds a style sheet."""
        add = (
            "const style = css => document.head.append(Object.assign("
            "document.createElement('style'), {textContent: css}));"
        )
        self.chrome.execute_script(f"{add} {statement}")

    def letters(self, size: int) -> None:
        """Set the size of letters in the browser's settings, in CSS pixels; usually 16."""
        self.command("Page.setFontSizes", fontSizes={"standard": size, "fixed": size})

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press and release a key."""
        code, text = KEYS[key]
        common = {"key": text if key == "Space" else key, "code": key, "modifiers": 8 * shift}
        common |= {"windowsVirtualKeyCode": code}
        kind = "keyDown" if text else "rawKeyDown"
        self.command("Input.dispatchKeyEvent", type=kind, text=text, **common)
        self.command("Input.dispatchKeyEvent", type="keyUp", **common)

    def click_at(self, x: float, y: float) -> None:
        """Click a place of the window, in CSS pixels."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            count = {"button": "left", "clickCount": 1} if kind != "mouseMoved" else {}
            self.command("Input.dispatchMouseEvent", type=kind, x=x, y=y, **count)

    def key(self, key: str, modifiers: int = 0) -> None:
        """Press and release a key, by the name that events give it, with `CONTROL` or `ALT`."""
        code = CODES.get(key) or ord(key.upper())
        text = {"Enter": "\r"}.get(key, "") if not modifiers else ""
        common = {"key": key, "code": key if key in CODES else f"Key{key.upper()}"}
        common |= {"windowsVirtualKeyCode": code, "modifiers": modifiers}
        kind = "keyDown" if text else "rawKeyDown"
        more = {"commands": ["selectAll"]} if (key, modifiers) == ("a", CONTROL) else {}
        self.command("Input.dispatchKeyEvent", type=kind, text=text, **common, **more)
        self.command("Input.dispatchKeyEvent", type="keyUp", **common)

    def insert(self, text: str) -> None:
        """Type a text where the cursor is."""
        self.command("Input.insertText", text=text)

    def asks_for(self, tag: str) -> None:
        """Let the browser ask for pages in a language, as its settings do."""
        agent = self.say("navigator.userAgent")
        self.command("Network.setUserAgentOverride", userAgent=agent, acceptLanguage=tag)

    def keep_cookie(self, name: str, value: str, origin: str) -> None:
        """Have a cookie that no script sees."""
        self.command("Network.setCookie", name=name, value=value, url=origin, httpOnly=True)

    def picture(self, left: float, top: float, width: float, height: float) -> Image.Image:
        """Return a part of the page, in CSS pixels from its top left corner."""
        clip = {"x": left, "y": top, "width": width, "height": height, "scale": 1}
        answer = self.command(
            "Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip
        )
        return Image.open(io.BytesIO(base64.b64decode(answer["data"]))).convert("RGB")

    def place(self, selector: str) -> Sequence[float]:
        """Return left, top, width and height on the page of the first element of a kind."""
        return self.run("place", selector)

    def reset(self) -> None:
        """Forget what earlier tests asked for."""
        self.wants()
        self.window(*DESKTOP)
        self.letters(16)


CONTROL, ALT = 2, 1
CODES = {"Enter": 13, "Tab": 9, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "Delete": 46}
# Windows virtual key codes, and the text that a key types.
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Space": (32, " ")}


def patient(chrome: Chrome) -> Chrome:
    """Let scripts and pages take their time on a busy machine, and the driver that waits for them.

    It has two minutes by itself, and a script half a minute.
    """
    chrome.set_script_timeout(PATIENCE)
    chrome.set_page_load_timeout(PATIENCE)
    chrome.command_executor.client_config.timeout = 2 * PATIENCE
    return chrome


@contextmanager
def started(profile: Path) -> Iterator[Browser]:
    """Start Chromium with a fresh profile in a folder; end it afterwards."""
    options = ChromeOptions()
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.page_load_strategy = "eager"
    chrome = patient(Chrome(options, ChromeService(DRIVER)))
    try:
        yield Browser(chrome)
    finally:
        chrome.quit()
