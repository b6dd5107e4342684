"""Shows the build folder in a browser on this machine, as a server of the site would.

It is for looking at pages, not for readers: it listens at the loopback addresses alone, answers
only those who call it by their names (a page elsewhere must not read drafts by a name that it
lets lead here: DNS rebinding), and gives away no file from outside of the folder.
"""

from __future__ import annotations

import os
import posixpath
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from threading import Thread
from typing import Final
from urllib.parse import quote, unquote, urlsplit

# Where it listens: this machine, by both versions of the Internet Protocol.
LOOPBACK: Final = (("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6))
NAMES: Final = ("localhost", "127.0.0.1", "[::1]")
HTTP: Final = 80
NOT_FOUND: Final = "404.html"
# What files of a build are; others are offered for download.
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".epub": "application/epub+zip",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
FEED: Final = "application/atom+xml; charset=utf-8"
OTHER: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, and the path on the server where it is shown ("" or "/leaflets")."""

    folder: Path
    path: str = ""

    def file(self, path: str) -> Path | None:
        """Return the file at the path of an address, None if there is none in the folder."""
        if self.path and not path.startswith(f"{self.path}/"):
            return None
        inside = unquote(path.removeprefix(self.path), errors="surrogateescape").lstrip("/")
        if "\0" in inside or "\\" in inside:
            return None
        file = self.folder / posixpath.normpath(inside or ".")
        if file.is_dir():
            file /= "index.html"
        real, root = os.path.realpath(file), os.path.realpath(self.folder)
        hidden = any(part.startswith(".") for part in Path(inside).parts)
        is_inside = Path(real).is_relative_to(root) and not hidden
        return file if is_inside and file.is_file() else None

    def instead(self, path: str) -> Path | None:
        """Return the page that is shown where nothing is: the nearest one above, if any."""
        first = unquote(path.removeprefix(self.path)).lstrip("/").partition("/")[0]
        page = self.file(f"{self.path}/{quote(first)}/{NOT_FOUND}") if first else None
        return page or self.file(f"{self.path}/{NOT_FOUND}")


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for files of a place."""

    server: Server
    server_version = "ankl-i18n"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """Answer with a file, and its content."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer as for GET, without the content."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        """Answer a request, whatever it asks for."""
        if not self._is_called_by_name():
            message = b"This server answers only to localhost.\n"
            self._send(HTTPStatus.MISDIRECTED_REQUEST, TYPES[".txt"], message, with_body=with_body)
            return
        place = self.server.place
        path = "/" + urlsplit(self.path).path.lstrip("/")
        if place.path and path in ("/", place.path):
            self._lead_on(f"{place.path}/")
            return
        file = place.file(path)
        if file and _is_folder(path, file):
            self._lead_on(f"{path}/")
            return
        if file:
            self._send(HTTPStatus.OK, _kind(file), file.read_bytes(), with_body=with_body)
            return
        instead = place.instead(path)
        body = instead.read_bytes() if instead else b"Nothing is here.\n"
        kind = TYPES[".html" if instead else ".txt"]
        self._send(HTTPStatus.NOT_FOUND, kind, body, with_body=with_body)

    def _is_called_by_name(self) -> bool:
        """Tell whether the request names this machine as only programs on it do (RFC 9110, 7.2)."""
        host = self.headers.get("Host", "").strip().lower()
        port = self.server.server_address[1]
        return host in {f"{name}:{port}" for name in NAMES} or (port == HTTP and host in NAMES)

    def _lead_on(self, path: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, kind: str, body: bytes, *, with_body: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, form: str, *arguments: object) -> None:
        """Tell of a request."""
        self.server.tell(form % arguments)


class Server(ThreadingHTTPServer):
    """A server of a place at one address; it tells of each request."""

    daemon_threads = True
    # Of another program that listens at this port, nobody takes requests away.
    allow_reuse_port = False

    def __init__(
        self, address: tuple[str, int], family: int, place: Place, tell: Callable[[str], None]
    ) -> None:
        self.address_family = socket.AddressFamily(family)
        self.place = place
        self.tell = tell
        super().__init__(address, Handler)

    def server_bind(self) -> None:
        """Take the address; of IPv6 that alone, since IPv4 has a socket of its own."""
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        TCPServer.server_bind(self)  # that of HTTP asks the network for a name


def servers(place: Place, port: int, tell: Callable[[str], None]) -> list[Server]:
    """Return servers at the loopback addresses; `port` 0 is any that is free.

    A machine without IPv6 has one of them. Raises `OSError` if the port is taken.
    """
    (name, family), *others = LOOPBACK
    opened = [Server((name, port), family, place, tell)]
    port = opened[0].server_address[1]
    for name, family in others:
        try:
            opened.append(Server((name, port), family, place, tell))
        except OSError:
            if _has(name, family):
                _close(opened)
                raise
    return opened


def _has(name: str, family: int) -> bool:
    """Tell whether this machine has an address."""
    try:
        with socket.socket(socket.AddressFamily(family)) as probe:
            probe.bind((name, 0))
    except OSError:
        return False
    return True


def run(opened: Sequence[Server]) -> None:
    """Answer requests until the command is interrupted."""
    threads = [Thread(target=server.serve_forever, args=(0.1,), daemon=True) for server in opened]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    finally:
        for server in opened:
            server.shutdown()
        _close(opened)


def _close(opened: Sequence[Server]) -> None:
    for server in opened:
        server.server_close()


def _is_folder(path: str, file: Path) -> bool:
    """Tell whether a path names a folder as if it were a file: links in its page would fail."""
    return not path.endswith("/") and posixpath.basename(unquote(path)) != file.name


def _kind(file: Path) -> str:
    """Return the media type of a file."""
    return FEED if file.name == "feed.xml" else TYPES.get(file.suffix.lower(), OTHER)
