"""Whatever a translation says, pages hold text: 2,000 hostile texts in every slot of a leaflet.

`make test` takes a sample, `make test-slow` all of them.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

import hostile
from ankl_i18n.catalogs import po
from chromium import DRIVER, FLAGS, patient, script
from sample_project import SampleProject, run

EACH = [
    pytest.param(60, id="sample"),
    pytest.param(2000, id="all", marks=pytest.mark.slow),
]
SETTINGS = """[tool.ankl_i18n]
languages = ["fr", "ar"]
check-errors = "report"
publish-at = 0
papers = ["a4"]
"""
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n')


def chosen(count: int) -> list[str]:
    return list(hostile.texts(2000)) if count == 2000 else hostile.sample(count)


@pytest.mark.parametrize("count", EACH)
def test_pages_hold_text(count: int) -> None:
    made = {text: hostile.web_page(text, large=i % 5 == 0) for i, text in enumerate(chosen(count))}
    assert len(made) == count
    found = {text: hostile.wrong(page) for text, page in made.items()}
    assert not {text: some for text, some in found.items() if some}


@pytest.mark.parametrize("count", EACH)
def test_other_pages_hold_text(count: int) -> None:
    some = chosen(count)[::4]
    lists = {text: hostile.wrong(hostile.index_page(text, "ar")) for text in some}
    assert not {text: found for text, found in lists.items() if found}
    editions = {text: hostile.wrong(hostile.bilingual_page(text), KBD) for text in some}
    assert not {text: found for text, found in editions.items() if found}


KBD = frozenset({"kbd"})


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<script>x</script>", "<script>"),
        ("<p onclick=x>", "<p onclick=x>"),
        ("<a href=' java\nscript:x'>", "<a href= java\nscript:x>"),
        ("<noscript><p title='</noscript><i onclick=x>'>", "<i>"),
        ("<img src=//a.b/c>", "<img src=//a.b/c>"),
        ("<b style='background: url(x)'>", "<b style=background: url(x)>"),
    ],
)
def test_the_judge_finds_what_is_wrong(html: str, expected: str) -> None:
    assert expected in hostile.wrong(f"<!doctype html><title>x</title><p>{html}")


# -- from the catalog to the page --------------------------------------------------------------


def project(root: Path, count: int) -> SampleProject:
    """Make a project: a leaflet for each text, in whose catalogs every check is silenced."""
    (root / "source").mkdir(parents=True)
    (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    leaflet = (hostile.CASES / "leaflet.md").read_text(encoding="utf-8")
    for i in range(count):
        (root / "source" / f"a{i}.md").write_text(leaflet, encoding="utf-8")
    (root / "source" / "tablet.gif").write_bytes(hostile.PIXEL)
    made = SampleProject(root)
    made.run("add", "fr")
    made.run("add", "ar")
    for tag in ("fr", "ar"):
        for i, text in enumerate(hostile.sample(count)):
            path = root / "locale" / tag / "LC_MESSAGES" / f"a{i}.po"
            catalog = po.read(path)
            for entry in catalog.entries:
                entry.msgstr = text.replace("](x", "](tablet.gif")
                entry.tcomment = "i18n: ignore tags, images, links, outside-pictures: we need it"
            path.write_bytes(po.write(catalog))
    return made


@pytest.mark.parametrize("count", [3, pytest.param(200, id="more", marks=pytest.mark.slow)])
def test_silenced_drafts_hold_text(tmp_path: Path, count: int) -> None:
    made = project(tmp_path / "project", count)
    for command in (["check"], ["build", "--only", "html", "--drafts", "--jobs", "1"]):
        result = run(*command, "--project", str(made.root))
        assert result.exception is None or isinstance(result.exception, SystemExit), command
    pages = sorted((made.root / "build").glob("??/a*.html"))
    assert pages
    for path in pages:
        if path.parent.name != "en":
            assert not hostile.wrong(path.read_text(encoding="utf-8")), path


def test_the_same_bytes_under_every_hash_seed(tmp_path: Path) -> None:
    first = project(tmp_path / "project", 3)
    built = []
    for seed in ("0", "1", "2"):
        shutil.rmtree(first.root / "build", ignore_errors=True)
        shutil.rmtree(first.root / ".cache", ignore_errors=True)
        command = [sys.executable, "-m", "ankl_i18n", "build", "--drafts", "--only", "html"]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        made = subprocess.run(
            command, cwd=first.root, env=environment, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in made.stderr
        built.append((first.built(), made.stdout.partition(" written")[0]))
    assert built[0] == built[1] == built[2]


# -- in a browser, without the policy ----------------------------------------------------------


class Network:
    """The hosts of hostile texts: counts who connects, and answers nothing."""

    def __init__(self) -> None:
        self.connections = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    made = Network()
    yield made
    made.socket.close()


@pytest.fixture(scope="module")
def chrome(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Chromium for which every host of the texts is `network`, and that remembers what runs."""
    port = network.socket.getsockname()[1]
    options = ChromeOptions()
    rules = f"MAP *.example 127.0.0.1:{port}"
    for flag in (*FLAGS, f"--host-resolver-rules={rules}",
                 f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):  # fmt: skip
        options.add_argument(flag)
    made = patient(Chrome(options, ChromeService(DRIVER)))
    watch = script("remember_what_runs")
    made.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": watch})
    try:
        yield made
    finally:
        made.quit()


