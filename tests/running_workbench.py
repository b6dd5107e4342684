"""A workbench that runs in this process, and requests to it that say exactly what a test wants."""

from __future__ import annotations

import http.client
import json
import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ankl_i18n.workbench.blind import Blind
from ankl_i18n.workbench.desk import Desk
from ankl_i18n.workbench.guard import TOKEN, cookie_name
from ankl_i18n.workbench.listening import sockets
from ankl_i18n.workbench.room import IDLE, Room
from ankl_i18n.workbench.server import serve
from patience import PATIENCE


@dataclass
class Running:
    """A server, and a browser's session with it."""

    room: Room
    cookie: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return self.room.port

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def headers(self, **changed: str | None) -> dict[str, str]:
        """Return the headers that our own page sends; None leaves one out."""
        usual: dict[str, str | None] = {
            "Host": f"127.0.0.1:{self.port}",
            "Origin": self.origin,
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/json",
            "Cookie": f"{cookie_name(self.port)}={self.room.session.cookie}",
            TOKEN: self.room.session.token,
        }
        usual |= {name.replace("_", "-"): value for name, value in changed.items()}
        return {name: value for name, value in usual.items() if value is not None}

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request with these headers and no others; return status, headers and content."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if method == "POST" and "Content-Length" not in (headers or {}):
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body if method == "POST" else None)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, found, answer.read()
        finally:
            connection.close()

    def post(self, name: str, expected: int = 200, /, **body: Any) -> Any:
        """Ask as our own page does."""
        status, _, content = self.ask(
            "POST", f"/api/{name}", json.dumps(body).encode(), self.headers()
        )
        assert status == expected, content
        return json.loads(content)


@contextmanager
def running(root: Path, *tags: str, idle: float = IDLE, blind: str = "") -> Iterator[Running]:
    """Run a workbench on a project in a thread of this process."""
    listening = sockets(0)
    task = Blind(root, blind) if blind else None
    room = Room(Desk(root), tags, listening[0].getsockname()[1], idle=idle, blind=task)
    thread = threading.Thread(target=serve, args=(room, listening), daemon=True)
    thread.start()
    try:
        _wait(room.port)
        room.session.code.born = math.inf  # it gets no older, however slowly a browser starts
        yield Running(room)
    finally:
        room.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def _wait(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return
        finally:
            connection.close()
