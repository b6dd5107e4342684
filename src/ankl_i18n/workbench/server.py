"""The server: at the loopback addresses alone, for one browser, until it is left alone."""

from __future__ import annotations

import gc
import socket
from typing import TYPE_CHECKING

import uvicorn

from ankl_i18n.build.serve import LOOPBACK
from ankl_i18n.workbench.app import application
from ankl_i18n.workbench.entry import redirect_file
from ankl_i18n.workbench.guard import Guard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ankl_i18n.workbench.room import Room


def sockets(port: int) -> list[socket.socket]:
    """Return sockets at the loopback addresses; `port` 0 is any that is free.

    A machine without IPv6 has one of them. Raises `OSError` if the port is taken.
    """
    found: list[socket.socket] = []
    for name, family in LOOPBACK:
        one = socket.socket(socket.AddressFamily(family))
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try:
            one.bind((name, port))
            one.listen()  # whoever comes before the server is ready waits
        except OSError:
            one.close()
            if not found:
                raise
            continue
        port = one.getsockname()[1]
        found.append(one)
    return found


def address(port: int, code: str) -> str:
    """Return the address that works once."""
    return f"http://127.0.0.1:{port}/#{code}"


def serve(room: Room, listening: Sequence[socket.socket]) -> None:
    """Answer until the command is interrupted, or nobody has worked here for long."""
    gc.enable()  # it runs for hours, unlike other commands
    guard = Guard(application(room), room.session, room.port)
    config = uvicorn.Config(
        guard,
        log_level="warning", access_log=False, server_header=False, ws="none", http="h11",
        lifespan="on", timeout_graceful_shutdown=1, proxy_headers=False,
    )  # fmt: skip
    server = _Server(config, room)

    def stop() -> None:
        server.should_exit = True

    room.stop = stop
    server.run(sockets=list(listening))


class _Server(uvicorn.Server):
    """A server that ends the streams of events before it waits for answers to end."""

    def __init__(self, config: uvicorn.Config, room: Room) -> None:
        super().__init__(config)
        self.room = room

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End in order."""
        self.room.tell({"kind": "end"})
        await super().shutdown(sockets)


def way_in(room: Room) -> Path:
    """Return a file that leads the browser in; it is taken away after its first use."""
    room.way_in = redirect_file(address(room.port, room.session.code.text))
    return room.way_in