def ran(chrome: Chrome, network: Network, path: Path, page: str) -> tuple[int, int]:
    """Return how often something ran in a page that a reader touches, and how often it called."""
    before = network.connections
    path.write_text(page, encoding="utf-8")
    chrome.get(path.as_uri())
    runs = chrome.execute_async_script(script("touch_everything"))
    return runs, network.connections - before


@pytest.mark.browser
@pytest.mark.parametrize("count", [12, pytest.param(150, id="more", marks=pytest.mark.slow)])
def test_nothing_runs_and_nothing_is_fetched(
    chrome: Chrome, network: Network, tmp_path: Path, count: int
) -> None:
    for text in hostile.sample(count):
        page, removed = POLICY.subn("", hostile.web_page(text))
        assert removed == 1
        assert ran(chrome, network, tmp_path / "x.html", page) == (0, 0), text


@pytest.mark.browser
@pytest.mark.parametrize("html", [
    "<img src=x onerror=alert(1)>", "<p onmouseover=alert(1)>x", "<svg onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
])  # fmt: skip
def test_the_browser_tells_what_runs_and_the_policy_forbids_it(
    chrome: Chrome, network: Network, tmp_path: Path, html: str
) -> None:
    page = hostile.web_page("x").replace("</main>", f"{html}</main>")
    assert ran(chrome, network, tmp_path / "x.html", POLICY.sub("", page))[0] > 0
    assert ran(chrome, network, tmp_path / "x.html", page)[0] == 0


@pytest.mark.browser
def test_the_browser_tells_what_is_fetched_and_the_policy_forbids_it(
    chrome: Chrome, network: Network, tmp_path: Path
) -> None:
    html = "<img id=i src=http://evil.example/x.png><style>main {background: url(//evil.example/y)}"
    page = hostile.web_page("x").replace("</main>", f"{html}</style></main>")
    assert ran(chrome, network, tmp_path / "x.html", POLICY.sub("", page))[1] > 0
    assert ran(chrome, network, tmp_path / "x.html", page)[1] == 0


@pytest.mark.browser
def test_the_policy_lets_a_page_show_its_own_pictures(chrome: Chrome, tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    svg = "<img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9'/%3E\">"
    path.write_text(hostile.web_page("x").replace("</main>", f"{svg}</main>"), encoding="utf-8")
    chrome.get(path.as_uri())
    shown = "return [...document.images].at(-1).naturalWidth"
    assert chrome.execute_script(shown) == 9
    assert chrome.execute_script("return getComputedStyle(document.body).margin") == "0px"
