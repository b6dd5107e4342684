"""How long a translator waits in the workbench, beside the work that cannot be done without.

A server is asked as its page asks it. A key is one check of one message and one render of a
page with what was typed; a save is one write of the catalog with fsync and read-back.
"""

from __future__ import annotations

import http.client
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.update import add, extract
from ankl_i18n.settings import load
from ankl_i18n.workbench.desk import Desk
from benchmarks.report import machine

ROOT: Final = Path(__file__).parents[1]
STRINGS: Final = 2000
SETTINGS: Final = '[tool.ankl_i18n]\nlanguages = ["fr"]\nfront-matter = "free"\n'
HEAD: Final = (
    "| what | ANKL leaflet | against | 2,000 strings | against |",
    "|---|---:|---:|---:|---:|",
)


@dataclass(frozen=True)
class Client:
    """A browser's session with a server."""

    port: int
    headers: dict[str, str]
    process: subprocess.Popen[str]

    def post(self, name: str, /, **body: Any) -> Any:
        """Ask the server."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("POST", f"/api/{name}", json.dumps(body), self.headers)
        answer = connection.getresponse()
        content = json.loads(answer.read())
        connection.close()
        if answer.status != 200:
            raise RuntimeError(content)
        return content

    def memory(self) -> float:
        """Return the memory of the server in MB (proc(5), VmHWM: the most so far)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


@contextmanager
def served(root: Path) -> Iterator[Client]:
    """Start a server on a project, and a session with it."""
    options = ("fr", "--no-browser", "--project", str(root))
    command = (sys.executable, "-m", "ankl_i18n", "workbench", *options)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            port, code = re.findall(r":(\d+)/#(\S+)", process.stdout.readline())[0]
            yield _entered(int(port), code, process)
        finally:
            process.terminate()


def _entered(port: int, code: str, process: subprocess.Popen[str]) -> Client:
    own = {
        "Origin": f"http://127.0.0.1:{port}",
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/enter", json.dumps({"code": code}), own)
    answer = connection.getresponse()
    answer.read()
    own["Cookie"] = str(answer.getheader("Set-Cookie")).partition(";")[0]
    connection.request("GET", "/desk", headers={"Cookie": own["Cookie"]})
    page = connection.getresponse().read().decode()
    connection.close()
    token = re.findall(r'name="token" content="([^"]+)"', page)[0]
    return Client(port, {**own, "X-Workbench-Token": token}, process)


def generated(root: Path) -> None:
    """Write a project with one leaflet of 2,000 strings, all translated."""
    (root / "source").mkdir(parents=True)
    (root / "pyproject.toml").write_text(SETTINGS)
    lines = (f"Take {n} tablets with a glass of water in the morning." for n in range(STRINGS))
    (root / "source" / "long.md").write_text("# Long\n\n" + "\n\n".join(lines) + "\n")
    extract(Project(load(root)))
    add(Project(load(root)), Project(load(root)).config.targets)
    path = root / "locale" / "fr" / "LC_MESSAGES" / "long.po"
    catalog = po.read(path)
    for entry in catalog.entries:
        number = re.sub(r"\D", "", entry.msgid)
        entry.msgstr = f"Prenez {number} comprimés avec un verre d’eau le matin."
    po.save(catalog, path)


def timed(action: Callable[[], Any], rounds: int) -> float:
    """Return the median of some runs in milliseconds, after one that does not count."""
    action()
    times = []
    for _ in range(rounds):
        start = perf_counter()
        action()
        times.append(perf_counter() - start)
    return median(times) * 1000


def bare(root: Path, leaflet: str, rounds: int) -> dict[str, float]:
    """Return what a check, a warm render and a save take without a server."""
    desk = Desk(root)
    row = _row(desk.open(leaflet, "fr"))
    text = desk.text(leaflet, "fr", row["name"])
    forms = (f"{row['forms'][0]} x",)
    path = next(root.glob(f"locale/fr/LC_MESSAGES/{leaflet}.po"))

    def save() -> None:
        catalog = po.read(path)
        catalog.entries[-1].msgstr += "."
        po.save(catalog, path)

    name, base = row["name"], text["version"]
    return {
        "check": timed(lambda: desk.check(leaflet, "fr", name, forms, base), rounds),
        "render": timed(lambda: desk.page(leaflet, "fr", {name: forms}), rounds),
        "save": timed(save, rounds),
    }


def _row(opened: dict[str, Any]) -> dict[str, Any]:
    return next(row for row in opened["texts"] if re.search(r"\d", row["source"]) and row["kind"])


def waits(root: Path, leaflet: str, rounds: int) -> dict[str, float]:
    """Return what a translator waits for, in milliseconds, and the server's memory in MB."""
    place = {"leaflet": leaflet, "tag": "fr"}
    with served(root) as client:
        start = perf_counter()
        opened = client.post("open", **place)
        client.post("page", **place)
        first = (perf_counter() - start) * 1000
        row = _row(opened)
        name, turn = row["name"], iter(range(10**6))
        seen = client.post("text", **place, name=name)

        def key() -> None:
            forms = [f"{row['forms'][0]} {next(turn)}"]
            client.post("check", **place, name=name, forms=forms, base=seen["version"])
            client.post("page", **place, typed={name: forms})

        def save() -> None:
            nonlocal seen
            forms = [f"{row['forms'][0]} {next(turn)}"]
            based = {"name": name, "base": seen["version"]}
            seen = client.post("save", **place, **based, forms=forms)["text"]

        return {
            "key": timed(key, rounds),
            "save": timed(save, rounds),
            "first": first,
            "memory": client.memory(),
        }


def measure(root: Path, rounds: int) -> str:
    """Return the report: what is waited for, in milliseconds and against the bare work."""
    ankl = root / "ankl"
    for name in ("source", "locale", "glossary"):
        shutil.copytree(ROOT / name, ankl / name)
    shutil.copy(ROOT / "pyproject.toml", ankl)
    generated(root / "long")
    columns = [
        (waits(one, leaflet, rounds), bare(one, leaflet, rounds))
        for one, leaflet in ((ankl, "ankl"), (root / "long", "long"))
    ]
    rows = [
        ("key to checks and page, against a check and a render", "key", ("check", "render")),
        ("save to “saved”, against a read, write, fsync and read-back", "save", ("save",)),
        ("first page, nothing known", "first", ()),
    ]  # fmt: skip
    lines = [*machine(rounds), "", *HEAD]
    for title, name, parts in rows:
        cells = []
        for waited, least in columns:
            ratio = f"{waited[name] / sum(least[one] for one in parts):.2f}" if parts else "–"
            cells += [f"{waited[name]:.0f} ms", ratio]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    memory = " | ".join(f"{waited['memory']:.0f} MB | –" for waited, _ in columns)
    lines.append(f"| memory of the server, at most | {memory} |")
    return "\n".join(lines)
