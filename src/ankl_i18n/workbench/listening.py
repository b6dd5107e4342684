"""Where the server listens: at the loopback addresses alone.

It imports little: who calls is heard, and waits, before the rest of the program is there.
"""

from __future__ import annotations

import socket

from ankl_i18n.build.serve import LOOPBACK


def sockets(port: int) -> list[socket.socket]:
    """Return sockets at the loopback addresses; `port` 0 is any that is free.

    A machine without IPv6 has one of them. Raises `OSError` if the port is taken.
    """
    opened: list[socket.socket] = []
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
            if not opened:
                raise
            continue
        port = one.getsockname()[1]
        opened.append(one)
    return opened


def address(port: int, code: str) -> str:
    """Return the address that works once."""
    return f"http://127.0.0.1:{port}/#{code}"
