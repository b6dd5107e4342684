"""The command about what is kept between runs."""

from __future__ import annotations

from typing import Final

import click

from ankl_i18n.cli.session import Session, command
from ankl_i18n.engine.store import MAX_BYTES, Store

MEGABYTE: Final = 1024**2


@click.command()
@click.argument("action", metavar="prune", type=click.Choice(["prune"]))
@click.option(
    "--max-size", type=click.IntRange(0), metavar="MB", default=MAX_BYTES // MEGABYTE,
    show_default=True,
    help="Keep finished PDFs up to this total size, the most recently used ones.",
)  # fmt: skip
@command
def cache(session: Session, action: str, max_size: int) -> int:  # noqa: ARG001 - there is one
    """Remove files kept between runs that were not used for long; builds may then take longer.

    \b
    Example:
      ankl-i18n cache prune
      ankl-i18n cache prune --max-size 0
    """
    cache = session.project().cache
    values = cache.prune()
    pruned = Store(cache.folder).prune(max_size * MEGABYTE)
    freed, left = (f"{size / MEGABYTE:.1f} MB" for size in (pruned.freed, pruned.left))
    session.say(f"removed {pruned.removed} PDFs ({freed}) and {values} results; {left} kept")
    return 0
