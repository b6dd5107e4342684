"""Commands about what is kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from ankl_i18n.cli.session import command

if TYPE_CHECKING:
    from ankl_i18n.cli.session import Session

MEGABYTE: Final = 1024**2


@click.group()
def cache() -> None:
    """Look after what is kept between runs, in .cache/ankl-i18n."""


@cache.command()
@click.option(
    "--max-size", type=click.IntRange(0), metavar="MB", default=2048, show_default=True,
    help="Keep finished PDFs up to this size, those used last.",
)  # fmt: skip
@command
def prune(session: Session, max_size: int) -> int:
    """Remove what was not used for long. It is safe at any time: builds only take longer.

    \b
    Example:
      ankl-i18n cache prune
      ankl-i18n cache prune --max-size 0
    """
    pruned = session.project().facts.cache.prune(max_size * MEGABYTE)
    freed, left = (f"{size / MEGABYTE:.1f} MB" for size in (pruned.freed, pruned.left))
    session.say(f"removed {pruned.objects} PDFs ({freed}) and {pruned.facts} facts; {left} kept")
    return 0
