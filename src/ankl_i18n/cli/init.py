"""The command that starts a project."""

from __future__ import annotations

import click

from ankl_i18n.cli.session import Session, command


@click.command()
@command
def init(session: Session) -> int:
    """Write settings and a first leaflet into a folder; nothing there is overwritten.

    \b
    Example:
      ankl-i18n init --project my-leaflets
    """
    from ankl_i18n.cli.scaffold.start import scaffold

    for path, written in scaffold(session.root):
        session.say(f"{'wrote' if written else 'kept'}  {path}")
    session.say("Next: ankl-i18n extract, then ankl-i18n add TAG for each language.")
    return 0
