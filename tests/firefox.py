"""Headless Firefox for the tests that are not of Chromium alone, by WebDriver BiDi.

Firefox speaks it by itself (https://www.w3.org/TR/webdriver-bidi/), so no driver is needed. The
methods are those of `chromium.Browser`.
"""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket
from selenium.common.exceptions import WebDriverException

from patience import PATIENCE

PROGRAM = "firefox-esr"
SETTINGS = """
user_pref("intl.accept_languages", "{tag}");
user_pref("intl.locale.requested", "en-US");
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.update.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("nimbus.rollouts.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,");
"""
# What keys are called in WebDriver (https://www.w3.org/TR/webdriver2/#keyboard-actions).
KEYS = {
    "Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c", "ArrowDown": "\ue015",
    "ArrowUp": "\ue013", "Delete": "\ue017",
}  # fmt: skip
MODIFIERS = {2: "\ue009", 1: "\ue00a"}
# A script gets its arguments as JSON, and so is its answer; an element is as good as true.
CALL = """async (given) => {{
  const answer = await (function () {{ {} }}).apply(null, JSON.parse(given));
  return JSON.stringify(answer?.nodeType ? true : answer);
}}"""


class Firefox:
    """A Firefox with one page. `chrome` is what selenium's driver is for Chromium."""

    def __init__(self, address: str, tag: str) -> None:
        self.tag = tag
        self.numbers = itertools.count(1)
        self.socket = websocket.create_connection(
            f"{address}/session", suppress_origin=True, timeout=PATIENCE
        )
        self.command("session.new", capabilities={})
        self.context = self.command("browsingContext.getTree")["contexts"][0]["context"]

    @property
    def chrome(self) -> Firefox:
        return self

    def command(self, method: str, /, **params: Any) -> Any:
        """Send a command of WebDriver BiDi, and wait for its answer."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == number:
                break
        if answer["type"] == "error":
            raise WebDriverException(f"{answer['error']}: {answer['message']}")
        return answer["result"]

    def get(self, address: str) -> None:
        self.command(
            "browsingContext.navigate", context=self.context, url=address, wait="interactive"
        )

    def execute_script(self, body: str, *arguments: Any) -> Any:
        answer = self.command(
            "script.callFunction", functionDeclaration=CALL.format(body), awaitPromise=True,
            target={"context": self.context},
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
        )  # fmt: skip
        if answer["type"] == "exception":
            raise WebDriverException(answer["exceptionDetails"]["text"])
        text = answer["result"].get("value")
        return None if text is None else json.loads(text)

    def say(self, expression: str, *arguments: Any) -> Any:
        """Return the value of an expression of JavaScript."""
        return self.execute_script(f"return {expression}", *arguments)

    def window(self, width: int, height: int) -> None:
        """Set the size of the window in CSS pixels."""
        size = {"width": width, "height": height}
        self.command("browsingContext.setViewport", context=self.context, viewport=size)

    def asks_for(self, tag: str) -> None:
        """Firefox is started with the language that it asks for."""
        assert tag == self.tag

    def keep_cookie(self, name: str, value: str, origin: str) -> None:
        """Have a cookie that no script sees."""
        host = origin.split("//")[1].split(":", maxsplit=1)[0]
        cookie = {"name": name, "value": {"type": "string", "value": value}, "domain": host}
        self.command("storage.setCookie", cookie={**cookie, "path": "/", "httpOnly": True})

    def click_at(self, x: float, y: float) -> None:
        """Click a place of the window, in CSS pixels."""
        steps = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act("pointer", steps)

    def key(self, key: str, modifiers: int = 0) -> None:
        """Press and release a key, by the name that events give it."""
        held = [value for bit, value in MODIFIERS.items() if modifiers & bit]
        pressed = [*held, KEYS.get(key, key)]
        steps = [{"type": "keyDown", "value": one} for one in pressed]
        self._act("key", steps + [{"type": "keyUp", "value": one} for one in reversed(pressed)])

    def insert(self, text: str) -> None:
        """Type a text where the cursor is, letter by letter."""
        kinds = ("keyDown", "keyUp")
        self._act("key", [{"type": kind, "value": one} for one in text for kind in kinds])

    def _act(self, kind: str, steps: list[dict[str, Any]]) -> None:
        source = {"type": kind, "id": kind, "actions": steps}
        self.command("input.performActions", context=self.context, actions=[source])


@contextmanager
def started(profile: Path, tag: str) -> Iterator[Firefox]:
    """Start Firefox with a fresh profile in a folder and a language to ask for; end it then."""
    profile.mkdir()
    (profile / "user.js").write_text(SETTINGS.format(tag=tag), encoding="utf-8")
    options = ("--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", profile)
    command = (PROGRAM, *options, "about:blank")
    log = profile.with_suffix(".log")
    with log.open("w") as file, subprocess.Popen(command, stdout=file, stderr=file) as process:
        try:
            browser = Firefox(_address(log), tag)
            yield browser
            browser.socket.close()
        finally:
            process.terminate()


def _address(log: Path) -> str:
    """Return where Firefox listens, once it says so."""
    end = time.monotonic() + PATIENCE
    while not (found := re.search(r"BiDi listening on (ws://\S+)", log.read_text("utf-8"))):
        assert time.monotonic() < end, log.read_text("utf-8")
        time.sleep(0.1)
    return found[1]
