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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, sleep
from typing import Any, Final

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.update import add, extract
from ankl_i18n.settings import load
from ankl_i18n.workbench.desk import Desk
from benchmarks.report import machine

ROOT: Final = Path(__file__).parents[1]
STRINGS: Final = 2000
# So little work of a second, in milliseconds of the processor, is none.
QUIET: Final = 5
SETTINGS: Final = '[tool.ankl_i18n]\nlanguages = ["fr"]\nfront-matter = "free"\n'
HEAD: Final = (
    "| what | ANKL leaflet | against (processor) | 2,000 strings | against (processor) |",
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

    def processor(self) -> float:
        """Return the time that the server has run so far, in ms (schedstat, each thread)."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(one.read_text().split()[0]) for one in threads) / 1e6

    def rest(self) -> None:
        """Wait until the server has found out what it finds out while nobody asks."""
        before = -QUIET
        while self.processor() - before >= QUIET:
            before = self.processor()
            sleep(1)

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


@dataclass(frozen=True)
class Took:
    """Milliseconds that something took: from start to end, and those of the processor."""

    clock: float
    processor: float


def in_turns(
    server: Client, asked: Mapping[str, Callable[[], Any]], own: Mapping[str, Callable[[], Any]],
    rounds: int,
) -> dict[str, list[Took]]:  # fmt: skip
    """Return what each action takes in each round, after one that does not count.

    They run in turns, so that whatever else the machine does meets all of them. What is `asked`
    the server's processor works on; `own` this process's.
    """
    times: dict[str, list[Took]] = {name: [] for name in (*asked, *own)}
    for n in range(rounds + 1):
        for name, action in {**asked, **own}.items():
            worked = server.processor if name in asked else lambda: process_time() * 1000
            start, before = perf_counter(), worked()
            action()
            took = Took((perf_counter() - start) * 1000, worked() - before)
            if n:
                times[name].append(took)
    return times


def bare(root: Path, leaflet: str) -> dict[str, Callable[[], Any]]:
    """Return a check, a warm render and a save without a server."""
    desk = Desk(root)
    row = _row(desk.open(leaflet, "fr"))
    text = desk.text(leaflet, "fr", row["name"])
    path = next(root.glob(f"locale/fr/LC_MESSAGES/{leaflet}.po"))
    turn = iter(range(10**6))
    name, base = row["name"], text["version"]

    def check() -> None:
        desk.check(leaflet, "fr", name, (f"{row['forms'][0]} {next(turn)}",), base)

    def render() -> None:
        desk.page(leaflet, "fr", {name: (f"{row['forms'][0]} {next(turn)}",)})

    def save() -> None:
        catalog = po.read(path)
        catalog.entries[-1].msgstr += "."
        po.save(catalog, path)

    return {"check": check, "render": render, "bare save": save}


def _row(opened: dict[str, Any]) -> dict[str, Any]:
    return next(row for row in opened["texts"] if re.search(r"\d", row["source"]) and row["kind"])


def waits(client: Client, leaflet: str) -> dict[str, Callable[[], Any]]:
    """Return what a translator waits for: the answers to a key, and to a save."""
    place = {"leaflet": leaflet, "tag": "fr"}
    row = _row(client.post("open", **place))
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

    return {"key": key, "save": save}


def column(root: Path, leaflet: str, rounds: int) -> dict[str, tuple[str, str]]:
    """Return a figure and what it is of the bare work, by what is waited for."""
    apart = root.with_name(f"{root.name}-apart")
    shutil.copytree(root, apart)
    with served(root) as client:
        start = perf_counter()
        client.post("open", leaflet=leaflet, tag="fr")
        client.post("page", leaflet=leaflet, tag="fr")
        first = (perf_counter() - start) * 1000
        asked, own = waits(client, leaflet), bare(apart, leaflet)
        client.rest()
        times = {}
        for waited, least in (("key", ("check", "render")), ("save", ("bare save",))):
            bare_work = {name: own[name] for name in least}
            times |= in_turns(client, {waited: asked[waited]}, bare_work, rounds)
        memory = client.memory()
    parts = [
        Took(a.clock + b.clock, a.processor + b.processor)
        for a, b in zip(times["check"], times["render"], strict=True)
    ]
    once = first / median(one.clock for one in parts)
    return {
        "key": _cells(times["key"], parts),
        "save": _cells(times["save"], times["bare save"]),
        "first": (f"{first:.0f} ms", f"{once:.1f}"),
        "memory": (f"{memory:.0f} MB", ""),
    }


def _cells(waited: Sequence[Took], least: Sequence[Took]) -> tuple[str, str]:
    """Return how long it takes, and how many times as long as the least, within each round."""
    pairs = [*zip(waited, least, strict=True)]
    clock = median(a.clock / b.clock for a, b in pairs)
    processor = median(a.processor / b.processor for a, b in pairs)
    return f"{median(one.clock for one in waited):.0f} ms", f"{clock:.2f} ({processor:.2f})"


ROWS: Final = {
    "key": "key to checks and page, against a check and a render",
    "save": "save to “saved”, against a read, write, fsync and read-back",
    "first": "first page, nothing known, against a check and a render",
    "memory": "memory of the server, at most",
}


def measure(root: Path, rounds: int) -> str:
    """Return the report: what is waited for, in milliseconds and against the bare work."""
    ankl = root / "ankl"
    for name in ("source", "locale", "glossary"):
        shutil.copytree(ROOT / name, ankl / name)
    shutil.copy(ROOT / "pyproject.toml", ankl)
    generated(root / "long")
    columns = [
        column(one, leaflet, rounds) for one, leaflet in ((ankl, "ankl"), (root / "long", "long"))
    ]
    lines = [*machine(rounds), "", *HEAD]
    for name, title in ROWS.items():
        cells = " | ".join(cell for one in columns for cell in one[name])
        lines.append(f"| {title} | {cells} |".replace("|  |", "| |"))
    return "\n".join(lines)
