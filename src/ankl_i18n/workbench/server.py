"""The server: at the loopback addresses alone, for one browser, until it is left alone."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING

import uvicorn

from ankl_i18n.workbench.app import application
from ankl_i18n.workbench.guard import Guard
from ankl_i18n.workbench.room import Room

if TYPE_CHECKING:
    import socket


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
