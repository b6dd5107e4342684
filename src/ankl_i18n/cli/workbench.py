"""The command that opens the workbench."""

from __future__ import annotations

import importlib.util
import os
import signal
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import Session, command, selected
from ankl_i18n.errors import SettingsError

if TYPE_CHECKING:
    from socket import socket

    from ankl_i18n.workbench.room import Room

NEEDED = ("starlette", "uvicorn", "watchfiles")


@click.command()
@options.tags
@options.port(0)
@click.option(
    "--browser/--no-browser", default=True, help="Open the browser, or only print the address."
)
@click.option(
    "--blind", "task", metavar="ID", default="",
    help="Show only a blind task from `review blind`, to the person who translates it back.",
)  # fmt: skip
@command
def workbench(session: Session, tags: Sequence[str], port: int, *, browser: bool, task: str) -> int:
    """Translate in the leaflet's own page, in a browser on this computer.

    What you translate is saved to the .po files at once. Press Ctrl-C to end it. It needs
    `pip install "ankl-i18n[workbench]"`.

    \b
    Example:
      ankl-i18n workbench fr
      ankl-i18n workbench fr --no-browser --port 8400
      ankl-i18n workbench --blind 3f9a1c07d2
    """
    _need()
    from ankl_i18n.workbench.blind import Blind
    from ankl_i18n.workbench.entry import Session as Entry
    from ankl_i18n.workbench.entry import redirect_file
    from ankl_i18n.workbench.listening import address

    project = session.project()
    chosen = [language.tag for language in selected(project, tags)]
    blind = Blind(project.root, task) if task else None  # before a browser opens
    listening = _sockets(port)
    entry, port = Entry(), listening[0].getsockname()[1]
    leads_in = address(port, entry.code.text)
    way_in = redirect_file(leads_in) if browser else None
    if way_in:
        webbrowser.open(way_in.as_uri())
    click.echo(f"The workbench: {leads_in}")
    session.say("The address works once, within a minute. Ctrl-C ends the workbench.")
    # The browser starts and waits while the rest of the program is read.
    from ankl_i18n.workbench.desk import Desk
    from ankl_i18n.workbench.room import Room

    room = Room(Desk(project.root), chosen, port, blind=blind)
    room.session, room.way_in = entry, way_in
    _serve(session, room, listening)
    return 0


def _serve(session: Session, room: Room, listening: list[socket]) -> None:
    """Serve until Ctrl-C, or the end of the terminal."""
    from ankl_i18n.workbench.server import serve

    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGINT))
    try:
        serve(room, listening)
    except KeyboardInterrupt:
        with suppress(OSError):  # the window may be gone
            session.say("Stopped. What was saved is in the catalogs; drafts are kept.")


def _sockets(port: int) -> list[socket]:
    from ankl_i18n.workbench.listening import sockets

    try:
        return sockets(port)
    except OSError as wrong:
        message = f"cannot be used: {wrong.strerror or wrong}"
        hint = "leave out --port to use any free port"
        raise SettingsError.of("serve", message, f"port {port}", hint) from wrong


def _need() -> None:
    """Raise `SettingsError` unless the libraries of the server are installed."""
    lost = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if lost:
        hint = 'install them: pip install "ankl-i18n[workbench]"'
        message = f"the workbench needs {', '.join(lost)}"
        raise SettingsError.of("workbench", message, "workbench", hint)
