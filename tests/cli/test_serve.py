"""The server that shows pages: what it gives away, to whom, and that it ends."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from ankl_i18n.build.serve import Place, servers
from patience import PATIENCE
from sample_project import run

PAGE = b"<!DOCTYPE html><title>Page</title>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "build"
    for name in ("index.html", "404.html", "fr/index.html", "fr/a b.html", "ward/404.html"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PAGE + name.encode())
    (root / "fr" / "empty").mkdir()
    for name in ("fr/drain.pdf", "fr/feed.xml", "robots.txt", "fr/.hidden.html", "fr/x.bin"):
        (root / name).write_bytes(b"content")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (root / "fr" / "out.txt").symlink_to(tmp_path / "secret.txt")
    return root


class Shown:
    """A folder that is being shown."""

    def __init__(self, place: Place) -> None:
        self.told: list[str] = []
        self.servers = servers(place, 0, self.told.append)
        self.port = self.servers[0].server_address[1]

    def get(self, path: str, host: str | None = None, method: str = "GET", name: str = "127.0.0.1"):
        connection = http.client.HTTPConnection(name, self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True)
        if host != "":
            connection.putheader("Host", host or f"localhost:{self.port}")
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body


@pytest.fixture
def shown(folder: Path) -> Iterator[Shown]:
    yield from started(Place(folder))


def started(place: Place) -> Iterator[Shown]:
    found = Shown(place)
    for server in found.servers:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield found
    for server in found.servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/fr/", "text/html; charset=utf-8"),
        ("/fr/index.html?x=1", "text/html; charset=utf-8"),
        ("/fr/a%20b.html", "text/html; charset=utf-8"),
        ("/fr/drain.pdf", "application/pdf"),
        ("/fr/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/fr/x.bin", "application/octet-stream"),
    ],
)
def test_files_are_what_they_are(shown, path, kind):
    answer, body = shown.get(path)
    assert (answer.status, answer.getheader("Content-Type")) == (200, kind)
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert int(answer.getheader("Content-Length")) == len(body) > 0
    head, nothing = shown.get(path, method="HEAD")
    assert head.getheader("Content-Length") == answer.getheader("Content-Length")
    assert nothing == b""


def test_a_folder_is_asked_for_with_a_slash(shown):
    answer, _ = shown.get("/fr")
    assert (answer.status, answer.getheader("Location")) == (302, "/fr/")
    answer, _ = shown.get("////fr")
    assert answer.getheader("Location") == "/fr/"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.html", "/fr/empty/", "/fr/nothing/deep.html", "/../secret.txt",
        "/fr/../../secret.txt", "/%2e%2e/secret.txt", "/fr/%2e%2e%2f%2e%2e/secret.txt",
        "/fr/out.txt", "/..%5csecret.txt", "/fr/.hidden.html", "/%00", "/fr/%ff",
        "//secret.txt", "/fr/index.html/x",
    ],
)  # fmt: skip
def test_what_is_not_there_or_not_in_the_folder(shown, path):
    answer, body = shown.get(path)
    assert answer.status == 404
    assert body == PAGE + b"404.html"
    assert b"secret" not in body


def test_a_site_has_its_own_page_where_nothing_is(shown):
    assert shown.get("/ward/nothing.html")[1] == PAGE + b"ward/404.html"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "localhost.evil.example:{port}", "localhost:1", "",
     "127.0.0.2:{port}", "localhost", "[::2]:{port}"],
)  # fmt: skip
def test_only_those_who_call_it_by_name_are_answered(shown, host):
    """A page elsewhere could have its name lead here and read drafts (DNS rebinding)."""
    answer, body = shown.get("/", host.format(port=shown.port))
    assert answer.status == 421
    assert PAGE not in body


@pytest.mark.parametrize(
    "host", ["localhost:{port}", "LOCALHOST:{port}", "127.0.0.1:{port}", "[::1]:{port}"]
)
def test_its_names(shown, host):
    assert shown.get("/", host.format(port=shown.port))[0].status == 200


def test_it_takes_nothing(shown):
    assert shown.get("/", method="POST")[0].status == 501


def test_it_listens_on_this_machine_alone(shown):
    names = {server.server_address[0] for server in shown.servers}
    assert names <= {"127.0.0.1", "::1"}
    assert "127.0.0.1" in names
    if "::1" in names:
        assert shown.get("/", name="::1")[0].status == 200


def test_it_stands_where_the_site_will_be(folder):
    for shown in started(Place(folder, "/leaflets")):
        assert shown.get("/leaflets/fr/")[0].status == 200
        assert shown.get("/leaflets")[0].getheader("Location") == "/leaflets/"
        assert shown.get("/fr/")[0].status == 404
        assert shown.get("/leaflets/nothing")[1] == PAGE + b"404.html"


def test_the_command_shows_the_folder_and_ends_when_asked(tmp_path, folder):
    (tmp_path / "pyproject.toml").write_text(
        '[tool.ankl_i18n]\nbase-url = "https://x.example/leaflets"\n', encoding="utf-8"
    )
    command = [
        sys.executable,
        "-m",
        "ankl_i18n",
        "serve",
        "--port",
        "0",
        "--project",
        str(tmp_path),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "PYTHONUNBUFFERED": "1"}) as process:  # fmt: skip
        line = process.stdout.readline()
        port, path = re.search(r"http://localhost:(\d+)(\S*)/ ", line).groups()
        connection = http.client.HTTPConnection("localhost", int(port), timeout=PATIENCE)
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Location")) == (302, "/leaflets/")
        answer.read()
        connection.request("GET", f"{path}/fr/")
        assert connection.getresponse().read() == PAGE + b"fr/index.html"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0
        assert process.stdout.read().splitlines()[-1] == "Stopped."


def test_a_port_that_is_taken(tmp_path, folder):
    (tmp_path / "pyproject.toml").write_text("[tool.ankl_i18n]\n", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("serve", "--port", str(port), "--project", str(tmp_path))
    assert result.exit_code == 2
    assert f"port {port}: error: cannot be used" in result.stderr


def test_nothing_to_show(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.ankl_i18n]\n", encoding="utf-8")
    result = run("serve", "--project", str(tmp_path))
    assert result.exit_code == 2
    assert "ankl-i18n build" in result.stderr
