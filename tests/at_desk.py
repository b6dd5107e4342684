"""A browser at the workbench: what a translator does there, and waiting for what they wait for.

Nothing is timed: each step waits until the page says that it is done.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.common.exceptions import WebDriverException

from ankl_i18n.catalogs import po
from ankl_i18n.workbench.guard import cookie_name
from ankl_i18n.workbench.words import words
from chromium import CONTROL, Browser
from firefox import Firefox
from patience import PATIENCE
from running_workbench import Running, running
from sample_project import REPOSITORY

VIEWS = ("page", "phone", "both", "list")


class Desk:
    """A translator at a browser. `clicks` and `keys` count what they do; a typed text is one.

    `again` is how often a text was typed once more, as news of another writer came in between.
    """

    def __init__(self, browser: Browser | Firefox, workbench: Running) -> None:
        self.browser, self.workbench = browser, workbench
        self.clicks = self.keys = self.again = 0

    # --- coming in ---

    def enter(self) -> None:
        """Come in by the address that works once."""
        self.browser.chrome.get("about:blank")
        self.browser.chrome.get(f"{self.workbench.origin}/#{self.workbench.room.session.code.text}")
        self.wait("home", lambda: self.has("#main h1") and not self.has(".wait"))

    def enter_again(self, place: str = "") -> None:
        """Come in by the cookie of the session, as a second window does."""
        name, value = cookie_name(self.workbench.port), self.workbench.room.session.cookie
        self.browser.keep_cookie(name, value, self.workbench.origin)
        self.browser.chrome.get("about:blank")
        self.browser.chrome.get(f"{self.workbench.origin}/desk{place}")
        self.wait("a screen", lambda: self.has("h1") and not self.has(".wait"))

    def open(self, tag: str, leaflet: str, name: str = "") -> None:
        """Open a leaflet in a language."""
        self.enter_again(f"#/{tag}/{leaflet}/{name}")
        self.wait("the field", lambda: self.has("textarea"))
        self.settled()

    def asks_for(self, tag: str) -> None:
        """Let the browser ask for a language, as its settings do."""
        self.browser.asks_for(tag)

    # --- looking ---

    def say(self, expression: str, *arguments: Any) -> Any:
        return self.browser.say(expression, *arguments)

    def has(self, selector: str) -> bool:
        return bool(self.say("document.querySelector(arguments[0]) !== null", selector))

    def text(self, selector: str) -> str:
        found = "document.querySelector(arguments[0])?.textContent ?? ''"
        return str(self.say(found, selector))

    @property
    def here(self) -> str:
        """The name of the text that the desk shows."""
        return str(self.say("location.hash.split('/')[3] ?? ''"))

    @property
    def status(self) -> str:
        return self.text(".status")

    @property
    def value(self) -> str:
        return str(self.say("document.querySelector('textarea').value"))

    def shown(self, name: str) -> str:
        """Return what the page says in the place of a text."""
        found = (
            "document.querySelector('.page:last-child iframe').contentDocument"
            ".querySelector(`m-text[data-key='${arguments[0]}']`)?.textContent ?? ''"
        )
        return str(self.say(found, name))

    def wait(self, what: str, condition: Callable[[], Any]) -> Any:
        """Wait until a condition is true; a page that is just being made is asked again."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                found = condition()
            except WebDriverException:
                found = None
            if found:
                return found
            if time.monotonic() > end:
                raise AssertionError(f"{what}: {self.text('body')[:2000]}")
            time.sleep(0.05)

    def settled(self) -> None:
        """Wait until the page of the leaflet is there, with its texts marked."""
        texts = (
            "(frames => (frames.length || document.querySelector('.side.list .rows li')) &&"
            " frames.every(one => one.contentDocument?.querySelector('m-text')))"
            "([...document.querySelectorAll('.page iframe')])"
        )
        self.wait("the page", lambda: not self.has(".wait") and self.say(texts))

    # --- doing ---

    def click(self, selector: str) -> None:
        """Click an element of the desk, where it is on the screen."""
        self.wait(selector, lambda: self.has(selector))
        self._click("document.querySelector(arguments[0])", selector)

    def click_word(self, word: str, within: str = "body") -> None:
        """Click the button or link that says a word."""
        found = (
            "[...document.querySelectorAll(`${arguments[1]} :is(button, summary, a)`)]"
            ".find(one => one.textContent.trim().startsWith(arguments[0]))"
        )
        self.wait(word, lambda: self.say(found, word, within))
        self._click(found, word, within)

    def click_text(self, name: str) -> None:
        """Click a text in the page."""
        self.settled()
        found = (
            "document.querySelector('.page:last-child iframe').contentDocument"
            ".querySelector(`m-text[data-key='${arguments[0]}']`)"
        )
        self.wait("the text", lambda: self.say(f"Boolean({found})", name))
        # The page may be made anew just when it is clicked: then nothing was hit.
        self.wait("its field", lambda: self._is_at(name) or self._click(found, name))

    def _is_at(self, name: str) -> bool:
        return self.here == name and self.focus("textarea")

    def _click(self, found: str, *arguments: Any) -> None:
        place = (
            "(one => { one.scrollIntoView({block: 'center', behavior: 'instant'});"
            " const box = [...one.getClientRects()].find(each => each.width && each.height);"
            " const frame = one.ownerDocument.defaultView.frameElement?.getBoundingClientRect();"
            " return [box.x + box.width / 2 + (frame?.x ?? 0) + (frame ? 1 : 0),"
            " box.y + box.height / 2 + (frame?.y ?? 0) + (frame ? 1 : 0)]; })"
        )
        x, y = self.say(f"{place}({found})", *arguments)
        self.browser.click_at(x, y)
        self.clicks += 1

    def focus(self, selector: str) -> bool:
        return bool(self.say("document.activeElement?.matches(arguments[0])", selector))

    def press(self, key: str, modifiers: int = 0) -> None:
        """Press a key, with Control or Alt if wanted."""
        self.browser.key(key, modifiers)
        self.keys += 1

    def select_all(self) -> None:
        self.browser.key("a", CONTROL)
        self.keys += 1

    def type(self, text: str) -> None:
        """Type a text over what is in the field."""
        self.wait("the field", lambda: self.focus("textarea"))
        self.select_all()
        self.browser.insert(text)
        self.wait("the text", lambda: self.value == text or self.typed_again(text))

    def typed_again(self, text: str) -> bool:
        """Type a text again, if news of another writer came between the choice and the typing."""
        self.again += 1
        browser = self.browser.chrome
        browser.execute_script("document.querySelector('textarea').focus()")
        browser.execute_script("document.querySelector('textarea').select()")
        self.browser.insert(text)
        return self.value == text

    def compose(self, parts: Sequence[str], text: str) -> None:
        """Type with an input method: what it shows meanwhile, then what is chosen."""
        for part in parts:
            self.browser.command(
                "Input.imeSetComposition", text=part, selectionStart=len(part),
                selectionEnd=len(part),
            )  # fmt: skip
        self.browser.insert(text)

    def save(self) -> None:
        """Save by Ctrl+S, and wait until it is said."""
        self.press("s", CONTROL)
        self.saved()

    def saved(self) -> None:
        """Wait until the desk says that the text is saved."""
        said = self.word("Saved at {time}").partition("{time}")
        self.wait("saved", lambda: all(part in self.status for part in (said[0], said[2])))

    def word(self, text: str) -> str:
        """Return a text of the desk in the language that it speaks."""
        return str(words(self.say("document.documentElement.lang"))["words"].get(text, text))

    def problems(self, severity: str = "error") -> list[str]:
        found = "[...document.querySelectorAll(`.found .${arguments[0]}:not(.silenced)`)]"
        return list(self.say(f"{found}.map(one => one.textContent)", severity))


@contextmanager
def at_desk(browser: Browser | Firefox, root: Path, *tags: str) -> Iterator[Desk]:
    """Run a workbench on a project, with a translator at a browser."""
    with running(root, *tags) as workbench:
        try:
            yield Desk(browser, workbench)
        finally:
            browser.chrome.get("about:blank")


def entry(path: Path, msgid: str) -> po.Entry:
    """Return a message of a catalog as it stands on the disk."""
    return next(one for one in po.read(path, path.name).entries if one.msgid == msgid)


def copy_of_repository(root: Path) -> Path:
    """Copy this project's leaflets, catalogs and settings into a new folder."""
    for name in ("source", "locale", "glossary"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "pyproject.toml", root)
    return root
