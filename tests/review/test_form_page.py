"""The page of a form in a real browser: its script saves what was written, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ankl_i18n.exchange.forms import html
from ankl_i18n.exchange.forms.records import Column, Form, Line

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.browser
FORM = Form(
    "blind", "0a1b2c3d4e", "ar", "A form", ("Write.",),
    (
        Column("number", "No."), Column("text", "Arabic", tag="ar", rtl=True),
        Column("back", "English", open=True),
        Column("verdict", "Verdict", open=True, choices=("", "ok", "error")),
    ),
    (
        Line("k1", ("1", "أفرغ <b> & “x”\nثانيًا", "", "")),
        Line("k2", ("2", "</script><script>alert(1)</script>", "", "")),
    ),
)  # fmt: skip
# Catches what the page would have the browser save.
CATCH = """
URL.createObjectURL = (blob) => { window.saved = blob; return "#"; };
HTMLAnchorElement.prototype.click = function () { window.named = this.download; };
"""
FILL = """
document.querySelector("#k1 textarea").value = "Empty it <b> & 2\\nlines";
document.querySelector("#k2 select").value = "error";
document.querySelector("button").click();
"""


def test_what_was_written_is_saved_whole(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "form.html"
    page.write_bytes(html.write(FORM))
    browser.open(page)
    browser.change(CATCH)
    browser.change(FILL)
    text = browser.chrome.execute_async_script("window.saved.text().then(arguments[0])")
    assert browser.say("window.named") == "blind-0a1b2c3d4e.json"
    filled = html.parse(str(text).encode(), "x.json")
    assert (filled.kind, filled.task, filled.language) == ("blind", "0a1b2c3d4e", "ar")
    assert filled.lines == {
        "k1": ("1", "أفرغ <b> & “x”\nثانيًا", "Empty it <b> & 2\nlines", ""),
        "k2": ("2", "</script><script>alert(1)</script>", "", "error"),
    }
    assert browser.say("document.querySelectorAll('script').length") == 1
