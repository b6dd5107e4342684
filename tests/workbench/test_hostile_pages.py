"""Whatever a translation says, nothing of it runs in the workbench, and no other port gets in."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import hostile
from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.update import add, extract
from ankl_i18n.settings import load
from ankl_i18n.workbench.listening import address
from patience import PATIENCE
from running_workbench import running

pytestmark = pytest.mark.browser
SETTINGS = """[tool.ankl_i18n]
languages = ["fr"]
front-matter = "free"
check-errors = "report"
"""
EACH = [pytest.param(40, id="sample"), pytest.param(500, id="all", marks=pytest.mark.slow)]
CANARY = "top.canary=parent.canary=window.canary=1"
OURS = (
    f"<script>{CANARY}</script>",
    f"<img src=x onerror='{CANARY}'>",
    f"<svg onload='{CANARY}'><a href='javascript:{CANARY}'>x</a></svg>",
    f"[x](javascript:{CANARY})",
    f"<iframe srcdoc='<script>{CANARY}</script>'></iframe>",
    "<style>body{display:none}</style>",
    "<base href='https://evil.example/'>",
    "<form action='https://evil.example/'><button>x</button></form>",
    "</m-text></main></body></html><script>top.canary=1</script>",
    '<m-text data-key="x" onclick="top.canary=1">x</m-text>',
)


def wait(browser, condition):
    end = time.monotonic() + PATIENCE
    while not browser.say(f"Boolean({condition})"):
        assert time.monotonic() < end, condition
        time.sleep(0.05)


def enter(browser, bench):
    browser.chrome.get(address(bench.port, bench.room.session.code.text))
    wait(browser, "document.querySelector('h1') && location.pathname === '/desk'")


def hostile_project(root, texts):
    (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "source").mkdir()
    body = "\n\n".join(f"Paragraph of the number {n}." for n in range(len(texts)))
    (root / "source" / "all.md").write_text(f"# All of them\n\n{body}\n", encoding="utf-8")
    extract(Project(load(root)))
    add(Project(load(root)), Project(load(root)).config.targets)
    path = root / "locale" / "fr" / "LC_MESSAGES" / "all.po"
    catalog = po.read(path)
    numbered = [entry for entry in catalog.entries if entry.msgid.startswith("Paragraph")]
    for entry, text in zip(numbered, texts, strict=True):
        entry.msgstr = text.replace("\0", "")  # no file of gettext can hold it
    po.save(catalog, path)


@pytest.mark.parametrize("count", EACH)
def test_nothing_of_a_translation_runs(count, browser, tmp_path):
    texts = [*OURS, *hostile.sample(count - len(OURS))]
    if count == 500:
        texts = [*OURS, *list(hostile.texts(2000))[: count - len(OURS)]]
    hostile_project(tmp_path, texts)
    with running(tmp_path, "fr") as bench:
        enter(browser, bench)
        names = [
            row["name"]
            for row in bench.post("open", leaflet="all", tag="fr")["texts"]
            if row["source"].startswith("Paragraph")
        ]
        browser.change(f"location.hash = '#/fr/all/{names[0]}'")
        wait(browser, "document.querySelector('iframe')?.contentDocument?.querySelector('m-text')")
        for name in names[:: max(1, len(names) // 20)]:
            browser.change(f"location.hash = '#/fr/all/{name}'")
            wait(
                browser, f"location.hash.endsWith('{name}') && !!document.querySelector('textarea')"
            )
            browser.change("document.querySelector('textarea').dispatchEvent(new Event('input'))")
        time.sleep(0.5)
        assert browser.say(
            "[window.canary, document.querySelector('iframe').contentWindow.canary]"
        ) == [None, None]
        assert browser.say("location.origin") == bench.origin
        assert browser.say("document.querySelectorAll('script').length") == 1
        foreign = ".desk :is(img, svg, iframe, style, script)"
        assert browser.say(f"document.querySelectorAll('{foreign}').length") == 0
        assert browser.say("getComputedStyle(document.body).display") != "none"


def test_the_canary_sings_where_nothing_protects(browser, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(f"<!DOCTYPE html><body>{OURS[1]}", encoding="utf-8")
    browser.open(page)
    wait(browser, "window.canary === 1")


@contextmanager
def other_port(html: str) -> Iterator[int]:
    """Serve a page at another port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None: ...

    # Browsers open connections before they need them, and would wait for one another.
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


ATTACK = """<!DOCTYPE html><meta charset="utf-8"><title>Other</title>
<iframe id="desk"></iframe><script>
const at = location.hash.slice(1), got = [];
document.querySelector("#desk").src = `${at}/desk`;
const attempt = (name, promise) => promise.then(
  async (answer) => got.push([name, answer.type, answer.status, (await answer.text()).length]),
  () => got.push([name, "failed", 0, 0]));
const json = {"Content-Type": "application/json"};
const post = {method: "POST", credentials: "include", body: "{}"};
const many = [
  attempt("read", fetch(`${at}/desk`, {credentials: "include"})),
  attempt("quiet", fetch(`${at}/desk`, {credentials: "include", mode: "no-cors"})),
  attempt("write", fetch(`${at}/api/undo`, {...post, headers: json})),
  attempt("form", fetch(`${at}/api/undo`, {...post, mode: "no-cors"})),
  attempt("events", fetch(`${at}/events`, {credentials: "include"})),
  attempt("words", fetch(`${at}/words/fr`, {credentials: "include"})),
];
Promise.all(many).then(() => setTimeout(() => { window.got = got; }, 500));
</script>"""


def test_another_port_of_this_machine_gets_nothing(browser, tmp_path):
    hostile_project(tmp_path, ["Un.", "Deux."])
    with running(tmp_path, "fr") as bench, other_port(ATTACK) as port:
        enter(browser, bench)
        browser.chrome.get(f"http://127.0.0.1:{port}/#{bench.origin}")
        wait(browser, "window.got !== undefined")
        got = browser.say("window.got")
        assert len(got) == 6
        assert [one for one in got if one[1] not in {"failed", "opaque"} or one[3]] == []
        assert browser.say("document.querySelector('#desk').contentDocument === null")
        browser.chrome.get(f"{bench.origin}/desk")
        wait(browser, "document.querySelector('h1') !== null")
